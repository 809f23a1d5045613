// Column widths: measured from cells and <col>, then fitted into the grid.
// https://www.w3.org/TR/css-tables-3/#computing-the-table-width
#include "layout/inline_content.hpp"
#include "layout/table.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace deckle::layout {
namespace {

using Column = TablePlan::Column;

void take_width(Column& column, css::Length const& length, css::BoxSizing sizing, double frame) {
    if (!length.is_value()) return;
    if (length.has_percent()) {
        column.percent = std::max(column.percent, length.percent);
        return;
    }
    double const border_box =
        sizing == css::BoxSizing::border_box ? std::max(length.points, frame) : length.points + frame;
    column.max = column.specified ? std::max(column.max, border_box) : border_box;
    column.specified = true;
}

/// What one cell asks for, border box.
struct Demand {
    double min = 0, max = 0;
    css::Length const* width = nullptr;
    double frame = 0;
};

Demand demand_of(Context& context, TablePlan const& plan, TablePlan::Cell const& cell) {
    Box const& box = *cell.box;
    Insets const border = plan.collapsed ? plan.cell_border(cell) : Insets{};
    Edges const edges = edges_of(box, 0, plan.collapsed ? &border : nullptr);
    Widths inner = inner_widths(context, box);
    css::ComputedStyle const& style = *box.style;
    double const frame = edges.horizontal();
    if (style.align_character != 0 && cell.columns == 1) {
        Aligned const& aligned = column_alignment(context, plan, cell.column);
        inner.min = std::max(inner.min, aligned.before + aligned.after);
        inner.max = std::max(inner.max, inner.min);
    }
    if (auto least = content_length(style.min_width, std::nullopt, style.box_sizing, frame)) {
        inner.min = std::max(inner.min, *least);
    }
    if (auto most = content_length(style.max_width, std::nullopt, style.box_sizing, frame)) {
        inner.max = std::max(inner.min, std::min(inner.max, *most));
    }
    return {inner.min + frame, std::max(inner.min, inner.max) + frame, &style.width, frame};
}

/// Spreads `missing` over columns by weight, or evenly when all weights are 0.
void spread(std::vector<Column*> const& columns, double missing, double Column::*target,
            std::function<double(Column const&)> const& weight) {
    double total = 0;
    for (Column const* column : columns) total += weight(*column);
    for (Column* column : columns) {
        column->*target +=
            total > 0 ? missing * weight(*column) / total : missing / static_cast<double>(columns.size());
    }
}

void measure_spanning(Context& context, TablePlan& plan, std::vector<std::uint32_t> spanning) {
    std::stable_sort(spanning.begin(), spanning.end(),
                     [&](auto a, auto b) { return plan.cells[a].columns < plan.cells[b].columns; });
    for (std::uint32_t index : spanning) {
        TablePlan::Cell const& cell = plan.cells[index];
        Demand demand = demand_of(context, plan, cell);
        if (demand.width->is_value() && !demand.width->has_percent()) {
            demand.max = std::max(demand.min, cell.box->style->box_sizing == css::BoxSizing::border_box
                                                  ? demand.width->points
                                                  : demand.width->points + demand.frame);
        }
        std::vector<Column*> columns, flexible;
        double min = plan.spacing_x * (cell.columns - 1), max = min;
        for (std::size_t c = cell.column; c < cell.column + cell.columns; ++c) {
            columns.push_back(&plan.columns[c]);
            if (!plan.columns[c].specified) flexible.push_back(columns.back());
            min += plan.columns[c].min;
            max += std::max(plan.columns[c].min, plan.columns[c].max);
        }
        std::vector<Column*> const& share = flexible.empty() ? columns : flexible;
        if (demand.min > min) spread(share, demand.min - min, &Column::min, [](Column const& c) { return c.max; });
        if (demand.max > max) spread(share, demand.max - max, &Column::max, [](Column const& c) { return c.max; });
    }
}

void place(TablePlan& plan, std::vector<double> const& widths) {
    double x = plan.border.left + plan.padding.left + plan.spacing_x;
    for (std::size_t c = 0; c < plan.columns.size(); ++c) {
        plan.columns[c].left = x;
        plan.columns[c].width = widths[c];
        x += widths[c] + plan.spacing_x;
    }
}

std::vector<double> fixed_widths(TablePlan const& plan, double available) {
    std::vector<double> widths(plan.columns.size(), -1);
    auto set = [&](std::size_t column, css::Length const& length, css::BoxSizing sizing, double frame,
                   std::size_t span) {
        if (!length.is_value()) return;
        double value = length.resolve(available);
        if (!length.has_percent() && sizing == css::BoxSizing::content_box) value += frame;
        for (std::size_t c = column; c < column + span; ++c) {
            if (widths[c] < 0) widths[c] = value / static_cast<double>(span);
        }
    };
    for (std::size_t c = 0; c < widths.size(); ++c) {
        if (plan.columns[c].box) set(c, plan.columns[c].box->style->width, css::BoxSizing::border_box, 0, 1);
    }
    if (!plan.rows.empty()) {
        for (std::uint32_t i = plan.rows[0].first_cell; i < plan.rows[0].end_cell; ++i) {
            TablePlan::Cell const& cell = plan.cells[i];
            Insets const border = plan.collapsed ? plan.cell_border(cell) : Insets{};
            double const frame = edges_of(*cell.box, 0, plan.collapsed ? &border : nullptr).horizontal();
            set(cell.column, cell.box->style->width, cell.box->style->box_sizing, frame, cell.columns);
        }
    }
    double used = 0;
    std::size_t open = 0;
    for (double width : widths) {
        if (width < 0) {
            ++open;
        } else {
            used += width;
        }
    }
    for (double& width : widths) {
        if (width < 0) width = std::max(0.0, available - used) / static_cast<double>(open);
    }
    if (open == 0 && used > 0 && used < available) {
        for (double& width : widths) width *= available / used;
    }
    return widths;
}

/// Between the guesses "all at their least", "percentages granted", "given widths granted" and "nothing wrapped".
std::vector<double> automatic_widths(TablePlan const& plan, double available) {
    std::size_t const count = plan.columns.size();
    std::vector<std::vector<double>> guesses(4, std::vector<double>(count));
    for (std::size_t c = 0; c < count; ++c) {
        Column const& column = plan.columns[c];
        double const max = std::max(column.min, column.max);
        double const percent = std::max(column.min, column.percent * available / 100);
        bool const by_percent = column.percent > 0;
        guesses[0][c] = column.min;
        guesses[1][c] = by_percent ? percent : column.min;
        guesses[2][c] = by_percent ? percent : column.specified ? max : column.min;
        guesses[3][c] = by_percent ? percent : max;
    }
    auto sum = [](std::vector<double> const& list) { return std::accumulate(list.begin(), list.end(), 0.0); };
    if (sum(guesses[0]) >= available) return guesses[0];
    for (std::size_t g = 1; g < guesses.size(); ++g) {
        double const low = sum(guesses[g - 1]), high = sum(guesses[g]);
        if (high < available) continue;
        std::vector<double> widths(count);
        double const part = high > low ? (available - low) / (high - low) : 1;
        for (std::size_t c = 0; c < count; ++c) {
            widths[c] = guesses[g - 1][c] + (guesses[g][c] - guesses[g - 1][c]) * part;
        }
        return widths;
    }
    // There is more than enough: to the columns without a given width first, in proportion to their content.
    std::vector<double> widths = guesses[3];
    double const excess = available - sum(widths);
    auto grow = [&](auto&& chosen) {
        double total = 0;
        std::size_t number = 0;
        for (std::size_t c = 0; c < count; ++c) {
            if (chosen(plan.columns[c])) {
                total += guesses[3][c];
                ++number;
            }
        }
        if (number == 0) return false;
        for (std::size_t c = 0; c < count; ++c) {
            if (!chosen(plan.columns[c])) continue;
            widths[c] += total > 0 ? excess * guesses[3][c] / total : excess / static_cast<double>(number);
        }
        return true;
    };
    bool const done = grow([](Column const& c) { return c.percent == 0 && !c.specified; }) ||
                      grow([](Column const& c) { return c.percent == 0; }) || grow([](Column const&) { return true; });
    (void)done;
    return widths;
}

} // namespace

