// Flex containers: https://www.w3.org/TR/css-flexbox-1/#layout-algorithm
// A line of a row container moves to the next page whole; only when it is higher than a page are its items split, as
// the cells of a table row are. A column container breaks between and inside its items.
#include "layout/flex_flow.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout {

css::Align FlexFlow::align_of(FlexItem const& item) const {
    css::Align const own = item.box->style->align_self;
    css::Align const align = own == css::Align::auto_ ? style_.align_items : own;
    if (!row_ || style_.flex_wrap != css::FlexWrap::wrap_reverse) return align;
    return align == css::Align::flex_start ? css::Align::flex_end // lines begin at the bottom
           : align == css::Align::flex_end ? css::Align::flex_start
                                           : align;
}

Space FlexFlow::item_space(FlexItem const& item) const {
    Space space;
    space.width = frame_.width;
    space.height = frame_.height;
    space.top = true;
    if (row_) {
        space.fixed_width = item.main;
    } else {
        space.shrink = align_of(item) != css::Align::stretch || item.box->style->margin.left.is_auto() ||
                       item.box->style->margin.right.is_auto();
    }
    return space;
}

/// The lines still to place. A line that is split between pages keeps its items, although the width may have changed.
std::vector<FlexLine> FlexFlow::make_lines() {
    FlexLine items = flex_items(context_, box_, frame_.width, frame_.height);
    std::size_t const begin = token_ ? std::min(token_->index, items.size()) : 0;
    std::size_t const together = token_ ? token_->parts.size() : 0;
    std::vector<FlexLine> lines;
    double used = 0;
    for (std::size_t i = begin; i < items.size(); ++i) {
        double const outer = items[i].outer(true);
        bool const wraps = row_ && style_.flex_wrap != css::FlexWrap::nowrap;
        bool full = wraps && !lines.empty() && used + gap_main_ + outer > frame_.width + tolerance;
        if (i < begin + together) full = false;
        if (together > 0 && i == begin + together) full = true;
        if (lines.empty() || full) {
            lines.emplace_back();
            used = 0;
        } else {
            used += gap_main_;
        }
        used += outer;
        lines.back().push_back(std::move(items[i]));
    }
    return lines;
}

void FlexFlow::put(FlexItem& item, Point at) {
    Point const by = relative_offset(*item.box, frame_.width, frame_.height);
    if (item.laid.first_baseline && !laid_.first_baseline) laid_.first_baseline = at.y + *item.laid.first_baseline;
    if (item.laid.last_baseline) laid_.last_baseline = at.y + *item.laid.last_baseline;
    adopt(laid_, std::move(item.laid), {at.x + by.x, at.y + by.y});
}

/// The height of a line; lays its items out.
double FlexFlow::line_cross(FlexLine& line, bool only_line, double& baseline) {
    double cross = 0, below = 0;
    baseline = 0;
    for (FlexItem& item : line) {
        item.laid = layout_box(context_, *item.box, item_space(item), nullptr);
        double const height = item.laid.fragment.size.height + item.edges.margin.vertical();
        if (align_of(item) == css::Align::baseline) {
            double const above =
                item.edges.margin.top + item.laid.first_baseline.value_or(item.laid.fragment.size.height);
            baseline = std::max(baseline, above);
            below = std::max(below, height - above);
        } else {
            cross = std::max(cross, height);
        }
    }
    cross = std::max(cross, baseline + below);
    if (only_line && style_.flex_wrap == css::FlexWrap::nowrap) {
        if (frame_.height) return *frame_.height;
        cross = clamp_height(box_, cross, space_.height, frame_.edges.vertical());
    }
    return cross;
}

