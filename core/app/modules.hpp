/// Libraries that few commands need: opened on first use, so that the others start without them.
#pragma once
#include "model/tables.hpp"
#include <string>

namespace deckle::app {

/// Throws Error{failed} when the library is missing or of another build, Error{io} when the file cannot be made.
[[nodiscard]] std::string write_xlsx(model::Workbook const& workbook);

} // namespace deckle::app
