// Places the rows of a table, page by page: captions, the header again on each page, as many rows as fit, the footer
// again. Header, footer and captions may differ between the first, the middle and the last piece (-deckle-show-on). A
// row is split only when it is higher than a page; `orphans` and `widows` of groups count rows.
#include "layout/table_breaks.hpp"
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
        width_ = table_width(context_, plan_, space_, margin_);
        place_columns(context_, plan_, width_);
    }

    Laid run() {
        std::size_t const stop = space_.stop ? space_.stop->index : 0;
        Laid laid = attempt(stop, stop ? space_.stop->quality : Quality::perfect);
        if (retry_) {
            retried_ = true;
            laid = attempt(std::exchange(retry_, 0), best_quality_);
        }
        if (is_avoided(table_.style->break_inside)) {
            if (laid.token && !laid.forced) laid.quality = std::min(laid.quality, Quality::avoided);
            if (laid.token && !laid.forced && context_.trace)
                context_.trace->note(BreakTrace::Why::kept_inside, table_);
            if (laid.inside) laid.inside->quality = std::min(laid.inside->quality, Quality::avoided);
        }
        plan_.finished = !laid.token && !laid.empty;
        return laid;
    }

private:
    struct Span {
        std::uint32_t cell = 0;
        Laid laid;
        double start = 0;      // in the grid
        bool repeated = false; // of a header shown again
    };
    struct Captions {
        std::vector<std::pair<Box const*, Laid>> list;
        double height = 0;
    };
    Laid attempt(std::size_t stop, Quality quality);
    bool body(std::size_t stop, Quality quality);
    void place_fixed(FixedRows&& rows, bool repeated);
    Captions lay_captions(std::vector<Box const*> const& list, bool last);
    double place_captions(Captions&& captions, double y);
    bool rest_fits(std::size_t row);
    bool end_fits();
    std::size_t rows_begin() const { return plan_.ordinary ? 0 : plan_.head_end; }
    std::size_t rows_end() const { return plan_.ordinary ? plan_.rows.size() : plan_.body_end; }
    void place(std::size_t row, RowLaid&& laid, bool whole, bool repeated);
    void paint_group(std::size_t row, double height);
    void resume_spans(std::size_t row);
    void finish_spans(std::size_t row, double bottom);
    void add_span(Span&& span);
    double span_height(std::size_t row, double height) const;
    bool span_goes_on(std::size_t row) const;
    TokenPtr token_at(std::size_t row, RowLaid* split);
    void break_at(std::size_t row, Quality quality, RowLaid* split);
    void finish(bool broken, std::size_t next_row);
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
    double below_ = 0;     // kept free under the rows: footer, bottom edge, captions
    double end_below_ = 0; // the same on the table's last piece
    double around_ = 0;    // height of a page's header, footer and edges
    bool repeat_ = true;
    std::vector<ShownRow> shown_;
    std::vector<Span> spans_;
    FixedRows foot_, end_foot_;        // end_foot_: of the last piece when it differs
    Captions captions_, end_captions_; // below the table
    std::size_t placed_ = 0;           // body rows in this piece
    bool resumed_row_ = false;         // the row being placed began on an earlier page
    bool retried_ = false;
    std::size_t best_row_ = 0, retry_ = 0;
    Quality best_quality_ = Quality::last_resort;
};

TableFlow::Captions TableFlow::lay_captions(std::vector<Box const*> const& list, bool last) {
    Captions captions;
    for (Box const* box : list) {
        css::ShowOn on = box->style->show_on;
        bool const above = &list == &plan_.captions_top;
        if (on == css::ShowOn::auto_) on = above ? css::ShowOn::first : css::ShowOn::last;
        bool const unknown = above && (on == css::ShowOn::last || on == css::ShowOn::not_last);
        if (!unknown && !shows_on(on, !token_, last)) continue;
        if (box->varies) context_.forget_variant(*box);
        Space space;
        space.width = width_;
        space.top = true;
        bool const outer_first = std::exchange(context_.first_piece, !token_);
        bool const outer_last = std::exchange(context_.last_piece, last);
        Laid laid = layout_box(context_, *box, space, nullptr);
        context_.first_piece = outer_first;
        context_.last_piece = outer_last;
        laid.fragment.repeated = token_ && (on == css::ShowOn::all || on == css::ShowOn::not_last || unknown);
        captions.height += laid.fragment.size.height + laid.margin.vertical();
        captions.list.emplace_back(box, std::move(laid));
    }
    return captions;
}

/// Places captions from `y` on; gives where they end.
double TableFlow::place_captions(Captions&& captions, double y) {
    for (auto& [box, laid] : captions.list) {
        Insets const margin = laid.margin;
        double const height = laid.fragment.size.height;
        adopt(laid_, std::move(laid), {margin.left, y + margin.top});
        y += height + margin.vertical();
    }
    return y;
}

