/// The SQLite file behind every table of the store: opened, brought up to date, its failures made Error. Inside
/// core/store only.
#pragma once
#include "base/error.hpp"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <Poco/Data/LOB.h>
#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>
#include <string>
#include <string_view>
#include <utility>

namespace deckle::store {

class Database {
public:
    /// Makes the file and its folder; migrates an older schema. Throws as open_sqlite.
    explicit Database(std::filesystem::path file);

    [[nodiscard]] Poco::Data::Session& session() { return *session_; }

    /// Calls `f`; what the database throws becomes Error{io} naming the file.
    template <class F>
    auto guarded(F&& f) -> decltype(f()) {
        try {
            return f();
        } catch (Poco::Exception const& e) {
            fail(e);
        }
    }

private:
    [[noreturn]] void fail(Poco::Exception const& e) const;
    [[nodiscard]] std::int64_t number(std::string const& sql);
    [[nodiscard]] std::int64_t version();
    void migrate();

    std::filesystem::path file_;
    std::unique_ptr<Poco::Data::Session> session_;
};

/// BEGIN IMMEDIATE: the writer waits at the beginning and never fails in the middle.
class Transaction {
public:
    explicit Transaction(Poco::Data::Session& session);
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction();
    void commit();

private:
    Poco::Data::Session& session_;
    bool open_ = true;
};

[[nodiscard]] Poco::Data::BLOB blob(std::string_view bytes);
[[nodiscard]] std::string bytes_of(Poco::Data::BLOB const& blob);

/// Runs `select` row by row; its into() targets hold the row while `each` is called.
template <class F>
void for_rows(Poco::Data::Statement& select, F&& each) {
    select, Poco::Data::Keywords::range(0, 1);
    while (!select.done())
        if (select.execute() > 0) each();
}

} // namespace deckle::store
