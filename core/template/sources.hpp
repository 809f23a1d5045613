/// The foot of every page: "ConnectWise (invoices, agreements), Nov 1 06:00 CDT · ... · 1,284 rows read, 0 rejected".
#pragma once
#include "model/formatter.hpp"
#include <string>

namespace deckle::templates {

/// From `run.sources`, `run.rows_read` and `run.rows_rejected`; one entry for each source name, in the model's order,
/// with its last fetch; of more than three sources only the names, the last fetch and the oldest. Empty without
/// sources.
[[nodiscard]] std::string sources_line(model::Json const& root, model::Formatter const& formatter);

} // namespace deckle::templates
