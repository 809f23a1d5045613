#include "layout/table_breaks.hpp"
#include <algorithm>

namespace deckle::layout {

RowBreak break_before(TablePlan const& plan, std::size_t row) {
    using Why = BreakTrace::Why;
    TablePlan::Row const& before = plan.rows[row - 1];
    TablePlan::Row const& after = plan.rows[row];
    Box const* const group = after.group;
    bool const new_group = before.group != group;
    if (is_avoided(before.box->break_after)) return {Quality::avoided, Why::kept_with_next, before.box};
    if (is_avoided(after.box->break_before)) return {Quality::avoided, Why::kept_with_previous, after.box};
    if (after.spanned) return {Quality::avoided, Why::spanned, after.box};
    if (new_group) {
        if (is_avoided(before.group->break_after)) return {Quality::avoided, Why::kept_with_next, before.group};
        if (is_avoided(group->break_before)) return {Quality::avoided, Why::kept_with_previous, group};
    } else if (is_avoided(group->style->break_inside)) {
        return {Quality::avoided, Why::kept_inside, group};
    }
    auto at_least = [](int value) { return static_cast<std::size_t>(std::max(1, value)); };
    std::size_t const begin = plan.head_end, end = plan.body_end;
    css::ComputedStyle const& table = *plan.table->style;
    if (row < begin + at_least(table.orphans) || row + at_least(table.widows) > end)
        return {Quality::lines_alone, Why::rows_alone, plan.table};
    if (new_group) return {};
    std::size_t const above = at_least(group->style->orphans), below = at_least(group->style->widows);
    bool const enough = row >= begin + above && plan.rows[row - above].group == group && row + below <= end &&
                        plan.rows[row + below - 1].group == group;
    return enough ? RowBreak{} : RowBreak{Quality::lines_alone, Why::rows_alone, group};
}

RowForce forced_before(TablePlan const& plan, std::size_t row) {
    TablePlan::Row const& before = plan.rows[row - 1];
    TablePlan::Row const& after = plan.rows[row];
    auto ask = [](Box const* box, bool front) {
        css::BreakKind const kind = front ? box->style->break_before : box->style->break_after;
        return is_forced(kind) ? RowForce{kind, box, front ? "break-before" : "break-after"} : RowForce{};
    };
    RowForce force = ask(after.box, true);
    if (!force.by) force = ask(before.box, false);
    if (before.group == after.group) return force;
    if (!force.by) force = ask(after.group, true);
    if (!force.by) force = ask(before.group, false);
    return force;
}

} // namespace deckle::layout
