/// Forecast against quota for one quarter.
#pragma once
#include "deal.hpp"
#include "quarter.hpp"

namespace pipeline {

struct Quota {
    std::string owner; // empty = the firm
    Date start, end;
    Decimal amount;
};

/// Quota of a span: the firm's own rows where there are any, else the sum of the owners'; with `owner`, that person's.
/// A row that reaches past the span counts by its days inside. no_quota when no row touches the span.
[[nodiscard]] Metric quota(std::vector<Quota> const& quotas, Date from, Date to,
                           std::optional<std::string> const& owner = {});

struct ForecastRules {
    Basis basis = Basis::first_year;
    bool commit_flag = true;                            // the source says what is committed
    Decimal commit_probability = Decimal::of("0.9");    // else: from this probability on
    Decimal best_case_probability = Decimal::of("0.5"); // or committed
};

[[nodiscard]] bool committed(Deal const& deal, Stages const& stages, ForecastRules const& rules);

struct Sum {
    Parts amount;
    int deals = 0;
    void add(Parts const& more) {
        amount += more;
        ++deals;
    }
    [[nodiscard]] Decimal total() const { return amount.total(); }
};

struct Forecast {
    Quarter quarter;
    Sum won;            // closed in the quarter
    Sum open;           // expected in the quarter
    Sum open_committed; // of these
    Sum open_best;      // of these: committed, or likely enough
    Parts open_weighted;
    int unknown_chance = 0; // open deals in the quarter that no probability is known of; they weigh nothing
    Metric quota = Metric::na("no_quota");

    [[nodiscard]] Parts commit() const { return won.amount + open_committed.amount; }
    [[nodiscard]] Parts weighted() const { return won.amount + open_weighted; }
    [[nodiscard]] Parts best_case() const { return won.amount + open_best.amount; }
    /// quota - commit; negative when more is committed.
    [[nodiscard]] Metric gap() const;
    [[nodiscard]] bool quota_met() const { return quota && won.total() >= quota.value(); }
    /// Open pipeline in the quarter / (quota - won); quota_met when nothing is left to win.
    [[nodiscard]] Metric coverage() const;
};

/// REQUIRES: deals as of one day.
[[nodiscard]] Forecast forecast(std::vector<Deal> const& deals, Stages const& stages, Quarter const& quarter,
                                Metric quota, ForecastRules const& rules);

} // namespace pipeline
