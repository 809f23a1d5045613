/// The pipeline by owner, source, type, month and reason.
#pragma once
#include "forecast.hpp"
#include "performance.hpp"

namespace pipeline {

struct OwnerRow {
    std::string owner; // empty = nobody is named
    Forecast forecast; // of the quarter
    Sum open;          // all of it, whenever expected
    Closed closed;     // in the window
    int stalled = 0;
};

struct Campaign {
    std::string id, name, source;
    std::optional<Date> start, end;
    Decimal cost, funded; // spent; of it paid by vendors
};

struct SourceRow {
    std::string source; // empty = none is named
    int created = 0;    // in the window
    Sum open;
    Closed closed;                                         // in the window
    Metric cost = Metric::na("missing_dataset:campaigns"); // in the window, net of what vendors paid
    Metric cost_per_won = Metric::na("missing_dataset:campaigns");
};

/// What a campaign cost the firm between `from` and `to`: (cost - funded), spread evenly over its days up to `to`.
[[nodiscard]] Decimal cost_between(Campaign const& campaign, Date from, Date to);

/// A row for each source that has a deal or a cost. A campaign without a source goes to those of its deals' source.
/// `bound`: campaigns are known at all; then a source without one costs 0.
[[nodiscard]] std::vector<SourceRow> by_source(std::vector<Deal> const& deals, std::vector<Campaign> const& campaigns,
                                               bool bound, Date from, Date to, Basis basis, bool no_decision_is_lost);

/// One-time apart from recurring.
struct Mix {
    int deals = 0, recurring_deals = 0, assumed_terms = 0;
    Decimal one_time, monthly, acv, first_year, tcv;
    void add(Deal const& deal);
};

struct MonthRow {
    Date month; // its first day
    Sum created, won, lost;
    int without_amount = 0; // of the created
    [[nodiscard]] Decimal net() const { return created.total() - won.total() - lost.total(); }
};
/// One row for each month from `from` to `to`. `lost` holds those without a decision.
[[nodiscard]] std::vector<MonthRow> by_month(std::vector<Deal> const& deals, Date from, Date to, Basis basis);

struct ReasonRow {
    std::string reason; // empty = none is named
    int deals = 0, no_decision = 0;
    Decimal value;
};
/// Lost deals and those without a decision, by reason; and the lost by competitor. Largest value first.
[[nodiscard]] std::vector<ReasonRow> by_reason(std::vector<Deal> const& deals, Date from, Date to, Basis basis);
[[nodiscard]] std::vector<ReasonRow> by_competitor(std::vector<Deal> const& deals, Date from, Date to, Basis basis);

} // namespace pipeline
