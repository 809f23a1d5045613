#include "base/zone.hpp"
#include "base/error.hpp"
#include <date/tz.h>
#include <fmt/format.h>
#include <optional>

namespace deckle {
namespace {

date::time_zone const* locate(std::string const& name) {
    try {
        return date::locate_zone(name);
    } catch (std::exception const&) {
        throw Error(ErrorCode::usage, "unknown time zone '" + name + "'; use an IANA name such as America/Chicago");
    }
}

} // namespace

Instant SystemClock::now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

bool is_zone(std::string const& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (std::exception const&) {
        return false;
    }
}

LocalTime to_local(Instant instant, std::string const& zone) {
    auto const info = locate(zone)->get_info(instant);
    auto const local = instant + info.offset;
    auto const day = std::chrono::floor<std::chrono::days>(local);
    auto const rest = local - day;
    LocalTime t;
    t.date = Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
    auto const ms = rest.count();
    t.hour = static_cast<int>(ms / 3'600'000);
    t.minute = static_cast<int>(ms / 60'000 % 60);
    t.second = static_cast<int>(ms / 1000 % 60);
    t.millisecond = static_cast<int>(ms % 1000);
    t.abbreviation = info.abbrev;
    t.offset_minutes = static_cast<int>(info.offset.count() / 60);
    return t;
}

Instant from_local(Date date, int hour, int minute, int second, std::string const& zone) {
    ::date::local_time<std::chrono::seconds> const local{std::chrono::days{date.days()} + std::chrono::hours{hour} +
                                                         std::chrono::minutes{minute} + std::chrono::seconds{second}};
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        locate(zone)->to_sys(local, ::date::choose::earliest));
}

std::vector<ZoneOffset> zone_offsets(std::string const& zone, Instant from, Instant until) {
    std::vector<ZoneOffset> offsets;
    auto const* const rules = locate(zone);
    for (Instant at = from; at < until;) {
        auto const info = rules->get_info(at);
        int const minutes = static_cast<int>(std::chrono::floor<std::chrono::minutes>(info.offset).count());
        if (offsets.empty() || offsets.back().minutes != minutes || offsets.back().abbreviation != info.abbrev)
            offsets.push_back({at, minutes, info.abbrev});
        if (info.end >= std::chrono::floor<std::chrono::seconds>(until)) break;
        at = info.end;
    }
    return offsets;
}

std::string to_iso(Instant instant) {
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    auto const ms = (instant - day).count();
    std::string s = Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count())).to_string();
    s += fmt::format("T{:02}:{:02}:{:02}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60);
    if (ms % 1000 != 0) s += fmt::format(".{:03}", ms % 1000);
    return s + "Z";
}

std::optional<Instant> parse_instant(std::string_view s) {
    if (s.size() < 20 || (s[10] != 'T' && s[10] != ' ')) return std::nullopt;
    auto const day = Date::parse(s.substr(0, 10));
    auto two = [&](std::size_t at) {
        if (at + 2 > s.size() || s[at] < '0' || s[at] > '9' || s[at + 1] < '0' || s[at + 1] > '9') return -1;
        return (s[at] - '0') * 10 + (s[at + 1] - '0');
    };
    int const h = two(11), m = two(14), sec = two(17);
    if (!day || h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59 || s[13] != ':' || s[16] != ':')
        return std::nullopt;
    std::size_t i = 19;
    int ms = 0;
    if (s[i] == '.') {
        int place = 100;
        for (++i; i < s.size() && s[i] >= '0' && s[i] <= '9'; ++i, place /= 10) ms += (s[i] - '0') * place;
    }
    int offset = 0;
    if (i + 1 == s.size() && s[i] == 'Z') {
        offset = 0;
    } else if (i + 6 == s.size() && (s[i] == '+' || s[i] == '-') && s[i + 3] == ':') {
        int const oh = two(i + 1), om = two(i + 4);
        if (oh < 0 || oh > 14 || om < 0 || om > 59) return std::nullopt;
        offset = (s[i] == '-' ? -1 : 1) * (oh * 60 + om);
    } else {
        return std::nullopt;
    }
    return Instant{std::chrono::days{day->days()} + std::chrono::hours{h} + std::chrono::minutes{m - offset} +
                   std::chrono::seconds{sec} + std::chrono::milliseconds{ms}};
}

} // namespace deckle
