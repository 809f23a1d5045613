// The built plugin through its C ABI.
#include "model/check.hpp"
#include "support/plugin_runner.hpp"
#include <deckle/date.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace pipeline {
namespace {

using namespace plugin_tests;
using testing::HasSubstr;
using testing::Not;

struct PipelineRunner : PluginRunner {
    PipelineRunner() : PluginRunner(PIPELINE_PLUGIN) {}
};

std::vector<std::string> const deal_columns = {"id",          "name",        "account", "owner",
                                               "stage",       "status",      "amount",  "expected_close_date",
                                               "closed_date", "created_date"};

/// Opportunities alone.
PipelineRunner small() {
    PipelineRunner r;
    r.tables["opportunities"] = {
        deal_columns,
        {{"1", "Server refresh", "Acme", "Ann", "Propose", "open", "40000", "2026-11-20", "", "2026-07-01"},
         {"2", "Phone system", "Birch", "Bob", "Qualify", "open", "18500", "2027-01-15", "", "2026-08-01"},
         {"3", "Backup", "Cedar", "Ann", "Won", "won", "24000", "2026-10-05", "2026-10-05", "2026-06-01"},
         {"4", "Cabling", "Dell", "Bob", "Lost", "lost", "9000", "2026-09-05", "2026-09-05", "2026-06-01"}}};
    return r;
}

/// Every dataset, small.
PipelineRunner whole() {
    PipelineRunner r = small();
    auto& deals = r.tables["opportunities"];
    deals.columns.insert(deals.columns.end(),
                         {"contact", "source", "campaign_id", "type", "probability", "commit", "monthly_amount",
                          "term_months", "stage_date", "last_activity_date", "original_close_date", "loss_reason",
                          "lost_to", "next_step", "next_step_date"});
    std::vector<std::vector<std::string>> const more = {
        {"Dana", "Web", "c", "Product", "", "true", "", "", "2026-08-15", "2026-09-01", "2026-10-20", "", "", "", ""},
        {"Eve", "Web", "c", "Agreement", "0.4", "false", "500", "36", "2026-10-20", "2026-10-20", "2027-01-15", "", "",
         "Call", "2026-11-05"},
        {"", "Referral", "", "Product", "1", "false", "100", "", "2026-10-05", "2026-10-05", "2026-10-05", "", "", "",
         ""},
        {"", "Event", "", "Product", "0", "false", "", "", "2026-09-05", "2026-09-05", "2026-09-05", "Price", "Rival",
         "", ""}};
    for (std::size_t i = 0; i < more.size(); ++i)
        deals.rows[i].insert(deals.rows[i].end(), more[i].begin(), more[i].end());
    r.tables["stages"] = {{"name", "position", "probability"}, {{"Propose", "2", "0.5"}, {"Qualify", "1", "0.1"}}};
    r.tables["stage_history"] = {{"opportunity_id", "date", "stage", "amount", "expected_close_date"},
                                 {{"1", "2026-07-01", "Qualify", "38000", "2026-10-20"},
                                  {"1", "2026-08-15", "Propose", "38000", "2026-10-20"},
                                  {"1", "2026-10-12", "Propose", "40000", "2026-11-20"},
                                  {"2", "2026-08-01", "Qualify", "18500", "2027-01-15"},
                                  {"3", "2026-06-01", "Qualify", "24000", "2026-10-05"},
                                  {"3", "2026-07-01", "Propose", "24000", "2026-10-05"},
                                  {"3", "2026-10-05", "Won", "24000", "2026-10-05"},
                                  {"4", "2026-06-01", "Qualify", "9000", "2026-09-05"},
                                  {"4", "2026-09-05", "Lost", "9000", "2026-09-05"}}};
    r.tables["quotas"] = {{"owner", "start_date", "end_date", "amount"},
                          {{"Ann", "2026-10-01", "2026-12-31", "60000"},
                           {"Bob", "2026-10-01", "2026-12-31", "40000"},
                           {"Ann", "2027-01-01", "2027-03-31", "70000"}}};
    r.tables["sources"] = {{"name", "channel"}, {{"Web", "web"}, {"Referral", "referral"}}};
    r.tables["campaigns"] = {{"id", "name", "source", "start_date", "end_date", "cost", "funded"},
                             {{"c", "Site", "Web", "2026-01-01", "2026-12-31", "1200", "200"}}};
    return r;
}

/// With a previous run of September that read what was there then.
PipelineRunner second() {
    PipelineRunner r = whole();
    r.tables["figures@previous"] = {{"id", "period", "value", "unit", "as_of"},
                                    {{"pipeline.won", "2026-Q3", "0", "USD", "2026-09-30"}}};
    r.tables["opportunities@previous"] = {
        deal_columns,
        {{"1", "Server refresh", "Acme", "Ann", "Propose", "open", "38000", "2026-10-20", "", "2026-07-01"},
         {"3", "Backup", "Cedar", "Ann", "Propose", "open", "24000", "2026-10-05", "", "2026-06-01"},
         {"9", "Dropped", "Elm", "Bob", "Propose", "open", "5000", "2026-12-05", "", "2026-06-01"}}};
    r.tables["stage_history@previous"] = r.tables["stage_history"];
    return r;
}

TEST(PipelinePlugin, DescriptorNamesOnlyCatalogueColumnsAndTheRequiredOnesAsRequired) {
    PipelineRunner const r;
    EXPECT_EQ(r.descriptor().at("id"), "pipeline");
    for (Json const& d : r.descriptor().at("datasets")) {
        std::map<std::string, bool> required;
        for (auto const& c : PluginRunner::catalogue(d.at("name"))) required[c.name] = c.required;
        EXPECT_FALSE(required.empty()) << d.at("name");
        for (Json const& c : d.at("columns")) {
            auto const it = required.find(c.at("name"));
            ASSERT_NE(it, required.end()) << d.at("name") << "." << c.at("name");
            EXPECT_EQ(c.at("required"), it->second) << d.at("name") << "." << c.at("name");
        }
    }
}

TEST(PipelinePlugin, OpportunitiesAloneMakeAReport) {
    Outcome const o = small().run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_EQ(o.streams_opened, o.streams_released);
    EXPECT_EQ(plain(figure(o.model, "pipeline.won")), "24000 USD");
    EXPECT_EQ(plain(figure(o.model, "pipeline.open.all")), "58500 USD");
    EXPECT_EQ(plain(figure(o.model, "pipeline.win_rate.count")), "0.5");
    EXPECT_EQ(plain(figure(o.model, "pipeline.quota")), "n/a missing_dataset:quotas");
    EXPECT_EQ(plain(figure(o.model, "pipeline.slippage")), "n/a missing_dataset:stage_history");
    EXPECT_THAT(plain(o.model.at("title")), HasSubstr("no quota is known"));
    for (auto const& [id, dataset] : std::map<std::string, std::string>{{"forecast", "quotas"},
                                                                        {"stages", "stages"},
                                                                        {"slippage", "stage_history"},
                                                                        {"lead-sources", "campaigns"}})
        EXPECT_THAT(all_text(section(o.model, id)), HasSubstr("[datasets." + dataset + "]"));
    EXPECT_THAT(all_text(section(o.model, "changes")), HasSubstr("first run"));
    EXPECT_THAT(all_text(section(o.model, "records")), Not(HasSubstr("No contact"))); // the column is not bound
}

TEST(PipelinePlugin, WholeReport) {
    Outcome const o = whole().run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    Json const& m = o.model;
    EXPECT_EQ(plain(figure(m, "pipeline.won", "2026-Q4")), "25200 USD"); // 24,000 + 12 x 100
    EXPECT_EQ(plain(figure(m, "pipeline.won.recurring", "2026-Q4")), "1200 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.commit", "2026-Q4")), "65200 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.weighted", "2026-Q4")), "45200 USD"); // 25,200 + 40,000 x 0.5
    EXPECT_EQ(plain(figure(m, "pipeline.quota", "2026-Q4")), "100000 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.gap", "2026-Q4")), "34800 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.coverage", "2026-Q4")), "0.53475936"); // 40,000 / 74,800
    EXPECT_EQ(plain(figure(m, "pipeline.open", "2027-Q1")), "24500 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.coverage_needed")), "2");
    EXPECT_EQ(plain(figure(m, "pipeline.slippage")), "0.60126582"); // 38,000 of 63,200
    EXPECT_EQ(plain(figure(m, "pipeline.conversion.1")), "0.5");
    EXPECT_EQ(plain(figure(m, "pipeline.change.before")), "n/a no_history");
    EXPECT_THAT(plain(m.at("title")), HasSubstr("short of its quota even in the best case"));
    std::string const actions = all_text(section(m, "actions"));
    EXPECT_THAT(actions, HasSubstr("Set a next step for Server refresh, Acme"));
    EXPECT_THAT(actions, HasSubstr("Ask why Server refresh, Acme slipped"));
    EXPECT_THAT(all_text(section(m, "lead-sources")), HasSubstr("n/a none_won"));
    EXPECT_THAT(all_text(section(m, "recurring")), HasSubstr("12 months are taken"));
    EXPECT_THAT(all_text(section(m, "reasons")), HasSubstr("Rival"));
    EXPECT_THAT(all_text(section(m, "stalled")), HasSubstr("missing"));
}

