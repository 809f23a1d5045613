// The box tree as text.
#include "base/text.hpp"
#include "layout/box.hpp"
#include <fmt/format.h>

namespace deckle::layout {
namespace {

char const* name_of(Box const& box) {
    switch (box.kind) {
    case BoxKind::block:
        return box.level == Level::inline_ ? "inline-block" : "block";
    case BoxKind::flex:
        return "flex";
    case BoxKind::table:
        return "table";
    case BoxKind::row_group:
        return "row-group";
    case BoxKind::row:
        return "row";
    case BoxKind::cell:
        return "cell";
    case BoxKind::column_group:
        return "column-group";
    case BoxKind::column:
        return "column";
    case BoxKind::caption:
        return "caption";
    case BoxKind::replaced:
        return "replaced";
    case BoxKind::inline_box:
        return "inline";
    case BoxKind::text:
        return "text";
    case BoxKind::line_break:
        return "line-break";
    }
    return "";
}

char const* placement_of(Box const& box) {
    switch (box.placement) {
    case Placement::flow:
        return "";
    case Placement::floating:
        return " floating";
    case Placement::absolute:
        return " absolute";
    case Placement::fixed:
        return " fixed";
    case Placement::running:
        return " running";
    }
    return "";
}

class Dump {
public:
    void box(Box const& box, int depth, css::ComputedStyle const& base) {
        out.append(static_cast<std::size_t>(depth) * 2, ' ');
        out += name_of(box);
        out += placement_of(box);
        if (box.kind == BoxKind::text) {
            (out += " ") += in_quotes(box.text);
        } else if (box.anonymous) {
            out += " anonymous";
        } else if (box.element) {
            out += fmt::format(" <{}{}> {}:{}", box.element->name, box.pseudo ? "::" : "", box.element->line,
                               box.element->column);
        }
        if (box.continues) out += " continues";
        if (box.style != &base) {
            if (std::string const style = css::dump(*box.style, base); !style.empty()) out += " {" + style + "}";
        }
        out += '\n';
        if (box.marker) this->box(*box.marker, depth + 1, *box.style);
        for (Box const* child = box.first; child; child = child->next) this->box(*child, depth + 1, *box.style);
    }

    std::string out;
};

} // namespace

std::string dump(BoxTree const& tree) {
    Dump dump;
    static css::ComputedStyle const initial;
    if (tree.root) dump.box(*tree.root, 0, initial);
    return std::move(dump.out);
}

} // namespace deckle::layout
