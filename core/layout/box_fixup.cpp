// Anonymous boxes: what makes a filled box well-formed.
// https://www.w3.org/TR/CSS22/visuren.html#anonymous-block-level
// https://www.w3.org/TR/CSS22/tables.html#anonymous-boxes
#include "layout/box_builder.hpp"
#include "layout/layout.hpp"

namespace deckle::layout {
namespace {

using css::BreakKind;
using css::Display;

bool keeps_newlines(css::WhiteSpace space) {
    return space == css::WhiteSpace::pre || space == css::WhiteSpace::pre_wrap ||
           space == css::WhiteSpace::break_spaces;
}

bool blank(Box const& box) {
    if (box.kind == BoxKind::text) return is_collapsible_space(box);
    if (box.kind == BoxKind::inline_box) return box.continues && !box.first;
    return false;
}

bool is_block_level(Box const& box) {
    return box.in_flow() && box.level != Level::inline_;
}
bool is_inline_flow(Box const& box) {
    return box.in_flow() && box.level == Level::inline_;
}

bool forced(BreakKind kind) {
    return kind != BreakKind::auto_ && kind != BreakKind::avoid && kind != BreakKind::avoid_page &&
           kind != BreakKind::avoid_column && kind != BreakKind::column;
}
bool avoids(BreakKind kind) {
    return kind == BreakKind::avoid || kind == BreakKind::avoid_page;
}

BreakKind stronger(BreakKind a, BreakKind b) {
    if (forced(a)) return a;
    if (forced(b)) return b;
    return avoids(a) ? a : b;
}

/// Takes the children off the box, as a list.
std::vector<Box*> detach(Box& box) {
    std::vector<Box*> list;
    for (Box* child = box.first; child; child = child->next) list.push_back(child);
    box.first = box.last = nullptr;
    return list;
}

Box const* edge_child(Box const& box, bool front) {
    Box const* found = nullptr;
    for (Box const* child = box.first; child; child = child->next) {
        if (!child->in_flow() || child->kind == BoxKind::column || child->kind == BoxKind::column_group) continue;
        found = child;
        if (front) break;
    }
    return found;
}

bool zero(css::Length const& length) {
    return !length.is_value() || (length.points == 0 && length.percent == 0);
}

} // namespace

bool is_collapsible_space(Box const& box) {
    return box.kind == BoxKind::text && !box.leader && !keeps_newlines(box.style->white_space) &&
           box.text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

bool makes_line(Box const& box) {
    for (Box const* child = box.first; child; child = child->next) {
        if (!child->in_flow()) continue;
        switch (child->kind) {
        case BoxKind::text:
            if (!is_collapsible_space(*child)) return true;
            break;
        case BoxKind::inline_box: {
            css::ComputedStyle const& style = *child->style;
            if (!zero(style.padding.left) || !zero(style.padding.right) || !zero(style.margin.left) ||
                !zero(style.margin.right) || style.border.left.width > 0 || style.border.right.width > 0 ||
                makes_line(*child)) {
                return true;
            }
            break;
        }
        default:
            return true;
        }
    }
    return false;
}

Box* BoxBuilder::anonymous(BoxKind kind, Display display, Box const& parent) {
    Box* box = tree_.make(kind, tree_.anonymous_style(*parent.style, display));
    box->anonymous = true;
    box->level = kind == BoxKind::block || kind == BoxKind::table ? Level::block : Level::internal;
    box->own_context = kind == BoxKind::cell || kind == BoxKind::table;
    box->decoration = parent.decoration;
    return box;
}

void BoxBuilder::finish(Box& box) {
    switch (box.kind) {
    case BoxKind::block:
    case BoxKind::cell:
    case BoxKind::caption:
        finish_block(box);
        break;
    case BoxKind::flex:
        finish_flex(box);
        break;
    case BoxKind::table:
        finish_table(box);
        break;
    default:
        break; // rows and groups are finished with their table
    }
    propagate(box);
}

void BoxBuilder::wrap_stray_table_parts(Box& box) {
    bool any = false;
    for (Box* child = box.first; child && !any; child = child->next)
        any = child->in_flow() && child->level == Level::internal;
    if (!any) return;
    Box* table = nullptr;
    std::vector<Box*> spaces;
    for (Box* child : detach(box)) {
        if (child->in_flow() && child->level == Level::internal) {
            if (!table) {
                table = anonymous(BoxKind::table, Display::table, box);
                BoxTree::append(box, *table);
            }
            BoxTree::append(*table, *child);
            spaces.clear();
        } else if (table && blank(*child)) {
            spaces.push_back(child);
        } else {
            if (table) {
                finish(*table);
                for (Box* space : spaces) BoxTree::append(box, *space);
                spaces.clear();
            }
            table = nullptr;
            BoxTree::append(box, *child);
        }
    }
    if (table) finish(*table);
}

void BoxBuilder::finish_block(Box& box) {
    wrap_stray_table_parts(box);
    bool blocks = false, inlines = false;
    for (Box const* child = box.first; child; child = child->next) {
        blocks = blocks || is_block_level(*child);
        inlines = inlines || is_inline_flow(*child);
    }
    if (!blocks) {
        box.inline_children = inlines;
        return;
    }
    if (!inlines) return;
    Box* wrapper = nullptr;
    for (Box* child : detach(box)) {
        if (is_block_level(*child)) {
            if (wrapper) propagate(*wrapper);
            wrapper = nullptr;
            BoxTree::append(box, *child);
        } else if (wrapper) {
            BoxTree::append(*wrapper, *child);
        } else if (is_inline_flow(*child)) {
            if (blank(*child)) continue;
            wrapper = anonymous(BoxKind::block, Display::block, box);
            wrapper->inline_children = true;
            BoxTree::append(box, *wrapper);
            BoxTree::append(*wrapper, *child);
        } else {
            BoxTree::append(box, *child);
        }
    }
    if (wrapper) propagate(*wrapper);
}

void BoxBuilder::finish_flex(Box& box) {
    wrap_stray_table_parts(box);
    Box* wrapper = nullptr;
    auto close = [&] {
        if (!wrapper) return;
        finish(*wrapper);
        wrapper = nullptr;
    };
    for (Box* child : detach(box)) {
        if (child->placement == Placement::floating) child->placement = Placement::flow; // float says nothing here
        bool const runs =
            child->kind == BoxKind::text || child->kind == BoxKind::inline_box || child->kind == BoxKind::line_break;
        if (!child->in_flow() || !runs) {
            close();
            if (child->in_flow()) {
                child->level = Level::block;
                child->own_context = true;
            }
            BoxTree::append(box, *child);
        } else if (wrapper || !blank(*child)) {
            if (!wrapper) {
                wrapper = anonymous(BoxKind::block, Display::block, box);
                wrapper->own_context = true;
                BoxTree::append(box, *wrapper);
            }
            BoxTree::append(*wrapper, *child);
        }
    }
    close();
}

void BoxBuilder::finish_table(Box& table) {
    // Wraps runs of children that may not stand in `parent` into an anonymous box made by `wrap`.
    auto arrange = [&](Box& parent, auto&& proper, BoxKind kind, Display display) {
        Box* wrapper = nullptr;
        for (Box* child : detach(parent)) {
            if (!child->in_flow() || proper(*child)) {
                wrapper = nullptr;
                BoxTree::append(parent, *child);
            } else if (wrapper || !blank(*child)) {
                if (!wrapper) {
                    wrapper = anonymous(kind, display, parent);
                    BoxTree::append(parent, *wrapper);
                }
                BoxTree::append(*wrapper, *child);
            }
        }
    };
    arrange(
        table,
        [](Box const& child) {
            return child.kind == BoxKind::row_group || child.kind == BoxKind::caption ||
                   child.kind == BoxKind::column || child.kind == BoxKind::column_group;
        },
        BoxKind::row_group, Display::table_row_group);
    for (Box* group = table.first; group; group = group->next) {
        if (group->kind != BoxKind::row_group) continue;
        arrange(
            *group, [](Box const& child) { return child.kind == BoxKind::row; }, BoxKind::row, Display::table_row);
        for (Box* row = group->first; row; row = row->next) {
            if (row->kind != BoxKind::row) continue;
            arrange(
                *row, [](Box const& child) { return child.kind == BoxKind::cell; }, BoxKind::cell, Display::table_cell);
            for (Box* cell = row->first; cell; cell = cell->next) {
                if (cell->anonymous && cell->kind == BoxKind::cell) finish(*cell);
            }
            propagate(*row);
        }
        propagate(*group);
    }
}

void BoxBuilder::propagate(Box& box) {
    bool const own_height = box.style->height.is_value() && !zero(box.style->height);
    if (box.kind == BoxKind::block && !box.own_context && box.in_flow()) {
        bool empty = !box.marker && !own_height && zero(box.style->min_height) && box.style->border.top.width == 0 &&
                     box.style->border.bottom.width == 0 && zero(box.style->padding.top) &&
                     zero(box.style->padding.bottom);
        if (box.inline_children) {
            empty = empty && !makes_line(box);
        } else {
            for (Box const* child = box.first; child && empty; child = child->next) {
                empty = !child->in_flow() || child->collapses;
            }
        }
        box.collapses = empty;
    }
    if (box.inline_children || box.kind == BoxKind::row || box.kind == BoxKind::cell ||
        (box.kind == BoxKind::flex && box.style->flex_direction != css::FlexDirection::column)) {
        return;
    }
    if (Box const* first = edge_child(box, true)) {
        box.break_before = stronger(box.break_before, first->break_before);
        box.page_first = first->page_first;
    }
    if (Box const* last = edge_child(box, false)) {
        box.break_after = stronger(box.break_after, last->break_after);
        box.page_last = last->page_last;
    }
}

} // namespace deckle::layout
