#include "html/tree_builder.hpp"
#include "html/svg_names.hpp"
#include <algorithm>
#include <bitset>
#include <cstring>
#include <initializer_list>
#include <new>

namespace deckle::html {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

class TagSet {
public:
    TagSet(std::initializer_list<Tag> tags) {
        for (auto tag : tags) bits_.set(static_cast<std::size_t>(tag));
    }
    [[nodiscard]] bool has(Tag tag) const { return bits_.test(static_cast<std::size_t>(tag)); }

private:
    std::bitset<256> bits_;
};

// clang-format off
TagSet const void_tags{Tag::area, Tag::base, Tag::br, Tag::col, Tag::embed, Tag::hr, Tag::img, Tag::input, Tag::link,
    Tag::meta, Tag::param, Tag::source, Tag::track, Tag::wbr};
TagSet const head_tags{Tag::base, Tag::link, Tag::meta, Tag::noscript, Tag::script, Tag::style, Tag::template_, Tag::title};
TagSet const closes_p{Tag::address, Tag::article, Tag::aside, Tag::blockquote, Tag::center, Tag::details, Tag::dialog,
    Tag::dir, Tag::div, Tag::dl, Tag::fieldset, Tag::figcaption, Tag::figure, Tag::footer, Tag::form, Tag::header,
    Tag::hgroup, Tag::main, Tag::menu, Tag::nav, Tag::ol, Tag::p, Tag::search, Tag::section, Tag::summary, Tag::ul,
    Tag::pre, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::hr, Tag::table, Tag::li, Tag::dd, Tag::dt};
TagSet const headings{Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6};
TagSet const formatting_tags{Tag::a, Tag::b, Tag::big, Tag::code, Tag::em, Tag::font, Tag::i, Tag::s, Tag::small,
    Tag::strike, Tag::strong, Tag::tt, Tag::u};
TagSet const implied_end{Tag::dd, Tag::dt, Tag::li, Tag::optgroup, Tag::option, Tag::p, Tag::rp, Tag::rt};
TagSet const markers{Tag::caption, Tag::td, Tag::th, Tag::object, Tag::template_};
TagSet const table_structure{Tag::table, Tag::tbody, Tag::thead, Tag::tfoot, Tag::tr};
TagSet const table_parts{Tag::caption, Tag::col, Tag::colgroup, Tag::tbody, Tag::td, Tag::tfoot, Tag::th, Tag::thead, Tag::tr};
TagSet const row_groups{Tag::tbody, Tag::thead, Tag::tfoot};
TagSet const special{Tag::address, Tag::area, Tag::article, Tag::aside, Tag::base, Tag::blockquote, Tag::body, Tag::br,
    Tag::button, Tag::caption, Tag::center, Tag::col, Tag::colgroup, Tag::dd, Tag::details, Tag::dir, Tag::div, Tag::dl,
    Tag::dt, Tag::embed, Tag::fieldset, Tag::figcaption, Tag::figure, Tag::footer, Tag::form, Tag::h1, Tag::h2, Tag::h3,
    Tag::h4, Tag::h5, Tag::h6, Tag::head, Tag::header, Tag::hgroup, Tag::hr, Tag::html, Tag::iframe, Tag::img, Tag::input,
    Tag::li, Tag::link, Tag::main, Tag::menu, Tag::meta, Tag::nav, Tag::noscript, Tag::object, Tag::ol, Tag::p, Tag::param,
    Tag::pre, Tag::script, Tag::search, Tag::section, Tag::select, Tag::source, Tag::style, Tag::summary, Tag::table,
    Tag::tbody, Tag::td, Tag::template_, Tag::textarea, Tag::tfoot, Tag::th, Tag::thead, Tag::title, Tag::tr, Tag::track,
    Tag::ul, Tag::wbr, Tag::svg, Tag::foreignObject, Tag::desc};
// "has an element in scope": what ends the search
TagSet const scope_ends{Tag::html, Tag::table, Tag::td, Tag::th, Tag::caption, Tag::object, Tag::template_, Tag::svg,
    Tag::foreignObject, Tag::desc};
// HTML tags that end SVG content
TagSet const breaks_out_of_svg{Tag::b, Tag::big, Tag::blockquote, Tag::body, Tag::br, Tag::center, Tag::code, Tag::dd,
    Tag::div, Tag::dl, Tag::dt, Tag::em, Tag::embed, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::head,
    Tag::hr, Tag::i, Tag::img, Tag::li, Tag::menu, Tag::meta, Tag::ol, Tag::p, Tag::pre, Tag::ruby, Tag::s, Tag::small,
    Tag::span, Tag::strong, Tag::strike, Tag::sub, Tag::sup, Tag::table, Tag::tt, Tag::u, Tag::ul, Tag::var};
// clang-format on

enum Scope : int { in_scope, in_button_scope, in_list_scope, in_table_scope };

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n\f\r") == std::string_view::npos;
}

} // namespace