TEST(PipelinePlugin, WhatChangedSinceTheLastReport) {
    Outcome const o = second().run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    Json const& m = o.model;
    EXPECT_EQ(plain(figure(m, "pipeline.change.before")), "67000 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.change.amount_up")), "2000 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.change.won")), "-24000 USD");
    EXPECT_EQ(plain(figure(m, "pipeline.change.removed")), "-5000 USD");
    EXPECT_THAT(all_text(section(m, "changes")), HasSubstr("Dropped"));
    PipelineRunner r = second();
    r.tables.erase("opportunities@previous"); // that run did not have it
    EXPECT_THAT(all_text(section(r.run().model, "changes")), HasSubstr("kept no deals to compare with"));
}

TEST(PipelinePlugin, AnEarlierMonthIsToldAsItWas) {
    PipelineRunner r = whole();
    r.as_of = "2026-09-30";
    r.period_start = "2026-09-01";
    r.period_end = "2026-09-30";
    r.label = "2026-09";
    Outcome const o = r.run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_EQ(plain(figure(o.model, "pipeline.won", "2026-Q3")), "0 USD");
    EXPECT_EQ(plain(figure(o.model, "pipeline.open", "2026-Q4")), "63200 USD"); // 38,000 then, and the later won one
    EXPECT_EQ(plain(figure(o.model, "pipeline.win_rate.count")), "0");
    EXPECT_EQ(plain(figure(o.model, "pipeline.coverage_needed")), "n/a none_won");
    r.tables.erase("stage_history"); // then the stage is not known, and it says so
    Outcome const without = r.run();
    EXPECT_THAT(all_text(section(without.model, "forecast")), HasSubstr("moved on after 2026-09-30"));
    for (Json const& f : without.model.at("figures")) EXPECT_EQ(f.at("complete"), false);
}

