#include "scratch.hpp"
#include <gmock/gmock.h>

namespace deckle::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Workspace parsed(std::string const& toml) {
    return parse_workspace("[company]\nname = \"Prairie\"\n[packs.monthly]\nreports = [\"cash-flow\"]\n" + toml,
                           "/nowhere", small_catalogue());
}

TEST(ReminderSettings, WithoutTheTableThereAreNone) {
    EXPECT_FALSE(parsed("").reminders);
    auto const plain = parsed("[reminders]\n").reminders;
    ASSERT_TRUE(plain);
    EXPECT_THAT(plain->days, ElementsAre(30, 14, 7, 1, 0));
    EXPECT_EQ(plain->hour, 8);
    EXPECT_THAT(plain->calendars, ElementsAre("compliance-status"));
}

TEST(ReminderSettings, EveryKeyIsRead) {
    auto const r =
        *parsed("[reminders]\ndays = [7, 60, 7, 0]\nat = \"17:45\"\nto = [\"a@b.example\"]\n"
                "channel = \"teams\"\ncalendars = []\n[delivery.channels.teams]\nkind = \"folder\"\npath = \"out\"\n")
             .reminders;
    EXPECT_THAT(r.days, ElementsAre(60, 7, 0));
    EXPECT_EQ(r.hour * 60 + r.minute, 17 * 60 + 45);
    EXPECT_THAT(r.to, ElementsAre("a@b.example"));
    EXPECT_EQ(r.channel, "teams");
    EXPECT_TRUE(r.calendars.empty());
}

TEST(ReminderSettings, MistakesAreNamedWithTheirPlace) {
    auto const of = [](std::string const& line) { return error_of([&] { (void)parsed("[reminders]\n" + line); }); };
    EXPECT_THAT(of("days = [30, -1]"), HasSubstr("deckle.toml:6:1: [reminders] days is a list of whole numbers"));
    EXPECT_THAT(of("days = []"), HasSubstr("[reminders] days is a list"));
    for (char const* at : {"8:00", "24:00", "08:60", "08.00", "-1:00"})
        EXPECT_THAT(of("at = \"" + std::string(at) + "\""), HasSubstr("is no time of day such as \"08:00\""));
    EXPECT_THAT(of("to = \"owner\""), HasSubstr("'owner' is no mail address"));
    EXPECT_THAT(of("channel = \"teams\""), HasSubstr("there is no [delivery.channels.teams]"));
    EXPECT_THAT(of("to = \"a@other.example\"\n[delivery]\nallow = [\"prairie.example\"]"),
                HasSubstr("a@other.example is in no domain of [delivery] allow"));
    EXPECT_THAT(of("[delivery]\nnotice_channel = \"hook\""), HasSubstr("there is no [delivery.channels.hook]"));
    EXPECT_THAT(of("day = [1]"), HasSubstr("did you mean 'days'?"));
}

TEST(ScheduleSettings, WatchSaysWhatCountsAsChanged) {
    auto const of = [](std::string const& watch) {
        return *parsed("[schedules.s]\npack = \"monthly\"\nwhen = \"every day 07:00\"\nwatch = " + watch)
                    .schedules.at("s")
                    .watch;
    };
    EXPECT_EQ(of("{ periods = 6, threshold = \"1.5%\", amount = \"500\" }").threshold, Decimal::of("0.015"));
    EXPECT_EQ(of("{ periods = 6, threshold = \"1.5%\", amount = \"500\" }").amount, Decimal::of("500"));
    EXPECT_EQ(of("{ periods = 6 }").periods, 6);
    EXPECT_EQ(of("{}").periods, 3);
    EXPECT_TRUE(of("{}").threshold.is_zero());
    auto const wrong = [&](std::string const& watch) { return error_of([&] { (void)of(watch); }); };
    EXPECT_THAT(wrong("{ threshold = \"-1%\" }"), HasSubstr("threshold = \"-1\" is none such as"));
    EXPECT_THAT(wrong("{ amount = \"much\" }"), HasSubstr("amount = \"much\" is none such as"));
    EXPECT_THAT(wrong("{ periods = 0 }"), HasSubstr("deckle.toml:8:"));
    EXPECT_THAT(wrong("{ period = 1 }"), HasSubstr("did you mean 'periods'?"));
}

} // namespace
} // namespace deckle::data
