/// The items of a flex container and how their lengths are settled.
#pragma once
#include "layout/context.hpp"
#include "layout/used.hpp"

namespace deckle::layout {

struct FlexItem {
    Box const* box = nullptr;
    Edges edges;
    double base = 0, main = 0;       // border box, along the main axis
    double min = 0, max = unlimited; // of main
    bool by_content = false; // a column's item without length: the layout of its content tells `base`
    bool frozen = false;
    Laid laid;

    [[nodiscard]] double margins(bool row) const { return row ? edges.margin.horizontal() : edges.margin.vertical(); }
    [[nodiscard]] double outer(bool row) const { return main + margins(row); }
};
using FlexLine = std::vector<FlexItem>;

/// The in-flow children by `order`, with their base sizes; `width` of the container's content, `height` if definite.
[[nodiscard]] FlexLine flex_items(Context& context, Box const& container, double width, std::optional<double> height);
/// Grows or shrinks the items of one line into `available`.
// https://www.w3.org/TR/css-flexbox-1/#resolve-flexible-lengths
void resolve_flexible(FlexLine& line, double available, double gap, bool row);

[[nodiscard]] bool is_row(css::ComputedStyle const& style);
[[nodiscard]] bool is_reversed(css::ComputedStyle const& style);

} // namespace deckle::layout
