/// A whole store from one database into another, whatever the kinds: how backups are made and restored.
#pragma once
#include "store/database.hpp"

namespace deckle::store {

/// Whether nothing was ever written.
[[nodiscard]] bool is_empty(Database& database);
/// Every row, as of one moment: others may go on writing to `from`. `to` gets all or nothing; what was there is gone.
/// REQUIRES: one of them is SQLite, which says what tables there are.
void copy(Database& from, Database& to);

} // namespace deckle::store
