/// From a source's rows to one typed dataset.
#pragma once
#include "data/dataset.hpp"

namespace deckle::data {

enum class BadRows {
    as_bound, // the binding's on_bad_row and max_bad_rows decide
    report,   // never an error: for previews and checks
};

/// As load_dataset.
[[nodiscard]] Dataset map_dataset(Workspace const& workspace, Catalogue const& catalogue, DatasetRequest const& request,
                                  Instant now, Diagnostics& diagnostics, ConnectorRegistry const& connectors,
                                  BadRows bad_rows);

} // namespace deckle::data
