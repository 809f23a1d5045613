/// The datasets of a run as the ledger's snapshots, and back; what the report's previous run left behind.
#pragma once
#include "data/catalogue.hpp"
#include "report/descriptor.hpp"
#include "store/store.hpp"

namespace deckle::app {

[[nodiscard]] std::vector<store::Snapshot> snapshots_of(data::DatasetSet const& datasets);

/// Everything an earlier run read, its own history included. Throws Error{data} when a snapshot is damaged or lost,
/// naming it.
[[nodiscard]] data::DatasetSet datasets_of(store::Store& store, std::string const& run);

/// Adds what a report with history asks for: "figures@previous" (without rows when there is no earlier run), and the
/// "X@previous" of its descriptor, as the newest run before `as_of` read them. A dataset which that run did not have,
/// or without a column that is required today, is left out: then it is not bound. Throws as datasets_of.
void add_previous(report::Descriptor const& descriptor, data::Catalogue const& catalogue, Date as_of,
                  store::Store& store, data::DatasetSet& datasets);

} // namespace deckle::app
