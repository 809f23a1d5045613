/// A table as bytes for the run ledger, and back, exactly.
#pragma once
#include "data/catalogue.hpp"
#include "data/dataset.hpp"
#include "data/sha256.hpp"
#include <string>
#include <string_view>

namespace deckle::data {

/// Same table, same bytes. Versioned, compressed, checked by its own SHA-256.
[[nodiscard]] std::string write_snapshot(Table const& table);
/// Throws Error{data} for anything that is not a whole, unchanged snapshot of a known version.
[[nodiscard]] Table read_snapshot(std::string_view bytes);

/// An older snapshot as today's request wants it: the requested columns in their order, then what else it holds (the
/// currency columns). A column it does not have is all null; nullopt when that column is required or has another type.
[[nodiscard]] std::optional<Table> as_requested(Table table, DatasetRequest const& request,
                                                DatasetDefinition const& definition);

} // namespace deckle::data
