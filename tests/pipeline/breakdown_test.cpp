#include "breakdown.hpp"
#include "deals.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

Date const from = "2025-11-01"_day, to = "2026-10-31"_day;

Campaign campaign(std::string id, std::string source, Decimal cost, Decimal funded = 0_d) {
    return {std::move(id), "", std::move(source), "2025-11-01"_day, "2026-10-31"_day, cost, funded};
}

TEST(Sources, CostOfOneWonDeal) {
    Deal a = closed_deal("1", Status::won, 1000_d, "2026-03-01"), b = a, c = open_deal("3", 500_d), d = a;
    a.source = b.source = c.source = "Event";
    b.status = Status::lost;
    d.source = "";
    auto const rows = by_source({a, b, c, d}, {campaign("x", "Event", 900_d, 300_d), campaign("y", "Print", 50_d)},
                                true, from, to, Basis::first_year, true);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].source, "Event");
    EXPECT_EQ(rows[0].cost.value(), 600_d); // less what vendors paid
    EXPECT_EQ(rows[0].cost_per_won.value(), 600_d);
    EXPECT_EQ(rows[0].closed.win_rate().value(), "0.5"_d);
    EXPECT_EQ(rows[0].open.total(), 500_d);
    EXPECT_EQ(rows[1].source, "Print"); // a cost without a deal stays visible
    EXPECT_EQ(rows[1].cost_per_won.reason(), "none_won");
    EXPECT_EQ(rows[2].source, ""); // deals without a source stand last
    EXPECT_EQ(rows[2].cost.value(), 0_d);
}

TEST(Sources, WithoutCampaignsNoCostIsKnown) {
    auto const rows = by_source({open_deal("1", 1_d)}, {}, false, from, to, Basis::first_year, true);
    EXPECT_EQ(rows.at(0).cost.reason(), "missing_dataset:campaigns");
}

TEST(Sources, ACampaignWithoutASourceGoesToThatOfItsDeals) {
    Deal d = closed_deal("1", Status::won, 1000_d, "2026-03-01");
    d.source = "Web";
    d.campaign = "x";
    auto const rows = by_source({d}, {campaign("x", "", 100_d)}, true, from, to, Basis::first_year, true);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].cost.value(), 100_d);
}

TEST(Sources, OnlyTheDaysOfTheWindowCost) {
    Campaign c = campaign("x", "", 730_d);
    EXPECT_EQ(cost_between(c, from, to), 730_d);
    c.start = "2024-11-01"_day; // 730 days, 365 of them in the window
    EXPECT_EQ(cost_between(c, from, to), 365_d);
    c.end = "2027-10-31"_day; // what is spent so far was spent up to the window's end
    EXPECT_EQ(cost_between(c, from, to), 365_d);
    c.end = "2025-10-31"_day;
    EXPECT_EQ(cost_between(c, from, to), 0_d);
    c.start = "2026-11-05"_day;
    c.end.reset();
    EXPECT_EQ(cost_between(c, from, to), 0_d);
    c.start.reset();
    EXPECT_EQ(cost_between(c, from, to), 730_d);
}

TEST(Mix, RecurringApartFromOneTime) {
    Mix m;
    Deal d = open_deal("1", 12500_d);
    d.monthly = 500_d;
    d.term = 36;
    m.add(d);
    m.add(open_deal("2", 100_d));
    d.term.reset();
    m.add(d);
    EXPECT_EQ(m.deals, 3);
    EXPECT_EQ(m.recurring_deals, 2);
    EXPECT_EQ(m.assumed_terms, 1);
    EXPECT_EQ(m.tcv, 30500_d + 100_d + 18500_d);
    EXPECT_EQ(m.acv, 12000_d);
    EXPECT_EQ(m.first_year, 37100_d);
    EXPECT_EQ(m.one_time, 25100_d);
}

TEST(Months, CreatedAgainstClosed) {
    Deal nothing = open_deal("0", 0_d);
    nothing.created = "2026-10-31"_day;
    std::vector<Deal> const deals = {nothing, closed_deal("1", Status::won, 10_d, "2026-10-01", "2026-09-30"),
                                     closed_deal("2", Status::lost, 20_d, "2026-10-31", "2025-10-31"),
                                     closed_deal("3", Status::no_decision, 40_d, "2025-11-01", "2025-11-01")};
    auto const months = by_month(deals, from, to, Basis::first_year);
    ASSERT_EQ(months.size(), 12U);
    EXPECT_EQ(months[0].created.total(), 40_d);
    EXPECT_EQ(months[0].lost.total(), 40_d);
    EXPECT_EQ(months[10].created.total(), 10_d);
    EXPECT_EQ(months[11].won.total(), 10_d);
    EXPECT_EQ(months[11].lost.total(), 20_d);
    EXPECT_EQ(months[11].net(), -30_d);
    EXPECT_EQ(months[11].created.deals, 1);
    EXPECT_EQ(months[11].without_amount, 1);
}

TEST(Reasons, ByReasonAndByCompetitor) {
    std::vector<Deal> deals = {
        closed_deal("1", Status::lost, 10_d, "2026-10-01"), closed_deal("2", Status::no_decision, 20_d, "2026-10-01"),
        closed_deal("3", Status::lost, 5_d, "2026-10-01"), closed_deal("4", Status::won, 99_d, "2026-10-01")};
    deals[0].loss_reason = deals[1].loss_reason = "Price";
    deals[0].lost_to = "Rival";
    auto const reasons = by_reason(deals, from, to, Basis::first_year);
    ASSERT_EQ(reasons.size(), 2U);
    EXPECT_EQ(reasons[0].reason, "Price");
    EXPECT_EQ(reasons[0].value, 30_d);
    EXPECT_EQ(reasons[0].no_decision, 1);
    EXPECT_EQ(reasons[1].reason, ""); // none given
    auto const rivals = by_competitor(deals, from, to, Basis::first_year);
    ASSERT_EQ(rivals.size(), 1U);
    EXPECT_EQ(rivals[0].value, 10_d);
}

} // namespace
} // namespace pipeline