TEST(PipelinePlugin, TitlesSayWhetherTheQuarterIsMade) {
    PipelineRunner r = whole();
    auto title = [&](char const* quota) {
        r.tables["quotas"].rows = {{"", "2026-10-01", "2026-12-31", quota}};
        return plain(r.run().model.at("title"));
    };
    EXPECT_THAT(title("25200"), HasSubstr("Q4 2026 is made"));
    EXPECT_THAT(title("60000"), HasSubstr("is on course"));
    EXPECT_THAT(title("66000"), HasSubstr("even in the best case"));
    r.tables["opportunities"].rows[0][15] = "false"; // no longer committed
    EXPECT_THAT(title("45000"), HasSubstr("can be made"));
    EXPECT_THAT(title("60000"), HasSubstr("only if the best case comes true"));
    r.as_of = r.period_end = "2026-12-31";
    EXPECT_THAT(title("60000"),
                HasSubstr("ended 34800.00000000 USD short")); // an open commitment does not count any more
    Json const model = r.run().model;
    EXPECT_THAT(all_text(section(model, "today")), HasSubstr("Short of quota bad 34800.00000000 USD"));
    EXPECT_THAT(plain(model.at("lead")), HasSubstr("1 deal worth 40000.00000000 USD, expected in it, is still open"));
    EXPECT_THAT(plain(section(model, "forecast").at("title")), HasSubstr("Q1 2027"));
}

