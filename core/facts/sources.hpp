/// All facts of a workspace, from every source; and back out as the dataset `facts`.
///
/// Of several values for one id and period the first of these is used: set by hand, a figure of a report, SQL, the
/// dataset. A source that fails is a trouble of the set, never an error: the other facts are still good.
#pragma once
#include "data/dataset.hpp"
#include "facts/fact_set.hpp"
#include "store/facts.hpp"
#include "store/store.hpp"

namespace deckle::facts {

/// `as_of`: the day the SQL facts are asked for; `now` as in data::load.
[[nodiscard]] FactSet gather(data::Workspace const& workspace, data::Catalogue const& catalogue, store::Store& store,
                             store::HandFacts& by_hand, Date as_of, Instant now, Diagnostics& diagnostics);

/// The dataset `facts` for a document plugin: `request`'s columns (none = all), merged, `printed` filled.
[[nodiscard]] data::Dataset dataset(FactSet const& facts, data::DatasetRequest const& request,
                                    data::Catalogue const& catalogue, model::Formatter const& formatter, Instant now);

/// A fact as it is kept: everything but id, period, origin and place.
[[nodiscard]] std::string to_json(Fact const& fact);
/// Throws Error{data} for a text that to_json did not make.
[[nodiscard]] Fact from_json(std::string const& text);

/// "31%", "$1,200", "12.5", "2026-10-31", or words. `unit` decides where it is given: "text" keeps words as they are.
/// Throws Error{usage} for a number in a unit it cannot be in.
[[nodiscard]] Value parse_value(std::string const& text, std::string const& unit, std::string const& currency);

} // namespace deckle::facts
