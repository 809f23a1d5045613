// What hurts users of scheduled reports elsewhere: time zones, daylight saving, month ends.
#include "data/workspace.hpp"
#include "delivery/sending.hpp"
#include "made.hpp"
#include "service/plan.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::pains {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SchedulePain : public testing::Test {
protected:
    /// The next firings of a schedule, read from deckle.toml as the daemon reads it.
    std::vector<schedule::Firing> firings(std::string const& lines, char const* after, std::size_t count) {
        workspace = data::parse_workspace("[company]\nname = \"P\"\n[schedules.s]\nreport = \"cash-flow\"\n" + lines,
                                          folder.root, data::Catalogue());
        return schedule::next_firings(service::schedule_of(workspace, workspace.schedules.at("s")), at(after), count);
    }
    static std::vector<std::string> utc(std::vector<schedule::Firing> const& firings) {
        std::vector<std::string> list;
        for (auto const& f : firings) list.push_back(to_iso(f.at));
        return list;
    }

    tests::TestFolder folder;
    data::Workspace workspace;
};

TEST_F(SchedulePain, Pain06_TheWeekdayIsThatOfTheSchedulesZone) {
    // Monday morning in Auckland is Sunday evening in UTC; in Honolulu Monday evening is Tuesday morning in UTC.
    auto const auckland = firings("when = \"monday 07:00\"\nzone = \"Pacific/Auckland\"", "2026-11-04T00:00:00Z", 2);
    EXPECT_THAT(utc(auckland), ElementsAre("2026-11-08T18:00:00Z", "2026-11-15T18:00:00Z"));
    for (auto const& f : auckland) EXPECT_EQ(f.local.date.weekday(), Weekday::monday);
    auto const honolulu = firings("when = \"0 19 * * mon\"\nzone = \"Pacific/Honolulu\"", "2026-11-04T00:00:00Z", 1);
    EXPECT_THAT(utc(honolulu), ElementsAre("2026-11-10T05:00:00Z"));
    EXPECT_EQ(honolulu[0].nominal.weekday(), Weekday::monday);
    // The period is that of the local day: in Auckland it is December already.
    auto const month =
        firings("when = \"1st of month 06:00\"\nzone = \"Pacific/Auckland\"\nperiod = \"previous month\"",
                "2026-11-20T00:00:00Z", 1);
    EXPECT_THAT(utc(month), ElementsAre("2026-11-30T17:00:00Z"));
    EXPECT_EQ(service::period_of(workspace, workspace.schedules.at("s"), month[0]), "2026-11");
}

TEST_F(SchedulePain, Pain07_DaylightSavingNeitherShiftsNorSkipsAReport) {
    auto const summer_and_winter =
        firings("when = \"1st of month 07:00\"\nzone = \"America/New_York\"", "2026-01-01T00:00:00Z", 12);
    ASSERT_EQ(summer_and_winter.size(), 12u);
    for (auto const& f : summer_and_winter) EXPECT_EQ(f.local.hour, 7) << to_iso(f.at);
    // 02:30 does not exist on March 8, 2026, and comes twice on November 1.
    auto const gap = firings("when = \"every day 02:30\"\nzone = \"America/New_York\"", "2026-03-07T12:00:00Z", 2);
    EXPECT_THAT(utc(gap), ElementsAre("2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"));
    EXPECT_THAT(gap[0].notes, HasSubstr("clocks go forward"));
    auto const twice = firings("when = \"every day 01:30\"\nzone = \"America/New_York\"", "2026-10-31T12:00:00Z", 2);
    EXPECT_THAT(utc(twice), ElementsAre("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"));
    // The south has it the other way round.
    auto const sydney = firings("when = \"every day 02:30\"\nzone = \"Australia/Sydney\"", "2026-10-03T00:00:00Z", 2);
    EXPECT_THAT(utc(sydney), ElementsAre("2026-10-03T16:00:00Z", "2026-10-04T15:30:00Z"));
}

TEST_F(SchedulePain, Pain08_AfterTheBooksCloseIsABusinessDayAndNotADate) {
    write_file(folder.root / "us.txt", "01-01 New Year's Day\n1st monday of september Labor Day\n");
    auto const lines = "when = \"3rd business day after month end 07:00\"\nzone = \"America/Chicago\"\n"
                       "holidays = \"us.txt\"";
    auto const months = firings(lines, "2026-08-15T00:00:00Z", 6);
    std::vector<std::string> days, periods;
    for (auto const& f : months) {
        days.push_back(f.local.date.to_string());
        periods.push_back(service::period_of(workspace, workspace.schedules.at("s"), f));
    }
    // January 1 is a Friday and a holiday; September 7 is Labor Day, but the third day lies before it.
    EXPECT_THAT(days, ElementsAre("2026-09-03", "2026-10-05", "2026-11-04", "2026-12-03", "2027-01-06", "2027-02-03"));
    EXPECT_THAT(periods, ElementsAre("2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01"));
}

} // namespace
} // namespace deckle::pains
