/// When a schedule fires, as people write it: in words or as cron text.
///
///     every day 07:00                        every business day 07:00          monday, thursday 08:30
///     1st of month 07:00                     last day of month 18:00           15th of month 07:00
///     2nd tuesday 07:00                      last friday of month 16:00
///     3rd business day after month end 07:00 last business day 07:00           2nd last business day 16:00
///     5th business day after quarter end 07:00                                 10th business day after year end 07:00
///     0 7 * * mon-fri                        (minute, hour, day of month, month, day of week)
///
/// Of a month at most the 15th business day can be named, since a shorter one would be left out.
/// Quarters and years are the company's fiscal ones. Days are counted with the calendar given to next().
#pragma once
#include "base/zone.hpp"
#include "schedule/calendar.hpp"
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::schedule {

struct TimeOfDay {
    int hour = 0, minute = 0;
    friend auto operator<=>(TimeOfDay const&, TimeOfDay const&) = default;
};

class When {
public:
    /// `fiscal_year_start` is "MM-DD" (a day of the first fiscal month; quarters begin with months). Throws
    /// Error{usage} that says what was not understood and shows forms that are.
    [[nodiscard]] static When parse(std::string_view text, std::string_view fiscal_year_start = "01-01");

    /// True on the days it fires on, before holidays shift anything.
    [[nodiscard]] bool fires_on(Date day, Calendar const& calendar) const { return fires_on_(day, calendar); }
    /// Ascending, at least one.
    [[nodiscard]] std::vector<TimeOfDay> const& times() const { return times_; }

private:
    std::function<bool(Date, Calendar const&)> fires_on_;
    std::vector<TimeOfDay> times_;
};

/// The five fields of cron, https://man7.org/linux/man-pages/man5/crontab.5.html: *, lists, ranges, steps, names; when
/// both day fields are restricted, either is enough. nullopt when `text` does not look like cron; throws Error{usage}
/// when it does and is wrong.
struct Cron {
    std::function<bool(Date)> fires_on;
    std::vector<TimeOfDay> times;
};
[[nodiscard]] std::optional<Cron> parse_cron(std::string_view text);

} // namespace deckle::schedule
