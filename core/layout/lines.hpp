/// One line of inline content, placed.
#pragma once
#include "layout/box_builder.hpp"
#include "layout/inline_content.hpp"

namespace deckle::layout {

struct LineBox {
    Fragment fragment; // kind line; children positioned from its top left corner
    double baseline = 0;
    std::vector<Pending> pending; // of atomics in it, from the line's corner
};

/// Builds the line for a stretch of `width`; `indent` moves its start (text-indent).
[[nodiscard]] LineBox build_line(Context& context, Box const& block, InlineContent& content, text::Line const& line,
                                 double width, double indent);

} // namespace deckle::layout
