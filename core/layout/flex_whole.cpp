// Flex containers that stand on one page: free room is shared between lines and along columns.
#include "layout/flex_flow.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout {

void FlexFlow::spread(css::Justify justify, double rest, std::size_t count, double& start, double& between) const {
    double const items = static_cast<double>(count);
    start = between = 0;
    switch (justify) {
    case css::Justify::flex_start:
        break;
    case css::Justify::flex_end:
        start = rest;
        break;
    case css::Justify::center:
        start = rest / 2;
        break;
    case css::Justify::space_between:
        between = count > 1 && rest > 0 ? rest / (items - 1) : 0;
        break;
    case css::Justify::space_around:
        between = rest > 0 ? rest / items : 0;
        start = between / 2;
        break;
    case css::Justify::space_evenly:
        between = rest > 0 ? rest / (items + 1) : 0;
        start = between;
        break;
    }
}

void FlexFlow::share_lines(double free, std::size_t count, double& start, double& between, double& more) const {
    start = between = more = 0;
    switch (style_.align_content) {
    case css::Align::flex_end:
        return spread(css::Justify::flex_end, free, count, start, between);
    case css::Align::center:
        return spread(css::Justify::center, free, count, start, between);
    case css::Align::space_between:
        return spread(css::Justify::space_between, free, count, start, between);
    case css::Align::space_around:
        return spread(css::Justify::space_around, free, count, start, between);
    case css::Align::space_evenly:
        return spread(css::Justify::space_evenly, free, count, start, between);
    case css::Align::stretch:
        more = free > 0 ? free / static_cast<double>(count) : 0;
        return;
    default:
        return;
    }
}

/// All lines of a row container when there is room to share or the lines stand in reverse. False when the container
/// begins on the next page, nothing when its lines stand one after the other.
// https://www.w3.org/TR/css-flexbox-1/#align-content-property
std::optional<bool> FlexFlow::whole_rows(std::vector<FlexLine>& lines) {
    bool const reverse = style_.flex_wrap == css::FlexWrap::wrap_reverse;
    bool const least = style_.min_height.is_value() && (style_.min_height.points > 0 || style_.min_height.percent > 0);
    if (lines.empty() || (!frame_.height && !least && !reverse)) return std::nullopt;
    std::vector<double> crosses(lines.size()), baselines(lines.size());
    double sum = gap_cross_ * static_cast<double>(lines.size() - 1);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        resolve_flexible(lines[i], frame_.width, gap_main_, true);
        sum += crosses[i] = line_cross(lines[i], false, baselines[i]);
    }
    double const content =
        frame_.height ? *frame_.height : clamp_height(box_, sum, space_.height, frame_.edges.vertical());
    if (y_ + std::max(content, sum) + frame_.edges.bottom() > space_.room + tolerance) {
        bool const waits = !space_.top && content + frame_.edges.vertical() <= space_.page + tolerance;
        if (reverse && waits) {
            laid_.empty = true;
            return false;
        }
        if (reverse) {
            context_.source.diagnostics.warning(
                "unsupported-value", "flex-wrap: wrap-reverse does not fit on a page: its lines stand in order",
                context_.position(box_));
        }
        for (FlexLine& line : lines) // as they were
            for (FlexItem& item : line) item.main = std::max(item.min, std::min(item.base, item.max));
        return std::nullopt;
    }
    double start = 0, between = 0, more = 0;
    share_lines(content - sum, lines.size(), start, between, more);
    double const top = y_;
    double at = start;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        double const cross = crosses[i] + more;
        y_ = reverse ? top + content - at - cross : top + at;
        place_row(lines[i], cross, baselines[i], true);
        at += cross + gap_cross_ + between;
        ++placed_;
    }
    y_ = top + (frame_.height ? *frame_.height : std::max(content, sum));
    return true;
}

void FlexFlow::place_column_item(FlexItem& item, double y) {
    css::ComputedStyle const& style = *item.box->style;
    double const rest = frame_.width - item.laid.fragment.size.width - item.edges.margin.horizontal();
    double x = item.edges.margin.left;
    bool const left = style.margin.left.is_auto(), right = style.margin.right.is_auto();
    if (left || right) {
        x += left ? rest / (right ? 2 : 1) : 0;
    } else if (align_of(item) == css::Align::center) {
        x += rest / 2;
    } else if (align_of(item) == css::Align::flex_end) {
        x += rest;
    }
    put(item, {frame_.edges.left() + x, y});
}

/// The whole column when it fits; false when nothing was placed.
bool FlexFlow::whole_column(FlexLine& items) {
    if (items.empty()) return true;
    double used = gap_main_ * static_cast<double>(items.size() - 1);
    for (FlexItem& item : items) {
        item.laid = layout_box(context_, *item.box, item_space(item), nullptr);
        double const natural = item.laid.fragment.size.height;
        if (item.by_content) item.base = natural;
        css::ComputedStyle const& style = *item.box->style;
        if (style.min_height.is_auto() && style.overflow == css::Overflow::visible) item.min = natural;
        item.main = std::max(item.min, std::min(item.base, item.max));
        used += item.outer(false);
    }
    double const content =
        frame_.height ? *frame_.height : clamp_height(box_, used, space_.height, frame_.edges.vertical());
    if (y_ + content + frame_.edges.bottom() > space_.room + tolerance) return false;
    if (!frame_.height && std::abs(content - used) < tolerance) return false; // nothing to share: may break anywhere
    resolve_flexible(items, content, gap_main_, false);
    double rest = content - gap_main_ * static_cast<double>(items.size() - 1), start = 0, between = 0, share = 0;
    std::size_t automatic = 0;
    for (FlexItem& item : items) {
        css::ComputedStyle const& style = *item.box->style;
        automatic += (style.margin.top.is_auto() ? 1U : 0U) + (style.margin.bottom.is_auto() ? 1U : 0U);
        if (std::abs(item.main - item.laid.fragment.size.height) > tolerance) {
            Space space = item_space(item);
            space.fixed_height = item.main;
            item.laid = layout_box(context_, *item.box, space, nullptr);
        }
        rest -= item.outer(false);
    }
    if (automatic > 0) {
        share = std::max(0.0, rest) / static_cast<double>(automatic);
    } else {
        spread(style_.justify_content, rest, items.size(), start, between);
    }
    double y = y_ + start;
    for (FlexItem& item : items) {
        css::ComputedStyle const& style = *item.box->style;
        y += item.edges.margin.top + (style.margin.top.is_auto() ? share : 0);
        double const height = item.main;
        place_column_item(item, y);
        y += height + item.edges.margin.bottom + (style.margin.bottom.is_auto() ? share : 0) + gap_main_ + between;
    }
    y_ += content;
    return true;
}

