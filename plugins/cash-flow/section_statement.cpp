#include "sections.hpp"

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

namespace {

/// Money from equipment sold, where the bank's movements say which they are.
std::optional<Decimal> disposal_proceeds(Inputs const& in, Movements const& m) {
    Decimal sum;
    bool any = false;
    for (BankTransaction const& t : in.bank)
        if (t.date > m.from && t.date <= m.to &&
            (t.category == "disposal" || (t.counter_line == "fixed_assets" && t.amount > Decimal(0)))) {
            sum += t.amount;
            any = true;
        }
    return any ? std::optional(sum) : std::nullopt;
}

Decimal amount_of(std::vector<StatementLine> const& lines, std::string const& id) {
    for (StatementLine const& l : lines)
        if (l.id == id) return l.amount;
    return 0;
}

struct Columns {
    Statement period;
    std::optional<Statement> year; // fiscal year to date
};

void rows(block::Table& table, Words const& words, std::vector<StatementLine> const& period,
          std::vector<StatementLine> const* year) {
    std::vector<StatementLine> all = period;
    if (year != nullptr)
        for (StatementLine const& l : *year)
            if (amount_of(all, l.id).is_zero()) all.push_back(l);
    for (StatementLine const& l : all) {
        std::vector<Json> cells = {l.label, words.cell(amount_of(period, l.id))};
        if (year != nullptr) cells.push_back(words.cell(amount_of(*year, l.id)));
        table.row(cells);
    }
}

Json indirect_table(Page const& page, Columns const& c) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("Indirect method").unit(words.unit()).column("");
    table.column(leaf::date(in.period.end, "month"), Align::right);
    if (c.year) table.column("Year to date", Align::right);
    auto total = [&](char const* label, Decimal Statement::*part) {
        std::vector<Json> cells = {label, words.cell(c.period.*part)};
        if (c.year) cells.push_back(words.cell((*c.year).*part));
        table.row(cells, "strong");
    };
    auto foot = [&](char const* label, auto const& value) {
        std::vector<Json> cells = {label, words.cell(value(c.period))};
        if (c.year) cells.push_back(words.cell(value(*c.year)));
        table.footer(cells);
    };
    rows(table, words, c.period.operating, c.year ? &c.year->operating : nullptr);
    total("Cash from operations", &Statement::cfo);
    rows(table, words, c.period.investing, c.year ? &c.year->investing : nullptr);
    total("Cash from investing", &Statement::cfi);
    rows(table, words, c.period.financing, c.year ? &c.year->financing : nullptr);
    total("Cash from financing", &Statement::cff);
    foot("Change in cash", [](Statement const& s) { return s.net(); });
    foot("Cash at the start", [](Statement const& s) { return s.opening; });
    foot("Unreconciled", [](Statement const& s) { return s.unreconciled; });
    foot("Cash at the end", [](Statement const& s) { return s.closing; });
    return table.json();
}

Json direct_table(Page const& page, Movements const& m) {
    auto const& [in, a, words, report] = page;
    auto const lines = direct(m);
    BankStatement const bank = from_bank(in.bank, m.from + 1, m.to);
    bool const known = bank.by_line.size() > 1 || (bank.by_line.size() == 1 && !bank.by_line.contains("unplaced"));
    block::Table table;
    table.caption("Operations by the direct method")
        .unit(words.unit())
        .column("")
        .column("From the books", Align::right);
    if (known) table.column("From the bank", Align::right);
    static constexpr std::pair<char const*, char const*> names[] = {{"receipts", "Received from customers"},
                                                                    {"suppliers", "Paid to suppliers"},
                                                                    {"staff", "Wages and running costs"},
                                                                    {"sales_tax", "Sales tax collected less paid over"},
                                                                    {"interest", "Interest"},
                                                                    {"tax", "Taxes"}};
    Decimal sum;
    for (auto const& [id, label] : names) {
        Decimal const book = amount_of(lines, id);
        auto const it = bank.by_line.find(id);
        Decimal const seen = it == bank.by_line.end() ? Decimal(0) : it->second;
        sum += book;
        if (book.is_zero() && seen.is_zero()) continue;
        std::vector<Json> cells = {label, words.cell(book)};
        if (known) cells.push_back(words.cell(seen));
        table.row(cells);
    }
    std::vector<Json> total = {"Cash from operations", words.cell(sum)};
    if (known) total.push_back(words.cell(bank.operating()));
    table.footer(total);
    if (auto const it = bank.by_line.find("unplaced"); known && it != bank.by_line.end())
        table.footer({"Bank movements without a category", "", words.cell(it->second)});
    return table.json();
}

