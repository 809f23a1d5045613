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

} // namespace deckle::layout
