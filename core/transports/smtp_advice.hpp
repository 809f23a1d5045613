/// What an SMTP server's refusal means when a setting is at fault, not this message.
#pragma once
#include "transports/smtp_dialog.hpp"
#include <string>

namespace deckle::transports {

/// Empty when the answer is about the message or its recipient; else what to change, and where.
[[nodiscard]] std::string advice(SmtpAnswer const& answer);

} // namespace deckle::transports
