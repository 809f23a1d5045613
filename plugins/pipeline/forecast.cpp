#include "forecast.hpp"
#include <algorithm>

namespace pipeline {

Metric quota(std::vector<Quota> const& quotas, Date from, Date to, std::optional<std::string> const& owner) {
    auto touches = [&](Quota const& q) { return q.start <= to && q.end >= from; };
    bool const firm =
        std::any_of(quotas.begin(), quotas.end(), [&](Quota const& q) { return q.owner.empty() && touches(q); });
    Decimal sum;
    bool any = false;
    for (Quota const& q : quotas) {
        bool const wanted = owner ? q.owner == *owner : q.owner.empty() == firm;
        if (!wanted || !touches(q)) continue;
        any = true;
        int const inside = std::min(q.end, to) - std::max(q.start, from) + 1;
        int const whole = q.end - q.start + 1;
        sum += inside == whole ? q.amount : (q.amount * inside).divided_by(whole, 2);
    }
    return any ? Metric(sum) : Metric::na("no_quota");
}

bool committed(Deal const& deal, Stages const& stages, ForecastRules const& rules) {
    if (rules.commit_flag) return deal.commit;
    auto const p = chance(deal, stages);
    return p && *p >= rules.commit_probability;
}

Metric Forecast::gap() const {
    return difference(quota, Metric(commit().total()));
}

Metric Forecast::coverage() const {
    if (!quota) return quota;
    if (quota_met()) return Metric::na("quota_met");
    return deckle::ratio(open.total(), quota.value() - won.total());
}

Forecast forecast(std::vector<Deal> const& deals, Stages const& stages, Quarter const& quarter, Metric quota,
                  ForecastRules const& rules) {
    Forecast f;
    f.quarter = quarter;
    f.quota = std::move(quota);
    for (Deal const& d : deals) {
        Parts const worth = d.parts(rules.basis);
        if (d.status == Status::won && d.closed_in(quarter.start, quarter.end)) f.won.add(worth);
        if (!d.is_open() || !d.expected_in(quarter.start, quarter.end)) continue;
        f.open.add(worth);
        auto const p = chance(d, stages);
        if (p)
            f.open_weighted += worth * *p;
        else
            ++f.unknown_chance;
        bool const commits = committed(d, stages, rules);
        if (commits) f.open_committed.add(worth);
        if (commits || (p && *p >= rules.best_case_probability)) f.open_best.add(worth);
    }
    return f;
}

} // namespace pipeline
