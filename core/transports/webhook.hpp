/// A signed POST as Standard Webhooks describes it.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
#pragma once
#include "transports/transports.hpp"
#include <memory>

namespace deckle::transports {

/// "v1," and the base64 of HMAC-SHA256 over "ID.TIMESTAMP.BODY". `secret`: "whsec_" and the key in base64, or the key
/// itself.
[[nodiscard]] std::string webhook_signature(std::string const& secret, std::string const& id,
                                            std::string const& timestamp, std::string const& body);

[[nodiscard]] std::unique_ptr<delivery::Transport> make_webhook(data::WebhookSettings const& settings,
                                                                Outside const& outside);

} // namespace deckle::transports
