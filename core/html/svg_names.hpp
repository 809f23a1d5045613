/// SVG's own spelling of names that HTML lower-cases.
#pragma once
#include <string_view>

namespace deckle::html {

/// "lineargradient" -> "linearGradient"; other names unchanged.
[[nodiscard]] std::string_view svg_element_name(std::string_view lower);
/// "viewbox" -> "viewBox"; other names unchanged.
[[nodiscard]] std::string_view svg_attribute_name(std::string_view lower);

} // namespace deckle::html
