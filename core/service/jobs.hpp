/// The kinds of jobs in the queue, by the beginning of their keys: fire/ (a schedule that makes a part for each row),
/// make/ (an edition), release/ (an edition that waits no longer), deliver/ (a delivery), attention/ (a notice of what
/// needs a person), reminders/ (the mail of a day), restate/ (a look at what was sent).
#pragma once
#include "service/office.hpp"
#include "service/press.hpp"

namespace deckle::service {

/// Lanes, as workers claim from them.
inline constexpr char const* make_lane = "make";
inline constexpr char const* deliver_lane = "deliver";

/// How long it may take.
[[nodiscard]] std::chrono::milliseconds limit_of(Office& office, store::Job const& job);

/// Does it. The job is completed, or put off, in the transaction that keeps what came of it. Throws LeaseLost, and
/// Error for what is to be tried again: then fail_job has to follow.
void run_job(Office& office, Press& press, store::Job const& job);

/// It threw, or was ended in the middle: tried again later or, after too many attempts, given up and told.
void fail_job(Office& office, store::Job const& job, std::string const& reason);

} // namespace deckle::service
