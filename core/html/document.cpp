#include "html/document.hpp"
#include <algorithm>
#include <unordered_map>
#include <utility>

namespace deckle::html {
namespace {

std::unordered_map<std::string_view, Tag> const& tags_by_name() {
    static std::unordered_map<std::string_view, Tag> const map{
#define X(name) {#name, Tag::name},
        DECKLE_HTML_TAGS(X) DECKLE_SVG_TAGS(X)
#undef X
            {"template", Tag::template_},
        {"switch", Tag::switch_},
    };
    return map;
}

void append_text(Node const* node, std::string& out) {
    for (; node; node = node->next) {
        if (auto const* text = node->as_text())
            out += text->text;
        else
            append_text(node->as_element()->first, out);
    }
}

Element const* find_element(Node const* node, Node* Node::*step) {
    while (node && node->kind != Node::Kind::element) node = node->*step;
    return node ? node->as_element() : nullptr;
}

} // namespace

Tag tag_from_name(std::string_view name) {
    auto const found = tags_by_name().find(name);
    return found == tags_by_name().end() ? Tag::unknown : found->second;
}

std::string_view tag_name(Tag tag) {
    switch (tag) {
    case Tag::unknown:
        return {};
#define X(name)                                                                                                        \
    case Tag::name:                                                                                                    \
        return #name;
        DECKLE_HTML_TAGS(X)
        DECKLE_SVG_TAGS(X)
#undef X
    case Tag::template_:
        return "template";
    case Tag::switch_:
        return "switch";
    }
    return {};
}

std::optional<std::string_view> Element::attribute(std::string_view wanted) const {
    for (auto const& a : attributes)
        if (a.name == wanted) return a.value;
    return std::nullopt;
}

bool Element::has_class(std::string_view wanted) const {
    return std::ranges::find(classes, wanted) != classes.end();
}

std::string Element::text_content() const {
    std::string out;
    append_text(first, out);
    return out;
}

Element const* Element::first_element() const {
    return find_element(first, &Node::next);
}
Element const* Element::next_element() const {
    return find_element(next, &Node::next);
}
Element const* Element::previous_element() const {
    return find_element(previous, &Node::previous);
}

Document::Document(std::string file)
    : file_(std::move(file)), arena_(std::make_unique<std::pmr::monotonic_buffer_resource>(64 * 1024)),
      ids_(std::make_unique<std::pmr::unordered_map<std::string_view, Element const*>>(arena_.get())),
      templates_(std::make_unique<std::pmr::unordered_map<Element const*, Element const*>>(arena_.get())) {}

Document& Document::operator=(Document&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(arena_, other.arena_); // the index below must not outlive its arena: swap, never free one alone
    std::swap(root_, other.root_);
    std::swap(element_count_, other.element_count_);
    std::swap(ids_, other.ids_);
    std::swap(templates_, other.templates_);
    return *this;
}

Element const* Document::body() const {
    for (auto const* e = root_->first_element(); e; e = e->next_element())
        if (e->tag == Tag::body) return e;
    return nullptr;
}

Element const* Document::head() const {
    for (auto const* e = root_->first_element(); e; e = e->next_element())
        if (e->tag == Tag::head) return e;
    return nullptr;
}

Element const* Document::by_id(std::string_view id) const {
    auto const found = ids_->find(id);
    return found == ids_->end() ? nullptr : found->second;
}

Element const* Document::template_content(Element const& element) const {
    auto const found = templates_->find(&element);
    return found == templates_->end() ? nullptr : found->second;
}

Position Document::position(Node const& node) const {
    return {file_, static_cast<int>(node.line), static_cast<int>(node.column)};
}

} // namespace deckle::html
