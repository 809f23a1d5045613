#include "unbilled.hpp"
#include <algorithm>

namespace cash_flow {

Unbilled unbilled(std::vector<BillableWork> const& work, Date as_of, int over_days) {
    std::map<std::string, UnbilledRow> parties;
    Unbilled out;
    for (BillableWork const& w : work) {
        if (w.date > as_of || w.amount.is_zero() || (w.invoiced && *w.invoiced <= as_of)) continue;
        int const days = as_of - w.date;
        std::size_t const bucket = days <= 30 ? 0 : days <= 60 ? 1 : days <= 90 ? 2 : 3;
        UnbilledRow& row = parties[w.party];
        for (UnbilledRow* r : {&row, &out.sum}) {
            r->amounts[bucket] += w.amount;
            r->oldest_days = std::max(r->oldest_days, days);
        }
        out.by_kind[w.kind] += w.amount;
        if (days > over_days) out.over += w.amount;
    }
    for (auto& [party, row] : parties) {
        row.party = party;
        out.rows.push_back(std::move(row));
    }
    std::stable_sort(out.rows.begin(), out.rows.end(),
                     [](UnbilledRow const& a, UnbilledRow const& b) { return a.total() > b.total(); });
    return out;
}

Metric billing_lag(std::vector<BillableWork> const& work, Date first, Date last) {
    std::int64_t days = 0, count = 0;
    for (BillableWork const& w : work)
        if (w.invoiced && *w.invoiced >= first && *w.invoiced <= last) {
            days += *w.invoiced - w.date;
            ++count;
        }
    return ratio(days, count, "no_history");
}

} // namespace cash_flow
