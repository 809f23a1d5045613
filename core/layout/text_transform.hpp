/// text-transform on UTF-8.
#pragma once
#include "css/style.hpp"
#include <string>
#include <string_view>

namespace deckle::layout {

/// `language` decides about Turkish i and the like; empty = none.
[[nodiscard]] std::string transform_text(std::string_view text, css::TextTransform transform,
                                         std::string const& language);

} // namespace deckle::layout
