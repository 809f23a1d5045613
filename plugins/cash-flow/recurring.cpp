#include "recurring.hpp"
#include "schedule.hpp"

namespace cash_flow {

bool runs_on(Agreement const& a, Date day) {
    if (a.start > day) return false;
    if (a.cancelled && *a.cancelled <= day) return false;
    if (a.end && *a.end < day && !a.auto_renews) return false;
    if (a.status == "inactive") return false;
    // "cancelled" without a date tells nothing about when: it does not run now
    return !(a.status == "cancelled" && !a.cancelled);
}

Decimal mrr(Agreement const& agreement, std::vector<Addition> const& additions, Date day) {
    if (!runs_on(agreement, day)) return 0;
    Decimal sum = monthly_amount(agreement.amount, agreement.cycle);
    for (Addition const& a : additions) {
        if (a.agreement != agreement.id || !a.counts) continue;
        if (a.effective && *a.effective > day) continue;
        if (a.cancelled && *a.cancelled <= day) continue;
        sum += monthly_amount(a.quantity * a.unit_price, a.cycle.value_or(agreement.cycle));
    }
    return sum.rounded(2);
}

std::map<std::string, Decimal> mrr_by_party(std::vector<Agreement> const& agreements,
                                            std::vector<Addition> const& additions, Date day) {
    std::map<std::string, std::vector<Addition>> by_agreement;
    for (Addition const& a : additions) by_agreement[a.agreement].push_back(a);
    std::map<std::string, Decimal> out;
    for (Agreement const& a : agreements)
        if (Decimal const m = mrr(a, by_agreement[a.id], day); !m.is_zero()) out[a.party] += m;
    return out;
}

Retention retention(std::map<std::string, Decimal> const& then, std::map<std::string, Decimal> const& now) {
    Retention r;
    for (auto const& [party, before] : then) {
        r.start += before;
        auto const it = now.find(party);
        if (it == now.end())
            r.churn += before;
        else if (it->second > before)
            r.expansion += it->second - before;
        else
            r.contraction += before - it->second;
    }
    for (auto const& [party, amount] : now)
        if (!then.contains(party)) r.added += amount;
    return r;
}

bool expired_but_active(Agreement const& a, Date day) {
    return a.end && *a.end < day && !a.auto_renews && !(a.cancelled && *a.cancelled <= day) &&
           (a.status == "active" || a.status.empty());
}

bool ends_within(Agreement const& a, Date day, int days) {
    return a.end && *a.end > day && *a.end <= day + days && runs_on(a, day);
}

} // namespace cash_flow
