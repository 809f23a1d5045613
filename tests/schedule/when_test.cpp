#include "base/error.hpp"
#include "schedule/when.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::schedule {
namespace {

/// The days of a span on which it fires, "2026-11-04 2026-12-03", and its times.
std::string days(std::string const& text, char const* from = "2026-11-01", char const* until = "2026-12-31",
                 char const* fiscal = "01-01") {
    auto const calendar = Calendar::from_text("4th thursday of november Thanksgiving\n12-25 Christmas\n", "us");
    auto const when = When::parse(text, fiscal);
    std::string out;
    for (Date day = Date::of(from); day <= Date::of(until); day = day + 1)
        if (when.fires_on(day, calendar)) out += day.to_string().substr(5) + " ";
    for (auto const& time : when.times())
        out += (time.hour < 10 ? "0" : "") + std::to_string(time.hour) + ":" + (time.minute < 10 ? "0" : "") +
               std::to_string(time.minute) + " ";
    out.pop_back();
    return out;
}

std::string refused(std::string const& text) {
    try {
        (void)When::parse(text);
        return "accepted";
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::usage);
        return e.what();
    }
}

TEST(When, ReadsWords) {
    EXPECT_EQ(days("3rd business day after month end 07:00"), "11-04 12-03 07:00");
    EXPECT_EQ(days("3rd business day of month 07:00"), "11-04 12-03 07:00");
    EXPECT_EQ(days("Last business day 7:00"), "11-30 12-31 07:00");
    EXPECT_EQ(days("last business day of the month at 07:00"), "11-30 12-31 07:00");
    EXPECT_EQ(days("2nd last business day 16:00"), "11-27 12-30 16:00");
    EXPECT_EQ(days("3rd last business day 16:00"), "11-25 12-29 16:00"); // over Thanksgiving
    EXPECT_EQ(days("1st of month 00:00"), "11-01 12-01 00:00");
    EXPECT_EQ(days("15th day of month 07:00 and 19:30"), "11-15 12-15 07:00 19:30");
    EXPECT_EQ(days("31st of month 07:00"), "11-30 12-31 07:00");
    EXPECT_EQ(days("last day of month 07:00"), "11-30 12-31 07:00");
    EXPECT_EQ(days("2nd tuesday 07:00"), "11-10 12-08 07:00");
    EXPECT_EQ(days("last Fri of month 16:00"), "11-27 12-25 16:00");
    EXPECT_EQ(days("5th monday of month 16:00"), "11-30 16:00");
    EXPECT_EQ(days("mondays and thursday 08:30", "2026-11-01", "2026-11-13"), "11-02 11-05 11-09 11-12 08:30");
    EXPECT_EQ(days("every monday, thursday 08:30", "2026-11-01", "2026-11-06"), "11-02 11-05 08:30");
    EXPECT_EQ(days("every day 07:00", "2026-11-25", "2026-11-28"), "11-25 11-26 11-27 11-28 07:00");
    EXPECT_EQ(days("every business day 07:00", "2026-11-25", "2026-11-30"), "11-25 11-27 11-30 07:00");
}

TEST(When, CountsFiscalQuartersAndYears) {
    EXPECT_EQ(days("2nd business day after quarter end 07:00", "2026-01-01", "2026-12-31"),
              "01-02 04-02 07-02 10-02 07:00");
    EXPECT_EQ(days("2nd business day after quarter end 07:00", "2026-01-01", "2026-12-31", "02-01"),
              "02-03 05-04 08-04 11-03 07:00");
    EXPECT_EQ(days("10th business day after year end 07:00", "2026-01-01", "2026-12-31", "07-01"), "07-14 07:00");
    EXPECT_EQ(days("last business day of quarter 07:00", "2026-01-01", "2026-12-31"), "03-31 06-30 09-30 12-31 07:00");
    EXPECT_EQ(days("last business day of year 07:00", "2026-01-01", "2026-12-31", "07-01"), "06-30 07:00");
}

TEST(When, ReadsCron) {
    EXPECT_EQ(days("0 7 3 * *"), "11-03 12-03 07:00");
    EXPECT_EQ(days("*/30 6-7 * 12 fri"), "12-04 12-11 12-18 12-25 06:00 06:30 07:00 07:30");
    EXPECT_EQ(days("5 4 1,15 * *"), "11-01 11-15 12-01 12-15 04:05");
    EXPECT_EQ(days("5 4 1 * sun", "2026-12-01", "2026-12-15"), "12-01 12-06 12-13 04:05"); // either is enough
    EXPECT_EQ(days("0 0 * * fri-sun", "2026-11-23", "2026-11-30"), "11-27 11-28 11-29 00:00");
    EXPECT_EQ(days("0 0 * * 7", "2026-11-23", "2026-11-30"), "11-29 00:00");
    EXPECT_EQ(days("0 0 29 feb *", "2026-01-01", "2028-12-31"), "02-29 00:00");
    EXPECT_EQ(days("10/20 0 1 1 *", "2026-01-01", "2026-01-31"), "01-01 00:10 00:30 00:50");
}

TEST(When, LeavesNoMonthOut) {
    EXPECT_NO_THROW((void)When::parse("15th business day after month end 07:00"));
    EXPECT_THROW((void)When::parse("20th business day after month end 07:00"), Error) << "January 2027 has 19";
    EXPECT_THROW((void)When::parse("16th last business day 07:00"), Error);
    EXPECT_NO_THROW((void)When::parse("20th business day after quarter end 07:00"));
    Calendar calendar; // closed for nearly a month
    for (Date day = Date::of("2027-01-01"); day < Date::of("2027-01-29"); day = day + 1) calendar.add(day, "Closed");
    EXPECT_TRUE(When::parse("1st business day after month end 07:00").fires_on(Date::of("2027-01-29"), calendar));
}

TEST(When, SaysWhatItDoesNotUnderstand) {
    using testing::HasSubstr;
    EXPECT_THAT(refused("every third day 07:00"),
                HasSubstr("'every third day 07:00' is not understood at 'third day'"));
    EXPECT_THAT(refused("3rd business day after month end"), HasSubstr("has no time of day"));
    EXPECT_THAT(refused("3rd business day after month 07:00"), HasSubstr("is not understood"));
    EXPECT_THAT(refused("monday 25:00"), HasSubstr("is not understood at '25:00'"));
    EXPECT_THAT(refused("32nd of month 07:00"), HasSubstr("is not understood"));
    EXPECT_THAT(refused("3th of month 07:00"), HasSubstr("is not understood"));
    EXPECT_THAT(refused(""), HasSubstr("is not understood"));
    EXPECT_THAT(refused("60 7 * * *"), HasSubstr("'60' is no minute of cron (0 to 59)"));
    EXPECT_THAT(refused("0 7 * * nosuch"), HasSubstr("no day of week"));
    EXPECT_THAT(refused("0 7 30 feb *"), HasSubstr("no month has such a day"));
    EXPECT_THAT(refused("0 9-7 * * *"), HasSubstr("runs backwards"));
    EXPECT_THAT(refused("*/0 7 * * *"), HasSubstr("no step"));
}

} // namespace
} // namespace deckle::schedule
