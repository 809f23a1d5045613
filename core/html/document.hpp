/// The element tree. Nodes live in the document's arena: addresses are stable, views are valid as long as the Document.
#pragma once
#include "base/error.hpp"
#include "html/tag.hpp"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace deckle::html {

struct Element;
struct Text;

struct Node {
    enum class Kind : std::uint8_t { element, text } kind;
    std::uint32_t line = 0, column = 0; // where it starts in the source, from 1
    Element* parent = nullptr;          // null for the root and for what is not in the tree
    Node* previous = nullptr;
    Node* next = nullptr;

    explicit Node(Kind k) : kind(k) {}
    [[nodiscard]] Element const* as_element() const;
    [[nodiscard]] Text const* as_text() const;
};

struct Text : Node {
    std::string_view text; // UTF-8, entities resolved, white space as written; never empty

    Text() : Node(Kind::text) {}
};

struct Attribute {
    std::string_view name, value; // names lower case, in SVG with SVG's own case
};

struct Element : Node {
    Tag tag = Tag::unknown;
    bool svg = false, math = false; // in the SVG or the MathML namespace
    std::uint32_t index = 0;        // 0 .. Document::element_count()-1, in document order: a key for side tables
    std::uint32_t sibling = 0;      // its place among the element children of its parent, from 0
    std::uint32_t child_count = 0;  // element children
    std::string_view name;
    std::string_view id;                 // the attribute, empty when absent
    std::span<std::string_view> classes; // of the attribute, split
    std::span<Attribute> attributes;     // in source order, first of a name wins
    Node* first = nullptr;
    Node* last = nullptr;

    Element() : Node(Kind::element) {}
    /// nullopt when absent; an attribute without a value is "".
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
    [[nodiscard]] bool has_class(std::string_view name) const;
    /// All text below, in order.
    [[nodiscard]] std::string text_content() const;
    [[nodiscard]] Element const* first_element() const;
    [[nodiscard]] Element const* next_element() const;
    [[nodiscard]] Element const* previous_element() const;
};

inline Element const* Node::as_element() const {
    return kind == Kind::element ? static_cast<Element const*>(this) : nullptr;
}
inline Text const* Node::as_text() const {
    return kind == Kind::text ? static_cast<Text const*>(this) : nullptr;
}

/// Owns the tree. The root is <html> with <head> and <body> below it (for an SVG file the root is <svg>).
class Document {
public:
    explicit Document(std::string file);
    Document(Document&&) noexcept = default;
    Document& operator=(Document&& other) noexcept;

    [[nodiscard]] Element const& root() const { return *root_; }
    [[nodiscard]] Element const* body() const;
    [[nodiscard]] Element const* head() const;
    [[nodiscard]] std::uint32_t element_count() const { return element_count_; }
    /// First element with this id, or null.
    [[nodiscard]] Element const* by_id(std::string_view id) const;
    /// What stands in a <template>: no part of the tree, ids included. The children of the element given back, or null.
    [[nodiscard]] Element const* template_content(Element const& element) const;
    [[nodiscard]] std::string const& file() const { return file_; }
    [[nodiscard]] Position position(Node const& node) const;

private:
    friend class NodeMaker;
    std::string file_;
    std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
    Element* root_ = nullptr;
    std::uint32_t element_count_ = 0;
    std::unique_ptr<std::pmr::unordered_map<std::string_view, Element const*>> ids_;
    std::unique_ptr<std::pmr::unordered_map<Element const*, Element const*>> templates_;
};

} // namespace deckle::html
