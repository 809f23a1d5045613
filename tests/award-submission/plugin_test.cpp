// The plugin as the host runs it, on a small award.
#include "model/check.hpp"
#include "support/plugin_runner.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace award_submission {
namespace {

using namespace plugin_tests;
using testing::HasSubstr;
using testing::Not;

class AwardPlugin : public testing::Test {
protected:
    AwardPlugin() {
        runner.tables["award_catalogue"] = {
            {"award_id", "award", "organizer", "status", "opens", "deadline", "deadline_time", "result_date", "fee",
             "currency", "not_verified", "release_from", "verified_financials"},
            {{"best", "Best Firm", "Review", "", "2026-10-01", "2026-12-11", "11:59 PM PST", "2027-02-18", "295", "USD",
              "fee", "2027-02-18", "true"},
             {"later", "Later Prize", "", "", "", "2027-01-15", "", "", "", "", "", "", ""},
             {"old", "Old List", "", "historic", "", "2009-12-11", "", "", "", "", "", "", ""},
             {"open-end", "Open End", "", "", "", "", "", "", "", "", "", "", ""}}};
        runner.tables["award_questions"] = {
            {"award_id", "question_id", "section", "question", "kind", "limit", "limit_unit", "required", "weight",
             "suggestion", "criteria", "choices", "proves"},
            {{"best", "Q1", "Firm", "Revenue", "number", "", "", "true", "2", "{{revenue.total.2025}}", "growth", "",
              ""},
             {"best", "Q2", "Story", "What happened?", "text", "300", "words", "true", "3", "", "growth, people", "",
              ""},
             {"best", "Q3", "Story", "How do you charge?", "choice", "", "", "false", "5", "Per seat", "",
              "Per seat|Hourly", ""},
             {"best", "Q4", "Evidence", "Accountant's letter", "file", "", "", "true", "", "", "", "", "Revenue"},
             {"later", "L1", "", "Anything", "text", "", "", "false", "", "", "", "", ""},
             {"old", "O1", "", "Anything", "text", "", "", "true", "", "", "", "", ""},
             {"open-end", "E1", "", "Anything", "text", "140", "characters", "true", "", "", "", "", ""}}};
        runner.tables["award_rules"] = {{"award_id", "rule_id", "rule", "meaning", "unit"},
                                        {{"best", "r1", "revenue.managed.2025 >= 200000", "Managed revenue", "USD"},
                                         {"best", "r2", "company.founded <= 2023", "Founded by 2023", ""},
                                         {"best", "r3", "company.vendor_owned = no", "Independent", ""}}};
        runner.tables["award_criteria"] = {{"award_id", "criterion_id", "criterion", "weight", "guidance"},
                                           {{"best", "growth", "Growth", "3", "Ranked"},
                                            {"best", "people", "People", "1", ""},
                                            {"best", "town", "Town", "0", ""}}};
        runner.tables["past_answers"] = {{"award_id", "question_id", "year", "answer", "result"},
                                         {{"best", "Q2", "2024", "Old answer", "lost"},
                                          {"best", "Q2", "2025", "Newer answer", "shortlisted"},
                                          {"later", "Q2", "2025", "Of another award", ""}}};
        runner.tables["facts"] = {
            {"id", "period", "label", "text", "value", "day", "unit", "source", "as_of"},
            {{"revenue.managed", "2025", "Managed revenue", "", "1900000.50", "", "USD", "Ledger", "2025-12-31"},
             {"revenue.managed", "2024", "Managed revenue", "", "1500000", "", "USD", "Tax return", "2024-12-31"},
             {"revenue.total", "2025", "Total revenue", "", "4400000", "", "USD", "Ledger", "2025-12-31"},
             {"revenue.total", "2024", "Total revenue", "", "4000000", "", "USD", "Tax return", "2024-12-31"},
             {"revenue.total", "2023", "Total revenue", "", "0", "", "USD", "Tax return", "2023-12-31"},
             {"margin.gross", "2025", "Gross margin", "", "0.4", "", "percent", "Ledger", "2025-12-31"},
             {"margin.gross", "2024", "Gross margin", "", "0.385", "", "percent", "Ledger", "2024-12-31"},
             {"company.founded", "", "Founded", "", "", "2008-04-01", "", "Articles", "2008-04-01"}}};
        runner.params = Json{{"award", "best"}};
    }
    Outcome run() {
        Outcome out = runner.run();
        EXPECT_EQ(out.status, DECKLE_OK) << out.error;
        if (out.status == DECKLE_OK) deckle::model::require_valid(out.model, "award-submission");
        EXPECT_EQ(out.streams_opened, out.streams_released);
        return out;
    }
    /// The text of a section's rows that hold `word`.
    static std::string row(Json const& model, std::string const& id, std::string const& word) {
        std::string found;
        Json const part = section(model, id);
        for (Json const& b : part.at("blocks"))
            if (b.contains("table"))
                for (Json const& r : b["table"]["rows"])
                    if (all_text(r["cells"]).find(word) != std::string::npos) found += all_text(r["cells"]) + "| ";
        return found;
    }
    static Json findings(Json const& model, std::string const& rule) {
        Json list = Json::array();
        if (model.contains("findings"))
            for (Json const& f : model["findings"])
                if (f["rule"] == rule) list.push_back(f);
        return list;
    }
    static Json approved(char const* text) {
        return {{"value", text},
                {"text", text},
                {"facts", Json::array()},
                {"approved", {{"by", "Dana"}, {"at", "2026-10-30T10:00:00Z"}, {"note", ""}}}};
    }
    static Json written(char const* text) {
        return {{"value", text}, {"text", text}, {"facts", {"revenue.total.2025"}}, {"approved", nullptr}};
    }
    PluginRunner runner{AWARD_SUBMISSION_PLUGIN};
};

TEST_F(AwardPlugin, a_new_draft_begins_with_suggestions_limits_and_earlier_answers) {
    Json const model = run().model;
    Json const& fields = model.at("fields");
    EXPECT_EQ(fields[0].at("value"), "{{revenue.total.2025}}");
    EXPECT_EQ(fields[0].at("kind"), "number");
    EXPECT_EQ(fields[1].at("limit"), (Json{{"max", 300}, {"unit", "words"}}));
    EXPECT_EQ(fields[1].at("required"), true);
    EXPECT_EQ(fields[1].at("offered"), (Json{{{"label", "2025, shortlisted"}, {"value", "Newer answer"}},
                                             {{"label", "2024, lost"}, {"value", "Old answer"}}}));
    EXPECT_EQ(fields[2].at("choices"), (Json{"Per seat", "Hourly"}));
    EXPECT_FALSE(fields[2].contains("required"));
    EXPECT_EQ(fields[4].at("id"), "check-financials");
}

TEST_F(AwardPlugin, the_deadline_falls_on_the_day_of_the_companys_clocks) {
    // 11:59 PM in Los Angeles is 01:59 of the next day in Chicago.
    Json const model = run().model;
    EXPECT_EQ(plain(model.at("title")), "Best Firm closes in 42 days; 0.000000000000 of the answers stand approved");
    EXPECT_THAT(row(model, "cover", "by our clocks"), HasSubstr("Closes"));
    EXPECT_EQ(section(model, "cover").dump().find("2026-12-12T07:59:00Z") == std::string::npos, false);
    EXPECT_THAT(row(model, "cover", "as the award states it"), HasSubstr("2026-12-11, 11:59 PM PST"));
    EXPECT_EQ(plain(figure(model, "award.days_left")), "42");
}

TEST_F(AwardPlugin, a_deadline_today_and_one_that_is_past_are_said_plainly) {
    runner.as_of = "2026-12-12";
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("Best Firm closes today"));
    runner.as_of = "2026-12-13";
    Json const late = run().model;
    EXPECT_EQ(plain(late.at("title")), "Best Firm closed 1 day ago");
    EXPECT_THAT(plain(late.at("lead")), HasSubstr("The deadline is past."));
    EXPECT_EQ(findings(late, "deadline.past").at(0).at("severity"), "error");
    runner.edits = {{"draft", "d"}, {"state", "submitted"}, {"fields", Json::object()}};
    Json const sent = run().model;
    EXPECT_EQ(plain(sent.at("title")), "Best Firm: submitted, the result is open");
    EXPECT_TRUE(findings(sent, "deadline.past").empty()) << "it was sent in time";
}