TEST(PipelinePlugin, FiscalQuartersFollowTheCompany) {
    PipelineRunner r = whole();
    r.fiscal_year_start = "07-01";
    Json const model = r.run().model;
    EXPECT_THAT(plain(model.at("title")), HasSubstr("Q2 FY2027"));
    EXPECT_EQ(plain(figure(model, "pipeline.quota", "2027-Q2")), "100000 USD");
    r.fiscal_year_start = "13-01";
    EXPECT_EQ(r.run().status, DECKLE_FAILED);
}

TEST(PipelinePlugin, ParametersDecide) {
    PipelineRunner r = whole();
    r.params["value"] = "tcv";
    EXPECT_EQ(plain(figure(r.run().model, "pipeline.open", "2027-Q1")), "36500 USD"); // 18,500 + 36 x 500
    r.params["value"] = "acv";
    EXPECT_EQ(plain(figure(r.run().model, "pipeline.open", "2027-Q1")), "6000 USD");
    r.params["value"] = "everything";
    Outcome const o = r.run();
    EXPECT_EQ(o.status, DECKLE_INVALID_PARAMS);
    EXPECT_EQ(o.pointer, "/value");
    r.params["value"] = "first_year";
    r.tables["opportunities"].rows[3][5] = "no_decision";
    EXPECT_EQ(plain(figure(r.run().model, "pipeline.win_rate.count")), "0.5");
    r.params["no_decision"] = "left_out";
    EXPECT_EQ(plain(figure(r.run().model, "pipeline.win_rate.count")), "1");
}

TEST(PipelinePlugin, ModelsAreValidAndTablesWhole) {
    PipelineRunner zero;
    zero.tables["opportunities"] = {deal_columns, {}};
    PipelineRunner none; // every dataset without a row
    for (Json const& d : none.descriptor().at("datasets")) {
        TestTable t;
        for (Json const& c : d.at("columns")) t.columns.push_back(c.at("name"));
        none.tables[d.at("name")] = t;
    }
    none.tables["figures@previous"] = {{"id", "period", "value", "unit", "as_of"}, {}};
    for (PipelineRunner const& r : {small(), whole(), second(), zero, none}) {
        Outcome const o = r.run();
        ASSERT_EQ(o.status, DECKLE_OK) << o.error;
        for (auto const& problem : deckle::model::problems(o.model))
            ADD_FAILURE() << problem.pointer << ": " << problem.message;
        for (Json const& s : o.model.at("sections"))
            for (Json const& b : s.at("blocks")) {
                EXPECT_EQ(b.size(), 1U);
                Json const table = b.value("table", Json::object());
                for (char const* part : {"rows", "footer"})
                    for (Json const& row : table.value(part, Json::array()))
                        EXPECT_EQ(row.at("cells").size(), table.at("columns").size()) << s.at("id");
            }
        std::set<std::pair<std::string, std::string>> seen;
        for (Json const& f : o.model.at("figures"))
            EXPECT_TRUE(seen.emplace(f.at("id"), f.at("period")).second) << f.at("id");
        EXPECT_GE(seen.size(), 50U);
    }
}

TEST(PipelinePlugin, SectionsAreThoseOfTheDescriptorInTheirOrder) {
    PipelineRunner const r = small();
    std::vector<std::string> ids, declared;
    Json const model = r.run().model;
    for (Json const& s : model.at("sections")) ids.push_back(s.at("id"));
    for (Json const& s : r.descriptor().at("sections")) declared.push_back(s.at("id"));
    EXPECT_EQ(ids, declared);
}

TEST(PipelinePlugin, SameWithAnyBatches) {
    PipelineRunner r = second();
    Json const model = r.run().model;
    EXPECT_EQ(r.run().model, model);
    for (std::size_t const rows : {std::size_t{1}, std::size_t{3}}) {
        r.batch_rows = rows;
        EXPECT_EQ(r.run().model, model);
    }
}

