/// The 16 boxes in a page's margins.
// https://www.w3.org/TR/css-page-3/#margin-boxes
#pragma once
#include "layout/context.hpp"
#include "layout/page.hpp"
#include <map>
#include <string>
#include <vector>

namespace deckle::layout {

/// Where a page's boxes are, in page coordinates.
struct PageGeometry {
    Size size;
    Rect border_box; // inside the margins
    Rect content;
};
[[nodiscard]] PageGeometry geometry_of(css::PageStyle const& style);

/// The state of named strings and running elements on one page: what stood there when it began, what it set.
struct NamedValues {
    struct Value {
        std::string text;
        html::Element const* element = nullptr;
        bool first = false; // at the very top of the page
    };
    struct Entry {
        Value before;
        bool has_before = false;
        std::vector<Value> here;
    };
    std::map<std::string, Entry, std::less<>> strings, running;
    /// Sums as this page shows them, by the place that shows them: the same when the page total is known.
    std::map<std::pair<css::ContentItem const*, html::Element const*>, std::string> sums;

    /// The page ends: its last values are what the next one begins with.
    void end_page();
    [[nodiscard]] PageVariables variables(std::size_t page, std::size_t pages) const; // refers to *this
};

/// Lays out and paints the margin boxes of a page. With `pages` 0 the total is not known yet: boxes that show it are
/// left out and reported by the result; with `only_total` only these are painted.
[[nodiscard]] bool paint_margin_boxes(Context& context, css::PageStyle const& style, PageVariables const& variables,
                                      bool only_total, std::vector<Item>& items);

} // namespace deckle::layout
