// deckle backup and restore, as a person uses them, on both kinds of store.
#include "program.hpp"
#include "support/postgresql_server.hpp"
#include "tiny_workspace.hpp"
#include <algorithm>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace deckle::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct BackupTest : testing::Test {
    fs::path const folder = fresh_folder();

    void SetUp() override {
        fs::create_directories(folder / "w");
        write_tiny_workspace(folder / "w");
        write_file(folder / "w/deckle.toml", read_file(folder / "w/deckle.toml") + R"(
[delivery.channels.hook]
kind = "webhook"
url = "https://hooks.tiny.example/deckle"
secret = { file = "keys/hook.key" }
)");
        fs::create_directories(folder / "w/keys");
        write_file(folder / "w/keys/hook.key", "not to be seen");
        fs::create_directories(folder / "w/.deckle/artifacts/e1/1");
        write_file(folder / "w/.deckle/artifacts/e1/1/a.pdf", "made and not yet sent");
    }
    Answer deckle(std::string const& arguments) const { return program_with(arguments, folder); }
    void add_store(fs::path const& toml, PostgresqlServer const& server) const {
        write_file(folder / toml, read_file(folder / toml) + "\n[store]\npostgresql = \"" + server.connection() +
                                      "\"\npassword = { env = \"DECKLE_TEST_PASSWORD\" }\n");
        ::setenv("DECKLE_TEST_PASSWORD", PostgresqlServer::password, 1);
    }
    /// Makes a report and returns all that is known of its run.
    json run(std::string const& workspace) const {
        auto const made = deckle("run cash-flow --period 2026-10 --out out -w " + workspace);
        EXPECT_EQ(made.code, 0) << made.err;
        return shown(workspace, json::parse(deckle("runs list --json -w " + workspace).out).at(0).at("id"));
    }
    json shown(std::string const& workspace, std::string const& id) const {
        auto const answer = deckle("runs show " + id + " --json -w " + workspace);
        EXPECT_EQ(answer.code, 0) << answer.err;
        return json::parse(answer.out, nullptr, false);
    }
};

TEST_F(BackupTest, AWorkspaceComesBackWithoutItsSecrets) {
    auto const before = run("w");
    EXPECT_TRUE(before.at("timings").contains("data"));
    auto const made = deckle("backup b.tar.gz -w w");
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, AllOf(HasSubstr("delivery.channels.hook.secret"), HasSubstr("keys/hook.key")));
    EXPECT_EQ(deckle("backup b.tar.gz -w w").code, 3) << "it is there already";
    auto const listed = shell("tar tzf b.tar.gz", folder).out;
    EXPECT_THAT(listed, AllOf(HasSubstr("store.db"), HasSubstr("invoices.csv"), HasSubstr("a.pdf"),
                              HasSubstr("manifest.json"), Not(HasSubstr("hook.key"))));
    EXPECT_EQ(shell("tar xzOf b.tar.gz | grep -c 'not to be seen'", folder).out, "0\n");

    auto const restored = deckle("restore b.tar.gz -w new/place");
    ASSERT_EQ(restored.code, 0) << restored.err;
    EXPECT_THAT(restored.out, HasSubstr("keys/hook.key"));
    EXPECT_EQ(shown("new/place", before.at("id")), before);
    EXPECT_EQ(read_file(folder / "new/place/.deckle/artifacts/e1/1/a.pdf"), "made and not yet sent");
    EXPECT_FALSE(fs::exists(folder / "new/place/keys/hook.key"));
    EXPECT_NE(run("new/place").at("id"), before.at("id"));

    EXPECT_EQ(deckle("restore b.tar.gz -w new/place").code, 3) << "something is there";
    auto const forced = deckle("restore b.tar.gz --force -w new/place");
    ASSERT_EQ(forced.code, 0) << forced.err;
    EXPECT_EQ(json::parse(deckle("runs list --json -w new/place").out).size(), 1U);
    EXPECT_THAT(forced.err, HasSubstr("What was there is in"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "new"), {}), 2) << "the place, and what was there before";
}

