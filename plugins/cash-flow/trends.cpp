#include "analysis.hpp"
#include <algorithm>

namespace cash_flow {
namespace {

Decimal at(LineAmounts const& amounts, std::string_view line) {
    auto const it = amounts.find(line);
    return it == amounts.end() ? Decimal(0) : it->second;
}

std::optional<Date> first_document(std::vector<Document> const& documents) {
    std::optional<Date> first;
    for (Document const& d : documents) first = std::min(first.value_or(d.date), d.date);
    return first;
}

/// Cost of goods sold in the months of the window that ends with `day`'s month, and their days.
struct Cost {
    Decimal amount;
    int days = 0;
};
std::optional<Cost> cost_of_goods(Inputs const& in, Date day) {
    int const months = std::max(1, (in.params.dso_days + 15) / 30);
    Date const last = day.last_of_month() == day ? day : day.first_of_month() - 1;
    Date const start = last.first_of_month().plus_months(1 - months);
    auto const m = movements(in.accounts, in.balances, start, last, in.fiscal_year);
    if (!m || m->to != last || m->from + 1 != start) return std::nullopt;
    return Cost{at(m->income, "cogs"), m->to - m->from};
}

Metric dso_on(Inputs const& in, Date day, Decimal receivables) {
    auto const first = first_document(in.invoices);
    Date const start = day - in.params.dso_days + 1;
    if (!first || *first > start) return Metric::na(first ? "no_history" : "no_revenue");
    Decimal balance = receivables;
    if (in.params.average_balances) balance = (balance + receivables_on(in, start - 1).total()).divided_by(2);
    return days_of(balance, billed(in.invoices, start, day), in.params.dso_days, "no_revenue");
}

Decimal payables_balance(Inputs const& in, Date day) {
    if (in.has("bills")) return payables_on(in, day).total();
    return -at(balance_sheet(in.accounts, in.balances, day), "payables");
}

/// By cost of goods sold; where there is none (a firm that sells labor), by the vendor bills of the window.
Metric dpo_on(Inputs const& in, Date day, bool& on_purchases) {
    if (!in.has("bills") && !in.has("balances")) return Metric::na("missing_dataset:bills");
    Decimal balance = payables_balance(in, day);
    Date const start = day - in.params.dso_days + 1;
    if (in.params.average_balances) balance = (balance + payables_balance(in, start - 1)).divided_by(2);
    on_purchases = false;
    if (auto const cost = cost_of_goods(in, day); cost && cost->amount > Decimal(0))
        return days_of(balance, cost->amount, cost->days, "no_cogs");
    auto const first = first_document(in.bills);
    if (!first || *first > start) return Metric::na(first ? "no_history" : "no_cogs");
    on_purchases = true;
    return days_of(balance, billed(in.bills, start, day), in.params.dso_days, "no_cogs");
}

struct Liquidity {
    Metric current = Metric::na("missing_dataset:balances"), quick = current;
    std::optional<Date> date;
};
Liquidity liquidity_on(Inputs const& in, Date day) {
    Liquidity out;
    for (Balance const& b : in.balances)
        if (b.date <= day) out.date = std::max(out.date.value_or(b.date), b.date);
    if (!out.date || day - *out.date > 31) return out;
    LineAmounts const lines = balance_sheet(in.accounts, in.balances, day);
    Decimal assets, debts;
    for (char const* l :
         {"cash", "receivables", "allowance", "unbilled", "prepaid", "inventory", "other_current_assets"})
        assets += at(lines, l);
    for (char const* l : {"payables", "credit_cards", "accrued", "sales_tax", "income_tax_payable", "deferred_revenue",
                          "customer_deposits", "other_current_liabilities", "line_of_credit", "loans_current"})
        debts -= at(lines, l);
    out.current = ratio(assets, debts);
    out.quick = ratio(at(lines, "cash") + at(lines, "receivables") + at(lines, "allowance"), debts);
    return out;
}

/// Money in less money out of the last three whole months, as far as the bank's history reaches.
std::vector<Decimal> monthly_net(Inputs const& in) {
    std::optional<Date> first;
    for (BankTransaction const& t : in.bank) first = std::min(first.value_or(t.date), t.date);
    std::vector<Decimal> out;
    Date const last = in.as_of == in.as_of.last_of_month() ? in.as_of : in.as_of.first_of_month() - 1;
    for (int k = 0; k < 3 && first; ++k) {
        Date const start = last.first_of_month().plus_months(-k);
        if (start < first->first_of_month()) break;
        Decimal net;
        for (BankTransaction const& t : in.bank)
            if (t.date >= start && t.date <= start.last_of_month() && t.category != "transfer") net += t.amount;
        out.push_back(net);
    }
    return out;
}

} // namespace

std::vector<TrendPoint> trend(Inputs const& in, Analysis const& a) {
    std::vector<TrendPoint> out;
    auto const first = first_document(in.invoices);
    for (int k = 11; k >= 0; --k) {
        TrendPoint p;
        p.day = k == 0 ? in.as_of : in.as_of.first_of_month().plus_months(-k).last_of_month();
        if (!first || *first > p.day) continue;
        OpenLedger const ledger = k == 0 ? a.ar : receivables_on(in, p.day);
        p.receivables = ledger.total();
        p.overdue = age(ledger.items, p.day).sum.overdue();
        p.cash = cash_on(in, a.position, p.day);
        p.dso = dso_on(in, p.day, p.receivables);
        bool on_purchases = false;
        p.dpo = dpo_on(in, p.day, on_purchases);
        p.current_ratio = liquidity_on(in, p.day).current;
        out.push_back(std::move(p));
    }
    return out;
}

Ratios ratios(Inputs const& in, Analysis const& a) {
    Ratios r;
    Decimal const receivables = a.ar.total();
    Date const start = in.as_of - in.params.dso_days + 1;
    r.dso = dso_on(in, in.as_of, receivables);
    Aging const by_due = age(a.ar.items, in.as_of);
    Decimal const sales = billed(in.invoices, start, in.as_of);
    r.best_dso = r.dso ? days_of(by_due.sum.amounts[current], sales, in.params.dso_days, "no_revenue") : r.dso;
    r.days_delinquent = difference(r.dso, r.best_dso);

    std::vector<MonthSales> months; // the running month in part, then whole ones
    for (Date last = in.as_of; months.size() < 24; last = last.first_of_month() - 1)
        months.push_back({billed(in.invoices, last.first_of_month(), last), static_cast<int>(last.day())});
    r.count_back = count_back_dso(receivables, months);

    Date const before = in.period.start - 1;
    Date const until = std::min(in.period.end, in.as_of);
    OpenLedger const closing = until == in.as_of ? a.ar : receivables_on(in, until);
    r.cei = collection_effectiveness(receivables_on(in, before).total(), billed(in.invoices, in.period.start, until),
                                     closing.total(), age(closing.items, until).sum.amounts[current]);
    if (auto const first = first_document(in.invoices); !first || *first > before) r.cei = Metric::na("no_history");

    r.dpo = dpo_on(in, in.as_of, r.dpo_on_purchases);
    std::optional<Decimal> stock = in.inventory;
    if (!stock && in.has("balances")) stock = at(balance_sheet(in.accounts, in.balances, in.as_of), "inventory");
    auto const cost = cost_of_goods(in, in.as_of);
    if (!stock)
        r.dio = Metric::na("missing_dataset:inventory");
    else if (!cost)
        r.dio = Metric::na(in.has("balances") ? "no_history" : "missing_dataset:balances");
    else
        r.dio = days_of(*stock, cost->amount, cost->days, "no_cogs");
    r.ccc = cash_conversion_cycle(r.dso, r.dio, r.dpo);

    Liquidity const l = liquidity_on(in, in.as_of);
    r.current = l.current;
    r.quick = l.quick;
    r.balance_date = l.date;
    r.runway =
        a.position.known ? runway_months(a.position.cash, monthly_net(in)) : Metric::na("missing_column:balance");

    Decimal sum;
    int count = 0;
    for (std::size_t i = a.trend.size() < 4 ? 0 : a.trend.size() - 4; i + 1 < a.trend.size(); ++i)
        if (a.trend[i].dso) {
            sum += a.trend[i].dso.value();
            ++count;
        }
    if (count > 0) r.dso_mean = sum.divided_by(count);
    return r;
}

} // namespace cash_flow
