/// A schedule in words and as JSON, for deckle schedule list and explain.
#pragma once
#include "data/workspace.hpp"
#include "model/json.hpp"
#include "schedule/schedule.hpp"
#include "store/editions.hpp"
#include <string>
#include <vector>

namespace deckle::app {

/// "cash-flow", "pack monthly".
[[nodiscard]] std::string what_of(data::Schedule const& s);
/// "Thu 2026-12-03 07:00 CST"; "-" where the zone's rules are not known.
[[nodiscard]] std::string local_text(Instant at, std::string const& zone);
/// "paused by dana since Tue 2026-11-03 09:00 CST: the quarter is open"; empty when it is not.
[[nodiscard]] std::string pause_words(store::ScheduleState const& state, std::string const& zone);
/// The mail channel by which the addresses get it; empty when there is none.
[[nodiscard]] std::string mail_channel(data::Workspace const& workspace, data::Schedule const& s);

/// What holds for a schedule: its name and words.
struct Rule {
    std::string name, words;
};
/// Zone with the changes of its clocks after `from`, holidays, missed firings, effort, gates, condition, review, ways
/// out, pause.
[[nodiscard]] std::vector<Rule> rules_of(data::Workspace const& workspace, data::Schedule const& s,
                                         store::ScheduleState const& state, Instant from);
/// The same as values.
[[nodiscard]] model::Json rules_json(data::Workspace const& workspace, data::Schedule const& s,
                                     store::ScheduleState const& state);

} // namespace deckle::app
