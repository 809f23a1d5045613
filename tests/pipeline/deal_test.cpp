#include "deals.hpp"
#include "quarter.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

TEST(Deal, ValueOfAMixedDeal) {
    Deal d = open_deal("1", 12500_d);
    d.monthly = 500_d;
    d.term = 36;
    EXPECT_EQ(d.tcv(), 30500_d);
    EXPECT_EQ(d.acv(), 6000_d);
    EXPECT_EQ(d.first_year(), 18500_d);
    EXPECT_EQ(d.value(Basis::one_time), 12500_d);
    for (Basis const basis : {Basis::first_year, Basis::tcv, Basis::acv, Basis::one_time})
        EXPECT_EQ(d.parts(basis).one_time + d.parts(basis).recurring, d.value(basis));
    EXPECT_EQ(d.parts(Basis::tcv).recurring, 18000_d);
    EXPECT_EQ(d.parts(Basis::acv).one_time, 0_d);
    d.term.reset(); // 12 months are taken
    EXPECT_EQ(d.tcv(), 18500_d);
}

TEST(Deal, ChanceIsItsOwnThenItsStagesThenUnknown) {
    Deal d = open_deal("1", 1_d);
    EXPECT_EQ(chance(d, four_stages), "0.5"_d);
    d.probability = "0.9"_d;
    EXPECT_EQ(chance(d, four_stages), "0.9"_d);
    d.probability.reset();
    d.stage = "Elsewhere";
    EXPECT_FALSE(chance(d, four_stages));
    d.status = Status::won;
    EXPECT_EQ(chance(d, four_stages), 1_d);
    d.status = Status::no_decision;
    EXPECT_EQ(chance(d, four_stages), 0_d);
}

TEST(Deal, ProbabilitiesOfAHundredAreRatios) {
    std::optional<Decimal> a = 50_d, b, c = "0.5"_d, d = 1_d;
    as_ratios({&a, &b, &d});
    EXPECT_EQ(a, "0.5"_d);
    EXPECT_FALSE(b);
    EXPECT_EQ(d, "0.01"_d); // 1 beside 50 is one percent
    d = 1_d;
    as_ratios({&c, &d});
    EXPECT_EQ(c, "0.5"_d);
    EXPECT_EQ(d, 1_d); // 1 beside 0.5 is certain
}

History const moved = {{"1",
                        {{"2026-07-01"_day, "Qualify", 900_d, "2026-09-30"_day},
                         {"2026-08-10"_day, "Propose", 1000_d, "2026-09-30"_day},
                         {"2026-09-20"_day, "Propose", 1000_d, "2026-11-15"_day},
                         {"2026-10-20"_day, "Won", 1200_d, "2026-10-20"_day}}}};

TEST(Deal, StandsAsItStoodOnAnotherDay) {
    Deal d = closed_deal("1", Status::won, 1200_d, "2026-10-20", "2026-07-01");
    d.probability = 1_d;
    EXPECT_FALSE(at(d, moved, four_stages, "2026-06-30"_day));

    auto then = at(d, moved, four_stages, "2026-09-30"_day);
    ASSERT_TRUE(then);
    EXPECT_TRUE(then->is_open());
    EXPECT_EQ(then->stage, "Propose");
    EXPECT_EQ(then->stage_date, "2026-08-10"_day); // moving the date is not entering the stage
    EXPECT_EQ(then->one_time, 1000_d);
    EXPECT_EQ(then->expected, "2026-11-15"_day);
    EXPECT_EQ(chance(*then, four_stages), "0.5"_d);
    EXPECT_FALSE(then->closed);

    then = at(d, moved, four_stages, "2026-07-31"_day);
    EXPECT_EQ(then->stage, "Qualify");
    EXPECT_EQ(then->one_time, 900_d);

    then = at(d, moved, four_stages, "2026-10-20"_day);
    EXPECT_EQ(then->status, Status::won);
    EXPECT_EQ(then->one_time, 1200_d);
}

TEST(Deal, ClosedLaterWithoutHistoryIsOpenInAnUnknownStage) {
    Deal d = closed_deal("1", Status::lost, 500_d, "2026-10-20", "2026-07-01");
    d.original = "2026-12-01"_day;
    auto const then = at(d, {}, four_stages, "2026-09-30"_day);
    ASSERT_TRUE(then);
    EXPECT_TRUE(then->is_open());
    EXPECT_EQ(then->stage, "");
    EXPECT_EQ(then->expected, "2026-12-01"_day);
    EXPECT_FALSE(chance(*then, four_stages));
}

