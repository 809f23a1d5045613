#include "base/error.hpp"
#include "base/zone.hpp"
#include <gtest/gtest.h>

using namespace deckle;

TEST(Date, KnowsTheCalendar) {
    EXPECT_FALSE(Date::parse("2026-02-30"));
    EXPECT_FALSE(Date::parse("2026-2-03"));
    EXPECT_EQ(Date::of("2028-02-29").plus_months(12).to_string(), "2029-02-28");
    EXPECT_EQ(Date::of("2026-01-31").plus_months(1).to_string(), "2026-02-28");
    EXPECT_EQ(Date::of("2026-03-15").plus_months(-13).to_string(), "2025-02-15");
    EXPECT_EQ(Date::of("2026-10-31").last_of_month(), Date::of("2026-10-31"));
    EXPECT_EQ(Date::of("2026-12-05") - Date::of("2026-11-30"), 5);
}

TEST(Date, WeekStartIsASetting) {
    EXPECT_EQ(Date::of("2026-10-31").weekday(), Weekday::saturday);
    EXPECT_EQ(Date::of("2026-11-01").week_start().to_string(), "2026-10-26");
    EXPECT_EQ(Date::of("2026-11-01").week_start(Weekday::sunday).to_string(), "2026-11-01");
}

TEST(Zone, ConvertsWithDaylightSaving) {
    auto const t = to_local(*parse_instant("2026-11-01T06:30:00Z"), "America/Chicago");
    EXPECT_EQ(t.date.to_string(), "2026-11-01");
    EXPECT_EQ(t.hour, 1);
    EXPECT_EQ(t.abbreviation, "CDT");
    EXPECT_EQ(to_iso(from_local(Date::of("2026-11-01"), 1, 30, 0, "America/Chicago")), "2026-11-01T06:30:00Z");
    EXPECT_EQ(to_iso(from_local(Date::of("2026-03-08"), 2, 30, 0, "America/Chicago")), "2026-03-08T08:00:00Z");
    EXPECT_THROW((void)to_local(Instant{}, "Mars/Base"), Error);
}

TEST(Zone, ParsesInstantsWithOffsets) {
    EXPECT_EQ(to_iso(*parse_instant("2026-10-31T23:00:00.250-05:00")), "2026-11-01T04:00:00.250Z");
    EXPECT_FALSE(parse_instant("2026-10-31T23:00:00"));
    EXPECT_FALSE(parse_instant("2026-10-31T25:00:00Z"));
}
