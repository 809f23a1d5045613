// Min-content and max-content widths.
// https://www.w3.org/TR/css-sizing-3/#intrinsic-sizes
#include "layout/inline_content.hpp"
#include "layout/table.hpp"
#include "layout/used.hpp"
#include <algorithm>

namespace deckle::layout {
namespace {

Widths block_widths(Context& context, Box const& box) {
    Widths widths;
    double floats = 0;
    for (Box const* child = box.first; child; child = child->next) {
        if (!child->in_flow() && child->placement != Placement::floating) continue;
        Widths const inner = content_widths(context, *child);
        widths.min = std::max(widths.min, inner.min);
        if (child->placement == Placement::floating) {
            floats += inner.max;
            widths.max = std::max(widths.max, floats);
        } else {
            widths.max = std::max(widths.max, inner.max);
        }
    }
    return widths;
}

Widths flex_widths(Context& context, Box const& box) {
    css::ComputedStyle const& style = *box.style;
    bool const row =
        style.flex_direction == css::FlexDirection::row || style.flex_direction == css::FlexDirection::row_reverse;
    bool const wraps = style.flex_wrap != css::FlexWrap::nowrap;
    Widths widths;
    double gaps = 0;
    bool first = true;
    for (Box const* child = box.first; child; child = child->next) {
        if (!child->in_flow()) continue;
        Widths inner = content_widths(context, *child);
        css::Length const& basis = child->style->flex_basis;
        if (row && basis.is_value() && !basis.has_percent() && basis.points > 0) {
            Edges const edges = edges_of(*child, 0);
            double const frame = edges.horizontal();
            double const base = content_length(basis, std::nullopt, child->style->box_sizing, frame).value_or(0) +
                                frame + edges.margin.horizontal();
            if (child->style->flex_grow == 0) inner.max = std::max(inner.min, base);
            if (child->style->flex_shrink == 0) inner.min = std::max(inner.min, base);
            inner.max = std::max(inner.max, base);
        }
        if (row) {
            if (!first) gaps += style.column_gap.is_value() ? style.column_gap.points : 0;
            widths.min = wraps ? std::max(widths.min, inner.min) : widths.min + inner.min;
            widths.max += inner.max;
        } else {
            widths.min = std::max(widths.min, inner.min);
            widths.max = std::max(widths.max, inner.max);
        }
        first = false;
    }
    return {widths.min + (wraps ? 0 : gaps), widths.max + gaps};
}

Widths table_widths(Context& context, Box const& box) {
    TablePlan& plan = table_plan(context, box);
    measure_columns(context, plan);
    Widths const grid = grid_widths(plan);
    double const frame = plan.border.horizontal() + plan.padding.horizontal();
    return {grid.min - frame, grid.max - frame};
}

} // namespace

Widths inner_widths(Context& context, Box const& box) {
    switch (box.kind) {
    case BoxKind::flex:
        return flex_widths(context, box);
    case BoxKind::table:
        return table_widths(context, box);
    case BoxKind::replaced: {
        Space space;
        space.width = 0;
        space.top = true;
        Laid const laid = layout_replaced(context, box, space);
        double const width = laid.fragment.size.width - edges_of(box, 0).horizontal();
        return {width, width};
    }
    default:
        return box.inline_children ? inline_widths(context, box) : block_widths(context, box);
    }
}

Widths content_widths(Context& context, Box const& box) {
    if (box.max_width >= 0) return {box.min_width, box.max_width};
    css::ComputedStyle const& style = *box.style;
    Edges const edges = edges_of(box, 0);
    double const frame = edges.horizontal();
    Widths widths;
    auto const given = content_length(style.width, std::nullopt, style.box_sizing, frame);
    if (given && box.kind != BoxKind::replaced) {
        widths = {*given, *given};
        if (box.kind == BoxKind::table) widths.min = widths.max = std::max(*given, inner_widths(context, box).min);
    } else {
        widths = inner_widths(context, box);
        bool const squeezes =
            box.kind == BoxKind::replaced && (style.width.has_percent() || style.max_width.has_percent());
        if (squeezes) widths.min = 0;
    }
    if (auto most = content_length(style.max_width, std::nullopt, style.box_sizing, frame)) {
        widths = {std::min(widths.min, *most), std::min(widths.max, *most)};
    }
    if (auto least = content_length(style.min_width, std::nullopt, style.box_sizing, frame)) {
        widths = {std::max(widths.min, *least), std::max(widths.max, *least)};
    }
    double const around = frame + edges.margin.horizontal();
    box.min_width = std::max(0.0, widths.min + around);
    box.max_width = std::max(box.min_width, widths.max + around);
    return {box.min_width, box.max_width};
}

} // namespace deckle::layout
