/// Used values: from computed styles to lengths.
#pragma once
#include "layout/flow.hpp"

namespace deckle::layout {

/// Margins (auto = 0), borders and padding; percentages of `width`, the containing block's.
struct Edges {
    Insets margin, border, padding;
    [[nodiscard]] double left() const { return border.left + padding.left; }
    [[nodiscard]] double top() const { return border.top + padding.top; }
    [[nodiscard]] double bottom() const { return border.bottom + padding.bottom; }
    [[nodiscard]] double horizontal() const { return border.horizontal() + padding.horizontal(); }
    [[nodiscard]] double vertical() const { return border.vertical() + padding.vertical(); }
};
[[nodiscard]] Edges edges_of(Box const& box, double width, Insets const* border = nullptr);

/// A length for the content box from one for the box that box-sizing names; nullopt when it is no definite length.
[[nodiscard]] std::optional<double> content_length(css::Length const& length, std::optional<double> base,
                                                   css::BoxSizing sizing, double frame);
/// Clamps a content width or height by min-* and max-*.
[[nodiscard]] double clamp_width(Context& context, Box const& box, double width, double base, double frame);
[[nodiscard]] double clamp_height(Box const& box, double height, std::optional<double> base, double frame);

/// The content width of a block-level or atomic box in `space`, and its margins with auto resolved into `edges`.
[[nodiscard]] double used_width(Context& context, Box const& box, Space const& space, Edges& edges);
/// Its content height when that is definite.
[[nodiscard]] std::optional<double> used_height(Box const& box, Space const& space, Edges const& edges);

struct Picture;
/// Content size of a replaced box.
[[nodiscard]] Size replaced_size(Box const& box, Picture const& picture, Space const& space, Edges const& edges);

} // namespace deckle::layout
