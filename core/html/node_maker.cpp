#include "html/node_maker.hpp"
#include <algorithm>
#include <cstring>
#include <new>

namespace deckle::html {

template <class T>
T* NodeMaker::make() {
    return new (document_.arena_->allocate(sizeof(T), alignof(T))) T;
}

std::string_view NodeMaker::keep(std::string_view text) {
    if (text.empty()) return "";
    auto* bytes = static_cast<char*>(document_.arena_->allocate(text.size(), 1));
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
}

NodeMaker::Name const& NodeMaker::keep_name(std::string_view name) {
    if (auto const found = names_.find(name); found != names_.end()) return found->second;
    auto const kept = keep(name);
    return names_.emplace(kept, Name{kept, tag_from_name(kept)}).first->second;
}

Element* NodeMaker::element(std::string_view name, Attributes const& attributes, Namespace space, Place place) {
    if (++elements_ > limits_.elements)
        throw Error(ErrorCode::limit,
                    "more than " + std::to_string(limits_.elements) +
                        " elements; split the document, or raise max-elements",
                    {file(), static_cast<int>(place.line), static_cast<int>(place.column)});
    auto* element = make<Element>();
    element->line = place.line;
    element->column = place.column;
    element->svg = space == Namespace::svg;
    element->math = space == Namespace::math;
    auto const& kept = keep_name(name);
    element->name = kept.text;
    element->tag = kept.tag;
    set_attributes(*element, attributes);
    return element;
}

Text* NodeMaker::text(std::string_view text, Place place) {
    auto* node = make<Text>();
    node->line = place.line;
    node->column = place.column;
    node->text = keep(text);
    return node;
}

void NodeMaker::check_depth(std::size_t depth, Place place) const {
    if (depth <= limits_.depth) return;
    throw Error(ErrorCode::limit,
                "elements are nested more than " + std::to_string(limits_.depth) +
                    " deep; simplify the document, or raise max-depth",
                {file(), static_cast<int>(place.line), static_cast<int>(place.column)});
}

void NodeMaker::set_attributes(Element& element, Attributes const& attributes) {
    auto const count = attributes.size();
    if (count == 0) return;
    auto* list = static_cast<Attribute*>(document_.arena_->allocate(count * sizeof(Attribute), alignof(Attribute)));
    std::size_t used = 0;
    for (auto const& [name, value] : attributes) {
        list[used++] = {keep_name(name).text, keep(value)};
        if (name == "id") element.id = list[used - 1].value;
        if (name == "class") {
            std::vector<std::string_view> classes;
            for (auto rest = list[used - 1].value;;) {
                auto const from = rest.find_first_not_of(" \t\n\f\r");
                if (from == std::string_view::npos) break;
                auto const to = std::min(rest.find_first_of(" \t\n\f\r", from), rest.size());
                classes.push_back(keep_name(rest.substr(from, to - from)).text);
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

void NodeMaker::add_missing_attributes(Element& element, Attributes const& attributes) {
    Attributes all;
    for (auto const& a : element.attributes) all.emplace_back(a.name, a.value);
    auto const before = all.size();
    for (auto const& a : attributes)
        if (all.size() < most_attributes && !element.attribute(a.first)) all.push_back(a);
    if (all.size() > before) set_attributes(element, all);
}

void NodeMaker::insert(Element& parent, Node& node, Node* before) {
    node.parent = &parent;
    node.next = before;
    node.previous = before ? before->previous : parent.last;
    (node.previous ? node.previous->next : parent.first) = &node;
    (before ? before->previous : parent.last) = &node;
}

void NodeMaker::remove(Node& node) {
    if (!node.parent) return;
    (node.previous ? node.previous->next : node.parent->first) = node.next;
    (node.next ? node.next->previous : node.parent->last) = node.previous;
    node.parent = nullptr;
    node.previous = node.next = nullptr;
}

void NodeMaker::move_children(Element& from, Element& to) {
    if (!from.first) return;
    for (Node* child = from.first; child; child = child->next) child->parent = &to;
    from.first->previous = to.last;
    (to.last ? to.last->next : to.first) = from.first;
    to.last = from.last;
    from.first = from.last = nullptr;
}

Document NodeMaker::finish() {
    std::uint32_t index = 0;
    // iterative: no recursion over what a document nests
    for (Node* node = document_.root_; node;) {
        if (node->kind == Node::Kind::element) {
            auto* element = static_cast<Element*>(node);
            element->index = index++;
            if (element->parent) element->sibling = element->parent->child_count++;
            if (!element->id.empty()) document_.ids_->emplace(element->id, element);
            if (element->tag == Tag::template_ && !element->svg && !element->math) {
                auto* content = make<Element>();
                move_children(*element, *content);
                document_.templates_->emplace(element, content);
            }
            if (element->first) {
                node = element->first;
                continue;
            }
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
    document_.element_count_ = index;
    return std::move(document_);
}

} // namespace deckle::html
