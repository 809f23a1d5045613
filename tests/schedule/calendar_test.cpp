#include "base/error.hpp"
#include "schedule/calendar.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::schedule {
namespace {

using testing::HasSubstr;

Date day(char const* text) {
    return Date::of(text);
}

std::string error_of(auto&& f) {
    try {
        f();
        return "no error";
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::usage);
        return e.to_string();
    }
}

TEST(Calendar, ReadsTheThreeFormsOfALine) {
    auto const calendar = Calendar::from_text("# United States\n"
                                              "12-25 Christmas Day\r\n"
                                              "\n"
                                              "4th thursday of november Thanksgiving # the fourth\n"
                                              "last Mon of May Memorial Day\n"
                                              "2026-12-24 Office closed\n"
                                              "02-29 Leap day\n",
                                              "us.txt");
    EXPECT_EQ(calendar.holiday(day("2026-12-25")), "Christmas Day");
    EXPECT_EQ(calendar.holiday(day("2031-12-25")), "Christmas Day");
    EXPECT_EQ(calendar.holiday(day("2026-11-26")), "Thanksgiving");
    EXPECT_EQ(calendar.holiday(day("2029-11-22")), "Thanksgiving");
    EXPECT_EQ(calendar.holiday(day("2026-05-25")), "Memorial Day");
    EXPECT_EQ(calendar.holiday(day("2027-05-31")), "Memorial Day");
    EXPECT_EQ(calendar.holiday(day("2026-12-24")), "Office closed");
    EXPECT_FALSE(calendar.holiday(day("2027-12-24")));
    EXPECT_EQ(calendar.holiday(day("2028-02-29")), "Leap day");
    EXPECT_FALSE(calendar.holiday(day("2026-02-28")));
}

TEST(Calendar, NamesTheLineThatIsNoHoliday) {
    EXPECT_THAT(error_of([] { (void)Calendar::from_text("12-25 Christmas\n13-45 Nothing\n", "us.txt"); }),
                HasSubstr("us.txt:2"));
    EXPECT_THAT(error_of([] { (void)Calendar::from_text("6th friday of may X", "us.txt"); }),
                HasSubstr("'6th friday of may X' is no holiday"));
    EXPECT_THAT(error_of([] { (void)Calendar::from_text("2026-02-30 X", "us.txt"); }), HasSubstr("is no holiday"));
}

TEST(Calendar, CountsBusinessDays) {
    auto const calendar = Calendar::from_text("2026-01-01 New Year\n2026-12-25 Christmas\n2026-12-31 Closed\n", "c");
    EXPECT_EQ(calendar.nth_business_day(day("2026-01-01"), 1), day("2026-01-02"));
    EXPECT_EQ(calendar.nth_business_day(day("2026-01-01"), 3), day("2026-01-06"));
    EXPECT_EQ(calendar.nth_last_business_day(day("2026-12-31"), 1), day("2026-12-30"));
    EXPECT_EQ(calendar.nth_last_business_day(day("2026-12-31"), 4), day("2026-12-24"));
    EXPECT_EQ(calendar.business_day_from(day("2026-12-25")), day("2026-12-28"));
    EXPECT_EQ(calendar.business_day_until(day("2026-12-27")), day("2026-12-24"));
    Calendar gulf;
    gulf.set_weekend({Weekday::friday, Weekday::saturday});
    EXPECT_TRUE(gulf.is_business_day(day("2026-11-22")));
    EXPECT_EQ(gulf.business_day_from(day("2026-11-20")), day("2026-11-22"));
}

TEST(Calendar, ThatLeavesNoDayIsAnError) {
    Calendar calendar;
    calendar.set_weekend({Weekday::monday, Weekday::tuesday, Weekday::wednesday, Weekday::thursday, Weekday::friday,
                          Weekday::saturday, Weekday::sunday});
    EXPECT_THAT(error_of([&] { (void)calendar.business_day_from(day("2026-01-01")); }), HasSubstr("no business day"));
}

constexpr char const* ics =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\n"
    "SUMMARY:Christmas\\, ob\r\n served\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n"
    "EXDATE;VALUE=DATE:20271125\r\nSUMMARY:Thanksgiving\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200525\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20270101\r\nSUMMARY:Memorial\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\n"
    "SUMMARY:Shutdown\r\nBEGIN:VALARM\r\nSUMMARY:no\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART:20260701T090000Z\r\nSUMMARY:Meeting\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260702\r\nSTATUS:CANCELLED\r\nSUMMARY:Off\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n";

