/// What was held or waited leaves: when a person releases it, or when its time for review is over.
#pragma once
#include "service/office.hpp"
#include "service/press.hpp"

namespace deckle::service {

/// The job release/...: of an edition that waits, or that a person released; an earlier one is revoked.
void enqueue_release(Office& office, std::string const& edition, std::chrono::milliseconds delay);
void run_release(Office& office, Press& press, store::Job const& job);
void fail_release(Office& office, store::Job const& job, std::string const& reason);

/// A person says that a held or waiting one goes out. Throws Error{refused} in another state.
void release_edition(Office& office, std::string const& edition, std::string const& by, std::string const& note);
/// A person says that it does not go out. Of one that is being delivered, what has not left yet is cancelled. Throws
/// Error{refused} when it has gone, or is settled.
void stop_edition(Office& office, std::string const& edition, std::string const& by, std::string const& note);

} // namespace deckle::service