TreeBuilder::TreeBuilder(std::string file, Diagnostics& diagnostics, Limits limits)
    : document_(std::move(file)), diagnostics_(diagnostics), limits_(limits) {}

void TreeBuilder::odd(std::string message, Place place) {
    diagnostics_.warning("html-structure", std::move(message),
                         {document_.file(), static_cast<int>(place.line), static_cast<int>(place.column)});
}

// Making nodes

std::string_view TreeBuilder::keep(std::string_view text) {
    if (text.empty()) return "";
    auto* bytes = static_cast<char*>(document_.arena_->allocate(text.size(), 1));
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
}

std::string_view TreeBuilder::keep_name(std::string_view name) {
    if (auto const found = names_.find(name); found != names_.end()) return found->second;
    auto const kept = keep(name);
    return names_.emplace(kept, kept).first->second;
}

Element* TreeBuilder::make(std::string_view name, Attributes const& attributes, bool svg, Place place) {
    if (++elements_ > limits_.elements)
        throw Error(ErrorCode::limit,
                    "more than " + std::to_string(limits_.elements) +
                        " elements; split the document or raise the limit",
                    {document_.file(), static_cast<int>(place.line), static_cast<int>(place.column)});
    auto* element = new (document_.arena_->allocate(sizeof(Element), alignof(Element))) Element;
    element->line = place.line;
    element->column = place.column;
    element->tag = tag_from_name(name);
    element->svg = svg;
    element->name = keep_name(name);
    set_attributes(*element, attributes);
    return element;
}

void TreeBuilder::set_attributes(Element& element, Attributes const& attributes) {
    auto const count = attributes.size();
    if (count == 0) return;
    auto* list = static_cast<Attribute*>(document_.arena_->allocate(count * sizeof(Attribute), alignof(Attribute)));
    std::size_t used = 0;
    for (auto const& [name, value] : attributes) {
        if (std::any_of(list, list + used, [&](Attribute const& a) { return a.name == name; })) continue;
        list[used++] = {keep_name(name), keep(value)};
        if (name == "id") element.id = list[used - 1].value;
        if (name == "class") {
            std::vector<std::string_view> classes;
            for (auto rest = list[used - 1].value;;) {
                auto const from = rest.find_first_not_of(" \t\n\f");
                if (from == std::string_view::npos) break;
                auto const to = std::min(rest.find_first_of(" \t\n\f", from), rest.size());
                classes.push_back(keep_name(rest.substr(from, to - from)));
                rest.remove_prefix(to);
            }
            if (classes.empty()) continue;
            auto* kept = static_cast<std::string_view*>(
                document_.arena_->allocate(classes.size() * sizeof(std::string_view), alignof(std::string_view)));
            std::uninitialized_copy(classes.begin(), classes.end(), kept);
            element.classes = {kept, classes.size()};
        }
    }
    element.attributes = {list, used};
}

void TreeBuilder::add_missing_attributes(Element& element, Attributes const& attributes) {
    Attributes all;
    for (auto const& a : element.attributes) all.emplace_back(a.name, a.value);
    for (auto const& a : attributes)
        if (!element.attribute(a.first)) all.push_back(a);
    set_attributes(element, all);
}

// Placing nodes

void TreeBuilder::insert_before(Element& parent, Node* node, Node* before) {
    node->parent = &parent;
    node->next = before;
    node->previous = before ? before->previous : parent.last;
    (node->previous ? node->previous->next : parent.first) = node;
    (before ? before->previous : parent.last) = node;
}

