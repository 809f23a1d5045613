/// Totals that are computed in two ways.
#pragma once
#include "sections.hpp"

namespace cash_flow {

/// Into the model; see deckle/check.hpp.
void checks(Page const& page);

} // namespace cash_flow