TEST_F(AwardPlugin, without_a_deadline_nothing_is_counted) {
    runner.params["award"] = "open-end";
    Json const model = run().model;
    EXPECT_EQ(plain(figure(model, "award.days_left")), "n/a deadline_not_known");
    EXPECT_EQ(findings(model, "deadline.unknown").size(), 1U);
}

TEST_F(AwardPlugin, a_time_that_cannot_be_read_keeps_the_day) {
    runner.tables["award_catalogue"].rows[0][6] = "late in the evening";
    Json const model = run().model;
    EXPECT_EQ(findings(model, "deadline.time").size(), 1U);
    EXPECT_EQ(plain(figure(model, "award.days_left")), "41");
}

TEST_F(AwardPlugin, an_award_of_the_past_is_for_study) {
    runner.params["award"] = "old";
    Json const model = run().model;
    EXPECT_EQ(plain(model.at("title")), "Old List can no longer be entered");
    EXPECT_EQ(findings(model, "award.historic").at(0).at("severity"), "error");
    EXPECT_TRUE(findings(model, "deadline.past").empty());
}

TEST_F(AwardPlugin, rules_show_fact_source_and_result) {
    Json const model = run().model;
    EXPECT_THAT(row(model, "cover", "Managed revenue"), HasSubstr("1900000.5 USD Ledger 2025-12-31 Pass"));
    EXPECT_THAT(row(model, "cover", "Founded by 2023"), HasSubstr("2008-04-01 Articles 2008-04-01 Pass"));
    EXPECT_THAT(row(model, "cover", "Independent"), HasSubstr("n/a: no such fact"));
    EXPECT_THAT(row(model, "cover", "Independent"), HasSubstr("Unknown"));
    EXPECT_EQ(findings(model, "eligibility.unknown").at(0).at("severity"), "warning");
    EXPECT_THAT(plain(model.at("lead")), HasSubstr("We meet 2 of 3 rules; 1 cannot be decided from the facts."));
    EXPECT_THAT(plain(model.at("lead")), HasSubstr("3 of 3 required answers wait for approval."));
}

