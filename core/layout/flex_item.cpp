#include "layout/flex_item.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout {
namespace {

double natural_width(Context& context, Box const& box, double width, Edges const& edges) {
    if (box.kind != BoxKind::replaced) return content_widths(context, box).max - edges.margin.horizontal();
    Space space;
    space.width = width;
    return replaced_size(box, context.replaced.picture(box, context.source), space, edges).width + edges.horizontal();
}

FlexItem make_item(Context& context, Box const& box, bool row, double width, std::optional<double> height) {
    css::ComputedStyle const& style = *box.style;
    FlexItem item;
    item.box = &box;
    item.edges = edges_of(box, width);
    double const frame = row ? item.edges.horizontal() : item.edges.vertical();
    std::optional<double> const base_length = row ? std::optional(width) : height;
    css::Length const& size = row ? style.width : style.height;
    auto outer = [&](css::Length const& length) -> std::optional<double> {
        auto const content = content_length(length, base_length, style.box_sizing, frame);
        return content ? std::optional(*content + frame) : std::nullopt;
    };
    bool const by_content = style.flex_basis.kind == css::Length::Kind::content;
    std::optional<double> base = style.flex_basis.is_auto() ? outer(size) : outer(style.flex_basis);
    std::optional<double> const given = outer(size);
    if (by_content) base.reset();
    item.by_content = !row && !base;
    item.base = base ? *base : row ? natural_width(context, box, width, item.edges) : 0;
    item.max = outer(row ? style.max_width : style.max_height).value_or(unlimited);
    if (auto least = outer(row ? style.min_width : style.min_height)) {
        item.min = *least;
    } else if (style.overflow == css::Overflow::visible) { // the automatic minimum: the content's
        if (row && box.kind != BoxKind::replaced) {
            css::Length const& own = style.width;
            double const content = own.is_value() && !own.has_percent()
                                       ? inner_widths(context, box).min + frame
                                       : content_widths(context, box).min - item.edges.margin.horizontal();
            item.min = given ? std::min(*given, content) : content;
        } else if (!row) {
            item.min = given ? *given : 0;
        }
    }
    item.min = std::max(frame, std::min(item.min, std::max(item.max, frame)));
    item.main = std::max(item.min, std::min(item.base, item.max));
    return item;
}

} // namespace

bool is_row(css::ComputedStyle const& style) {
    return style.flex_direction == css::FlexDirection::row || style.flex_direction == css::FlexDirection::row_reverse;
}

bool is_reversed(css::ComputedStyle const& style) {
    return style.flex_direction == css::FlexDirection::row_reverse ||
           style.flex_direction == css::FlexDirection::column_reverse;
}

FlexLine flex_items(Context& context, Box const& container, double width, std::optional<double> height) {
    FlexLine items;
    bool const row = is_row(*container.style);
    for (Box const* child = container.first; child; child = child->next) {
        if (child->in_flow()) items.push_back(make_item(context, *child, row, width, height));
    }
    std::stable_sort(items.begin(), items.end(),
                     [](FlexItem const& a, FlexItem const& b) { return a.box->style->order < b.box->style->order; });
    if (is_reversed(*container.style) && !row) std::reverse(items.begin(), items.end());
    return items;
}

void resolve_flexible(FlexLine& line, double available, double gap, bool row) {
    double const gaps = gap * static_cast<double>(line.size() - 1);
    double hypothetical = gaps;
    for (FlexItem const& item : line) hypothetical += item.outer(row);
    bool const growing = hypothetical < available;
    auto factor = [&](FlexItem const& item) {
        return growing ? item.box->style->flex_grow : item.box->style->flex_shrink;
    };
    for (FlexItem& item : line) {
        item.frozen = factor(item) == 0 || (growing ? item.base > item.main : item.base < item.main);
        if (!item.frozen) item.main = item.base;
    }
    auto free_space = [&] {
        double free = available - gaps;
        for (FlexItem const& item : line) free -= (item.frozen ? item.main : item.base) + item.margins(row);
        return free;
    };
    double const initial = free_space();
    for (std::size_t round = 0; round <= line.size(); ++round) { // each round freezes one item at least
        double factors = 0, scaled = 0;
        bool open = false;
        for (FlexItem const& item : line) {
            if (item.frozen) continue;
            open = true;
            factors += factor(item);
            scaled += factor(item) * item.base;
        }
        if (!open) return;
        double free = free_space();
        if (factors < 1 && std::abs(initial * factors) < std::abs(free)) free = initial * factors;
        double violation = 0;
        for (FlexItem& item : line) {
            if (item.frozen) continue;
            double target = item.base;
            if (growing) {
                target += free * factor(item) / factors;
            } else if (scaled > 0) {
                target += free * factor(item) * item.base / scaled;
            }
            item.main = std::max(item.min, std::min(target, item.max));
            violation += item.main - target;
        }
        for (FlexItem& item : line) {
            if (item.frozen) continue;
            double target = item.base;
            if (growing) {
                target += free * factor(item) / factors;
            } else if (scaled > 0) {
                target += free * factor(item) * item.base / scaled;
            }
            double const off = item.main - target;
            item.frozen = std::abs(violation) < tolerance || (violation > 0 ? off > 0 : off < 0);
        }
    }
}

} // namespace deckle::layout
