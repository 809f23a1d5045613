#include "base/file.hpp"
#include "samples.hpp"
#include <fmt/format.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>
#include <thread>
#include <unistd.h>

namespace deckle::store {
namespace {

namespace fs = std::filesystem;

struct Opened {
    explicit Opened(fs::path const& file) : database(file) {}
    Store* operator->() const { return &store; }
    mutable Database database;
    mutable Store store{database};
};

struct SqliteFile : testing::Test {
    fs::path file = kind().fresh().file;
    void sql(std::string const& text) {
        Poco::Data::SQLite::Connector::registerConnector();
        Poco::Data::Session session("SQLite", file.string());
        session << text, Poco::Data::Keywords::now;
    }
    Error open_error() {
        try {
            Database const opened(file);
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
        Opened const store(file);
        id = store->start(start_of());
        store->finish(id, end_of());
    }
    Opened const store(file);
    EXPECT_EQ(store->run(id).status, Status::ok);
    EXPECT_EQ(store->model(id), end_of().model);
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
    Opened const store(file);
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
    Database const opened(file);
    auto work = [&] {
        Opened const store(file);
        for (int i = 0; i < 20; ++i) store->finish(store->start(start_of()), end_of());
    };
    std::thread other(work);
    work();
    other.join();
    auto const runs = Opened(file)->runs({});
    EXPECT_EQ(runs.size(), 40U);
    for (auto const& r : runs) EXPECT_EQ(r.status, Status::ok);
}

// Another process is just making the same file: SQLite does not wait there by itself.
TEST_F(SqliteFile, a_new_file_that_another_one_writes_is_waited_for) {
    fs::create_directories(file.parent_path());
    sql("PRAGMA journal_mode = DELETE");
    Poco::Data::Session other("SQLite", file.string());
    other << "BEGIN IMMEDIATE", Poco::Data::Keywords::now;
    std::jthread const later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        other << "COMMIT", Poco::Data::Keywords::now;
    });
    EXPECT_NO_THROW(Opened(file)->start(start_of()));
}

TEST_F(SqliteFile, figures_are_text) { // SQLite would make a REAL of anything else
    Opened const store(file);
    store->finish(store->start(start_of()), end_of());
    std::string type;
    Poco::Data::Session session("SQLite", file.string());
    session << "SELECT typeof(value) FROM figures WHERE figure = 'cash.total'", Poco::Data::Keywords::into(type),
        Poco::Data::Keywords::now;
    EXPECT_EQ(type, "text");
}

} // namespace
} // namespace deckle::store
