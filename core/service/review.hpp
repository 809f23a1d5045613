/// A person looks before anything leaves.
#pragma once
#include "base/zone.hpp"
#include "data/schedule_settings.hpp"
#include <optional>
#include <string>

namespace deckle::service {

/// When it goes out by itself: the next such time of day after `made` in the schedule's zone, by the rules of
/// from_local() where clocks change. nullopt when a person has to release it, and without review.
[[nodiscard]] std::optional<Instant> review_until(data::Schedule const& schedule, Instant made);

/// "waits until a person releases it", "waits for a person until 10:00, then goes out"; empty without review.
[[nodiscard]] std::string review_words(data::Schedule const& schedule);

} // namespace deckle::service