/// Accounts without a statement line that hold or moved something in the period, or in the year.
Json unmapped_table(Page const& page, Movements const& period, Movements const* year) {
    block::Table table;
    table.caption("Unmapped accounts, in none of the lines above: their effect on cash").unit(page.words.unit());
    table.column("Account").column("Name").column(leaf::date(page.in.period.end, "month"), Align::right);
    if (year != nullptr) table.column("Year to date", Align::right);
    table.column("Balance", Align::right);
    auto effect = [](Movements const& m, std::string const& number) {
        for (UnmappedAccount const& u : m.unmapped)
            if (u.number == number) return -u.change;
        return Decimal(0);
    };
    std::map<std::string, std::string> names;
    for (UnmappedAccount const& u : period.unmapped) names[u.number] = u.name;
    if (year != nullptr)
        for (UnmappedAccount const& u : year->unmapped) names[u.number] = u.name;
    for (auto const& [number, name] : names) {
        std::vector<Json> cells = {number, name, page.words.cell(effect(period, number))};
        if (year != nullptr) cells.push_back(page.words.cell(effect(*year, number)));
        Decimal balance;
        for (UnmappedAccount const& u : period.unmapped)
            if (u.number == number) balance = u.balance;
        cells.push_back(page.words.cell(balance));
        table.row(cells);
    }
    return names.empty() ? Json() : table.json();
}

Date fiscal_start(FiscalYear fy, Date day) {
    auto const this_year = Date::from_ymd(day.year(), fy.month, fy.day);
    if (this_year && *this_year <= day) return *this_year;
    return Date::from_ymd(day.year() - 1, fy.month, fy.day).value_or(Date::from_days(day.days() - 365));
}

Json bank_only(Page const& page) {
    BankStatement const bank =
        from_bank(page.in.bank, page.in.period.start, std::min(page.in.period.end, page.in.as_of));
    block::Table table;
    table.caption("Direct method, from the bank").unit(page.words.unit()).column("");
    table.column(leaf::date(page.in.period.end, "month"), Align::right);
    static constexpr std::pair<char const*, char const*> names[] = {{"receipts", "Received from customers"},
                                                                    {"suppliers", "Paid to suppliers"},
                                                                    {"staff", "Wages and running costs"},
                                                                    {"sales_tax", "Sales tax"},
                                                                    {"interest", "Interest"},
                                                                    {"tax", "Taxes"},
                                                                    {"investing", "Equipment and other investing"},
                                                                    {"financing", "Debt and owners"},
                                                                    {"unplaced", "Without a category"}};
    Decimal sum;
    for (auto const& [id, label] : names)
        if (auto const it = bank.by_line.find(id); it != bank.by_line.end()) {
            table.row({label, page.words.cell(it->second)});
            sum += it->second;
        }
    table.footer({"Change in cash", page.words.cell(sum)});
    return table.json();
}

} // namespace

void statement(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks;
    Json note = nullptr;
    auto const m = in.has("balances")
                       ? movements(in.accounts, in.balances, in.period.start, in.period.end, in.fiscal_year)
                       : std::nullopt;
    if (m) {
        Columns c{indirect(*m, disposal_proceeds(in, *m)), {}};
        auto const year = movements(in.accounts, in.balances, fiscal_start(in.fiscal_year, in.period.end),
                                    in.period.end, in.fiscal_year);
        bool const longer = year && year->from != m->from;
        if (longer) c.year = indirect(*year, disposal_proceeds(in, *year));
        blocks.push_back(indirect_table(page, c));
        blocks.push_back(direct_table(page, *m));
        if (!c.period.unreconciled.is_zero())
            blocks.push_back(block::callout("soon", leaf::text("{amount} of the change in cash is not explained by the "
                                                               "lines above.",
                                                               {{"amount", words.money(c.period.unreconciled)}})));
        if (auto const off = imbalance(in.balances, in.period.end))
            blocks.push_back(block::callout(
                "soon",
                leaf::text("The trial balance is out of balance by {amount} since {day}: debits and credits differ, "
                           "so part of the statement cannot be reconciled.",
                           {{"amount", words.exact(off->amount)}, {"day", leaf::date(off->since)}})));
        if (Json t = unmapped_table(page, *m, longer ? &*year : nullptr); !t.is_null()) blocks.push_back(std::move(t));
        note = leaf::text("from {from} to {to}", {{"from", leaf::date(m->from)}, {"to", leaf::date(m->to)}});
    } else {
        blocks.push_back(block::missing(
            "Cash-flow statement",
            in.has("balances")
                ? leaf::text("operations, investing and financing, indirect and direct; trial balances of the "
                             "month end before {day} and of the period are needed",
                             {{"day", leaf::date(in.period.start)}})
                : Json("operations, investing and financing, indirect and direct, from month-end trial balances"),
            in.has("balances") ? "deckle data preview balances" : bind("balances")));
        if (in.has("bank_transactions", "category") || in.has("bank_transactions", "counter_account"))
            blocks.push_back(bank_only(page));
    }
    report.section("statement", "Cash-flow statement", blocks, note);
}

} // namespace cash_flow
