#include "base/error.hpp"
#include "base/zone.hpp"
#include <deckle/deadline.hpp>
#include <gtest/gtest.h>

namespace deckle {
namespace {

Clocks clocks_of(std::string const& zone) {
    Clocks clocks;
    for (ZoneOffset const& o :
         zone_offsets(zone, *parse_instant("2009-01-01T00:00:00Z"), *parse_instant("2030-01-01T00:00:00Z")))
        clocks.add(o.from, o.minutes);
    return clocks;
}

std::string at(std::string const& day, std::string const& stated, std::string const& zone = "America/Chicago") {
    auto const d = parse_deadline(Date::of(day), stated, clocks_of(zone));
    return d ? to_iso(d->at) + " " + d->date.to_string() : "not a time";
}

TEST(ZoneOffsets, AreThoseOfTheZone) {
    auto const list =
        zone_offsets("America/Chicago", *parse_instant("2026-01-01T00:00:00Z"), *parse_instant("2027-01-01T00:00:00Z"));
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(to_iso(list[0].from), "2026-01-01T00:00:00Z");
    EXPECT_EQ(list[0].minutes, -360);
    EXPECT_EQ(to_iso(list[1].from), "2026-03-08T08:00:00Z");
    EXPECT_EQ(list[1].minutes, -300);
    EXPECT_EQ(to_iso(list[2].from), "2026-11-01T07:00:00Z");
    EXPECT_EQ(
        zone_offsets("UTC", *parse_instant("2026-01-01T00:00:00Z"), *parse_instant("2027-01-01T00:00:00Z")).size(), 1U);
    EXPECT_THROW((void)zone_offsets("Mars/Base", Instant{}, Instant{}), Error);
}

// The moments and days that the zone data gives, over a year of hours.
TEST(Clocks, AgreeWithTheZoneData) {
    for (char const* zone : {"America/Chicago", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"}) {
        Clocks const clocks = clocks_of(zone);
        for (Instant t = *parse_instant("2026-01-01T00:30:00Z"); t < *parse_instant("2027-01-01T00:00:00Z");
             t += std::chrono::hours(1)) {
            LocalTime const local = to_local(t, zone);
            ASSERT_EQ(clocks.date(t), local.date) << zone << " " << to_iso(t);
            ASSERT_EQ(clocks.moment(local.date, local.hour * 60 + local.minute),
                      from_local(local.date, local.hour, local.minute, 0, zone))
                << zone << " " << to_iso(t);
        }
    }
}

TEST(Deadline, ElevenFiftyNinePacificIsTheNextDayInChicago) {
    EXPECT_EQ(at("2026-11-20", "11:59 PM PST"), "2026-11-21T07:59:00Z 2026-11-21");
    EXPECT_EQ(at("2026-11-20", "11:59 PM PST", "America/Los_Angeles"), "2026-11-21T07:59:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "12:30 AM EST"), "2026-11-20T05:30:00Z 2026-11-19");
    EXPECT_EQ(at("2026-11-20", "5:00 PM PST", "Asia/Tokyo"), "2026-11-21T01:00:00Z 2026-11-21");
}

TEST(Deadline, WordsAndForms) {
    EXPECT_EQ(at("2026-11-20", "5:00 PM CST"), "2026-11-20T23:00:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "5 p.m. Central"), "2026-11-20T23:00:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "17:00"), "2026-11-20T23:00:00Z 2026-11-20");
    EXPECT_EQ(at("2026-07-20", "17:00"), "2026-07-20T22:00:00Z 2026-07-20");
    EXPECT_EQ(at("2026-07-20", "5 PM PT"), "2026-07-21T00:00:00Z 2026-07-20");
    EXPECT_EQ(at("2026-07-20", "5 PM PST"), "2026-07-21T01:00:00Z 2026-07-20");
    EXPECT_EQ(at("2026-11-20", "noon ET"), "2026-11-20T17:00:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "12 PM ET"), "2026-11-20T17:00:00Z 2026-11-20");
    EXPECT_EQ(at("2017-05-01", "midnight US Eastern"), "2017-05-02T04:00:00Z 2017-05-01");
    EXPECT_EQ(at("2026-11-20", "midnight"), "2026-11-21T06:00:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "23:59:59 UTC+05:30"), "2026-11-20T18:29:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "09:00 -0500"), "2026-11-20T14:00:00Z 2026-11-20");
    EXPECT_EQ(at("2026-11-20", "17:00 Z"), "2026-11-20T17:00:00Z 2026-11-20");
}

TEST(Deadline, AmericanDaylightSavingTimeBeginsAndEndsOnItsSundays) {
    EXPECT_EQ(at("2026-03-07", "noon PT"), "2026-03-07T20:00:00Z 2026-03-07");
    EXPECT_EQ(at("2026-03-08", "noon PT"), "2026-03-08T19:00:00Z 2026-03-08");
    EXPECT_EQ(at("2026-10-31", "noon PT"), "2026-10-31T19:00:00Z 2026-10-31");
    EXPECT_EQ(at("2026-11-01", "noon PT"), "2026-11-01T20:00:00Z 2026-11-01");
}

TEST(Deadline, WhatIsNoTimeIsSaid) {
    for (char const* text : {"", "soon", "25:00", "13 PM", "0 AM", "5:60 PM", "5 PM XYZ", "5 PM +99", "24:30", "PST"})
        EXPECT_EQ(at("2026-11-20", text), "not a time") << text;
}

} // namespace
} // namespace deckle
