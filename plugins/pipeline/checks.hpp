/// Totals that are computed in two ways.
#pragma once
#include "sections.hpp"

namespace pipeline {

/// Into the model; see deckle/check.hpp.
void checks(Page const& page);

} // namespace pipeline
