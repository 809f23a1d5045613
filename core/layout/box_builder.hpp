/// The walk from elements to boxes; its parts stand in box_tree.cpp (elements), generated.cpp (content) and
/// box_fixup.cpp (anonymous boxes).
#pragma once
#include "layout/box.hpp"
#include "layout/counters.hpp"
#include "layout/layout.hpp"

namespace deckle::layout {

class BoxBuilder {
public:
    BoxBuilder(BoxSource const& source, PageFacts const& facts, PageVariables const* variables)
        : source_(source), facts_(facts), variables_(variables) {}

    void document();
    void margin_box(css::ComputedStyle const& style);
    [[nodiscard]] BoxTree take() { return std::move(tree_); }

private:
    /// A box being filled, and the inline boxes open in it.
    struct Open {
        Box* container = nullptr;
        std::vector<Box*> inlines;
    };

    void element(html::Element const& element, Open& open);
    void children(html::Element const& element, Open& open);
    void text(html::Text const& text, html::Element const& parent, Open& open);
    void add_text(std::string_view text, css::ComputedStyle const& style, Open& open);
    /// Puts the first letter of `text` into a box of its own; gives the rest.
    [[nodiscard]] std::string_view take_first_letter(std::string_view text, Open& open);
    void add(Box& box, Open& open);
    void split_inlines(Open& open);
    Box* box_for(css::ComputedStyle const& style, html::Element const* element);
    void fill(Box& box, html::Element const& element, css::ComputedStyle const& style);
    void ruby(html::Element const& element, css::ComputedStyle const& style, Open& open);
    void ruby_pair(std::vector<html::Node const*> const& base, html::Element const& annotation,
                   html::Element const& element, css::ComputedStyle const& style, Open& open);
    void replaced(html::Element const& element, css::ComputedStyle const& style, Open& open);
    [[nodiscard]] Decoration const* decoration_of(Open const& open) const;
    [[nodiscard]] css::ComputedStyle const& style_of(Open const& open) const;
    void report(html::Element const& element, css::ComputedStyle const& style);
    void count(html::Element const& element, css::ComputedStyle const& style);
    [[nodiscard]] Aggregates& aggregates();
    void mark_varying();
    void keep_counted(html::Element const& element, css::ComputedStyle const& style);

    // generated.cpp
    void pseudo(html::Element const& element, css::Pseudo which, Open& open);
    void content(css::ContentList const& list, html::Element const* element, css::ComputedStyle const& style,
                 Open& open);
    void content_item(css::ContentItem const& item, html::Element const* element, css::ComputedStyle const& style,
                      Open& open, std::string& text);
    void marker(html::Element const& element, css::ComputedStyle const& style, Open& open);
    void aggregate(css::ContentItem const& item, html::Element const& element, css::ComputedStyle const& style,
                   Open& open);
    [[nodiscard]] std::string counter_content(css::ContentItem const& item);
    [[nodiscard]] std::string own_page(css::ContentItem const& item, html::Element const& element,
                                       css::ComputedStyle const& style);
    [[nodiscard]] std::string counted_value(css::ContentList const& content, html::Element const& element);
    [[nodiscard]] std::string target_content(css::ContentItem const& item, html::Element const* element);

    // box_fixup.cpp
    void finish(Box& box);
    void finish_block(Box& box);
    void finish_flex(Box& box);
    void finish_table(Box& table);
    void wrap_stray_table_parts(Box& box);
    void propagate(Box& box);
    Box* anonymous(BoxKind kind, css::Display display, Box const& parent);

    BoxSource const& source_;
    PageFacts const& facts_;
    PageVariables const* variables_; // null in the flow
    BoxTree tree_;
    Counters counters_;
    std::vector<Box*> varying_; // boxes with -deckle-show-on
    int quote_depth_ = 0;
    std::size_t depth_ = 0;
    char shows_page_ = 0;                              // the text in work holds its page's number
    css::ComputedStyle const* first_letter_ = nullptr; // ::first-letter that waits for its letter
    html::Element const* page_element_ = nullptr;      // whose
};

/// True for text of which nothing is left between blocks.
[[nodiscard]] bool is_collapsible_space(Box const& box);
/// True when a line box results from inline content below `box`.
[[nodiscard]] bool makes_line(Box const& box);

} // namespace deckle::layout
