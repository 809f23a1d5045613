// RFC 4648, section 4.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace deckle::transports {

[[nodiscard]] std::string to_base64(std::string_view bytes);
/// nullopt for what is no base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

} // namespace deckle::transports
