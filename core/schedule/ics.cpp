// Holidays from iCalendar files, as public calendars publish them.
#include "base/error.hpp"
#include "schedule/calendar.hpp"
#include "schedule/ics_line.hpp"
#include "schedule/words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace deckle::schedule {
namespace {

/// "20261225", also the day of "20261225T000000Z"; nullopt for anything else.
std::optional<Date> date_of(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 8) return std::nullopt;
    return Date::parse(fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)));
}

struct Event {
    int line = 0;
    std::optional<Date> start, end; // end is the day after
    bool whole_days = true, cancelled = false;
    std::string summary = "Holiday";
    std::string rule;
    int rule_line = 0;
    std::set<Date> except, also;
    std::string id;              // UID
    std::optional<Date> instead; // RECURRENCE-ID: of the event with that id, this takes the place of that day
    std::optional<int> length;   // DURATION, in days
    bool from_midnight = false, to_midnight = false; // a local time of 00:00 stands for the day
};

/// "P3D", "P1W", also "P1DT0H0M0S"; nullopt for what is not whole days.
std::optional<int> days_of(std::string_view text) {
    if (!text.starts_with('P')) return std::nullopt;
    auto const time = text.find('T');
    if (time != std::string_view::npos && text.substr(time).find_first_of("123456789") != std::string_view::npos)
        return std::nullopt;
    text = text.substr(1, time == std::string_view::npos ? time : time - 1);
    if (text.empty()) return std::nullopt;
    int const n = whole_number(text.substr(0, text.size() - 1));
    if (n < 1 || (text.back() != 'D' && text.back() != 'W')) return std::nullopt;
    return text.back() == 'W' ? 7 * n : n;
}

/// RRULE of a yearly holiday (3.3.10): by date, or by the nth weekday of a month.
YearlyHoliday yearly(Event const& event, std::string const& file) {
    auto const refuse = [&](std::string const& why) -> Error {
        return {ErrorCode::usage,
                fmt::format("{} repeats by a rule that is not understood ({}): {}; write its days out", event.summary,
                            why, event.rule),
                {file, event.rule_line, 1}};
    };
    YearlyHoliday h;
    h.name = event.summary;
    h.month = event.start->month();
    h.day = event.start->day();
    h.first_year = event.start->year();
    bool yearly = false, month_named = false, day_named = false;
    int count = 0; // 0 = for ever
    for (auto const& part : split(event.rule, ';')) {
        auto const equals = std::min(part.find('='), part.size());
        std::string const key = upper(std::string_view(part).substr(0, equals));
        std::string const value = equals < part.size() ? upper(std::string_view(part).substr(equals + 1)) : "";
        if (key == "FREQ") {
            if (value != "YEARLY") throw refuse("FREQ=" + value);
            yearly = true;
        } else if (key == "BYMONTH") {
            int const month = whole_number(value);
            if (month < 1 || month > 12) throw refuse(part);
            h.month = static_cast<unsigned>(month);
            month_named = true;
        } else if (key == "BYMONTHDAY") {
            int const day = whole_number(value);
            if (day < 1 || day > 31) throw refuse(part);
            h.day = static_cast<unsigned>(day);
            day_named = true;
        } else if (key == "BYDAY") {
            static constexpr std::string_view names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
            std::string_view const day = std::string_view(value).substr(value.size() < 2 ? 0 : value.size() - 2);
            std::string_view nth = std::string_view(value).substr(0, value.size() - day.size());
            bool const from_end = nth.starts_with('-');
            if (nth.starts_with('-') || nth.starts_with('+')) nth.remove_prefix(1);
            int const n = whole_number(nth);
            auto const* const found = std::find(std::begin(names), std::end(names), day);
            if (found == std::end(names) || n < 1 || n > 5 || (from_end && n != 1)) throw refuse(part);
            h.weekday = static_cast<Weekday>(found - std::begin(names) + 1);
            h.nth = from_end ? -1 : n;
            h.day = 0;
        } else if (key == "UNTIL") {
            auto const until = date_of(value);
            if (!until) throw refuse(part);
            h.last_year = until->year();
            if (auto const last = h.in(h.last_year); last && *last > *until) --h.last_year;
        } else if (key == "COUNT") {
            count = whole_number(value);
            if (count < 1) throw refuse(part);
        } else if (key == "INTERVAL" ? value != "1" : key != "WKST")
            throw refuse(part);
    }
    if (!yearly) throw refuse("no FREQ");
    if (h.nth != 0 && !month_named) throw refuse("BYDAY without BYMONTH");
    if (h.nth != 0 && day_named) throw refuse("BYDAY with BYMONTHDAY");
    if (count > 0) { // years that have no such day do not count
        int year = h.first_year - 1;
        for (int left = count; left > 0 && year < h.first_year + 1000;)
            if (++year; h.in(year)) --left;
        h.last_year = year;
    }
    return h;
}

