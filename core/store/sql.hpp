/// SQL through Poco::Data; inside core/store only.
#pragma once
#include "base/error.hpp"
#include "base/zone.hpp"
#include "store/database.hpp"
#include <optional>
#include <Poco/Data/LOB.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <string_view>

namespace deckle::store {

/// Calls `f`; what the database throws becomes Error{io}.
template <class F>
auto guarded(Database& database, F&& f) -> decltype(f()) {
    try {
        return f();
    } catch (Poco::Exception const&) {
        database.rethrow();
    }
}

/// As one transaction.
template <class F>
auto transacted(Database& database, F&& f) -> decltype(f()) {
    return guarded(database, [&] { return database.transact(f); });
}

/// As one transaction beside others (Database::transact_beside).
template <class F>
auto beside(Database& database, F&& f) -> decltype(f()) {
    return guarded(database, [&] { return database.transact_beside(f); });
}

[[nodiscard]] Poco::Data::BLOB blob(std::string_view bytes);
[[nodiscard]] std::string bytes_of(Poco::Data::BLOB const& blob);

/// Moments are kept as milliseconds since 1970.
[[nodiscard]] inline std::int64_t ms(Instant at) {
    return at.time_since_epoch().count();
}
[[nodiscard]] inline Instant at_ms(std::int64_t n) {
    return Instant(std::chrono::milliseconds(n));
}
[[nodiscard]] inline std::optional<Instant> at_ms(Poco::Nullable<std::int64_t> const& n) {
    return n.isNull() ? std::nullopt : std::optional(at_ms(n.value()));
}
[[nodiscard]] inline Poco::Nullable<std::int64_t> ms(std::optional<Instant> const& at) {
    return at ? Poco::Nullable<std::int64_t>(ms(*at)) : Poco::Nullable<std::int64_t>();
}

/// Runs `select` row by row; its into() targets hold the row while `each` is called.
template <class F>
void for_rows(Poco::Data::Statement& select, F&& each) {
    select, Poco::Data::Keywords::range(0, 1);
    while (!select.done())
        if (select.execute() > 0) each();
}

} // namespace deckle::store