void FlexFlow::place_row(FlexLine& line, double cross, double baseline, bool whole) {
    double used = gap_main_ * static_cast<double>(line.size() - 1);
    std::size_t automatic = 0;
    for (FlexItem const& item : line) {
        used += item.outer(true);
        automatic +=
            (item.box->style->margin.left.is_auto() ? 1U : 0U) + (item.box->style->margin.right.is_auto() ? 1U : 0U);
    }
    double rest = frame_.width - used, start = 0, between = 0, share = 0;
    if (automatic > 0 && rest > 0) {
        share = rest / static_cast<double>(automatic);
    } else {
        spread(style_.justify_content, rest, line.size(), start, between);
    }
    bool const backwards = is_reversed(style_) != (style_.direction == css::Direction::rtl);
    double x = start;
    for (FlexItem& item : line) {
        css::ComputedStyle const& style = *item.box->style;
        x += item.edges.margin.left + (style.margin.left.is_auto() ? share : 0);
        double const room = cross - item.edges.margin.vertical();
        double y = item.edges.margin.top;
        bool const auto_top = style.margin.top.is_auto(), auto_bottom = style.margin.bottom.is_auto();
        double const height = item.laid.fragment.size.height;
        if (whole && (auto_top || auto_bottom)) {
            y += auto_top ? (room - height) / (auto_bottom ? 2 : 1) : 0;
        } else if (whole) {
            switch (align_of(item)) {
            case css::Align::flex_end:
                y += room - height;
                break;
            case css::Align::center:
                y += (room - height) / 2;
                break;
            case css::Align::baseline:
                y = baseline - item.laid.first_baseline.value_or(height);
                break;
            case css::Align::stretch:
                if (!style.height.is_auto() || item.box->kind == BoxKind::replaced ||
                    std::abs(room - height) < tolerance)
                    break;
                if (item.box->kind == BoxKind::flex || item.box->kind == BoxKind::table || !item.laid.pending.empty()) {
                    Space space = item_space(item);
                    space.fixed_height = room;
                    item.laid = layout_box(context_, *item.box, space, nullptr);
                } else {
                    item.laid.fragment.size.height =
                        clamp_height(*item.box, room - item.edges.vertical(), frame_.height, item.edges.vertical()) +
                        item.edges.vertical();
                }
                break;
            default:
                break;
            }
        }
        double const left = backwards ? frame_.width - x - item.main : x;
        double const next = x + item.main + item.edges.margin.right + (style.margin.right.is_auto() ? share : 0);
        put(item, {frame_.edges.left() + left, y_ + y});
        x = next + gap_main_ + between;
    }
}

/// Lays the items of a line into the room that is left; gives the tokens of those that go on.
std::vector<TokenPtr> FlexFlow::split(FlexLine& line, bool resumed, bool must, bool& nothing) {
    std::vector<TokenPtr> parts(line.size());
    nothing = true;
    bool any = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        FlexItem& item = line[i];
        Token const* token = resumed && i < token_->parts.size() ? token_->parts[i].get() : nullptr;
        if (resumed && !token) {
            item.laid = Laid();
            item.laid.fragment = Fragment(Fragment::Kind::box, item.box, {}, {item.main, 0});
            item.laid.fragment.start = false;
            continue;
        }
        Space space = item_space(item);
        space.room = space_.room - y_ - item.edges.margin.top;
        space.page = space_.page - item.edges.margin.vertical();
        space.top = must;
        item.laid = layout_box(context_, *item.box, space, token && token->fresh ? nullptr : token);
        if (item.laid.empty) {
            item.laid = Laid();
            item.laid.fragment = Fragment(Fragment::Kind::box, item.box, {}, {item.main, 0});
            item.laid.token = std::make_unique<Token>();
            item.laid.token->fresh = true;
        } else {
            nothing = false;
        }
        any = any || item.laid.token;
        parts[i] = std::move(item.laid.token);
    }
    if (!any) parts.clear();
    return parts;
}

void FlexFlow::break_at(std::size_t index, Quality quality, TokenPtr inner, std::vector<TokenPtr> parts) {
    auto token = std::make_unique<Token>();
    token->index = index;
    token->inner = std::move(inner);
    token->parts = std::move(parts);
    break_frame(space_, frame_, std::move(token), quality, laid_);
}

