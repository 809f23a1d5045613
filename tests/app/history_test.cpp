// A report that compares with its previous run: the rows of then come from the ledger.
#include "app/program.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

class History : public testing::Test {
protected:
    History() : folder(fresh_folder()) {
        write_file(folder / "deckle.toml", R"([company]
name = "Tiny IT"
currency = "USD"
zone = "America/Chicago"

[connections.crm]
connector = "csv"

[datasets.opportunities]
connection = "crm"
file = "deals.csv"
on_bad_row = "report"
max_bad_rows = 5
)");
        deals("1,Server refresh,Propose,open,40000.00,2026-11-20,2026-07-01\n"
              "2,Phone system,Propose,open,10000.00,2026-12-01,2026-07-01\n"
              "3,Broken,Propose,open,many,2026-12-01,2026-07-01\n");
    }
    void deals(std::string const& rows) {
        write_file(folder / "deals.csv", "id,name,stage,status,amount,expected_close_date,created_date\n" + rows);
    }
    Answer run(std::string const& more) { return program_with("run pipeline --format html,json " + more, folder); }
    Json model(std::string const& out, std::string const& period) {
        return Json::parse(read_file(folder / out / ("Tiny-IT_pipeline_" + period + ".json")));
    }
    static Json figure(Json const& model, std::string const& id) {
        for (auto const& f : model.at("figures"))
            if (f.at("id") == id) return f.at("value");
        return nullptr;
    }
    static std::string text_of(Json const& model, std::string const& section) {
        for (auto const& s : model.at("sections"))
            if (s.at("id") == section) return s.dump();
        return "";
    }
    std::string newest_run() {
        return Json::parse(program_with("runs list --json", folder).out).at(0).at("id").get<std::string>();
    }

    fs::path folder;
};

} // namespace

TEST_F(History, TheFirstRunSaysSoAndTheNextOneCompares) {
    EXPECT_EQ(run("--period 2026-09 --out first").code, 4); // partial: a row was rejected
    EXPECT_THAT(text_of(model("first", "2026-09"), "changes"), HasSubstr("first run"));
    auto const first = Json::parse(program_with("runs show --json " + newest_run(), folder).out);
    EXPECT_EQ(first.at("inputs").size(), 2u); // the deals, and figures@previous without rows

    deals("1,Server refresh,Propose,open,45000.00,2026-11-20,2026-07-01\n"
          "4,Cabling,Propose,open,7000.00,2026-12-10,2026-10-05\n");
    auto const second = run("--period 2026-10 --out second");
    EXPECT_EQ(second.code, 0) << second.err; // what was rejected then does not make this one partial
    Json const october = model("second", "2026-10");
    EXPECT_EQ(figure(october, "pipeline.change.before").at("$money").at(0), "50000");
    EXPECT_EQ(figure(october, "pipeline.change.amount_up").at("$money").at(0), "5000");
    EXPECT_EQ(figure(october, "pipeline.change.new").at("$money").at(0), "7000");
    EXPECT_EQ(figure(october, "pipeline.change.removed").at("$money").at(0), "-10000");
    EXPECT_EQ(october.at("run").at("sources").size(), 1u);
    EXPECT_EQ(october.at("run").at("rows_read"), 2);

    fs::remove(folder / "deals.csv");
    ASSERT_EQ(run("--from-snapshot " + newest_run() + " --out again").code, 0);
    auto const differs = shell("diff -r second again", folder);
    EXPECT_EQ(differs.code, 0) << differs.out;
}

TEST_F(History, ADamagedSnapshotIsNamed) {
    deals("1,Server refresh,Propose,open,40000.00,2026-11-20,2026-07-01\n");
    ASSERT_EQ(run("--period 2026-09 --out first").code, 0);
    auto const id = newest_run();
    auto const verify_after = [&](std::string const& sql) {
        EXPECT_EQ(shell("sqlite3 .deckle/store.db \"" + sql + "\"", folder).code, 0);
        auto const answer = program_with("runs verify " + id, folder);
        EXPECT_EQ(answer.code, 1);
        return answer.err;
    };
    std::string const deals = "(SELECT sha256 FROM snapshots WHERE dataset = 'opportunities')";
    EXPECT_THAT(
        verify_after("UPDATE blobs SET bytes = CAST(x'00' || substr(bytes, 2) AS BLOB) WHERE sha256 = " + deals),
        HasSubstr("the snapshot of opportunities of run " + id + " is damaged: the run can neither be made again"));
    auto const later = run("--period 2026-10 --out later");
    EXPECT_EQ(later.code, 1) << "it would be compared with it";
    EXPECT_THAT(later.err, HasSubstr("the snapshot of opportunities of run " + id + " is damaged"));
    EXPECT_THAT(verify_after("DELETE FROM blobs WHERE sha256 = " + deals),
                HasSubstr("the snapshot of opportunities of run " + id + " is lost"));
}

TEST_F(History, VerifySeesWhatTheLedgerHasOtherwise) {
    deals("1,Server refresh,Propose,open,40000.00,2026-11-20,2026-07-01\n");
    ASSERT_EQ(run("--period 2026-09 --out first").code, 0);
    auto const id = newest_run();
    auto const verify = [&](int code) {
        auto const answer = program_with("runs verify " + id, folder);
        EXPECT_EQ(answer.code, code) << answer.out << answer.err;
        return answer.out + answer.err;
    };
    auto const sql = [&](std::string const& statements) {
        EXPECT_EQ(shell("sqlite3 .deckle/store.db \"" + statements + "\"", folder).code, 0);
    };
    EXPECT_THAT(verify(0), HasSubstr("Every output is the same to the byte"));
    auto const toml = read_file(folder / "deckle.toml");
    write_file(folder / "deckle.toml", "[theme]\nconfidentiality = \"Secret\"\n" + toml);
    EXPECT_THAT(verify(1), HasSubstr("theme.confidentiality in deckle.toml is another one than in that run"));
    auto spoken = toml;
    write_file(folder / "deckle.toml", spoken.insert(spoken.find("zone ="), "locale = \"de_DE\"\n"));
    EXPECT_THAT(verify(1), HasSubstr("company.locale in deckle.toml is another one than in that run"));
    auto renamed = toml;
    write_file(folder / "deckle.toml", renamed.replace(renamed.find("Tiny IT"), 7, "Tiny IT Group"));
    sql("UPDATE runs SET options = json_remove(options, '$.settings')"); // as an older version wrote it
    EXPECT_THAT(verify(1), HasSubstr("company.name in deckle.toml is another one than in that run"));
    write_file(folder / "deckle.toml", toml);
    (void)verify(0);

    sql("CREATE TABLE kept AS SELECT * FROM figures; UPDATE figures SET value = value + 1 WHERE figure = "
        "'pipeline.weighted'");
    EXPECT_THAT(verify(1), HasSubstr("The ledger has other figures than are made again: pipeline.weighted\n"));
    sql("DELETE FROM figures; INSERT INTO figures SELECT * FROM kept; DROP TABLE kept");
    (void)verify(0);
    sql("DELETE FROM outputs");
    auto const none = verify(1);
    EXPECT_THAT(none, HasSubstr("not in the ledger"));
    EXPECT_THAT(none, HasSubstr("Not every output is the same"));
}

TEST_F(History, WhatWasPrintedIsVerifiedToo) {
    deals("1,Server refresh,Propose,open,40000.00,2026-11-20,2026-07-01\n");
    ASSERT_EQ(program_with("run pipeline --period 2026-09 --format json --out -", folder).code, 0);
    auto const answer = program_with("runs verify " + newest_run(), folder);
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("printed"));
}
