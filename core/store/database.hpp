/// The database behind every table of the store: opened, brought up to date, its failures made Error.
#pragma once
#include "base/zone.hpp"
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace Poco::Data {
class Session;
}

namespace deckle::store {

/// One per thread; several processes may use the same place at once.
class Database {
public:
    /// Makes the file and its folder; migrates an older schema. Throws Error{io}; Error{refused} for a store that a
    /// newer Deckle wrote.
    explicit Database(std::filesystem::path file);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Everything `f` writes is kept, or nothing when it throws. Inside another transact it is a part of that one.
    template <class F>
    auto transact(F&& f) {
        using Result = decltype(f());
        Transaction transaction(*this);
        if constexpr (std::is_void_v<Result>) {
            f();
            transaction.commit();
        } else {
            Result result = f();
            transaction.commit();
            return result;
        }
    }

    /// The database's own clock, which all its clients share: leases go by it.
    [[nodiscard]] Instant now();

    /// For core/store (sql.hpp).
    [[nodiscard]] Poco::Data::Session& session() { return *session_; }
    /// REQUIRES: an exception is being handled; throws it again, a Poco::Exception as Error{io} naming the place.
    [[noreturn]] void rethrow() const;

private:
    class Transaction {
    public:
        explicit Transaction(Database& database);
        Transaction(Transaction const&) = delete;
        Transaction& operator=(Transaction const&) = delete;
        ~Transaction();
        void commit();

    private:
        Database& database_;
        bool outermost_, open_ = true;
    };

    [[nodiscard]] std::int64_t number(std::string const& sql);
    [[nodiscard]] std::int64_t version();
    void migrate();

    std::filesystem::path file_;
    std::unique_ptr<Poco::Data::Session> session_;
    int depth_ = 0; // of transact in transact
};

} // namespace deckle::store