Aligned const& column_alignment(Context& context, TablePlan const& plan, std::uint32_t column) {
    plan.aligned.resize(plan.columns.size());
    std::unique_ptr<Aligned>& known = plan.aligned[column];
    if (known) return *known;
    known = std::make_unique<Aligned>();
    for (TablePlan::Cell const& cell : plan.cells) {
        char32_t const character = cell.box->style->align_character;
        if (cell.column != column || cell.columns != 1 || character == 0 || !cell.box->inline_children) continue;
        Widths const widths = inner_widths(context, *cell.box);
        InlineContent const& content = inline_content(context, *cell.box, widths.max, std::nullopt);
        auto const end = static_cast<std::uint32_t>(content.shaped.text().size());
        double const before = width_before_character(content, character, 0, end);
        known->before = std::max(known->before, before);
        known->after = std::max(known->after, content.shaped.widths().max - before);
        context.lines.erase(cell.box); // made again when the row is placed
    }
    return *known;
}

void measure_columns(Context& context, TablePlan& plan) {
    if (plan.measured) return;
    plan.measured = true;
    for (Column& column : plan.columns) {
        if (column.box) take_width(column, column.box->style->width, css::BoxSizing::border_box, 0);
        if (column.group && column.group != column.box) {
            take_width(column, column.group->style->width, css::BoxSizing::border_box, 0);
        }
    }
    std::vector<double> content(plan.columns.size());
    std::vector<std::uint32_t> spanning;
    for (std::size_t i = 0; i < plan.cells.size(); ++i) {
        TablePlan::Cell const& cell = plan.cells[i];
        if (cell.columns > 1) {
            spanning.push_back(static_cast<std::uint32_t>(i));
            continue;
        }
        Demand const demand = demand_of(context, plan, cell);
        Column& column = plan.columns[cell.column];
        column.min = std::max(column.min, demand.min);
        content[cell.column] = std::max(content[cell.column], demand.max);
        take_width(column, *demand.width, cell.box->style->box_sizing, demand.frame);
    }
    for (std::size_t c = 0; c < plan.columns.size(); ++c) {
        Column& column = plan.columns[c];
        column.max = std::max(column.min, column.specified ? column.max : content[c]);
    }
    measure_spanning(context, plan, std::move(spanning));
}

