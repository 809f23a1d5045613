// What a person should do about it, worded as such, with who and by when.
#include "analysis.hpp"
#include "words.hpp"
#include <algorithm>

namespace pipeline {
namespace {

struct Builder {
    Inputs const& in;
    Analysis const& a;
    Words words;
    std::vector<Action> out = {};

    [[nodiscard]] Date friday() const {
        Date day = next_working_day(in.as_of);
        while (day.weekday() != deckle::Weekday::friday) day = day + 1;
        return day;
    }
    void add(Urgency urgency, int rank, Json what, std::string owner = {}, std::optional<Date> due = {}) {
        Date const when = urgency == Urgency::now ? next_working_day(in.as_of) : due.value_or(friday());
        out.push_back({urgency, rank, std::move(what), owner.empty() ? in.params.owner : std::move(owner), when});
    }

    void quarter() {
        Forecast const& f = a.now;
        Metric const gap = f.gap();
        Metric const needed = a.coverage_needed(), has = f.coverage();
        int const days = a.quarter.end - in.as_of;
        if (gap && gap.value() > Decimal(0) && days > 0 && has && needed && has.value() < needed.value()) {
            Decimal const missing = (f.quota.value() - f.won.total()) * needed.value() - f.open.total();
            add(Urgency::now, 1,
                task("Find {missing} more pipeline for {quarter}|: what is open covers the rest of the quota {has} "
                     "times, and at today's win rate it takes {needed}",
                     {{"missing", words.money(missing)},
                      {"quarter", a.quarter.name()},
                      {"has", Words::number(has, 1)},
                      {"needed", Words::number(needed, 1)}}));
        }
        Metric const next = a.next.coverage();
        if (next && needed && next.value() < needed.value() && days <= 60)
            add(Urgency::by_date, a.over ? 2 : 20,
                task("Fill {quarter}|: {open} is expected in it so far, {has} times its quota; {needed} times is "
                     "needed",
                     {{"quarter", a.next_quarter.name()},
                      {"open", words.money(a.next.open.total())},
                      {"has", Words::number(next, 1)},
                      {"needed", Words::number(needed, 1)}}),
                "", std::max(a.quarter.end, friday()));
        for (OwnerRow const& o : a.owners) {
            if (o.owner.empty() || !o.forecast.quota || days <= 0) continue;
            Metric const best = deckle::ratio(o.forecast.best_case().total(), o.forecast.quota.value());
            if (best && best.value() < Decimal::of("0.5"))
                add(Urgency::this_week, 12,
                    task("Go through the quarter with {who}|: even the best case is {share} of a {quota} quota",
                         {{"who", o.owner},
                          {"share", Words::percent(best, 0)},
                          {"quota", words.money(o.forecast.quota.value())}}));
        }
    }

    void deals() {
        int late = 0, stuck = 0, moved = 0;
        for (OpenDeal const& o : a.open_deals) {
            Deal const& d = *o.deal;
            if (committed(d, in.stages, in.params.forecast) && d.expected && *d.expected < in.as_of && ++late <= 2)
                add(Urgency::now, 3 + late,
                    task("Close or re-date {deal}|: {value} committed for {day}, not closed",
                         {{"deal", title_of(d)}, {"value", words.money(o.value)}, {"day", leaf::date(*d.expected)}}),
                    d.owner);
            bool const no_step = d.next_step.empty() && !d.next_step_date && in.has("opportunities", "next_step");
            if (o.age.stalled() && no_step && !o.value.is_zero() && ++stuck <= 3)
                add(Urgency::this_week, 5 + stuck,
                    task("Set a next step for {deal}|: {value}, {days} in {stage}, nothing is planned",
                         {{"deal", title_of(d)},
                          {"value", words.money(o.value)},
                          {"days", counted(o.age.days.value_or(0), "day", "days")},
                          {"stage", Words::named(d.stage, "an unknown stage")}}),
                    d.owner);
        }
        if (a.slippage)
            for (Moved const& m : a.slippage->slipped_deals) {
                if (++moved > 2 || !m.deal->expected) break;
                int const times = pushes(*m.deal, in.history, in.as_of);
                add(Urgency::this_week, 9 + moved,
                    task(times > 1 ? "Ask why {deal} slipped|: {value}, from {from} to {to}, moved {times} times so far"
                                   : "Ask why {deal} slipped|: {value}, from {from} to {to}",
                         {{"deal", title_of(*m.deal)},
                          {"value", words.money(m.amount)},
                          {"from", leaf::date(*m.expected_before, "day")},
                          {"to", leaf::date(*m.deal->expected)},
                          {"times", Words::count(times)}}),
                    m.deal->owner);
            }
    }

    void records() {
        for (Finding const& f : a.findings) {
            auto const n = static_cast<std::int64_t>(f.deals.size());
            Deal const& first = *f.deals.front();
            if (f.rule == Rule::duplicate && f.deals.size() > 1)
                add(Urgency::this_week, 24,
                    task("Merge {one} and {other}|: they look like one deal, counted twice",
                         {{"one", first.name + " (" + first.id + ")"}, {"other", f.deals[1]->id}}),
                    first.owner);
            auto const other = std::count_if(f.deals.begin(), f.deals.end(), [&](Deal const* d) {
                return !committed(*d, in.stages, in.params.forecast); // committed ones have their own alert
            });
            if (f.rule == Rule::close_date_past && other > 0)
                add(Urgency::this_week, 22,
                    task("Re-date {deals}|: expected to close before {day}, still open",
                         {{"deals", counted(other, "deal", "deals")}, {"day", leaf::date(in.as_of)}}),
                    n == 1 ? first.owner : "");
            if (f.rule == Rule::no_amount)
                add(Urgency::this_week, 26,
                    task(n == 1 ? "Put an amount on {deal}|: it counts as nothing in the forecast"
                                : "Put an amount on {deals}|: they count as nothing in the forecast",
                         {{"deals", counted(n, "deal", "deals")}, {"deal", title_of(first)}}),
                    n == 1 ? first.owner : "");
            if (f.rule == Rule::no_probability)
                add(Urgency::this_week, 14,
                    task("Give {deals} a probability|: they weigh nothing in the forecast",
                         {{"deals", counted(n, "deal", "deals")}}));
        }
    }

    void learning() {
        Decimal lost;
        for (ReasonRow const& r : a.reasons) lost += r.value;
        for (ReasonRow const& r : a.reasons) {
            Metric const share = deckle::ratio(r.value, lost);
            if (!r.reason.empty() && share && share.value() >= Decimal::of("0.3") && r.deals >= 3) {
                add(Urgency::note, 40,
                    task("Work on \"{reason}\"|: {deals} worth {value} were lost to it, {share} of all that was lost",
                         {{"reason", r.reason},
                          {"deals", counted(r.deals, "deal", "deals")},
                          {"value", words.money(r.value)},
                          {"share", Words::percent(share, 0)}}));
                break;
            }
        }
        for (SourceRow const& s : a.sources)
            if (!s.source.empty() && s.cost && s.cost.value() > Decimal(0) && s.closed.won == 0)
                add(Urgency::note, 42,
                    task("Question {source}|: it cost {cost}, and nothing was won from it",
                         {{"source", s.source}, {"cost", words.money(s.cost.value())}}));
    }
};

} // namespace

std::vector<Action> actions(Inputs const& in, Analysis const& a) {
    Builder b{in, a, {in.currency, in.params.basis, false}};
    b.quarter();
    b.deals();
    b.records();
    b.learning();
    sort_by_urgency(b.out);
    return std::move(b.out);
}

} // namespace pipeline
