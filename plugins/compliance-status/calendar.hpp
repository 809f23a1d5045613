/// The days that matter: deadlines, expiries, renewals, windows that open, tests.
#pragma once
#include "status.hpp"

namespace compliance {

enum class EventKind { due, expires, window_opens, certificate_ends, program_renews, control_test };

struct Event {
    Date date;
    std::optional<deckle::Moment> at; // where a time is stated
    EventKind kind = EventKind::due;
    std::string id; // stable: kind, requirement (or other record), person
    std::string what, person, program, owner, note;
    std::string stated = {}; // of a moment: Requirement::due_stated
};

/// From the as-of date on, by date, then id. What is late is in no calendar: it stands in the report.
[[nodiscard]] std::vector<Event> events(Records const& records, std::vector<Item> const& items, Date as_of);

/// 30, 60 or 90: the band of a day up to 90 days ahead (the 90th included); 0 outside.
[[nodiscard]] int band(Date day, Date as_of);

} // namespace compliance