TEST_F(BackupTest, FilesKeepTheirTimes) {
    ASSERT_EQ(shell("touch -d 2026-01-05T12:00:00Z w/invoices.csv w/.deckle/artifacts/e1/1/a.pdf", folder).code, 0);
    (void)run("w");
    ASSERT_EQ(deckle("backup b.tar.gz -w w").code, 0);
    ASSERT_EQ(deckle("restore b.tar.gz -w new").code, 0);
    for (auto const* file : {"invoices.csv", ".deckle/artifacts/e1/1/a.pdf"})
        EXPECT_EQ(fs::last_write_time(folder / "new" / file), fs::last_write_time(folder / "w" / file)) << file;
    auto const inputs = run("new").at("inputs");
    auto const is_invoices = [](json const& input) { return input.at("dataset") == "invoices"; };
    auto const invoices = std::ranges::find_if(inputs, is_invoices);
    ASSERT_NE(invoices, inputs.end());
    EXPECT_EQ(invoices->at("fetched"), "2026-01-05T12:00:00Z") << "old data stay old";
}

TEST_F(BackupTest, AFullDiskIsNoDamage) {
    (void)run("w");
    ASSERT_EQ(deckle("backup b.tar.gz -w w").code, 0);
    auto const answer =
        shell("(trap '' XFSZ; ulimit -f 8; '" + program().string() + "' restore b.tar.gz -w new)", folder);
    EXPECT_EQ(answer.code, 1);
    EXPECT_THAT(answer.err, AllOf(HasSubstr("cannot be unpacked"), HasSubstr("Wrote only"), Not(HasSubstr("damaged"))));
    EXPECT_FALSE(fs::exists(folder / "new"));
}

TEST_F(BackupTest, ADamagedOneIsRefusedBeforeAnythingIsWritten) {
    (void)run("w");
    ASSERT_EQ(deckle("backup b.tar.gz -w w").code, 0);
    auto const good = read_file(folder / "b.tar.gz");
    auto const refused = [&](std::string const& bytes) {
        write_file(folder / "bad.tar.gz", bytes);
        auto const answer = deckle("restore bad.tar.gz -w nowhere");
        EXPECT_EQ(answer.code, 1) << answer.out;
        EXPECT_FALSE(fs::exists(folder / "nowhere"));
        return answer.err;
    };
    EXPECT_THAT(refused("no archive"), HasSubstr("damaged"));
    EXPECT_THAT(refused(good.substr(0, good.size() / 2)), HasSubstr("damaged"));
    auto flipped = good;
    flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 0x10);
    (void)refused(flipped);
    // An archive that is sound, but not what was put into it.
    auto const changed = [&](std::string const& command) {
        EXPECT_EQ(shell("rm -rf x && mkdir x && tar xzf b.tar.gz -C x && (cd x && " + command +
                            ") && tar czf y.tar.gz -C x .",
                        folder)
                      .code,
                  0);
        return refused(read_file(folder / "y.tar.gz"));
    };
    EXPECT_THAT(changed("sed -i s/Harlan/Hartan/ workspace/invoices.csv"),
                HasSubstr("invoices.csv is not what was put"));
    EXPECT_THAT(changed("echo > workspace/more.txt"), HasSubstr("more.txt is not in its manifest"));
    EXPECT_THAT(changed("rm workspace/bank.csv"), HasSubstr("bank.csv is not what was put"));
    EXPECT_THAT(changed("rm manifest.json"), HasSubstr("no manifest.json"));
}

