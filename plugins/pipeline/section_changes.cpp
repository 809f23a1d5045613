#include "sections.hpp"

namespace pipeline {

namespace block = deckle::block;
using deckle::Align;

namespace {

char const* name_of(Move move) {
    switch (move) {
    case Move::added:
        return "New";
    case Move::pulled_in:
        return "Pulled in";
    case Move::dated_in:
        return "Re-dated";
    case Move::reopened:
        return "Reopened";
    case Move::up:
        return "Amount up";
    case Move::down:
        return "Amount down";
    case Move::slipped:
        return "Slipped";
    case Move::dated_out:
        return "Date dropped";
    case Move::won:
        return "Won";
    case Move::lost:
        return "Lost";
    case Move::removed:
        return "Removed";
    }
    return "";
}

deckle::Chart waterfall(Page const& page) {
    auto const& [in, a, words, report] = page;
    Changes const& c = *a.changes;
    std::vector<Json> labels = {leaf::date(*in.previous_as_of, "day")};
    deckle::Chart::Values values = {c.before};
    for (Move const move : all_moves)
        if (!c.sum(move).is_zero()) {
            labels.emplace_back(name_of(move));
            values.emplace_back(c.sum(move));
        }
    labels.push_back(leaf::date(in.as_of, "day"));
    values.emplace_back(c.after);
    deckle::Chart chart("waterfall");
    chart.categories(labels).series("", "actual", values).set("totals", Json::array({0, labels.size() - 1}));
    chart.set("digits", 0).set("currency", words.currency).set("unit", words.chart_unit()).set("height", 150);
    if (words.thousands) chart.set("scale", 3);
    chart.set("title", leaf::text("Open pipeline of {quarter}, from the last report to this one",
                                  {{"quarter", a.quarter.name()}}));
    chart.set("alt",
              leaf::text(
                  "The open pipeline of {quarter} went from {before} to {after}.",
                  {{"quarter", a.quarter.name()}, {"before", words.money(c.before)}, {"after", words.money(c.after)}}));
    return chart;
}

Json change_table(Page const& page) {
    auto const& [in, a, words, report] = page;
    Changes const& c = *a.changes;
    block::Table table;
    table.caption("Deal by deal").unit(words.unit());
    table.column("What").column("Deal").column("Owner").column("Close date").column("Change", Align::right);
    std::size_t left = in.params.rows;
    for (Move const move : all_moves) {
        std::size_t const count = static_cast<std::size_t>(c.count(move));
        if (count == 0) continue;
        // each kind shows its largest; the list as a whole stays as long as asked
        std::size_t show = std::min({count, std::max<std::size_t>(left / 3, 2), std::size_t{6}});
        if (count == show + 1) ++show;
        left -= std::min(left, show);
        std::size_t shown = 0;
        Decimal rest;
        for (Moved const& m : c.moves) {
            if (m.move != move) continue;
            if (shown >= show) {
                rest += m.amount;
                continue;
            }
            Deal const& d = *m.deal;
            Json date = Words::day(d.is_open() ? d.expected : d.closed);
            if (m.expected_before && d.is_open() && d.expected != m.expected_before)
                date = leaf::text("{from} to {to}", {{"from", Words::day(m.expected_before)},
                                                     {"to", d.expected ? Words::day(d.expected) : Json("none")}});
            table.row({shown == 0 ? Json(name_of(move)) : Json(""), title_of(d), Words::named(d.owner, "nobody"),
                       std::move(date), words.signed_cell(m.amount)},
                      move == Move::slipped || move == Move::lost || move == Move::down ? "soon" : "");
            ++shown;
        }
        if (count > show)
            table.row({"", counted(static_cast<std::int64_t>(count - show), "more deal", "more deals"), "", "",
                       words.signed_cell(rest)});
    }
    table.footer({"All changes", "", "", "", words.signed_cell(c.after - c.before)});
    return table.json();
}

/// What the waterfall does not show, since it was not in the quarter's pipeline at either end.
Json beside(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::map<std::string, bool> counted_before; // id -> was open in the quarter
    for (Deal const& d : *in.previous)
        counted_before[d.id] = d.is_open() && d.expected_in(a.quarter.start, a.quarter.end);
    Sum won, elsewhere;
    for (Deal const& d : in.deals) {
        if (d.status == Status::won && d.closed_in(*in.previous_as_of + 1, in.as_of)) {
            won.add(d.parts(in.params.basis));
            if (!counted_before[d.id]) elsewhere.add(d.parts(in.params.basis));
        }
    }
    if (won.deals == 0)
        return leaf::text("Nothing was won since {day}.", {{"day", leaf::date(*in.previous_as_of, "long")}});
    std::vector<std::pair<std::string, Json>> args = {{"day", leaf::date(*in.previous_as_of, "long")},
                                                      {"deals", counted(won.deals, "deal", "deals")},
                                                      {"value", words.money(won.total())}};
    std::string text = "Since {day}, {deals} worth {value} were won in all";
    if (elsewhere.deals > 0) {
        text += "; {other} of it came from deals that were not expected this quarter, or were not there yet";
        args.emplace_back("other", words.money(elsewhere.total()));
    }
    return leaf::text(text + ".", args);
}

} // namespace

void what_changed(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    Json note = nullptr;
    if (a.changes) {
        note = leaf::text("since the report of {day}", {{"day", leaf::date(*in.previous_as_of, "long")}});
        if (a.changes->before.is_zero() && a.changes->after.is_zero())
            blocks.push_back(block::text(
                leaf::text("No deal is, or was, expected to close in {quarter}.", {{"quarter", a.quarter.name()}})));
        else
            blocks = {block::chart(waterfall(page))};
        if (!a.changes->moves.empty())
            blocks.push_back(change_table(page));
        else if (!a.changes->before.is_zero())
            blocks.push_back(block::text("Nothing moved."));
        blocks.push_back(block::text(beside(page)));
    } else if (in.previous_as_of) {
        blocks.push_back(block::text(
            leaf::text("The last report, of {day}, kept no deals to compare with; the next one will have this one's.",
                       {{"day", leaf::date(*in.previous_as_of, "long")}})));
    } else {
        blocks.push_back(block::text("This is the first run: from the next one on, this section shows what is new, "
                                     "won, lost, slipped and changed in amount since the last report."));
    }
    report.section("changes", "What changed since the last report", blocks, note);
}

void slipped(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (!a.slippage) {
        report.section("slippage", "Slipped and pulled in",
                       {block::missing("Slippage",
                                       "what was expected to close in the period and moved out of it, what was pulled "
                                       "in, and how often each deal was pushed",
                                       bind("stage_history"))});
        return;
    }
    Slippage const& s = *a.slippage;
    std::vector<Json> blocks;
    int moved = 0, most = 0;
    std::int64_t all = 0;
    for (OpenDeal const& o : a.open_deals) {
        moved += o.pushes > 0 ? 1 : 0;
        most = std::max(most, o.pushes);
        all += o.pushes;
    }
    Metric const per_deal = deckle::ratio(all, a.open.deals, "no_deals");
    blocks.push_back(block::key_figures(
        {{"Expected at the start", words.money(s.expected), counted(s.expected_deals, "deal", "deals")},
         {"Slipped out", words.money(s.slipped),
          counted(static_cast<std::int64_t>(s.slipped_deals.size()), "deal", "deals"),
          s.slipped.is_zero() ? "" : "soon"},
         {"Slippage", Words::percent(s.rate()), leaf::text("{value} pulled in", {{"value", words.money(s.pulled_in)}})},
         {"Pushes per open deal", Words::number(per_deal, 1),
          leaf::text("{moved} moved so far, one {most} times",
                     {{"moved", counted(moved, "deal", "deals")}, {"most", Words::count(most)}})}}));
    if (!s.slipped_deals.empty()) {
        block::Table table;
        table.column("Deal").column("Owner").column("Stage").column("Was expected").column("Now expected");
        table.column("Pushed", Align::right).column("Value", Align::right);
        std::size_t shown = 0;
        Decimal rest;
        for (Moved const& m : s.slipped_deals) {
            if (++shown > in.params.rows) {
                rest += m.amount;
                continue;
            }
            Deal const& d = *m.deal;
            table.row({title_of(d), Words::named(d.owner, "nobody"), Words::named(d.stage, "unknown"),
                       Words::day(m.expected_before), leaf::date(*d.expected),
                       Words::count(pushes(d, in.history, in.as_of)), words.cell(m.amount)});
        }
        if (shown > in.params.rows)
            table.row({counted(static_cast<std::int64_t>(shown - in.params.rows), "more deal", "more deals"), "", "",
                       "", "", "", words.cell(rest)});
        blocks.push_back(table.json());
    }
    report.section(
        "slippage", "Slipped and pulled in", blocks,
        leaf::text("deals expected from {from} to {to}; {unit}",
                   {{"from", Words::day(in.period.start)}, {"to", Words::day(in.period.end)}, {"unit", words.unit()}}));
}

} // namespace pipeline
