// PostgreSQL: a transaction takes one advisory lock before it reads anything, as SQLite's BEGIN IMMEDIATE takes the
// file's. READ COMMITTED then sees all that the writer before has committed, every function that reads and then writes
// is right without a thought, and no two transactions can deadlock or have to be tried again. Leases are claimed and
// renewed beside it, since they must not wait for a long one.
#include "store/database.hpp"
#include "store/dialect.hpp"
#include "store/migrations.hpp"
#include "store/sql.hpp"
#include <chrono>
#include <fmt/format.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <thread>

namespace deckle::store {

using namespace Poco::Data::Keywords;

namespace {

constexpr std::size_t open_seconds = 1;                // Poco tries that long also where opening can never work
constexpr std::size_t busy_seconds = 20;               // how long another process may hold the file
constexpr std::chrono::milliseconds busy_interval{10}; // between tries where SQLite does not wait by itself

// Before what the user wrote, which goes before them. A line that is dead is noticed within a minute.
constexpr char const* connection_defaults = "connect_timeout=10 application_name=deckle keepalives_idle=30 "
                                            "keepalives_interval=10 keepalives_count=3 tcp_user_timeout=60000 ";

/// As libpq reads values: in quotes, with backslashes.
std::string quoted(std::string const& value) {
    std::string out = "'";
    for (char const c : value) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

std::string connection_text(Place const& place) {
    std::string text = connection_defaults + place.postgresql + " client_encoding=UTF8";
    if (place.password.empty()) return text;
    if (place.password.find(' ') != std::string::npos) // Poco splits the text there
        throw Error(ErrorCode::usage, "The password of the store must not hold a space");
    return text + " password=" + quoted(place.password);
}

/// Of processes that open a new file at the same time one makes the log; SQLite fails the others at once, whatever the
/// time-out (its pager holds a read lock already, and waiting with it could deadlock).
void use_write_ahead_log(Poco::Data::Session& session) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(busy_seconds);
    while (true) {
        try {
            session << "PRAGMA journal_mode = WAL", Poco::Data::Keywords::now;
            return;
        } catch (Poco::Data::SQLite::DBLockedException const&) {
            if (std::chrono::steady_clock::now() >= end) throw;
        }
        std::this_thread::sleep_for(busy_interval);
    }
}

} // namespace

Database::Database(Place place) : place_(std::move(place)) {
    if (!is_postgresql()) {
        std::error_code failed;
        std::filesystem::create_directories(place_.file.parent_path(), failed);
        if (failed)
            throw Error(ErrorCode::io, fmt::format("The folder of the run ledger, {}, cannot be made: {}",
                                                   place_.file.parent_path().string(), failed.message()));
    }
    guarded(*this, [&] {
        connect();
        migrate();
        if (!place_.company.empty()) check_company();
    });
}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

void Database::connect() {
    if (is_postgresql()) {
        session_.reset();
        session_ = std::make_unique<Poco::Data::Session>("PostgreSQL", connection_text(place_));
        std::int64_t length = 0;
        *session_ << "SELECT length(set_config('statement_timeout', '60s', false) || set_config('lock_timeout', '20s', "
                     "false) || set_config('idle_in_transaction_session_timeout', '60s', false) || "
                     "set_config('default_transaction_isolation', 'read committed', false))",
            into(length), Poco::Data::Keywords::now;
    } else {
        Poco::Data::SQLite::Connector::registerConnector();
        session_ = std::make_unique<Poco::Data::Session>("SQLite", place_.file.string(), open_seconds);
        session_->setConnectionTimeout(busy_seconds);
        use_write_ahead_log(*session_);
        *session_ << "PRAGMA synchronous = NORMAL", Poco::Data::Keywords::now;
        *session_ << "PRAGMA foreign_keys = ON", Poco::Data::Keywords::now;
    }
    if (to_disk_) set_to_disk();
}

void Database::set_to_disk() {
    *session_ << (is_postgresql() ? "SET synchronous_commit = on" : "PRAGMA synchronous = FULL"),
        Poco::Data::Keywords::now;
}

void Database::commit_to_disk() {
    if (to_disk_) return;
    guarded(*this, [&] {
        set_to_disk();
        to_disk_ = true;
    });
}

Poco::Data::Statement Database::sql(std::string const& text) {
    if (!is_postgresql()) return *session_ << for_sqlite(text);
    if (depth_ == 0 && (!session_ || !session_->isConnected())) connect();
    return *session_ << for_postgresql(text);
}

void Database::rethrow() {
    if (depth_ > 0) failed_ = true;
    try {
        throw;
    } catch (Poco::Exception const& e) {
        std::string reason = e.displayText();
        while (!reason.empty() && (reason.back() == '\n' || reason.back() == ' ')) reason.pop_back();
        if (!place_.password.empty())
            for (auto at = reason.find(place_.password); at != std::string::npos; at = reason.find(place_.password))
                reason.replace(at, place_.password.size(), "[password]");
        if (is_postgresql() && depth_ > 0 && (!session_ || !session_->isConnected()))
            reason = fmt::format("the connection was lost, {}: {}",
                                 committing_ ? "and whether what was just written is kept is not known"
                                             : "and nothing of what was being written is kept",
                                 reason);
        std::throw_with_nested(
            Error(ErrorCode::io, fmt::format("The run ledger {} cannot be used: {}", place_.name(), reason)));
    }
}

std::int64_t Database::number(std::string const& text) {
    std::int64_t n = 0;
    sql(text), into(n), Poco::Data::Keywords::now;
    return n;
}

Instant Database::now() {
    return guarded(*this, [&] {
        return at_ms(number(is_postgresql() ? "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
                                            : "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"));
    });
}

// The catalogue is read as a table: to_regclass may answer from before the wait for the lock, since a statement that
// names no table takes no notice of what others have made meanwhile.
std::int64_t Database::version() {
    if (number(is_postgresql() ? "SELECT count(*) FROM pg_class WHERE relname = 'schema_version' AND "
                                 "pg_table_is_visible(oid)"
                               : "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0)
        return 0;
    return number("SELECT max(version) FROM schema_version");
}

void Database::migrate() {
    auto const newest = static_cast<std::int64_t>(migrations().size());
    if (version() == newest) return;
    transact([&] {
        std::int64_t const found = version();
        if (found == newest) return; // another process has done it
        if (found > newest)
            throw Error(ErrorCode::refused,
                        fmt::format("The run ledger {} was written by a newer Deckle (schema {}; this one knows {}): "
                                    "use that Deckle",
                                    place_.name(), found, newest));
        auto const run = [&](std::string const& text) {
            sql(is_postgresql() ? schema_for_postgresql(text) : text), Poco::Data::Keywords::now;
        };
        if (found == 0 && is_postgresql() &&
            number("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") > 0)
            throw Error(ErrorCode::refused,
                        fmt::format("{} holds the tables of another program: give Deckle a database of its own",
                                    place_.name()));
        if (found == 0) run("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)");
        for (std::int64_t next = found + 1; next <= newest; ++next) {
            for (std::string const& text : migrations()[static_cast<std::size_t>(next - 1)]) run(text);
            sql("INSERT INTO schema_version (version) VALUES (?)"), bind(next), Poco::Data::Keywords::now;
        }
    });
}

void Database::check_company() {
    auto const company = [&] {
        std::string name;
        sql("SELECT coalesce(max(name), '') FROM store_company"), into(name), Poco::Data::Keywords::now;
        return name;
    };
    if (company().empty())
        transact([&] { // another process may be doing the same
            if (company().empty())
                sql("INSERT INTO store_company (name) VALUES (?)"), bind(place_.company), Poco::Data::Keywords::now;
        });
    if (auto const found = company(); found != place_.company)
        throw Error(
            ErrorCode::refused,
            fmt::format("The store {} is that of '{}', and this workspace is of '{}': give each company a database "
                        "of its own, or its mail goes to the other's people. If the company was renamed, add company "
                        "= \"{}\" to [store]",
                        place_.name(), found, place_.company, found));
}

void Database::begin(Writers writers) {
    if (!is_postgresql()) { // the writer waits at the beginning and never fails in the middle
        *session_ << (writers == Writers::none ? "BEGIN" : "BEGIN IMMEDIATE"), Poco::Data::Keywords::now;
        return;
    }
    if (!session_ || !session_->isConnected()) connect();
    try {
        session_->begin();
    } catch (Poco::Exception const&) { // the server was restarted since
        if (session_->isConnected()) throw;
        connect();
        session_->begin();
    }
    if (writers == Writers::none)
        *session_ << "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", Poco::Data::Keywords::now;
}

void Database::lock() {
    if (is_postgresql() && !locked_)
        sql("SELECT length(CAST(pg_advisory_xact_lock(hashtext('deckle ' || coalesce(current_schema(), ''))) AS "
            "TEXT))"),
            Poco::Data::Keywords::now;
    locked_ = true;
}

Database::Transaction::Transaction(Database& database, Writers writers)
    : database_(database), outermost_(database.depth_ == 0) {
    if (outermost_) {
        database_.locked_ = database_.failed_ = database_.committing_ = false;
        guarded(database_, [&] { database_.begin(writers); });
    }
    ++database_.depth_;
    if (writers != Writers::one) return;
    try {
        guarded(database_, [&] { database_.lock(); });
    } catch (...) {
        roll_back();
        throw;
    }
}

Database::Transaction::~Transaction() {
    if (open_) roll_back();
}

void Database::Transaction::roll_back() {
    --database_.depth_;
    if (!outermost_) { // what it throws ends the outermost one too
        database_.failed_ = true;
        return;
    }
    try {
        if (database_.is_postgresql())
            database_.session_->rollback();
        else
            *database_.session_ << "ROLLBACK", Poco::Data::Keywords::now;
    } catch (Poco::Exception const&) { // the database has rolled back by itself
    }
}

void Database::Transaction::commit() {
    if (outermost_ && database_.failed_) // PostgreSQL would answer COMMIT with a rollback and call it a success
        throw Error(ErrorCode::failed, "A part of what was to be written together failed: nothing of it is kept");
    database_.committing_ = outermost_;
    if (outermost_)
        guarded(database_, [&] {
            if (database_.is_postgresql())
                database_.session_->commit();
            else
                *database_.session_ << "COMMIT", Poco::Data::Keywords::now;
        });
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
