#include "layout/float_layout.hpp"
#include "layout/context.hpp"

namespace deckle::layout {
namespace {

/// Adds one piece with its margin box at `at`, in the coordinates of `floats`.
void add(Box const& box, Laid&& piece, Point at, Point origin, Floats& floats, Laid& into, Point by) {
    Insets const margin = piece.margin;
    Size const size{piece.fragment.size.width + margin.horizontal(), piece.fragment.size.height + margin.vertical()};
    floats.add(box.style->float_, {at.x, at.y, size.width, size.height});
    if (piece.token) {
        FloatRest rest;
        rest.box = &box;
        rest.token = std::move(piece.token);
        rest.x = at.x + margin.left;
        rest.width = piece.fragment.size.width;
        floats.carry(std::move(rest));
    }
    adopt(into, std::move(piece), {});
    into.fragment.children.back().at = {at.x - origin.x + margin.left + by.x, at.y - origin.y + margin.top + by.y};
}

} // namespace

bool place_float(Context& context, Box const& box, FloatPlace const& place, Floats& floats, Laid& into) {
    BlockFrame const& frame = place.frame;
    Space space;
    space.width = frame.width;
    space.height = frame.height;
    space.shrink = true;
    space.top = true;
    Laid laid = layout_box(context, box, space, nullptr);
    Size const size{laid.fragment.size.width + laid.margin.horizontal(),
                    laid.fragment.size.height + laid.margin.vertical()};
    double y = place.y;
    if (box.style->clear != css::Clear::none) y = std::max(y, floats.bottom(box.style->clear) - place.origin.y);
    double const left = place.origin.x + frame.edges.left();
    Point const at = floats.place(box.style->float_, size, place.origin.y + y, left, left + frame.width);
    double const top = at.y - place.origin.y;
    if (top + size.height > place.space.room + tolerance) {
        bool const deeper = top > y + tolerance; // other floats stand above it
        if ((place.something || deeper) && size.height <= place.space.page + tolerance) return false;
        space.fixed_width = laid.fragment.size.width;
        space.room = place.space.room - top - laid.margin.top;
        space.page = place.space.page;
        space.top = !place.something && !deeper;
        laid = layout_box(context, box, space, nullptr);
        if (laid.empty) return false;
        if (laid.token) laid.margin.bottom = 0;
    }
    add(box, std::move(laid), at, place.origin, floats, into, relative_offset(box, frame.width, frame.height));
    return true;
}

void resume_floats(Context& context, Token const& token, BlockFrame const& frame, Space const& space, Floats& floats,
                   Laid& into) {
    for (FloatRest const& rest : token.floats) {
        Space piece;
        piece.width = frame.width;
        piece.fixed_width = rest.width;
        piece.room = piece.page = space.room;
        piece.top = true;
        Laid laid = layout_box(context, *rest.box, piece, rest.token.get());
        laid.margin.top = 0;
        double const left = laid.margin.left;
        add(*rest.box, std::move(laid), {rest.x - left, frame.top}, {}, floats, into,
            relative_offset(*rest.box, frame.width, frame.height));
    }
}

void carry_floats(BlockFrame const& frame, Space const& space, Floats& floats, Laid& laid) {
    if (!floats.carries() || laid.empty) return;
    if (!laid.token) {
        auto token = std::make_unique<Token>();
        token->finished = true;
        break_frame(space, frame, std::move(token), Quality::perfect, laid);
    }
    laid.token->floats = floats.take_rests();
}

} // namespace deckle::layout
