// https://www.w3.org/TR/CSS22/tables.html#height-layout
#include "layout/table_rows.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <utility>

namespace deckle::layout {
namespace {

bool on_baseline(Box const& cell) {
    switch (cell.style->vertical_align.kind) {
    case css::VerticalAlign::Kind::top:
    case css::VerticalAlign::Kind::middle:
    case css::VerticalAlign::Kind::bottom:
        return false;
    default:
        return true;
    }
}

/// `height` is the least height of cells and rows.
double least_height(Box const& box, double frame) {
    auto const given = content_length(box.style->height, std::nullopt, box.style->box_sizing, frame);
    return given ? *given + frame : 0;
}

} // namespace

Token const* part_of(Token const& token, std::uint32_t cell, bool& known) {
    for (std::size_t i = 0; i < token.part_ids.size(); ++i) {
        if (token.part_ids[i] != cell) continue;
        known = true;
        return token.parts[i].get();
    }
    known = false;
    return nullptr;
}

Laid lay_cell(Context& context, TablePlan const& plan, std::uint32_t index, RowSpace const& row, Token const* token) {
    TablePlan::Cell const& cell = plan.cells[index];
    Insets const border = plan.collapsed ? plan.cell_border(cell) : Insets{};
    Space space;
    space.width = plan.cell_width(cell);
    space.fixed_width = space.width;
    space.room = row.room;
    space.page = row.page;
    space.top = row.top;
    if (plan.collapsed) space.border = &border;
    if (cell.box->style->align_character != 0 && cell.columns == 1)
        space.aligned = &column_alignment(context, plan, cell.column);
    return layout_box(context, *cell.box, space, token && token->fresh ? nullptr : token);
}

RowLaid lay_row(Context& context, TablePlan const& plan, std::size_t index, RowSpace const& space) {
    TablePlan::Row const& row = plan.rows[index];
    RowLaid result;
    result.parts.reserve(row.end_cell - row.first_cell);
    double below = 0;
    for (std::uint32_t i = row.first_cell; i < row.end_cell; ++i) {
        RowLaid::Part part;
        part.cell = i;
        bool known = false;
        Token const* token = space.resumed ? part_of(*space.resumed, i, known) : nullptr;
        Box const& box = *plan.cells[i].box;
        if (space.resumed && (!known || !token)) { // finished on an earlier page: an empty piece
            part.laid.fragment = Fragment(Fragment::Kind::box, &box, {}, {plan.cell_width(plan.cells[i]), 0});
            part.laid.fragment.start = false;
        } else {
            part.laid = lay_cell(context, plan, i, space, token);
            if (part.laid.empty) {
                part.laid = Laid();
                part.laid.fragment = Fragment(Fragment::Kind::box, &box, {}, {plan.cell_width(plan.cells[i]), 0});
                part.laid.token = std::make_unique<Token>();
                part.laid.token->fresh = true;
            } else {
                result.nothing = false;
            }
            result.split = result.split || part.laid.token;
        }
        if (plan.cells[i].rows == 1) {
            double const height = part.laid.fragment.size.height;
            double const frame = space.resumed ? 0 : edges_of(box, 0).vertical();
            result.height = std::max({result.height, height, space.resumed ? 0.0 : least_height(box, frame)});
            if (on_baseline(box) && part.laid.first_baseline && !part.laid.token) {
                result.baseline = std::max(result.baseline, *part.laid.first_baseline);
                below = std::max(below, height - *part.laid.first_baseline);
            }
        }
        result.parts.push_back(std::move(part));
    }
    if (!space.resumed) result.height = std::max(result.height, least_height(*row.box, 0));
    if (!result.split) result.height = std::max(result.height, result.baseline + below);
    return result;
}

void settle_cell(TablePlan const& plan, std::uint32_t index, Laid& laid, double height, double row_baseline,
                 bool whole) {
    Box const& box = *plan.cells[index].box;
    double const rest = height - laid.fragment.size.height;
    double down = 0;
    if (whole && !laid.token) {
        switch (box.style->vertical_align.kind) {
        case css::VerticalAlign::Kind::top:
            break;
        case css::VerticalAlign::Kind::middle:
            down = rest / 2;
            break;
        case css::VerticalAlign::Kind::bottom:
            down = rest;
            break;
        default:
            down = laid.first_baseline ? std::max(0.0, row_baseline - *laid.first_baseline) : 0;
            break;
        }
    }
    laid.fragment.size.height = height;
    if (down <= 0) return;
    for (Fragment& child : laid.fragment.children) child.move(0, down);
    for (Pending& pending : laid.pending) pending.at.y += down;
}

FixedRows lay_fixed(Context& context, TablePlan const& plan, std::size_t begin, std::size_t end, PieceSide piece) {
    FixedRows fixed;
    std::vector<std::pair<std::size_t, double>> spans; // last row, and where the cell ends
    bool const outer_first = std::exchange(context.first_piece, piece.first);
    bool const outer_last = std::exchange(context.last_piece, piece.last);
    for (std::size_t row = begin; row < end; ++row) {
        if (!plan.shows(row, piece.first, piece.last)) continue;
        context.forget_variant(*plan.rows[row].box);
        RowLaid laid = lay_row(context, plan, row, {});
        for (RowLaid::Part const& part : laid.parts) {
            TablePlan::Cell const& cell = plan.cells[part.cell];
            if (cell.rows > 1)
                spans.emplace_back(cell.row + cell.rows - 1, fixed.height + part.laid.fragment.size.height);
        }
        double height = laid.height;
        for (auto const& [row_end, bottom] : spans) {
            if (row_end == row) height = std::max(height, bottom - fixed.height);
        }
        fixed.height += height + plan.spacing_y;
        fixed.rows.emplace_back(row, std::move(laid));
    }
    context.first_piece = outer_first;
    context.last_piece = outer_last;
    return fixed;
}

double least_height(TablePlan const& plan, std::optional<double> base) {
    css::ComputedStyle const& style = *plan.table->style;
    double const frame = plan.border.vertical() + plan.padding.vertical();
    auto const given = content_length(style.height, base, style.box_sizing, frame);
    auto const least = content_length(style.min_height, base, style.box_sizing, frame);
    return std::max(given.value_or(0), least.value_or(0));
}

void stretch_rows(Context& context, TablePlan& plan, std::optional<double> base) {
    plan.stretch.clear();
    double const wanted = least_height(plan, base);
    if (wanted <= 0 || plan.body_end == plan.head_end) return;
    double const fixed = lay_fixed(context, plan, 0, plan.head_end, {}).height +
                         lay_fixed(context, plan, plan.body_end, plan.rows.size(), {}).height + plan.spacing_y;
    FixedRows const body = lay_fixed(context, plan, plan.head_end, plan.body_end, {});
    double const extra = wanted - fixed - body.height;
    if (extra <= 0) return;
    double total = 0;
    for (auto const& [row, laid] : body.rows) total += laid.height;
    plan.stretch.resize(plan.rows.size());
    for (auto const& [row, laid] : body.rows) {
        plan.stretch[row] = total > 0 ? extra * laid.height / total : extra / static_cast<double>(body.rows.size());
    }
}

} // namespace deckle::layout