TEST_F(BackupTest, WithAWriterAtWorkItIsOfOneMoment) {
    (void)run("w");
    auto const answer = shell("(for i in 1 2 3 4 5 6; do '" + program().string() +
                                  "' run cash-flow --period 2026-10 --out out -w w || exit 1; done; touch over) & "
                                  "n=0; while [ ! -e over ] && [ $n -lt 60 ]; do n=$((n+1)); '" +
                                  program().string() + "' backup b$n.tar.gz -w w >list || exit 1; done; wait",
                              folder);
    ASSERT_EQ(answer.code, 0) << answer.err;
    ASSERT_TRUE(fs::exists(folder / "b1.tar.gz"));
    std::size_t runs = 0;
    for (int n = 1; fs::exists(folder / ("b" + std::to_string(n) + ".tar.gz")); n += 2) {
        auto const to = "new" + std::to_string(n);
        ASSERT_EQ(deckle("restore b" + std::to_string(n) + ".tar.gz -w " + to).code, 0);
        auto const list = json::parse(deckle("runs list --json -w " + to).out);
        EXPECT_GE(list.size(), runs);
        runs = list.size();
        auto const newest = shown(to, list.at(0).at("id")); // all of a finished run, or nothing
        EXPECT_EQ(newest.at("status") == "started", !newest.contains("figures"));
    }
}

TEST_F(BackupTest, WhatMayHaveBeenDoneAfterTheBackupIsNotDoneByItself) {
    write_file(folder / "w/deckle.toml", read_file(folder / "w/deckle.toml") + R"(
[delivery.channels.archive]
kind = "folder"
path = "archive"
[schedules.close]
report = "cash-flow"
when = "1st of month 07:00"
copies = ["archive"]
set = { minimum_cash = "250000" }
)");
    ASSERT_EQ(deckle("work --once -w w").code, 0); // the schedule begins
    auto const id = json::parse(deckle("schedule run close --period 2026-10 --by dana --json -w w").out).at("edition");
    ASSERT_EQ(deckle("backup b.tar.gz -w w").code, 0);
    ASSERT_EQ(deckle("work --once -w w").code, 0);
    EXPECT_TRUE(fs::exists(folder / "w/archive/Tiny-IT_cash-flow_2026-10.pdf"));

    auto const restored = deckle("restore b.tar.gz -w r");
    ASSERT_EQ(restored.code, 0) << restored.err;
    EXPECT_THAT(restored.err, AllOf(HasSubstr("schedule resume close -w"), HasSubstr("1 edition that was to be made")));
    ASSERT_EQ(deckle("work --once -w r").code, 0);
    EXPECT_FALSE(fs::exists(folder / "r/archive"));
    auto const edition = json::parse(deckle("schedule show " + id.get<std::string>() + " --json -w r").out);
    EXPECT_EQ(edition.at("state"), "failed");
    EXPECT_THAT(edition.at("reason"), HasSubstr("restored from the backup of "));
    EXPECT_THAT(deckle("schedule list -w r").out, HasSubstr("paused"));
    ASSERT_EQ(deckle("schedule resume close --by dana -w r").code, 0);
    ASSERT_EQ(deckle("schedule run close --period 2026-10 --by dana -w r").code, 0);
    ASSERT_EQ(deckle("work --once -w r").code, 0);
    EXPECT_TRUE(fs::exists(folder / "r/archive/Tiny-IT_cash-flow_2026-10.pdf"));

    ASSERT_EQ(shell("sqlite3 r/.deckle/store.db \"INSERT INTO services VALUES ('here:1:1', 0, "
                    "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER), NULL)\"",
                    folder)
                  .code,
              0);
    auto const refused = deckle("restore b.tar.gz -w r --force");
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("A service is at work on"));
    EXPECT_TRUE(fs::exists(folder / "r/archive/Tiny-IT_cash-flow_2026-10.pdf"));
}

