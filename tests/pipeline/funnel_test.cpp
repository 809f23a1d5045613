#include "deals.hpp"
#include "funnel.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

Date const today = "2026-10-31"_day;

TEST(Funnel, ConversionWorkedExample) {
    // 100 reach Qualify, 60 Discover, 36 Propose, 24 Negotiate, 12 are won
    std::vector<Deal> deals;
    History history;
    for (int i = 0; i < 100; ++i) {
        std::string const id = std::to_string(i);
        deals.push_back(closed_deal(id, i < 12 ? Status::won : Status::lost, 1_d, "2026-10-01"));
        std::size_t const reached = i < 24 ? 4 : i < 36 ? 3 : i < 60 ? 2 : 1;
        for (std::size_t s = 0; s < reached; ++s)
            history[id].push_back({"2026-02-01"_day + static_cast<int>(s), four_stages[s].name, {}, {}});
    }
    std::vector<Deal const*> cohort;
    for (Deal const& d : deals) cohort.push_back(&d);
    Funnel const f = funnel(cohort, history, four_stages);
    EXPECT_EQ(f.reached, (std::vector<int>{100, 60, 36, 24, 12}));
    EXPECT_EQ(f.conversion(0).value(), "0.6"_d);
    EXPECT_EQ(f.conversion(1).value(), "0.6"_d);
    EXPECT_EQ(f.conversion(2).value().rounded(3), "0.667"_d);
    EXPECT_EQ(f.conversion(3).value(), "0.5"_d);
    EXPECT_EQ(f.overall().value(), "0.12"_d);
}

TEST(Funnel, ASkippedStageCountsAsReached) {
    Deal const d = closed_deal("1", Status::lost, 1_d, "2026-10-01");
    History const h = {{"1", {{"2026-02-01"_day, "Qualify", {}, {}}, {"2026-03-01"_day, "Negotiate", {}, {}}}}};
    EXPECT_EQ(funnel({&d}, h, four_stages).reached, (std::vector<int>{1, 1, 1, 1, 0}));
    Deal const won = closed_deal("2", Status::won, 1_d, "2026-10-01"); // without history
    EXPECT_EQ(funnel({&won}, {}, four_stages).reached, (std::vector<int>{1, 1, 1, 1, 1}));
}

TEST(Funnel, NobodyReachedIsNotAvailable) {
    Funnel const f = funnel({}, {}, four_stages);
    EXPECT_EQ(f.conversion(0).reason(), "none_reached");
    EXPECT_EQ(f.overall().reason(), "none_reached");
}

/// Won deals that stayed 10, 20 and 40 days in Propose.
std::vector<Metric> usual() {
    std::vector<Deal> deals;
    History history;
    for (int const days : {10, 20, 40}) {
        std::string const id = std::to_string(days);
        Date const entered = "2026-02-01"_day;
        deals.push_back(closed_deal(id, Status::won, 1_d, (entered + days).to_string()));
        history[id] = {{entered, "Propose", {}, {}},
                       {entered + 5, "Propose", {}, "2026-09-01"_day}, // a new date, the same stage
                       {entered + days, "Won", {}, {}}};
    }
    deals.push_back(open_deal("open", 1_d));
    history["open"] = {{"2026-02-01"_day, "Propose", {}, {}}};
    return usual_days(deals, history, four_stages, today);
}

TEST(Stalled, UsualDaysAreTheMedianOfWonDeals) {
    auto const days = usual();
    EXPECT_EQ(days[2].value(), 20_d);
    EXPECT_EQ(days[0].reason(), "no_history");
}

TEST(Stalled, BeyondTheLimitOrSilent) {
    auto const days = usual();
    Deal d = open_deal("1", 1_d);
    d.stage_date = today - 30; // 1.5 x 20 = 30: not beyond it
    d.last_activity = today - 29;
    EXPECT_FALSE(age(d, four_stages, days, {}, today).stalled());
    d.stage_date = today - 31;
    EXPECT_TRUE(age(d, four_stages, days, {}, today).too_long);
    d.stage_date = today;
    d.last_activity = today - 30;
    EXPECT_TRUE(age(d, four_stages, days, {}, today).too_silent);
    d.stage = "Qualify"; // nobody knows what is usual there
    d.stage_date = today - 300;
    Age const a = age(d, four_stages, days, {}, today);
    EXPECT_FALSE(a.too_long);
    EXPECT_EQ(a.limit.reason(), "no_history");
}

TEST(Stalled, WithoutAStageDateTheLastActivityIsTakenAndMarked) {
    Deal d = open_deal("1", 1_d);
    d.last_activity = today - 12;
    Age const a = age(d, four_stages, usual(), {}, today);
    EXPECT_EQ(a.days, 12);
    EXPECT_TRUE(a.estimated);
    d.last_activity.reset();
    EXPECT_FALSE(age(d, four_stages, usual(), {}, today).days);
    EXPECT_FALSE(age(d, four_stages, usual(), {}, today).stalled());
}

} // namespace
} // namespace pipeline
