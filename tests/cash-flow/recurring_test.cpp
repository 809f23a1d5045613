#include "recurring.hpp"
#include "schedule.hpp"
#include "support/printing.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cash_flow {
namespace {

using namespace plugin_tests;

using testing::ElementsAre;

Agreement agreement(std::string id, std::string party, Decimal amount, Cycle cycle = Cycle::monthly) {
    Agreement a;
    a.id = a.name = std::move(id);
    a.party = std::move(party);
    a.start = "2025-01-01"_day;
    a.amount = amount;
    a.cycle = cycle;
    a.status = "active";
    return a;
}
Addition seats(Decimal quantity, Decimal price) {
    return {.agreement = "1",
            .quantity = quantity,
            .unit_price = price,
            .cycle = {},
            .counts = true,
            .effective = {},
            .cancelled = {}};
}

TEST(Recurring, WorkedExample) {
    EXPECT_EQ(mrr(agreement("1", "A", 4200_d), {seats(25_d, 22_d)}, "2026-11-30"_day), 4750_d);
}

TEST(Recurring, CyclesByMonth) {
    Date const day = "2026-11-30"_day;
    EXPECT_EQ(mrr(agreement("1", "A", 300_d, Cycle::quarterly), {}, day), 100_d);
    EXPECT_EQ(mrr(agreement("1", "A", 1200_d, Cycle::annual), {}, day), 100_d);
    EXPECT_EQ(mrr(agreement("1", "A", 600_d, Cycle::semiannual), {}, day), 100_d);
    EXPECT_EQ(mrr(agreement("1", "A", 120_d, Cycle::weekly), {}, day), 520_d);
    EXPECT_EQ(mrr(agreement("1", "A", 1200_d, Cycle::once), {}, day), 0_d);
}

TEST(Recurring, AdditionsFromEffectiveToCancelled) {
    Addition a = seats(10_d, 5_d);
    a.effective = "2026-03-01"_day;
    a.cancelled = "2026-06-01"_day;
    auto on = [&](Date day) { return mrr(agreement("1", "A", 100_d), {a}, day); };
    EXPECT_EQ(on("2026-02-28"_day), 100_d);
    EXPECT_EQ(on("2026-03-01"_day), 150_d);
    EXPECT_EQ(on("2026-05-31"_day), 150_d);
    EXPECT_EQ(on("2026-06-01"_day), 100_d);
    a.counts = false; // measured use, or not billed
    EXPECT_EQ(on("2026-04-01"_day), 100_d);
    EXPECT_EQ(mrr(agreement("1", "A", 100_d), {seats(-2_d, 15_d)}, "2026-04-01"_day), 70_d);
    Addition yearly = seats(1_d, 120_d);
    yearly.cycle = Cycle::annual;
    EXPECT_EQ(mrr(agreement("1", "A", 100_d), {yearly}, "2026-04-01"_day), 110_d);
}

TEST(Recurring, RunsUntilCancelledOrEnded) {
    Agreement a = agreement("1", "A", 100_d);
    a.end = "2026-10-31"_day;
    EXPECT_TRUE(runs_on(a, "2026-10-31"_day));
    EXPECT_FALSE(runs_on(a, "2026-11-01"_day));
    EXPECT_TRUE(expired_but_active(a, "2026-11-01"_day));
    EXPECT_TRUE(ends_within(a, "2026-08-02"_day, 90));
    EXPECT_FALSE(ends_within(a, "2026-08-01"_day, 90));
    a.auto_renews = true;
    EXPECT_TRUE(runs_on(a, "2026-11-01"_day));
    EXPECT_FALSE(expired_but_active(a, "2026-11-01"_day));
    a.cancelled = "2026-09-15"_day;
    EXPECT_TRUE(runs_on(a, "2026-09-14"_day));
    EXPECT_FALSE(runs_on(a, "2026-09-15"_day));
}

TEST(Recurring, RetentionWorkedExample) {
    Retention const r{50000_d, 3000_d, 1500_d, 2500_d, 700_d};
    EXPECT_EQ(r.net().value(), "0.98"_d);
    EXPECT_EQ(r.gross().value(), "0.92"_d);
    EXPECT_EQ(ratio(48000_d, 150000_d).value(), "0.32"_d);
    EXPECT_FALSE(Retention{}.net());
}

TEST(Recurring, RetentionByCustomer) {
    Retention const r =
        retention({{"A", 100_d}, {"B", 100_d}, {"C", 100_d}}, {{"A", 130_d}, {"B", 80_d}, {"N", 500_d}});
    EXPECT_EQ(r.expansion, 30_d);
    EXPECT_EQ(r.contraction, 20_d);
    EXPECT_EQ(r.churn, 100_d);
    EXPECT_EQ(r.added, 500_d);
    EXPECT_EQ(r.gross().value(), "0.6"_d); // what is new cannot raise it
}

TEST(Schedule, MonthEndsStayMonthEnds) {
    EXPECT_THAT(occurrences("2026-01-31"_day, Cycle::monthly, "2026-02-01"_day, "2026-04-30"_day),
                ElementsAre("2026-02-28"_day, "2026-03-31"_day, "2026-04-30"_day));
    EXPECT_THAT(occurrences("2026-06-30"_day, Cycle::quarterly, "2025-12-01"_day, "2026-06-30"_day),
                ElementsAre("2025-12-31"_day, "2026-03-31"_day, "2026-06-30"_day));
}

TEST(Schedule, WeeksAndHalfMonths) {
    EXPECT_THAT(occurrences("2026-11-06"_day, Cycle::biweekly, "2026-10-10"_day, "2026-11-20"_day),
                ElementsAre("2026-10-23"_day, "2026-11-06"_day, "2026-11-20"_day));
    EXPECT_THAT(occurrences("2026-11-06"_day, Cycle::weekly, "2026-11-06"_day, "2026-11-13"_day),
                ElementsAre("2026-11-06"_day, "2026-11-13"_day));
    EXPECT_THAT(occurrences("2026-01-15"_day, Cycle::semimonthly, "2026-02-01"_day, "2026-03-15"_day),
                ElementsAre("2026-02-15"_day, "2026-02-28"_day, "2026-03-15"_day));
    EXPECT_THAT(occurrences("2026-01-05"_day, Cycle::once, "2026-02-01"_day, "2026-03-15"_day), ElementsAre());
    EXPECT_THAT(occurrences("2026-01-05"_day, Cycle::monthly, "2026-03-15"_day, "2026-03-14"_day), ElementsAre());
}

} // namespace
} // namespace cash_flow
