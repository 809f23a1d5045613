#include "forecast.hpp"
#include <algorithm>

namespace cash_flow {

std::size_t Forecast::lowest() const {
    auto const it = std::min_element(weeks.begin(), weeks.end(),
                                     [](Week const& a, Week const& b) { return a.closing < b.closing; });
    return static_cast<std::size_t>(it - weeks.begin());
}

std::optional<std::size_t> Forecast::first_below(Decimal limit) const {
    for (std::size_t i = 0; i < weeks.size(); ++i)
        if (weeks[i].closing < limit) return i;
    return std::nullopt;
}

Decimal Forecast::receipts() const {
    Decimal sum;
    for (Week const& w : weeks) sum += w.receipts;
    return sum;
}

Decimal Forecast::payments() const {
    Decimal sum;
    for (Week const& w : weeks) sum += w.payments;
    return sum;
}

std::vector<Week> empty_weeks(Date as_of, deckle::Weekday week_start, int count) {
    Date day = as_of + 1;
    while (day.weekday() >= deckle::Weekday::saturday) day = day + 1;
    Date const first = day.week_start(week_start);
    std::vector<Week> out;
    for (int i = 0; i < count; ++i) out.push_back({first + 7 * i, first + 7 * i + 6, {}, {}, {}, {}});
    return out;
}

Forecast forecast(Decimal opening, std::vector<Flow> const& flows, std::vector<Week> weeks) {
    for (Flow const& f : flows) {
        auto const it = std::find_if(weeks.begin(), weeks.end(), [&](Week const& w) { return f.date <= w.end; });
        if (it != weeks.end()) (f.receipt ? it->receipts : it->payments) += f.amount;
    }
    for (Week& w : weeks) {
        w.opening = opening;
        w.closing = opening = w.opening + w.net();
    }
    return {std::move(weeks)};
}

std::vector<Week> actual_weeks(Decimal cash_today, std::vector<BankTransaction> const& transactions, Date as_of,
                               Date first_week, int count) {
    std::vector<Week> out;
    for (int i = count; i > 0; --i) {
        Week w{first_week - 7 * i, first_week - 7 * i + 6, {}, {}, {}, cash_today};
        for (BankTransaction const& t : transactions) {
            if (t.date > as_of) continue;
            if (t.date > w.end)
                w.closing -= t.amount;
            else if (t.date >= w.start)
                (t.amount.is_negative() ? w.payments : w.receipts) += t.amount.abs();
        }
        w.opening = w.closing - w.net();
        out.push_back(w);
    }
    return out;
}

UsualWeek usual_week(std::vector<BankTransaction> const& transactions, Date as_of) {
    static constexpr std::string_view skipped[] = {"transfer", "debt", "owners", "capex", "disposal"};
    UsualWeek usual;
    Date first = as_of;
    for (BankTransaction const& t : transactions)
        if (t.date <= as_of) first = std::min(first, t.date);
    usual.weeks = std::min(13, (as_of - first + 1) / 7);
    if (usual.weeks == 0) return usual;
    for (BankTransaction const& t : transactions) {
        if (t.date > as_of || t.date <= as_of - 7 * usual.weeks) continue;
        if (std::find(std::begin(skipped), std::end(skipped), t.category) != std::end(skipped)) continue;
        (t.amount.is_negative() ? usual.payments : usual.receipts) += t.amount.abs();
    }
    usual.receipts = usual.receipts.divided_by(usual.weeks, 2);
    usual.payments = usual.payments.divided_by(usual.weeks, 2);
    return usual;
}

void fill_to_usual(std::vector<Flow>& flows, std::vector<Week> const& weeks, Decimal usual, bool receipts) {
    Forecast const known = forecast(0, flows, weeks);
    for (Week const& w : known.weeks) {
        Decimal const missing = usual - (receipts ? w.receipts : w.payments);
        if (missing > Decimal(0))
            flows.push_back({w.end, missing, receipts, receipts ? "usual_receipts" : "usual_payments"});
    }
}

std::vector<Flow> with_scenario(std::vector<Flow> flows, Scenario scenario, ScenarioRules const& rules, Date as_of,
                                Date last) {
    switch (scenario) {
    case Scenario::base:
        break;
    case Scenario::collections_slip: {
        std::size_t const count = flows.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (!flows[i].receipt) continue;
            Flow later = flows[i];
            later.amount = (flows[i].amount * rules.slip_share).rounded(2);
            later.date = later.date + rules.slip_days;
            flows[i].amount -= later.amount;
            flows.push_back(std::move(later));
        }
        break;
    }
    case Scenario::payables_stretched:
        for (Flow& f : flows)
            if (!f.receipt && f.line == "bills") f.date = f.date + rules.stretch_days;
        break;
    case Scenario::one_more_hire:
        for (Date d = (as_of + 1).last_of_month(); d <= last; d = (d + 1).last_of_month())
            flows.push_back({d, rules.hire_cost, false, "payroll", {}, "One more hire"});
        break;
    case Scenario::top_customer_late:
        for (Flow& f : flows)
            if (f.receipt && !rules.top_customer.empty() && f.party == rules.top_customer)
                f.date = f.date + rules.late_days;
        break;
    }
    return flows;
}

} // namespace cash_flow
