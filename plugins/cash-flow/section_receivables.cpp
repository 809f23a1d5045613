#include "sections.hpp"
#include <algorithm>

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

namespace {

constexpr std::size_t shown_customers = 15;

std::vector<Json> bucket_cells(Words const& words, AgingRow const& row, bool with_credits) {
    std::vector<Json> cells;
    for (std::size_t b = 0; b < bucket_count; ++b)
        if (b != unapplied || with_credits) cells.push_back(words.cell_or_blank(row.amounts[b]));
    return cells;
}

} // namespace

/// Aging by party, largest first; past `limit` rows the rest is one line.
Json aging_table(Aging const& aging, Words const& words, char const* caption, char const* party, std::size_t limit) {
    bool const credits = !aging.sum.amounts[unapplied].is_zero();
    block::Table table;
    table.caption(caption).unit(words.unit()).column(party);
    for (char const* label : {"Current", "1 to 30", "31 to 60", "61 to 90", "Over 90"})
        table.column(label, Align::right);
    if (credits) table.column("Unapplied", Align::right);
    table.column("Total", Align::right).column("Share", Align::right);
    auto line = [&](Json const& name, AgingRow const& row, std::string_view tone, bool footer) {
        std::vector<Json> cells = bucket_cells(words, row, credits);
        cells.insert(cells.begin(), name);
        cells.push_back(words.cell(row.total()));
        cells.push_back(Words::percent(ratio(row.total(), aging.sum.total()), 0));
        if (footer)
            table.footer(cells);
        else
            table.row(cells, tone);
    };
    AgingRow rest;
    std::int64_t others = 0;
    for (std::size_t i = 0; i < aging.rows.size(); ++i) {
        AgingRow const& row = aging.rows[i];
        if (i < limit || aging.rows.size() == limit + 1) {
            line(row.party, row, row.amounts[days_over_90] > Decimal(0) ? "soon" : "", false);
            continue;
        }
        ++others;
        for (std::size_t b = 0; b < bucket_count; ++b) rest.amounts[b] += row.amounts[b];
    }
    if (others > 0) line(Words::counted(others, "other", "others"), rest, "", false);
    line("Total", aging.sum, "", true);
    std::vector<Json> shares = {"Share"};
    for (std::size_t b = 0; b < bucket_count; ++b)
        if (b != unapplied || credits) shares.push_back(Words::percent(aging.share(static_cast<Bucket>(b)), 0));
    shares.emplace_back("");
    shares.emplace_back("");
    table.footer(shares);
    return table.json();
}

namespace {

Json who_to_call(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Who to call: the ten customers that are late with most").unit(words.unit());
    table.column("Customer").column("Overdue", Align::right).column("Oldest, days", Align::right).column("Contact");
    table.column("Promised").column("Disputed", Align::right).column("Last contact").column("Owner");
    Aging const by_due = age(a.ar.items, in.as_of);
    std::vector<AgingRow> late = by_due.rows;
    std::erase_if(late, [](AgingRow const& r) { return r.overdue() <= Decimal(0); });
    std::stable_sort(late.begin(), late.end(),
                     [](AgingRow const& x, AgingRow const& y) { return x.overdue() > y.overdue(); });
    if (late.size() > 10) late.resize(10);
    for (AgingRow const& r : late) {
        Json contact = "", promised = "", last = "", owner = "";
        if (auto const it = in.contacts.find(r.party); it != in.contacts.end())
            contact = it->second.phone.empty() && it->second.email.empty()
                          ? Json(it->second.name)
                          : leaf::text("{name}, {how}",
                                       {{"name", it->second.name},
                                        {"how", it->second.phone.empty() ? it->second.email : it->second.phone}});
        std::optional<Date> day, seen;
        Decimal disputed;
        for (OpenItem const& i : a.ar.items) {
            if (i.party != r.party || i.is_credit()) continue;
            disputed += a.collections.disputed(i);
            if (auto const* p = a.collections.promise(i)) day = std::max(day.value_or(p->date), p->date);
        }
        for (CollectionEvent const& e : in.collections)
            if (e.party == r.party && e.date <= in.as_of && (!seen || e.date >= *seen)) {
                seen = e.date;
                if (!e.owner.empty()) owner = e.owner;
            }
        if (owner == "")
            if (auto const it = in.owners.find(r.party); it != in.owners.end()) owner = it->second;
        if (day)
            promised = *day <= in.as_of ? leaf::text("{day}, not received", {{"day", leaf::date(*day, "day")}})
                                        : leaf::date(*day, "day");
        if (seen) last = leaf::date(*seen, "day");
        table.row({r.party, words.cell(r.overdue()), Words::count(r.oldest_days), contact, promised,
                   words.cell_or_blank(disputed), last, owner},
                  r.oldest_days > in.params.overdue_days ? "bad" : "");
    }
    return late.empty() ? block::text("No customer is late.") : table.json();
}

Json concentration(Page const& page) {
    auto const& [in, a, words, report] = page;
    Metric const share = a.ar_aging.concentration();
    if (!share) return block::text("No receivables are open.");
    bool const high = share.value() > in.params.concentration;
    Json const text =
        leaf::text(high ? "{who} owes {share} of all receivables, more than the {limit} that is safe."
                        : "The largest customer, {who}, owes {share} of all receivables; up to {limit} is safe.",
                   {{"who", a.ar_aging.rows.front().party},
                    {"share", Words::percent(share, 0)},
                    {"limit", leaf::pct(in.params.concentration, {.digits = 0})}});
    return high ? block::callout("soon", text) : block::text(text);
}

} // namespace

Json unconverted_table(std::vector<Unconverted> const& rows) {
    block::Table table;
    table.caption("Not converted, in no total: no exchange rate is known");
    table.column("Document").column("Party").column("Amount", Align::right);
    for (Unconverted const& u : rows) table.row({u.number, u.party, leaf::money(u.amount, u.currency)}, "soon");
    return table.json();
}

void receivables(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks = {concentration(page)};
    if (!a.ar_aging.rows.empty())
        blocks.push_back(aging_table(a.ar_aging, words,
                                     in.params.age_by == AgeBy::due ? "Receivables by days past due"
                                                                    : "Receivables by days since the invoice",
                                     "Customer", shown_customers));
    blocks.push_back(who_to_call(page));
    if (!in.has("payments") && !in.has("invoices", "balance"))
        blocks.push_back(
            block::missing("Partial payments", "what is left of invoices that are paid in part", bind("payments")));
    if (!in.has("collections"))
        blocks.push_back(block::missing("Promises, disputes and the last contact",
                                        "who promised what, and which amounts are in dispute", bind("collections")));
    if (!a.ar.unconverted.empty()) blocks.push_back(unconverted_table(a.ar.unconverted));
    std::int64_t assumed = 0;
    for (OpenItem const& i : a.ar.items) assumed += i.due_assumed ? 1 : 0;
    if (assumed > 0)
        blocks.push_back(block::callout(
            "info", leaf::text("{n} without due date or terms: the invoice date stands in for it.",
                               {{"n", Words::counted(assumed, "open invoice is", "open invoices are")}})));
    Json note = leaf::text("{total} open", {{"total", words.money(a.ar.total())}});
    report.section("receivables", "Receivables: who owes what, and who to call", blocks, note);
}

} // namespace cash_flow
