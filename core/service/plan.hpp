/// A schedule of deckle.toml as core/schedule reads it.
#pragma once
#include "data/workspace.hpp"
#include "model/formatter.hpp"
#include "schedule/schedule.hpp"

namespace deckle::service {

/// By name. Throws Error{usage} for an unknown one, with the nearest.
[[nodiscard]] data::Schedule const& schedule_named(data::Workspace const& workspace, std::string const& name);

/// Reads its holidays. Throws Error{usage} with the place in deckle.toml, or in the file of holidays, for what is not
/// understood.
[[nodiscard]] schedule::Schedule schedule_of(data::Workspace const& workspace, data::Schedule const& configured);

/// What a firing reports on: "2026-10".
[[nodiscard]] std::string period_of(data::Workspace const& workspace, data::Schedule const& configured,
                                    schedule::Firing const& firing);
/// The same as the name of an edition (EditionKey): "2026-10@2026-10-20" while the period is not over.
[[nodiscard]] std::string edition_period(data::Workspace const& workspace, data::Schedule const& configured,
                                         Date nominal);

/// A period that a person names ("2026-10", "2026-11@2026-11-20"), as an edition's: of one that still runs what is
/// known by `today`. Throws Error{usage} for one that cannot be read, Error{refused} for one that has not begun.
[[nodiscard]] std::string asked_period(std::string const& period, Date today);

/// "2026-10@2026-10-20" -> period and as-of date (empty: the period's end).
struct PeriodAsOf {
    std::string period, as_of;
};
[[nodiscard]] PeriodAsOf split_period(std::string const& edition_period);
/// As people read it: "2026-11, as of Nov 9, 2026".
[[nodiscard]] std::string period_words(std::string const& edition_period, model::Formatter const& formatter);

} // namespace deckle::service
