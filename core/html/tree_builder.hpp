/// Tags and text -> tree, after HTML5's tree construction (https://html.spec.whatwg.org/multipage/parsing.html),
/// without scripting, frames, forms and the adoption agency. Knows nothing of the tokenizer.
#pragma once
#include "base/diagnostics.hpp"
#include "html/document.hpp"
#include "html/parse.hpp"
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace deckle::html {

class TreeBuilder {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;
    struct Place {
        std::uint32_t line, column;
    };

    TreeBuilder(std::string file, Diagnostics& diagnostics, Limits limits);

    /// `name` in lower case, or as written for XML.
    void start(std::string_view name, Attributes const& attributes, bool self_closed, Place place);
    void end(std::string_view name, Place place);
    void text(std::string_view text, Place place);
    /// Makes what is missing (html, head, body) and hands the tree over.
    [[nodiscard]] Document finish();
    /// XML: no HTML rules at all; the root is the first element. Throws Error{data} without an <svg> root.
    void set_xml() { xml_ = true; }
    /// The element that takes text now, or null.
    [[nodiscard]] Element const* current() const { return stack_.empty() ? nullptr : stack_.back(); }

private:
    Element* make(std::string_view name, Attributes const& attributes, bool svg, Place place);
    void set_attributes(Element& element, Attributes const& attributes);
    void add_missing_attributes(Element& element, Attributes const& attributes);
    std::string_view keep(std::string_view text);
    std::string_view keep_name(std::string_view name);

    void insert(Node* node);
    void append(Element& parent, Node* node);
    void insert_before(Element& parent, Node* node, Node* before);
    Element* push(std::string_view name, Attributes const& attributes, bool svg, bool empty, Place place);
    void flush_text();
    void pop();
    void pop_to(std::size_t size);
    void ensure_html(Place place);
    void ensure_head(Place place);
    void ensure_body(Place place);

    void start_in_body(Tag tag, std::string_view name, Attributes const& attributes, bool self_closed, Place place);
    bool start_in_table(Tag tag, std::string_view name, Attributes const& attributes, Place place);
    void start_svg(std::string_view name, Attributes const& attributes, bool self_closed, Place place);
    void close_paragraph();
    void close_implied(Tag except);
    void reconstruct_formatting(Place place);
    void end_formatting(Tag tag, Place place);
    bool end_in_scope(Tag tag, int scope, Place place);
    [[nodiscard]] std::size_t find_in_scope(Tag tag, int scope) const;
    [[nodiscard]] std::size_t innermost_table() const;
    void number();
    void odd(std::string message, Place place);

    Document document_;
    Diagnostics& diagnostics_;
    Limits limits_;
    bool xml_ = false;
    Element* html_ = nullptr;
    Element* head_ = nullptr;
    Element* body_ = nullptr;
    std::vector<Element*> stack_;
    std::vector<Element*> formatting_; // open formatting elements; null = marker
    std::string pending_;              // text not yet in the tree
    Place pending_place_{0, 0};
    std::size_t elements_ = 0;
    std::unordered_map<std::string_view, std::string_view> names_; // each name once, in the arena
};

} // namespace deckle::html
