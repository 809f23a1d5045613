#include "flows.hpp"
#include "support/printing.hpp"
#include <gtest/gtest.h>

namespace cash_flow {
namespace {

using namespace plugin_tests;

constexpr auto monday = deckle::Weekday::monday;
Date const as_of = "2026-10-31"_day; // a Saturday

TEST(Forecast, WorkedExample) {
    std::vector<Week> const weeks = empty_weeks(as_of, monday, 5);
    int const in[] = {9000, 4000, 22000, 3000, 12000}, out[] = {14000, 6000, 31000, 5000, 9000};
    std::vector<Flow> flows;
    for (std::size_t i = 0; i < 5; ++i) {
        flows.push_back({weeks[i].start, in[i], true, "invoices"});
        flows.push_back({weeks[i].end, out[i], false, "bills"});
    }
    Forecast const f = forecast(40000_d, flows, weeks);
    int const closing[] = {35000, 33000, 24000, 22000, 25000};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(f.weeks[i].closing, Decimal(closing[i])) << i;
    EXPECT_EQ(f.first_below(25000_d), 2U);
    EXPECT_EQ(f.lowest(), 3U);
    EXPECT_EQ(f.first_below(0_d), std::nullopt);
    EXPECT_EQ(f.receipts() - f.payments(), -15000_d);
}

TEST(Forecast, WeeksBeginWithTheNextWorkingDay) {
    EXPECT_EQ(empty_weeks("2026-10-31"_day, monday)[0].start, "2026-11-02"_day); // Saturday
    EXPECT_EQ(empty_weeks("2026-10-30"_day, monday)[0].start, "2026-11-02"_day); // Friday
    EXPECT_EQ(empty_weeks("2026-10-28"_day, monday)[0].start, "2026-10-26"_day); // Wednesday: what is left of the week
    EXPECT_EQ(empty_weeks("2026-10-31"_day, deckle::Weekday::sunday)[0].start, "2026-11-01"_day);
    auto const weeks = empty_weeks(as_of, monday);
    ASSERT_EQ(weeks.size(), 13U);
    EXPECT_EQ(weeks.back().start, "2027-01-25"_day);
    // a Sunday between the as-of date and the first Monday belongs to week 1
    EXPECT_EQ(forecast(0_d, {{"2026-11-01"_day, 5_d, true, "x"}}, weeks).weeks[0].receipts, 5_d);
    EXPECT_EQ(forecast(0_d, {{"2027-02-01"_day, 5_d, true, "x"}}, weeks).receipts(), 0_d);
}

OpenItem open(std::string id, std::string party, Date due, Decimal amount) {
    OpenItem i;
    i.id = i.number = std::move(id);
    i.party = std::move(party);
    i.date = due - 30;
    i.due = due;
    i.open = amount;
    return i;
}

TEST(Receipts, ExpectedDayIsDueDatePlusHabit) {
    NotCounted left;
    auto const weeks = empty_weeks(as_of, monday);
    auto const flows =
        invoice_receipts({open("1", "A", "2026-11-10"_day, 100_d), open("2", "B", "2026-11-10"_day, 50_d),
                          open("3", "A", "2026-10-28"_day, 70_d), open("4", "C", "2026-11-02"_day, 10_d)},
                         {{"A", 12}, {"C", -9}}, {}, weeks, as_of, left);
    ASSERT_EQ(flows.size(), 4U);
    EXPECT_EQ(flows[0].what, "3");
    EXPECT_EQ(flows[0].date, "2026-11-09"_day); // overdue, yet as late as A always is
    EXPECT_EQ(flows[1].date, as_of + 1);        // C pays early: any day now
    EXPECT_EQ(flows[2].date, "2026-11-22"_day);
    EXPECT_EQ(flows[3].date, "2026-11-10"_day); // no history: due date
    EXPECT_EQ(left.overdue_undated, 0_d);
}

TEST(Receipts, OverdueUndatedCountsHalfOverFourWeeks) {
    NotCounted left;
    auto const weeks = empty_weeks(as_of, monday);
    auto const flows = invoice_receipts({open("1", "A", "2026-09-01"_day, "100.01"_d)}, {}, {}, weeks, as_of, left);
    ASSERT_EQ(flows.size(), 4U);
    Decimal sum;
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(flows[i].date, weeks[i].end);
        sum += flows[i].amount;
    }
    EXPECT_EQ(sum + left.overdue_undated, "100.01"_d);
    EXPECT_EQ(sum, "50.01"_d);
}

TEST(Receipts, PromisesAndDisputes) {
    std::vector<CollectionEvent> const events = {
        {"A", "1", "2026-10-20"_day, "promise", "", "", "2026-11-20"_day, 60_d, "open"},
        {"A", "1", "2026-10-10"_day, "promise", "", "", "2026-10-15"_day, {}, "broken"},
        {"B", "", "2026-10-20"_day, "dispute", "", "", {}, {}, "open"},
        {"C", "3", "2026-10-20"_day, "dispute", "", "", {}, 30_d, "open"},
        {"D", "4", "2026-10-01"_day, "dispute", "", "", {}, {}, "open"},
        {"D", "4", "2026-10-20"_day, "dispute", "", "", {}, {}, "resolved"},
        {"E", "5", "2026-11-20"_day, "dispute", "", "", {}, {}, "open"}};
    Collections const c = Collections::read(events, as_of);
    NotCounted left;
    Date const due = "2026-11-05"_day;
    auto const flows =
        invoice_receipts({open("1", "A", "2026-10-01"_day, 100_d), open("2", "B", due, 500_d),
                          open("3", "C", due, 90_d), open("4", "D", due, 40_d), open("5", "E", due, 7_d)},
                         {}, c, empty_weeks(as_of, monday), as_of, left);
    EXPECT_EQ(left.disputed, 530_d); // a dispute logged after the as-of date is not known yet
    EXPECT_EQ(left.overdue_undated, 20_d);
    EXPECT_EQ(flows[0].date, "2026-11-20"_day);
    EXPECT_EQ(flows[0].amount, 60_d);
    Decimal sum;
    for (auto const& f : flows) sum += f.amount;
    EXPECT_EQ(sum, 60_d + 20_d + 60_d + 40_d + 7_d);
}

TEST(Receipts, CreditsLowerTheOldestInvoice) {
    OpenItem credit = open("c", "A", "2026-10-01"_day, -80_d);
    credit.kind = OpenKind::credit_memo;
    auto const net =
        net_of_credits({open("2", "A", "2026-11-20"_day, 100_d), open("1", "A", "2026-11-10"_day, 50_d), credit});
    ASSERT_EQ(net.size(), 1U);
    EXPECT_EQ(net[0].id, "2");
    EXPECT_EQ(net[0].open, 70_d);
}

TEST(Receipts, HabitsFromTheLastYear) {
    Document d;
    d.party = "A";
    d.due = "2026-06-30"_day;
    std::vector<Document> const documents(4, d);
    EXPECT_EQ(payment_habits(documents, {"2026-07-05"_day, "2026-07-10"_day, std::nullopt, "2025-10-31"_day}, as_of),
              (Habits{{"A", 8}})); // 7.5, half up; a payment a year old no longer counts
}

TEST(Receipts, AgreementsStillToBeInvoiced) {
    Agreement a;
    a.id = "1";
    a.party = "A";
    a.start = "2025-01-01"_day;
    a.end = "2026-12-31"_day;
    a.amount = 1000_d;
    a.next_invoice = "2026-12-01"_day; // fetched later than the as-of date: November is still to come
    a.terms_days = 15;
    Addition const seats{"1", 10_d, 20_d, {}, true, "2026-12-01"_day, {}};
    auto const flows = agreement_receipts({a}, {seats}, {{"A", 5}}, as_of, "2027-01-31"_day);
    ASSERT_EQ(flows.size(), 2U); // not January: it ended
    EXPECT_EQ(flows[0].date, "2026-11-21"_day);
    EXPECT_EQ(flows[0].amount, 1000_d);
    EXPECT_EQ(flows[1].amount, 1200_d);
}

TEST(Payments, BillsOnTheirDueDateHeldOnesNot) {
    NotCounted left;
    OpenItem held = open("3", "V", "2026-11-20"_day, 30_d);
    held.hold = true;
    auto const flows = bill_payments(
        {open("1", "V", "2026-10-01"_day, 10_d), open("2", "V", "2026-11-20"_day, 20_d), held}, as_of, left);
    ASSERT_EQ(flows.size(), 2U);
    EXPECT_EQ(flows[0].date, as_of + 1);
    EXPECT_EQ(flows[1].date, "2026-11-20"_day);
    EXPECT_EQ(left.held_bills, 30_d);
}

TEST(Payments, SeriesWithABeginningAndAnEnd) {
    Date const last = "2027-01-31"_day;
    EXPECT_EQ(scheduled_payments({{"Rent", "rent", "2026-12-01"_day, 5_d, Cycle::monthly, {}, {}}}, as_of, last).size(),
              3U);
    EXPECT_EQ(
        scheduled_payments(
            {{"Rent", "rent", "2026-12-01"_day, 5_d, Cycle::monthly, "2026-12-01"_day, "2026-12-31"_day}}, as_of, last)
            .size(),
        1U);
    EXPECT_EQ(scheduled_payments({{"Old", "rent", "2026-10-31"_day, 5_d, Cycle::once, {}, {}}}, as_of, last).size(),
              0U);
}

TEST(History, ActualWeeksGoBackFromToday) {
    std::vector<BankTransaction> const bank = {{"", "2026-10-14"_day, -40_d, "", "", {}},
                                               {"", "2026-10-27"_day, 100_d, "", "", {}},
                                               {"", "2026-11-02"_day, 999_d, "", "", {}}};
    auto const weeks = actual_weeks(500_d, bank, as_of, "2026-11-02"_day, 4);
    EXPECT_EQ(weeks[0].closing, 440_d);
    EXPECT_EQ(weeks[1].closing, 400_d);
    EXPECT_EQ(weeks[1].payments, 40_d);
    EXPECT_EQ(weeks[3].start, "2026-10-26"_day);
    EXPECT_EQ(weeks[3].receipts, 100_d);
    EXPECT_EQ(weeks[3].closing, 500_d); // later movements are ignored
}

TEST(History, UsualWeekLeavesOutTransfersAndDebt) {
    std::vector<BankTransaction> const bank = {{"", as_of - 90, 1300_d, "receipts", "", {}},
                                               {"", as_of - 10, -650_d, "vendors", "", {}},
                                               {"", as_of - 5, -9000_d, "debt", "", {}},
                                               {"", as_of + 5, 7777_d, "receipts", "", {}}};
    UsualWeek const u = usual_week(bank, as_of);
    EXPECT_EQ(u.weeks, 13);
    EXPECT_EQ(u.receipts, 100_d);
    EXPECT_EQ(u.payments, 50_d);
    EXPECT_EQ(usual_week({}, as_of).weeks, 0);
    std::vector<Flow> flows = {{"2026-11-03"_day, 30_d, false, "bills"}, {"2026-11-10"_day, 80_d, false, "bills"}};
    fill_to_usual(flows, empty_weeks(as_of, monday, 3), u.payments, false);
    ASSERT_EQ(flows.size(), 4U);
    EXPECT_EQ(flows[2].amount, 20_d);
    EXPECT_EQ(flows[3].amount, 50_d);
}

TEST(Scenarios, ChangeTheBaseCase) {
    Date const last = "2027-01-31"_day;
    std::vector<Flow> const base = {{"2026-11-10"_day, 100_d, true, "invoices", "Top", "1"},
                                    {"2026-11-10"_day, 50_d, true, "invoices", "Other", "2"},
                                    {"2026-11-12"_day, 70_d, false, "bills", "V", "3"},
                                    {"2026-11-15"_day, 60_d, false, "payroll", "", ""}};
    ScenarioRules rules;
    rules.hire_cost = 9000_d;
    rules.top_customer = "Top";
    auto run = [&](Scenario s) {
        return forecast(0_d, with_scenario(base, s, rules, as_of, last), empty_weeks(as_of, monday));
    };
    EXPECT_EQ(run(Scenario::base).weeks[1].closing, 20_d);
    EXPECT_EQ(run(Scenario::collections_slip).weeks[1].closing, -10_d);
    EXPECT_EQ(run(Scenario::collections_slip).weeks[5].closing, 20_d); // 28 days later it is here
    EXPECT_EQ(run(Scenario::payables_stretched).weeks[1].closing, 90_d);
    EXPECT_EQ(run(Scenario::one_more_hire).weeks.back().closing, 20_d - 27000_d);
    EXPECT_EQ(run(Scenario::top_customer_late).weeks[1].closing, -80_d);
}

TEST(Forecast, NegativeCashAndNoFlows) {
    Forecast const f = forecast(-500_d, {}, empty_weeks(as_of, monday));
    EXPECT_EQ(f.first_below(0_d), 0U);
    EXPECT_EQ(f.weeks.back().closing, -500_d);
    EXPECT_EQ(f.lowest(), 0U);
}

} // namespace
} // namespace cash_flow
