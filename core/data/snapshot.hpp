/// A table as bytes for the run ledger, and back, exactly.
#pragma once
#include "data/sha256.hpp"
#include "data/table.hpp"
#include <string>
#include <string_view>

namespace deckle::data {

/// Same table, same bytes. Versioned, compressed, checked by its own SHA-256.
[[nodiscard]] std::string write_snapshot(Table const& table);
/// Throws Error{data} for anything that is not a whole, unchanged snapshot of a known version.
[[nodiscard]] Table read_snapshot(std::string_view bytes);

} // namespace deckle::data
