/// The database behind every table of the store: opened, brought up to date, its failures made Error.
#pragma once
#include "base/zone.hpp"
#include "store/place.hpp"
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace Poco::Data {
class Session;
class Statement;
} // namespace Poco::Data

namespace deckle::store {

/// One per thread; several processes may use the same place at once. A connection to PostgreSQL that was lost fails
/// what was under way, with Error{io}; the next use connects again.
class Database {
public:
    /// Makes the file and its folder, or the tables in a database that is there; migrates an older schema. Throws
    /// Error{io}; Error{refused} for a store that a newer Deckle wrote, or that is another company's.
    explicit Database(Place place);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Everything `f` writes is kept, or nothing when it throws. Inside another transaction it is a part of that one.
    /// One at a time in the whole store, so that what `f` has read holds until it ends.
    template <class F>
    auto transact(F&& f) {
        return within(Writers::one, std::forward<F>(f));
    }
    /// As above, but beside other writers: for one statement that decides by itself, or locks the rows it takes.
    template <class F>
    auto transact_beside(F&& f) {
        return within(Writers::many, std::forward<F>(f));
    }

    /// `f` reads, and sees everything as of one moment, however long it takes.
    template <class F>
    auto read_at_once(F&& f) {
        return within(Writers::none, std::forward<F>(f));
    }

    /// The database's own clock, which all its clients share: leases go by it.
    [[nodiscard]] Instant now();
    /// From now on what was committed outlives a power cut, not only the end of the program.
    void commit_to_disk();
    [[nodiscard]] Place const& place() const { return place_; }
    [[nodiscard]] bool is_postgresql() const { return !place_.postgresql.empty(); }

    /// For core/store (sql.hpp): a statement of portable SQL, its parameters `?` in order or `?1` by number.
    [[nodiscard]] Poco::Data::Statement sql(std::string const& text);
    /// REQUIRES: an exception is being handled; throws it again, a Poco::Exception as Error{io} naming the place.
    [[noreturn]] void rethrow();

private:
    enum class Writers { one, many, none }; // that may be at work with it
    class Transaction {
    public:
        Transaction(Database& database, Writers writers);
        Transaction(Transaction const&) = delete;
        Transaction& operator=(Transaction const&) = delete;
        ~Transaction();
        void commit();

    private:
        void roll_back();

        Database& database_;
        bool outermost_, open_ = true;
    };

    template <class F>
    auto within(Writers writers, F&& f) {
        using Result = decltype(f());
        Transaction transaction(*this, writers);
        if constexpr (std::is_void_v<Result>) {
            f();
            transaction.commit();
        } else {
            Result result = f();
            transaction.commit();
            return result;
        }
    }

    void connect();
    void set_to_disk();
    void begin(Writers writers);
    void lock();
    [[nodiscard]] std::int64_t number(std::string const& sql);
    [[nodiscard]] std::int64_t version();
    void migrate();
    void check_company();

    Place place_;
    std::unique_ptr<Poco::Data::Session> session_;
    int depth_ = 0;       // of transact in transact
    bool locked_ = false; // the transaction keeps other writers out
    bool failed_ = false; // a statement of the transaction failed: nothing of it may be kept
    bool committing_ = false;
    bool to_disk_ = false;
};

} // namespace deckle::store
