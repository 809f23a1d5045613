/// One job deliver/DELIVERY/N: a message leaves, once. What is not known is never sent again by itself.
#pragma once
#include "delivery/transport.hpp"
#include "service/office.hpp"
#include "store/deliveries.hpp"

namespace deckle::service {

/// How often a delivery is tried before it fails; with Office::retry_after that is most of a day.
inline constexpr int delivery_attempts = 20;
/// After that many, about an hour, people are told: a setting may be wrong, or the server is away.
inline constexpr int late_attempts = 8;

/// pending -> sending -> sent, failed, unknown, or pending for later; a delivery that a dead worker was sending is
/// unknown. What a job of a settled delivery finds is left as it is. In each case the job ends in the transaction that
/// records what came of it. Throws LeaseLost when another worker has the job: then nothing has left, or what came of it
/// is recorded as far as it may be. Throws Error{io} when the database fails.
void deliver(Office& office, store::Job const& job, delivery::Transport& transport);
/// By the transport of its channel (Office::open_transport).
void deliver(Office& office, store::Job const& job);

/// It threw, or its worker was ended: what was leaving is unknown; what was not is tried again, or given up and told.
void fail_deliver(Office& office, store::Job const& job, std::string const& reason);

/// A message as it leaves at `date`, its bytes checked against their SHA-256. Throws Error{data} for a file that is
/// gone or changed.
[[nodiscard]] delivery::Message message_of(data::Workspace const& workspace, store::Delivery const& delivery,
                                           Instant date);

/// How long the delivery waits after the nth attempt: back_off, and up to a tenth more, so that those of one moment
/// part.
[[nodiscard]] std::chrono::milliseconds delivery_wait(Office const& office, std::string const& delivery, int attempt);

} // namespace deckle::service
