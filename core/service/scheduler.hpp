/// When schedules fire, in the store: each firing becomes an edition, once, whoever looks.
#pragma once
#include "service/office.hpp"
#include <optional>

namespace deckle::service {

/// A firing that is dealt with later than this was missed.
inline constexpr std::chrono::minutes missed_after{15};

/// Deals with the firings of every schedule since it was looked at last, in one transaction each: editions are opened
/// with their jobs, and those that are not to be made (missed, paused) are recorded as skipped. A schedule that was
/// never seen before begins now. When the clock was set back, its schedules go on from there; editions from a time that
/// has not come are set aside until then. A schedule that cannot be read is logged and told; the others go on. Several
/// services may do it at once. Returns the next firing; throws Error{io} when the database fails.
std::optional<Instant> tick(Office& office);

} // namespace deckle::service
