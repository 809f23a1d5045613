#include "store/database.hpp"
#include "store/migrations.hpp"
#include "store/sql.hpp"
#include <fmt/format.h>
#include <Poco/Data/SQLite/Connector.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;

namespace {

constexpr std::size_t open_seconds = 1;  // Poco tries that long also where opening can never work
constexpr std::size_t busy_seconds = 20; // how long another process may hold the file

} // namespace

Database::Database(std::filesystem::path file) : file_(std::move(file)) {
    std::error_code failed;
    std::filesystem::create_directories(file_.parent_path(), failed);
    if (failed)
        throw Error(ErrorCode::io, fmt::format("The folder of the run ledger, {}, cannot be made: {}",
                                               file_.parent_path().string(), failed.message()));
    guarded(*this, [&] {
        Poco::Data::SQLite::Connector::registerConnector();
        session_ = std::make_unique<Poco::Data::Session>("SQLite", file_.string(), open_seconds);
        session_->setConnectionTimeout(busy_seconds);
        session() << "PRAGMA journal_mode = WAL", Poco::Data::Keywords::now;
        session() << "PRAGMA synchronous = NORMAL", Poco::Data::Keywords::now;
        session() << "PRAGMA foreign_keys = ON", Poco::Data::Keywords::now;
        migrate();
    });
}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

void Database::rethrow() const {
    try {
        throw;
    } catch (Poco::Exception const& e) {
        std::throw_with_nested(
            Error(ErrorCode::io, fmt::format("The run ledger {} cannot be used: {}", file_.string(), e.displayText())));
    }
}

std::int64_t Database::number(std::string const& sql) {
    std::int64_t n = 0;
    session() << sql, into(n), Poco::Data::Keywords::now;
    return n;
}

Instant Database::now() {
    return guarded(*this,
                   [&] { return at_ms(number("SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)")); });
}

std::int64_t Database::version() {
    if (number("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0) return 0;
    return number("SELECT max(version) FROM schema_version");
}

void Database::migrate() {
    auto const newest = static_cast<std::int64_t>(migrations().size());
    if (version() == newest) return;
    transact([&] { // another process may be doing the same
        std::int64_t const found = version();
        if (found > newest)
            throw Error(ErrorCode::refused,
                        fmt::format("The run ledger {} was written by a newer Deckle (schema {}; this one knows {}): "
                                    "use that Deckle",
                                    file_.string(), found, newest));
        session() << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY)",
            Poco::Data::Keywords::now;
        for (std::int64_t next = found + 1; next <= newest; ++next) {
            for (std::string const& sql : migrations()[static_cast<std::size_t>(next - 1)])
                session() << sql, Poco::Data::Keywords::now;
            session() << "INSERT INTO schema_version (version) VALUES (?)", bind(next), Poco::Data::Keywords::now;
        }
    });
}

// BEGIN IMMEDIATE: the writer waits at the beginning and never fails in the middle.
Database::Transaction::Transaction(Database& database) : database_(database), outermost_(database.depth_ == 0) {
    if (outermost_) guarded(database_, [&] { database_.session() << "BEGIN IMMEDIATE", Poco::Data::Keywords::now; });
    ++database_.depth_;
}

Database::Transaction::~Transaction() {
    if (!open_) return;
    --database_.depth_;
    if (!outermost_) return; // what it throws ends the outermost one too
    try {
        database_.session() << "ROLLBACK", Poco::Data::Keywords::now;
    } catch (Poco::Exception const&) { // SQLite has rolled back by itself
    }
}

void Database::Transaction::commit() {
    if (outermost_) guarded(database_, [&] { database_.session() << "COMMIT", Poco::Data::Keywords::now; });
    --database_.depth_;
    open_ = false;
}

Poco::Data::BLOB blob(std::string_view bytes) {
    return {reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()};
}

std::string bytes_of(Poco::Data::BLOB const& blob) {
    return {reinterpret_cast<char const*>(blob.rawContent()), blob.size()};
}

} // namespace deckle::store
