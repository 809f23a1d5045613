#include "layout/explain.hpp"
#include "layout/table.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::layout {
namespace {

std::string name_of(Box const& box) {
    Box const* at = &box;
    while (at && !at->element) at = at->parent;
    return at ? fmt::format("<{}>", at->element->name) : "the text";
}

std::string with_line(Context& context, Box const& box) {
    return fmt::format("{} at line {}", name_of(box), context.position(box).line);
}

/// Where a page ends: before a box, or inside it.
struct Place {
    Box const* box = nullptr;
    bool inside = false;
};

Place place_of(Context& context, Box const& root, Token const& token) {
    Place place{&root, true};
    for (Token const* at = &token; at;) {
        if (place.box->kind == BoxKind::table) {
            TablePlan const& plan = table_plan(context, *place.box);
            if (at->index >= plan.rows.size()) return place;
            return {plan.rows[at->index].box, at->forced}; // there: the row was begun
        }
        if (!at->child) return place;
        place = {at->child, at->inner != nullptr};
        at = at->inner.get();
    }
    return place;
}

std::string words(Context& context, BreakTrace::Note const& note) {
    using Why = BreakTrace::Why;
    std::string const box = with_line(context, *note.box);
    switch (note.why) {
    case Why::kept_with_next:
        return box + " is kept with what follows (break-after: avoid)";
    case Why::kept_with_previous:
        return box + " is kept with what comes before (break-before: avoid)";
    case Why::kept_inside:
        return box + " is kept whole (break-inside: avoid)";
    case Why::orphans:
        return box + fmt::format(" keeps {} lines before and {} after a break", note.box->style->orphans,
                                 note.box->style->widows);
    case Why::rows_alone:
        return box + fmt::format(" keeps {} rows before and {} after a break", note.box->style->orphans,
                                 note.box->style->widows);
    case Why::spanned:
        break;
    }
    return "a cell reaches over the row " + box;
}

/// ", rule at theme.css:12", unless it is in the element's own style attribute.
std::string rule_of(Context& context, Box const& box, std::string_view property) {
    if (!box.element) return "";
    css::Cascade const& cascade = context.source.cascade;
    auto at = cascade.declared_at(*box.element, property);
    if (!at && property.starts_with("break")) at = cascade.declared_at(*box.element, "page-" + std::string(property));
    return at ? fmt::format(", rule at {}:{}", at->file, at->line) : "";
}

std::string forced(Context& context, Laid const& laid, BreakTrace const& trace) {
    if (!trace.forced_by) return "a break is asked for";
    if (trace.forced_how == "page") {
        std::string const name = laid.page_name.empty() ? "auto" : std::string(laid.page_name);
        return fmt::format("{} wants other pages (page: {}{})", with_line(context, *trace.forced_by), name,
                           rule_of(context, *trace.forced_by, "page"));
    }
    return fmt::format("{} asks for it ({}{})", with_line(context, *trace.forced_by), trace.forced_how,
                       rule_of(context, *trace.forced_by, trace.forced_how));
}

} // namespace

void BreakTrace::note(Why why, Box const& box) {
    Note const made{why, &box};
    if (std::find(notes.begin(), notes.end(), made) == notes.end()) notes.push_back(made);
}

Box const& break_origin(Box const& box, bool front) {
    Box const* at = &box;
    for (;;) {
        if (is_forced(front ? at->style->break_before : at->style->break_after)) return *at;
        Box const* next = nullptr;
        for (Box const* child = at->first; child && !(front && next); child = child->next) {
            if (child->in_flow() && is_forced(front ? child->break_before : child->break_after)) next = child;
        }
        if (!next) return *at;
        at = next;
    }
}

std::string explain_break(Context& context, Box const& root, Laid const& laid, BreakTrace const& trace) {
    Place const place = place_of(context, root, *laid.token);
    Position const position = context.position(*place.box);
    std::string text = fmt::format("ends {} {} at {}:{}: ", place.inside ? "inside" : "before", name_of(*place.box),
                                   position.file, position.line);
    if (laid.forced) return text + forced(context, laid, trace);
    bool const same = trace.lacking == place.box;
    if (!trace.lacking) {
        text += "the rest does not fit";
    } else {
        text += same ? "it does not fit" : with_line(context, *trace.lacking) + " does not fit";
        if (trace.missing > 0) text += fmt::format(", {:.1f}pt are missing", trace.missing);
    }
    for (BreakTrace::Note const& note : trace.notes) text += "; " + words(context, note);
    if (laid.quality < Quality::perfect) text += "; there is no better place on this page";
    return text;
}

} // namespace deckle::layout