TEST(Calendar, ReadsICalendar) {
    auto const calendar = Calendar::from_ics(ics, "us.ics");
    EXPECT_EQ(calendar.holiday(day("2028-12-25")), "Christmas, observed");
    EXPECT_FALSE(calendar.holiday(day("2019-12-25"))); // before its first
    EXPECT_EQ(calendar.holiday(day("2026-11-26")), "Thanksgiving");
    EXPECT_FALSE(calendar.holiday(day("2027-11-25")));
    EXPECT_EQ(calendar.holiday(day("2028-11-23")), "Thanksgiving");
    EXPECT_EQ(calendar.holiday(day("2026-05-25")), "Memorial");
    EXPECT_FALSE(calendar.holiday(day("2027-05-31"))); // UNTIL
    EXPECT_EQ(calendar.holiday(day("2026-12-24")), "Shutdown");
    EXPECT_EQ(calendar.holiday(day("2026-12-26")), "Shutdown");
    EXPECT_FALSE(calendar.holiday(day("2026-12-27"))); // DTEND is the day after
    EXPECT_FALSE(calendar.holiday(day("2026-07-01")));
    EXPECT_FALSE(calendar.holiday(day("2026-07-02")));
}

/// Days off of one event's lines, from 2026 to 2033.
std::string days_off(std::string const& events) {
    auto const calendar = Calendar::from_ics(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Off\n" + events + "\nEND:VEVENT\nEND:VCALENDAR\n", "x.ics");
    std::string all;
    for (Date day = Date::of("2026-01-01"); day < Date::of("2034-01-01"); day = day + 1)
        if (calendar.holiday(day)) all += (all.empty() ? "" : " ") + day.to_string();
    return all;
}

TEST(Calendar, FollowsWhatMovedAndHowLongItLasts) {
    std::string const next = "\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n";
    std::string const christmas = "UID:a\nDTSTART;VALUE=DATE:20261225\n";
    EXPECT_EQ(days_off(christmas + next + "RECURRENCE-ID;VALUE=DATE:20261225\nDTSTART;VALUE=DATE:20261228"),
              "2026-12-28");
    EXPECT_EQ(
        days_off(christmas + next + "RECURRENCE-ID;VALUE=DATE:20261225\nDTSTART;VALUE=DATE:20261225\nSTATUS:CANCELLED"),
        "");
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20261224\nDURATION:P3D"), "2026-12-24 2026-12-25 2026-12-26");
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226\nRDATE;VALUE=DATE:20270104"),
              "2026-12-24 2026-12-25 2027-01-04 2027-01-05");
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20261224\nRDATE;VALUE=DATE:20270104\nEXDATE;VALUE=DATE:20270104"),
              "2026-12-24");
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nEXDATE;VALUE=DATE:20261224"), "");
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20280229\nRRULE:FREQ=YEARLY;COUNT=2"), "2028-02-29 2032-02-29");
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20280229\nRRULE:COUNT=1;FREQ=YEARLY"), "2028-02-29");
    EXPECT_EQ(days_off("DTSTART:20261225T000000\nDURATION:P1D"), "2026-12-25");
    EXPECT_EQ(days_off("DTSTART:20261225T000000\nDTEND:20261226T000000"), "2026-12-25");
    EXPECT_EQ(days_off("DTSTART:20261225T090000\nDTEND:20261226T000000"), "") << "a meeting";
    EXPECT_EQ(days_off("DTSTART;VALUE=DATE:20261225 "), "2026-12-25");
    EXPECT_THROW((void)days_off("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYDAY=5MO"), Error);
    EXPECT_THROW((void)days_off("DTSTART;VALUE=DATE:20261113\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=13;BYDAY=1FR"),
                 Error);
    EXPECT_THROW((void)Calendar::from_ics("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\n", "x.ics"),
                 Error);
}

TEST(Calendar, RefusesARuleItCannotFollow) {
    std::string const text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260102\nSUMMARY:Pay day\n"
                             "RRULE:FREQ=MONTHLY\nEND:VEVENT\nEND:VCALENDAR\n";
    auto const error = error_of([&] { (void)Calendar::from_ics(text, "x.ics"); });
    EXPECT_THAT(error, HasSubstr("x.ics:5"));
    EXPECT_THAT(error, HasSubstr("Pay day repeats by a rule that is not understood"));
    EXPECT_THAT(error_of([] { (void)Calendar::from_ics("12-25 Christmas\n", "x.ics"); }),
                HasSubstr("no iCalendar file"));
}

} // namespace
} // namespace deckle::schedule
