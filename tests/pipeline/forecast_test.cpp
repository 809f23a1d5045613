#include "deals.hpp"
#include "forecast.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

Quarter const q4 = quarter_of("2026-10-31"_day, {});

Deal with_chance(std::string const& id, Decimal amount, Decimal chance) {
    Deal d = open_deal(id, amount);
    d.probability = chance;
    return d;
}

TEST(Forecast, WeightedWorkedExample) {
    std::vector<Deal> const deals = {with_chance("1", 40000_d, "0.5"_d), with_chance("2", 18500_d, "0.25"_d),
                                     with_chance("3", 9000_d, "0.9"_d), with_chance("4", 12000_d, "0.1"_d)};
    Forecast const f = forecast(deals, four_stages, q4, Metric::na("no_quota"), {});
    EXPECT_EQ(f.weighted().total(), 33925_d);
    EXPECT_EQ(f.open.deals, 4);
    EXPECT_EQ(f.gap().reason(), "no_quota");
    EXPECT_EQ(f.coverage().reason(), "no_quota");
}

TEST(Forecast, CoverageWorkedExample) {
    std::vector<Deal> deals = {open_deal("1", 79500_d), closed_deal("2", Status::won, 24000_d, "2026-10-05")};
    Forecast const f = forecast(deals, four_stages, q4, 60000_d, {});
    EXPECT_EQ(f.coverage().value().rounded(2), "2.21"_d);
    EXPECT_EQ(f.gap().value(), 36000_d);
    EXPECT_EQ(f.weighted().total(), 63750_d); // won counts whole
    Forecast const met = forecast(deals, four_stages, q4, 24000_d, {});
    EXPECT_TRUE(met.quota_met());
    EXPECT_EQ(met.coverage().reason(), "quota_met");
    EXPECT_EQ(met.gap().value(), 0_d);
}

TEST(Forecast, CommitAndBestCase) {
    std::vector<Deal> deals = {with_chance("1", 100_d, "0.95"_d), with_chance("2", 200_d, "0.5"_d),
                               with_chance("3", 400_d, "0.49"_d), with_chance("4", 800_d, "0.1"_d)};
    deals[3].commit = true;
    Forecast const flagged = forecast(deals, four_stages, q4, 1_d, {});
    EXPECT_EQ(flagged.commit().total(), 800_d);
    EXPECT_EQ(flagged.best_case().total(), 1100_d); // a committed deal is in the best case whatever its probability
    ForecastRules rules;
    rules.commit_flag = false;
    Forecast const by_chance = forecast(deals, four_stages, q4, 1_d, rules);
    EXPECT_EQ(by_chance.commit().total(), 100_d);
    EXPECT_EQ(by_chance.best_case().total(), 300_d);
}

TEST(Forecast, OnlyWhatBelongsToTheQuarter) {
    std::vector<Deal> const deals = {open_deal("in", 1_d, "2026-10-01"),
                                     open_deal("last day", 2_d, "2026-12-31"),
                                     open_deal("behind", 4_d, "2026-09-30"),
                                     open_deal("next", 8_d, "2027-01-01"),
                                     open_deal("no date", 16_d, ""),
                                     closed_deal("won before", Status::won, 32_d, "2026-09-30"),
                                     closed_deal("lost", Status::lost, 64_d, "2026-10-10"),
                                     closed_deal("none", Status::no_decision, 128_d, "2026-10-10"),
                                     closed_deal("won", Status::won, 256_d, "2026-10-10")};
    Forecast const f = forecast(deals, four_stages, q4, 1_d, {});
    EXPECT_EQ(f.open.total(), 3_d);
    EXPECT_EQ(f.won.total(), 256_d);
}

TEST(Forecast, RecurringStandsApart) {
    Deal d = open_deal("1", 1000_d);
    d.monthly = 100_d;
    Forecast const f = forecast({d}, four_stages, q4, 1_d, {});
    EXPECT_EQ(f.weighted().one_time, 500_d);
    EXPECT_EQ(f.weighted().recurring, 600_d);
}

TEST(Forecast, AnUnknownChanceIsCountedAndWeighsNothing) {
    Deal d = open_deal("1", 1000_d);
    d.stage = "Elsewhere";
    Forecast const f = forecast({d}, four_stages, q4, 1_d, {});
    EXPECT_EQ(f.unknown_chance, 1);
    EXPECT_EQ(f.weighted().total(), 0_d);
    EXPECT_EQ(f.open.total(), 1000_d);
}

TEST(Quota, OfTheFirmElseOfItsPeople) {
    std::vector<Quota> quotas = {{"Ann", "2026-10-01"_day, "2026-12-31"_day, 100_d},
                                 {"Bob", "2026-10-01"_day, "2026-12-31"_day, 50_d},
                                 {"Ann", "2027-01-01"_day, "2027-03-31"_day, 7_d}};
    EXPECT_EQ(quota(quotas, q4.start, q4.end).value(), 150_d);
    EXPECT_EQ(quota(quotas, q4.start, q4.end, "Ann").value(), 100_d);
    EXPECT_EQ(quota(quotas, q4.start, q4.end, "Cy").reason(), "no_quota");
    quotas.push_back({"", "2026-10-01"_day, "2026-12-31"_day, 140_d});
    EXPECT_EQ(quota(quotas, q4.start, q4.end).value(), 140_d);
    EXPECT_EQ(quota({}, q4.start, q4.end).reason(), "no_quota");
}

TEST(Quota, MonthsAddUpAndAYearCountsByItsDays) {
    std::vector<Quota> const months = {{"", "2026-10-01"_day, "2026-10-31"_day, 10_d},
                                       {"", "2026-11-01"_day, "2026-11-30"_day, 20_d},
                                       {"", "2026-12-01"_day, "2026-12-31"_day, 30_d}};
    EXPECT_EQ(quota(months, q4.start, q4.end).value(), 60_d);
    EXPECT_EQ(quota({{"", "2026-01-01"_day, "2026-12-31"_day, 365000_d}}, q4.start, q4.end).value(), 92000_d);
}

} // namespace
} // namespace pipeline