void TableFlow::place_fixed(FixedRows&& fixed, bool repeated) {
    for (auto& [row, laid] : fixed.rows) place(row, std::move(laid), true, repeated);
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
        if (plan_.cells[part.cell].rows > 1) spans_.push_back({part.cell, std::move(part.laid), y_, repeated});
    }
    double const height = whole ? span_height(row, laid.height) : laid.height;
    paint_group(row, height);
    Box const* group = plan_.rows[row].group;
    if (group->element && !repeated && !resumed_row_ && (row == 0 || plan_.rows[row - 1].group != group)) {
        bool const marked = !group->element->id.empty() || !group->style->sum_entries.empty();
        if (marked) grid_.children.emplace_back(Fragment::Kind::event, group, Point{left, y_}, Size{});
    }
    Laid line;
    line.fragment = Fragment(Fragment::Kind::box, plan_.rows[row].box, {left, y_}, {right - left, height});
    line.fragment.repeated = repeated;
    line.fragment.start = !resumed_row_;
    line.fragment.border = std::make_unique<Insets>(); // rows have no borders of their own
    line.fragment.children.reserve(laid.parts.size());
    for (RowLaid::Part& part : laid.parts) {
        TablePlan::Cell const& cell = plan_.cells[part.cell];
        if (cell.rows > 1) continue;
        settle_cell(plan_, part.cell, part.laid, height, laid.baseline, whole);
        if (!whole) part.laid.fragment.end = false; // its box goes on with the row
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
    span.laid.fragment.repeated = span.repeated;
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
    resumed_row_ = false;
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
    if (repeat_) place_fixed(std::move(foot_), true);
    finish(true, row);
    laid_.token = std::move(token);
    laid_.quality = quality;
    laid_.inside.reset();
}

/// True when all rows from `row` on stand above the end of the page with what belongs under the last of them.
bool TableFlow::rest_fits(std::size_t row) {
    if (end_below_ >= below_ || !spans_.empty()) return false;
    double const most = space_.room - grid_.at.y - end_below_;
    double y = y_;
    for (; row < rows_end() && y <= most; ++row) {
        double const more = plan_.stretch.empty() ? 0 : plan_.stretch[row];
        y += lay_row(context_, plan_, row, {}).height + more;
        if (y > most + tolerance) return false;
        y += plan_.spacing_y;
    }
    return row == rows_end();
}

