/// What needs a person: editions that failed, are held or wait, deliveries that failed, are tried in vain for an hour,
/// or are unknown. People are told of a schedule and period at a time, so that what comes to fifty parts or recipients
/// at once is one notice.
#pragma once
#include "service/notices.hpp"
#include <optional>

namespace deckle::service {

enum class Need { failed, held, waiting, undelivered, late, unknown };

/// An edition, or a delivery of one, has come to that: puts in the job attention/..., at once for the first of an hour
/// (of what waits for review: of ten minutes), and for later ones when that is over. Part of the caller's transaction,
/// with the step that led there. Nothing for a `schedule` that is empty: a notice about a notice would never end.
void needs_person(Office& office, Need need, std::string const& schedule, std::string const& period);

/// That job. It waits a while for others of the same schedule and period that are at work.
void run_attention(Office& office, store::Job const& job);
void fail_attention(Office& office, store::Job const& job, std::string const& reason);

/// How things stand: every edition (or delivery) of that schedule and period that is in need of that. nullopt when none
/// is any more. The key changes with what is in it, so that the same is told once.
[[nodiscard]] std::optional<Notice> attention(Office& office, Need need, std::string const& schedule,
                                              std::string const& period);

} // namespace deckle::service
