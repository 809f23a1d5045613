#include "checks.hpp"
#include <deckle/check.hpp>

namespace pipeline {

void checks(Page const& page) {
    auto const& [in, a, words, report] = page;
    auto const money = [&](char const* id, char const* label, Decimal expected, Decimal actual) {
        deckle::add_check(
            report, {.id = id, .label = label, .expected = expected, .actual = actual, .currency = words.currency});
    };
    auto const count = [&](char const* id, char const* label, std::int64_t expected, std::int64_t actual) {
        deckle::add_check(report, {.id = id, .label = label, .expected = Decimal(expected), .actual = Decimal(actual)});
    };

    Decimal open;
    int deals = 0;
    for (Deal const& d : in.deals)
        if (d.is_open()) {
            open += d.value(in.params.basis);
            ++deals;
        }
    Decimal stages, owners, owners_won, sources;
    int stage_deals = 0, owner_deals = 0;
    for (StageRow const& s : a.stages) {
        stages += s.open.total();
        stage_deals += s.open.deals;
    }
    for (OwnerRow const& o : a.owners) {
        owners += o.open.total();
        owner_deals += o.open.deals;
        owners_won += o.forecast.won.total();
    }
    for (SourceRow const& s : a.sources) sources += s.open.total();
    money("pipeline.stages", "Stages add up to the open pipeline", open, stages);
    count("pipeline.stages.deals", "Deals in stages are the open deals", deals, stage_deals);
    money("pipeline.owners", "People add up to the open pipeline", open, owners);
    count("pipeline.owners.deals", "Deals of people are the open deals", deals, owner_deals);
    money("pipeline.owners.won", "What people won adds up to what is won in the quarter", a.now.won.total(),
          owners_won);
    money("pipeline.sources", "Lead sources add up to the open pipeline", open, sources);

    Decimal types;
    for (auto const& [type, mix] : a.mix_by_type) types += mix.first.tcv;
    money("pipeline.types", "Types of deals add up to the open pipeline, whole contracts", a.mix_open.tcv, types);
    if (a.changes) {
        Decimal after = a.changes->before;
        for (Move const move : all_moves) after += a.changes->sum(move);
        money("pipeline.changes", "The last report and every change since give the open pipeline of the quarter",
              a.now.open.total(), after);
    }
    if (in.params.no_decision_is_lost) {
        int reasons = 0;
        for (ReasonRow const& r : a.reasons) reasons += r.deals;
        count("pipeline.reasons", "Reasons add up to the lost deals", a.closed.lost, reasons);
    }
}

} // namespace pipeline
