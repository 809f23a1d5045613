#include "layout/block_frame.hpp"
#include <cmath>

namespace deckle::layout {

BlockFrame open_frame(Context& context, Box const& box, Space const& space, Token const* token, Laid& laid) {
    BlockFrame frame;
    frame.edges = edges_of(box, space.width, space.border);
    frame.width = used_width(context, box, space, frame.edges);
    frame.height = used_height(box, space, frame.edges);
    frame.consumed = token ? token->consumed : 0;
    bool const clone = box.style->box_decoration_break == css::BoxDecorationBreak::clone;
    frame.top = token && !clone ? 0 : frame.edges.top();
    frame.reserve = clone ? frame.edges.bottom() : 0;
    laid.fragment = Fragment(Fragment::Kind::box, &box, {}, {frame.width + frame.edges.horizontal(), 0});
    laid.fragment.start = !token || clone;
    laid.margin = frame.edges.margin;
    if (token) {
        for (Box const* waiting : token->waiting) laid.pending.push_back({waiting, {frame.edges.left(), frame.top}});
    }
    if (space.border) laid.fragment.border = std::make_unique<Insets>(*space.border);
    return frame;
}

Fit close_frame(Box const& box, Space const& space, BlockFrame const& frame, double bottom, Laid& laid) {
    double const whole = bottom + frame.edges.bottom();
    double height = whole;
    if (frame.height) {
        height = std::max(0.0, *frame.height + frame.edges.vertical() - frame.consumed);
    } else {
        double const inner = whole - frame.edges.vertical() + frame.consumed;
        double const clamped = clamp_height(box, inner, space.height, frame.edges.vertical());
        if (std::abs(clamped - inner) > tolerance)
            height = std::max(0.0, clamped + frame.edges.vertical() - frame.consumed);
    }
    laid.fragment.size.height = height;
    if (height <= space.room + tolerance || !std::isfinite(space.room)) return Fit::whole;
    bool const only_height = bottom <= space.room + tolerance && height > whole + tolerance;
    if (!only_height) return Fit::too_high;
    if (height <= space.page && !space.top) return Fit::too_high;
    auto token = std::make_unique<Token>();
    token->finished = true;
    break_frame(space, frame, std::move(token), Quality::perfect, laid);
    return Fit::split;
}

void break_frame(Space const& space, BlockFrame const& frame, TokenPtr token, Quality quality, Laid& laid) {
    double height = space.room;
    if (frame.height) height = std::min(height, std::max(0.0, *frame.height + frame.edges.vertical() - frame.consumed));
    laid.fragment.size.height = height;
    laid.fragment.end = frame.reserve > 0;
    token->consumed = frame.consumed + height;
    laid.token = std::move(token);
    laid.quality = quality;
    laid.inside.reset();
}

void apply_break_inside(Box const& box, Laid& laid) {
    if (!is_avoided(box.style->break_inside)) return;
    if (laid.token && !laid.forced) laid.quality = std::min(laid.quality, Quality::avoided);
    if (laid.inside) laid.inside->quality = std::min(laid.inside->quality, Quality::avoided);
}

} // namespace deckle::layout
