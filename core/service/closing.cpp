#include "service/closing.hpp"
#include "store/deliveries.hpp"
#include <algorithm>

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

bool came_to_nothing(store::Database& database, store::Edition const& edition) {
    auto const all = store::Deliveries(database).list({.edition = edition.id, .limit = 100'000});
    return !all.empty() && std::ranges::all_of(all, [](store::Delivery const& d) {
        return d.state == store::DeliveryState::failed || d.state == store::DeliveryState::cancelled;
    });
}

} // namespace deckle::service
