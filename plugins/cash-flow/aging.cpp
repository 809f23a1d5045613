#include "aging.hpp"
#include <algorithm>
#include <map>

namespace cash_flow {

Bucket bucket_of(int days) {
    if (days <= 0) return current;
    if (days <= 30) return days_1_30;
    if (days <= 60) return days_31_60;
    if (days <= 90) return days_61_90;
    return days_over_90;
}

Decimal AgingRow::total() const {
    Decimal sum;
    for (Decimal const& a : amounts) sum += a;
    return sum;
}

Decimal AgingRow::overdue() const {
    return amounts[days_1_30] + amounts[days_31_60] + amounts[days_61_90] + amounts[days_over_90];
}

Metric Aging::share(Bucket bucket) const {
    return ratio(sum.amounts[bucket], sum.total());
}

Metric Aging::concentration() const {
    if (rows.empty() || rows.front().total() <= Decimal(0)) return Metric::na("zero_denominator");
    return ratio(rows.front().total(), sum.total());
}

Aging age(std::vector<OpenItem> const& items, Date as_of, AgeBy by, Credits credits) {
    std::map<std::string, AgingRow> parties;
    Aging out;
    for (OpenItem const& i : items) {
        int const days = as_of - (by == AgeBy::due ? i.due : i.date);
        Bucket const bucket = i.is_credit() && credits == Credits::separate ? unapplied : bucket_of(days);
        AgingRow& row = parties[i.party];
        row.amounts[bucket] += i.open;
        out.sum.amounts[bucket] += i.open;
        if (!i.is_credit()) row.oldest_days = std::max(row.oldest_days, as_of - i.due);
    }
    for (auto& [party, row] : parties) {
        row.party = party;
        out.sum.oldest_days = std::max(out.sum.oldest_days, row.oldest_days);
        out.rows.push_back(std::move(row));
    }
    std::stable_sort(out.rows.begin(), out.rows.end(),
                     [](AgingRow const& a, AgingRow const& b) { return a.total() > b.total(); });
    return out;
}

Metric annualized_discount(Decimal rate, int days_earlier) {
    if (days_earlier <= 0 || rate >= Decimal(1)) return Metric::na("zero_denominator");
    return ratio(rate * 365, (Decimal(1) - rate) * days_earlier);
}

} // namespace cash_flow
