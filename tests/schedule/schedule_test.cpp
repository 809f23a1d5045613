#include "base/error.hpp"
#include "schedule/schedule.hpp"
#include <gtest/gtest.h>

namespace deckle::schedule {
namespace {

Instant at(char const* text) {
    return *parse_instant(text);
}

Schedule of(char const* when, char const* zone, Shift shift = Shift::none) {
    return {When::parse(when), zone,
            Calendar::from_text("4th thursday of november Thanksgiving\n12-25 Christmas\n01-01 New Year\n", "us"),
            shift};
}

/// "2026-11-04T13:00:00Z CST [note] | ..."
std::string firings(Schedule const& schedule, char const* after, std::size_t count) {
    std::string out;
    for (Firing const& f : next_firings(schedule, at(after), count)) {
        out += (out.empty() ? "" : " | ") + to_iso(f.at) + " " + f.local.abbreviation;
        if (!f.notes.empty()) out += " [" + f.notes + "]";
    }
    return out;
}

TEST(Firings, KeepTheWallClockOverBothChangesOfTheYear) {
    EXPECT_EQ(firings(of("1st of month 07:00", "America/Chicago"), "2026-02-15T00:00:00Z", 3),
              "2026-03-01T13:00:00Z CST | 2026-04-01T12:00:00Z CDT | 2026-05-01T12:00:00Z CDT");
    EXPECT_EQ(firings(of("1st of month 07:00", "America/Chicago"), "2026-10-15T00:00:00Z", 2),
              "2026-11-01T13:00:00Z CST | 2026-12-01T13:00:00Z CST");
    EXPECT_EQ(firings(of("1st of month 07:00", "Australia/Sydney"), "2026-09-15T00:00:00Z", 2),
              "2026-09-30T21:00:00Z AEST | 2026-10-31T20:00:00Z AEDT");
    EXPECT_EQ(firings(of("1st of month 07:00", "Australia/Sydney"), "2027-03-15T00:00:00Z", 2),
              "2027-03-31T20:00:00Z AEDT | 2027-04-30T21:00:00Z AEST");
    EXPECT_EQ(firings(of("1st of month 07:00", "Asia/Kolkata"), "2026-10-15T00:00:00Z", 2),
              "2026-11-01T01:30:00Z IST | 2026-12-01T01:30:00Z IST");
}

TEST(Firings, InAGapComeRightAfterIt) {
    EXPECT_EQ(firings(of("every day 02:30", "America/Chicago"), "2026-03-07T09:00:00Z", 2),
              "2026-03-08T08:00:00Z CDT [02:30 does not exist that day: clocks go forward] | 2026-03-09T07:30:00Z CDT");
    EXPECT_EQ(
        firings(of("every day 02:30", "Australia/Sydney"), "2026-10-03T00:00:00Z", 2),
        "2026-10-03T16:00:00Z AEDT [02:30 does not exist that day: clocks go forward] | 2026-10-04T15:30:00Z AEDT");
    EXPECT_EQ(firings(of("every day 02:30", "Asia/Kolkata"), "2026-03-07T22:00:00Z", 1), "2026-03-08T21:00:00Z IST");
    // Two times in one gap are one firing.
    EXPECT_EQ(firings(of("0,30 2 * * *", "America/Chicago"), "2026-03-08T06:00:00Z", 2),
              "2026-03-08T08:00:00Z CDT [02:00 does not exist that day: clocks go forward] | 2026-03-09T07:00:00Z CDT");
}

TEST(Firings, OfATimeThatComesTwiceComeOnce) {
    EXPECT_EQ(firings(of("every day 01:30", "America/Chicago"), "2026-10-31T12:00:00Z", 2),
              "2026-11-01T06:30:00Z CDT [01:30 comes twice that day: the first] | 2026-11-02T07:30:00Z CST");
    // After the first of the two, the second is no further firing.
    EXPECT_EQ(firings(of("every day 01:30", "America/Chicago"), "2026-11-01T06:30:00Z", 1), "2026-11-02T07:30:00Z CST");
    EXPECT_EQ(firings(of("every day 02:30", "Australia/Sydney"), "2027-04-03T00:00:00Z", 1),
              "2027-04-03T15:30:00Z AEDT [02:30 comes twice that day: the first]");
    EXPECT_EQ(firings(of("every day 01:45", "Australia/Lord_Howe"), "2027-04-03T00:00:00Z", 1),
              "2027-04-03T14:45:00Z +11 [01:45 comes twice that day: the first]");
    EXPECT_EQ(firings(of("every day 01:15", "Australia/Lord_Howe"), "2027-04-03T00:00:00Z", 1),
              "2027-04-03T14:15:00Z +11");
}

TEST(Firings, KeepTheLocalWeekday) {
    // Monday 07:00 in Sydney is Sunday in UTC.
    EXPECT_EQ(firings(of("monday 07:00", "Australia/Sydney"), "2026-11-20T00:00:00Z", 1), "2026-11-22T20:00:00Z AEDT");
    EXPECT_EQ(firings(of("monday 07:00", "Pacific/Kiritimati"), "2026-11-20T00:00:00Z", 1), "2026-11-22T17:00:00Z +14");
    EXPECT_EQ(firings(of("monday 23:00", "Pacific/Pago_Pago"), "2026-11-20T00:00:00Z", 1), "2026-11-24T10:00:00Z SST");
}

TEST(Firings, ShiftOverWeekendsAndHolidays) {
    EXPECT_EQ(firings(of("26th of month 07:00", "America/Chicago", Shift::next), "2026-11-20T00:00:00Z", 2),
              "2026-11-27T13:00:00Z CST [Thanksgiving, 2026-11-26: next business day] | "
              "2026-12-28T13:00:00Z CST [weekend, 2026-12-26: next business day]");
    EXPECT_EQ(firings(of("26th of month 07:00", "America/Chicago", Shift::previous), "2026-12-01T00:00:00Z", 1),
              "2026-12-24T13:00:00Z CST [weekend, 2026-12-26: previous business day]");
    // Saturday, Sunday and Monday are one firing, in order, and it is Monday's.
    EXPECT_EQ(firings(of("every day 07:00", "UTC", Shift::next), "2026-11-20T08:00:00Z", 2),
              "2026-11-23T07:00:00Z UTC | 2026-11-24T07:00:00Z UTC");
    EXPECT_EQ(next_firings(of("every day 07:00", "UTC", Shift::next), parse_instant("2026-10-30T08:00:00Z").value(), 1)
                  .at(0)
                  .nominal,
              Date::of("2026-11-02"));
    // Shifted back past the moment asked for: the next one counts.
    EXPECT_EQ(firings(of("1st of month 07:00", "UTC", Shift::previous), "2026-12-31T08:00:00Z", 1),
              "2027-02-01T07:00:00Z UTC");
    EXPECT_EQ(firings(of("1st of month 07:00", "UTC", Shift::previous), "2026-12-31T06:00:00Z", 1),
              "2026-12-31T07:00:00Z UTC [New Year, 2027-01-01: previous business day]");
}

TEST(Firings, BetweenTwoMomentsAreThoseMissed) {
    auto const schedule = of("every day 07:00", "America/Chicago");
    auto const missed = firings_between(schedule, at("2026-03-06T13:00:00Z"), at("2026-03-10T12:00:00Z"), 100);
    ASSERT_EQ(missed.size(), 4u); // the first moment is excluded, the last included
    EXPECT_EQ(to_iso(missed.front().at), "2026-03-07T13:00:00Z");
    EXPECT_EQ(to_iso(missed.back().at), "2026-03-10T12:00:00Z");
    auto const newest = firings_between(schedule, at("2020-01-01T00:00:00Z"), at("2026-03-10T12:00:00Z"), 2);
    ASSERT_EQ(newest.size(), 2u);
    EXPECT_EQ(to_iso(newest.front().at), "2026-03-09T12:00:00Z");
    EXPECT_TRUE(firings_between(schedule, at("2026-03-10T12:00:00Z"), at("2026-03-10T12:00:00Z"), 9).empty());
}

TEST(Firings, AreInOrderAndNeverTwice) {
    for (char const* const when : {"*/7 * * * *", "every day 02:30", "last business day 07:00", "31st of month 01:30"})
        for (char const* const zone : {"America/Chicago", "Australia/Lord_Howe", "Africa/Casablanca"})
            for (Shift const shift : {Shift::none, Shift::next, Shift::previous}) {
                auto const all = next_firings(of(when, zone, shift), at("2026-02-20T00:00:00Z"), 60);
                ASSERT_EQ(all.size(), 60u);
                for (std::size_t i = 1; i < all.size(); ++i) ASSERT_LT(all[i - 1].at, all[i].at) << when << zone;
                // Asking again from any of them goes on with the next.
                ASSERT_EQ(next_firings(of(when, zone, shift), all[20].at, 1).front().at, all[21].at) << when << zone;
            }
}

TEST(Firings, MayEnd) {
    EXPECT_TRUE(next_firings(of("5th monday of month 07:00", "UTC"), at("2026-01-01T00:00:00Z"), 1).size() == 1);
    EXPECT_TRUE(local_time_is_known(at("2037-12-31T23:00:00Z")));
    EXPECT_FALSE(local_time_is_known(at("2038-01-01T00:00:00Z")));
}

} // namespace
} // namespace deckle::schedule
