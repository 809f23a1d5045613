/// One row of cells, laid out and placed.
#pragma once
#include "layout/table.hpp"

namespace deckle::layout {

/// The cells that begin in a row, or go on in it after a page break.
struct RowLaid {
    struct Part {
        std::uint32_t cell = 0;
        Laid laid;
    };
    std::vector<Part> parts;
    double height = 0, baseline = 0;
    bool split = false;  // a cell goes on on the next page
    bool nothing = true; // no cell placed anything
};

/// Room for a row of cells and where they go on.
struct RowSpace {
    double room = unlimited;
    double page = unlimited;
    bool top = false;
    Token const* resumed = nullptr; // of the table, when this row was split
};

[[nodiscard]] RowLaid lay_row(Context& context, TablePlan const& plan, std::size_t row, RowSpace const& space);
[[nodiscard]] Laid lay_cell(Context& context, TablePlan const& plan, std::uint32_t cell, RowSpace const& space,
                            Token const* token);
/// Gives the cell's fragment its final height and moves its content by vertical-align.
void settle_cell(TablePlan const& plan, std::uint32_t cell, Laid& laid, double height, double row_baseline, bool whole);
/// The token of a cell in a table's token; nullptr when it is finished or begins anew.
[[nodiscard]] Token const* part_of(Token const& token, std::uint32_t cell, bool& known);

/// Rows of the header or footer, laid out for one piece of the table.
struct FixedRows {
    std::vector<std::pair<std::size_t, RowLaid>> rows;
    double height = 0; // with the spacing after each
};
/// The piece is the table's first, or (taken for) its last.
struct PieceSide {
    bool first = true, last = true;
};
/// Those of the rows from `begin` to `end` that stand on the piece.
[[nodiscard]] FixedRows lay_fixed(Context& context, TablePlan const& plan, std::size_t begin, std::size_t end,
                                  PieceSide piece);

/// What `height` and `min-height` of the table ask for, without its borders and padding; percentages of `base`.
[[nodiscard]] double least_height(TablePlan const& plan, std::optional<double> base);
/// Shares what the least height adds among the body rows: TablePlan::stretch.
// https://www.w3.org/TR/css-tables-3/#height-distribution
void stretch_rows(Context& context, TablePlan& plan, std::optional<double> base);

} // namespace deckle::layout
