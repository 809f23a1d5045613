/// The box tree: what the element tree becomes once `display`, generated content and anonymous boxes are settled.
/// Boxes live in the BoxTree's arena, are trivially destructible and never change during layout, except for the
/// widths remembered in them and the number of their structure node.
// https://www.w3.org/TR/CSS22/visuren.html#box-gen
#pragma once
#include "base/diagnostics.hpp"
#include "css/cascade.hpp"
#include "html/document.hpp"
#include "layout/structure.hpp"
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::layout {

// clang-format off
enum class BoxKind : std::uint8_t {
    block,       // block container; `inline_children` tells what is in it
    flex, table, row_group, row, cell, column_group, column, caption,
    replaced,    // image or SVG
    inline_box, text, line_break, // only below a block container with inline children
};
// clang-format on
enum class Level : std::uint8_t { block, inline_, internal }; // internal: parts of a table
enum class Placement : std::uint8_t { flow, floating, absolute, fixed, running };

/// A text decoration in force, and those it is added to.
struct Decoration {
    css::ComputedStyle const* style = nullptr;
    Decoration const* outer = nullptr;
};

struct Box {
    BoxKind kind = BoxKind::block;
    Level level = Level::block;
    Placement placement = Placement::flow;
    bool anonymous = false;
    bool inline_children = false;
    bool own_context = false; // new block formatting context: keeps its floats and margins to itself
    bool collapses = false;   // an empty block whose top and bottom margins touch
    bool continues = false;   // inline_box: goes on from before a block that split it
    bool continued = false;   // inline_box: goes on after that block
    bool leader = false;      // text: the pattern of a leader(), which fills the line
    bool deferred = false;    // text: filled when its page is full; see Aggregates
    bool varies = false;      // shown on some pieces of its table only, or something in it is
    bool pseudo = false;      // from ::before, ::after or ::marker: has no id, bookmark or strings of its own
    char shows_page = 0;      // text: shows the number of its own page, for which it stands in page_key()
    css::BreakKind break_before = css::BreakKind::auto_,
                   break_after = css::BreakKind::auto_; // with those of first and last children
    mutable NodeId node = 0;                 // of the structure; 0 without tags
    css::ComputedStyle const* style = nullptr;
    html::Element const* element = nullptr; // null for anonymous boxes and text
    Decoration const* decoration = nullptr;
    Box* parent = nullptr;
    Box* first = nullptr;
    Box* last = nullptr;
    Box* next = nullptr;
    Box* marker = nullptr;                  // of a list item, hanging outside; a block box with the marker's text
    css::Url const* url = nullptr;          // replaced by `content: url()`
    std::string_view text;                  // of kind text: UTF-8 as written, text-transform applied
    std::string_view page_first, page_last; // named page at the start and the end
    mutable double min_width = -1, max_width = -1; // with margins; negative = not yet measured

    [[nodiscard]] bool in_flow() const { return placement == Placement::flow; }
    [[nodiscard]] bool positioned() const {
        return style->position == css::PositionKind::relative || style->position == css::PositionKind::absolute ||
               style->position == css::PositionKind::fixed;
    }
    [[nodiscard]] bool tag(html::Tag which) const { return element && !pseudo && element->tag == which; }
};

/// What only a finished layout knows, from the pass before: page numbers for content inside the flow.
struct PageFacts {
    std::size_t total = 0;                                        // 0 = not known yet
    std::map<std::string, std::size_t, std::less<>> anchor_pages; // id or page_key() -> page, from 1
    /// id -> the counters there, outermost value first; filled when some target-counter() asks for other than pages.
    std::map<std::string, std::map<std::string, std::vector<int>, std::less<>>, std::less<>> counters;
    bool wants_counters = false;
    friend bool operator==(PageFacts const&, PageFacts const&) = default;
};

/// Name in PageFacts::anchor_pages of generated text that shows its own page.
[[nodiscard]] std::string page_key(html::Element const& element, char which);

class Aggregates;

/// What margin boxes and running elements can show.
struct PageVariables {
    std::size_t page = 0, pages = 0; // from 1
    std::function<std::string(std::string const& name, css::ContentItem::Which)> string;
    std::function<html::Element const*(std::string const& name, css::ContentItem::Which)> element;
    /// Sums and counts; the element is null in the margin box itself.
    std::function<std::string(css::ContentItem const&, html::Element const*, std::string const& language)> aggregate;
};

class BoxTree {
public:
    BoxTree();
    ~BoxTree();
    BoxTree(BoxTree&&) noexcept;
    BoxTree& operator=(BoxTree&&) noexcept;

    [[nodiscard]] Box* make(BoxKind kind, css::ComputedStyle const& style);
    [[nodiscard]] std::string_view keep(std::string_view text);
    [[nodiscard]] Decoration const* decorate(css::ComputedStyle const& style, Decoration const* outer);
    /// Style of an anonymous box below one with style `parent`; the same object for the same request.
    [[nodiscard]] css::ComputedStyle const& anonymous_style(css::ComputedStyle const& parent, css::Display display);
    /// Keeps a style made by layout alive.
    [[nodiscard]] css::ComputedStyle const& own(css::ComputedStyle style);
    static void append(Box& parent, Box& child);
    [[nodiscard]] std::size_t size() const { return size_; }

    Box* root = nullptr;
    std::vector<Box*> fixed;                // position: fixed, shown on every page
    bool needs_page_facts = false;          // something in the flow shows a page number: lay out until it settles
    std::unique_ptr<Aggregates> aggregates; // null: nothing is added up
    PageFacts facts;                        // the counters that the next pass asks for
    /// The values of string-set where they hold counters; other values are made when they are painted.
    std::map<html::Element const*, std::vector<std::string>> string_values;

private:
    std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
    std::map<std::pair<css::ComputedStyle const*, css::Display>, css::StylePtr> anonymous_;
    std::vector<css::StylePtr> owned_;
    std::size_t size_ = 0;
};

struct Options;
class ReplacedStore;

/// What building needs to know; the references must outlive the call.
struct BoxSource {
    html::Document const& document;
    css::Cascade const& cascade;
    Options const& options;
    Diagnostics& diagnostics;
    ReplacedStore& pictures;
};

/// Builds the tree. Content that is nested too deep is left out with the diagnostic "nesting"; Error{limit} past
/// `options.limits.boxes`.
[[nodiscard]] BoxTree build_boxes(BoxSource const& source, PageFacts const& facts);
/// One line a box, with the element's place in the source and what its style changes.
[[nodiscard]] std::string dump(BoxTree const& tree);
/// The box of one page margin box; empty tree when its content is empty.
[[nodiscard]] BoxTree build_margin_box(BoxSource const& source, css::ComputedStyle const& style,
                                       PageVariables const& variables);
/// True when the content shows counter(pages), directly or in a running element: it can be filled only at the end.
[[nodiscard]] bool shows_page_total(BoxSource const& source, css::ComputedStyle const& style,
                                    PageVariables const& variables);
/// The text of a string-set value for an element.
[[nodiscard]] std::string string_value(css::ContentList const& content, html::Element const& element);

} // namespace deckle::layout
