#include "store/database.hpp"
#include "store/migrations.hpp"
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
    guarded([&] {
        Poco::Data::SQLite::Connector::registerConnector();
        session_ = std::make_unique<Poco::Data::Session>("SQLite", file_.string(), open_seconds);
        session_->setConnectionTimeout(busy_seconds);
        session() << "PRAGMA journal_mode = WAL", now;
        session() << "PRAGMA synchronous = NORMAL", now;
        session() << "PRAGMA foreign_keys = ON", now;
        migrate();
    });
}

void Database::fail(Poco::Exception const& e) const {
    std::throw_with_nested(
        Error(ErrorCode::io, fmt::format("The run ledger {} cannot be used: {}", file_.string(), e.displayText())));
}

std::int64_t Database::number(std::string const& sql) {
    std::int64_t n = 0;
    session() << sql, into(n), now;
    return n;
}

std::int64_t Database::version() {
    if (number("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0) return 0;
    return number("SELECT max(version) FROM schema_version");
}

void Database::migrate() {
    auto const newest = static_cast<std::int64_t>(migrations().size());
    if (version() == newest) return;
    Transaction transaction(session()); // another process may be doing the same
    std::int64_t const found = version();
    if (found > newest)
        throw Error(ErrorCode::refused,
                    fmt::format("The run ledger {} was written by a newer Deckle (schema {}; this one knows {}): "
                                "use that Deckle",
                                file_.string(), found, newest));
    session() << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY)", now;
    for (std::int64_t next = found + 1; next <= newest; ++next) {
        for (std::string const& sql : migrations()[static_cast<std::size_t>(next - 1)]) session() << sql, now;
        session() << "INSERT INTO schema_version (version) VALUES (?)", bind(next), now;
    }
    transaction.commit();
}

Transaction::Transaction(Poco::Data::Session& session) : session_(session) {
    session_ << "BEGIN IMMEDIATE", now;
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        session_ << "ROLLBACK", now;
    } catch (Poco::Exception const&) { // SQLite has rolled back by itself
    }
}

void Transaction::commit() {
    session_ << "COMMIT", now;
    open_ = false;
}

Poco::Data::BLOB blob(std::string_view bytes) {
    return {reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()};
}

std::string bytes_of(Poco::Data::BLOB const& blob) {
    return {reinterpret_cast<char const*>(blob.rawContent()), blob.size()};
}

} // namespace deckle::store