void TreeBuilder::append(Element& parent, Node* node) {
    insert_before(parent, node, nullptr);
}

/// At the current place; what may not stand in a table goes in front of it (foster parenting).
void TreeBuilder::insert(Node* node) {
    auto* parent = stack_.back();
    auto const* element = node->as_element();
    bool const out_of_place =
        !xml_ && !parent->svg && table_structure.has(parent->tag) &&
        (element ? !table_parts.has(element->tag) && !head_tags.has(element->tag) : !is_blank(node->as_text()->text));
    if (!out_of_place) return append(*parent, node);
    auto const table = innermost_table();
    odd((element ? "<" + std::string(element->name) + ">" : std::string("text")) +
            " directly in a table was moved in front of it; put it into a cell",
        {node->line, node->column});
    auto* target = stack_[table];
    if (target->parent)
        insert_before(*target->parent, node, target);
    else
        append(*stack_[table - 1], node);
}

Element* TreeBuilder::push(std::string_view name, Attributes const& attributes, bool svg, bool empty, Place place) {
    flush_text();
    auto* element = make(name, attributes, svg, place);
    insert(element);
    if (empty) return element;
    stack_.push_back(element);
    if (stack_.size() > limits_.depth)
        throw Error(ErrorCode::limit, "elements are nested more than " + std::to_string(limits_.depth) + " deep",
                    {document_.file(), static_cast<int>(place.line), static_cast<int>(place.column)});
    if (!svg && markers.has(element->tag)) formatting_.push_back(nullptr);
    return element;
}

void TreeBuilder::pop() {
    flush_text();
    auto const* element = stack_.back();
    stack_.pop_back();
    if (!element->svg && markers.has(element->tag)) {
        while (!formatting_.empty() && formatting_.back()) formatting_.pop_back();
        if (!formatting_.empty()) formatting_.pop_back();
    }
}

void TreeBuilder::pop_to(std::size_t size) {
    while (stack_.size() > size) pop();
}

void TreeBuilder::flush_text() {
    if (pending_.empty()) return;
    auto* node = new (document_.arena_->allocate(sizeof(Text), alignof(Text))) Text;
    node->line = pending_place_.line;
    node->column = pending_place_.column;
    node->text = keep(pending_);
    pending_.clear();
    insert(node);
}

void TreeBuilder::ensure_html(Place place) {
    if (html_) return;
    html_ = make("html", {}, false, place);
    document_.root_ = html_;
    stack_.push_back(html_);
}

void TreeBuilder::ensure_head(Place place) {
    ensure_html(place);
    if (!head_) head_ = push("head", {}, false, false, place);
}

void TreeBuilder::ensure_body(Place place) {
    if (body_) return;
    ensure_head(place);
    pop_to(1);
    body_ = push("body", {}, false, false, place);
}

// Looking up the stack

std::size_t TreeBuilder::find_in_scope(Tag tag, int scope) const {
    for (auto i = stack_.size(); i-- > 0;) {
        auto const current = stack_[i]->tag;
        if (current == tag) return i;
        bool const ends = scope == in_table_scope
                              ? current == Tag::html || current == Tag::table || current == Tag::template_
                              : scope_ends.has(current) || (scope == in_button_scope && current == Tag::button) ||
                                    (scope == in_list_scope && (current == Tag::ol || current == Tag::ul));
        if (ends) return none;
    }
    return none;
}

std::size_t TreeBuilder::innermost_table() const {
    for (auto i = stack_.size(); i-- > 0;)
        if (stack_[i]->tag == Tag::table) return i;
    return none;
}

void TreeBuilder::close_implied(Tag except) {
    while (implied_end.has(stack_.back()->tag) && stack_.back()->tag != except) pop();
}

void TreeBuilder::close_paragraph() {
    auto const p = find_in_scope(Tag::p, in_button_scope);
    if (p != none) pop_to(p);
}