TEST_F(AwardPlugin, facts_print_as_the_host_prints_them) {
    auto& facts = runner.tables["facts"];
    facts.columns.push_back("printed");
    for (auto& cells : facts.rows) cells.push_back(cells[0] == "revenue.managed" ? "$1,900,001" : "");
    EXPECT_THAT(row(run().model, "cover", "Managed revenue"), HasSubstr("$1,900,001 Ledger"));
}

TEST_F(AwardPlugin, a_rule_that_fails_keeps_it_from_being_approved) {
    runner.tables["facts"].rows[0][4] = "199999.99";
    Json const model = run().model;
    EXPECT_EQ(findings(model, "eligibility.fail").at(0).at("severity"), "error");
    EXPECT_THAT(plain(model.at("title")), HasSubstr("we do not meet 1 of its rules"));
    runner.tables["award_rules"].rows[0][2] = "revenue managed more than 5";
    EXPECT_EQ(findings(run().model, "eligibility.rule").at(0).at("severity"), "error");
}

TEST_F(AwardPlugin, readiness_weighs_the_approved_required_answers) {
    // Required: Q1 weight 2, Q2 weight 3, Q4 without a weight counts 1. Q3 is optional.
    runner.edits = {
        {"draft", "d"},
        {"state", "draft"},
        {"fields", {{"Q1", approved("4400000")}, {"Q2", written("We grew.")}, {"Q3", approved("Per seat")}}}};
    Json const model = run().model;
    EXPECT_EQ(figure(model, "award.readiness").at("$pct"), "0.333333333333");
    runner.edits["fields"]["Q2"] = approved("We grew.");
    runner.edits["fields"]["Q4"] = approved("letter.pdf");
    EXPECT_EQ(figure(run().model, "award.readiness").at("$pct"), "1.000000000000");
    runner.params["award"] = "later";
    EXPECT_EQ(plain(figure(run().model, "award.readiness")), "n/a no_required_answers");
}

