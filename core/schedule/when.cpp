#include "schedule/when.hpp"
#include "base/error.hpp"
#include "schedule/words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace deckle::schedule {
namespace {

/// "07:00", "7:05"
std::optional<TimeOfDay> parse_time(std::string_view word) {
    auto const colon = word.find(':');
    if (colon == std::string_view::npos || word.size() - colon != 3) return std::nullopt;
    int const hour = whole_number(word.substr(0, colon)), minute = whole_number(word.substr(colon + 1));
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return TimeOfDay{hour, minute};
}

/// Takes a run of words off the front.
class Words {
public:
    explicit Words(std::vector<std::string> words) : words_(std::move(words)) {}
    bool take(std::initializer_list<std::string_view> expected) {
        if (words_.size() - at_ < expected.size() ||
            !std::equal(expected.begin(), expected.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_)))
            return false;
        at_ += expected.size();
        return true;
    }
    template <class Parse>
    auto take(Parse parse) -> decltype(parse(std::string_view())) {
        if (at_ == words_.size()) return std::nullopt;
        auto value = parse(std::string_view(words_[at_]));
        if (value) ++at_;
        return value;
    }
    [[nodiscard]] bool at_end() const { return at_ == words_.size(); }
    [[nodiscard]] std::string rest() const {
        std::string text;
        for (std::size_t i = at_; i < words_.size(); ++i) text += (i > at_ ? " " : "") + words_[i];
        return text;
    }

private:
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

constexpr int most_of_a_month = 15; // business days: 20 weekdays in February, less its holidays

using Rule = std::function<bool(Date, Calendar const&)>;

/// First day of the fiscal span of `months` that holds `day`.
Date span_start(Date day, unsigned first_month, int months) {
    int const since = (static_cast<int>(day.month()) - static_cast<int>(first_month) + 12) % 12;
    return day.first_of_month().plus_months(-(since % months));
}

/// The nth business day of a span of `months`: "after month end" counts in the span that follows.
Rule nth_business_day(int nth, bool from_end, int months, unsigned first_month) {
    return [=](Date day, Calendar const& calendar) {
        if (!calendar.is_business_day(day)) return false;
        Date const start = span_start(day, first_month, months);
        Date const end = start.plus_months(months) - 1;
        return day == (from_end ? calendar.nth_last_business_day(end, nth) : calendar.nth_business_day(start, nth));
    };
}

Rule on_weekdays(std::set<Weekday> days) {
    return [days = std::move(days)](Date day, Calendar const&) { return days.contains(day.weekday()); };
}

/// "month" 1, "quarter" 3, "year" 12
std::optional<int> parse_span(std::string_view word) {
    return word == "month"     ? std::optional(1)
           : word == "quarter" ? std::optional(3)
           : word == "year"    ? std::optional(12)
                               : std::nullopt;
}

/// Words behind "business day": nothing, "of month", "after quarter end".
std::optional<int> span_after(Words& words, bool may_be_after) {
    if (words.take({"of"})) {
        words.take({"the"});
        return words.take(parse_span);
    }
    if (may_be_after && words.take({"after"})) {
        auto const span = words.take(parse_span);
        return span && words.take({"end"}) ? span : std::nullopt;
    }
    return 1;
}

Rule ordinal_rule(Words& words, int nth, unsigned first_month) {
    bool from_end = nth < 0;
    if (!from_end && words.take({"last"})) from_end = true; // 2nd last business day
    int const n = std::abs(nth);
    if (words.take({"business", "day"})) {
        auto const months = span_after(words, !from_end);
        if (!months) return {};
        if (*months == 1 && n > most_of_a_month)
            throw Error(ErrorCode::usage,
                        fmt::format("a month may have fewer than {} business days, and would be left out; "
                                    "at most the {}th can be counted on",
                                    n, most_of_a_month));
        return nth_business_day(n, from_end, *months, first_month);
    }
    if (auto const weekday = words.take(parse_weekday)) {
        if (n > 5 || (from_end && n > 1)) return {};
        if (words.take({"of"})) {
            words.take({"the"});
            if (!words.take({"month"})) return {};
        }
        return [nth, day_of_week = *weekday](Date day, Calendar const&) {
            return nth_weekday(day.first_of_month(), day_of_week, nth) == day;
        };
    }
    words.take({"day"});
    auto const months = span_after(words, false);
    if (!months || (from_end && n > 1)) return {};
    return [=](Date day, Calendar const&) {
        Date const start = span_start(day, first_month, *months);
        return day == (from_end ? start.plus_months(*months) - 1 : start + (n - 1)) ||
               // "31st of month" is the last day where a month is shorter
               (!from_end && *months == 1 && start.last_of_month() < start + (n - 1) && day == start.last_of_month());
    };
}

Rule rule_of(Words& words, unsigned first_month) {
    if (words.take({"daily"}) || words.take({"every", "day"})) return [](Date, Calendar const&) { return true; };
    if (words.take({"every", "business", "day"}))
        return [](Date day, Calendar const& calendar) { return calendar.is_business_day(day); };
    bool const every = words.take({"every"});
    std::set<Weekday> days;
    for (;;) {
        auto day = words.take(parse_weekday);
        if (!day) // "mondays"
            day = words.take([](std::string_view word) {
                return word.ends_with('s') ? parse_weekday(word.substr(0, word.size() - 1)) : std::nullopt;
            });
        if (!day && words.take({"and"})) continue;
        if (!day) break;
        days.insert(*day);
    }
    if (!days.empty()) return on_weekdays(std::move(days));
    if (every) return {};
    if (auto const nth = words.take(parse_ordinal)) return ordinal_rule(words, *nth, first_month);
    return {};
}

} // namespace

When When::parse(std::string_view text, std::string_view fiscal_year_start) {
    int const first_month = fiscal_year_start.size() == 5 ? whole_number(fiscal_year_start.substr(0, 2)) : -1;
    if (first_month < 1 || first_month > 12)
        throw Error(ErrorCode::usage, fmt::format("'{}' is no start of a fiscal year (MM-DD)", fiscal_year_start));
    When when;
    if (auto cron = parse_cron(text)) {
        when.fires_on_ = [fires_on = std::move(cron->fires_on)](Date day, Calendar const&) { return fires_on(day); };
        when.times_ = std::move(cron->times);
        return when;
    }
    auto all = words_of(text);
    std::set<TimeOfDay> times;
    while (!all.empty()) {
        if (auto const time = parse_time(all.back()))
            times.insert(*time);
        else if (all.back() != "and" || times.empty())
            break;
        all.pop_back();
    }
    if (!all.empty() && all.back() == "at") all.pop_back();
    Words words(std::move(all));
    when.fires_on_ = rule_of(words, static_cast<unsigned>(first_month));
    when.times_.assign(times.begin(), times.end());
    if (!when.fires_on_ || !words.at_end())
        throw Error(
            ErrorCode::usage,
            fmt::format("'{}' is not understood{}; write for example \"3rd business day after month end 07:00\", "
                        "\"last business day 07:00\", \"monday 08:30\", \"1st of month 07:00\" or cron text \"0 7 * * "
                        "mon-fri\"",
                        text, words.rest().empty() ? "" : " at '" + words.rest() + "'"));
    if (when.times_.empty())
        throw Error(ErrorCode::usage, fmt::format("'{}' has no time of day; add one, such as 07:00", text));
    return when;
}

} // namespace deckle::schedule
