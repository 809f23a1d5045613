#include "funnel.hpp"
#include "performance.hpp"

namespace pipeline {

Metric Funnel::conversion(std::size_t i) const {
    return deckle::ratio(reached.at(i + 1), reached.at(i), "none_reached");
}
Metric Funnel::overall() const {
    return reached.empty() ? Metric::na("none_reached")
                           : deckle::ratio(reached.back(), reached.front(), "none_reached");
}

Funnel funnel(std::vector<Deal const*> const& cohort, History const& history, Stages const& stages) {
    Funnel out;
    out.reached.assign(stages.size() + 1, 0);
    for (Deal const* d : cohort) {
        std::size_t furthest = 0; // everything that exists has reached the first
        if (auto const it = history.find(d->id); it != history.end())
            for (StageChange const& c : it->second)
                if (auto const i = stage_index(stages, c.stage)) furthest = std::max(furthest, *i);
        if (auto const i = stage_index(stages, d->stage)) furthest = std::max(furthest, *i);
        if (d->status == Status::won) furthest = stages.size();
        for (std::size_t i = 0; i <= furthest; ++i) ++out.reached[i];
    }
    return out;
}

std::vector<Metric> usual_days(std::vector<Deal> const& deals, History const& history, Stages const& stages,
                               Date until) {
    std::vector<std::vector<Decimal>> days(stages.size());
    for (Deal const& d : deals) {
        auto const it = history.find(d.id);
        if (d.status != Status::won || !d.closed || *d.closed > until || it == history.end()) continue;
        std::vector<int> spent(stages.size(), -1); // -1: passed by
        for (std::size_t k = 0; k < it->second.size(); ++k) {
            auto const i = stage_index(stages, it->second[k].stage);
            if (!i) continue;
            Date const left = k + 1 < it->second.size() ? std::min(it->second[k + 1].date, *d.closed) : *d.closed;
            spent[*i] = std::max(spent[*i], 0) + std::max(left - it->second[k].date, 0);
        }
        for (std::size_t i = 0; i < spent.size(); ++i)
            if (spent[i] >= 0) days[i].emplace_back(spent[i]);
    }
    std::vector<Metric> out;
    for (auto& list : days) out.push_back(median(std::move(list)));
    return out;
}

Age age(Deal const& deal, Stages const& stages, std::vector<Metric> const& usual, StallRules const& rules, Date as_of) {
    Age out;
    auto const since = deal.stage_date ? deal.stage_date : deal.last_activity;
    out.estimated = !deal.stage_date && since;
    if (since) out.days = as_of - *since;
    if (auto const i = stage_index(stages, deal.stage); i && usual.at(*i))
        out.limit = usual[*i].value() * rules.factor;
    else if (i)
        out.limit = usual[*i];
    out.too_long = out.days && out.limit && Decimal(*out.days) > out.limit.value();
    if (deal.last_activity) out.silent = as_of - *deal.last_activity;
    out.too_silent = out.silent && *out.silent >= rules.silent_days;
    return out;
}

} // namespace pipeline
