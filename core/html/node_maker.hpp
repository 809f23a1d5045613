/// Makes the nodes of a document in its arena and links them; what HTML and XML have in common.
#pragma once
#include "html/document.hpp"
#include "html/parse.hpp"
#include "html/source.hpp"
#include "html/tokenizer.hpp"
#include <string>
#include <string_view>
#include <unordered_map>

namespace deckle::html {

class NodeMaker {
public:
    NodeMaker(std::string file, Limits limits) : document_(std::move(file)), limits_(limits) {}

    enum class Namespace { html, svg, math };
    /// Not in the tree yet. Throws Error{limit} past the number of elements.
    [[nodiscard]] Element* element(std::string_view name, Attributes const& attributes, Namespace space, Place place);
    [[nodiscard]] Text* text(std::string_view text, Place place);
    /// Throws Error{limit} when `depth` elements are too many inside one another.
    void check_depth(std::size_t depth, Place place) const;
    void add_missing_attributes(Element& element, Attributes const& attributes);
    void set_root(Element* root) { document_.root_ = root; }
    [[nodiscard]] std::string const& file() const { return document_.file(); }

    /// `before` null = at the end.
    static void insert(Element& parent, Node& node, Node* before);
    static void remove(Node& node);
    /// All children of `from` to the end of `to`.
    static void move_children(Element& from, Element& to);

    /// Numbers the elements, takes the contents of templates out of the tree and hands it over.
    /// REQUIRES: a root.
    [[nodiscard]] Document finish();

private:
    void set_attributes(Element& element, Attributes const& attributes);
    std::string_view keep(std::string_view text);
    struct Name {
        std::string_view text;
        Tag tag;
    };
    Name const& keep_name(std::string_view name);
    template <class T>
    T* make();

    Document document_;
    Limits limits_;
    std::size_t elements_ = 0;
    std::unordered_map<std::string_view, Name> names_; // each name once, in the arena
};

} // namespace deckle::html
