#include "product.hpp"
#include "service/gates.hpp"
#include <gmock/gmock.h>

namespace deckle::service {
namespace {

using model::Json;
using testing::HasSubstr;

class Gate : public testing::Test {
protected:
    [[nodiscard]] Verdict judged() const { return judge(schedule, product, sent, now, "America/Chicago"); }

    Folder folder;
    data::Schedule schedule = schedule_of_report();
    Product product = good_product(folder);
    std::vector<Json> sent;
    Instant now = at("2026-11-04T13:00:00Z");
};

TEST_F(Gate, LetsWhatIsGoodThrough) {
    schedule.gates.fresh = std::chrono::hours(24);
    auto const verdict = judged();
    EXPECT_TRUE(verdict.good) << verdict.reason;
    EXPECT_EQ(verdict.each.size(), 4u);
    EXPECT_EQ(verdict.reason, "");
}

TEST_F(Gate, FreshNamesTheSourceAndItsAge) {
    auto& sources = product.models[0]["run"]["sources"];
    sources.push_back(source("ledger", "balances", "2026-10-30T10:00:00Z"));
    EXPECT_TRUE(judged().good); // any age unless it is asked for
    schedule.gates.fresh = std::chrono::hours(72);
    auto const verdict = judged();
    EXPECT_FALSE(verdict.good);
    EXPECT_TRUE(verdict.may_become_good);
    EXPECT_EQ(verdict.reason, "fresh: balances of ledger (balances.csv) is 5 days 3 hours old, of 2026-10-30 05:00 CDT "
                              "(allowed: 3 days)");
    for (auto const* dataset : {"accounts", "bills", "payments", "vendors"})
        sources.push_back(source("ledger", dataset, "2026-10-31T10:00:00Z"));
    EXPECT_EQ(judged().reason,
              "fresh: balances, accounts, bills and 2 more of ledger (oldest balances.csv) are up to 5 "
              "days 3 hours old, of 2026-10-30 05:00 CDT (allowed: 3 days)")
        << "of each connection one sentence";
    schedule.gates.fresh = std::nullopt; // of one connection alone
    schedule.gates.fresh_of = {{"psa", std::chrono::hours(24)}};
    EXPECT_TRUE(judged().good);
    schedule.gates.fresh_of = {{"psa", std::chrono::hours(1)}};
    EXPECT_THAT(judged().reason, HasSubstr("invoices of psa (invoices.csv) is 7 hours old"));
    sources[0]["fetched"]["$datetime"] = "2026-11-04T12:00:00Z"; // just as old as is allowed
    EXPECT_TRUE(judged().good);
}

TEST_F(Gate, ASourceThatLostAllItsRowsIsNoticed) {
    auto& sources = product.models[0]["run"]["sources"];
    sources.push_back(source("bank", "bank_transactions", "2026-11-04T06:00:00Z", 0));
    EXPECT_TRUE(judged().good) << "nothing was sent before";
    sent = {report_model("cash-flow")};
    auto& before = sent[0]["run"]["sources"];
    before.push_back(source("bank", "bank_transactions", "2026-10-04T06:00:00Z", 0));
    EXPECT_TRUE(judged().good) << "it had none before";
    before[1] = source("bank", "bank_transactions", "2026-10-04T06:00:00Z", 312);
    auto const verdict = judged();
    EXPECT_TRUE(verdict.may_become_good);
    EXPECT_EQ(verdict.reason, "not_empty: cash-flow: bank_transactions of bank (bank_transactions.csv) has no rows, "
                              "and had 312 when it was sent last");
    schedule.gates.may_be_empty = {"bank_transactions"};
    EXPECT_TRUE(judged().good);
    EXPECT_EQ(gate_words(schedule.gates).back(), "not empty, but for bank_transactions");
}

TEST_F(Gate, ASourceThatLostMostOfItsRowsIsNoticed) {
    sent = {report_model("cash-flow")};
    auto const rows = [&](int was, int is) {
        sent[0]["run"]["sources"][0] = source("psa", "invoices", "2026-10-04T06:00:00Z", was);
        product.models[0]["run"]["sources"][0] = source("psa", "invoices", "2026-11-04T06:00:00Z", is);
        return judged().reason;
    };
    EXPECT_EQ(rows(100, 50), "");
    EXPECT_EQ(rows(19, 1), "") << "few rows may become fewer";
    EXPECT_EQ(rows(100, 49), "not_empty: cash-flow: invoices of psa (invoices.csv) has 49 rows only, and had 100 when "
                             "it was sent last");
    schedule.period = "this month"; // it has just begun
    EXPECT_EQ(rows(100, 49), "");
}

TEST_F(Gate, ACheckThatIsNotMadeAnyMoreIsNoticed) {
    sent = {report_model("cash-flow")};
    sent[0]["checks"] = Json::array({{{"id", "statement.cash"}, {"label", "Cash of the statement"}, {"ok", true}}});
    EXPECT_EQ(judged().reason,
              "ties_out: cash-flow: Cash of the statement: that was checked when it was sent last, and "
              "what the check needs is missing now");
    product.models[0]["checks"] = sent[0]["checks"];
    EXPECT_TRUE(judged().good) << judged().reason;
    schedule.gates.ties_out = false;
    product.models[0].erase("checks");
    EXPECT_TRUE(judged().good);
}

TEST_F(Gate, CompleteTellsEachLoss) {
    schedule.reports = {"cash-flow", "pipeline"};
    product.models[0]["run"]["sources"][0]["rejected"]["$num"] = "3";
    product.status = store::Status::partial;
    product.message = "pipeline: the CRM does not answer";
    auto const verdict = judged();
    EXPECT_FALSE(verdict.good);
    EXPECT_TRUE(verdict.may_become_good);
    EXPECT_EQ(verdict.reason, "complete: the report pipeline is missing; cash-flow: 3 rows of invoices could not be "
                              "read; pipeline: the CRM does not answer");
    schedule.gates.complete = false;
    EXPECT_TRUE(judged().good);
}

TEST_F(Gate, ALostGlyphIsALossToo) {
    product.status = store::Status::partial;
    EXPECT_THAT(judged().reason, HasSubstr("something could not be drawn"));
}

TEST_F(Gate, AFileThatIsNoWholePdfNeedsAPerson) {
    std::pair<std::string, char const*> const cases[] = {
        {"", "is no whole PDF"},
        {"<html>time-out</html>", "is no whole PDF"},
        {one_page.substr(0, 40), "is no whole PDF"},
        {"%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n%%EOF\n", "has no page"},
    };
    for (auto const& [bytes, reason] : cases) {
        product.files = {pdf_file(folder.path / "report.pdf", bytes)};
        auto const verdict = judged();
        EXPECT_FALSE(verdict.good || verdict.may_become_good);
        EXPECT_THAT(verdict.reason, HasSubstr(std::string("complete: report.pdf ") + reason));
    }
    product.files[0].bytes += 1;
    EXPECT_THAT(judged().reason, HasSubstr("were made"));
    product.files[0].path = folder.path / "gone.pdf";
    EXPECT_THAT(judged().reason, HasSubstr("gone.pdf"));
    product.files.clear();
    EXPECT_THAT(judged().reason, HasSubstr("there is no file"));
}

TEST_F(Gate, TotalsThatDoNotTieOutAreNamedWithBothSides) {
    product.models[0]["checks"] = {{{"id", "ar.aging"},
                                    {"label", "Ageing buckets add up to open receivables"},
                                    {"ok", true},
                                    {"expected", {{"$money", {"10.00", "USD"}}}},
                                    {"actual", {{"$money", {"10.00", "USD"}}}},
                                    {"difference", {{"$money", {"0.00", "USD"}}}}}};
    EXPECT_TRUE(judged().good);
    auto& check = product.models[0]["checks"][0];
    check["ok"] = false;
    check["actual"]["$money"][0] = "7.50";
    check["difference"]["$money"][0] = "-2.50";
    auto const verdict = judged();
    EXPECT_FALSE(verdict.good);
    EXPECT_TRUE(verdict.may_become_good);
    EXPECT_EQ(verdict.reason, "ties_out: cash-flow: Ageing buckets add up to open receivables: expected $10.00, found "
                              "$7.50 (difference −$2.50)");
    schedule.gates.ties_out = false;
    EXPECT_TRUE(judged().good);
}

TEST_F(Gate, ZeroIsAValueAndNothingIsEmptiness) {
    auto& model = product.models[0];
    model["figures"] = {figure("compliance.overdue", {{"$num", "0"}})};
    EXPECT_TRUE(judged().good); // nothing overdue, and it says so
    model["figures"] = {figure("cash.dso", {{"$na", "no_revenue"}})};
    EXPECT_EQ(judged().reason, "not_empty: the report cash-flow is empty: none of its 1 figures is available");
    model["figures"] = {figure("cash.dso", {{"$na", "no_revenue"}}), figure("cash.closing", {{"$num", "0"}})};
    EXPECT_TRUE(judged().good);
    model["sections"][0]["blocks"][0]["table"]["rows"] = Json::array();
    EXPECT_EQ(judged().reason, "not_empty: the report cash-flow is empty: none of its 1 tables has a row");
    model["sections"] = Json::array(); // words and figures alone
    EXPECT_TRUE(judged().good);
    model["run"]["sources"][0]["rows"]["$num"] = "0";
    EXPECT_EQ(judged().reason, "not_empty: the report cash-flow is empty: none of its sources has a row");
    EXPECT_TRUE(judged().may_become_good);
    schedule.gates.not_empty = false;
    EXPECT_TRUE(judged().good);
}

TEST_F(Gate, SeveralReasonsStandTogether) {
    schedule.gates.fresh = std::chrono::hours(1);
    product.files.clear();
    auto const verdict = judged();
    EXPECT_FALSE(verdict.may_become_good); // one of them will not by itself
    EXPECT_THAT(verdict.reason, HasSubstr("fresh: invoices of psa"));
    EXPECT_THAT(verdict.reason, HasSubstr("\ncomplete: there is no file"));
}

TEST(GateWords, SayWhatHasToHold) {
    data::Gates gates;
    gates.fresh = std::chrono::hours(72);
    EXPECT_THAT(gate_words(gates),
                testing::ElementsAre("no source older than 3 days", "complete", "totals tie out", "not empty"));
    EXPECT_TRUE(gate_words({{}, {}, false, false, false, {}}).empty());
}

} // namespace
} // namespace deckle::service
