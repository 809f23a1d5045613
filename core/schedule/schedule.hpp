/// A schedule and its next firings. No clock and no threads: moments come in.
#pragma once
#include "base/zone.hpp"
#include "schedule/when.hpp"
#include <string>
#include <vector>

namespace deckle::schedule {

/// What happens to a firing on a day that is no business day.
enum class Shift { none, next, previous };

struct Schedule {
    When when;
    std::string zone = "UTC"; // IANA
    Calendar calendar;
    Shift shift = Shift::none;
};

struct Firing {
    Instant at{};
    Date nominal;      // the day the rule names
    LocalTime local;   // in the schedule's zone, as the clock reads at `at`
    std::string notes; // why it is not at the nominal day and time: "Thanksgiving: next business day"; may be empty
};

/// The firings after `after`, in time order, none twice. A time that daylight saving leaves out fires at the first
/// moment after the gap, one that comes twice at the first of the two. Days that are shifted to one are one firing: of
/// that day itself when the rule names it, else of the latest of them. Fewer than `count` when none is left within ten
/// years.
[[nodiscard]] std::vector<Firing> next_firings(Schedule const& schedule, Instant after, std::size_t count);

/// The firings in (after, until], oldest first, at most the newest `most`: what was missed while nothing ran.
[[nodiscard]] std::vector<Firing> firings_between(Schedule const& schedule, Instant after, Instant until,
                                                  std::size_t most);

/// Zone rules are known until 2037; later local times are not to be shown.
[[nodiscard]] bool local_time_is_known(Instant at);

} // namespace deckle::schedule
