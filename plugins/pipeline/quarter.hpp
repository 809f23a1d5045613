/// Fiscal quarters.
#pragma once
#include <deckle/plugin.hpp>
#include <string>

namespace pipeline {

using deckle::Date;
using deckle::FiscalYear;

struct Quarter {
    Date start, end; // both belong to it
    int year = 0;    // in which the fiscal year ends
    int number = 1;
    bool calendar = true; // the fiscal year is the calendar year

    [[nodiscard]] std::string id() const { return std::to_string(year) + "-Q" + std::to_string(number); } // 2026-Q4
    [[nodiscard]] std::string name() const { // "Q4 2026", "Q2 FY2027"
        return "Q" + std::to_string(number) + (calendar ? " " : " FY") + std::to_string(year);
    }
};

/// The quarter that holds `day`. A first day that a month does not have is that month's last.
[[nodiscard]] inline Quarter quarter_of(Date day, FiscalYear const& fiscal) {
    auto begin = [&](int year) {
        Date const month = *Date::from_ymd(year, fiscal.month, 1);
        Date const last = month.last_of_month();
        return fiscal.day > last.day() ? last : month + static_cast<int>(fiscal.day - 1);
    };
    Date const first = begin(day.year()) <= day ? begin(day.year()) : begin(day.year() - 1);
    int number = 4;
    while (first.plus_months(3 * number - 3) > day) --number;
    Date const next_year = begin(first.year() + 1);
    Date const end = number == 4 ? next_year - 1 : first.plus_months(3 * number) - 1;
    return {first.plus_months(3 * number - 3), end, (next_year - 1).year(), number,
            fiscal.month == 1 && fiscal.day == 1};
}

[[nodiscard]] inline Quarter next(Quarter const& q, FiscalYear const& fiscal) {
    return quarter_of(q.end + 1, fiscal);
}

} // namespace pipeline
