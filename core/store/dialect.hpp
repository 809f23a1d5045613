/// The store's SQL is written once, for both databases.
#pragma once
#include <string>
#include <string_view>

namespace deckle::store {

/// `?` and `?1` become `$1`, counted from the left. Text in quotes stays.
[[nodiscard]] std::string for_postgresql(std::string_view sql);
/// SQLite has one writer at a time, so no rows are locked: the words FOR UPDATE SKIP LOCKED go.
[[nodiscard]] std::string for_sqlite(std::string_view sql);
/// A statement of a migration: INTEGER is 64 bits wide, AUTOINCREMENT an identity, BLOB is BYTEA, and text is compared
/// by its bytes as in SQLite.
[[nodiscard]] std::string schema_for_postgresql(std::string_view sql);

} // namespace deckle::store