TEST_F(AwardPlugin, a_fact_that_is_missing_is_said_in_the_lead) {
    runner.edits = {
        {"draft", "d"}, {"state", "draft"}, {"fields", {{"Q2", written("We grew «missing: revenue.total.2027».")}}}};
    EXPECT_THAT(plain(run().model.at("lead")), HasSubstr("It is not ready: 1 answer names a fact that is missing"));
    runner.edits["fields"]["Q2"] = written("We grew.");
    EXPECT_THAT(plain(run().model.at("lead")), Not(HasSubstr("not ready")));
}

TEST_F(AwardPlugin, the_schedule_has_three_years_and_says_what_is_missing) {
    Json const model = run().model;
    EXPECT_THAT(row(model, "schedule", "Managed revenue"),
                HasSubstr("n/a missing_fact:revenue.managed.2023 1500000 USD 1900000.5 USD 0.266667"));
    EXPECT_THAT(row(model, "schedule", "Total revenue"), HasSubstr("0 USD 4000000 USD 4400000 USD 0.1"));
    EXPECT_THAT(row(model, "schedule", "Growth over"),
                HasSubstr("n/a missing_fact:revenue.total.2022 n/a new_from_zero 0.1"));
    EXPECT_THAT(row(model, "schedule", "Gross margin"), HasSubstr("0.385 0.4 1.5"));
    EXPECT_THAT(row(model, "schedule", "Other, credits"), HasSubstr("2500000 USD 2499999.5 USD"));
    EXPECT_THAT(all_text(section(model, "schedule")), HasSubstr("staff.count.2025"));
    runner.tables.erase("facts");
    Json const without = run().model;
    EXPECT_TRUE(section(without, "schedule").at("blocks").at(0).contains("missing"));
    EXPECT_EQ(findings(without, "eligibility.unknown").size(), 3U);
}

TEST_F(AwardPlugin, the_year_of_the_schedule_can_be_chosen) {
    runner.params["year"] = 2024;
    EXPECT_THAT(row(run().model, "schedule", "Total revenue"),
                HasSubstr("n/a missing_fact:revenue.total.2022 0 USD 4000000 USD n/a new_from_zero"));
    runner.params["year"] = 0;
    runner.as_of = "2026-12-31";
    EXPECT_THAT(all_text(section(run().model, "schedule").at("blocks")), HasSubstr("revenue.total.2026"));
}

TEST_F(AwardPlugin, criteria_stand_against_the_answers) {
    Json const model = run().model;
    EXPECT_THAT(row(model, "criteria", "Growth"), HasSubstr("0.75"));
    EXPECT_THAT(row(model, "criteria", "Growth"), HasSubstr("Q1, Q2 1 empty, 1 suggested"));
    EXPECT_THAT(row(model, "criteria", "Town"), HasSubstr("No answer speaks to it"));
    runner.tables["award_criteria"].rows[1][3] = "";
    EXPECT_THAT(row(run().model, "criteria", "Growth"), HasSubstr("n/a not_published"));
}

TEST_F(AwardPlugin, evidence_lists_files_and_the_facts_that_were_used) {
    runner.edits = {{"draft", "d"},
                    {"state", "draft"},
                    {"fields", {{"Q2", written("We grew to $4,400,000.")}, {"Q4", written("evidence/letter.pdf")}}}};
    Json const model = run().model;
    EXPECT_THAT(row(model, "evidence", "letter.pdf"), HasSubstr("Revenue Written"));
    EXPECT_THAT(row(model, "evidence", "Total revenue"), HasSubstr("2025 4400000 USD Ledger 2025-12-31"));
    runner.edits["fields"].erase("Q4");
    EXPECT_THAT(row(run().model, "evidence", "Accountant"), HasSubstr("Missing"));
}

