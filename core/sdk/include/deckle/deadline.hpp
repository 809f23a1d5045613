/// Deadlines as people write them ("11:59 PM PST") as moments, and the calendar day they fall on at the company.
/// Header-only, shared by plugins and host; needs no zone data of its own: the request brings the company's offsets.
#pragma once
#include "date.hpp"
#include <array>
#include <cctype>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle {

using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// How far the company's clocks are from UTC, from one change to the next.
class Clocks {
public:
    /// In order of time; before the first and after the last change their offsets hold. None at all: UTC.
    void add(Moment from, int minutes) { changes_.emplace_back(from, minutes); }

    /// Minutes east of UTC.
    [[nodiscard]] int offset(Moment at) const {
        int minutes = changes_.empty() ? 0 : changes_.front().second;
        for (auto const& [from, offset] : changes_)
            if (from <= at) minutes = offset;
        return minutes;
    }
    [[nodiscard]] Date date(Moment at) const {
        auto const day = std::chrono::floor<std::chrono::days>(at + std::chrono::minutes(offset(at)));
        return Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
    }
    /// The moment of a wall-clock time, `minutes` after midnight; in an overlap the earlier one.
    [[nodiscard]] Moment moment(Date day, int minutes) const {
        Moment const wall = utc(day, minutes);
        Moment const early = wall - std::chrono::minutes(offset(wall - std::chrono::hours(24)));
        return early + std::chrono::minutes(offset(early)) == wall ? early : wall - std::chrono::minutes(offset(early));
    }
    [[nodiscard]] static Moment utc(Date day, int minutes) {
        return Moment(std::chrono::days(day.days())) + std::chrono::minutes(minutes);
    }

private:
    std::vector<std::pair<Moment, int>> changes_;
};

struct Deadline {
    Moment at;
    Date date;                    // last calendar day, at the company, on which something can still be done
    std::optional<int> east = {}; // minutes east of UTC of the zone stated with it; absent: the company's
};

namespace detail {

/// Sundays of the United States' daylight saving time (since 2007): second of March to first of November.
inline bool us_daylight(Date day) {
    auto sunday = [&](unsigned month, int week) {
        Date const first = *Date::from_ymd(day.year(), month, 1);
        return first + (7 - static_cast<int>(first.weekday())) % 7 + 7 * (week - 1);
    };
    return day >= sunday(3, 2) && day < sunday(11, 1);
}

/// Minutes east of UTC of a zone as people abbreviate it, in capitals without blanks; nullopt when it is not known.
/// PST and PDT are taken as written, PT and PACIFIC by the day.
inline std::optional<int> zone_minutes(std::string_view zone, Date day) {
    struct Fixed {
        std::string_view name;
        int hours;
    };
    static constexpr std::array fixed = {
        Fixed{"Z", 0},     Fixed{"UTC", 0},   Fixed{"GMT", 0},   Fixed{"WET", 0},   Fixed{"BST", 1},  Fixed{"CET", 1},
        Fixed{"CEST", 2},  Fixed{"EET", 2},   Fixed{"EEST", 3},  Fixed{"JST", 9},   Fixed{"EST", -5}, Fixed{"EDT", -4},
        Fixed{"CST", -6},  Fixed{"CDT", -5},  Fixed{"MST", -7},  Fixed{"MDT", -6},  Fixed{"PST", -8}, Fixed{"PDT", -7},
        Fixed{"HST", -10}, Fixed{"AKST", -9}, Fixed{"AKDT", -8}, Fixed{"AEST", 10}, Fixed{"AEDT", 11}};
    for (Fixed const& f : fixed)
        if (f.name == zone) return f.hours * 60;
    if (zone.starts_with("US")) zone.remove_prefix(2);
    if (zone.ends_with("TIME")) zone.remove_suffix(4);
    static constexpr std::array generic = {Fixed{"ET", -5},       Fixed{"CT", -6},      Fixed{"MT", -7},
                                           Fixed{"PT", -8},       Fixed{"EASTERN", -5}, Fixed{"CENTRAL", -6},
                                           Fixed{"MOUNTAIN", -7}, Fixed{"PACIFIC", -8}};
    for (Fixed const& f : generic)
        if (f.name == zone) return (f.hours + (us_daylight(day) ? 1 : 0)) * 60;
    if (zone.starts_with("UTC") || zone.starts_with("GMT")) zone.remove_prefix(3);
    if (zone.size() < 2 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
    int digits = 0, value = 0;
    for (char const c : zone.substr(1)) {
        if (c == ':' && digits > 0 && digits < 3) continue;
        if (c < '0' || c > '9' || ++digits > 4) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    int const minutes = digits <= 2 ? value * 60 : value / 100 * 60 + value % 100;
    return minutes > 14 * 60 ? std::nullopt : std::optional(zone[0] == '-' ? -minutes : minutes);
}

} // namespace detail

/// `stated`: "11:59 PM PST", "5 pm", "17:00 CET", "23:59 UTC-5", "noon ET", "midnight" (the end of the day); without a
/// zone the company's. nullopt when it cannot be read.
[[nodiscard]] inline std::optional<Deadline> parse_deadline(Date day, std::string_view stated, Clocks const& clocks) {
    std::string s; // capitals, without blanks and dots
    for (char const c : stated)
        if (c != ' ' && c != '.' && c != ',') s += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::size_t at = 0;
    auto take = [&](std::string_view word) {
        bool const there = std::string_view(s).substr(at).starts_with(word);
        if (there) at += word.size();
        return there;
    };
    auto number = [&](int most) -> int {
        std::size_t const first = at;
        int n = 0;
        while (at < s.size() && at < first + 2 && s[at] >= '0' && s[at] <= '9') n = n * 10 + (s[at++] - '0');
        return at == first || n > most ? -1 : n;
    };
    int minutes = 0;
    if (take("NOON")) {
        minutes = 12 * 60;
    } else if (take("MIDNIGHT")) {
        minutes = 24 * 60;
    } else {
        int hour = number(24), minute = 0;
        if (hour < 0 || (take(":") && (minute = number(59)) < 0) || (take(":") && number(59) < 0)) return std::nullopt;
        bool const am = take("AM"), pm = !am && take("PM");
        if ((am || pm) && (hour < 1 || hour > 12)) return std::nullopt;
        if (am || pm) hour = hour % 12 + (pm ? 12 : 0);
        minutes = hour * 60 + minute;
        if (minutes > 24 * 60) return std::nullopt;
    }
    std::string_view const zone = std::string_view(s).substr(at);
    Deadline out;
    if (zone.empty()) {
        out.at = clocks.moment(day, minutes);
    } else {
        auto const east = detail::zone_minutes(zone, day);
        if (!east) return std::nullopt;
        out.at = Clocks::utc(day, minutes - *east);
        out.east = *east;
    }
    out.date = clocks.date(out.at - std::chrono::milliseconds(1));
    return out;
}

} // namespace deckle
