#include "sections.hpp"

namespace pipeline {

namespace block = deckle::block;
using deckle::Align;

namespace {

Json measures(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.column("Measure").column("Value", Align::right);
    if (a.window_before_known) table.column("Before", Align::right);
    table.column("What it is made of");
    auto row = [&](char const* label, Json value, Json before, Json const& made_of) {
        std::vector<Json> cells = {label, std::move(value)};
        if (a.window_before_known) cells.push_back(std::move(before));
        cells.push_back(made_of);
        table.row(cells);
    };
    Closed const &c = a.closed, &b = a.closed_before;
    Json count = leaf::text("{won} won, {lost} lost", {{"won", Words::count(c.won)}, {"lost", Words::count(c.lost)}});
    if (c.no_decision > 0)
        count = leaf::text(
            in.params.no_decision_is_lost ? "{won} won, {lost} lost, {none} of them without a decision"
                                          : "{won} won, {lost} lost; {none} without a decision left out",
            {{"won", Words::count(c.won)}, {"lost", Words::count(c.lost)}, {"none", Words::count(c.no_decision)}});
    row("Win rate by count", Words::percent(c.win_rate()), Words::percent(b.win_rate()), count);
    Json value =
        leaf::text("{won} won, {lost} lost", {{"won", words.money(c.won_value)}, {"lost", words.money(c.lost_value)}});
    if (c.lost_without_amount > 0)
        value = leaf::text("{won} won, {lost} lost; {n} without an amount make it look better",
                           {{"won", words.money(c.won_value)},
                            {"lost", words.money(c.lost_value)},
                            {"n", counted(c.lost_without_amount, "lost deal", "lost deals")}});
    row("Win rate by value", Words::percent(c.win_rate_by_value()), Words::percent(b.win_rate_by_value()), value);
    row("Average deal", words.cell(c.average_deal()), words.cell(b.average_deal()),
        leaf::text("median {median}", {{"median", words.money(c.median_deal())}}));
    Json cycle = leaf::text("median {median}; created to won", {{"median", Words::number(c.median_cycle(), 1)}});
    if (c.cycle_unknown > 0)
        cycle = leaf::text("median {median}; created to won; {n} without a day of creation left out",
                           {{"median", Words::number(c.median_cycle(), 1)}, {"n", Words::count(c.cycle_unknown)}});
    row("Sales cycle, days", Words::number(c.mean_cycle(), 1), Words::number(b.mean_cycle(), 1), cycle);
    Metric const month = a.velocity ? Metric(a.velocity.value() * 30) : a.velocity;
    row("Velocity, a day", words.cell(a.velocity), Json(""),
        leaf::text("{open} open deals x average deal x win rate / cycle; {month} in 30 days",
                   {{"open", Words::count(a.open.deals)}, {"month", words.money(month)}}));
    return table.json();
}

deckle::Chart month_chart(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> labels;
    deckle::Chart::Values created, won;
    for (MonthRow const& m : a.months) {
        labels.push_back(leaf::date(m.month, "month_short"));
        auto shown = [](Decimal sum) { return sum.is_zero() ? std::nullopt : std::optional(sum); };
        created.push_back(shown(m.created.total()));
        won.push_back(shown(m.won.total()));
    }
    deckle::Chart chart("bar");
    chart.categories(labels).series("Created", "previous", created).series("Won", "actual", won);
    chart.set("digits", 0).set("currency", words.currency).set("unit", words.chart_unit()).set("height", 140);
    if (words.thousands) chart.set("scale", 3);
    chart.set("title", "New deals and won deals by month");
    return chart;
}

Json month_table(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("In and out by month").unit(words.unit()).column("Month");
    for (char const* label : {"Created", "Deals", "Won", "Deals", "Lost", "Deals", "Net"})
        table.column(label, Align::right);
    MonthRow sum;
    auto cells = [&](Json label, MonthRow const& m) {
        return std::vector<Json>{
            std::move(label),           words.cell(m.created.total()), Words::count(m.created.deals),
            words.cell(m.won.total()),  Words::count(m.won.deals),     words.cell(m.lost.total()),
            Words::count(m.lost.deals), words.signed_cell(m.net())};
    };
    for (MonthRow const& m : a.months) {
        table.row(cells(leaf::date(m.month, "month_year"), m));
        for (auto [to, from] : {std::pair(&sum.created, &m.created), {&sum.won, &m.won}, {&sum.lost, &m.lost}}) {
            to->amount += from->amount;
            to->deals += from->deals;
        }
        sum.without_amount += m.without_amount;
    }
    table.footer(cells("12 months", sum));
    return table.json();
}

int created_without_amount(Analysis const& a) {
    int n = 0;
    for (MonthRow const& m : a.months) n += m.without_amount;
    return n;
}

} // namespace

void selling(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks = {measures(page), block::chart(month_chart(page)), month_table(page)};
    if (int const n = created_without_amount(a); n > 0)
        blocks.push_back(block::text(leaf::text(n == 1 ? "{deals} of those created carries no amount."
                                                       : "{deals} of those created carry no amount.",
                                                {{"deals", counted(n, "deal", "deals")}})));
    report.section("performance", "Win rate, deal size and velocity", blocks,
                   leaf::text(a.window_before_known ? "closed since {day}, and the {n} months before; {unit}"
                                                    : "closed since {day}; {unit}",
                              {{"day", leaf::date(a.window_start)},
                               {"unit", words.unit()},
                               {"n", Words::count(in.params.window_months)}}));
}

void lost_reasons(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (a.reasons.empty()) {
        report.section(
            "reasons", "Why deals are lost",
            {block::text(leaf::text("No deal was lost since {day}.", {{"day", leaf::date(a.window_start)}}))});
        return;
    }
    Decimal all;
    int deals = 0, none = 0;
    for (ReasonRow const& r : a.reasons) {
        all += r.value;
        deals += r.deals;
        none += r.no_decision;
    }
    auto table_of = [&](char const* caption, char const* first, std::vector<ReasonRow> const& rows, bool total) {
        block::Table table;
        table.caption(caption).unit(words.unit()).column(first).column("Deals", Align::right);
        if (total) table.column("No decision", Align::right);
        table.column("Value", Align::right).column("Share", Align::right);
        for (ReasonRow const& r : rows) {
            std::vector<Json> cells = {Words::named(r.reason, "No reason given"), Words::count(r.deals)};
            if (total) cells.push_back(Words::count_or_blank(r.no_decision));
            cells.push_back(words.cell(r.value));
            cells.push_back(Words::percent(deckle::ratio(r.value, all, "no_amounts")));
            table.row(cells);
        }
        if (total)
            table.footer({"All", Words::count(deals), Words::count_or_blank(none), words.cell(all),
                          Words::percent(deckle::ratio(all, all, "no_amounts"))});
        return table.json();
    };
    std::vector<Json> blocks = {table_of("By reason", "Reason", a.reasons, true)};
    if (!a.competitors.empty()) blocks.push_back(table_of("To whom", "Competitor", a.competitors, false));
    report.section("reasons", "Why deals are lost", blocks,
                   leaf::text("closed since {day}", {{"day", leaf::date(a.window_start)}}));
}

} // namespace pipeline
