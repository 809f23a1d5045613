#include "sections.hpp"

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

namespace {

Json accounts(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Cash").unit(words.unit()).column("Account").column("Balance", Align::right);
    for (AccountPosition const& p : a.position.accounts)
        table.row({p.restricted ? leaf::text("{name} (restricted)", {{"name", p.name}}) : Json(p.name),
                   p.balance ? words.cell(*p.balance) : leaf::na("missing_column:balance")});
    if (a.position.accounts.empty() && a.position.known)
        table.row({"As given (cash_today)", words.cell(a.position.cash)});
    table.footer({"Cash", a.position.known ? words.cell(a.position.cash) : leaf::na("missing_column:balance")});
    if (!a.position.restricted.is_zero()) table.footer({"Restricted, not counted", words.cell(a.position.restricted)});
    if (!a.position.limit.is_zero()) {
        table.footer({"Available on lines of credit", words.cell(a.position.available)});
        table.footer(
            {"Liquidity", a.position.known ? words.cell(a.position.liquidity()) : leaf::na("missing_column:balance")});
    }
    return table.json();
}

Json lines(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Lines of credit").unit(words.unit()).column("Line");
    for (char const* label : {"Limit", "Borrowing base", "Drawn", "Available"}) table.column(label, Align::right);
    table.column("Ends");
    for (LinePosition const& l : a.position.lines) {
        Json name =
            l.line.distributor ? leaf::text("{name} (purchases only)", {{"name", l.line.name}}) : Json(l.line.name);
        Json const available = l.line.distributor ? words.cell(std::max(Decimal(0), l.line.limit - l.line.drawn))
                                                  : words.cell(l.available);
        table.row({std::move(name), words.cell(l.line.limit), l.base ? words.cell(*l.base) : Json(""),
                   words.cell(l.line.drawn), available, l.line.expires ? leaf::date(*l.line.expires) : Json("")},
                  l.expired ? "bad" : "");
    }
    return table.json();
}

/// The lender's arithmetic, where a line is capped by it.
Json borrowing(Page const& page) {
    auto const& [in, a, words, report] = page;
    BorrowingBase const& b = a.base;
    Decimal rate = in.params.borrowing.advance_rate;
    for (LinePosition const& l : a.position.lines)
        if (l.base && l.line.advance_rate) rate = *l.line.advance_rate;
    block::Table table;
    table.caption("Borrowing base").unit(words.unit()).column("").column("Amount", Align::right);
    table.row({"Receivables, less unapplied credits", words.cell(b.receivables)});
    table.row({"More than 90 days from the invoice date", words.cell(-b.over_age)});
    table.row({leaf::text("Other invoices of customers with more than {share} over 90 days",
                          {{"share", leaf::pct(in.params.borrowing.cross_age, {.digits = 0})}}),
               words.cell(-b.cross_aged)});
    table.row({"Owed to the same party as a vendor", words.cell(-b.contra)});
    table.row({leaf::text("Above {share} of the total in one customer",
                          {{"share", leaf::pct(in.params.borrowing.concentration, {.digits = 0})}}),
               words.cell(-b.concentrated)});
    table.row({"Eligible receivables", words.cell(b.eligible())}, "strong");
    table.footer(
        {leaf::text("Borrowing base at {rate}", {{"rate", leaf::pct(rate, {.digits = 0})}}), words.cell(b.base(rate))});
    return table.json();
}

Json cards(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Credit cards, a debt").unit(words.unit()).column("Card");
    for (char const* label : {"Owed", "Limit", "Used"}) table.column(label, Align::right);
    table.column("Next payment").column("Amount", Align::right);
    for (CreditCard const& c : in.cards)
        table.row({c.name, words.cell(c.balance), c.limit ? words.cell(*c.limit) : Json(""),
                   c.limit ? Words::percent(ratio(c.balance, *c.limit), 0) : Json(""),
                   c.due_date ? leaf::date(*c.due_date) : Json("not known"), words.cell(c.due_amount)},
                  c.payroll_used ? "bad" : "");
    table.footer({"Card debt", words.cell(a.position.card_debt), "", "", "", ""});
    return table.json();
}

} // namespace

void cash_today(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    if (!a.position.known)
        blocks.push_back(
            block::callout("bad", "No balance of the bank is known, so the forecast shows only how cash moves."));
    blocks.push_back(accounts(page));
    if (in.has("credit_lines"))
        blocks.push_back(lines(page));
    else
        blocks.push_back(block::missing("Lines of credit", "what can still be drawn, and the lender's borrowing base",
                                        bind("credit_lines")));
    bool capped = false;
    for (LinePosition const& l : a.position.lines) capped = capped || l.base.has_value();
    if (capped) blocks.push_back(borrowing(page));
    if (in.has("credit_cards")) {
        if (!in.cards.empty()) blocks.push_back(cards(page));
    } else {
        blocks.push_back(block::missing("Credit cards", "what is owed on cards, which is a debt like any other",
                                        bind("credit_cards")));
    }
    report.section("cash",
                   leaf::text("Cash, availability and liquidity on {day}", {{"day", leaf::date(in.as_of, "long")}}),
                   blocks);
}

} // namespace cash_flow
