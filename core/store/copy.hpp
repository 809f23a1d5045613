/// A whole store from one database into another, whatever the kinds: how backups are made and restored.
#pragma once
#include "store/database.hpp"

namespace deckle::store {

/// Whether nothing was ever written.
[[nodiscard]] bool is_empty(Database& database);
/// Every row, as of one moment: others may go on writing to `from`. `to` gets all or nothing; what was there is gone.
/// REQUIRES: one of them is SQLite, which says what tables there are.
void copy(Database& from, Database& to);

struct SetAside {
    std::int64_t deliveries = 0; // that are unknown now
    std::int64_t editions = 0;   // that were to be made
};
/// In a store that comes back from a backup, nothing is done by itself, since it may have been done after the backup:
/// what was to be delivered is unknown, editions that were to be made have failed, no job waits, every schedule is
/// paused, and no service is at work. `why` is the reason of all of it. One transaction.
SetAside set_aside(Database& database, std::string const& why, std::string const& by, Instant now);

} // namespace deckle::store