/// Formatting that was cut off by the end of a block goes on in the next one.
void TreeBuilder::reconstruct_formatting(Place place) {
    auto const open = [&](Element* e) { return !e || std::ranges::find(stack_, e) != stack_.end(); };
    auto first = formatting_.size();
    while (first > 0 && !open(formatting_[first - 1])) --first;
    for (auto i = first; i < formatting_.size(); ++i) {
        Attributes attributes;
        for (auto const& a : formatting_[i]->attributes) attributes.emplace_back(a.name, a.value);
        odd("<" + std::string(formatting_[i]->name) +
                "> was cut off by the end of its parent and goes on here; close it first",
            place);
        formatting_[i] = push(formatting_[i]->name, attributes, false, false, place);
    }
}

// Start tags

void TreeBuilder::start(std::string_view name, Attributes const& attributes, bool self_closed, Place place) {
    auto const tag = tag_from_name(name);
    if (xml_) {
        flush_text();
        if (!html_) {
            html_ = make(name, attributes, true, place);
            document_.root_ = html_;
            stack_.push_back(html_);
        } else if (!stack_.empty())
            push(name, attributes, true, false, place);
        return;
    }
    if (tag == Tag::html) {
        ensure_html(place);
        return add_missing_attributes(*html_, attributes);
    }
    if (!stack_.empty() && stack_.back()->svg && stack_.back()->tag != Tag::foreignObject &&
        stack_.back()->tag != Tag::desc && stack_.back()->tag != Tag::title) {
        if (!breaks_out_of_svg.has(tag)) return start_svg(name, attributes, self_closed, place);
        odd("<" + std::string(name) + "> ends the <svg> it stands in; use foreignObject or move it out", place);
        while (stack_.back()->svg && stack_.back()->tag != Tag::foreignObject) pop();
    }
    if (tag == Tag::head) {
        if (!head_ && !body_) {
            ensure_html(place);
            head_ = push(name, attributes, false, false, place);
        } else
            odd("a second <head> was ignored", place);
        return;
    }
    if (tag == Tag::body) {
        if (body_) {
            odd("a second <body>; its attributes were added to the first", place);
            return add_missing_attributes(*body_, attributes);
        }
        ensure_head(place);
        pop_to(1);
        body_ = push(name, attributes, false, false, place);
        return;
    }
    if (!body_ && head_tags.has(tag)) {
        ensure_head(place);
        flush_text();
        if (stack_.size() == 1) stack_.push_back(head_); // after </head>
        push(name, attributes, false, void_tags.has(tag), place);
        return;
    }
    ensure_body(place);
    start_in_body(tag, name, attributes, self_closed, place);
}

void TreeBuilder::start_svg(std::string_view name, Attributes const& attributes, bool self_closed, Place place) {
    Attributes cased = attributes;
    for (auto& a : cased) a.first = svg_attribute_name(a.first);
    push(svg_element_name(name), cased, true, self_closed, place);
}

void TreeBuilder::start_in_body(Tag tag, std::string_view name, Attributes const& attributes, bool self_closed,
                                Place place) {
    flush_text();
    if (self_closed && !void_tags.has(tag) && tag != Tag::svg)
        odd("<" + std::string(name) + "/> does not close itself in HTML; write </" + std::string(name) + ">", place);
    if (table_parts.has(tag)) {
        if (!start_in_table(tag, name, attributes, place))
            odd("<" + std::string(name) + "> outside a table was ignored", place);
        return;
    }
    if (closes_p.has(tag)) {
        if (tag == Tag::li || tag == Tag::dd || tag == Tag::dt) {
            for (auto i = stack_.size(); i-- > 0;) {
                auto const open = stack_[i]->tag;
                bool const match = tag == Tag::li ? open == Tag::li : open == Tag::dd || open == Tag::dt;
                if (match) {
                    pop_to(i);
                    break;
                }
                if (special.has(open) && open != Tag::address && open != Tag::div && open != Tag::p) break;
            }
        }
        close_paragraph();
        if (headings.has(tag) && headings.has(stack_.back()->tag)) {
            odd("a heading inside a heading; the outer one was closed", place);
            pop();
        }
        if (tag == Tag::table && table_structure.has(stack_.back()->tag)) {
            odd("a table directly in a table; the outer one was closed", place);
            pop_to(innermost_table());
        }
        push(name, attributes, false, void_tags.has(tag), place);
        return;
    }
    if (tag == Tag::option || tag == Tag::optgroup) {
        if (stack_.back()->tag == Tag::option) pop();
    } else if (tag == Tag::rp || tag == Tag::rt) {
        if (find_in_scope(Tag::ruby, in_scope) != none) close_implied(Tag::unknown);
    }
    if (tag == Tag::a) {
        for (auto i = formatting_.size(); i-- > 0 && formatting_[i];)
            if (formatting_[i]->tag == Tag::a) {
                odd("a link inside a link; the outer one was closed", place);
                end_formatting(Tag::a, place);
                break;
            }
    }
    if (!head_tags.has(tag)) reconstruct_formatting(place);
    if (tag == Tag::svg) return start_svg(name, attributes, self_closed, place);
    auto* element = push(name, attributes, false, void_tags.has(tag), place);
    if (formatting_tags.has(tag)) formatting_.push_back(element);
}