void add_event(Calendar& calendar, Event const& event, std::string const& file) {
    if (event.cancelled || !event.whole_days) return;
    if (!event.start)
        throw Error(ErrorCode::usage, fmt::format("{} has no DTSTART", event.summary), {file, event.line, 1});
    int const days = event.end && *event.end > *event.start ? *event.end - *event.start : event.length.value_or(1);
    if (days > 366)
        throw Error(ErrorCode::usage, fmt::format("{} lasts more than a year", event.summary), {file, event.line, 1});
    if (event.rule.empty()) {
        for (int i = 0; i < days && !event.except.contains(*event.start); ++i)
            calendar.add(*event.start + i, event.summary);
    } else {
        YearlyHoliday const rule = yearly(event, file);
        if (days == 1 && event.except.empty())
            calendar.add(rule);
        else // written out: it has exceptions or several days
            for (int year = rule.first_year; year <= std::min(rule.last_year, rule.first_year + 200); ++year)
                if (auto const day = rule.in(year); day && !event.except.contains(*day))
                    for (int i = 0; i < days; ++i) calendar.add(*day + i, event.summary);
    }
    for (Date const day : event.also)
        for (int i = 0; i < days && !event.except.contains(day); ++i) calendar.add(day + i, event.summary);
}

} // namespace

Calendar Calendar::from_ics(std::string_view text, std::string const& file) {
    Calendar calendar;
    std::optional<Event> event;
    int inside = 0; // components within the event, such as alarms
    bool any = false, whole = false;
    std::vector<Event> events;
    for (auto const& [number, content] : unfolded(text)) {
        Line const line = parsed(number, content);
        auto const day = [&] { // and whether it stands as its midnight
            auto const date = date_of(line.value);
            if (!date) throw Error(ErrorCode::usage, fmt::format("'{}' is no date", line.value), {file, number, 1});
            bool const at_midnight = line.value.size() == 15 && line.value.ends_with("T000000");
            if (trimmed(line.value).size() != 8 && !at_midnight) event->whole_days = false;
            return std::pair(*date, at_midnight);
        };
        if (line.name == "BEGIN" && upper(line.value) == "VCALENDAR") any = true;
        if (line.name == "END" && upper(line.value) == "VCALENDAR") whole = true;
        if (line.name == "BEGIN" && upper(line.value) == "VEVENT") {
            event = Event{};
            event->line = number;
        } else if (line.name == "END" && upper(line.value) == "VEVENT") {
            if (event) events.push_back(std::move(*event));
            event.reset();
        } else if (!event)
            continue;
        else if (line.name == "BEGIN")
            ++inside;
        else if (line.name == "END")
            --inside;
        else if (inside > 0)
            continue;
        else if (line.name == "DTSTART")
            std::tie(event->start, event->from_midnight) = day();
        else if (line.name == "DTEND")
            std::tie(event->end, event->to_midnight) = day();
        else if (line.name == "UID")
            event->id = line.value;
        else if (line.name == "RECURRENCE-ID")
            event->instead = date_of(line.value);
        else if (line.name == "DURATION")
            event->length = days_of(upper(line.value));
        else if (line.name == "SUMMARY")
            event->summary = unescaped(line.value);
        else if (line.name == "STATUS")
            event->cancelled = upper(line.value) == "CANCELLED";
        else if (line.name == "RRULE") {
            event->rule = line.value;
            event->rule_line = number;
        } else if (line.name == "EXDATE" || line.name == "RDATE")
            for (auto const& part : split(line.value, ','))
                if (auto const date = date_of(part))
                    (line.name == "EXDATE" ? event->except : event->also).insert(*date);
    }
    if (!any) throw Error(ErrorCode::usage, "is no iCalendar file: it has no BEGIN:VCALENDAR", {file, 1, 1});
    if (!whole) throw Error(ErrorCode::usage, "is cut off: it has no END:VCALENDAR", {file, 1, 1});
    for (auto const& moved : events)
        if (moved.instead)
            for (auto& of : events)
                if (!of.instead && of.id == moved.id) of.except.insert(*moved.instead);
    for (auto& e : events) {
        bool const to_midnight = e.to_midnight || (e.from_midnight && e.length);
        if (e.from_midnight != to_midnight) e.whole_days = false; // a meeting that begins or ends at midnight
        add_event(calendar, e, file);
    }
    return calendar;
}

} // namespace deckle::schedule
