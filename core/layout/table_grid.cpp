// Rows and cells into a grid of slots.
// https://html.spec.whatwg.org/multipage/tables.html#forming-a-table
#include "layout/table.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <charconv>

namespace deckle::layout {
namespace {

std::uint32_t span_attribute(Box const& box, std::string_view name, std::uint32_t otherwise, std::uint32_t most) {
    if (!box.element) return otherwise;
    auto const value = box.element->attribute(name);
    std::uint32_t number = 0;
    if (!value || std::from_chars(value->data(), value->data() + value->size(), number).ec != std::errc())
        return otherwise;
    return std::min(number, most);
}

class GridBuilder {
public:
    explicit GridBuilder(TablePlan& plan) : plan_(plan) {}

    void build() {
        Box const& table = *plan_.table;
        std::vector<Box const*> bodies;
        Box const *head = nullptr, *foot = nullptr;
        for (Box const* child = table.first; child; child = child->next) {
            if (!child->in_flow()) continue;
            switch (child->kind) {
            case BoxKind::caption:
                (child->style->caption_side == css::CaptionSide::top ? plan_.captions_top : plan_.captions_bottom)
                    .push_back(child);
                break;
            case BoxKind::column:
                add_columns(*child, nullptr);
                break;
            case BoxKind::column_group:
                add_column_group(*child);
                break;
            case BoxKind::row_group:
                if (child->style->display == css::Display::table_header_group && !head) {
                    head = child;
                } else if (child->style->display == css::Display::table_footer_group && !foot) {
                    foot = child;
                } else {
                    bodies.push_back(child);
                }
                break;
            default:
                break;
            }
        }
        if (head) add_group(*head);
        plan_.head_end = plan_.rows.size();
        for (Box const* body : bodies) add_group(*body);
        plan_.body_end = plan_.rows.size();
        if (foot) add_group(*foot);
        if (plan_.columns.size() < most_) plan_.columns.resize(most_);
        if (table.style->direction == css::Direction::rtl) mirror();
        fill_slots();
    }

private:
    void add_columns(Box const& column, Box const* group) {
        for (std::uint32_t i = 0; i < std::max(1U, span_attribute(column, "span", 1, 1000)); ++i) {
            plan_.columns.emplace_back();
            plan_.columns.back().box = &column;
            plan_.columns.back().group = group;
        }
    }
    void add_column_group(Box const& group) {
        std::size_t const before = plan_.columns.size();
        for (Box const* column = group.first; column; column = column->next) {
            if (column->kind == BoxKind::column) add_columns(*column, &group);
        }
        if (plan_.columns.size() == before) add_columns(group, &group);
    }

    void add_group(Box const& group) {
        busy_.clear();
        std::size_t const first = plan_.rows.size();
        for (Box const* row = group.first; row; row = row->next) {
            if (row->kind == BoxKind::row && row->in_flow() && row->style->visibility != css::Visibility::collapse) {
                add_row(*row, group);
            }
        }
        for (std::size_t r = first; r < plan_.rows.size(); ++r) { // spans end with their group
            for (std::uint32_t c = plan_.rows[r].first_cell; c < plan_.rows[r].end_cell; ++c) {
                TablePlan::Cell& cell = plan_.cells[c];
                auto const left = static_cast<std::uint32_t>(plan_.rows.size() - r);
                cell.rows = cell.rows == 0 ? left : std::min(cell.rows, left);
            }
        }
    }

    void add_row(Box const& box, Box const& group) {
        auto const row = static_cast<std::uint32_t>(plan_.rows.size());
        plan_.rows.push_back({&box, &group, static_cast<std::uint32_t>(plan_.cells.size()), 0, false, false});
        std::size_t column = 0;
        for (Box const* cell = box.first; cell; cell = cell->next) {
            if (cell->kind != BoxKind::cell || !cell->in_flow()) continue;
            while (column < busy_.size() && busy_[column] > 0) ++column;
            std::uint32_t const columns = std::max(1U, span_attribute(*cell, "colspan", 1, 1000));
            std::uint32_t const rows = span_attribute(*cell, "rowspan", 1, 65534); // 0 = to the end of the group
            plan_.cells.push_back({cell, row, static_cast<std::uint32_t>(column), rows, columns});
            if (busy_.size() < column + columns) busy_.resize(column + columns);
            for (std::size_t c = column; c < column + columns; ++c) busy_[c] = rows == 0 ? 65535 : rows;
            column += columns;
        }
        plan_.rows.back().end_cell = static_cast<std::uint32_t>(plan_.cells.size());
        most_ = std::max(most_, busy_.size());
        for (std::uint32_t& left : busy_) left -= left > 0 ? 1 : 0;
    }

    /// The first column stands on the right: from here on columns count in the order they are seen.
    void mirror() {
        std::reverse(plan_.columns.begin(), plan_.columns.end());
        auto const count = static_cast<std::uint32_t>(plan_.columns.size());
        for (TablePlan::Cell& cell : plan_.cells) cell.column = count - cell.column - cell.columns;
    }