/// Places the body rows; false when the piece ended before the last one.
bool TableFlow::body(std::size_t stop, Quality quality) {
    bool const bounded = std::isfinite(space_.room);
    std::size_t const begin = token_ ? std::max(token_->index, rows_begin()) : rows_begin();
    std::size_t const end = rows_end();
    bool const begun = token_ && token_->forced; // the first row goes on
    if (token_ && begin < end) resume_spans(begin);
    for (std::size_t row = begin; row < end; ++row) {
        if (plan_.ordinary && !plan_.shows(row, true, true)) continue;
        if (placed_ > 0 && bounded) {
            RowForce const force = forced_before(plan_, row);
            if (force.by) {
                break_at(row, Quality::perfect, nullptr);
                laid_.forced = true;
                laid_.side = force.kind;
                laid_.page_name = plan_.rows[row].box->page_first;
                if (context_.trace) context_.trace->force(*force.by, force.how);
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
        resumed_row_ = resumed;
        RowLaid laid = lay_row(context_, plan_, row, space);
        if (!plan_.stretch.empty() && !resumed) laid.height += plan_.stretch[row];
        double height = span_height(row, laid.height);
        bool const goes_on = span_goes_on(row);
        bool over_limit = bounded && y_ + height > limit() + tolerance;
        if (over_limit && rest_fits(row)) {
            below_ = end_below_; // this is the last piece
            over_limit = y_ + height > limit() + tolerance;
        }
        if (bounded && (over_limit || laid.split || goes_on)) {
            if (context_.trace && over_limit) context_.trace->lack(*plan_.rows[row].box, y_ + height - limit());
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
            RowBreak const here = break_before(plan_, row);
            if (context_.trace && here.box) context_.trace->note(here.why, *here.box);
            if (best_row_ && best_quality_ > here.quality && !stop) {
                retry_ = best_row_;
                return false;
            }
            break_at(row, here.quality, nullptr);
            return false;
        }
        if (placed_ > 0) {
            RowBreak const here = break_before(plan_, row);
            if (here.quality >= best_quality_) {
                best_quality_ = here.quality;
                best_row_ = row;
            }
        }
        place(row, std::move(laid), true, false);
        ++placed_;
    }
    resumed_row_ = false;
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
    placed_ = 0;
    resumed_row_ = false;
    if (!stop) {
        best_row_ = 0;
        best_quality_ = Quality::last_resort;
    }
    double const top = place_captions(lay_captions(plan_.captions_top, false), 0);
    bool const bounded = std::isfinite(space_.room);
    end_captions_ = lay_captions(plan_.captions_bottom, true);
    captions_ = plan_.varies ? lay_captions(plan_.captions_bottom, false) : Captions{};
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
    if (!token_) stretch_rows(context_, plan_, space_.height);
    FixedRows head = lay_fixed(context_, plan_, 0, plan_.head_end, {!token_, false});
    foot_ = lay_fixed(context_, plan_, plan_.body_end, plan_.rows.size(), {!token_, !plan_.varies});
    end_foot_ =
        plan_.varies ? lay_fixed(context_, plan_, plan_.body_end, plan_.rows.size(), {!token_, true}) : FixedRows{};
    double const end_foot = plan_.varies ? end_foot_.height : foot_.height;
    double const fixed = head.height + std::max(foot_.height, end_foot);
    repeat_ = !std::isfinite(space_.page) || fixed <= space_.page / 2;
    if (!token_) plan_.ordinary = !repeat_;
    repeat_ = repeat_ && !plan_.ordinary;
    around_ = y_ + bottom_edge + (repeat_ ? fixed : 0);
    below_ = (repeat_ ? foot_.height : 0) + bottom_edge + captions_.height;
    end_below_ = (plan_.ordinary ? 0 : end_foot) + bottom_edge + end_captions_.height;
    if (repeat_ && bounded && !space_.top && !token_ && top + y_ + head.height + below_ > space_.room + tolerance) {
        if (context_.trace) context_.trace->lack(table_, top + y_ + head.height + below_ - space_.room);
        laid_.empty = true;
        return std::move(laid_);
    }
    if (repeat_ || (!token_ && !plan_.ordinary)) place_fixed(std::move(head), token_ != nullptr);
    if (!body(stop, quality)) return std::move(laid_);
    if (!end_fits()) return std::move(laid_);
    if (!plan_.ordinary) place_fixed(std::move(plan_.varies ? end_foot_ : foot_), false);
    finish(false, outside);
    if (best_row_ && !stop) {
        laid_.inside = std::make_unique<BreakPoint>();
        laid_.inside->box = &table_;
        laid_.inside->index = best_row_;
        laid_.inside->quality = best_quality_;
    }
    return std::move(laid_);
}

/// All rows stand: true when there is room for what belongs under the last. If not, the piece has ended, or is made
/// again with its last rows on the next page, so that a total does not stand there alone.
bool TableFlow::end_fits() {
    double const over = grid_.at.y + y_ + end_below_ - space_.room;
    if (!std::isfinite(space_.room) || over <= tolerance || placed_ == 0) return true;
    Box const& lacking =
        plan_.body_end < plan_.rows.size() && !plan_.ordinary ? *plan_.rows[plan_.body_end].box : table_;
    if (context_.trace) {
        context_.trace->lack(lacking, over);
        context_.trace->note(BreakTrace::Why::rows_alone, table_);
    }
    if (best_row_ && !retried_) {
        retry_ = best_row_;
        return false;
    }
    if (!space_.top && !token_) {
        laid_.empty = true;
        return false;
    }
    bool const foot = !plan_.ordinary && plan_.body_end < plan_.rows.size();
    if (!foot) return true; // only a caption: it may exceed the page
    break_at(plan_.body_end, Quality::avoided, nullptr);
    return false;
}

void TableFlow::finish(bool broken, std::size_t next_row) {
    bool const slice = broken && !plan_.collapsed;
    grid_.end = !broken;
    if (!broken && !token_ && plan_.body_end == plan_.head_end) // no row to stretch
        y_ = std::max(y_, plan_.border.top + plan_.padding.top + least_height(plan_, space_.height));
    grid_.size.height = y_ + (slice ? 0 : plan_.border.bottom + plan_.padding.bottom);
    if (plan_.collapsed && !plan_.columns.empty() && !shown_.empty()) {
        std::size_t const above = token_ && shown_[0].row > 0 ? shown_[0].row - 1 : outside;
        std::size_t const below = broken && shown_.back().row + 1 == next_row ? next_row : outside;
        std::vector<CollapsedEdge> edges = piece_edges(plan_, shown_, above, below);
        if (!edges.empty()) {
            Fragment fragment(Fragment::Kind::borders, &table_, {}, grid_.size);
            fragment.edges = std::make_unique<std::vector<CollapsedEdge>>(std::move(edges));
            grid_.children.push_back(std::move(fragment));
        }
    }
    double const bottom = grid_.at.y + grid_.size.height;
    laid_.fragment.children.push_back(std::move(grid_));
    laid_.fragment.end = !broken;
    laid_.fragment.size.height = place_captions(std::move(broken ? captions_ : end_captions_), bottom);
    laid_.last_baseline = laid_.first_baseline;
    place_positioned(context_, table_, laid_, plan_.border, space_);
}

} // namespace

Laid layout_table(Context& context, Box const& table, Space const& space, Token const* token) {
    return TableFlow(context, table, space, token).run();
}

} // namespace deckle::layout
