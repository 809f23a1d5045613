#include "layout/structure_tree.hpp"
#include <algorithm>
#include <charconv>
#include <utility>

namespace deckle::layout {
namespace {

using html::Element;
using html::Tag;

bool is(Element const& element, std::string_view name, std::string_view value) {
    return element.attribute(name) == value;
}
bool presentational(Element const& element) {
    auto const role = element.attribute("role");
    return role == "presentation" || role == "none";
}

unsigned span_of(Element const& element, std::string_view name) {
    auto const value = element.attribute(name);
    unsigned number = 1;
    if (value) (void)std::from_chars(value->data(), value->data() + value->size(), number);
    return std::clamp(number, 1U, 65'535U);
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> list;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \t\r\n\f", at)) != std::string_view::npos;) {
        std::size_t const end = std::min(text.find_first_of(" \t\r\n\f", at), text.size());
        list.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return list;
}

std::string one_space(std::string_view text) {
    std::string joined;
    for (std::string const& word : words(text)) joined += (joined.empty() ? "" : " ") + word;
    return joined;
}

/// What leads a reader around, found below a <nav>.
struct Navigation {
    std::size_t inner_links = 0, other_links = 0;
    bool list = false, table = false;
};
void look(Element const& element, Navigation& found) {
    for (Element const* child = element.first_element(); child; child = child->next_element()) {
        if (child->tag == Tag::a) {
            if (auto const href = child->attribute("href"))
                ++(href->starts_with('#') ? found.inner_links : found.other_links);
        }
        found.list = found.list || child->tag == Tag::ul || child->tag == Tag::ol;
        found.table = found.table || child->tag == Tag::table;
        look(*child, found);
    }
}

std::size_t pictures_below(Element const& element) {
    std::size_t count = 0;
    for (Element const* child = element.first_element(); child; child = child->next_element()) {
        if (child->tag == Tag::img || child->tag == Tag::svg) {
            ++count;
        } else {
            count += pictures_below(*child) + (child->tag == Tag::table ? 2 : 0);
        }
    }
    return count;
}

/// Text may stand in it directly.
bool holds_text(Role role) {
    switch (role) {
    case Role::none:
    case Role::document:
    case Role::section:
    case Role::article:
    case Role::division:
    case Role::block_quote:
    case Role::contents:
    case Role::list:
    case Role::list_item:
    case Role::table:
    case Role::table_head:
    case Role::table_body:
    case Role::table_foot:
    case Role::row:
    case Role::figure:
        return false;
    default:
        return true;
    }
}
/// Stands within a line of text.
bool is_phrase(Role role) {
    return role == Role::span || role == Role::quote || role == Role::code || role == Role::link;
}
/// Text and phrases only: no paragraph in it.
bool holds_no_blocks(Role role) {
    return is_phrase(role) || role == Role::paragraph || role == Role::label ||
           (role >= Role::heading_1 && role <= Role::heading_6);
}

class Builder {
public:
    explicit Builder(BoxSource const& source) : source_(source) {}

    Structure build(BoxTree const& tree) {
        Place place;
        place.language = language_of(source_.document.root());
        place.node = add(0, Role::document);
        place.role = Role::document;
        visit(*tree.root, place);
        return std::move(structure_);
    }

private:
    /// Where a box stands in the structure.
    struct Place {
        NodeId node = 0;
        Role role = Role::none; // of `node`
        bool text = false;      // inside a paragraph
        bool table = false;     // a table that means one
        bool contents = false;  // in a list of contents
        NodeId figure = 0;      // the figure around, of one picture
        std::string_view language;
    };
    /// The item of a <dl> that is open.
    struct Term {
        NodeId item = 0;
        bool has_body = false;
    };

    static std::string_view language_of(Element const& element) { return element.attribute("lang").value_or(""); }

    NodeId add(NodeId parent, Role role, Scope scope = Scope::none) {
        structure_.nodes.push_back({parent, role, scope});
        return static_cast<NodeId>(structure_.nodes.size() - 1);
    }
    StructureDetails& details(NodeId node) { return structure_.details[node]; }

    void enter(Place& place, Role role, Scope scope = Scope::none) {
        place.node = add(place.node, role, scope);
        place.role = role;
        place.text = holds_no_blocks(role);
    }

    void visit(Box const& box, Place place);
    void inside(Box const& box, Place const& place);
    void picture(Box const& box, Place const& place);
    void list_item(Box const& box, Place& place);
    void term(Box const& box, Place& place);
    void cell(Box const& box, Place& place);
    Role table_role(Box const& box, Place const& place) const;
    Role role_of(Box const& box, Place& place) const;
    Role block_role(Element const& element, Place& place) const;

    BoxSource const& source_;
    Structure structure_;
    std::map<NodeId, Term> terms_;
};

Role Builder::table_role(Box const& box, Place const& place) const {
    if (!place.table) return Role::none;
    switch (box.kind) {
    case BoxKind::row_group:
        return box.style->display == css::Display::table_header_group   ? Role::table_head
               : box.style->display == css::Display::table_footer_group ? Role::table_foot
                                                                        : Role::table_body;
    case BoxKind::row:
        return Role::row;
    case BoxKind::cell:
        return box.tag(Tag::th) ? Role::header_cell : Role::cell;
    case BoxKind::caption:
        return Role::caption;
    default:
        return Role::none;
    }
}

Role Builder::block_role(Element const& element, Place& place) const {
    if (is(element, "role", "heading")) {
        unsigned const level = span_of(element, "aria-level");
        return static_cast<Role>(static_cast<unsigned>(Role::heading_1) + std::min(level, 6U) - 1);
    }
    switch (element.tag) {
    case Tag::section:
        return Role::section;
    case Tag::article:
        return Role::article;
    case Tag::blockquote:
        return Role::block_quote;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
        // Among entries only a caption may stand.
        if (place.role == Role::contents) return Role::caption;
        return static_cast<Role>(static_cast<int>(Role::heading_1) + static_cast<int>(element.tag) -
                                 static_cast<int>(Tag::h1));
    case Tag::p:
        return place.role == Role::contents ? Role::contents_entry : place.text ? Role::span : Role::paragraph;
    case Tag::ul:
    case Tag::ol:
    case Tag::menu:
    case Tag::dl:
        if (presentational(element)) return Role::none;
        return place.contents && element.tag != Tag::dl ? Role::contents : Role::list;
    case Tag::nav: {
        Navigation found;
        look(element, found);
        place.contents = found.inner_links > 0 && found.other_links == 0;
        return place.contents && !found.list && !found.table ? Role::contents : Role::section;
    }
    case Tag::figure:
        return pictures_below(element) == 1 ? Role::figure : Role::division;
    case Tag::figcaption:
        return Role::caption;
    case Tag::table:
        return presentational(element) ? Role::none : Role::table;
    default:
        return Role::none;
    }
}

/// What the box means by itself; lists and tables are looked at more closely by the caller.
Role Builder::role_of(Box const& box, Place& place) const {
    if (Role const role = table_role(box, place); role != Role::none) return role;
    Element const* const element = box.pseudo ? nullptr : box.element;
    Role role = Role::none;
    if (element) {
        switch (element->tag) {
        case Tag::a:
            role = element->attribute("href") ? Role::link : Role::none;
            break;
        case Tag::q:
            role = Role::quote;
            break;
        case Tag::code:
        case Tag::samp:
        case Tag::kbd:
            role = Role::code;
            break;
        case Tag::abbr:
            role = element->attribute("title") ? Role::span : Role::none;
            break;
        default:
            if (box.kind != BoxKind::inline_box) role = block_role(*element, place);
            break;
        }
        std::string_view const language = language_of(*element);
        if (role == Role::none && !language.empty() && language != place.language)
            role = box.kind == BoxKind::inline_box || place.text ? Role::span : Role::division;
    }
    return role;
}

void Builder::list_item(Box const& box, Place& place) {
    bool const entry = place.role == Role::contents;
    if (!entry && place.role != Role::list) return;
    enter(place, entry ? Role::contents_entry : Role::list_item);
    if (box.marker) {
        Place label = place;
        enter(label, Role::label);
        box.marker->node = label.node;
        inside(*box.marker, label);
    }
    if (!entry) enter(place, Role::list_body);
}

void Builder::term(Box const& box, Place& place) {
    Term& open = terms_[place.node];
    bool const label = box.tag(Tag::dt);
    if (open.item == 0 || (label && open.has_body)) open = {add(place.node, Role::list_item), false};
    open.has_body = open.has_body || !label;
    place.node = open.item;
    place.role = Role::list_item;
    enter(place, label ? Role::label : Role::list_body);
}

void Builder::cell(Box const& box, Place& place) {
    Element const* const element = box.anonymous ? nullptr : box.element;
    if (element && place.role == Role::header_cell) {
        auto const scope = element->attribute("scope");
        bool const in_head = box.parent->parent->style->display == css::Display::table_header_group;
        bool const row = scope == "row" || scope == "rowgroup" ||
                         (scope != "col" && scope != "colgroup" && !in_head && box.parent->first == &box);
        structure_.nodes[place.node].scope = row ? Scope::row : Scope::column;
        if (!element->id.empty()) details(place.node).id = element->id;
    }
    if (!element) return;
    for (html::Attribute const& attribute : element->attributes) {
        if (attribute.name == "colspan") details(place.node).columns = span_of(*element, "colspan");
        if (attribute.name == "rowspan") details(place.node).rows = span_of(*element, "rowspan");
        if (attribute.name == "headers") details(place.node).headers = words(attribute.value);
    }
}

void Builder::picture(Box const& box, Place const& place) {
    Element const* const element = box.pseudo ? nullptr : box.element;
    if (!element || presentational(*element)) return;
    std::string text = one_space(element->attribute("aria-label").value_or(""));
    if (element->tag == Tag::img) {
        auto const alternative = element->attribute("alt");
        if (alternative && alternative->empty() && text.empty()) return; // decoration
        if (alternative && !alternative->empty()) text = one_space(*alternative);
    } else if (text.empty()) {
        for (Element const* child = element->first_element(); child && text.empty(); child = child->next_element())
            if (child->name == "title") text = one_space(child->text_content());
    }
    if (text.empty())
        source_.diagnostics.note("no-alternative",
                                 "a picture has no text for readers who cannot see it: add alt=\"...\" (aria-label on "
                                 "<svg>), or alt=\"\" if it only decorates",
                                 source_.document.position(*element));
    box.node = place.figure ? place.figure : add(place.node, Role::figure);
    std::string& alternative = details(box.node).alternative;
    if (alternative.empty()) alternative = std::move(text);
    std::string_view const language = language_of(*element);
    if (!language.empty() && language != place.language) details(box.node).language = language;
}

void Builder::inside(Box const& box, Place const& place) {
    for (Box const* child = box.first; child; child = child->next) visit(*child, place);
}

void Builder::visit(Box const& box, Place place) {
    if (box.kind == BoxKind::text || box.kind == BoxKind::line_break) {
        box.node = box.leader ? 0 : place.node;
        return;
    }
    Element const* const element = box.pseudo ? nullptr : box.element;
    if (element && is(*element, "aria-hidden", "true")) return;
    if (box.kind == BoxKind::replaced) return picture(box, place);

    if (box.kind == BoxKind::table) place.table = box.tag(Tag::table) && !presentational(*box.element);
    Role role = role_of(box, place);
    bool const block = box.kind != BoxKind::inline_box;
    // A list holds items only.
    if (place.role == Role::list && block && (box.tag(Tag::dt) || box.tag(Tag::dd))) {
        term(box, place);
    } else if (box.tag(Tag::li)) {
        list_item(box, place);
    } else if (place.role == Role::list && block && role != Role::none) {
        enter(place, Role::list_item);
        enter(place, Role::list_body);
    }
    if (is_phrase(role) && block && !holds_text(place.role)) enter(place, Role::paragraph);
    if (role != Role::none) enter(place, role);
    if (role == Role::header_cell || role == Role::cell) cell(box, place);
    if (role == Role::figure) place.figure = place.node;
    if (role == Role::list && box.first && !box.tag(Tag::dl))
        details(place.node).numbering = box.first->style->list_style_type;
    if (box.inline_children && block && !place.text) {
        bool const own = role != Role::none || box.tag(Tag::li) || box.tag(Tag::dt) || box.tag(Tag::dd);
        if (place.role == Role::list) {
            enter(place, Role::list_item);
            enter(place, Role::list_body);
        } else if (!own || !holds_text(place.role)) {
            enter(place, place.role == Role::contents ? Role::contents_entry : Role::paragraph);
        }
        place.text = true;
    }
    if (element) {
        std::string_view const language = language_of(*element);
        if (!language.empty() && language != place.language) {
            if (place.node != 0) details(place.node).language = language;
            place.language = language;
        }
        if (role == Role::span && element->tag == Tag::abbr)
            details(place.node).expansion = one_space(*element->attribute("title"));
    }
    box.node = place.node;
    if (box.marker && box.marker->node == 0) visit(*box.marker, place); // display: list-item outside a list
    inside(box, place);
}

/// Rows below `box`, counted up to `most` + 1.
void count_rows(Box const& box, std::size_t most, std::size_t& rows) {
    for (Box const* child = box.first; child && rows <= most; child = child->next) {
        if (child->kind == BoxKind::row) ++rows;
        count_rows(*child, most, rows);
    }
}

} // namespace

Structure build_structure(BoxSource const& source, BoxTree const& tree) {
    return Builder(source).build(tree);
}

bool has_more_rows(BoxTree const& tree, std::size_t most) {
    std::size_t rows = 0;
    count_rows(*tree.root, most, rows);
    return rows > most;
}

void clear_nodes(Box const& box) {
    box.node = 0;
    if (box.marker) clear_nodes(*box.marker);
    for (Box const* child = box.first; child; child = child->next) clear_nodes(*child);
}

} // namespace deckle::layout
