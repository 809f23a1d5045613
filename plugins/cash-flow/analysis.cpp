#include "analysis.hpp"
#include <algorithm>

namespace cash_flow {

Metric Variance::accuracy() const {
    Metric const miss = ratio((actual - forecast).abs(), forecast.abs());
    return difference(Decimal(1), miss);
}

OpenLedger receivables_on(Inputs const& in, Date day) {
    return open_items(in.invoices, in.payments_or_null(), in.applied_to_invoices, in.credit_memos, day);
}

OpenLedger payables_on(Inputs const& in, Date day) {
    return open_items(in.bills, in.bill_payments_or_null(), in.applied_to_bills, {}, day);
}

Metric cash_on(Inputs const& in, Position const& position, Date day) {
    if (!position.known) return Metric::na("missing_column:balance");
    std::optional<Date> first;
    Decimal cash = position.cash;
    std::set<std::string> restricted;
    for (BankAccount const& a : in.bank_accounts)
        if (a.restricted) restricted.insert(a.id);
    for (BankTransaction const& t : in.bank) {
        first = std::min(first.value_or(t.date), t.date);
        if (t.date > day && t.date <= in.as_of && !restricted.contains(t.account)) cash -= t.amount;
    }
    // the balance before the first movement is known too
    if (day != in.as_of && (!first || day < *first - 1)) return Metric::na("no_history");
    return cash;
}

namespace {

std::vector<BankTransaction> unrestricted(Inputs const& in) {
    std::vector<BankTransaction> out;
    for (BankTransaction const& t : in.bank)
        if (std::none_of(in.bank_accounts.begin(), in.bank_accounts.end(),
                         [&](BankAccount const& a) { return a.restricted && a.id == t.account; }))
            out.push_back(t);
    return out;
}

void add(std::vector<Flow>& to, std::vector<Flow> const& from) {
    to.insert(to.end(), from.begin(), from.end());
}

void base_flows(Inputs const& in, Analysis& a, std::vector<Week> const& weeks) {
    Date const last = weeks.back().end;
    add(a.flows, invoice_receipts(a.ar.items, a.habits, a.collections, weeks, in.as_of, a.left_out));
    add(a.flows, agreement_receipts(in.agreements, in.additions, a.habits, in.as_of, last));
    for (Flow f : in.milestones) {
        if (auto const habit = a.habits.find(f.party); habit != a.habits.end()) f.date = f.date + habit->second;
        a.flows.push_back(std::move(f));
    }
    add(a.flows, bill_payments(a.ap.items, in.as_of, a.left_out));
    add(a.flows, scheduled_payments(in.scheduled, in.as_of, last));
    std::erase_if(a.flows, [&](Flow const& f) { return f.date > last; });

    // With a side of the money only in part known, it is filled up to what usually moves in a week.
    a.usual = usual_week(unrestricted(in), in.as_of);
    if (in.params.usual_never || a.usual.weeks == 0) return;
    a.filled_receipts = in.params.usual_always || !in.has("agreements");
    a.filled_payments = in.params.usual_always || !in.has("bills") || !in.has("payroll");
    if (a.filled_receipts) fill_to_usual(a.flows, weeks, a.usual.receipts, true);
    if (a.filled_payments) fill_to_usual(a.flows, weeks, a.usual.payments, false);
}

void run_scenarios(Inputs const& in, Analysis& a, std::vector<Week> const& weeks) {
    ScenarioRules rules;
    rules.hire_cost = in.params.hire_cost;
    rules.top_customer = a.top_customer;
    std::pair<Scenario, std::pair<std::string, std::string>> const list[] = {
        {Scenario::base, {"Base case", "What is known today"}},
        {Scenario::collections_slip, {"Collections slip 20%", "A fifth of each receipt comes four weeks later"}},
        {Scenario::payables_stretched, {"Payables stretched", "Vendor bills are paid 14 days later"}},
        {Scenario::one_more_hire, {"One more hire", ""}},
        {Scenario::top_customer_late, {"Top customer pays late", ""}}};
    for (auto const& [scenario, words] : list) {
        auto const flows = with_scenario(a.flows, scenario, rules, in.as_of, weeks.back().end);
        a.scenarios.push_back({scenario, words.first, words.second, forecast(a.position.cash, flows, weeks)});
        if (scenario == Scenario::base) a.base_case = a.scenarios.back().forecast;
        if (scenario == in.params.scenario) a.forecast = a.scenarios.back().forecast;
    }
}

RecurringResult recurring(Inputs const& in) {
    RecurringResult r;
    auto const now = mrr_by_party(in.agreements, in.additions, in.as_of);
    for (auto const& [party, amount] : now) r.mrr += amount;
    r.retention = retention(mrr_by_party(in.agreements, in.additions, in.as_of.plus_months(-12)), now);
    for (Agreement const& g : in.agreements) {
        bool const expired = expired_but_active(g, in.as_of);
        if (expired) r.expired.push_back(&g);
        if (ends_within(g, in.as_of, in.params.renewal_days)) r.renewals.push_back(&g);
        r.mrr_by_agreement[g.id] = mrr(g, in.additions, expired ? *g.end : in.as_of);
    }
    auto by_end = [](Agreement const* x, Agreement const* y) { return *x->end < *y->end; };
    std::stable_sort(r.renewals.begin(), r.renewals.end(), by_end);
    std::stable_sort(r.expired.begin(), r.expired.end(), by_end);
    return r;
}

/// Recurring / total billed before tax in the period: by invoice line where lines say so, else by kind of invoice.
Metric recurring_share(Inputs const& in) {
    if (in.recurring_billed) return ratio(*in.recurring_billed, *in.total_billed, "no_revenue");
    if (!in.has("invoices", "kind") && !in.has("invoices", "agreement_id")) return Metric::na("missing_column:kind");
    Decimal repeats, all;
    for (Document const& d : in.invoices) {
        bool const counts = d.date >= in.period.start && d.date <= in.period.end && d.date <= in.as_of && d.rates.flow;
        if (!counts || d.kind == DocumentKind::deposit) continue;
        all += convert(d.net, *d.rates.flow);
        if (d.kind == DocumentKind::agreement) repeats += convert(d.net, *d.rates.flow);
    }
    return ratio(repeats, all, "no_revenue");
}

Decimal next_payroll(Inputs const& in) {
    std::map<Date, Decimal> days;
    for (Flow const& f : scheduled_payments(in.scheduled, in.as_of, in.as_of + 31))
        if (f.line == "payroll") days[f.date] += f.amount;
    return days.empty() ? Decimal(0) : days.begin()->second;
}

} // namespace

std::vector<Variance> variances(Inputs const& in, Analysis const& a) {
    std::vector<Variance> out;
    for (PreviousFigure const& p : in.previous) {
        auto const week = Date::parse(p.period);
        if (!p.value || !week || !p.id.starts_with("forecast.") || *week + 6 > in.as_of || *week < p.as_of - 6)
            continue;
        std::string const line = p.id.substr(9);
        Decimal actual;
        if (line == "closing") {
            Metric const cash = cash_on(in, a.position, *week + 6);
            if (!cash) continue;
            actual = cash.value();
        } else if (line == "receipts" || line == "payments") {
            for (BankTransaction const& t : unrestricted(in))
                if (t.date >= *week && t.date <= *week + 6 && t.date > p.as_of && t.category != "transfer" &&
                    t.amount.is_negative() == (line == "payments"))
                    actual += t.amount.abs();
        } else {
            continue;
        }
        out.push_back({*week, line, *p.value, actual});
    }
    std::stable_sort(out.begin(), out.end(), [](auto const& x, auto const& y) { return x.week < y.week; });
    return out;
}

Analysis analyze(Inputs const& in) {
    Analysis a;
    a.ar = receivables_on(in, in.as_of);
    a.ap = payables_on(in, in.as_of);
    a.ar_aging = age(a.ar.items, in.as_of, in.params.age_by, in.params.credits);
    a.ap_aging = age(a.ap.items, in.as_of, in.params.age_by, in.params.credits);
    a.habits = payment_habits(
        in.invoices, paid_dates(in.invoices, in.payments_or_null(), in.applied_to_invoices, in.as_of), in.as_of);
    a.collections = Collections::read(in.collections, in.as_of);
    std::map<std::string, Decimal> owed_to;
    for (AgingRow const& row : a.ap_aging.rows) owed_to[row.party] = row.total();
    a.base = borrowing_base(a.ar.items, owed_to, in.as_of, in.params.borrowing);
    a.position =
        position(in.bank_accounts, in.bank, in.lines, in.cards, a.base, in.params.borrowing.advance_rate, in.as_of);
    if (!a.position.known && in.params.cash_today) {
        a.position.cash = *in.params.cash_today;
        a.position.known = true;
    }
    if (!a.ar_aging.rows.empty() && a.ar_aging.rows.front().total() > Decimal(0))
        a.top_customer = a.ar_aging.rows.front().party;

    std::vector<Week> const weeks = empty_weeks(in.as_of, in.week_start);
    base_flows(in, a, weeks);
    run_scenarios(in, a, weeks);
    if (a.position.known) {
        a.actual = actual_weeks(a.position.cash, unrestricted(in), in.as_of, weeks.front().start, 4);
        std::erase_if(a.actual, [&](Week const& w) { return !cash_on(in, a.position, std::min(w.end, in.as_of)); });
        if (in.bank.empty()) a.actual.clear();
    }
    if (!in.previous.empty()) a.previous_as_of = in.previous.front().as_of;
    a.variances = variances(in, a);

    if (in.has("time_entries") || in.has("unbilled_items")) {
        a.unbilled = unbilled(in.work, in.as_of, in.params.unbilled_days);
        a.billing_lag = billing_lag(in.work, in.as_of - in.params.dso_days + 1, in.as_of);
    }
    a.trend = trend(in, a);
    a.ratios = ratios(in, a);
    if (in.has("agreements") || in.has("invoices", "kind") || in.recurring_billed) {
        a.recurring = recurring(in);
        a.recurring->share = recurring_share(in);
    }
    a.next_payroll = next_payroll(in);
    a.actions = actions(in, a);
    return a;
}

} // namespace cash_flow
