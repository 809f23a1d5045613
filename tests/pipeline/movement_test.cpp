#include "deals.hpp"
#include "movement.hpp"
#include <gtest/gtest.h>

namespace pipeline {
namespace {

Quarter const q4 = quarter_of("2026-10-31"_day, {});

TEST(Changes, EveryKindAndItTiesOut) {
    std::vector<Deal> const before = {
        open_deal("up", 100_d),
        open_deal("down", 100_d),
        open_deal("same", 100_d),
        open_deal("slipped", 200_d),
        open_deal("undated", 50_d),
        open_deal("won", 300_d),
        open_deal("lost", 400_d),
        open_deal("none", 10_d),
        open_deal("gone", 500_d),
        open_deal("from later", 60_d, "2027-02-01"),
        open_deal("from earlier", 70_d, "2026-08-01"),
        open_deal("never here", 9999_d, "2027-02-01"),
        closed_deal("back", Status::lost, 80_d, "2026-08-01"),
    };
    std::vector<Deal> const after = {
        open_deal("up", 150_d),
        open_deal("down", 70_d),
        open_deal("same", 100_d),
        open_deal("slipped", 250_d, "2027-01-05"),
        open_deal("undated", 50_d, ""),
        closed_deal("won", Status::won, 330_d, "2026-10-20"),
        closed_deal("lost", Status::lost, 400_d, "2026-10-20"),
        closed_deal("none", Status::no_decision, 10_d, "2026-10-20"),
        open_deal("from later", 60_d),
        open_deal("from earlier", 70_d),
        open_deal("never here", 9999_d, "2027-02-01"),
        open_deal("back", 80_d),
        open_deal("new", 1000_d),
        open_deal("new elsewhere", 7777_d, "2027-02-01"),
    };
    Changes const c = changes(before, after, q4, Basis::first_year);
    EXPECT_EQ(c.before, 1760_d);
    EXPECT_EQ(c.after, 1530_d);
    EXPECT_EQ(c.sum(Move::up), 50_d);
    EXPECT_EQ(c.sum(Move::down), -30_d);
    EXPECT_EQ(c.sum(Move::slipped), -200_d); // as it was worth then
    EXPECT_EQ(c.sum(Move::dated_out), -50_d);
    EXPECT_EQ(c.sum(Move::won), -300_d);
    EXPECT_EQ(c.sum(Move::lost), -410_d);
    EXPECT_EQ(c.sum(Move::removed), -500_d);
    EXPECT_EQ(c.sum(Move::pulled_in), 60_d);
    EXPECT_EQ(c.sum(Move::dated_in), 70_d);
    EXPECT_EQ(c.sum(Move::reopened), 80_d);
    EXPECT_EQ(c.sum(Move::added), 1000_d);
    EXPECT_EQ(c.count(Move::lost), 2);
    Decimal all;
    for (Move const move : all_moves) all += c.sum(move);
    EXPECT_EQ(c.before + all, c.after);
    EXPECT_EQ(c.moves.front().deal->id, "new"); // largest first
}

TEST(Slippage, WorkedExample) {
    std::vector<Deal> const start = {
        open_deal("slips", 30000_d, "2026-10-10"),     open_deal("won", 40000_d, "2026-10-31"),
        open_deal("stays", 30000_d, "2026-10-01"),     open_deal("outside", 5000_d, "2026-11-10"),
        open_deal("pulled in", 7000_d, "2026-11-20"),  open_deal("won early", 8000_d, "2026-12-20"),
        open_deal("lost early", 9000_d, "2026-12-20"), open_deal("old", 1000_d, "2026-08-01")};
    std::vector<Deal> const now = {open_deal("slips", 35000_d, "2026-11-01"),
                                   closed_deal("won", Status::won, 40000_d, "2026-10-15"),
                                   open_deal("stays", 30000_d, "2026-10-01"),
                                   open_deal("outside", 5000_d, "2026-12-10"),
                                   open_deal("pulled in", 7000_d, "2026-10-30"),
                                   closed_deal("won early", Status::won, 8000_d, "2026-10-30"),
                                   closed_deal("lost early", Status::lost, 9000_d, "2026-10-30"),
                                   open_deal("old", 1000_d, "2026-12-01")};
    Slippage const s = slippage(start, now, "2026-10-01"_day, "2026-10-31"_day, Basis::first_year);
    EXPECT_EQ(s.expected, 100000_d);
    EXPECT_EQ(s.slipped, 30000_d);
    EXPECT_EQ(s.rate().value(), "0.3"_d);
    EXPECT_EQ(s.pulled_in, 15000_d);
    ASSERT_EQ(s.slipped_deals.size(), 1U);
    EXPECT_EQ(s.slipped_deals[0].expected_before, "2026-10-10"_day);
    EXPECT_EQ(slippage({}, now, "2026-10-01"_day, "2026-10-31"_day, Basis::first_year).rate().reason(),
              "none_expected");
}

} // namespace
} // namespace pipeline
