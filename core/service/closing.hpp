/// How an edition ends.
#pragma once
#include "store/database.hpp"
#include "store/editions.hpp"
#include <string>

namespace deckle::service {

/// delivering -> done once each of its deliveries is sent or cancelled; to be called after each step of one of them,
/// in the same transaction. `edition` may be empty (a notice's). True when it is done now.
bool close_edition(store::Database& database, std::string const& edition, Instant now);

/// Nobody has got it and nobody will: each of its deliveries failed or was cancelled. False when it has none.
[[nodiscard]] bool came_to_nothing(store::Database& database, store::Edition const& edition);

} // namespace deckle::service
