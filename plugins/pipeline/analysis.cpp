#include "analysis.hpp"
#include <algorithm>

namespace pipeline {

Metric Analysis::coverage_needed() const {
    Metric const rate = closed.win_rate();
    return rate ? deckle::ratio(1, rate.value(), "none_won") : rate;
}

namespace {

void open_pipeline(Inputs const& in, Analysis& a, std::vector<Metric> const& usual) {
    a.stages.resize(in.stages.size() + 1);
    for (std::size_t i = 0; i < in.stages.size(); ++i) {
        a.stages[i].stage = in.stages[i].name;
        a.stages[i].probability = in.stages[i].probability;
        a.stages[i].usual_days = usual[i];
    }
    std::vector<std::vector<Decimal>> days(a.stages.size());
    for (Deal const& d : in.deals) {
        if (!d.is_open()) continue;
        OpenDeal const open{&d, age(d, in.stages, usual, in.params.stall, in.as_of), pushes(d, in.history, in.as_of),
                            d.value(in.params.basis)};
        Decimal const weighted = open.value * chance(d, in.stages).value_or(0);
        a.open.add(d.parts(in.params.basis));
        a.open_weighted += weighted;
        if (d.expected && *d.expected < a.quarter.start) a.behind.add(d.parts(in.params.basis));
        std::size_t const index = stage_index(in.stages, d.stage).value_or(in.stages.size());
        StageRow& row = a.stages[index];
        row.open.add(d.parts(in.params.basis));
        row.weighted += weighted;
        if (open.age.days) days[index].emplace_back(*open.age.days);
        if (open.age.stalled()) {
            ++row.stalled;
            a.stalled.push_back(open);
            a.stalled_value += open.value;
        }
        a.open_deals.push_back(open);
        a.mix_open.add(d);
        a.mix_by_type[d.type].first.add(d);
    }
    for (std::size_t i = 0; i < days.size(); ++i)
        if (!days[i].empty()) a.stages[i].mean_days = mean(days[i]);
    if (a.stages.back().open.deals == 0) a.stages.pop_back();
    auto by_value = [](OpenDeal const& x, OpenDeal const& y) { return x.value > y.value; };
    std::stable_sort(a.open_deals.begin(), a.open_deals.end(), by_value);
    std::stable_sort(a.stalled.begin(), a.stalled.end(), by_value);
}

void owners(Inputs const& in, Analysis& a) {
    std::map<std::string, std::vector<Deal>> deals;
    for (Quota const& q : in.quotas)
        if (!q.owner.empty() && q.start <= a.quarter.end && q.end >= a.quarter.start) deals[q.owner];
    for (Deal const& d : in.deals)
        if (d.is_open() || d.closed_in(a.window_start, in.as_of) || d.closed_in(a.quarter.start, a.quarter.end))
            deals[d.owner].push_back(d);
    for (auto const& [owner, list] : deals) {
        OwnerRow row;
        row.owner = owner;
        Metric const target =
            owner.empty() ? Metric::na("no_quota") : quota(in.quotas, a.quarter.start, a.quarter.end, owner);
        row.forecast = forecast(list, in.stages, a.quarter, target, in.params.forecast);
        row.closed = closed_between(list, a.window_start, in.as_of, in.params.basis, in.params.no_decision_is_lost);
        for (Deal const& d : list)
            if (d.is_open()) row.open.add(d.parts(in.params.basis));
        for (OpenDeal const& s : a.stalled)
            if (s.deal->owner == owner) ++row.stalled;
        a.owners.push_back(std::move(row));
    }
    std::stable_sort(a.owners.begin(), a.owners.end(), [](OwnerRow const& x, OwnerRow const& y) {
        if (x.owner.empty() != y.owner.empty()) return y.owner.empty();
        return x.forecast.commit().total() > y.forecast.commit().total();
    });
}

void records(Inputs const& in, Analysis& a) {
    auto has = [&](char const* column) { return in.has("opportunities", column); };
    Filled const filled{.contact = has("contact"),
                        .account = has("account"),
                        .owner = has("owner"),
                        .next_step = has("next_step") || has("next_step_date"),
                        .next_step_date = has("next_step_date"),
                        .reason = has("loss_reason"),
                        .amount = has("amount") || has("monthly_amount"),
                        .expected = has("expected_close_date")};
    a.findings = findings(in.deals, in.stages, filled, in.as_of, a.window_start, in.params.basis);
    std::set<Deal const*> wrong;
    for (Finding const& f : a.findings) wrong.insert(f.deals.begin(), f.deals.end());
    for (OpenDeal const& o : a.open_deals)
        if (!wrong.contains(o.deal)) ++a.clean;
}

} // namespace

Analysis analyze(Inputs const& in) {
    Analysis a;
    Params const& p = in.params;
    a.quarter = quarter_of(in.as_of, in.fiscal_year);
    a.next_quarter = next(a.quarter, in.fiscal_year);
    a.over = in.as_of >= a.quarter.end;
    auto target = [&](Quarter const& q) {
        return in.has("quotas") ? quota(in.quotas, q.start, q.end) : Metric::na("missing_dataset:quotas");
    };
    a.now = forecast(in.deals, in.stages, a.quarter, target(a.quarter), p.forecast);
    a.next = forecast(in.deals, in.stages, a.next_quarter, target(a.next_quarter), p.forecast);

    a.window_start = (in.as_of + 1).plus_months(-p.window_months);
    a.closed = closed_between(in.deals, a.window_start, in.as_of, p.basis, p.no_decision_is_lost);
    Date const before = (in.as_of + 1).plus_months(-2 * p.window_months);
    a.closed_before = closed_between(in.deals, before, a.window_start - 1, p.basis, p.no_decision_is_lost);
    a.window_before_known = std::any_of(in.deals.begin(), in.deals.end(), [&](Deal const& d) {
        return d.closed && *d.closed < before.plus_months(1); // the whole window before has data
    });

    open_pipeline(in, a, usual_days(in.deals, in.history, in.stages, in.as_of));
    a.velocity = velocity(a.open.deals, a.closed);
    std::vector<Deal const*> cohort;
    for (Deal const& d : in.deals) {
        if (d.closed_in(a.window_start, in.as_of) && (p.no_decision_is_lost || d.status != Status::no_decision))
            cohort.push_back(&d);
        if (d.status != Status::won) continue;
        if (d.closed_in(a.quarter.start, a.quarter.end)) a.mix_won_quarter.add(d);
        if (!d.closed_in(a.window_start, in.as_of)) continue;
        a.mix_won.add(d);
        a.mix_by_type[d.type].second.add(d);
    }
    if (in.has("stage_history")) {
        a.funnel = funnel(cohort, in.history, in.stages);
        a.slippage = slippage(in.start, in.deals, in.period.start, in.period.end, p.basis);
    }
    if (in.previous) a.changes = changes(*in.previous, in.deals, a.quarter, p.basis);
    owners(in, a);
    a.sources =
        by_source(in.deals, in.campaigns, in.costs_known(), a.window_start, in.as_of, p.basis, p.no_decision_is_lost);
    a.months = by_month(in.deals, in.as_of.first_of_month().plus_months(-11), in.as_of, p.basis);
    a.reasons = by_reason(in.deals, a.window_start, in.as_of, p.basis);
    a.competitors = by_competitor(in.deals, a.window_start, in.as_of, p.basis);
    records(in, a);
    a.actions = actions(in, a);
    return a;
}

} // namespace pipeline
