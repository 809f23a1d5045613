#include "schedule/period_rule.hpp"
#include <gtest/gtest.h>

namespace deckle::schedule {
namespace {

std::string period(char const* rule, char const* day, char const* fiscal = "01-01") {
    return period_for(*parse_period_rule(rule), Date::of(day), fiscal);
}

TEST(PeriodRule, NamesThePeriodBefore) {
    EXPECT_EQ(period("previous month", "2026-11-04"), "2026-10");
    EXPECT_EQ(period("previous month", "2027-01-31"), "2026-12");
    EXPECT_EQ(period("This Month", "2026-11-30"), "2026-11");
    EXPECT_EQ(period("previous quarter", "2026-11-04"), "2026-Q3");
    EXPECT_EQ(period("previous quarter", "2027-01-04"), "2026-Q4");
    EXPECT_EQ(period("previous year", "2027-01-04"), "2026");
    EXPECT_EQ(period("previous year", "2026-12-31"), "2025");
    EXPECT_FALSE(parse_period_rule("next month"));
    for (char const* const name : {"previous month", "previous quarter", "previous year", "this month"})
        EXPECT_EQ(to_string(*parse_period_rule(name)), name);
}

TEST(PeriodRule, FollowsTheFiscalYear) {
    EXPECT_EQ(period("previous quarter", "2026-08-04", "07-01"), "2026-Q2");
    EXPECT_EQ(period("previous year", "2026-08-04", "07-01"), "2025-07..2026-06");
    EXPECT_EQ(period("previous year", "2026-06-30", "07-01"), "2024-07..2025-06");
    EXPECT_EQ(period("previous quarter", "2026-05-04", "02-01"), "2026-02..2026-04");
    EXPECT_EQ(period("previous quarter", "2026-02-01", "02-01"), "2025-11..2026-01");
    EXPECT_EQ(period("previous quarter", "2026-01-31", "02-01"), "2025-08..2025-10");
}

} // namespace
} // namespace deckle::schedule
