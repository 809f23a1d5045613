#pragma once
#include "support/postgresql_server.hpp"

namespace deckle::store {

/// Started on first use, stopped at the end of the program.
[[nodiscard]] tests::PostgresqlServer& server();

} // namespace deckle::store
