/// What a calendar file says is to come, as the reports write them.
// https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1
#pragma once
#include "base/zone.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::schedule {

struct CalendarEvent {
    std::string uid, summary;
    std::string description; // may have several lines
    Date day;                // of a whole-day event; of a moment its day in UTC
    std::optional<Instant> at;
    std::string stated; // of a moment, day and time in its own zone: "2026-11-30 11:59 PM PST" (X-DECKLE-DUE); or empty
};

/// In the order of the file; events without a start that can be read are left out and counted in `unread`.
[[nodiscard]] std::vector<CalendarEvent> calendar_events(std::string_view ics, std::size_t& unread);

} // namespace deckle::schedule
