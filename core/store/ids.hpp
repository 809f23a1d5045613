/// Names of runs.
#pragma once
#include "base/zone.hpp"
#include <string>

namespace deckle::store {

/// Eight letters and digits (Crockford's base 32, lower case: no i, l, o, u) that sort by time: milliseconds since
/// 2020, good until 2054. Two runs of one millisecond get neighbouring ids through `later_by`.
// https://www.crockford.com/base32.html
[[nodiscard]] std::string run_id(Instant started, int later_by = 0);

} // namespace deckle::store
