/// Who gets an edition, by which way, and what: claimed in the delivery ledger before anything leaves.
#pragma once
#include "delivery/letter.hpp"
#include "service/office.hpp"
#include "store/deliveries.hpp"

namespace deckle::service {

using delivery::Product;

/// What one channel carries to its recipients.
struct Outgoing {
    std::string channel;
    std::vector<std::string> to; // addresses; of a folder or webhook one that is empty
    std::string content;         // of store::Delivery
};

/// Why the edition cannot leave as things stand: no such channel, files that are too large for it. Nothing is written.
[[nodiscard]] std::optional<std::string> cannot_leave(Office& office, data::Schedule const& schedule,
                                                      store::Edition const& edition, Product const& product);

/// The messages of an edition, composed and written beside its files; they never change afterwards. Throws Error.
[[nodiscard]] std::vector<Outgoing> compose_messages(Office& office, data::Schedule const& schedule,
                                                     store::Edition const& edition, Product const& product);

/// Claims a delivery for each recipient and puts its job in, in one transaction or as part of the caller's. Who may
/// not be written to ([delivery] allow) has a delivery that failed, and is told of; the others are not touched by that.
void claim_messages(Office& office, data::Schedule const& schedule, store::Edition const& edition,
                    std::string const& run, std::vector<Outgoing> const& messages);

/// A person sends what others were sent to one more. Returns the delivery's id. Throws Error{usage} for an address that
/// cannot be used or may not be written to, and Error{refused} when the edition does not go out, went to nobody by mail,
/// or to this one already.
std::string send_also(Office& office, store::Edition const& edition, std::string const& address, std::string const& by);

/// A job for what is pending: the first, or the next when a person asks again. Part of the caller's transaction.
void enqueue_delivery(store::Queue& queue, std::string const& delivery);

} // namespace deckle::service
