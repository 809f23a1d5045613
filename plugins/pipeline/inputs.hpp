/// Everything the report reads, in one value.
#pragma once
#include "breakdown.hpp"
#include "funnel.hpp"
#include <deckle/plugin.hpp>

namespace pipeline {

/// The parameters, as in the descriptor.
struct Params {
    Basis basis = Basis::first_year;
    bool no_decision_is_lost = true;
    int window_months = 12;
    ForecastRules forecast;
    StallRules stall;
    std::size_t rows = 12;
    std::string owner;
    std::string salesperson; // empty = everybody
    [[nodiscard]] static Params read(deckle::Job const& job);
};

struct Inputs {
    Date as_of;
    deckle::Period period;
    std::string currency;
    FiscalYear fiscal_year;
    Params params;
    deckle::Bound has; // what the workspace binds

    std::vector<Deal> deals; // at the end of the as-of date
    std::vector<Deal> start; // at the end of the day before the period
    History history;
    Stages stages;
    bool stages_guessed = false; // from the deals, by probability
    std::vector<Quota> quotas;
    std::map<std::string, std::string> channels; // of sources
    std::vector<Campaign> campaigns;
    int undone = 0; // open deals whose stage of then is not known, since they moved on after the as-of date
    std::optional<Date> previous_as_of;        // of the last report
    std::optional<std::vector<Deal>> previous; // as it stood then

    /// What campaigns cost is the firm's: a single person's report has no share of it.
    [[nodiscard]] bool costs_known() const { return has("campaigns") && params.salesperson.empty(); }
};

[[nodiscard]] Inputs read_inputs(deckle::Job& job);

} // namespace pipeline
