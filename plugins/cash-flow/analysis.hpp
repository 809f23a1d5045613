/// All figures of one report, computed from the inputs; the section files only lay them out.
#pragma once
#include "flows.hpp"
#include "inputs.hpp"
#include "position.hpp"
#include "ratios.hpp"
#include "recurring.hpp"
#include "unbilled.hpp"
#include <deckle/actions.hpp>

namespace cash_flow {

/// Working capital at one month end (the last point is the as-of date).
struct TrendPoint {
    Date day;
    Metric cash = Metric::na("no_history");
    Decimal receivables, overdue;
    Metric dso = Metric::na("no_history"), dpo = Metric::na("no_history");
    Metric current_ratio = Metric::na("missing_dataset:balances");
};

struct Ratios {
    Metric dso = Metric::na("no_revenue"), best_dso = dso, days_delinquent = dso, count_back = dso, cei = dso;
    Metric dpo = Metric::na("no_cogs"), dio = dpo, ccc = dpo;
    bool dpo_on_purchases = false; // no cost of goods sold: vendor bills of the window instead
    Metric current = Metric::na("missing_dataset:balances"), quick = current;
    Metric runway = Metric::na("no_history");
    std::optional<Date> balance_date;           // month end the balance-sheet ratios are of
    Metric dso_mean = Metric::na("no_history"); // of the three months before
};

struct ScenarioResult {
    Scenario scenario;
    std::string name, meaning;
    Forecast forecast;
};

/// One line of the last run's forecast for a week that is over.
struct Variance {
    Date week;
    std::string line; // receipts, payments, closing
    Decimal forecast, actual;
    /// 1 - |actual - forecast| / |forecast|
    [[nodiscard]] Metric accuracy() const;
};

struct RecurringResult {
    Decimal mrr;
    Retention retention; // over twelve months
    Metric share = Metric::na("no_revenue");
    std::vector<Agreement const*> renewals;          // end soon, by date
    std::vector<Agreement const*> expired;           // still billing?
    std::map<std::string, Decimal> mrr_by_agreement; // by id, expired ones with what they would bill
};

using deckle::Action;
using deckle::Urgency;

struct Analysis {
    OpenLedger ar, ap;
    Aging ar_aging, ap_aging;
    Habits habits;
    Collections collections;
    BorrowingBase base;
    Position position;
    std::vector<Flow> flows; // of the base case
    NotCounted left_out;
    std::vector<Week> actual;     // four weeks before the forecast; empty without bank history
    Forecast base_case, forecast; // `forecast`: under the chosen scenario
    std::vector<ScenarioResult> scenarios;
    std::string top_customer;
    UsualWeek usual;
    bool filled_receipts = false, filled_payments = false; // to the usual level
    std::vector<Variance> variances;
    std::optional<Date> previous_as_of;
    std::optional<Unbilled> unbilled;
    Metric billing_lag = Metric::na("no_history");
    Ratios ratios;
    std::vector<TrendPoint> trend;
    std::optional<RecurringResult> recurring;
    Decimal next_payroll;
    std::vector<Action> actions; // most urgent first
};

[[nodiscard]] Analysis analyze(Inputs const& in);

/// The parts that have files of their own.
[[nodiscard]] Ratios ratios(Inputs const& in, Analysis const& a);
[[nodiscard]] std::vector<TrendPoint> trend(Inputs const& in, Analysis const& a);
[[nodiscard]] std::vector<Variance> variances(Inputs const& in, Analysis const& a);
[[nodiscard]] std::vector<Action> actions(Inputs const& in, Analysis const& a);

/// Open receivables on another day, in company currency.
[[nodiscard]] OpenLedger receivables_on(Inputs const& in, Date day);
[[nodiscard]] OpenLedger payables_on(Inputs const& in, Date day);
/// Cash on another day, from today's and the bank's movements; no_history before they begin.
[[nodiscard]] Metric cash_on(Inputs const& in, Position const& position, Date day);

} // namespace cash_flow
