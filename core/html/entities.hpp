/// Named character references.
#pragma once
#include <string_view>

namespace deckle::html {

/// UTF-8 for a name without '&' and ';' ("check"); empty when there is no such name.
[[nodiscard]] std::string_view entity_text(std::string_view name);
/// True for the old names that HTML5 accepts without ';' ("copy").
[[nodiscard]] bool entity_needs_no_semicolon(std::string_view name);

} // namespace deckle::html
