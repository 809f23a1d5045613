/// Whether what was due has come: asked from outside, without the service, which may be the one that is down.
#pragma once
#include "service/office.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::service {

/// The last firing of a schedule that should be dealt with by now.
struct LastDue {
    std::string schedule;
    std::optional<Instant> at; // absent: none in the last two years
    std::string period;        // as in EditionKey
    std::string state;         // "delivered", "not made", "held", "partly delivered" ...
    std::string why;           // a sentence, for what is missing
    std::string command;       // what to do about it; may be empty
    std::vector<std::string> editions;
    bool missing = false;
};

/// Of every schedule the last firing that is `grace` ago or more. What a person stopped, a condition left out, or a
/// paused schedule skipped is not missing. Throws Error{io} when the database fails.
[[nodiscard]] std::vector<LastDue> last_due(Office& office, std::chrono::milliseconds grace);

/// What the notice about it is claimed by: one for each firing.
[[nodiscard]] std::string missing_key(Office& office, LastDue const& due);
/// Tells the owners of one that is missing; false when it was told.
bool tell_missing(Office& office, LastDue const& due);

/// A firing that nobody dealt with in time, and what was done about it when somebody did.
struct Missed {
    Instant at{};
    std::string period;
    bool made = false;  // it is made now
    std::string reason; // why not
};
/// Tells the owners: from when to when no service ran, and what became of each. Part of the caller's transaction.
bool tell_missed(Office& office, std::string const& schedule, std::vector<Missed> const& missed);

} // namespace deckle::service
