#include "service/review.hpp"
#include <fmt/format.h>

namespace deckle::service {

using data::Review;

std::optional<Instant> review_until(data::Schedule const& schedule, Instant made) {
    auto const& review = schedule.review;
    if (review.mode != Review::Mode::optional) return std::nullopt;
    Date day = to_local(made, schedule.zone).date;
    while (true) {
        Instant const at = from_local(day, review.hour, review.minute, 0, schedule.zone);
        if (at > made) return at;
        day = day + 1;
    }
}

std::string review_words(data::Schedule const& schedule) {
    switch (schedule.review.mode) {
    case Review::Mode::none:
        return {};
    case Review::Mode::required:
        return "waits until a person releases it";
    case Review::Mode::optional:
        return fmt::format("waits for a person until {:02}:{:02}, then goes out", schedule.review.hour,
                           schedule.review.minute);
    }
    return {};
}

} // namespace deckle::service