TEST(Deal, AStageEnteredLaterIsNotTheOneOfThen) {
    Deal d = open_deal("1", 1_d);
    d.stage_date = "2026-10-20"_day;
    d.probability = "0.8"_d;
    History const h = {{"1", {{"2026-07-01"_day, "Qualify", 5_d, "2026-12-24"_day}}}};
    auto const then = at(d, h, four_stages, "2026-09-30"_day);
    EXPECT_EQ(then->stage, "Qualify");
    EXPECT_EQ(then->one_time, 5_d);
    EXPECT_EQ(chance(*then, four_stages), "0.1"_d);
    EXPECT_EQ(at(d, {}, four_stages, "2026-09-30"_day)->stage, "");
    EXPECT_EQ(at(d, h, four_stages, "2026-10-20"_day)->stage, "Propose");
}

TEST(Deal, AnActivityOfLaterSaysNothingOfThen) {
    Deal d = open_deal("1", 1_d);
    d.last_activity = "2026-10-25"_day;
    EXPECT_FALSE(at(d, {}, four_stages, "2026-09-30"_day)->last_activity);
    EXPECT_TRUE(at(d, {}, four_stages, "2026-10-31"_day)->last_activity);
}

TEST(Deal, PushesAreMovesToALaterDay) {
    Deal d = open_deal("1", 1_d);
    History const h = {{"1",
                        {{"2026-07-01"_day, "Qualify", {}, "2026-09-01"_day},
                         {"2026-08-01"_day, "Qualify", {}, "2026-10-01"_day},
                         {"2026-08-15"_day, "Propose", {}, "2026-10-01"_day},
                         {"2026-09-01"_day, "Propose", {}, "2026-09-15"_day}, // pulled in
                         {"2026-09-10"_day, "Propose", {}, "2026-12-01"_day}}}};
    EXPECT_EQ(pushes(d, h, "2026-12-31"_day), 2);
    EXPECT_EQ(pushes(d, h, "2026-08-31"_day), 1);
    EXPECT_EQ(pushes(open_deal("2", 1_d), h, "2026-12-31"_day), 0);
    EXPECT_EQ(pushes(closed_deal("1", Status::won, 1_d, "2026-10-20"), moved, "2026-12-31"_day), 1); // closing is none
}

TEST(Quarter, CalendarYear) {
    Quarter const q = quarter_of("2026-10-31"_day, {});
    EXPECT_EQ(q.start, "2026-10-01"_day);
    EXPECT_EQ(q.end, "2026-12-31"_day);
    EXPECT_EQ(q.id(), "2026-Q4");
    EXPECT_EQ(q.name(), "Q4 2026");
    EXPECT_EQ(next(q, {}).id(), "2027-Q1");
    EXPECT_EQ(quarter_of("2026-12-31"_day, {}).id(), "2026-Q4");
    EXPECT_EQ(quarter_of("2027-01-01"_day, {}).id(), "2027-Q1");
}

TEST(Quarter, FiscalYear) {
    FiscalYear const july = {7, 1};
    Quarter const q = quarter_of("2026-10-31"_day, july);
    EXPECT_EQ(q.start, "2026-10-01"_day);
    EXPECT_EQ(q.name(), "Q2 FY2027"); // the year in which it ends
    EXPECT_EQ(quarter_of("2026-06-30"_day, july).name(), "Q4 FY2026");
    FiscalYear const april6 = {4, 6};
    EXPECT_EQ(quarter_of("2026-04-05"_day, april6).start, "2026-01-06"_day);
    EXPECT_EQ(quarter_of("2026-04-06"_day, april6).number, 1);
    FiscalYear const leap = {2, 29};
    EXPECT_EQ(quarter_of("2026-02-28"_day, leap).start, "2026-02-28"_day);
    EXPECT_EQ(quarter_of("2024-02-28"_day, leap).number, 4);
    EXPECT_EQ(quarter_of("2024-02-29"_day, leap).number, 1);
}

TEST(Quarter, QuartersFollowEachOtherWithoutAGap) {
    for (FiscalYear const year : {FiscalYear{1, 1}, {7, 1}, {4, 6}, {2, 29}, {8, 31}}) {
        Quarter q = quarter_of("2023-05-05"_day, year);
        for (int i = 0; i < 20; ++i) {
            Quarter const after = next(q, year);
            EXPECT_EQ(after.start, q.end + 1) << q.id();
            EXPECT_EQ(after.number, q.number % 4 + 1) << q.id();
            EXPECT_EQ(quarter_of(q.end, year).id(), q.id());
            q = after;
        }
    }
}

} // namespace
} // namespace pipeline
