#include "statement.hpp"
#include <algorithm>
#include <set>

namespace cash_flow {
namespace {

Decimal at(LineAmounts const& amounts, std::string_view line) {
    auto const it = amounts.find(line);
    return it == amounts.end() ? Decimal(0) : it->second;
}

bool is_cash(std::string_view line) {
    return line == "cash" || line == "restricted_cash";
}

/// Collects the lines that are not zero.
struct Lines {
    std::vector<StatementLine> list;
    void add(char const* id, char const* label, Decimal amount) {
        if (!amount.is_zero()) list.push_back({id, label, amount});
    }
};

Decimal sum(std::vector<StatementLine> const& lines) {
    Decimal total;
    for (StatementLine const& l : lines) total += l.amount;
    return total;
}

/// Written off in the period: expense less what only raised the allowance (a credit balance).
Decimal written_off(Movements const& m) {
    return at(m.income, "bad_debt") + at(m.change, "allowance");
}

Decimal net_income(Movements const& m) {
    Decimal debits;
    for (auto const& [line, amount] : m.income) debits += amount;
    return -debits;
}

/// True when a fiscal year begins inside (from, to].
bool year_begins(FiscalYear fy, Date from, Date to) {
    for (int year = from.year(); year <= to.year(); ++year)
        if (auto const first = Date::from_ymd(year, fy.month, fy.day); first && *first > from && *first <= to)
            return true;
    return false;
}

using Month = std::map<std::string_view, Decimal>; // by account; views into the balances

/// The newest day with balances before `day`, or on it where `inclusive`.
std::optional<Date> newest(std::vector<Balance> const& balances, Date day, bool inclusive) {
    std::optional<Date> out;
    for (Balance const& b : balances)
        if (b.date < day || (inclusive && b.date == day)) out = std::max(out.value_or(b.date), b.date);
    return out;
}

/// The months of [first, last]; views into `balances`.
std::map<Date, Month> by_month(std::vector<Balance> const& balances, Date first, Date last) {
    std::map<Date, Month> out;
    for (Balance const& b : balances)
        if (b.date >= first && b.date <= last) out[b.date][b.account] += b.amount;
    return out;
}

Decimal value(Month const& month, std::string_view account) {
    auto const it = month.find(account);
    return it == month.end() ? Decimal(0) : it->second;
}

} // namespace

bool is_income_line(std::string_view line) {
    static constexpr std::string_view lines[] = {
        "revenue", "other_income", "cogs", "opex", "depreciation", "bad_debt", "interest", "tax", "gain_loss_disposal"};
    return std::find(std::begin(lines), std::end(lines), line) != std::end(lines);
}

std::optional<Movements> movements(std::vector<LedgerAccount> const& accounts, std::vector<Balance> const& balances,
                                   Date start, Date end, FiscalYear fiscal_year) {
    auto const opening = newest(balances, start, false);
    if (!opening) return std::nullopt;
    auto const months = by_month(balances, *opening, end);
    if (months.size() < 2) return std::nullopt; // nothing after the opening balance
    auto const first = months.begin();
    auto const stop = months.end();
    auto const last = std::prev(stop);

    std::map<std::string_view, LedgerAccount const*> chart;
    for (LedgerAccount const& a : accounts) chart.emplace(a.number, &a);
    std::set<std::string_view> numbers;
    for (auto it = first; it != stop; ++it)
        for (auto const& [account, amount] : it->second) numbers.insert(account);

    Movements m;
    m.from = first->first;
    m.to = last->first;
    for (std::string_view const number : numbers) {
        auto const known = chart.find(number);
        std::string const line = known == chart.end() ? "" : known->second->line;
        Decimal moved, rolled; // `rolled`: last year's result, booked to retained earnings when the year turns
        for (auto before = first, now = std::next(first); now != stop; before = now++) {
            bool const turns = year_begins(fiscal_year, before->first, now->first);
            bool const restarts = is_income_line(line) && turns;
            moved += value(now->second, number) - (restarts ? Decimal(0) : value(before->second, number));
            if (restarts) rolled += value(before->second, number);
        }
        if (line.empty()) {
            Decimal const left = value(last->second, number);
            if (!moved.is_zero() || !left.is_zero())
                m.unmapped.push_back({std::string(number),
                                      known == chart.end() ? std::string(number) : known->second->name, moved, left});
        } else if (is_income_line(line)) {
            m.income[line] += moved;
            m.change["retained_earnings"] -= rolled;
        } else if (is_cash(line)) {
            m.opening_cash += value(first->second, number);
            m.closing_cash += value(last->second, number);
        } else {
            m.change[line] += moved;
        }
    }
    return m;
}

LineAmounts balance_sheet(std::vector<LedgerAccount> const& accounts, std::vector<Balance> const& balances, Date day) {
    LineAmounts out;
    auto const date = newest(balances, day, true);
    if (!date) return out;
    Month const month = std::move(by_month(balances, *date, *date).begin()->second);
    for (LedgerAccount const& a : accounts)
        if (!a.line.empty() && !is_income_line(a.line)) out[a.line] += value(month, a.number);
    return out;
}

std::optional<Imbalance> imbalance(std::vector<Balance> const& balances, Date day) {
    std::optional<Imbalance> out;
    std::map<Date, Decimal> totals;
    for (Balance const& b : balances)
        if (b.date <= day) totals[b.date] += b.amount;
    for (auto const& [date, total] : totals) {
        if (total.is_zero())
            out.reset();
        else
            out = Imbalance{out ? out->since : date, total};
    }
    return out;
}

Statement indirect(Movements const& m, std::optional<Decimal> disposal_proceeds) {
    auto change = [&](std::string_view line) { return at(m.change, line); };
    Decimal const equipment = -change("fixed_assets") - change("accumulated_depreciation") -
                              at(m.income, "depreciation") - at(m.income, "gain_loss_disposal");
    Lines operating, investing, financing;
    operating.add("net_income", "Net income", net_income(m));
    operating.add("depreciation", "Depreciation and amortization", at(m.income, "depreciation"));
    operating.add("bad_debt", "Bad-debt provision and write-offs", at(m.income, "bad_debt"));
    operating.add("disposal", "Loss (gain) on equipment sold", at(m.income, "gain_loss_disposal"));
    operating.add("receivables", "Receivables, before write-offs", -(change("receivables") + written_off(m)));
    operating.add("unbilled", "Unbilled work", -change("unbilled"));
    operating.add("inventory", "Inventory", -change("inventory"));
    operating.add("prepaid", "Prepaid expenses", -change("prepaid"));
    operating.add("other_current_assets", "Other current assets", -change("other_current_assets"));
    operating.add("payables", "Payables", -change("payables"));
    operating.add("credit_cards", "Credit cards", -change("credit_cards"));
    operating.add("accrued", "Accrued wages and costs", -change("accrued"));
    operating.add("sales_tax", "Sales tax collected, not yet paid over", -change("sales_tax"));
    operating.add("income_tax_payable", "Income tax owed", -change("income_tax_payable"));
    operating.add("deferred_revenue", "Deferred revenue", -change("deferred_revenue"));
    operating.add("customer_deposits", "Customer deposits", -change("customer_deposits"));
    operating.add("other_liabilities", "Other liabilities",
                  -change("other_current_liabilities") - change("other_liabilities"));
    if (disposal_proceeds) {
        investing.add("capex", "Equipment bought", equipment - *disposal_proceeds);
        investing.add("disposal_proceeds", "Equipment sold", *disposal_proceeds);
    } else {
        investing.add("capex", "Equipment bought, less sold", equipment);
    }
    investing.add("loans_made", "Lent to others, less repaid", -change("loans_made"));
    investing.add("other_assets", "Other long-term assets", -change("other_assets"));
    financing.add("line_of_credit", "Line of credit, drawn less repaid", -change("line_of_credit"));
    financing.add("loans", "Loans, taken less repaid", -change("loans") - change("loans_current"));
    financing.add("equity", "Paid in by owners", -change("equity"));
    financing.add("distributions", "Distributions to owners", -change("distributions") - change("retained_earnings"));

    Statement s{.operating = std::move(operating.list),
                .investing = std::move(investing.list),
                .financing = std::move(financing.list),
                .cfo = {},
                .cfi = {},
                .cff = {},
                .opening = m.opening_cash,
                .closing = m.closing_cash,
                .unreconciled = {}};
    s.cfo = sum(s.operating);
    s.cfi = sum(s.investing);
    s.cff = sum(s.financing);
    s.unreconciled = (s.closing - s.opening) - s.net();
    return s;
}

std::vector<StatementLine> direct(Movements const& m) {
    auto change = [&](std::string_view line) { return at(m.change, line); };
    auto income = [&](std::string_view line) { return at(m.income, line); };
    Lines lines;
    lines.add("receipts", "Received from customers",
              -income("revenue") - income("other_income") - change("receivables") - written_off(m) -
                  change("unbilled") - change("deferred_revenue") - change("customer_deposits"));
    lines.add("suppliers", "Paid to suppliers",
              -(income("cogs") + change("inventory") + change("payables") + change("credit_cards")));
    lines.add("staff", "Wages and running costs",
              -(income("opex") + change("prepaid") + change("other_current_assets") + change("accrued") +
                change("other_current_liabilities") + change("other_liabilities")));
    lines.add("sales_tax", "Sales tax collected less paid over", -change("sales_tax"));
    lines.add("interest", "Interest", -income("interest"));
    lines.add("tax", "Income tax", -(income("tax") + change("income_tax_payable")));
    return std::move(lines.list);
}

namespace {

std::string_view bank_line(BankTransaction const& t) {
    static std::map<std::string_view, std::string_view> const by_category = {
        {"receipts", "receipts"}, {"vendors", "suppliers"},   {"payroll", "staff"},      {"rent", "staff"},
        {"insurance", "staff"},   {"subscriptions", "staff"}, {"card", "suppliers"},     {"tax", "tax"},
        {"interest", "interest"}, {"capex", "investing"},     {"disposal", "investing"}, {"debt", "financing"},
        {"owners", "financing"},  {"transfer", "transfer"}};
    static std::map<std::string_view, std::string_view> const by_line = {{"receivables", "receipts"},
                                                                         {"revenue", "receipts"},
                                                                         {"unbilled", "receipts"},
                                                                         {"deferred_revenue", "receipts"},
                                                                         {"customer_deposits", "receipts"},
                                                                         {"other_income", "receipts"},
                                                                         {"payables", "suppliers"},
                                                                         {"cogs", "suppliers"},
                                                                         {"inventory", "suppliers"},
                                                                         {"credit_cards", "suppliers"},
                                                                         {"opex", "staff"},
                                                                         {"accrued", "staff"},
                                                                         {"prepaid", "staff"},
                                                                         {"other_current_assets", "staff"},
                                                                         {"other_current_liabilities", "staff"},
                                                                         {"other_liabilities", "staff"},
                                                                         {"sales_tax", "sales_tax"},
                                                                         {"interest", "interest"},
                                                                         {"tax", "tax"},
                                                                         {"income_tax_payable", "tax"},
                                                                         {"fixed_assets", "investing"},
                                                                         {"other_assets", "investing"},
                                                                         {"loans_made", "investing"},
                                                                         {"gain_loss_disposal", "investing"},
                                                                         {"line_of_credit", "financing"},
                                                                         {"loans", "financing"},
                                                                         {"loans_current", "financing"},
                                                                         {"equity", "financing"},
                                                                         {"distributions", "financing"},
                                                                         {"cash", "transfer"},
                                                                         {"restricted_cash", "transfer"}};
    if (auto const it = by_line.find(t.counter_line); it != by_line.end()) return it->second;
    if (auto const it = by_category.find(t.category); it != by_category.end()) return it->second;
    return "unplaced";
}

} // namespace

Decimal BankStatement::operating() const {
    Decimal total;
    for (auto const& [line, amount] : by_line)
        if (line != "investing" && line != "financing" && line != "unplaced") total += amount;
    return total;
}

BankStatement from_bank(std::vector<BankTransaction> const& transactions, Date first, Date last) {
    BankStatement out;
    for (BankTransaction const& t : transactions)
        if (t.date >= first && t.date <= last)
            if (auto const line = bank_line(t); line != "transfer") out.by_line[std::string(line)] += t.amount;
    return out;
}

} // namespace cash_flow
