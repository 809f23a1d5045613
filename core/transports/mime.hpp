/// A message as it travels.
// https://www.rfc-editor.org/rfc/rfc5322, https://www.rfc-editor.org/rfc/rfc2045, 2047, 2231
#pragma once
#include "delivery/transport.hpp"
#include <string>

namespace deckle::transports {

/// Seven-bit, lines of at most 998 characters that end with CR LF; the same message gives the same bytes.
/// REQUIRES: check_mail has passed.
[[nodiscard]] std::string mime(delivery::Message const& message);

} // namespace deckle::transports