TEST_F(BackupTest, WhatWaitsIsReleasedWhereItIsRestored) {
    write_file(folder / "w/deckle.toml", read_file(folder / "w/deckle.toml") + R"(
[delivery.channels.archive]
kind = "folder"
path = "archive"
[schedules.close]
report = "cash-flow"
when = "1st of month 07:00"
copies = ["archive"]
review = "required"
set = { minimum_cash = "250000" }
)");
    auto const id = json::parse(deckle("schedule run close --period 2026-10 --by dana --json -w w").out)
                        .at("edition")
                        .get<std::string>();
    ASSERT_EQ(deckle("work --once -w w").code, 0);
    auto const waiting = json::parse(deckle("schedule show " + id + " --json -w w").out);
    ASSERT_EQ(waiting.at("state"), "waiting") << waiting.dump(2);
    ASSERT_EQ(deckle("backup b.tar.gz -w w").code, 0);
    ASSERT_EQ(deckle("restore b.tar.gz -w r").code, 0);
    fs::rename(folder / "w", folder / "gone");

    auto const run = waiting.at("run").get<std::string>();
    auto const path = shown("r", run).at("outputs").at(0).at("path").get<std::string>();
    EXPECT_TRUE(path.starts_with((folder / "r/.deckle/artifacts").string())) << path;
    EXPECT_THAT(deckle("runs verify " + run + " -w r").out, HasSubstr("as recorded"));
    auto const released = deckle("schedule release " + id + " --by dana -w r");
    ASSERT_EQ(released.code, 0) << released.err;
    ASSERT_EQ(deckle("work --once -w r").code, 0);
    EXPECT_TRUE(fs::exists(folder / "r/archive/Tiny-IT_cash-flow_2026-10.pdf"));
}

TEST_F(BackupTest, OneKindOfStoreComesBackAsTheOther) {
    PostgresqlServer const server;
    fs::copy(folder / "w", folder / "p", fs::copy_options::recursive);
    write_file(folder / "sqlite.toml", read_file(folder / "w/deckle.toml"));
    add_store("p/deckle.toml", server);
    auto const first = run("p");
    EXPECT_FALSE(fs::exists(folder / "p/.deckle/store.db"));
    auto const made = deckle("backup p.tar.gz -w p");
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, AllOf(HasSubstr("store.password"), HasSubstr("DECKLE_TEST_PASSWORD")));

    auto const to_sqlite = deckle("restore p.tar.gz --config sqlite.toml -w s");
    ASSERT_EQ(to_sqlite.code, 0) << to_sqlite.err;
    EXPECT_TRUE(fs::exists(folder / "s/.deckle/store.db"));
    EXPECT_EQ(shown("s", first.at("id")), first);
    auto const second = run("s");

    ASSERT_EQ(deckle("backup s.tar.gz -w s").code, 0);
    auto const full = deckle("restore s.tar.gz --config p/deckle.toml -w q");
    EXPECT_EQ(full.code, 3);
    EXPECT_THAT(full.err, HasSubstr("is not empty"));
    EXPECT_FALSE(fs::exists(folder / "q"));
    auto const to_postgresql = deckle("restore s.tar.gz --config p/deckle.toml --force -w q");
    ASSERT_EQ(to_postgresql.code, 0) << to_postgresql.err;
    EXPECT_EQ(shown("q", first.at("id")), first);
    EXPECT_EQ(shown("q", second.at("id")), second);
    (void)run("q"); // what counts up goes on from there
    EXPECT_EQ(json::parse(deckle("runs list --json -w q").out).size(), 3U);
    fs::copy(folder / "p", folder / "other", fs::copy_options::recursive);
    auto const named = [&](std::string const& name, std::string const& more) {
        auto toml = read_file(folder / "p/deckle.toml");
        auto const at = toml.find("name = \"Tiny IT\"");
        ASSERT_NE(at, std::string::npos);
        write_file(folder / "other/deckle.toml", toml.replace(at, 16, "name = \"" + name + "\"") + more);
    };
    named("Other Corp", "");
    auto const others = deckle("runs list -w other");
    EXPECT_EQ(others.code, 3);
    EXPECT_THAT(others.err, AllOf(HasSubstr("is that of 'Tiny IT'"), HasSubstr("'Other Corp'")));
    named("Tiny IT Group", "company = \"Tiny IT\"\n"); // the last table is [store]
    EXPECT_EQ(deckle("runs list -w other").code, 0);
    auto const wrong =
        shell("DECKLE_TEST_PASSWORD=wrong-but-secret '" + program().string() + "' runs list -w q", folder);
    EXPECT_EQ(wrong.code, 1);
    EXPECT_THAT(wrong.err, AllOf(HasSubstr("password authentication failed"), Not(HasSubstr("wrong-but"))));
}

} // namespace
} // namespace deckle::tests