void FlexFlow::relay(FlexItem& item, std::optional<double> width, std::optional<double> height) {
    Space space = item_space(item);
    space.shrink = !width;
    space.fixed_width = width;
    space.fixed_height = height;
    item.laid = layout_box(context_, *item.box, space, nullptr);
}

/// Items into columns no higher than `limit`; each is laid out as wide as its content.
std::vector<FlexLine> FlexFlow::split_columns(FlexLine& items, double limit) {
    std::vector<FlexLine> columns;
    double used = 0;
    for (FlexItem& item : items) {
        relay(item, std::nullopt, std::nullopt);
        double const natural = item.laid.fragment.size.height;
        if (item.by_content || !frame_.height) item.base = natural;
        item.main = std::max(item.min, std::min(item.base, item.max));
        double const outer = item.outer(false);
        if (columns.empty() || used + gap_main_ + outer > limit + tolerance) {
            columns.emplace_back();
            used = outer;
        } else {
            used += gap_main_ + outer;
        }
        columns.back().push_back(std::move(item));
    }
    return columns;
}

/// flex-wrap in a column. True when all columns are placed, false when the container begins on the next page, nothing
/// when there is no height to wrap at: then the items stand in one column.
std::optional<bool> FlexFlow::wrapped_columns(FlexLine& items) {
    double const frame = frame_.edges.vertical();
    std::optional<double> const limit =
        frame_.height ? frame_.height : content_length(style_.max_height, space_.height, style_.box_sizing, frame);
    if (!limit || items.empty()) return std::nullopt;
    if (y_ + *limit + frame_.edges.bottom() > space_.room + tolerance) {
        if (!space_.top && *limit + frame <= space_.page + tolerance) {
            laid_.empty = true;
            return false;
        }
        context_.source.diagnostics.warning(
            "unsupported-value",
            "flex-wrap in a column higher than the page does nothing: the items stay in one column",
            context_.position(box_));
        return std::nullopt;
    }
    std::vector<FlexLine> columns = split_columns(items, *limit);
    double content = 0;
    for (FlexLine& column : columns) {
        if (frame_.height) {
            resolve_flexible(column, *frame_.height, gap_main_, false);
            for (FlexItem& item : column) {
                if (std::abs(item.main - item.laid.fragment.size.height) > tolerance)
                    relay(item, std::nullopt, item.main);
            }
        }
        double used = gap_main_ * static_cast<double>(column.size() - 1);
        for (FlexItem const& item : column) used += item.outer(false);
        content = std::max(content, used);
    }
    content = frame_.height ? *frame_.height : clamp_height(box_, content, space_.height, frame);
    place_columns(columns, content);
    y_ += content;
    return true;
}

void FlexFlow::place_columns(std::vector<FlexLine>& columns, double content) {
    std::vector<double> widths;
    double sum = gap_cross_ * static_cast<double>(columns.size() - 1);
    for (FlexLine const& column : columns) {
        double width = 0;
        for (FlexItem const& item : column)
            width = std::max(width, item.laid.fragment.size.width + item.edges.margin.horizontal());
        widths.push_back(width);
        sum += width;
    }
    double start = 0, between = 0, more = 0;
    share_lines(frame_.width - sum, columns.size(), start, between, more);
    bool const from_right =
        (style_.flex_wrap == css::FlexWrap::wrap_reverse) != (style_.direction == css::Direction::rtl);
    double x = start;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        double const width = widths[i] + more;
        double const left = from_right ? frame_.width - x - width : x;
        double used = gap_main_ * static_cast<double>(columns[i].size() - 1);
        for (FlexItem const& item : columns[i]) used += item.outer(false);
        double above = 0, apart = 0;
        spread(style_.justify_content, content - used, columns[i].size(), above, apart);
        double y = y_ + above;
        for (FlexItem& item : columns[i]) {
            double const inner = width - item.edges.margin.horizontal();
            if (align_of(item) == css::Align::stretch && item.box->style->width.is_auto() &&
                item.box->kind != BoxKind::replaced && std::abs(item.laid.fragment.size.width - inner) > tolerance)
                relay(item, inner, item.main);
            double const rest = inner - item.laid.fragment.size.width;
            double const by = align_of(item) == css::Align::center     ? rest / 2
                              : align_of(item) == css::Align::flex_end ? rest
                                                                       : 0;
            double const next = y + item.outer(false) + gap_main_ + apart;
            put(item, {frame_.edges.left() + left + item.edges.margin.left + by, y + item.edges.margin.top});
            ++placed_;
            y = next;
        }
        x += width + gap_cross_ + between;
    }
}

} // namespace deckle::layout
