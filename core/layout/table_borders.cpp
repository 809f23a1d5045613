// Collapsed borders, resolved where they are needed.
// https://www.w3.org/TR/CSS22/tables.html#border-conflict-resolution
#include "layout/table.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout {
namespace {

int rank(css::BorderStyle style) {
    switch (style) {
    case css::BorderStyle::double_:
        return 8;
    case css::BorderStyle::solid:
        return 7;
    case css::BorderStyle::dashed:
        return 6;
    case css::BorderStyle::dotted:
        return 5;
    case css::BorderStyle::ridge:
        return 4;
    case css::BorderStyle::outset:
        return 3;
    case css::BorderStyle::groove:
        return 2;
    case css::BorderStyle::inset:
        return 1;
    default:
        return 0;
    }
}

/// Takes candidates in order of precedence: cell, row, row group, column, column group, table.
class Contest {
public:
    void add(css::Border const& border) {
        if (winner_.style == css::BorderStyle::hidden) return;
        bool const wins = border.style == css::BorderStyle::hidden || border.width > winner_.width ||
                          (border.width == winner_.width && rank(border.style) > rank(winner_.style));
        if (wins) winner_ = border;
    }
    css::Border result() const {
        return winner_.style == css::BorderStyle::hidden || winner_.width <= 0 ? css::Border{} : winner_;
    }

private:
    css::Border winner_;
};

} // namespace

css::Border TablePlan::horizontal_edge(std::size_t upper, std::size_t lower, std::size_t column) const {
    bool const has_upper = upper != none, has_lower = lower != none;
    std::uint32_t const above = has_upper ? cell_at(upper, column) : none;
    std::uint32_t const below = has_lower ? cell_at(lower, column) : none;
    if (above != none && above == below) return {};
    Contest contest;
    if (above != none) contest.add(cells[above].box->style->border.bottom);
    if (below != none) contest.add(cells[below].box->style->border.top);
    if (has_upper) contest.add(rows[upper].box->style->border.bottom);
    if (has_lower) contest.add(rows[lower].box->style->border.top);
    bool const same_group = has_upper && has_lower && rows[upper].group == rows[lower].group;
    if (!same_group) {
        if (has_upper) contest.add(rows[upper].group->style->border.bottom);
        if (has_lower) contest.add(rows[lower].group->style->border.top);
    }
    if (!has_upper || !has_lower) {
        Column const& at = columns[column];
        auto side = [&](Box const& box) { return has_upper ? box.style->border.bottom : box.style->border.top; };
        if (at.box) contest.add(side(*at.box));
        if (at.group) contest.add(side(*at.group));
        contest.add(side(*table));
    }
    return contest.result();
}

css::Border TablePlan::vertical_edge(std::size_t row, std::size_t column) const {
    bool const first = column == 0, last = column == columns.size();
    std::uint32_t const left = first ? none : cell_at(row, column - 1);
    std::uint32_t const right = last ? none : cell_at(row, column);
    if (left != none && left == right) return {};
    Contest contest;
    if (left != none) contest.add(cells[left].box->style->border.right);
    if (right != none) contest.add(cells[right].box->style->border.left);
    if (first || last) {
        auto side = [&](Box const& box) { return first ? box.style->border.left : box.style->border.right; };
        contest.add(side(*rows[row].box));
        contest.add(side(*rows[row].group));
    }
    if (!first && columns[column - 1].box) contest.add(columns[column - 1].box->style->border.right);
    if (!last && columns[column].box) contest.add(columns[column].box->style->border.left);
    if (first) contest.add(table->style->border.left);
    if (last) contest.add(table->style->border.right);
    return contest.result();
}

Insets TablePlan::cell_border(Cell const& cell) const {
    Insets half;
    std::size_t const below = cell.row + cell.rows, right = cell.column + cell.columns;
    for (std::size_t c = cell.column; c < right; ++c) {
        half.top = std::max(half.top, horizontal_edge(cell.row == 0 ? none : cell.row - 1, cell.row, c).width / 2);
        half.bottom =
            std::max(half.bottom, horizontal_edge(below - 1, below < rows.size() ? below : none, c).width / 2);
    }
    half.left = vertical_edge(cell.row, cell.column).width / 2;
    half.right = vertical_edge(cell.row, right).width / 2;
    return half;
}

std::vector<CollapsedEdge> piece_edges(TablePlan const& plan, std::vector<ShownRow> const& shown, std::size_t above,
                                       std::size_t below) {
    std::vector<CollapsedEdge> edges;
    auto horizontal = [&](std::size_t upper, std::size_t lower, double y) {
        for (std::size_t c = 0; c < plan.columns.size(); ++c) {
            css::Border const border = plan.horizontal_edge(upper, lower, c);
            if (border.width <= 0) continue;
            TablePlan::Column const& column = plan.columns[c];
            bool const joins = c > 0 && !edges.empty() && edges.back().horizontal && edges.back().border == border &&
                               std::abs(edges.back().rect.x + edges.back().rect.width - column.left) < tolerance &&
                               std::abs(edges.back().rect.y + border.width / 2 - y) < tolerance;
            if (joins) {
                edges.back().rect.width += column.width;
            } else {
                edges.push_back({{column.left, y - border.width / 2, column.width, border.width}, border, true});
            }
        }
    };
    auto vertical = [&](std::size_t c, double x) {
        std::size_t previous = TablePlan::none; // index in edges of the one above
        for (ShownRow const& row : shown) {
            css::Border const border = plan.vertical_edge(row.row, c);
            if (border.width <= 0) {
                previous = TablePlan::none;
                continue;
            }
            if (previous != TablePlan::none && edges[previous].border == border &&
                std::abs(edges[previous].rect.y + edges[previous].rect.height - row.y) < tolerance) {
                edges[previous].rect.height += row.height;
            } else {
                edges.push_back({{x - border.width / 2, row.y, border.width, row.height}, border, false});
                previous = edges.size() - 1;
            }
        }
    };
    for (std::size_t i = 0; i < shown.size(); ++i) horizontal(i ? shown[i - 1].row : above, shown[i].row, shown[i].y);
    if (!shown.empty()) horizontal(shown.back().row, below, shown.back().y + shown.back().height);
    for (std::size_t c = 0; c <= plan.columns.size(); ++c) {
        bool const end = c == plan.columns.size();
        TablePlan::Column const& column = plan.columns[end ? c - 1 : c];
        vertical(c, column.left + (end ? column.width : 0));
    }
    return edges;
}

} // namespace deckle::layout