/// Rows, cells, groups and columns, with the elements HTML5 implies around them; false when there is no table.
bool TreeBuilder::start_in_table(Tag tag, std::string_view name, Attributes const& attributes, Place place) {
    auto const table = innermost_table();
    if (table == none) return false;
    auto const clear_to = [&](auto&& keep) {
        while (stack_.size() > table + 1 && !keep(stack_.back()->tag)) pop();
    };
    auto const in_group = [&] {
        clear_to([](Tag t) { return row_groups.has(t); });
        if (stack_.size() == table + 1) push("tbody", {}, false, false, place);
    };
    switch (tag) {
    case Tag::tr:
        in_group();
        break;
    case Tag::td:
    case Tag::th:
        clear_to([](Tag t) { return t == Tag::tr || row_groups.has(t); });
        if (stack_.back()->tag != Tag::tr) {
            in_group();
            push("tr", {}, false, false, place);
        }
        break;
    case Tag::col:
        clear_to([](Tag t) { return t == Tag::colgroup; });
        if (stack_.size() == table + 1) push("colgroup", {}, false, false, place);
        push(name, attributes, false, true, place);
        return true;
    default:
        pop_to(table + 1);
    }
    push(name, attributes, false, false, place);
    return true;
}

// End tags

/// Formatting cut by an end tag inside it stays open afterwards, which covers <b><i></b></i>; where a block stands
/// between, the block stays whole and only the formatting ends (HTML5 would split it).
void TreeBuilder::end_formatting(Tag tag, Place place) {
    auto entry = none;
    for (auto i = formatting_.size(); i-- > 0 && formatting_[i];)
        if (formatting_[i]->tag == tag) {
            entry = i;
            break;
        }
    if (entry == none) {
        if (!end_in_scope(tag, in_scope, place)) odd("</" + std::string(tag_name(tag)) + "> closes nothing", place);
        return;
    }
    auto const open = std::ranges::find(stack_, formatting_[entry]);
    formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(entry));
    if (open == stack_.end()) return;
    auto const at = static_cast<std::size_t>(open - stack_.begin());
    for (auto i = at + 1; i < stack_.size(); ++i)
        if (special.has(stack_[i]->tag)) {
            odd("</" + std::string(tag_name(tag)) + "> crosses <" + std::string(stack_[i]->name) +
                    ">; close that first",
                place);
            flush_text();
            return;
        }
    pop_to(at);
}

bool TreeBuilder::end_in_scope(Tag tag, int scope, Place place) {
    auto const at = find_in_scope(tag, scope);
    if (at == none) return false;
    close_implied(tag);
    if (stack_.size() != at + 1 && !table_parts.has(tag) && tag != Tag::table)
        odd("</" + std::string(tag_name(tag)) + "> closes <" + std::string(stack_.back()->name) + "> too", place);
    pop_to(at);
    return true;
}

