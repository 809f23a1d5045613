/// The schema's versions, forward only: migration n brings version n - 1 to n. Never change one that was released.
#pragma once
#include <string>
#include <vector>

namespace deckle::store {

/// Each migration is a list of single SQL statements.
[[nodiscard]] std::vector<std::vector<std::string>> const& migrations();

} // namespace deckle::store
