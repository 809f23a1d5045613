#include "layout/used.hpp"
#include "layout/context.hpp"

namespace deckle::layout {
namespace {

double length_or(css::Length const& length, double base, double otherwise) {
    return length.is_value() ? length.resolve(base) : otherwise;
}

} // namespace

Edges edges_of(Box const& box, double width, Insets const* border) {
    css::ComputedStyle const& style = *box.style;
    Edges edges;
    bool const inside_table = box.kind == BoxKind::cell || box.kind == BoxKind::row || box.kind == BoxKind::row_group;
    if (!inside_table) {
        edges.margin = {length_or(style.margin.top, width, 0), length_or(style.margin.right, width, 0),
                        length_or(style.margin.bottom, width, 0), length_or(style.margin.left, width, 0)};
    }
    edges.border = border ? *border
                          : Insets{style.border.top.width, style.border.right.width, style.border.bottom.width,
                                   style.border.left.width};
    edges.padding = {length_or(style.padding.top, width, 0), length_or(style.padding.right, width, 0),
                     length_or(style.padding.bottom, width, 0), length_or(style.padding.left, width, 0)};
    return edges;
}

std::optional<double> content_length(css::Length const& length, std::optional<double> base, css::BoxSizing sizing,
                                     double frame) {
    if (!length.is_value() || (length.has_percent() && !base)) return std::nullopt;
    double const value = length.resolve(base.value_or(0));
    return std::max(0.0, sizing == css::BoxSizing::border_box ? value - frame : value);
}

double clamp_width(Context& context, Box const& box, double width, double base, double frame) {
    css::ComputedStyle const& style = *box.style;
    auto limit = [&](css::Length const& length) -> std::optional<double> {
        switch (length.kind) {
        case css::Length::Kind::min_content:
            return inner_widths(context, box).min;
        case css::Length::Kind::max_content:
            return inner_widths(context, box).max;
        default:
            return content_length(length, base, style.box_sizing, frame);
        }
    };
    if (auto most = limit(style.max_width)) width = std::min(width, *most);
    if (auto least = limit(style.min_width)) width = std::max(width, *least);
    return width;
}

double clamp_height(Box const& box, double height, std::optional<double> base, double frame) {
    css::ComputedStyle const& style = *box.style;
    if (auto most = content_length(style.max_height, base, style.box_sizing, frame)) height = std::min(height, *most);
    if (auto least = content_length(style.min_height, base, style.box_sizing, frame)) height = std::max(height, *least);
    return height;
}

double used_width(Context& context, Box const& box, Space const& space, Edges& edges) {
    css::ComputedStyle const& style = *box.style;
    double const frame = edges.horizontal();
    double const offered = std::max(0.0, space.width - edges.margin.horizontal() - frame);
    if (space.fixed_width) return std::max(0.0, *space.fixed_width - frame);

    bool const shrinks = space.shrink || box.level == Level::inline_ || !box.in_flow();
    double width = 0;
    bool is_auto = false;
    if (auto given = content_length(style.width, space.width, style.box_sizing, frame)) {
        width = *given;
    } else if (style.width.kind == css::Length::Kind::min_content) {
        width = inner_widths(context, box).min;
    } else if (style.width.kind == css::Length::Kind::max_content) {
        width = inner_widths(context, box).max;
    } else if (shrinks || style.width.kind == css::Length::Kind::fit_content) {
        Widths const inner = inner_widths(context, box);
        width = std::min(std::max(inner.min, offered), inner.max);
    } else {
        width = offered;
        is_auto = true;
    }
    double const clamped = clamp_width(context, box, width, space.width, frame);
    bool const fills = is_auto && clamped == width;
    width = clamped;
    if (!fills && !shrinks) {
        double const rest = space.width - frame - width - edges.margin.horizontal();
        bool const left = style.margin.left.is_auto(), right = style.margin.right.is_auto();
        if (rest > 0 && left && right) {
            edges.margin.left = edges.margin.right = rest / 2;
        } else if (rest > 0 &&
                   (left || (!right && box.parent && box.parent->style->direction == css::Direction::rtl))) {
            edges.margin.left += rest;
        } else if (rest > 0 && right) {
            edges.margin.right = rest;
        }
    }
    return width;
}

std::optional<double> used_height(Box const& box, Space const& space, Edges const& edges) {
    double const frame = edges.vertical();
    if (space.fixed_height) return std::max(0.0, *space.fixed_height - frame);
    if (box.kind == BoxKind::cell) return std::nullopt; // there it is the least height, see table_rows.cpp
    auto const given = content_length(box.style->height, space.height, box.style->box_sizing, frame);
    if (!given) return std::nullopt;
    return clamp_height(box, *given, space.height, frame);
}

} // namespace deckle::layout
