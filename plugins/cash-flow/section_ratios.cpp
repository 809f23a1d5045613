#include "sections.hpp"

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

namespace {

deckle::Chart dso_chart(Page const& page) {
    deckle::Chart chart("line");
    std::vector<Json> labels;
    deckle::Chart::Values dso, dpo;
    bool any_dpo = false;
    for (TrendPoint const& p : page.a.trend) {
        labels.push_back(leaf::date(p.day, "month_short"));
        dso.push_back(p.dso ? std::optional(p.dso.value().rounded(1)) : std::nullopt);
        dpo.push_back(p.dpo ? std::optional(p.dpo.value().rounded(1)) : std::nullopt);
        any_dpo = any_dpo || p.dpo;
    }
    chart.categories(labels).series("Days sales outstanding", "actual", dso);
    if (any_dpo) chart.series("Days payable outstanding", "previous", dpo);
    chart.set("title", "Days sales and days payable outstanding")
        .set("unit", "days")
        .set("digits", 1)
        .set("height", 146);
    return chart;
}

Json trend_table(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Month by month").unit(words.unit()).column("At the end of");
    for (char const* label : {"Cash", "Receivables", "Overdue", "DSO", "DPO", "Current ratio"})
        table.column(label, Align::right);
    for (TrendPoint const& p : a.trend)
        table.row({leaf::date(p.day, p.day == in.as_of ? "medium" : "month_year"),
                   p.cash ? words.cell(p.cash.value()) : leaf::na(p.cash.reason()), words.cell(p.receivables),
                   Words::percent(ratio(p.overdue, p.receivables), 0), Words::days(p.dso), Words::days(p.dpo),
                   Words::number(p.current_ratio, 2)},
                  p.day == in.as_of ? "strong" : "");
    return table.json();
}

bool has_any_dso(std::vector<TrendPoint> const& points) {
    int count = 0;
    for (TrendPoint const& p : points) count += p.dso ? 1 : 0;
    return count > 1;
}

} // namespace

void working_capital(Page const& page) {
    auto const& [in, a, words, report] = page;
    Ratios const& r = a.ratios;
    block::Table table;
    table.column("Measure").column("Value", Align::right).column("What it says");
    auto row = [&](char const* label, Json value, Json const& meaning) {
        table.row({label, std::move(value), meaning});
    };
    Json const window = Words::count(in.params.dso_days);
    row("Days sales outstanding (DSO)", Words::days(r.dso),
        leaf::text("Receivables / sales of {n} days x {n}", {{"n", window}}));
    row("Best possible DSO", Words::days(r.best_dso), "With nothing overdue");
    row("Average days delinquent", Words::days(r.days_delinquent), "DSO less best possible DSO: what lateness costs");
    row("DSO by count-back", Words::days(r.count_back),
        "Newest months' sales taken off receivables until they are used up");
    row("Collection effectiveness", Words::percent(r.cei),
        leaf::text("Collected of what could be in {month}", {{"month", leaf::date(in.period.end, "month")}}));
    row("Days payable outstanding (DPO)", Words::days(r.dpo),
        r.dpo_on_purchases ? "Payables / vendor bills: there is no cost of goods sold"
                           : "Payables / cost of goods sold");
    row("Days inventory outstanding (DIO)", Words::days(r.dio), "Inventory / cost of goods sold");
    row("Cash conversion cycle", Words::days(r.ccc), "DSO + DIO - DPO: days between paying and being paid");
    Json const of = r.balance_date ? leaf::text(", {day}", {{"day", leaf::date(*r.balance_date)}}) : Json("");
    row("Current ratio", Words::number(r.current, 2),
        leaf::text("Current assets / current liabilities{of}", {{"of", of}}));
    row("Quick ratio", Words::number(r.quick, 2),
        leaf::text("Cash and receivables / current liabilities{of}", {{"of", of}}));
    row("Runway, months", Words::number(r.runway, 1),
        r.runway.reason() == "cash_positive" ? "The last three months brought in more than they took"
                                             : "Cash / mean monthly net burn of the last three months");
    std::vector<Json> blocks = {table.json()};
    if (has_any_dso(a.trend)) blocks.push_back(block::chart(dso_chart(page)));
    if (!a.trend.empty()) blocks.push_back(trend_table(page));
    if (!in.has("balances"))
        blocks.push_back(block::missing("Current and quick ratio, cost of goods sold", "liquidity by the balance sheet",
                                        bind("balances")));
    report.section("working-capital", "Working capital: how long money is tied up", blocks);
}

} // namespace cash_flow
