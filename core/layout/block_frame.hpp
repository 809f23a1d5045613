/// The border box around block content: opened before the content is laid out, closed when its height is known.
#pragma once
#include "layout/used.hpp"

namespace deckle::layout {

struct BlockFrame {
    Edges edges;
    double width = 0;             // of the content
    std::optional<double> height; // of the whole content, over all pages, when definite
    double top = 0;               // where the content begins in this piece: a continuation has no top edge
    double reserve = 0;           // kept free at the end of each piece (box-decoration-break: clone)
    double consumed = 0;          // border box height on earlier pages
};

/// Also begins `laid`: its fragment and its margins.
[[nodiscard]] BlockFrame open_frame(Context& context, Box const& box, Space const& space, Token const* token,
                                    Laid& laid);

enum class Fit : std::uint8_t {
    whole,    // the box ends here
    split,    // its height goes on: laid.token is set
    too_high, // its bottom edge does not fit: break earlier
};
/// All content is placed and ends at `bottom`. Sets the size of the fragment.
[[nodiscard]] Fit close_frame(Box const& box, Space const& space, BlockFrame const& frame, double bottom, Laid& laid);

/// The content goes on, on the next page, with `token`: the piece fills the room.
void break_frame(Space const& space, BlockFrame const& frame, TokenPtr token, Quality quality, Laid& laid);

/// break-inside: avoid, said about whatever break this box reports.
void apply_break_inside(Box const& box, Laid& laid);

} // namespace deckle::layout