bool FlexFlow::rows(std::size_t stop, Quality quality) {
    std::vector<FlexLine> lines = make_lines();
    if (!token_ && !stop && style_.flex_wrap != css::FlexWrap::nowrap) {
        if (std::optional<bool> const whole = whole_rows(lines)) return *whole;
    }
    bool const bounded = std::isfinite(space_.room);
    for (FlexLine const& line : lines) {
        for (FlexItem const& item : line) {
            if (!is_forced(item.box->break_before) && !is_forced(item.box->break_after)) continue;
            context_.source.diagnostics.warning("unsupported-value",
                                                "items of a row stand beside each other: a page break before, after or "
                                                "at the edge of one is left out",
                                                context_.position(*item.box));
        }
    }
    std::size_t i = token_ ? token_->index : 0; // of the line's first item
    for (FlexLine& line : lines) {
        bool const resumed = token_ && &line == lines.data() && !token_->parts.empty();
        if (placed_ > 0) {
            if (stop == i) {
                break_at(i, quality, nullptr, {});
                return false;
            }
            y_ += gap_cross_;
        }
        resolve_flexible(line, frame_.width, gap_main_, true);
        double baseline = 0;
        double cross = resumed ? 0 : line_cross(line, !token_ && lines.size() == 1, baseline);
        bool const fits = y_ + cross + frame_.edges.bottom() <= space_.room + tolerance;
        if (bounded && (resumed || !fits)) {
            bool const must = placed_ == 0 && space_.top;
            bool const high = cross + frame_.edges.vertical() > space_.page + tolerance;
            if (resumed || must || high) {
                bool nothing = true;
                std::vector<TokenPtr> parts = split(line, resumed, must || resumed, nothing);
                if (!nothing || must || resumed) {
                    cross = 0;
                    for (FlexItem const& item : line) {
                        cross = std::max(cross, item.laid.fragment.size.height + item.edges.margin.vertical());
                    }
                    bool const goes_on = !parts.empty();
                    place_row(line, cross, 0, !goes_on && !resumed);
                    y_ += cross;
                    ++placed_;
                    if (!goes_on) {
                        i += line.size();
                        continue;
                    }
                    break_at(i, Quality::perfect, nullptr, std::move(parts));
                    return false;
                }
            }
            if (placed_ == 0) {
                laid_.empty = true;
            } else {
                break_at(i, Quality::perfect, nullptr, {});
            }
            return false;
        }
        if (placed_ > 0) {
            best_ = i;
            best_quality_ = Quality::perfect;
        }
        std::size_t const next = i + line.size();
        place_row(line, cross, baseline, true);
        y_ += cross;
        ++placed_;
        i = next;
    }
    return true;
}

