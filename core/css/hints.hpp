/// Attributes that are style: HTML's presentational hints and SVG's presentation attributes. Inside core/css only.
#pragma once
#include "html/document.hpp"
#include <string>

namespace deckle::css {

/// Declarations as text, empty when there are none..
// https://html.spec.whatwg.org/multipage/rendering.html, https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes
void presentational_hints(html::Element const& element, std::string& out);

} // namespace deckle::css
