/// The ways out of Deckle: SMTP, Microsoft Graph, a folder, a webhook. Needs TLS, HTTP and MIME, so it is a library of
/// its own, opened on first use (app/modules.cpp).
#pragma once
#include "data/delivery_settings.hpp"
#include "delivery/transport.hpp"
#include <functional>
#include <string>

namespace deckle::transports {

/// Gives the secret that a setting names; called when it is needed, each time. May throw Error.
using SecretReader = std::function<std::string(data::Setting const& setting, char const* key)>;

struct Outside {
    SecretReader secret;
    std::function<Instant()> now; // for receivers that compare a message's time with their own
};

} // namespace deckle::transports

extern "C" {
[[gnu::visibility("default")]] extern char const* const deckle_module_id;

/// The caller deletes it. `settings` gives the sender that test() speaks for. It may be used by several threads at
/// once.
[[gnu::visibility("default")]] deckle::delivery::Transport*
deckle_transport(deckle::data::Channel const& channel, deckle::data::DeliverySettings const& settings,
                 deckle::transports::Outside const& outside);
}
