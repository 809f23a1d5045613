/// A table's grid, its column widths and its collapsed borders: everything that is settled before the first row is
/// placed. Row and column numbers count from 0 in the order they are shown: header rows, body rows, footer rows.
// https://www.w3.org/TR/CSS22/tables.html
#pragma once
#include "layout/context.hpp"
#include "layout/flow.hpp"
#include <cstdint>
#include <memory>
#include <vector>

namespace deckle::layout {

struct TablePlan {
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct Cell {
        Box const* box = nullptr;
        std::uint32_t row = 0, column = 0;
        std::uint32_t rows = 1, columns = 1; // spans, cut at the end of the row group and of the table
    };
    struct Row {
        Box const* box = nullptr;
        Box const* group = nullptr;
        std::uint32_t first_cell = 0, end_cell = 0;
        bool spanned = false; // a cell from above goes on in it: no good place for a break
        bool always = false;  // shown on every piece, whatever -deckle-show-on says
    };
    struct Column {
        Box const* box = nullptr; // <col>
        Box const* group = nullptr;
        double min = 0, max = 0;
        double percent = 0;         // of the table, 0 = none
        bool specified = false;     // `max` is a given width
        double left = 0, width = 0; // from the grid's left border edge
    };

    Box const* table = nullptr;
    std::vector<Box const*> captions_top, captions_bottom;
    std::vector<Row> rows;
    std::size_t head_end = 0, body_end = 0; // rows before head_end are the header, from body_end on the footer
    std::vector<Cell> cells;
    std::vector<Column> columns;
    std::vector<std::uint32_t> slots; // row * columns + column -> cell, or none
    bool collapsed = false;
    double spacing_x = 0, spacing_y = 0; // 0 when collapsed
    Insets border, padding;              // of the grid; half the outer borders when collapsed
    bool measured = false;
    bool varies = false;         // header, footer or captions differ between the pieces of the table
    bool ordinary = false;       // header and footer are too high to repeat: their rows are rows like any other
    std::vector<double> stretch; // by row, for `height` of the table; empty: none
    bool finished = false;       // placed to its end: may be forgotten when the page is
    double placed_for = -1;      // grid width the columns were placed for
    mutable std::vector<std::unique_ptr<Aligned>> aligned; // by column; empty until a cell asks

    [[nodiscard]] std::uint32_t cell_at(std::size_t row, std::size_t column) const {
        return slots[row * columns.size() + column];
    }
    /// Width of a cell's border box.
    [[nodiscard]] double cell_width(Cell const& cell) const;
    /// Frame and spacing around the columns.
    [[nodiscard]] double around() const;
    /// A row of the header or footer, or a caption, stands on a piece of the table; body rows always do.
    [[nodiscard]] bool shows(std::size_t row, bool first, bool last) const;

    // table_borders.cpp; `none` for the outside of the table.
    [[nodiscard]] css::Border horizontal_edge(std::size_t upper, std::size_t lower, std::size_t column) const;
    [[nodiscard]] css::Border vertical_edge(std::size_t row, std::size_t column) const; // left of `column`
    /// Half of the collapsed edges around a cell.
    [[nodiscard]] Insets cell_border(Cell const& cell) const;
};

/// What `-deckle-show-on` says for a piece of a table.
[[nodiscard]] bool shows_on(css::ShowOn value, bool first, bool last);

/// A row as it stands on a page, in the grid.
struct ShownRow {
    std::size_t row = 0;
    double y = 0, height = 0;
};
/// The collapsed borders of a piece; equal neighbours in a line become one. `above` and `below` are the rows that would
/// stand at its edges if there were no page break, or TablePlan::none.
[[nodiscard]] std::vector<CollapsedEdge> piece_edges(TablePlan const& plan, std::vector<ShownRow> const& shown,
                                                     std::size_t above, std::size_t below);

/// The plan of a table, made when first asked for.
[[nodiscard]] TablePlan& table_plan(Context& context, Box const& table);
/// Fills min, max, percent and specified of the columns. Measures every cell of an auto layout.
void measure_columns(Context& context, TablePlan& plan);
/// The alignment of a column with cells of text-align: "."; measures all of them when first asked.
[[nodiscard]] Aligned const& column_alignment(Context& context, TablePlan const& plan, std::uint32_t column);
/// Grid widths (border box): the least, and with no line wrapped.
[[nodiscard]] Widths grid_widths(TablePlan const& plan);
/// The width of the grid's border box in `space`; fills `margin`, auto margins resolved.
[[nodiscard]] double table_width(Context& context, TablePlan& plan, Space const& space, Insets& margin);
/// Gives the columns left and width in a grid of this border box width.
// https://www.w3.org/TR/css-tables-3/#distributing-width-to-columns
void place_columns(Context& context, TablePlan& plan, double width);

} // namespace deckle::layout
