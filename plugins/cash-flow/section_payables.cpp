#include "sections.hpp"
#include <algorithm>

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

Json aging_table(Aging const& aging, Words const& words, char const* caption, char const* party, std::size_t limit);
Json unconverted_table(std::vector<Unconverted> const& rows);

namespace {

/// Bills due and receipts expected in the next 7, 14 and 30 days.
Json due_before_cash(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("What is due before cash arrives").unit(words.unit()).column("");
    for (char const* label : {"Bills due", "All payments", "Receipts expected", "Cash then"})
        table.column(label, Align::right);
    for (int const days : {7, 14, 30}) {
        Decimal bills, out, received;
        for (Flow const& f : a.flows) {
            if (f.date > in.as_of + days) continue;
            (f.receipt ? received : out) += f.amount;
            if (f.line == "bills") bills += f.amount;
        }
        Decimal const then = a.position.cash + received - out;
        table.row({leaf::text("In {n} days", {{"n", Words::count(days)}}), words.cell(bills), words.cell(out),
                   words.cell(received), a.position.known ? words.cell(then) : leaf::na("missing_column:balance")},
                  a.position.known && then < in.params.minimum_cash ? "bad"
                  : out > received                                  ? "soon"
                                                                    : "");
    }
    return table.json();
}

Json discounts(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Early-payment discounts").unit(words.unit()).column("Vendor").column("Bill").column("Pay by");
    for (char const* label : {"Open", "Saving", "Yearly rate"}) table.column(label, Align::right);
    table.column("");
    std::size_t count = 0;
    for (OpenItem const& i : a.ap.items) {
        if (i.is_credit() || !i.discount_date || *i.discount_date <= in.as_of || i.discount_rate.is_zero()) continue;
        Metric const yearly = annualized_discount(i.discount_rate, i.due - *i.discount_date);
        bool const worth = yearly && yearly.value() >= in.params.discount_hurdle;
        table.row({i.party, i.number, leaf::date(*i.discount_date, "day"), words.cell(i.open),
                   words.cell((i.open * i.discount_rate).rounded(2)), Words::percent(yearly),
                   worth ? "worth taking" : "not worth it"});
        ++count;
    }
    return count == 0 ? Json() : table.json();
}

Json at_risk(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Distributors that may stop shipping").unit(words.unit()).column("Distributor");
    table.column("Overdue", Align::right).column("Oldest, days", Align::right).column("");
    bool any = false;
    Aging const by_due = age(a.ap.items, in.as_of);
    for (AgingRow const& r : by_due.rows) {
        auto const v = in.vendors.find(r.party);
        if (v == in.vendors.end() || !v->second.distributor || (r.overdue() <= Decimal(0) && !v->second.on_hold))
            continue;
        bool const risk = r.oldest_days > 30 || v->second.on_hold;
        table.row({r.party, words.cell(r.overdue()), Words::count(r.oldest_days),
                   v->second.on_hold ? "on credit hold"
                   : risk            ? "credit hold likely"
                                     : "late"},
                  risk ? "bad" : "soon");
        any = true;
    }
    return any ? table.json() : Json();
}

} // namespace

void payables(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    if (!in.has("bills")) {
        blocks.push_back(block::missing("Payables",
                                        "bills by age, what is due before cash arrives, discounts worth taking and "
                                        "distributors at risk",
                                        bind("bills")));
    } else {
        if (a.ap_aging.rows.empty())
            blocks.push_back(block::text("No bills are open."));
        else
            blocks.push_back(aging_table(a.ap_aging, words, "Payables by days past due", "Vendor", 10));
        blocks.push_back(due_before_cash(page));
        if (Json t = discounts(page); !t.is_null()) blocks.push_back(std::move(t));
        if (!in.has("vendors", "distributor"))
            blocks.push_back(block::missing("Distributors at risk",
                                            "which distributors may stop shipping because a bill is late",
                                            bind("vendors")));
        else if (Json t = at_risk(page); !t.is_null())
            blocks.push_back(std::move(t));
        else
            blocks.push_back(block::text("No distributor is waiting for money."));
        if (!a.ap.unconverted.empty()) blocks.push_back(unconverted_table(a.ap.unconverted));
    }
    Json note = nullptr;
    if (in.has("bills")) note = leaf::text("{total} open", {{"total", words.money(a.ap.total())}});
    report.section("payables", "Payables: what is due, and what it earns to pay early", blocks, note);
}

void unbilled_work(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (!a.unbilled) {
        report.section(
            "unbilled", "Unbilled work",
            {block::missing("Unbilled work", "billable time, products and overage that are on no invoice, by age",
                            bind("time_entries"))});
        return;
    }
    Unbilled const& u = *a.unbilled;
    if (u.rows.empty()) {
        report.section("unbilled", "Unbilled work", {block::text("All billable work is on an invoice.")});
        return;
    }
    block::Table table;
    table.caption("By days since the work").unit(words.unit()).column("Customer");
    for (char const* label : {"0 to 30", "31 to 60", "61 to 90", "Over 90", "Total", "Oldest, days"})
        table.column(label, Align::right);
    auto cells = [&](Json const& name, UnbilledRow const& r) {
        std::vector<Json> out = {name};
        for (Decimal const& amount : r.amounts) out.push_back(words.cell_or_blank(amount));
        out.push_back(words.cell(r.total()));
        out.push_back(Words::count(r.oldest_days));
        return out;
    };
    UnbilledRow rest;
    std::int64_t others = 0;
    for (std::size_t i = 0; i < u.rows.size(); ++i) {
        if (i < 10 || u.rows.size() == 11) {
            table.row(cells(u.rows[i].party, u.rows[i]), u.rows[i].oldest_days > 90 ? "bad" : "");
            continue;
        }
        ++others;
        for (std::size_t b = 0; b < rest.amounts.size(); ++b) rest.amounts[b] += u.rows[i].amounts[b];
        rest.oldest_days = std::max(rest.oldest_days, u.rows[i].oldest_days);
    }
    if (others > 0) table.row(cells(Words::counted(others, "other", "others"), rest));
    table.footer(cells("Total", u.sum));
    std::vector<std::pair<std::string, Json>> args = {{"total", words.money(u.sum.total())}};
    std::string sentence = "{total} can be billed";
    static constexpr std::pair<char const*, char const*> kinds[] = {{"time", "time"},
                                                                    {"product", "products"},
                                                                    {"overage", "agreement overage"},
                                                                    {"expense", "expenses"},
                                                                    {"other", "other"}};
    char const* separator = ": ";
    for (auto const& [kind, label] : kinds)
        if (auto const it = u.by_kind.find(kind); it != u.by_kind.end()) {
            sentence += separator + std::string("{") + kind + "} " + label;
            args.emplace_back(kind, words.money(it->second));
            separator = ", ";
        }
    sentence += a.billing_lag ? ". From work to invoice it takes {lag} days on average." : ".";
    if (a.billing_lag) args.emplace_back("lag", Words::days(a.billing_lag));
    std::vector<Json> blocks = {block::text(leaf::text(sentence, args)), table.json()};
    if (u.sum.amounts[3] > Decimal(0))
        blocks.push_back(block::callout("bad", leaf::text("{old} is older than 90 days: write it off or invoice it.",
                                                          {{"old", words.money(u.sum.amounts[3])}})));
    report.section("unbilled", "Unbilled work", blocks);
}

} // namespace cash_flow
