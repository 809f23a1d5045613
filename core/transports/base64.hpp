// RFC 4648, section 4.
#pragma once
#include <string>
#include <string_view>

namespace deckle::transports {

[[nodiscard]] std::string to_base64(std::string_view bytes);

} // namespace deckle::transports
