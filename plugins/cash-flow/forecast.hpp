/// The rolling forecast: dated flows put into weeks.
///     closing = opening + receipts - payments; week 1's opening is today's cash
#pragma once
#include "records.hpp"

namespace cash_flow {

constexpr int forecast_weeks = 13; // one quarter

struct Flow {
    Date date;
    Decimal amount; // positive
    bool receipt = true;
    std::string line; // invoices, agreements, milestones, usual_receipts; bills, payroll, rent, ... usual_payments
    std::string party = {};
    std::string what = {}; // invoice or bill number, name of the payment
};

struct Week {
    Date start, end; // both belong to it
    Decimal opening, receipts, payments, closing;
    [[nodiscard]] Decimal net() const { return receipts - payments; }
};

struct Forecast {
    std::vector<Week> weeks;
    /// Index of the lowest closing, the earliest of equals. REQUIRES: there is a week.
    [[nodiscard]] std::size_t lowest() const;
    /// Index of the first week that closes below `limit`.
    [[nodiscard]] std::optional<std::size_t> first_below(Decimal limit) const;
    [[nodiscard]] Decimal receipts() const;
    [[nodiscard]] Decimal payments() const;
};

/// Week 1 is the calendar week of the first Monday-to-Friday day after `as_of`; days before it fall into it too.
[[nodiscard]] std::vector<Week> empty_weeks(Date as_of, deckle::Weekday week_start, int count = forecast_weeks);

/// Flows on or before the as-of date belong to week 1, those after the last week are left out.
[[nodiscard]] Forecast forecast(Decimal opening, std::vector<Flow> const& flows, std::vector<Week> weeks);

/// Cash at the end of each of the `count` weeks before `first_week`, from today's cash and the bank's movements.
[[nodiscard]] std::vector<Week> actual_weeks(Decimal cash_today, std::vector<BankTransaction> const& transactions,
                                             Date as_of, Date first_week, int count);

/// Mean weekly money in and out of the 13 weeks up to `as_of`, without transfers, debt, owners and equipment; and how
/// many weeks of history there are (at most 13).
struct UsualWeek {
    Decimal receipts, payments;
    int weeks = 0;
};
[[nodiscard]] UsualWeek usual_week(std::vector<BankTransaction> const& transactions, Date as_of);

/// For each week: what is missing to the usual level, never below zero.
void fill_to_usual(std::vector<Flow>& flows, std::vector<Week> const& weeks, Decimal usual, bool receipts);

enum class Scenario { base, collections_slip, payables_stretched, one_more_hire, top_customer_late };
struct ScenarioRules {
    Decimal slip_share = Decimal::from_units(20, 2); // of each receipt from customers
    int slip_days = 28;                              // later
    int stretch_days = 14;
    Decimal hire_cost; // a month, paid on the last day of each
    std::string top_customer;
    int late_days = 30;
};
[[nodiscard]] std::vector<Flow> with_scenario(std::vector<Flow> flows, Scenario scenario, ScenarioRules const& rules,
                                              Date as_of, Date last);

} // namespace cash_flow
