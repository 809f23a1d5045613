/// Paths of boxes: rectangles with and without rounded corners.
#pragma once
#include "css/style.hpp"
#include "layout/fragment.hpp"
#include <array>

namespace deckle::layout {

/// Radii of the corners, clockwise from the top left.
struct Radii {
    std::array<Size, 4> corners{};
    [[nodiscard]] bool any() const;
};

[[nodiscard]] Path rectangle_path(Rect const& rect);
[[nodiscard]] Path rounded_path(Rect const& rect, Radii const& radii);
/// The edge along `count` sides clockwise from side `from` (0 = top), with the corners at both ends; not closed.
[[nodiscard]] Path outline(Rect const& rect, Radii const& radii, std::size_t from, std::size_t count);
/// The border along those sides, as an area. REQUIRES: 0 < count < 4.
[[nodiscard]] Path band(Rect const& outer, Radii const& radii, Insets const& width, std::size_t from,
                        std::size_t count);
/// Resolved against the border box and scaled down so that they do not overlap.
[[nodiscard]] Radii radii_of(css::Corners const& corners, Rect const& border_box);
/// The radii of the box inside a frame of these widths.
[[nodiscard]] Radii shrink(Radii const& radii, Insets const& by);
[[nodiscard]] Rect inset(Rect const& rect, Insets const& by);
[[nodiscard]] Color color_of(css::Color const& color);

} // namespace deckle::layout
