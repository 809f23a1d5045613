#include "sections.hpp"

namespace pipeline {

namespace block = deckle::block;
using deckle::Align;

void people(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (a.owners.empty()) {
        report.section("people", "By person", {block::text("Nobody has an open or recently closed deal, or a quota.")});
        return;
    }
    bool const quotas = in.has("quotas");
    block::Table table;
    table.column("Person");
    if (quotas) table.column("Quota", Align::right);
    for (char const* label : {"Won", "Commit"}) table.column(label, Align::right);
    if (quotas) table.column("Of quota", Align::right);
    for (char const* label : {"Weighted", "Best case"}) table.column(label, Align::right);
    if (quotas) table.column("Coverage", Align::right);
    for (char const* label : {"Open in all", "Stalled", "Win rate", "Average deal"}) table.column(label, Align::right);
    auto cells = [&](Json name, Forecast const& f, Decimal open, std::size_t stalled, Closed const& closed,
                     bool has_quota = true) {
        std::vector<Json> row = {std::move(name)};
        auto of_quota = [&](Json value) {
            if (quotas) row.push_back(has_quota ? std::move(value) : Json(""));
        };
        of_quota(words.cell(f.quota));
        row.push_back(words.cell(f.won.total()));
        row.push_back(words.cell(f.commit().total()));
        of_quota(Words::percent(f.quota ? deckle::ratio(f.commit().total(), f.quota.value()) : f.quota, 0));
        row.push_back(words.cell(f.weighted().total()));
        row.push_back(words.cell(f.best_case().total()));
        of_quota(Words::coverage(f.coverage()));
        row.push_back(words.cell(open));
        row.push_back(Words::count_or_blank(static_cast<int>(stalled)));
        row.push_back(Words::percent(closed.win_rate(), 0));
        row.push_back(words.cell(closed.average_deal()));
        return row;
    };
    for (OwnerRow const& o : a.owners) // deals of nobody have no quota
        table.row(cells(Words::named(o.owner, "Nobody"), o.forecast, o.open.total(),
                        static_cast<std::size_t>(o.stalled), o.closed, !o.owner.empty()));
    table.footer(cells("All", a.now, a.open.total(), a.stalled.size(), a.closed));
    report.section(
        "people", "By person", {table.json()},
        leaf::text("{quarter}; win rate and average deal since {day}; {unit}",
                   {{"quarter", a.quarter.name()}, {"day", leaf::date(a.window_start)}, {"unit", words.unit()}}));
}

void lead_sources(Page const& page) {
    auto const& [in, a, words, report] = page;
    bool const cost = in.costs_known();
    block::Table table;
    table.column("Source").column("Channel");
    for (char const* label : {"Created", "Won", "Win rate", "Won value", "Open value"})
        table.column(label, Align::right);
    if (cost)
        for (char const* label : {"Cost", "Cost per won deal"}) table.column(label, Align::right);
    Decimal spent, won_value;
    int created = 0, won = 0;
    for (SourceRow const& s : a.sources) {
        if (s.created == 0 && s.open.deals == 0 && s.closed.won + s.closed.lost == 0 &&
            (!s.cost || s.cost.value().is_zero()))
            continue; // long ago
        auto const channel = in.channels.find(s.source);
        std::vector<Json> cells = {Words::named(s.source, "None named"),
                                   channel == in.channels.end() ? Json("") : Json(channel->second),
                                   Words::count(s.created),
                                   Words::count(s.closed.won),
                                   Words::percent(s.closed.win_rate(), 0),
                                   words.cell(s.closed.won_value),
                                   words.cell(s.open.total())};
        bool const none = cost && s.cost.value().is_zero();
        if (cost) cells.push_back(none ? Json("") : words.cell(s.cost));
        if (cost) cells.push_back(none ? Json("") : words.cell(s.cost_per_won));
        table.row(cells, cost && !none && s.closed.won == 0 ? "soon" : "");
        created += s.created;
        won += s.closed.won;
        won_value += s.closed.won_value;
        if (cost) spent += s.cost.value();
    }
    std::vector<Json> total = {"All",
                               "",
                               Words::count(created),
                               Words::count(won),
                               Words::percent(a.closed.win_rate(), 0),
                               words.cell(won_value),
                               words.cell(a.open.total())};
    if (cost) {
        total.push_back(words.cell(spent));
        total.push_back(words.cell(deckle::ratio(spent, won, "none_won")));
    }
    table.footer(total);
    std::vector<Json> blocks = {table.json()};
    if (cost)
        blocks.push_back(block::text("Cost: what campaigns cost less what vendors paid, spread evenly over the days "
                                     "of each campaign; only the days of the window count."));
    else if (!in.has("campaigns"))
        blocks.push_back(
            block::missing("Campaigns", "what each source cost, and the cost of one won deal", bind("campaigns")));
    report.section("lead-sources", "By lead source", blocks,
                   leaf::text("since {day}; {unit}", {{"day", leaf::date(a.window_start)}, {"unit", words.unit()}}));
}

void recurring(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.column("");
    for (char const* label :
         {"Deals", "Recurring deals", "One-time", "A month", "Annual (ACV)", "First year", "Whole contract (TCV)"})
        table.column(label, Align::right);
    auto row = [&](Json label, Mix const& m, std::string_view tone = {}) {
        table.row({std::move(label), Words::count(m.deals), Words::count(m.recurring_deals), words.cell(m.one_time),
                   words.cell(m.monthly), words.cell(m.acv), words.cell(m.first_year), words.cell(m.tcv)},
                  tone);
    };
    row("Open pipeline", a.mix_open, "strong");
    bool const types = in.has("opportunities", "type");
    auto of_it = [](std::string const& type) {
        return leaf::text("of it: {type}", {{"type", Words::named(type, "no type")}});
    };
    if (types)
        for (auto const& [type, mix] : a.mix_by_type)
            if (mix.first.deals > 0) row(of_it(type), mix.first);
    row(leaf::text("Won in {quarter}", {{"quarter", a.quarter.name()}}), a.mix_won_quarter, "strong");
    row(leaf::text("Won since {day}", {{"day", leaf::date(a.window_start)}}), a.mix_won, "strong");
    if (types)
        for (auto const& [type, mix] : a.mix_by_type)
            if (mix.second.deals > 0) row(of_it(type), mix.second);
    std::vector<Json> blocks = {table.json()};
    int const assumed = a.mix_open.assumed_terms + a.mix_won.assumed_terms;
    if (assumed > 0)
        blocks.push_back(block::text(leaf::text("{deals} name no term; 12 months are taken for them.",
                                                {{"deals", counted(assumed, "recurring deal", "recurring deals")}})));
    report.section("recurring", "Recurring and one-time", blocks, deckle::words::unit(words.currency));
}

} // namespace pipeline
