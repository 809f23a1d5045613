#include "deal.hpp"
#include <algorithm>

namespace pipeline {

Parts& Parts::operator+=(Parts const& o) {
    one_time += o.one_time;
    recurring += o.recurring;
    return *this;
}

Parts Deal::parts(Basis basis) const {
    switch (basis) {
    case Basis::first_year:
        return {one_time, acv()};
    case Basis::tcv:
        return {one_time, tcv() - one_time};
    case Basis::acv:
        return {Decimal(0), acv()};
    case Basis::one_time:
        return {one_time, Decimal(0)};
    }
    return {};
}

std::optional<std::size_t> stage_index(Stages const& stages, std::string const& name) {
    auto const it = std::find_if(stages.begin(), stages.end(), [&](Stage const& s) { return s.name == name; });
    if (it == stages.end()) return std::nullopt;
    return static_cast<std::size_t>(it - stages.begin());
}

std::optional<Decimal> chance(Deal const& deal, Stages const& stages) {
    if (!deal.is_open()) return Decimal(deal.status == Status::won ? 1 : 0);
    if (deal.probability) return deal.probability;
    auto const index = stage_index(stages, deal.stage);
    return index ? stages[*index].probability : std::nullopt;
}

void as_ratios(std::vector<std::optional<Decimal>*> const& probabilities) {
    bool const percent =
        std::any_of(probabilities.begin(), probabilities.end(), [](auto const* p) { return *p && **p > Decimal(1); });
    if (!percent) return;
    for (auto* p : probabilities)
        if (*p) *p = (*p)->divided_by(100, 6);
}

std::optional<Deal> at(Deal const& deal, History const& history, Stages const& stages, Date day) {
    static std::vector<StageChange> const none;
    auto const it = history.find(deal.id);
    auto const& changes = it == history.end() ? none : it->second;
    auto const after = std::find_if(changes.begin(), changes.end(), [&](auto const& c) { return c.date > day; });
    bool const not_yet = deal.created ? *deal.created > day : !changes.empty() && after == changes.begin();
    if (not_yet) return std::nullopt;

    Deal out = deal;
    if (out.last_activity && *out.last_activity > day) out.last_activity.reset();
    bool const was_closed = !deal.is_open() && (!deal.closed || *deal.closed <= day);
    bool const entered_later = deal.stage_date && *deal.stage_date > day;
    if (was_closed || (deal.is_open() && after == changes.end() && !entered_later)) return out;

    if (!deal.is_open()) {
        out.status = Status::open;
        out.commit = false;
        out.closed.reset();
        out.loss_reason = out.lost_to = "";
        out.expected = deal.original;
    }
    if (!deal.is_open() || entered_later) {
        out.stage = "";
        out.stage_date.reset();
    }
    bool in_stage = false;
    for (auto change = after; change != changes.begin();) {
        --change;
        if (!in_stage) {
            if (!stage_index(stages, change->stage) && !stages.empty()) continue; // a closed stage, later undone
            out.stage = change->stage;
            if (change->amount) out.one_time = *change->amount;
            if (change->expected) out.expected = change->expected;
            in_stage = true;
        } else if (change->stage != out.stage) {
            break;
        }
        out.stage_date = change->date;
    }
    if (out.stage != deal.stage || !deal.is_open()) out.probability.reset();
    return out;
}

std::vector<Deal> at(std::vector<Deal> const& deals, History const& history, Stages const& stages, Date day) {
    std::vector<Deal> out;
    for (Deal const& d : deals)
        if (auto then = at(d, history, stages, day)) out.push_back(std::move(*then));
    return out;
}

int pushes(Deal const& deal, History const& history, Date day) {
    auto const it = history.find(deal.id);
    if (it == history.end()) return 0;
    int count = 0;
    std::optional<Date> last;
    for (StageChange const& c : it->second) {
        if (c.date > day) break;
        if (!c.expected || c.date == deal.closed) continue; // closing sets the date, it does not push it
        if (last && *c.expected > *last) ++count;
        last = c.expected;
    }
    return count;
}

} // namespace pipeline
