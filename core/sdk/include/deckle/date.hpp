/// Calendar dates without a time or a zone (proleptic Gregorian), as days since 1970-01-01 (Arrow date32).
/// Header-only, shared by plugins and host.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace deckle {

enum class Weekday { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

class Date {
public:
    constexpr Date() = default;
    static constexpr Date from_days(std::int32_t days_since_epoch) {
        Date d;
        d.days_ = days_since_epoch;
        return d;
    }
    /// nullopt when there is no such day (2026-02-30) or the year is outside 1..9999.
    static constexpr std::optional<Date> from_ymd(int year, unsigned month, unsigned day) {
        if (year < 1 || year > 9999) return std::nullopt;
        std::chrono::year_month_day const ymd{std::chrono::year{year}, std::chrono::month{month},
                                              std::chrono::day{day}};
        if (!ymd.ok()) return std::nullopt;
        return from_days(static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count()));
    }
    /// ISO 8601 calendar date YYYY-MM-DD, exactly; nullopt otherwise.
    static constexpr std::optional<Date> parse(std::string_view s) {
        if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
        auto number = [&](std::size_t at, std::size_t n) {
            int v = 0;
            for (std::size_t i = at; i < at + n; ++i) {
                if (s[i] < '0' || s[i] > '9') return -1;
                v = v * 10 + (s[i] - '0');
            }
            return v;
        };
        int const y = number(0, 4), m = number(5, 2), d = number(8, 2);
        if (y < 0 || m < 0 || d < 0) return std::nullopt;
        return from_ymd(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
    }
    /// As `parse`, but throws std::invalid_argument naming the text.
    static Date of(std::string_view s) {
        if (auto d = parse(s)) return *d;
        throw std::invalid_argument("not a date (YYYY-MM-DD): '" + std::string(s) + "'");
    }

    [[nodiscard]] constexpr std::int32_t days() const { return days_; }
    [[nodiscard]] constexpr int year() const { return int(ymd().year()); }
    [[nodiscard]] constexpr unsigned month() const { return unsigned(ymd().month()); }
    [[nodiscard]] constexpr unsigned day() const { return unsigned(ymd().day()); }
    [[nodiscard]] constexpr Weekday weekday() const {
        return static_cast<Weekday>(
            std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days_}}}.iso_encoding());
    }
    [[nodiscard]] constexpr Date first_of_month() const {
        return from_days(days_ - static_cast<std::int32_t>(day()) + 1);
    }
    [[nodiscard]] constexpr Date last_of_month() const {
        auto const d = ymd();
        return from_days(static_cast<std::int32_t>(
            std::chrono::sys_days{d.year() / d.month() / std::chrono::last}.time_since_epoch().count()));
    }
    /// Same day of the month `n` months on; the last day where that month is shorter (Jan 31 + 1 = Feb 28).
    [[nodiscard]] constexpr Date plus_months(int n) const {
        auto const d = ymd();
        auto const ym = d.year() / d.month() + std::chrono::months{n};
        Date const last = from_days(
            static_cast<std::int32_t>(std::chrono::sys_days{ym / std::chrono::last}.time_since_epoch().count()));
        unsigned const want = unsigned(d.day());
        return last.day() <= want ? last : from_days(last.days_ - static_cast<std::int32_t>(last.day() - want));
    }
    /// The first day of this date's week.
    [[nodiscard]] constexpr Date week_start(Weekday first = Weekday::monday) const {
        int const back = (static_cast<int>(weekday()) - static_cast<int>(first) + 7) % 7;
        return from_days(days_ - back);
    }
    [[nodiscard]] std::string to_string() const { // YYYY-MM-DD
        auto pad = [](int v, std::size_t n) {
            std::string s = std::to_string(v);
            return s.size() < n ? std::string(n - s.size(), '0') + s : s;
        };
        auto const d = ymd();
        return pad(int(d.year()), 4) + "-" + pad(static_cast<int>(unsigned(d.month())), 2) + "-" +
               pad(static_cast<int>(unsigned(d.day())), 2);
    }

    friend constexpr auto operator<=>(Date, Date) = default;
    friend constexpr Date operator+(Date d, int n) { return from_days(d.days_ + n); }
    friend constexpr Date operator-(Date d, int n) { return from_days(d.days_ - n); }
    /// Calendar days from b to a.
    friend constexpr int operator-(Date a, Date b) { return a.days_ - b.days_; }

private:
    [[nodiscard]] constexpr std::chrono::year_month_day ymd() const {
        return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days_}}};
    }
    std::int32_t days_ = 0;
};

} // namespace deckle
