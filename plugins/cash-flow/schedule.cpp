#include "schedule.hpp"
#include <algorithm>

namespace cash_flow {

std::optional<Cycle> parse_cycle(std::string_view name) {
    static constexpr std::pair<std::string_view, Cycle> names[] = {{"once", Cycle::once},
                                                                   {"weekly", Cycle::weekly},
                                                                   {"biweekly", Cycle::biweekly},
                                                                   {"semimonthly", Cycle::semimonthly},
                                                                   {"monthly", Cycle::monthly},
                                                                   {"quarterly", Cycle::quarterly},
                                                                   {"semiannual", Cycle::semiannual},
                                                                   {"annual", Cycle::annual}};
    for (auto const& [text, cycle] : names)
        if (text == name) return cycle;
    return std::nullopt;
}

int months(Cycle cycle) {
    switch (cycle) {
    case Cycle::monthly:
        return 1;
    case Cycle::quarterly:
        return 3;
    case Cycle::semiannual:
        return 6;
    case Cycle::annual:
        return 12;
    default:
        return 0;
    }
}

namespace {

int months_between(Date a, Date b) {
    return (b.year() - a.year()) * 12 + static_cast<int>(b.month()) - static_cast<int>(a.month());
}

/// `anchor` moved by whole months; an anchor on a month's last day stays on last days.
Date shifted(Date anchor, int n) {
    Date const d = anchor.plus_months(n);
    return anchor == anchor.last_of_month() ? d.last_of_month() : d;
}

void add_monthly(std::vector<Date>& out, Date anchor, int step, Date first, Date last) {
    int const from = months_between(anchor, first) / step - 1;
    for (int k = from;; ++k) {
        Date const d = shifted(anchor, k * step);
        if (d > last) break;
        if (d >= first) out.push_back(d);
    }
}

} // namespace

std::vector<Date> occurrences(Date anchor, Cycle cycle, Date first, Date last) {
    std::vector<Date> out;
    if (first > last) return out;
    if (cycle == Cycle::once) {
        if (anchor >= first && anchor <= last) out.push_back(anchor);
    } else if (cycle == Cycle::weekly || cycle == Cycle::biweekly) {
        int const step = cycle == Cycle::weekly ? 7 : 14;
        int const behind = ((first - anchor) % step + step) % step;
        for (Date d = first + (step - behind) % step; d <= last; d = d + step) out.push_back(d);
    } else if (cycle == Cycle::semimonthly) {
        // the 15th pairs with the last day; any other day with the one 15 days away
        Date const twin = anchor.day() == 15                 ? anchor.last_of_month()
                          : anchor == anchor.last_of_month() ? anchor.first_of_month() + 14
                          : anchor.day() > 15                ? anchor - 15
                                                             : anchor + 15;
        add_monthly(out, anchor, 1, first, last);
        add_monthly(out, twin, 1, first, last);
        std::sort(out.begin(), out.end());
    } else {
        add_monthly(out, anchor, months(cycle), first, last);
    }
    return out;
}

Decimal monthly_amount(Decimal amount, Cycle cycle) {
    switch (cycle) {
    case Cycle::once:
        return 0;
    case Cycle::weekly:
        return (amount * 52).divided_by(12);
    case Cycle::biweekly:
        return (amount * 26).divided_by(12);
    case Cycle::semimonthly:
        return amount * 2;
    default:
        return amount.divided_by(months(cycle));
    }
}

} // namespace cash_flow
