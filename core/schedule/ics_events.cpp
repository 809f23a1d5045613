#include "schedule/ics_events.hpp"
#include "schedule/ics_line.hpp"

namespace deckle::schedule {
namespace {

/// "20261225" and "20261225T075900Z".
bool read_start(std::string const& text, CalendarEvent& event) {
    if (text.size() < 8) return false;
    std::string const day = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
    auto const date = Date::parse(day);
    if (!date) return false;
    event.day = *date;
    if (text.size() == 8) return true;
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return false;
    event.at = parse_instant(day + "T" + text.substr(9, 2) + ":" + text.substr(11, 2) + ":" + text.substr(13, 2) + "Z");
    return event.at.has_value();
}

} // namespace

std::vector<CalendarEvent> calendar_events(std::string_view ics, std::size_t& unread) {
    std::vector<CalendarEvent> events;
    std::vector<std::string> open; // BEGIN without END: VCALENDAR, VEVENT, VALARM
    CalendarEvent event;
    bool readable = false;
    for (auto const& [number, text] : unfolded(ics)) {
        auto const line = parsed(number, text);
        if (line.name == "BEGIN") {
            open.push_back(upper(line.value));
            if (open.back() != "VEVENT") continue;
            event = {};
            readable = false;
        } else if (line.name == "END" && !open.empty()) {
            bool const ended = open.back() == "VEVENT";
            open.pop_back();
            if (ended && readable) events.push_back(event);
            if (ended && !readable) ++unread;
        } else if (!open.empty() && open.back() == "VEVENT") {
            if (line.name == "UID") event.uid = unescaped(line.value);
            if (line.name == "SUMMARY") event.summary = unescaped(line.value);
            if (line.name == "DESCRIPTION") event.description = unescaped(line.value, '\n');
            if (line.name == "X-DECKLE-DUE") event.stated = unescaped(line.value);
            if (line.name == "DTSTART") readable = read_start(line.value, event);
        }
    }
    return events;
}

} // namespace deckle::schedule
