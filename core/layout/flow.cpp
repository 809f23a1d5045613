#include "layout/flow.hpp"
#include "layout/context.hpp"
#include "layout/used.hpp"
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace deckle::layout {

using css::BreakKind;

bool is_forced(BreakKind kind) {
    return kind == BreakKind::always || kind == BreakKind::page || kind == BreakKind::left ||
           kind == BreakKind::right || kind == BreakKind::recto || kind == BreakKind::verso;
}

bool is_avoided(BreakKind kind) {
    return kind == BreakKind::avoid || kind == BreakKind::avoid_page;
}

Quality between(Box const& before, Box const& after) {
    return is_avoided(before.break_after) || is_avoided(after.break_before) ? Quality::avoided : Quality::perfect;
}

namespace {

/// A box of a given height that hides what is more: whole while it fits, so that what is hidden makes no pages.
std::optional<Laid> layout_clipped(Context& context, Box const& box, Space const& space) {
    css::ComputedStyle const& style = *box.style;
    bool const bounded = style.height.is_value() || style.max_height.is_value();
    if (style.overflow != css::Overflow::hidden || !bounded || !std::isfinite(space.room) || space.stop)
        return std::nullopt;
    Space whole = space;
    whole.room = whole.page = unlimited;
    Laid laid =
        box.inline_children ? layout_lines(context, box, whole, nullptr) : layout_block(context, box, whole, nullptr);
    if (laid.fragment.size.height > space.room + tolerance) return std::nullopt;
    laid.inside.reset();
    return laid;
}

} // namespace

Laid layout_box(Context& context, Box const& box, Space const& space, Token const* token) {
    switch (box.kind) {
    case BoxKind::flex:
        return layout_flex(context, box, space, token);
    case BoxKind::table:
        return layout_table(context, box, space, token);
    case BoxKind::replaced:
        return layout_replaced(context, box, space);
    default:
        if (box.style->overflow == css::Overflow::hidden && !token) {
            if (std::optional<Laid> laid = layout_clipped(context, box, space)) return std::move(*laid);
        }
        return box.inline_children ? layout_lines(context, box, space, token)
                                   : layout_block(context, box, space, token);
    }
}

MarginStrut top_margins(Box const& box, double width) {
    Edges const edges = edges_of(box, width);
    MarginStrut strut;
    strut.add(edges.margin.top);
    bool const open = box.kind == BoxKind::block && !box.own_context && edges.top() == 0 && !box.inline_children;
    if (open) {
        double const inner = std::max(0.0, width - edges.margin.horizontal() - edges.horizontal());
        for (Box const* child = box.first; child; child = child->next) {
            if (!child->in_flow()) continue;
            strut.add(top_margins(*child, inner));
            if (!child->collapses) break;
        }
    }
    if (box.collapses) strut.add(edges.margin.bottom);
    return strut;
}

void adopt(Laid& parent, Laid&& child, Point at) {
    for (Pending const& pending : child.pending) {
        parent.pending.push_back({pending.box, {pending.at.x + at.x, pending.at.y + at.y}});
    }
    child.fragment.at = at;
    parent.fragment.children.push_back(std::move(child.fragment));
}

Point relative_offset(Box const& box, double width, std::optional<double> height) {
    css::ComputedStyle const& style = *box.style;
    if (style.position != css::PositionKind::relative) return {};
    Point by;
    if (style.inset.left.is_value()) {
        by.x = style.inset.left.resolve(width);
    } else if (style.inset.right.is_value()) {
        by.x = -style.inset.right.resolve(width);
    }
    auto vertical = [&](css::Length const& length) -> std::optional<double> {
        if (!length.is_value() || (length.has_percent() && !height)) return std::nullopt;
        return length.resolve(height.value_or(0));
    };
    if (auto top = vertical(style.inset.top)) {
        by.y = *top;
    } else if (auto bottom = vertical(style.inset.bottom)) {
        by.y = -*bottom;
    }
    return by;
}

} // namespace deckle::layout
