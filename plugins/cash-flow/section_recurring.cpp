#include "sections.hpp"

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

namespace {

Json agreement_table(Page const& page, char const* caption, std::vector<Agreement const*> const& list, bool expired) {
    block::Table table;
    table.caption(caption)
        .unit(page.words.unit())
        .column("Agreement")
        .column("Customer")
        .column(expired ? "Ended" : "Ends");
    if (!expired) table.column("Renews");
    table.column("A month", Align::right);
    Decimal sum;
    for (Agreement const* g : list) {
        Decimal const amount = page.a.recurring->mrr_by_agreement.at(g->id);
        sum += amount;
        std::vector<Json> cells = {g->name, g->party, leaf::date(*g->end)};
        if (!expired) cells.emplace_back(g->auto_renews ? "by itself" : "needs a signature");
        cells.push_back(page.words.cell(amount));
        table.row(cells, expired ? "soon" : "");
    }
    std::vector<Json> total = {"Total", "", ""};
    if (!expired) total.emplace_back("");
    total.push_back(page.words.cell(sum));
    table.footer(total);
    return table.json();
}

} // namespace

void recurring_revenue(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    if (a.recurring) {
        RecurringResult const& r = *a.recurring;
        std::vector<block::KeyFigure> list;
        list.push_back({"Recurring share of revenue", Words::percent(r.share),
                        leaf::text("billed in {month}", {{"month", leaf::date(in.period.end, "month")}})});
        if (in.has("agreements")) {
            list.push_back({"Monthly recurring revenue", words.money(r.mrr), "active agreements and additions"});
            list.push_back({"Net revenue retention", Words::percent(r.retention.net()),
                            leaf::text("{more} more, {less} less, {gone} gone in a year",
                                       {{"more", words.money(r.retention.expansion)},
                                        {"less", words.money(r.retention.contraction)},
                                        {"gone", words.money(r.retention.churn)}})});
            list.push_back(
                {"Gross revenue retention", Words::percent(r.retention.gross()),
                 leaf::text("{added} a month from new customers", {{"added", words.money(r.retention.added)}})});
        }
        blocks.push_back(block::key_figures(list));
        if (!r.renewals.empty()) blocks.push_back(agreement_table(page, "Renewals ahead", r.renewals, false));
        if (!r.expired.empty()) blocks.push_back(agreement_table(page, "Expired: still billing?", r.expired, true));
    }
    if (!in.has("agreements"))
        blocks.push_back(block::missing("Agreements",
                                        "monthly recurring revenue, retention, renewals and agreements that have "
                                        "expired and are still billed",
                                        bind("agreements")));
    report.section("recurring", "Recurring revenue and renewals", blocks);
}

} // namespace cash_flow
