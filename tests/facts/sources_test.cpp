#include "base/file.hpp"
#include "facts/facts_fixture.hpp"
#include "facts/sources.hpp"
#include "facts/sql.hpp"
#include <filesystem>

namespace deckle::facts {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

struct Sources : testing::Test {
    Sources() {
        fs::create_directories(folder);
        write_file(folder / "facts.csv", "id,period,label,text,value,day,unit,source,as_of,public,digits,valid_until\n"
                                         "revenue.total,2025,Total revenue,,4268437.16,,USD,Ledger,2025-12-31,yes,0,\n"
                                         "customers.active,2026-11,Customers,,80,,customers,Old list,2026-10-31,yes,,\n"
                                         "company.owner,,Owner,Dana Whitfield,,,,,,yes,,2026-12-31\n"
                                         "Bad Name,2025,Bad,,1,,,,,,,\n"
                                         "bad.period,FY25,Bad,,1,,,,,,,\n"
                                         "bad.both,2025,Bad,words,1,,,,,,,\n");
        write_file(folder / "invoices.csv",
                   "id,customer,date,total,balance\n1,A,2026-10-01,0.10,0\n2,B,2026-10-02,0.20,0\n"
                   "3,C,2026-10-03,900719925474099.31,0\n");
        write_file(folder / "customers.csv", "id,name,left\n1,Harlan,\n2,Oak,2026-11-30\n3,Elm,2026-01-31\n");
        config = R"([company]
name = "Tiny IT"
zone = "America/Chicago"
[connections.books]
connector = "csv"
[datasets.facts]
connection = "books"
file = "facts.csv"
[datasets.invoices]
connection = "books"
file = "invoices.csv"
[datasets.customers]
connection = "books"
file = "customers.csv"
)";
    }
    ~Sources() override {
        fs::remove_all(folder);
        fs::remove_all(folder.string() + "-store");
    }

    FactSet gathered() {
        auto const workspace = data::parse_workspace(config, folder, catalogue);
        return gather(workspace, catalogue, *store, hand, Date::of("2026-11-22"),
                      parse_instant("2026-11-22T15:00:00Z").value(), diagnostics);
    }
    void run_with(char const* period, char const* started, char const* value,
                  store::Status status = store::Status::ok) {
        auto const id = store->start({.report = "cash-flow",
                                      .plugin_version = "1",
                                      .plugin_hash = "x",
                                      .period = period,
                                      .as_of = Date::of("2026-10-31"),
                                      .started = parse_instant(started).value()});
        store::RunEnd end;
        end.status = status;
        end.figures = {
            {"revenue.mrr", 1, period, value == nullptr ? std::nullopt : std::optional<std::string>(value), "USD"}};
        store->finish(id, end);
    }

