// Places the rows of a table, page by page: captions, the header again on each page, as many rows as fit, the footer
// again. A row is split only when it is higher than a page; the last row of a table is not left alone on a page.
#include "layout/table_rows.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout {
namespace {

constexpr std::size_t outside = TablePlan::none;

class TableFlow {
public:
    TableFlow(Context& context, Box const& table, Space const& space, Token const* token)
        : context_(context), table_(table), space_(space), token_(token), plan_(table_plan(context, table)) {
        size_columns();
    }

    Laid run() {
        std::size_t const stop = space_.stop ? space_.stop->index : 0;
        Laid laid = attempt(stop, stop ? space_.stop->quality : Quality::perfect);
        if (retry_) laid = attempt(std::exchange(retry_, 0), best_quality_);
        if (is_avoided(table_.style->break_inside)) {
            if (laid.token && !laid.forced) laid.quality = std::min(laid.quality, Quality::avoided);
            if (laid.inside) laid.inside->quality = std::min(laid.inside->quality, Quality::avoided);
        }
        plan_.finished = !laid.token && !laid.empty;
        return laid;
    }

private:
    struct Shown {
        std::size_t row = 0;
        double y = 0, height = 0;
    };
    struct Span {
        std::uint32_t cell = 0;
        Laid laid;
        double start = 0; // in the grid
    };

    void size_columns();
    Laid attempt(std::size_t stop, Quality quality);
    bool body(std::size_t stop, Quality quality);
    bool fixed_rows(std::size_t begin, std::size_t end, bool repeated);
    void place(std::size_t row, RowLaid&& laid, bool whole, bool repeated);
    void paint_group(std::size_t row, double height);
    void resume_spans(std::size_t row);
    void finish_spans(std::size_t row, double bottom);
    void add_span(Span&& span);
    double span_height(std::size_t row, double height) const;
    bool span_goes_on(std::size_t row) const;
    Quality quality_before(std::size_t row) const;
    css::BreakKind forced_before(std::size_t row) const;
    TokenPtr token_at(std::size_t row, RowLaid* split);
    void break_at(std::size_t row, Quality quality, RowLaid* split);
    double lay_captions(std::vector<Box const*> const& list, std::vector<Laid>& laid);
    void finish(bool broken, std::size_t next_row);
    void add_edges(bool broken, std::size_t next_row);
    double height_of(std::size_t begin, std::size_t end);
    double limit() const { return space_.room - grid_.at.y - below_; }

    Context& context_;
    Box const& table_;
    Space const& space_;
    Token const* token_;
    TablePlan& plan_;
    Insets margin_;
    double width_ = 0; // grid, border box

