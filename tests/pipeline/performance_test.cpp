#include "deals.hpp"
#include "performance.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

Closed of(std::vector<Deal> const& deals, bool no_decision_is_lost = true) {
    return closed_between(deals, "2026-01-01"_day, "2026-10-31"_day, Basis::one_time, no_decision_is_lost);
}

/// 8 won of 12,000 in 60 days, 12 lost of 17,000.
std::vector<Deal> twenty() {
    std::vector<Deal> deals;
    for (int i = 0; i < 8; ++i) deals.push_back(closed_deal("", Status::won, 12000_d, "2026-03-02", "2026-01-01"));
    for (int i = 0; i < 12; ++i) deals.push_back(closed_deal("", Status::lost, 17000_d, "2026-04-01"));
    return deals;
}

TEST(Performance, WinRateWorkedExample) {
    Closed const c = of(twenty());
    EXPECT_EQ(c.win_rate().value(), "0.4"_d);
    EXPECT_EQ(c.win_rate_by_value().value(), "0.32"_d);                 // 96,000 of 300,000
    EXPECT_EQ(deckle::ratio(1, c.win_rate().value()).value(), "2.5"_d); // coverage needed
}

TEST(Performance, NothingClosedIsNotAvailable) {
    Closed const c = of({open_deal("1", 1_d)});
    EXPECT_EQ(c.win_rate().reason(), "none_closed");
    EXPECT_EQ(c.win_rate_by_value().reason(), "none_closed");
    EXPECT_EQ(c.average_deal().reason(), "none_won");
    EXPECT_EQ(c.median_deal().reason(), "none_won");
    EXPECT_EQ(c.mean_cycle().reason(), "none_won");
    EXPECT_EQ(velocity(5, c).reason(), "none_won");
}

TEST(Performance, NoDecisionIsLostUnlessLeftOut) {
    std::vector<Deal> const deals = {closed_deal("1", Status::won, 1_d, "2026-03-02"),
                                     closed_deal("2", Status::lost, 1_d, "2026-03-02"),
                                     closed_deal("3", Status::no_decision, 2_d, "2026-03-02"),
                                     closed_deal("4", Status::no_decision, 2_d, "2026-03-02")};
    EXPECT_EQ(of(deals).win_rate().value(), "0.25"_d);
    EXPECT_EQ(of(deals, false).win_rate().value(), "0.5"_d);
    EXPECT_EQ(of(deals, false).no_decision, 2);
}

TEST(Performance, LostWithoutAnAmountIsToldOf) {
    Closed const c =
        of({closed_deal("1", Status::won, 5_d, "2026-03-02"), closed_deal("2", Status::lost, 0_d, "2026-03-02")});
    EXPECT_EQ(c.win_rate_by_value().value(), 1_d);
    EXPECT_EQ(c.lost_without_amount, 1);
    EXPECT_EQ(of({closed_deal("2", Status::lost, 0_d, "2026-03-02")}).win_rate_by_value().reason(), "no_amounts");
}

TEST(Performance, TheCohortIsByTheDayItClosed) {
    std::vector<Deal> const deals = {
        closed_deal("1", Status::won, 1_d, "2025-12-31"), closed_deal("2", Status::won, 1_d, "2026-01-01"),
        closed_deal("3", Status::won, 1_d, "2026-10-31"), closed_deal("4", Status::won, 1_d, "2026-11-01")};
    EXPECT_EQ(of(deals).won, 2);
}

TEST(Performance, AverageAndMedianDeal) {
    std::vector<Deal> deals;
    for (Decimal const amount : {1000_d, 1500_d, 2000_d, 3000_d, 4500_d})
        deals.push_back(closed_deal("", Status::won, amount, "2026-03-02"));
    EXPECT_EQ(of(deals).average_deal().value(), 2400_d); // 12,000 / 5
    EXPECT_EQ(of(deals).median_deal().value(), 2000_d);
    deals.pop_back();
    EXPECT_EQ(of(deals).median_deal().value(), 1750_d);
}

TEST(Performance, SalesCycleWorkedExample) {
    std::vector<Deal> deals;
    for (char const* closed : {"2026-01-31", "2026-02-15", "2026-04-01"}) // 30, 45, 90 days
        deals.push_back(closed_deal("", Status::won, 1_d, closed, "2026-01-01"));
    deals.push_back(closed_deal("", Status::lost, 1_d, "2026-09-01", "2026-01-01"));
    EXPECT_EQ(of(deals).mean_cycle().value(), 55_d);
    EXPECT_EQ(of(deals).median_cycle().value(), 45_d);
    deals.push_back(closed_deal("", Status::won, 1_d, "2026-09-01", ""));
    EXPECT_EQ(of(deals).mean_cycle().value(), 55_d); // left out, and counted
    EXPECT_EQ(of(deals).cycle_unknown, 1);
    EXPECT_EQ(of({deals.back()}).mean_cycle().reason(), "no_created_date");
}

TEST(Performance, VelocityWorkedExample) {
    Closed const c = of(twenty());
    EXPECT_EQ(velocity(20, c).value(), 1600_d);
    EXPECT_EQ(velocity(20, c).value() * 30, 48000_d);
    Closed const same_day = of({closed_deal("", Status::won, 5_d, "2026-03-02", "2026-03-02")});
    EXPECT_EQ(velocity(20, same_day).reason(), "no_cycle");
}

TEST(Performance, Medians) {
    EXPECT_EQ(median({3_d, 1_d, 2_d}).value(), 2_d);
    EXPECT_EQ(median({4_d, 1_d}).value(), "2.5"_d);
    EXPECT_EQ(median({}).reason(), "no_history");
    EXPECT_EQ(mean({}).reason(), "no_history");
}

} // namespace
} // namespace pipeline
