/// Stages: how many deals reach the next one, how long they stay, which are stalled.
#pragma once
#include "deal.hpp"

namespace pipeline {

/// How far a cohort came. reached[i] = deals that reached stage i; the last entry = won. A stage that was skipped
/// counts as reached; a won deal reached them all.
struct Funnel {
    std::vector<int> reached;
    /// reached[i + 1] / reached[i]; none_reached.
    [[nodiscard]] Metric conversion(std::size_t i) const;
    [[nodiscard]] Metric overall() const; // won / first stage
};
/// `cohort`: closed deals, so that each has come as far as it will.
[[nodiscard]] Funnel funnel(std::vector<Deal const*> const& cohort, History const& history, Stages const& stages);

/// Median days that won deals spent in each stage; no_history for a stage none of them passed through.
[[nodiscard]] std::vector<Metric> usual_days(std::vector<Deal> const& deals, History const& history,
                                             Stages const& stages, Date until);

struct StallRules {
    Decimal factor = Decimal::of("1.5"); // times the usual days of the stage
    int silent_days = 30;                // without activity
};

/// How long an open deal has been where it is.
struct Age {
    std::optional<int> days;                 // in its stage
    bool estimated = false;                  // from the last activity: the day it entered is not known
    Metric limit = Metric::na("no_history"); // beyond this it is late: factor x usual days
    std::optional<int> silent;               // days since the last activity
    bool too_long = false;                   // in the stage
    bool too_silent = false;
    [[nodiscard]] bool stalled() const { return too_long || too_silent; }
};
[[nodiscard]] Age age(Deal const& deal, Stages const& stages, std::vector<Metric> const& usual, StallRules const& rules,
                      Date as_of);

} // namespace pipeline
