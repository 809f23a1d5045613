/// Business days: weekends and the holidays of a calendar file.
#pragma once
#include "base/date.hpp"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::schedule {

/// A holiday that comes back each year, in one of three forms.
struct YearlyHoliday {
    unsigned month = 1;
    unsigned day = 0; // of the month; 0 = the nth weekday
    int nth = 0;      // 1 .. 5, or -1 for the last
    Weekday weekday = Weekday::monday;
    int first_year = 1, last_year = 9999;
    std::string name;

    [[nodiscard]] std::optional<Date> in(int year) const; // nullopt when that year has none (Feb 29, a fifth Monday)
};

class Calendar {
public:
    /// Saturday and Sunday off, no holidays.
    Calendar() = default;

    /// One holiday a line: "2026-12-24 Closed", "12-25 Christmas Day", "4th thursday of november Thanksgiving", "last
    /// monday of may Memorial Day"; what follows # is not read. Throws Error{usage} with file and line.
    [[nodiscard]] static Calendar from_text(std::string_view text, std::string const& file);
    /// iCalendar: VEVENTs of whole days, yearly rules included; timed events and cancelled ones are not holidays.
    /// Throws Error{usage} with file and line for a rule it cannot follow.
    // https://www.rfc-editor.org/rfc/rfc5545
    [[nodiscard]] static Calendar from_ics(std::string_view text, std::string const& file);

    void add(Date day, std::string name);
    void add(YearlyHoliday holiday) { yearly_.push_back(std::move(holiday)); }
    /// Days off each week. REQUIRES: not all seven.
    void set_weekend(std::set<Weekday> days) { weekend_ = std::move(days); }

    /// The holiday's name; nullopt on other days.
    [[nodiscard]] std::optional<std::string> holiday(Date day) const;
    [[nodiscard]] bool is_weekend(Date day) const { return weekend_.contains(day.weekday()); }
    [[nodiscard]] bool is_business_day(Date day) const { return !is_weekend(day) && !holiday(day); }
    /// `day` itself when it is one. Throws Error{usage} when a year has none.
    [[nodiscard]] Date business_day_from(Date day) const;
    [[nodiscard]] Date business_day_until(Date day) const;
    /// The nth business day at or after `from` (n from 1).
    [[nodiscard]] Date nth_business_day(Date from, int n) const;
    /// The nth business day at or before `until` (n from 1).
    [[nodiscard]] Date nth_last_business_day(Date until, int n) const;

private:
    [[nodiscard]] Date search(Date day, int step) const;

    std::set<Weekday> weekend_ = {Weekday::saturday, Weekday::sunday};
    std::map<Date, std::string> days_;
    std::vector<YearlyHoliday> yearly_;
};

/// "monday", "Mon"; nullopt for another word.
[[nodiscard]] std::optional<Weekday> parse_weekday(std::string_view word);
/// 1 .. 12 for "january", "Jan".
[[nodiscard]] std::optional<unsigned> parse_month(std::string_view word);
/// "1st", "2nd", "3rd", "4th" ... up to 31, "last" = -1.
[[nodiscard]] std::optional<int> parse_ordinal(std::string_view word);
/// The nth of a weekday in the month of `month_start`, -1 for the last; nullopt when there is none.
[[nodiscard]] std::optional<Date> nth_weekday(Date month_start, Weekday weekday, int nth);

} // namespace deckle::schedule
