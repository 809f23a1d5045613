/// Instants, the clock as an input, and IANA time zones (from the system's zone data, never ICU's).
#pragma once
#include "base/date.hpp"
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle {

/// A moment in UTC, in milliseconds.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// The clock is an input: only core/app makes a real one.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant at) : at_(at) {}
    [[nodiscard]] Instant now() const override { return at_; }

private:
    Instant at_;
};

/// A moment as it reads on the wall in one zone.
struct LocalTime {
    Date date;
    int hour = 0, minute = 0, second = 0, millisecond = 0;
    std::string abbreviation; // "CDT"
    int offset_minutes = 0;   // east of UTC
};

/// True for a name in the IANA database ("America/Chicago").
[[nodiscard]] bool is_zone(std::string const& name);
/// Throws Error{usage} for an unknown zone.
[[nodiscard]] LocalTime to_local(Instant instant, std::string const& zone);
/// The instant of a wall-clock time; in a gap the moment of the jump, in an overlap the earlier one.
[[nodiscard]] Instant from_local(Date date, int hour, int minute, int second, std::string const& zone);
/// From `from` on, a zone's clocks are this far east of UTC.
struct ZoneOffset {
    Instant from;
    int minutes = 0;
    std::string abbreviation; // "CST"
};
/// The offsets of a zone in a span of time, the first one at `from` itself. Throws Error{usage} for an unknown zone.
[[nodiscard]] std::vector<ZoneOffset> zone_offsets(std::string const& zone, Instant from, Instant until);
/// ISO 8601 in UTC: 2026-10-31T12:00:00Z (milliseconds only when not zero).
[[nodiscard]] std::string to_iso(Instant instant);
/// Accepts 2026-10-31T12:00:00[.sss](Z|+hh:mm|-hh:mm); nullopt otherwise.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

} // namespace deckle