void TreeBuilder::end(std::string_view name, Place place) {
    if (stack_.empty()) return odd("</" + std::string(name) + "> closes nothing", place);
    flush_text();
    if (xml_) return pop();
    auto const tag = tag_from_name(name);
    if (stack_.back()->svg) {
        auto const cased = svg_element_name(name);
        for (auto i = stack_.size(); i-- > 0 && stack_[i]->svg;)
            if (stack_[i]->name == cased) return pop_to(i);
        if (tag == Tag::unknown || !special.has(tag)) return odd("</" + std::string(name) + "> closes nothing", place);
    }
    if (void_tags.has(tag)) {
        odd("</" + std::string(name) + "> was ignored: the element has no end tag", place);
        return;
    }
    switch (tag) {
    case Tag::html:
    case Tag::body:
        return; // what follows still belongs to the body
    case Tag::head:
        if (!body_ && stack_.size() > 1) pop_to(1);
        return;
    case Tag::p:
        ensure_body(place);
        if (find_in_scope(Tag::p, in_button_scope) == none) {
            odd("</p> without <p> makes an empty paragraph", place);
            push("p", {}, false, false, place);
        }
        end_in_scope(tag, in_button_scope, place);
        return;
    default:
        break;
    }
    if (formatting_tags.has(tag)) return end_formatting(tag, place);
    bool closed = false;
    if (headings.has(tag)) {
        for (auto i = stack_.size(); i-- > 0 && !closed;) {
            if (headings.has(stack_[i]->tag)) {
                pop_to(i);
                closed = true;
            } else if (scope_ends.has(stack_[i]->tag))
                break;
        }
    } else if (tag == Tag::li)
        closed = end_in_scope(tag, in_list_scope, place);
    else if (table_parts.has(tag) || tag == Tag::table)
        closed = end_in_scope(tag, in_table_scope, place);
    else if (special.has(tag))
        closed = end_in_scope(tag, in_scope, place);
    else
        for (auto i = stack_.size(); i-- > 0;) {
            if (stack_[i]->name == name) {
                pop_to(i);
                closed = true;
                break;
            }
            if (special.has(stack_[i]->tag)) break;
        }
    if (!closed) odd("</" + std::string(name) + "> closes nothing", place);
    if (!body_ && stack_.size() == 2 && stack_.back() == head_ && tag != Tag::head) return;
}

// Text

void TreeBuilder::text(std::string_view text, Place place) {
    if (xml_) {
        if (stack_.empty()) return;
    } else if (!body_) {
        bool const in_head_element = !stack_.empty() && head_tags.has(stack_.back()->tag);
        if (!in_head_element) {
            if (is_blank(text)) return;
            text.remove_prefix(text.find_first_not_of(" \t\n\f\r"));
            ensure_body(place);
        }
    }
    if (!xml_ && !stack_.back()->svg && !is_blank(text) && stack_.back()->tag != Tag::style &&
        stack_.back()->tag != Tag::script && stack_.back()->tag != Tag::title && body_ &&
        !table_structure.has(stack_.back()->tag)) {
        if (!formatting_.empty() && formatting_.back() &&
            std::ranges::find(stack_, formatting_.back()) == stack_.end()) {
            flush_text();
            reconstruct_formatting(place);
        }
    }
    if (pending_.empty()) {
        // a newline right after <pre> or <textarea> does not count
        auto const* parent = stack_.back();
        if (!xml_ && (parent->tag == Tag::pre || parent->tag == Tag::textarea) && !parent->first &&
            text.starts_with('\n'))
            text.remove_prefix(1);
        pending_place_ = place;
    }
    pending_ += text;
}

// The end

void TreeBuilder::number() {
    std::uint32_t index = 0;
    // iterative: depth is bounded, breadth is not
    for (Node* node = document_.root_; node;) {
        if (node->kind == Node::Kind::element) {
            auto* element = static_cast<Element*>(node);
            element->index = index++;
            if (element->parent) element->sibling = element->parent->child_count++;
            if (!element->id.empty()) document_.ids_->emplace(element->id, element);
            if (element->first) {
                node = element->first;
                continue;
            }
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    document_.element_count_ = index;
}

Document TreeBuilder::finish() {
    if (!xml_) ensure_body({1, 1});
    if (!stack_.empty()) flush_text();
    if (!document_.root_ || (xml_ && document_.root_->tag != Tag::svg))
        throw Error(ErrorCode::data, "no <svg> element at the top", {document_.file(), 0, 0});
    number();
    return std::move(document_);
}

} // namespace deckle::html
