/// The calendar as an iCalendar file (RFC 5545): all-day events, or moments where a time is stated, with reminders
/// 30, 7 and 1 days before. A moment's day and time as they were stated are in its X-DECKLE-DUE.
#pragma once
#include "calendar.hpp"

namespace compliance {

struct IcsOptions {
    std::string company;
    deckle::Moment stamp; // DTSTAMP: when the report was made
};

/// Text of a property value: backslash, semicolon, comma and line breaks escaped; other control characters left out.
[[nodiscard]] std::string ics_escape(std::string_view text);
/// One content line with CRLF, folded after at most 75 octets, never inside a character.
[[nodiscard]] std::string ics_fold(std::string_view line);
/// The same bytes for the same events. An event keeps its UID when its date moves, so that calendars move it too.
[[nodiscard]] std::string ics(std::vector<Event> const& events, IcsOptions const& options);
/// The event's heading: "Risk questionnaire is due (Print and PC partner)".
[[nodiscard]] std::string headline(Event const& event);

} // namespace compliance
