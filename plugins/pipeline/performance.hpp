/// How selling has gone: win rate, size of deals, sales cycle, velocity.
#pragma once
#include "deal.hpp"

namespace pipeline {

/// n/a no_history for an empty list; the mean of the two in the middle when their number is even.
[[nodiscard]] Metric median(std::vector<Decimal> values);
[[nodiscard]] Metric mean(std::vector<Decimal> const& values);

/// The deals closed in a span; all figures are of this one cohort.
struct Closed {
    int won = 0, lost = 0; // `lost` holds those without a decision, if they count
    int no_decision = 0;
    Decimal won_value, lost_value;
    int lost_without_amount = 0; // these make the rate by value look better than it is
    std::vector<Decimal> won_values;
    std::vector<Decimal> cycles; // days from created to closed, of the won
    int cycle_unknown = 0;       // won deals without a day of creation

    /// won / (won + lost), by count and by value; none_closed.
    [[nodiscard]] Metric win_rate() const;
    [[nodiscard]] Metric win_rate_by_value() const;
    [[nodiscard]] Metric average_deal() const; // won value / won count; none_won
    [[nodiscard]] Metric median_deal() const;
    [[nodiscard]] Metric mean_cycle() const;
    [[nodiscard]] Metric median_cycle() const;
    void add(Deal const& deal, Basis basis, bool no_decision_is_lost);
};

[[nodiscard]] Closed closed_between(std::vector<Deal> const& deals, Date from, Date to, Basis basis,
                                    bool no_decision_is_lost);

/// open deals x average deal x win rate / mean sales cycle: value won per day.
[[nodiscard]] Metric velocity(int open_deals, Closed const& closed);

} // namespace pipeline
