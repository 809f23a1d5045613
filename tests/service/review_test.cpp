#include "product.hpp"
#include "service/review.hpp"

namespace deckle::service {
namespace {

using Mode = data::Review::Mode;

std::string until(char const* zone, int hour, int minute, char const* made) {
    data::Schedule schedule = schedule_of_report();
    schedule.zone = zone;
    schedule.review = {Mode::optional, hour, minute};
    return to_iso(review_until(schedule, at(made)).value());
}

TEST(Review, OnlyAnOptionalOneEndsByItself) {
    auto schedule = schedule_of_report();
    EXPECT_EQ(review_until(schedule, at("2026-11-04T13:00:00Z")), std::nullopt);
    EXPECT_EQ(review_words(schedule), "");
    schedule.review.mode = Mode::required;
    EXPECT_EQ(review_until(schedule, at("2026-11-04T13:00:00Z")), std::nullopt);
    EXPECT_EQ(review_words(schedule), "waits until a person releases it");
    schedule.review = {Mode::optional, 9, 5};
    EXPECT_EQ(review_words(schedule), "waits for a person until 09:05, then goes out");
}

TEST(Review, ItEndsAtTheNextSuchTimeInTheSchedulesZone) {
    EXPECT_EQ(until("America/Chicago", 10, 0, "2026-11-04T13:00:00Z"), "2026-11-04T16:00:00Z");
    EXPECT_EQ(until("America/Chicago", 10, 0, "2026-11-04T16:00:00Z"), "2026-11-05T16:00:00Z"); // not at once
    EXPECT_EQ(until("America/Chicago", 7, 0, "2026-11-05T03:00:00Z"), "2026-11-05T13:00:00Z");  // still the 4th there
    EXPECT_EQ(until("Asia/Kolkata", 10, 0, "2026-11-04T13:00:00Z"), "2026-11-05T04:30:00Z");
}

TEST(Review, ClocksThatChangeMeanwhileCount) {
    EXPECT_EQ(until("America/Chicago", 10, 0, "2026-10-31T16:00:00Z"), "2026-11-01T16:00:00Z"); // back: 25 hours later
    EXPECT_EQ(until("America/Chicago", 2, 30, "2026-03-08T07:00:00Z"), "2026-03-08T08:00:00Z"); // a gap: its end
    EXPECT_EQ(until("America/Chicago", 1, 30, "2026-11-01T05:00:00Z"), "2026-11-01T06:30:00Z"); // twice: the first
    EXPECT_EQ(until("America/Chicago", 1, 30, "2026-11-01T06:45:00Z"), "2026-11-02T07:30:00Z"); // that is over
    EXPECT_EQ(until("Australia/Sydney", 10, 0, "2026-10-03T00:30:00Z"), "2026-10-03T23:00:00Z");
}

} // namespace
} // namespace deckle::service