bool FlexFlow::column(FlexLine& items, std::size_t stop, Quality quality) {
    std::size_t const begin = token_ ? token_->index : 0;
    for (std::size_t i = begin; i < items.size(); ++i) {
        FlexItem& item = items[i];
        Quality before = Quality::last_resort;
        if (placed_ > 0) {
            before = between(*items[i - 1].box, *item.box);
            bool const wanted = is_forced(items[i - 1].box->break_after) || is_forced(item.box->break_before);
            if (wanted && std::isfinite(space_.room)) {
                break_at(i, Quality::perfect, nullptr, {});
                laid_.forced = true;
                laid_.side = is_forced(item.box->break_before) ? item.box->break_before : items[i - 1].box->break_after;
                laid_.page_name = item.box->page_first;
                return false;
            }
            if (stop == i) {
                break_at(i, quality, nullptr, {});
                return false;
            }
            y_ += gap_main_;
        }
        if (token_ && i == begin) item.edges.margin.top = 0; // margins vanish at a break
        double const top = y_ + item.edges.margin.top;
        Space space = item_space(item);
        space.room = space_.room - top;
        space.page = space_.page;
        space.top = space_.top && placed_ == 0;
        Token const* inner = token_ && i == begin ? token_->inner.get() : nullptr;
        item.laid = layout_box(context_, *item.box, space, inner);
        if (item.laid.token && (placed_ == 0 || item.laid.quality >= before || item.laid.forced)) {
            TokenPtr rest = std::move(item.laid.token);
            Quality const here = item.laid.quality;
            bool const forced = item.laid.forced;
            css::BreakKind const side = item.laid.side;
            std::string_view const name = item.laid.page_name;
            place_column_item(item, top);
            break_at(i, here, std::move(rest), {});
            laid_.forced = forced;
            laid_.side = side;
            laid_.page_name = name;
            return false;
        }
        if (item.laid.empty || item.laid.token) {
            if (placed_ == 0) {
                laid_.empty = true;
            } else if (best_ && best_quality_ > before && !stop) {
                retry_ = best_;
            } else {
                break_at(i, before, nullptr, {});
            }
            return false;
        }
        if (placed_ > 0 && before >= best_quality_) {
            best_quality_ = before;
            best_ = i;
        }
        double const height = item.laid.fragment.size.height;
        place_column_item(item, top);
        y_ = top + height + item.edges.margin.bottom;
        ++placed_;
    }
    return true;
}

Laid FlexFlow::attempt(std::size_t stop, Quality quality) {
    laid_ = Laid();
    frame_ = open_frame(context_, box_, space_, token_, laid_);
    auto gap = [&](css::Length const& length, double base) { return length.is_value() ? length.resolve(base) : 0; };
    gap_main_ = row_ ? gap(style_.column_gap, frame_.width) : gap(style_.row_gap, frame_.height.value_or(0));
    gap_cross_ = row_ ? gap(style_.row_gap, frame_.height.value_or(0)) : gap(style_.column_gap, frame_.width);
    y_ = frame_.top;
    placed_ = 0;
    if (!stop) {
        best_ = 0;
        best_quality_ = Quality::last_resort;
    }
    for (Box const* child = token_ ? nullptr : box_.first; child; child = child->next) {
        Point const at{frame_.edges.left(), y_};
        if (child->placement == Placement::running) {
            laid_.fragment.children.emplace_back(Fragment::Kind::event, child, at, Size{});
        } else if (!child->in_flow()) {
            laid_.pending.push_back({child, at});
        }
    }
    bool done = token_ && token_->finished;
    if (!done && row_) {
        done = rows(stop, quality);
    } else if (!done) {
        FlexLine items = flex_items(context_, box_, frame_.width, frame_.height);
        if (!token_ && !stop && style_.flex_wrap != css::FlexWrap::nowrap) {
            std::optional<bool> const wrapped = wrapped_columns(items);
            if (wrapped && !*wrapped) return std::move(laid_);
            done = wrapped.has_value();
        }
        // A height or a least height may leave room to share.
        bool const free = frame_.height || style_.min_height.is_value() || style_.max_height.is_value();
        done = done || (free && !token_ && !stop && whole_column(items)) || column(items, stop, quality);
    }
    if (!done) return std::move(laid_);
    laid_.bottom.add(frame_.edges.margin.bottom);
    Fit const fit = close_frame(box_, space_, frame_, y_, laid_);
    if (fit == Fit::too_high && !space_.top && !stop) {
        laid_.empty = true;
        return std::move(laid_);
    }
    if (fit != Fit::split && best_ && !stop) {
        laid_.inside = std::make_unique<BreakPoint>();
        laid_.inside->box = &box_;
        laid_.inside->index = best_;
        laid_.inside->quality = best_quality_;
    }
    if (fit != Fit::split) place_positioned(context_, box_, laid_, frame_.edges.border, space_);
    return std::move(laid_);
}

Laid layout_flex(Context& context, Box const& box, Space const& space, Token const* token) {
    return FlexFlow(context, box, space, token).run();
}

} // namespace deckle::layout
