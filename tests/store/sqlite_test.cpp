#include "base/file.hpp"
#include "contract.hpp"
#include "store/commentary.hpp"
#include "store/migrations.hpp"
#include <fmt/format.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>
#include <thread>
#include <unistd.h>

namespace deckle::store {
namespace {

namespace fs = std::filesystem;

fs::path fresh() {
    static int n = 0;
    fs::path const folder = fs::path(testing::TempDir()) / fmt::format("deckle-store-{}-{}", getpid(), n++);
    fs::remove_all(folder);
    return folder / ".deckle/store.db";
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values([] { return open_sqlite(fresh()); }));

struct SqliteFile : testing::Test {
    fs::path file = fresh();
    void TearDown() override { fs::remove_all(file.parent_path().parent_path()); }
    void sql(std::string const& text) {
        Poco::Data::SQLite::Connector::registerConnector();
        Poco::Data::Session session("SQLite", file.string());
        session << text, Poco::Data::Keywords::now;
    }
    Error open_error() {
        try {
            (void)open_sqlite(file);
        } catch (Error const& e) {
            return e;
        }
        ADD_FAILURE() << "no error";
        return {ErrorCode::failed, ""};
    }
};

TEST_F(SqliteFile, keeps_what_it_was_given) {
    std::string id;
    {
        auto const store = open_sqlite(file);
        id = store->start(start_of());
        store->finish(id, end_of());
    }
    auto const store = open_sqlite(file);
    EXPECT_EQ(store->run(id).status, Status::ok);
    EXPECT_EQ(store->model(id), end_of().model);
}

TEST_F(SqliteFile, a_newer_schema_is_refused_and_left_alone) {
    (void)open_sqlite(file);
    sql("INSERT INTO schema_version VALUES (99)");
    Error const e = open_error();
    EXPECT_EQ(e.code(), ErrorCode::refused);
    EXPECT_THAT(e.what(), testing::HasSubstr(fmt::format("written by a newer Deckle (schema 99; this one knows {})",
                                                         migrations().size())));
}

TEST_F(SqliteFile, a_file_of_the_first_version_is_brought_up_to_date) {
    fs::create_directories(file.parent_path());
    for (auto const& statement : migrations().front()) sql(statement);
    sql("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)");
    sql("INSERT INTO schema_version VALUES (1)");
    sql("INSERT INTO runs (id, report, plugin_version, plugin_hash, period, as_of, params, revision, started, "
        "finished, "
        "status) VALUES ('old', 'cash-flow', '1', 'h', '2026-09', '2026-09-30', '{}', 1, 0, 1, 'ok')");
    EXPECT_EQ(open_sqlite(file)->run("old").period, "2026-09");
    Commentaries commentaries(file);
    EXPECT_EQ(commentaries.write({"cash-flow", "2026-09", 0, "Text", "Dana", {}}), 1);
    auto const store = open_sqlite(file);
    EXPECT_EQ(store->run("old").status, Status::ok);
    auto const id = store->start(start_of());
    store->finish(id, end_of());
    EXPECT_EQ(store->previous("cash-flow", Date::of("2026-10-31"))->id, "old");
}

/// A ledger of before there were packs: its runs are there afterwards, and belong to no pack.
TEST_F(SqliteFile, a_file_without_packs_is_brought_up_to_date) {
    fs::create_directories(file.parent_path());
    for (std::size_t version = 0; version < 2; ++version)
        for (std::string const& statement : migrations()[version]) sql(statement);
    sql("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)");
    sql("INSERT INTO schema_version VALUES (2)");
    sql("INSERT INTO runs (id, report, plugin_version, plugin_hash, period, as_of, params, revision, started, status) "
        "VALUES ('0abc', 'cash-flow', '1.0.0', 'ab12', '2026-09', '2026-09-30', '{}', 1, 1790000000000, 'ok')");
    auto const store = open_sqlite(file);
    auto const run = store->run("0abc");
    EXPECT_EQ(run.period, "2026-09");
    EXPECT_EQ(run.pack, "");
    EXPECT_EQ(run.pack_run, "");
    EXPECT_EQ(store->previous("cash-flow", Date::of("2026-10-31"))->id, "0abc");
    RunStart next = start_of();
    next.pack = "monthly";
    EXPECT_EQ(store->run(store->start(next)).pack, "monthly");
}

TEST_F(SqliteFile, no_database_is_named) {
    fs::create_directories(file.parent_path());
    write_file(file, std::string(5000, 'x'));
    Error const e = open_error();
    EXPECT_EQ(e.code(), ErrorCode::io);
    EXPECT_THAT(e.what(), testing::HasSubstr("store.db cannot be used"));
    EXPECT_EQ(read_file(file), std::string(5000, 'x'));
}

TEST_F(SqliteFile, an_unreachable_folder_is_named) {
    fs::create_directories(file.parent_path().parent_path());
    write_file(file.parent_path(), "a file, no folder");
    Error const e = open_error();
    EXPECT_EQ(e.code(), ErrorCode::io);
    EXPECT_THAT(e.what(), testing::HasSubstr("cannot be made"));
}

TEST_F(SqliteFile, finishing_is_all_or_nothing) {
    auto const store = open_sqlite(file);
    std::string const id = store->start(start_of());
    sql("ALTER TABLE outputs RENAME TO elsewhere"); // the last one to be written
    EXPECT_THROW(store->finish(id, end_of()), Error);
    EXPECT_EQ(store->run(id).status, Status::started);
    EXPECT_EQ(store->model(id), "");
    EXPECT_TRUE(store->snapshots(id).empty());
    EXPECT_TRUE(store->figures(id).empty());
    sql("ALTER TABLE elsewhere RENAME TO outputs");
    EXPECT_NO_THROW(store->finish(id, end_of()));
    EXPECT_EQ(store->figures(id).size(), 4U);
}

TEST_F(SqliteFile, two_writers_wait_for_each_other) {
    (void)open_sqlite(file);
    auto work = [&] {
        auto const store = open_sqlite(file);
        for (int i = 0; i < 20; ++i) store->finish(store->start(start_of()), end_of());
    };
    std::thread other(work);
    work();
    other.join();
    auto const runs = open_sqlite(file)->runs({});
    EXPECT_EQ(runs.size(), 40U);
    for (auto const& r : runs) EXPECT_EQ(r.status, Status::ok);
}

TEST_F(SqliteFile, figures_are_text) { // SQLite would make a REAL of anything else
    auto const store = open_sqlite(file);
    store->finish(store->start(start_of()), end_of());
    std::string type;
    Poco::Data::Session session("SQLite", file.string());
    session << "SELECT typeof(value) FROM figures WHERE figure = 'cash.total'", Poco::Data::Keywords::into(type),
        Poco::Data::Keywords::now;
    EXPECT_EQ(type, "text");
}

} // namespace
} // namespace deckle::store
