/// All figures of one report, computed from the inputs; the section files only lay them out.
#pragma once
#include "hygiene.hpp"
#include "inputs.hpp"
#include "movement.hpp"
#include <deckle/actions.hpp>

namespace pipeline {

struct OpenDeal {
    Deal const* deal;
    Age age;
    int pushes = 0;
    Decimal value;
};

struct StageRow {
    std::string stage;
    std::optional<Decimal> probability;
    Sum open;
    Decimal weighted;
    Metric mean_days = Metric::na("no_deals"); // of the open deals
    Metric usual_days = Metric::na("no_history");
    int stalled = 0;
};

using deckle::Action;
using deckle::Urgency;

struct Analysis {
    Quarter quarter, next_quarter;
    bool over = false; // the as-of date is the quarter's last day: nothing more can be won in it
    Forecast now, next;
    Date window_start;                // of the closed deals below, up to the as-of date
    Closed closed, closed_before;     // `before`: the window before that
    bool window_before_known = false; // deals were closed before the window began
    Sum open;                         // the whole open pipeline
    Decimal open_weighted;
    Sum behind; // open deals whose expected close lies before the quarter: in no forecast
    Metric velocity = Metric::na("none_won");
    std::vector<StageRow> stages; // a last one without a name holds open deals in a stage that is not listed
    Funnel funnel;
    std::vector<OpenDeal> open_deals; // largest first
    std::vector<OpenDeal> stalled;    // of these
    Decimal stalled_value;
    std::optional<Changes> changes;
    std::optional<Slippage> slippage;
    std::vector<OwnerRow> owners;
    std::vector<SourceRow> sources;
    Mix mix_open, mix_won_quarter, mix_won;
    std::map<std::string, std::pair<Mix, Mix>> mix_by_type; // open, won in the window
    std::vector<MonthRow> months;
    std::vector<ReasonRow> reasons, competitors;
    std::vector<Finding> findings;
    int clean = 0;               // open deals that break no rule
    std::vector<Action> actions; // most urgent first

    /// The quarter that can still be won: this one, or the next when this one is over.
    [[nodiscard]] Forecast const& ahead() const { return over ? next : now; }
    /// 1 / win rate.
    [[nodiscard]] Metric coverage_needed() const;
};

/// Points into `in`.
[[nodiscard]] Analysis analyze(Inputs const& in);
[[nodiscard]] std::vector<Action> actions(Inputs const& in, Analysis const& a); // actions.cpp

} // namespace pipeline
