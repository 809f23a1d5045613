#include "service/closing.hpp"
#include "store/deliveries.hpp"
#include "store/editions.hpp"

namespace deckle::service {

bool close_edition(store::Database& database, std::string const& edition, Instant now) {
    if (edition.empty()) return false;
    using enum store::DeliveryState;
    store::Deliveries deliveries(database);
    if (!deliveries.list({.edition = edition, .states = {pending, sending, failed, unknown}, .limit = 1}).empty())
        return false;
    return store::Editions(database).step(edition, {store::EditionState::delivering}, {.to = store::EditionState::done},
                                          now);
}

} // namespace deckle::service
