#include "base/error.hpp"
#include "schedule/when.hpp"
#include "schedule/words.hpp"
#include <bitset>
#include <fmt/format.h>

namespace deckle::schedule {
namespace {

struct Field {
    char const* name;
    int least, most;
};
constexpr Field fields[] = {
    {"minute", 0, 59}, {"hour", 0, 23}, {"day of month", 1, 31}, {"month", 1, 12}, {"day of week", 0, 7}};
using Set = std::bitset<64>;

int value_of(std::string_view text, Field const& field) {
    if (int const n = whole_number(text); n >= field.least && n <= field.most) return n;
    if (field.most == 12)
        if (auto const month = parse_month(text)) return static_cast<int>(*month);
    if (field.most == 7)
        if (auto const day = parse_weekday(text)) return static_cast<int>(*day) % 7;
    throw Error(ErrorCode::usage,
                fmt::format("'{}' is no {} of cron ({} to {})", text, field.name, field.least, field.most));
}

/// "*", "*/5", "1-5", "mon-fri", "8-18/2", "1,15"
Set parse_field(std::string_view text, Field const& field) {
    Set set;
    for (;;) {
        auto const comma = std::min(text.find(','), text.size());
        std::string_view part = text.substr(0, comma);
        int step = 1;
        auto const slash = part.find('/');
        if (slash != std::string_view::npos) {
            step = whole_number(part.substr(slash + 1));
            if (step < 1) throw Error(ErrorCode::usage, fmt::format("'{}' has no step of 1 or more", part));
            part = part.substr(0, slash);
        }
        int first = field.least, last = field.most;
        if (part != "*") {
            auto const dash = part.find('-', 1);
            first = value_of(part.substr(0, dash), field);
            last = dash != std::string_view::npos    ? value_of(part.substr(dash + 1), field)
                   : slash != std::string_view::npos ? field.most
                                                     : first;
            if (last < first && field.most == 7 && last == 0) last = 7; // fri-sun
            if (last < first) throw Error(ErrorCode::usage, fmt::format("'{}' runs backwards", part));
        }
        for (int n = first; n <= last; n += step) set.set(static_cast<std::size_t>(n));
        if (comma == text.size()) return set;
        text.remove_prefix(comma + 1);
    }
}

} // namespace

std::optional<Cron> parse_cron(std::string_view text) {
    std::vector<std::string> words;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        auto const end = std::min(text.find_first_of(" \t"), text.size());
        words.push_back(lower(text.substr(0, end)));
        text.remove_prefix(end);
    }
    bool const like_cron = words.size() == 5 && words[0].find_first_not_of("0123456789*/,-") == std::string::npos &&
                           words[1].find_first_not_of("0123456789*/,-") == std::string::npos;
    if (!like_cron) return std::nullopt;
    Set set[5];
    for (std::size_t i = 0; i < 5; ++i) set[i] = parse_field(words[i], fields[i]);
    if (set[4].test(7)) set[4].set(0);
    bool const any_day = words[2].starts_with('*'), any_weekday = words[4].starts_with('*');
    bool const reachable = any_weekday == false || [&] {
        for (unsigned month = 1; month <= 12; ++month)
            for (unsigned day = 1; day <= Date::from_ymd(2024, month, 1)->last_of_month().day(); ++day)
                if (set[3].test(month) && set[2].test(day)) return true;
        return false;
    }();
    if (!reachable) throw Error(ErrorCode::usage, "no month has such a day");
    Cron cron;
    for (int hour = 0; hour < 24; ++hour)
        for (int minute = 0; minute < 60; ++minute)
            if (set[1].test(static_cast<std::size_t>(hour)) && set[0].test(static_cast<std::size_t>(minute)))
                cron.times.push_back({hour, minute});
    cron.fires_on = [days = set[2], months = set[3], weekdays = set[4], any_day, any_weekday](Date day) {
        if (!months.test(day.month())) return false;
        bool const by_day = days.test(day.day());
        bool const by_weekday = weekdays.test(static_cast<std::size_t>(day.weekday()) % 7);
        return any_day || any_weekday ? by_day && by_weekday : by_day || by_weekday;
    };
    return cron;
}

} // namespace deckle::schedule
