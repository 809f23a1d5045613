/// Where a table may end a page between two rows.
#pragma once
#include "layout/explain.hpp"
#include "layout/table.hpp"

namespace deckle::layout {

/// How good a break before a row is, and for whose sake it is no better.
struct RowBreak {
    Quality quality = Quality::perfect;
    BreakTrace::Why why = BreakTrace::Why::rows_alone;
    Box const* box = nullptr; // null: nothing speaks against it
};
/// REQUIRES: `row` > 0.
// Rows that stand together: https://www.w3.org/TR/css-break-3/#widows-orphans for rows instead of lines.
[[nodiscard]] RowBreak break_before(TablePlan const& plan, std::size_t row);

/// A forced break before a row, and who asks for it; `by` null: nobody.
struct RowForce {
    css::BreakKind kind = css::BreakKind::auto_;
    Box const* by = nullptr;
    char const* how = "";
};
/// REQUIRES: `row` > 0.
[[nodiscard]] RowForce forced_before(TablePlan const& plan, std::size_t row);

} // namespace deckle::layout
