/// A schedule of deckle.toml as core/schedule reads it.
#pragma once
#include "data/workspace.hpp"
#include "schedule/schedule.hpp"

namespace deckle::service {

/// Reads its holidays. Throws Error{usage} with the place in deckle.toml, or in the file of holidays, for what is not
/// understood.
[[nodiscard]] schedule::Schedule schedule_of(data::Workspace const& workspace, data::Schedule const& configured);

/// What a firing reports on: "2026-10".
[[nodiscard]] std::string period_of(data::Workspace const& workspace, data::Schedule const& configured,
                                    schedule::Firing const& firing);

} // namespace deckle::service
