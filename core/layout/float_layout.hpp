/// Floats of block and inline content, laid out and placed; higher than a page, they break like any other box.
// https://www.w3.org/TR/css-break-3/#unforced-breaks
#pragma once
#include "layout/block_frame.hpp"

namespace deckle::layout {

struct FloatPlace {
    BlockFrame const& frame;
    Space const& space;
    Point origin;           // of the block in the coordinates of `floats`
    double y = 0;           // where the float may begin, from the block's top border edge
    bool something = false; // something stands above on this page: the float may wait for the next one
};

/// Lays the float out and adds it to `floats` and `into`; false when it is to begin on the next page.
[[nodiscard]] bool place_float(Context& context, Box const& box, FloatPlace const& place, Floats& floats, Laid& into);
/// The floats of the formatting context that go on here, at the top of the piece.
void resume_floats(Context& context, Token const& token, BlockFrame const& frame, Space const& space, Floats& floats,
                   Laid& into);
/// The piece of a formatting context is done: what its floats still have to place goes into its token.
void carry_floats(BlockFrame const& frame, Space const& space, Floats& floats, Laid& laid);

} // namespace deckle::layout