Widths grid_widths(TablePlan const& plan) {
    double min = plan.around(), max = min;
    for (Column const& column : plan.columns) {
        min += column.min;
        max += std::max(column.min, column.max);
    }
    return {min, max};
}

double table_width(Context& context, TablePlan& plan, Space const& space, Insets& margin) {
    Box const& table = *plan.table;
    css::ComputedStyle const& style = *table.style;
    margin = edges_of(table, space.width).margin;
    double const frame = plan.border.horizontal() + plan.padding.horizontal();
    double const offered = std::max(0.0, space.width - margin.horizontal());
    bool const fixed = style.table_layout == css::TableLayout::fixed && !style.width.is_auto();
    if (!fixed) measure_columns(context, plan);
    Widths const needs = fixed ? Widths{} : grid_widths(plan);
    double width = 0;
    if (space.fixed_width) {
        width = *space.fixed_width;
    } else if (auto given = content_length(style.width, space.width, style.box_sizing, frame)) {
        width = *given + frame;
    } else {
        double percent = 0, others = 0;
        for (Column const& column : plan.columns) {
            percent += column.percent;
            others += column.percent > 0 ? 0 : std::max(column.min, column.max);
        }
        // Percentages ask for a table wide enough to hold the other columns in what they leave.
        double const wish = percent <= 0     ? needs.max
                            : percent >= 100 ? offered
                                             : std::max(needs.max, others / (1 - percent / 100));
        width = std::min(std::max(needs.min, offered), wish);
    }
    if (auto most = content_length(style.max_width, space.width, style.box_sizing, frame))
        width = std::min(width, *most + frame);
    if (auto least = content_length(style.min_width, space.width, style.box_sizing, frame))
        width = std::max(width, *least + frame);
    width = std::max(width, needs.min);
    double const rest = space.width - width - margin.horizontal();
    if (rest > 0 && table.level != Level::inline_ && !space.fixed_width) {
        bool const left = style.margin.left.is_auto(), right = style.margin.right.is_auto();
        bool const rtl = table.parent && table.parent->style->direction == css::Direction::rtl;
        if (left && right) {
            margin.left = margin.right = rest / 2;
        } else if (left || (rtl && !right)) {
            margin.left += rest;
        } else if (right) {
            margin.right = rest;
        }
    }
    return width;
}

void place_columns(Context& context, TablePlan& plan, double width) {
    if (plan.placed_for == width) return;
    plan.placed_for = width;
    double const available = std::max(0.0, width - plan.around());
    bool const fixed =
        plan.table->style->table_layout == css::TableLayout::fixed && !plan.table->style->width.is_auto();
    if (fixed) return place(plan, fixed_widths(plan, available));
    measure_columns(context, plan);
    place(plan, automatic_widths(plan, available));
}

} // namespace deckle::layout
