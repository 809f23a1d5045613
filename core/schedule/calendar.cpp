#include "schedule/calendar.hpp"
#include "base/error.hpp"
#include "schedule/words.hpp"
#include <fmt/format.h>

namespace deckle::schedule {

std::optional<Date> YearlyHoliday::in(int year) const {
    if (year < first_year || year > last_year) return std::nullopt;
    if (day != 0) return Date::from_ymd(year, month, day);
    auto const start = Date::from_ymd(year, month, 1);
    return start ? nth_weekday(*start, weekday, nth) : std::nullopt;
}

void Calendar::add(Date day, std::string name) {
    days_.try_emplace(day, std::move(name));
}

std::optional<std::string> Calendar::holiday(Date day) const {
    if (auto const found = days_.find(day); found != days_.end()) return found->second;
    for (YearlyHoliday const& h : yearly_)
        if (h.month == day.month() && h.in(day.year()) == day) return h.name;
    return std::nullopt;
}

Date Calendar::search(Date day, int step) const {
    for (int i = 0; i < 366; ++i, day = day + step)
        if (is_business_day(day)) return day;
    throw Error(ErrorCode::usage,
                fmt::format("the holiday calendar leaves no business day in the year around {}", day.to_string()));
}

Date Calendar::business_day_from(Date day) const {
    return search(day, 1);
}
Date Calendar::business_day_until(Date day) const {
    return search(day, -1);
}

Date Calendar::nth_business_day(Date from, int n) const {
    Date day = search(from, 1);
    for (; n > 1; --n) day = search(day + 1, 1);
    return day;
}

Date Calendar::nth_last_business_day(Date until, int n) const {
    Date day = search(until, -1);
    for (; n > 1; --n) day = search(day - 1, -1);
    return day;
}

namespace {

/// "12-25"
std::optional<YearlyHoliday> month_day(std::string_view word) {
    if (word.size() != 5 || word[2] != '-') return std::nullopt;
    int const month = whole_number(word.substr(0, 2)), day = whole_number(word.substr(3));
    if (!Date::from_ymd(2024, static_cast<unsigned>(month), static_cast<unsigned>(day))) return std::nullopt; // leap
    YearlyHoliday h;
    h.month = static_cast<unsigned>(month);
    h.day = static_cast<unsigned>(day);
    return h;
}

/// "4th thursday of november"
std::optional<YearlyHoliday> nth_of_month(std::vector<std::string> const& words) {
    if (words.size() < 4 || words[2] != "of") return std::nullopt;
    auto const nth = parse_ordinal(words[0]);
    auto const weekday = parse_weekday(words[1]);
    auto const month = parse_month(words[3]);
    if (!nth || *nth > 5 || !weekday || !month) return std::nullopt;
    YearlyHoliday h;
    h.month = *month;
    h.nth = *nth;
    h.weekday = *weekday;
    return h;
}

/// The text behind the first n words.
std::string name_after(std::string_view line, int n) {
    for (; n > 0; --n) {
        line = trimmed(line);
        line.remove_prefix(std::min(line.find_first_of(" \t"), line.size()));
    }
    line = trimmed(line);
    return line.empty() ? "Holiday" : std::string(line);
}

} // namespace

Calendar Calendar::from_text(std::string_view text, std::string const& file) {
    Calendar calendar;
    for (int number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = trimmed(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        auto const words = words_of(line);
        if (auto const day = Date::parse(words[0]))
            calendar.add(*day, name_after(line, 1));
        else if (auto fixed = month_day(words[0])) {
            fixed->name = name_after(line, 1);
            calendar.add(std::move(*fixed));
        } else if (auto nth = nth_of_month(words)) {
            nth->name = name_after(line, 4);
            calendar.add(std::move(*nth));
        } else
            throw Error(
                ErrorCode::usage,
                fmt::format("'{}' is no holiday: write \"2026-12-24 Name\", \"12-25 Name\" or \"4th thursday of "
                            "november Name\"",
                            line),
                {file, number, 1});
    }
    return calendar;
}

} // namespace deckle::schedule
