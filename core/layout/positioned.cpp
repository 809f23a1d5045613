// Absolutely positioned boxes, laid out when their containing block has its size.
// https://www.w3.org/TR/CSS22/visudet.html#abs-non-replaced-width
#include "layout/context.hpp"
#include "layout/used.hpp"
#include <algorithm>

namespace deckle::layout {
namespace {

std::optional<double> inset(css::Length const& length, double base) {
    if (!length.is_value()) return std::nullopt;
    return length.resolve(base);
}

/// Lays the box out anew so that it ends with the page; what is left of it goes on on the next one.
void cut(Context& context, Box const& box, Space space, double room, double page, Laid& laid) {
    space.fixed_width = laid.fragment.size.width;
    space.fixed_height.reset();
    space.room = room;
    space.page = page;
    space.top = false;
    Laid piece = layout_box(context, box, space, nullptr);
    if (piece.empty) { // nothing of it fits
        piece = Laid();
        piece.fragment = Fragment(Fragment::Kind::wrapper, &box, {}, {laid.fragment.size.width, 0});
        piece.fragment.rest = std::make_unique<Token>();
        piece.fragment.rest->fresh = true;
        laid = std::move(piece);
    } else if (piece.token) {
        piece.fragment.rest = std::move(piece.token);
        laid = std::move(piece);
    }
}

void place(Context& context, Pending const& pending, Rect const& block, double room, double page, Laid& into) {
    Box const& box = *pending.box;
    css::ComputedStyle const& style = *box.style;
    auto const left = inset(style.inset.left, block.width), right = inset(style.inset.right, block.width);
    auto const top = inset(style.inset.top, block.height), bottom = inset(style.inset.bottom, block.height);
    Edges const edges = edges_of(box, block.width);

    Space space;
    space.width = block.width;
    space.height = block.height;
    space.shrink = true;
    space.top = true;
    if (left && right && style.width.is_auto() && box.kind != BoxKind::replaced) {
        space.fixed_width = std::max(0.0, block.width - *left - *right - edges.margin.horizontal());
    } else if (left || right) {
        space.width = std::max(0.0, block.width - left.value_or(0) - right.value_or(0));
        if (style.width.has_percent()) space.width = block.width;
    }
    if (top && bottom && style.height.is_auto() && box.kind != BoxKind::replaced) {
        space.fixed_height = std::max(0.0, block.height - *top - *bottom - edges.margin.vertical());
    }
    Laid laid = layout_box(context, box, space, nullptr);
    Insets margin = edges.margin;
    Size const size = laid.fragment.size;
    if (left && right) {
        double const rest = block.width - *left - *right - size.width - margin.horizontal();
        bool const a = style.margin.left.is_auto(), b = style.margin.right.is_auto();
        if (a && b && rest > 0) {
            margin.left = rest / 2;
        } else if (a && rest > 0) {
            margin.left = rest;
        }
    }
    if (top && bottom && style.margin.top.is_auto()) {
        double const rest = block.height - *top - *bottom - size.height - margin.vertical();
        if (rest > 0) margin.top = style.margin.bottom.is_auto() ? rest / 2 : rest;
    }
    Point at = {pending.at.x + margin.left, pending.at.y + margin.top};
    if (left) {
        at.x = block.x + *left + margin.left;
    } else if (right) {
        at.x = block.x + block.width - *right - margin.right - size.width;
    }
    if (top) {
        at.y = block.y + *top + margin.top;
    } else if (bottom) {
        at.y = block.y + block.height - *bottom - margin.bottom - size.height;
    }
    bool const reaches_below = at.y + size.height > room + context.below + tolerance && at.y < room - tolerance;
    if (reaches_below && box.placement == Placement::absolute && !space.fixed_height && box.kind != BoxKind::replaced)
        cut(context, box, space, room - at.y, page, laid);
    adopt(into, std::move(laid), at);
}

} // namespace

void place_pending(Context& context, Rect const& block, Laid& laid, bool fixed_too, double room, double page) {
    std::vector<Pending> list = std::exchange(laid.pending, {});
    std::vector<Pending> rest;
    // What is placed may have pending boxes of its own; they come last in laid.pending.
    while (!list.empty()) {
        for (Pending const& pending : list) {
            if (pending.box->placement == Placement::fixed && !fixed_too) {
                rest.push_back(pending);
            } else {
                place(context, pending, block, room, page, laid);
            }
        }
        list = std::exchange(laid.pending, {});
    }
    laid.pending = std::move(rest);
}

void place_positioned(Context& context, Box const& box, Laid& laid, Insets const& border, Space const& space) {
    if (laid.pending.empty() || (!box.positioned() && box.style->transform.empty())) return;
    if (laid.token && box.kind != BoxKind::table) { // the bottom of the box is on a later page
        std::erase_if(laid.pending, [&](Pending const& pending) {
            css::Sides<css::Length> const& at = pending.box->style->inset;
            bool const waits =
                pending.box->placement == Placement::absolute && at.bottom.is_value() && at.top.is_auto();
            if (waits) laid.token->waiting.push_back(pending.box);
            return waits;
        });
    }
    Size const size = laid.fragment.size;
    place_pending(context, {border.left, border.top, size.width - border.horizontal(), size.height - border.vertical()},
                  laid, false, space.room, space.page);
}

} // namespace deckle::layout