TEST(PipelinePlugin, EveryOptionalDatasetMayBeMissing) {
    for (auto const& [name, table] : second().tables) {
        if (name == "opportunities") continue;
        PipelineRunner r = second();
        r.tables.erase(name);
        Outcome const o = r.run();
        EXPECT_EQ(o.status, DECKLE_OK) << "without " << name << ": " << o.error;
    }
}

TEST(PipelinePlugin, ASalespersonsOwnReport) {
    PipelineRunner r = second();
    r.params["salesperson"] = "Bob";
    Outcome const o = r.run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_THAT(plain(o.model.at("title")), testing::StartsWith("Bob: "));
    EXPECT_EQ(plain(figure(o.model, "pipeline.open.deals")), "1");
    EXPECT_EQ(plain(figure(o.model, "pipeline.quota")), "40000 USD");
    EXPECT_EQ(plain(figure(o.model, "pipeline.won")), "0 USD");
    EXPECT_EQ(plain(figure(o.model, "pipeline.change.before")), "5000 USD");         // of the deal that is gone
    EXPECT_THAT(o.model.dump(), Not(HasSubstr("Server refresh")));                   // Ann's
    EXPECT_THAT(all_text(section(o.model, "lead-sources")), Not(HasSubstr("Cost"))); // the firm's
    for (Json const& check : o.model.at("checks")) EXPECT_TRUE(check.at("ok").get<bool>()) << check;

    r.params["salesperson"] = "Bobby";
    Outcome const unknown = r.run();
    EXPECT_NE(unknown.status, DECKLE_OK);
    EXPECT_THAT(unknown.error, HasSubstr("There is no salesperson 'Bobby'; there are: Ann, Bob"));
}

TEST(PipelinePlugin, TotalsComputedInTwoWaysAgree) {
    Outcome const o = second().run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    std::map<std::string, std::string> both;
    for (Json const& check : o.model.at("checks")) {
        EXPECT_TRUE(check.at("ok").get<bool>()) << check;
        both[check.at("id")] = plain(check.at("expected")) + " = " + plain(check.at("actual"));
    }
    EXPECT_EQ(both.size(), 9u);
    EXPECT_EQ(both.at("pipeline.stages.deals"), "2 = 2");
    EXPECT_EQ(both.at("pipeline.changes"), "40000 USD = 40000 USD");
    EXPECT_EQ(both.at("pipeline.reasons"), "1 = 1");
}

TEST(PipelinePlugin, StopsWhenAsked) {
    PipelineRunner r = whole();
    r.stop = true;
    EXPECT_EQ(r.run().status, DECKLE_CANCELLED);
}

/// As many deals as a public set of this kind has: 4,238 won, 2,473 lost, 1,589 engaging, 500 prospecting; many of one
/// account, so that comparing all pairs of it would show.
TEST(PipelinePlugin, NineThousandDeals) {
    PipelineRunner r;
    TestTable& t = r.tables["opportunities"];
    t.columns = deal_columns;
    deckle::Date const first = deckle::Date::of("2025-11-01");
    for (int i = 0; i < 8800; ++i) {
        bool const won = i < 4238, lost = !won && i < 4238 + 2473;
        std::string const day = (first + i % 300).to_string();
        t.rows.push_back({std::to_string(i), "Deal " + std::to_string(i % 1500),
                          i % 7 == 0   ? ""
                          : i % 3 == 0 ? "One Account"
                                       : "Account " + std::to_string(i % 85),
                          "Rep " + std::to_string(i % 35),
                          won          ? "Won"
                          : lost       ? "Lost"
                          : i % 4 == 0 ? "Prospecting"
                                       : "Engaging",
                          won    ? "won"
                          : lost ? "lost"
                                 : "open",
                          std::to_string(100 + i % 977), "2026-11-30", won || lost ? day : "", "2025-10-01"});
    }
    Outcome const o = r.run();
    ASSERT_EQ(o.status, DECKLE_OK) << o.error;
    EXPECT_EQ(plain(figure(o.model, "pipeline.win_rate.count")), "0.63150052"); // 4,238 / 6,711
    EXPECT_EQ(plain(figure(o.model, "pipeline.open.deals")), "2089");
    EXPECT_THAT(all_text(section(o.model, "records")), HasSubstr("a double?"));
}

} // namespace
} // namespace pipeline