    fs::path folder = fs::path(testing::TempDir()) /
                      ("deckle-facts-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::string config;
    data::Catalogue catalogue = data::load_catalogue(fs::path(DECKLE_SOURCE_DIR) / "core/data/catalogue");
    store::Database database{std::filesystem::path(folder.string() + "-store/store.db")};
    std::unique_ptr<store::Store> store = std::make_unique<store::Store>(database);
    store::HandFacts hand{database};
    Diagnostics diagnostics;
};

TEST_F(Sources, TheDatasetGivesFactsAndSaysWhatItCannotTake) {
    auto const set = gathered();
    Fact const* total = set.newest("revenue.total");
    ASSERT_NE(total, nullptr);
    EXPECT_EQ(print(total->value, model::Formatter("en_US", "UTC")), "$4,268,437"); // digits 0
    EXPECT_EQ(total->place, "facts.csv");
    EXPECT_EQ(set.newest("company.owner")->valid_until, Date::of("2026-12-31"));
    std::vector<std::string> said;
    for (Trouble const& t : set.troubles()) said.push_back(t.message);
    EXPECT_THAT(said, ElementsAre(HasSubstr("'Bad Name' (facts.csv) is no name of a fact"),
                                  HasSubstr("'FY25' (facts.csv) is no period"),
                                  "facts.csv, row 6: exactly one of text, value and day is filled"));
}

TEST_F(Sources, SqlSumsMoneyExactly) {
    config += "[facts.\"billed.total\"]\nsql = \"SELECT SUM(total) AS value FROM invoices\"\nunit = \"USD\"\n"
              "period = \"2026\"\nlabel = \"Billed\"\n";
    auto const set = gathered();
    ASSERT_NE(set.newest("billed.total"), nullptr) << set.trouble_of("billed.total");
    EXPECT_EQ(set.newest("billed.total")->value.number()->to_string(), "900719925474099.61"); // no double holds this
    EXPECT_EQ(set.newest("billed.total")->period.text, "2026");
    EXPECT_EQ(set.newest("billed.total")->source, "invoices");
}

TEST_F(Sources, SqlCountsAsOfADayAndOverridesTheDataset) {
    config +=
        "[facts.\"customers.active\"]\nunit = \"customers\"\nsql = \"\"\"SELECT count(*) AS value FROM customers, run\n"
        "WHERE \"left\" IS NULL OR \"left\" > run.as_of\"\"\"\n";
    auto const set = gathered();
    Fact const* active = set.newest("customers.active");
    EXPECT_EQ(active->value.number()->to_string(), "2");
    EXPECT_EQ(active->period.text, "2026-11"); // the month asked for
    EXPECT_EQ(active->origin, Origin::sql);
    ASSERT_EQ(set.conflicts().size(), 1U);
    EXPECT_EQ(set.conflicts()[0].other.origin, Origin::dataset);
}

TEST_F(Sources, SqlMayGiveRatiosAndSeveralPeriods) {
    config += "[facts.left]\nunit = \"percent\"\nsql = \"\"\"SELECT count(\"left\") AS value, count(*) AS of, '2026' "
              "AS period "
              "FROM customers UNION ALL SELECT 1, 4, '2025'\"\"\"\n";
    auto const set = gathered();
    ASSERT_EQ(set.of("left").size(), 2U);
    EXPECT_EQ(set.of("left")[0].value.number()->to_string(), "0.666666666667");
    EXPECT_EQ(set.of("left")[1].value.number()->to_string(), "0.250000000000");
}

TEST_F(Sources, SqlThatFailsIsATroubleOfThatFact) {
    struct Case {
        char const *sql, *says;
    };
    for (Case const& c : {Case{"DELETE FROM invoices", "one SELECT statement"},
                          {"SELECT nosuch AS value FROM invoices", "no such column"},
                          {"SELECT count(*) FROM invoices", "no column 'value'"},
                          {"SELECT 1.5 AS value", "floating-point"},
                          {"SELECT 1 AS value, 0 AS of", "n/a, because the whole (of) is 0"},
                          {"SELECT 1 AS value FROM bills", "bills"},
                          {"SELECT SUM(total) * 1000 AS value FROM invoices", "floating-point"},
                          {"SELECT 1 AS value, 'FY26' AS period", "no period"},
                          {"SELECT NULL AS value", "no result"}}) {
        std::string const keep = config;
        config += std::string("[facts.x]\nsql = \"") + c.sql + "\"\n";
        auto const set = gathered();
        EXPECT_EQ(set.newest("x"), nullptr) << c.sql;
        EXPECT_THAT(set.trouble_of("x"), HasSubstr(c.says)) << c.sql;
        config = keep;
    }
}

TEST_F(Sources, FiguresOfTheNewestGoodRunOfEachPeriod) {
    config += "[facts.\"revenue.mrr\"]\nfigure = \"cash-flow:revenue.mrr\"\nlabel = \"MRR\"\nvalid_days = 60\n";
    EXPECT_THAT(gathered().trouble_of("revenue.mrr"), HasSubstr("no run of cash-flow has the figure revenue.mrr yet"));
    run_with("2026-11", "2026-10-01T09:00:00Z", nullptr);
    EXPECT_THAT(gathered().trouble_of("revenue.mrr"), HasSubstr("was not available in any run"));
    std::string const keep = config;
    config.replace(config.rfind("revenue.mrr"), 11, "revenue.mmr");
    EXPECT_THAT(gathered().trouble_of("revenue.mrr"),
                HasSubstr("has no figure revenue.mmr, did you mean 'revenue.mrr'?"));
    config = keep;
    run_with("2026-09", "2026-10-01T10:00:00Z", "48000.00");
    run_with("2026-10", "2026-11-01T10:00:00Z", "50000.00");
    run_with("2026-10", "2026-11-02T10:00:00Z", "51000.00");
    run_with("2026-10", "2026-11-03T10:00:00Z", "99000.00", store::Status::held);
    run_with("2026-11", "2026-11-04T10:00:00Z", nullptr); // n/a
    auto const set = gathered();
    ASSERT_EQ(set.of("revenue.mrr").size(), 2U);
    Fact const& newest = set.of("revenue.mrr")[0];
    EXPECT_EQ(newest.period.text, "2026-10");
    EXPECT_EQ(newest.value.number()->to_string(), "51000");
    EXPECT_TRUE(newest.value.is_money());
    EXPECT_EQ(newest.valid_until, Date::of("2026-12-30"));
    EXPECT_THAT(newest.place, HasSubstr("cash-flow:revenue.mrr of run "));
}

TEST_F(Sources, AHandMadeFactWinsAndItsVersionsAreKept) {
    Fact made = fact("customers.active", "2026-11", "Customers", count("85"));
    auto const set_at = [&](char const* at, std::string content) {
        hand.add({"customers.active", "2026-11", parse_instant(at).value(), "Dana", std::move(content)});
    };
    set_at("2026-11-20T10:00:00Z", to_json(made));
    made.value = count("86");
    made.value.digits = 1;
    made.evidence = "list.pdf";
    made.is_public = true;
    set_at("2026-11-21T10:00:00Z", to_json(made));
    auto set = gathered();
    Fact const& used = *set.newest("customers.active");
    EXPECT_EQ(used.value.number()->to_string(), "86");
    EXPECT_EQ(used.value.digits, 1);
    EXPECT_EQ(used.evidence, "list.pdf");
    EXPECT_TRUE(used.is_public);
    EXPECT_EQ(used.place, "set by Dana on 2026-11-21");
    EXPECT_EQ(set.conflicts().size(), 1U);
    EXPECT_EQ(hand.history("customers.active").size(), 2U);
    set_at("2026-11-22T10:00:00Z", ""); // taken back
    EXPECT_EQ(gathered().newest("customers.active")->origin, Origin::dataset);
    EXPECT_EQ(hand.history("customers.active").size(), 3U);
}

TEST_F(Sources, DocumentsGetAllFactsWithHowTheyPrint) {
    hand.add({"company.motto",
              "",
              {},
              "Dana",
              to_json(fact("company.motto", "", "Motto", {std::string("Calm IT"), "", {}}))});
    data::DatasetRequest const request{.name = "facts", .columns = {{"printed"}, {"id"}, {"value"}}};
    auto const set = gathered();
    auto const got = dataset(set, request, catalogue, model::Formatter("en_US", "UTC"), {});
    ASSERT_EQ(got.table.columns.size(), 3U);
    ASSERT_EQ(got.table.rows, 4);
    EXPECT_EQ(got.table.columns[1].text(0), "company.motto");
    EXPECT_EQ(got.table.columns[0].text(0), "Calm IT");
    EXPECT_TRUE(got.table.columns[2].is_null(0));
    EXPECT_EQ(got.table.columns[0].text(3), "$4,268,437");
    EXPECT_EQ(got.table.columns[2].decimal(3), Decimal::of("4268437.16"));
    auto const all = dataset(set, {.name = "facts", .columns = {}}, catalogue, model::Formatter("en_US", "UTC"), {});
    EXPECT_EQ(all.table.columns.size(), catalogue.find("facts")->columns.size());
}

TEST_F(Sources, ConfigurationFaultsHavePlaces) {
    auto const problem = [&](std::string const& more) {
        try {
            (void)data::parse_workspace(config + more, folder, catalogue);
        } catch (Error const& e) {
            return e.to_string();
        }
        return std::string("none");
    };
    EXPECT_THAT(problem("[facts.x]\nlabel = \"X\"\n"), HasSubstr("needs 'figure' or 'sql'"));
    EXPECT_THAT(problem("[facts.x]\nfigure = \"a:b\"\nsql = \"SELECT 1\"\n"), HasSubstr("either 'figure' or 'sql'"));
    EXPECT_THAT(problem("[facts.revenue.x]\nsql = \"SELECT 1\"\n"), HasSubstr("in quotes"));
    EXPECT_THAT(problem("[facts.x]\nfigure = \"b\"\n"), HasSubstr("report and figure"));
    EXPECT_THAT(problem("[facts.x]\nsqll = \"b\"\nsql = \"SELECT 1\"\n"), HasSubstr("unknown key 'sqll'"));
    EXPECT_THAT(problem("[facts]\nstale_after = 3\n"), HasSubstr("unknown key 'stale_after'"));
    EXPECT_EQ(problem("[facts]\nstale_after_days = 30\n[drafts]\nfour_eyes = true\n[user]\nname = \"Dana\"\n"), "none");
}

TEST_F(Sources, ARecordThatIsDamagedIsATroubleOfThatFact) {
    hand.add({"company.motto", "", {}, "Dana", "{damaged"});
    auto const set = gathered();
    EXPECT_THAT(set.trouble_of("company.motto"), HasSubstr("cannot be read"));
    EXPECT_NE(set.newest("revenue.total"), nullptr);
}

TEST(ParseValue, KnowsItsUnit) {
    EXPECT_EQ(parse_value("31%", "", "USD"), (Value{Decimal::of("0.31"), "percent", {}}));
    EXPECT_EQ(parse_value("$1,200.50", "", "USD"), usd("1200.50"));
    EXPECT_EQ(parse_value("1200 EUR", "", "USD"), (Value{Decimal::of("1200"), "EUR", {}}));
    EXPECT_EQ(parse_value("12", "people", "USD"), count("12", "people"));
    EXPECT_EQ(parse_value("2026-10-31", "", "USD").day()->to_string(), "2026-10-31");
    EXPECT_EQ(*parse_value("2008", "text", "USD").words(), "2008");
    EXPECT_EQ(*parse_value("Dana Whitfield", "", "USD").words(), "Dana Whitfield");
    EXPECT_THROW((void)parse_value("many", "people", "USD"), Error);
    EXPECT_THROW((void)parse_value("31", "percent", "USD"), Error);
    EXPECT_THROW((void)parse_value("31%", "people", "USD"), Error);
}

} // namespace
} // namespace deckle::facts
