#include "base/error.hpp"
#include "report/period.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using report::parse_period;

TEST(Period, MonthsQuartersAndYears) {
    EXPECT_EQ(parse_period("2028-02").end.to_string(), "2028-02-29");
    EXPECT_EQ(parse_period("2026-Q4").start.to_string(), "2026-10-01");
    EXPECT_EQ(parse_period("2026-Q4").end.to_string(), "2026-12-31");
    EXPECT_EQ(parse_period("2026").end.to_string(), "2026-12-31");
    EXPECT_EQ(parse_period("2026").label, "2026");
    EXPECT_EQ(parse_period("2025-11..2026-02").start.to_string(), "2025-11-01");
    EXPECT_EQ(parse_period("2025-11..2026-02").end.to_string(), "2026-02-28");
    EXPECT_EQ(parse_period("2025-11..2026-02").label, "2025-11..2026-02");
}

TEST(Period, AnythingElseIsAUsageError) {
    for (auto bad : {"", "2026-13", "2026-00", "2026-1", "2026-Q5", "26-10", "2026-10-01", "October", "2026-1x", "0000",
                     "2026-02..2026-01", "2026-Q1..2026-Q2", "2026-02..", "2026..2027", "2026-02...2026-04"})
        EXPECT_THROW((void)parse_period(bad), Error) << bad;
}