    Laid laid_;
    Fragment grid_;
    double y_ = 0;
    double below_ = 0;  // kept free under the rows: footer, bottom edge, captions
    double around_ = 0; // height of a page's header, footer and edges
    bool repeat_ = true;
    std::vector<Shown> shown_;
    std::vector<Span> spans_;
    std::vector<Laid> captions_; // below the table
    double captions_height_ = 0;
    std::size_t placed_ = 0; // body rows in this piece
    std::size_t best_row_ = 0, retry_ = 0;
    Quality best_quality_ = Quality::last_resort;
};

void TableFlow::size_columns() {
    css::ComputedStyle const& style = *table_.style;
    margin_ = edges_of(table_, space_.width).margin;
    double const frame = plan_.border.horizontal() + plan_.padding.horizontal();
    double const offered = std::max(0.0, space_.width - margin_.horizontal());
    bool const fixed = style.table_layout == css::TableLayout::fixed && !style.width.is_auto();
    if (!fixed) measure_columns(context_, plan_);
    Widths const needs = fixed ? Widths{} : grid_widths(plan_);
    if (space_.fixed_width) {
        width_ = *space_.fixed_width;
    } else if (auto given = content_length(style.width, space_.width, style.box_sizing, frame)) {
        width_ = *given + frame;
    } else {
        double percent = 0, others = 0;
        for (TablePlan::Column const& column : plan_.columns) {
            percent += column.percent;
            others += column.percent > 0 ? 0 : std::max(column.min, column.max);
        }
        // Percentages ask for a table wide enough to hold the other columns in what they leave.
        double const wish = percent <= 0     ? needs.max
                            : percent >= 100 ? offered
                                             : std::max(needs.max, others / (1 - percent / 100));
        width_ = std::min(std::max(needs.min, offered), wish);
    }
    if (auto most = content_length(style.max_width, space_.width, style.box_sizing, frame))
        width_ = std::min(width_, *most + frame);
    if (auto least = content_length(style.min_width, space_.width, style.box_sizing, frame))
        width_ = std::max(width_, *least + frame);
    width_ = std::max(width_, needs.min);
    place_columns(context_, plan_, width_);
    double const rest = space_.width - width_ - margin_.horizontal();
    bool const left = style.margin.left.is_auto(), right = style.margin.right.is_auto();
    if (rest > 0 && table_.level != Level::inline_ && !space_.fixed_width) {
        if (left && right) {
            margin_.left = margin_.right = rest / 2;
        } else if (left) {
            margin_.left = rest;
        } else if (right) {
            margin_.right = rest;
        }
    }
}

double TableFlow::lay_captions(std::vector<Box const*> const& list, std::vector<Laid>& laid) {
    double height = 0;
    for (Box const* box : list) {
        Space space;
        space.width = width_;
        space.top = true;
        laid.push_back(layout_box(context_, *box, space, nullptr));
        height += laid.back().fragment.size.height + laid.back().margin.vertical();
    }
    return height;
}

double TableFlow::height_of(std::size_t begin, std::size_t end) {
    double height = 0;
    for (std::size_t row = begin; row < end; ++row) {
        height += lay_row(context_, plan_, row, {}).height + plan_.spacing_y;
    }
    return height;
}

void TableFlow::paint_group(std::size_t row, double height) {
    double const left = plan_.columns.front().left;
    double const right = plan_.columns.back().left + plan_.columns.back().width;
    auto paints = [](Box const* box) {
        return box && (box->style->background_color.a != 0 || !box->style->background.empty());
    };
    auto add = [&](Box const* box, double x, double width) {
        grid_.children.emplace_back(Fragment::Kind::box, box, Point{x, y_}, Size{width, height});
        grid_.children.back().border = std::make_unique<Insets>();
        grid_.children.back().start = false;
    };
    for (TablePlan::Column const& column : plan_.columns) {
        if (paints(column.group)) add(column.group, column.left, column.width);
        if (paints(column.box) && column.box != column.group) add(column.box, column.left, column.width);
    }
    if (paints(plan_.rows[row].group)) add(plan_.rows[row].group, left, right - left);
}

/// How high row `row` has to be for the spanning cells that end in it.
double TableFlow::span_height(std::size_t row, double height) const {
    for (Span const& span : spans_) {
        TablePlan::Cell const& cell = plan_.cells[span.cell];
        if (cell.row + cell.rows - 1 == row) {
            height = std::max(height, span.laid.fragment.size.height - (y_ - span.start));
        }
    }
    return height;
}

/// True when a cell that ends in `row` did not get all its content onto this page.
bool TableFlow::span_goes_on(std::size_t row) const {
    return std::any_of(spans_.begin(), spans_.end(), [&](Span const& span) {
        TablePlan::Cell const& cell = plan_.cells[span.cell];
        return cell.row + cell.rows - 1 == row && span.laid.token;
    });
}

void TableFlow::place(std::size_t row, RowLaid&& laid, bool whole, bool repeated) {
    double const left = plan_.columns.front().left;
    double const right = plan_.columns.back().left + plan_.columns.back().width;
    for (RowLaid::Part& part : laid.parts) {
        if (plan_.cells[part.cell].rows > 1) spans_.push_back({part.cell, std::move(part.laid), y_});
    }
    double const height = whole ? span_height(row, laid.height) : laid.height;
    paint_group(row, height);
    Laid line;
    line.fragment = Fragment(Fragment::Kind::box, plan_.rows[row].box, {left, y_}, {right - left, height});
    line.fragment.repeated = repeated;
    line.fragment.border = std::make_unique<Insets>(); // rows have no borders of their own
    line.fragment.children.reserve(laid.parts.size());
    for (RowLaid::Part& part : laid.parts) {
        TablePlan::Cell const& cell = plan_.cells[part.cell];
        if (cell.rows > 1) continue;
        settle_cell(plan_, part.cell, part.laid, height, laid.baseline, whole);
        adopt(line, std::move(part.laid), {plan_.columns[cell.column].left - left, 0});
    }
    for (Pending const& pending : line.pending) {
        laid_.pending.push_back({pending.box, {pending.at.x + left, pending.at.y + y_ + grid_.at.y}});
    }
    if (!laid_.first_baseline && laid.baseline > 0) laid_.first_baseline = grid_.at.y + y_ + laid.baseline;
    Point const by = relative_offset(*plan_.rows[row].box, width_, std::nullopt);
    line.fragment.move(by.x, by.y);
    grid_.children.push_back(std::move(line.fragment));
    shown_.push_back({row, y_, height});
    y_ += height;
    if (whole) finish_spans(row, y_);
    y_ += plan_.spacing_y;
}

/// Closes the spanning cells that end in `row`.
void TableFlow::finish_spans(std::size_t row, double bottom) {
    for (std::size_t i = 0; i < spans_.size();) {
        TablePlan::Cell const& cell = plan_.cells[spans_[i].cell];
        if (cell.row + cell.rows - 1 != row) {
            ++i;
            continue;
        }
        Span span = std::move(spans_[i]);
        spans_.erase(spans_.begin() + static_cast<std::ptrdiff_t>(i));
        double const baseline = span.laid.first_baseline.value_or(0);
        settle_cell(plan_, span.cell, span.laid, bottom - span.start, baseline, true);
        add_span(std::move(span));
    }
}

void TableFlow::add_span(Span&& span) {
    Point const at{plan_.columns[plan_.cells[span.cell].column].left, span.start};
    for (Pending const& pending : span.laid.pending) {
        laid_.pending.push_back({pending.box, {pending.at.x + at.x, pending.at.y + at.y + grid_.at.y}});
    }
    span.laid.fragment.at = at;
    grid_.children.push_back(std::move(span.laid.fragment));
}

/// Cells from rows before the page break that reach into `row`.
void TableFlow::resume_spans(std::size_t row) {
    for (std::size_t column = 0; column < plan_.columns.size(); ++column) {
        std::uint32_t const index = plan_.cell_at(row, column);
        if (index == TablePlan::none) continue;
        TablePlan::Cell const& cell = plan_.cells[index];
        if (cell.row >= row || cell.column != column) continue;
        bool known = false;
        Token const* part = part_of(*token_, index, known);
        Span span;
        span.cell = index;
        span.start = y_;
        if (part) {
            RowSpace rest;
            rest.room = limit() - y_;
            rest.page = space_.page - around_;
            rest.top = true;
            span.laid = lay_cell(context_, plan_, index, rest, part);
        } else {
            span.laid.fragment = Fragment(Fragment::Kind::box, cell.box, {}, {plan_.cell_width(cell), 0});
            span.laid.fragment.start = false;
        }
        spans_.push_back(std::move(span));
    }
}

bool TableFlow::fixed_rows(std::size_t begin, std::size_t end, bool repeated) {
    for (std::size_t row = begin; row < end; ++row) {
        place(row, lay_row(context_, plan_, row, {}), true, repeated);
    }
    return begin < end;
}

Quality TableFlow::quality_before(std::size_t row) const {
    TablePlan::Row const& before = plan_.rows[row - 1];
    TablePlan::Row const& after = plan_.rows[row];
    bool const new_group = before.group != after.group;
    bool avoided = is_avoided(before.box->break_after) || is_avoided(after.box->break_before) || after.spanned;
    if (new_group) {
        avoided = avoided || is_avoided(before.group->break_after) || is_avoided(after.group->break_before);
    } else {
        avoided = avoided || is_avoided(after.group->style->break_inside);
    }
    if (avoided) return Quality::avoided;
    bool const last_alone = row + 1 == plan_.body_end && row > plan_.head_end + 1;
    bool const first_alone = row == plan_.head_end + 1 && plan_.body_end > plan_.head_end + 2;
    return last_alone || first_alone ? Quality::lines_alone : Quality::perfect;
}

css::BreakKind TableFlow::forced_before(std::size_t row) const {
    TablePlan::Row const& before = plan_.rows[row - 1];
    TablePlan::Row const& after = plan_.rows[row];
    bool const new_group = before.group != after.group;
    for (css::BreakKind kind : {after.box->style->break_before, before.box->style->break_after,
                                new_group ? after.group->style->break_before : css::BreakKind::auto_,
                                new_group ? before.group->style->break_after : css::BreakKind::auto_}) {
        if (is_forced(kind)) return kind;
    }
    return css::BreakKind::auto_;
}

TokenPtr TableFlow::token_at(std::size_t row, RowLaid* split) {
    auto token = std::make_unique<Token>();
    token->index = row;
    if (split) {
        for (RowLaid::Part& part : split->parts) {
            token->part_ids.push_back(part.cell);
            token->parts.push_back(std::move(part.laid.token));
        }
        token->forced = true; // here: the row of `index` was begun
    }
    return token;
}

/// Ends the piece before `row`, or inside it when `split` is given (and placed by the caller).
void TableFlow::break_at(std::size_t row, Quality quality, RowLaid* split) {
    TokenPtr token = token_at(row, split);
    double const bottom = y_ - (placed_ ? plan_.spacing_y : 0);
    for (Span& span : spans_) {
        double const height = bottom - span.start;
        if (span.laid.fragment.size.height > height + tolerance) {
            RowSpace room;
            room.room = height;
            room.page = space_.page;
            room.top = true;
            TablePlan::Cell const& cell = plan_.cells[span.cell];
            bool known = false;
            bool const begun = token_ && (cell.row < token_->index || (cell.row == token_->index && token_->forced));
            Token const* earlier = begun ? part_of(*token_, span.cell, known) : nullptr;
            span.laid = lay_cell(context_, plan_, span.cell, room, earlier);
        }
        if (span.laid.token) {
            token->part_ids.push_back(span.cell);
            token->parts.push_back(std::move(span.laid.token));
        }
        span.laid.fragment.size.height = height;
        span.laid.fragment.end = false;
        add_span(std::move(span));
    }
    spans_.clear();
    if (repeat_) fixed_rows(plan_.body_end, plan_.rows.size(), true);
    finish(true, row);
    laid_.token = std::move(token);
    laid_.quality = quality;
    laid_.inside.reset();
}

/// Places the body rows; false when the piece ended before the last one.
bool TableFlow::body(std::size_t stop, Quality quality) {
    bool const bounded = std::isfinite(space_.room);
    std::size_t const begin = token_ ? std::max(token_->index, plan_.head_end) : plan_.head_end;
    bool const begun = token_ && token_->forced; // the first row goes on
    if (token_ && begin < plan_.body_end) resume_spans(begin);
    for (std::size_t row = begin; row < plan_.body_end; ++row) {
        if (placed_ > 0 && bounded) {
            css::BreakKind const kind = forced_before(row);
            if (is_forced(kind)) {
                break_at(row, Quality::perfect, nullptr);
                laid_.forced = true;
                laid_.side = kind;
                laid_.page_name = plan_.rows[row].box->page_first;
                return false;
            }
            if (stop == row) {
                break_at(row, quality, nullptr);
                return false;
            }
        }
        bool const resumed = begun && row == begin;
        RowSpace space;
        space.resumed = resumed ? token_ : nullptr;
        if (resumed) {
            space.room = limit() - y_;
            space.page = space_.page - around_;
            space.top = true;
        }
        RowLaid laid = lay_row(context_, plan_, row, space);
        double height = span_height(row, laid.height);
        bool const goes_on = span_goes_on(row);
        if (bounded && (y_ + height > limit() + tolerance || laid.split || goes_on)) {
            bool const must = goes_on || (placed_ == 0 && space_.top);
            bool const high = around_ + height > space_.page + tolerance;
            if (must || high) {
                if (!resumed) {
                    RowSpace part;
                    part.room = limit() - y_;
                    part.page = space_.page - around_;
                    part.top = must;
                    laid = lay_row(context_, plan_, row, part);
                }
                if (!laid.nothing || must) {
                    double const spanned = span_height(row, 0);
                    bool const over = goes_on || (spanned > 0 && spanned > limit() - y_ + tolerance);
                    if (!laid.split && !over) { // it fits after all, or cannot be split: it may exceed the page
                        place(row, std::move(laid), true, false);
                        ++placed_;
                        continue;
                    }
                    laid.height = std::max(0.0, std::min(limit() - y_, unlimited));
                    RowLaid tokens;
                    for (RowLaid::Part& part : laid.parts) {
                        if (!part.laid.token || plan_.cells[part.cell].rows > 1) continue; // those: see break_at
                        tokens.parts.push_back({part.cell, {}});
                        tokens.parts.back().laid.token = std::move(part.laid.token);
                    }
                    place(row, std::move(laid), false, false);
                    ++placed_;
                    break_at(row, Quality::perfect, &tokens);
                    return false;
                }
            }
            if (placed_ == 0) {
                laid_.empty = true;
                return false;
            }
            Quality const here = quality_before(row);
            if (best_row_ && best_quality_ > here && !stop) {
                retry_ = best_row_;
                return false;
            }
            break_at(row, here, nullptr);
            return false;
        }
        if (placed_ > 0) {
            Quality const here = quality_before(row);
            if (here >= best_quality_) {
                best_quality_ = here;
                best_row_ = row;
            }
        }
        place(row, std::move(laid), true, false);
        ++placed_;
    }
    return true;
}

Laid TableFlow::attempt(std::size_t stop, Quality quality) {
    laid_ = Laid();
    laid_.margin = margin_;
    laid_.bottom.add(margin_.bottom);
    laid_.fragment = Fragment(Fragment::Kind::wrapper, &table_, {}, {width_, 0});
    laid_.fragment.start = !token_;
    shown_.clear();
    spans_.clear();
    captions_.clear();
    placed_ = 0;
    if (!stop) {
        best_row_ = 0;
        best_quality_ = Quality::last_resort;
    }
    double top = 0;
    if (!token_) {
        std::vector<Laid> captions;
        (void)lay_captions(plan_.captions_top, captions);
        for (Laid& caption : captions) {
            Insets const margin = caption.margin;
            double const height = caption.fragment.size.height;
            adopt(laid_, std::move(caption), {margin.left, top + margin.top});
            top += height + margin.vertical();
        }
    }
    captions_height_ = lay_captions(plan_.captions_bottom, captions_);
    grid_ = Fragment(Fragment::Kind::box, &table_, {0, top}, {width_, 0});
    grid_.start = !token_;
    grid_.border = std::make_unique<Insets>(plan_.border);
    double const bottom_edge = plan_.border.bottom + plan_.padding.bottom;
    bool const slice = token_ && !plan_.collapsed;
    y_ = (slice ? 0 : plan_.border.top + plan_.padding.top) + plan_.spacing_y;

    if (plan_.columns.empty()) {
        finish(false, outside);
        return std::move(laid_);
    }
    double const head = height_of(0, plan_.head_end);
    double const foot = height_of(plan_.body_end, plan_.rows.size());
    around_ = head + foot + y_ + bottom_edge;
    repeat_ = !std::isfinite(space_.page) || head + foot <= space_.page / 2;
    if (!repeat_) around_ -= head + foot;
    below_ = (repeat_ ? foot : 0) + bottom_edge + captions_height_;
    bool const bounded = std::isfinite(space_.room);
    if (bounded && !space_.top && !token_ && grid_.at.y + y_ + head + below_ > space_.room + tolerance) {
        laid_.empty = true;
        return std::move(laid_);
    }
    if (!token_ || repeat_) fixed_rows(0, plan_.head_end, token_ != nullptr);
    if (!body(stop, quality)) return std::move(laid_);
    if (!repeat_ && bounded && plan_.body_end < plan_.rows.size() && placed_ > 0 && y_ + foot > limit() + tolerance) {
        break_at(plan_.body_end, Quality::perfect, nullptr); // a footer too high to be repeated
        return std::move(laid_);
    }
    fixed_rows(plan_.body_end, plan_.rows.size(), false);
    finish(false, outside);
    if (best_row_ && !stop) {
        laid_.inside = std::make_unique<BreakPoint>();
        laid_.inside->box = &table_;
        laid_.inside->index = best_row_;
        laid_.inside->quality = best_quality_;
    }
    return std::move(laid_);
}

void TableFlow::finish(bool broken, std::size_t next_row) {
    bool const slice = broken && !plan_.collapsed;
    grid_.end = !broken;
    grid_.size.height = y_ + (slice ? 0 : plan_.border.bottom + plan_.padding.bottom);
    if (plan_.collapsed && !plan_.columns.empty()) add_edges(broken, next_row);
    double bottom = grid_.at.y + grid_.size.height;
    laid_.fragment.children.push_back(std::move(grid_));
    if (!broken) {
        for (Laid& caption : captions_) {
            Insets const margin = caption.margin;
            double const height = caption.fragment.size.height;
            adopt(laid_, std::move(caption), {margin.left, bottom + margin.top});
            bottom += height + margin.vertical();
        }
    }
    laid_.fragment.end = !broken;
    laid_.fragment.size.height = bottom;
    laid_.last_baseline = laid_.first_baseline;
    place_positioned(context_, table_, laid_, plan_.border);
}

/// The collapsed borders of this piece; equal neighbours in a line become one.
void TableFlow::add_edges(bool broken, std::size_t next_row) {
    auto edges = std::make_unique<std::vector<CollapsedEdge>>();
    auto horizontal = [&](std::size_t upper, std::size_t lower, double y) {
        for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
            css::Border const border = plan_.horizontal_edge(upper, lower, c);
            if (border.width <= 0) continue;
            TablePlan::Column const& column = plan_.columns[c];
            bool const joins = c > 0 && !edges->empty() && edges->back().horizontal && edges->back().border == border &&
                               std::abs(edges->back().rect.x + edges->back().rect.width - column.left) < tolerance &&
                               std::abs(edges->back().rect.y + border.width / 2 - y) < tolerance;
            if (joins) {
                edges->back().rect.width += column.width;
            } else {
                edges->push_back({{column.left, y - border.width / 2, column.width, border.width}, border, true});
            }
        }
    };
    auto vertical = [&](std::size_t c, double x) {
        std::size_t previous = outside; // index in edges of the one above
        for (Shown const& shown : shown_) {
            css::Border const border = plan_.vertical_edge(shown.row, c);
            if (border.width <= 0) {
                previous = outside;
                continue;
            }
            if (previous != outside && (*edges)[previous].border == border &&
                std::abs((*edges)[previous].rect.y + (*edges)[previous].rect.height - shown.y) < tolerance) {
                (*edges)[previous].rect.height += shown.height;
            } else {
                edges->push_back({{x - border.width / 2, shown.y, border.width, shown.height}, border, false});
                previous = edges->size() - 1;
            }
        }
    };
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        std::size_t above = outside;
        if (i > 0) {
            above = shown_[i - 1].row;
        } else if (token_ && shown_[0].row > 0) {
            above = shown_[0].row - 1;
        }
        horizontal(above, shown_[i].row, shown_[i].y);
    }
    if (!shown_.empty()) {
        Shown const& last = shown_.back();
        std::size_t const below = broken && last.row + 1 == next_row ? next_row : outside;
        horizontal(last.row, below, last.y + last.height);
    }
    for (std::size_t c = 0; c <= plan_.columns.size(); ++c) {
        bool const end = c == plan_.columns.size();
        TablePlan::Column const& column = plan_.columns[end ? c - 1 : c];
        vertical(c, column.left + (end ? column.width : 0));
    }
    if (edges->empty()) return;
    Fragment fragment(Fragment::Kind::borders, &table_, {}, grid_.size);
    fragment.edges = std::move(edges);
    grid_.children.push_back(std::move(fragment));
}

} // namespace

Laid layout_table(Context& context, Box const& table, Space const& space, Token const* token) {
    return TableFlow(context, table, space, token).run();
}

} // namespace deckle::layout