    void fill_slots() {
        std::size_t const columns = plan_.columns.size();
        plan_.slots.assign(plan_.rows.size() * columns, TablePlan::none);
        for (std::size_t i = 0; i < plan_.cells.size(); ++i) {
            TablePlan::Cell& cell = plan_.cells[i];
            cell.rows = std::max(1U, cell.rows);
            for (std::size_t r = cell.row; r < cell.row + cell.rows; ++r) {
                if (r > cell.row) plan_.rows[r].spanned = true;
                for (std::size_t c = cell.column; c < cell.column + cell.columns; ++c) {
                    std::uint32_t& slot = plan_.slots[r * columns + c];
                    if (slot == TablePlan::none) slot = static_cast<std::uint32_t>(i);
                }
            }
        }
    }

    TablePlan& plan_;
    std::vector<std::uint32_t> busy_; // by column: rows still taken by a cell from above
    std::size_t most_ = 0;
};

/// Rows that may be left out on some pieces, and what cannot be done about it.
void check_variants(Context& context, TablePlan& plan) {
    auto say = [&](Box const& box, char const* what) {
        context.source.diagnostics.warning("unsupported-value", what, context.position(box));
    };
    for (std::size_t r = 0; r < plan.rows.size(); ++r) {
        TablePlan::Row const& row = plan.rows[r];
        css::ShowOn const on = row.box->style->show_on;
        plan.varies = plan.varies || row.box->varies;
        if (on == css::ShowOn::auto_) continue;
        bool const head = r < plan.head_end, foot = r >= plan.body_end;
        if (!head && !foot) {
            say(*row.box, "-deckle-show-on of a row works in the table's header and footer; this row is always shown");
        } else if (head && (on == css::ShowOn::last || on == css::ShowOn::not_last)) {
            say(*row.box, "a header does not know yet whether its page is the table's last; the row is always shown");
        } else {
            plan.varies = true;
        }
    }
    for (auto const* list : {&plan.captions_top, &plan.captions_bottom}) {
        for (Box const* caption : *list) {
            css::ShowOn const on = caption->style->show_on;
            plan.varies = plan.varies || caption->varies || on != css::ShowOn::auto_;
            if (list == &plan.captions_top && (on == css::ShowOn::last || on == css::ShowOn::not_last)) {
                say(*caption, "a caption above does not know yet whether its page is the table's last; it is shown");
            }
        }
    }
    for (TablePlan::Cell const& cell : plan.cells) {
        for (std::uint32_t r = cell.row; plan.varies && cell.rows > 1 && r < cell.row + cell.rows; ++r) {
            if (plan.rows[r].box->style->show_on == css::ShowOn::auto_) continue;
            if (r >= plan.head_end && r < plan.body_end) continue;
            plan.rows[r].always = true;
            say(*plan.rows[r].box, "a row that a cell spans cannot be left out; it is always shown");
        }
    }
}

} // namespace

bool shows_on(css::ShowOn value, bool first, bool last) {
    switch (value) {
    case css::ShowOn::first:
        return first;
    case css::ShowOn::continued:
        return !first;
    case css::ShowOn::last:
        return last;
    case css::ShowOn::not_last:
        return !last;
    default:
        return true;
    }
}

bool TablePlan::shows(std::size_t row, bool first, bool last) const {
    if (!varies || (row >= head_end && row < body_end) || rows[row].always) return true;
    css::ShowOn const on = rows[row].box->style->show_on;
    if (row < head_end && (on == css::ShowOn::last || on == css::ShowOn::not_last)) return true;
    return shows_on(on, first, last);
}

double TablePlan::cell_width(Cell const& cell) const {
    Column const& last = columns[cell.column + cell.columns - 1];
    return last.left + last.width - columns[cell.column].left;
}

double TablePlan::around() const {
    return border.horizontal() + padding.horizontal() + spacing_x * static_cast<double>(columns.size() + 1);
}

TablePlan& table_plan(Context& context, Box const& table) {
    std::unique_ptr<TablePlan>& slot = context.tables[&table];
    if (slot) return *slot;
    slot = std::make_unique<TablePlan>();
    TablePlan& plan = *slot;
    plan.table = &table;
    plan.collapsed = table.style->border_collapse;
    GridBuilder(plan).build();
    check_variants(context, plan);
    Edges const edges = edges_of(table, 0);
    if (plan.collapsed) {
        std::size_t const columns = plan.columns.size(), rows = plan.rows.size();
        for (std::size_t c = 0; c < columns && rows > 0; ++c) {
            plan.border.top = std::max(plan.border.top, plan.horizontal_edge(TablePlan::none, 0, c).width / 2);
            plan.border.bottom =
                std::max(plan.border.bottom, plan.horizontal_edge(rows - 1, TablePlan::none, c).width / 2);
        }
        if (columns > 0 && rows > 0) {
            plan.border.left = plan.vertical_edge(0, 0).width / 2;
            plan.border.right = plan.vertical_edge(0, columns).width / 2;
        }
    } else {
        plan.border = edges.border;
        plan.padding = edges.padding;
        plan.spacing_x = table.style->border_spacing_x;
        plan.spacing_y = table.style->border_spacing_y;
    }
    return plan;
}

} // namespace deckle::layout
