/// CSS gradients as fills. Inside core/layout/paint* only.
#pragma once
#include "css/values.hpp"
#include "layout/page.hpp"

namespace deckle::layout {

/// The box filled with the gradient.
// https://www.w3.org/TR/css-images-3/#gradients
[[nodiscard]] Item gradient_fill(css::Gradient const& gradient, Rect const& box);

} // namespace deckle::layout