TEST_F(AwardPlugin, the_checklist_takes_what_was_ticked_and_the_state) {
    runner.edits = {{"draft", "d"},
                    {"state", "won"},
                    {"fields", {{"check-quotes", written("Not needed")}, {"check-receipt", written("R-77")}}}};
    Json const model = run().model;
    EXPECT_THAT(row(model, "checklist", "Quotes approved"), HasSubstr("Not needed"));
    EXPECT_THAT(row(model, "checklist", "Submitted"), HasSubstr("Done Receipt R-77"));
    EXPECT_THAT(row(model, "checklist", "Result"), HasSubstr("2027-02-18 Won"));
    EXPECT_THAT(row(model, "checklist", "Follow-up"), HasSubstr("Next"));
    EXPECT_EQ(plain(model.at("title")), "We won the Best Firm");
    EXPECT_EQ(findings(model, "checklist.financials").size(), 1U);
}

TEST_F(AwardPlugin, answers_that_say_nothing_are_named) {
    std::string long_text;
    for (int i = 0; i < 45; ++i) long_text += "word ";
    runner.edits = {{"draft", "d"},
                    {"state", "draft"},
                    {"fields", {{"Q2", written(("We are a world-class firm. " + long_text).c_str())}}}};
    Json const model = run().model;
    EXPECT_EQ(findings(model, "answer.platitude").at(0).at("field"), "Q2");
    EXPECT_EQ(findings(model, "answer.figures").at(0).at("field"), "Q2");
    runner.edits["fields"]["Q2"] = written(("It was misleading. In 2025 " + long_text).c_str());
    Json const good = run().model;
    EXPECT_TRUE(findings(good, "answer.platitude").empty());
    EXPECT_TRUE(findings(good, "answer.figures").empty());
}

TEST_F(AwardPlugin, entrants_are_ranked_only_when_there_are_some) {
    Json const without = run().model;
    for (Json const& s : without.at("sections")) EXPECT_NE(s.at("id"), "ranking");
    runner.tables["award_entrants"] = {{"award_id", "entrant", "metric", "value"},
                                       {{"best", "A", "Revenue", "300"},
                                        {"best", "B", "Revenue", "500"},
                                        {"best", "A", "Devices", "9"},
                                        {"best", "B", "Devices", "15"},
                                        {"later", "X", "Revenue", "1"}}};
    EXPECT_THAT(row(run().model, "ranking", "B"), HasSubstr("1 B 1 1 2 "));
}

TEST_F(AwardPlugin, the_next_open_award_is_taken_when_none_is_named) {
    runner.params["award"] = "";
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("Best Firm"));
    runner.as_of = "2026-12-20";
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("Later Prize"));
    runner.as_of = "2027-03-01";
    Outcome const none = runner.run();
    EXPECT_EQ(none.pointer, "/award");
    EXPECT_THAT(none.error, HasSubstr("No award is open on 2027-03-01"));
}

TEST_F(AwardPlugin, slips_are_named) {
    runner.params["award"] = "bets";
    EXPECT_THAT(runner.run().error, HasSubstr("There is no award 'bets'; there are: best, later, old, open-end"));
    runner.params["award"] = "best";
    runner.tables["award_questions"].rows[0][1] = "1st";
    EXPECT_THAT(runner.run().error, HasSubstr("Question '1st' of award best needs another id"));
    runner.tables["award_questions"].rows.clear();
    EXPECT_THAT(runner.run().error, HasSubstr("has no questions"));
}

TEST_F(AwardPlugin, names_in_any_script_and_many_batches_change_nothing) {
    runner.tables["award_catalogue"].rows[0][1] = "Prix de l’Économie – 日本";
    runner.batch_rows = 1;
    EXPECT_THAT(plain(run().model.at("title")), HasSubstr("Prix de l’Économie – 日本 closes in 42 days"));
}

} // namespace
} // namespace award_submission
