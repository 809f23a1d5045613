/// Fragments of one page -> its items, in painting order, and what the page tells the rest of the document.
#pragma once
#include "layout/context.hpp"
#include "layout/page.hpp"
#include "layout/shapes.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace deckle::layout {

/// What painting a page finds on it.
struct PageFindings {
    struct Value {
        std::string text;                       // string-set
        html::Element const* element = nullptr; // running element
        bool first = false;                     // nothing is painted before it on this page
    };
    /// A positioned box that goes on on the next page.
    struct Rest {
        Box const* box = nullptr;
        TokenPtr token;
        double x = 0, width = 0; // border box, on the page
    };
    std::map<std::string, std::vector<Value>, std::less<>> strings, running; // in document order
    std::vector<OutlineEntry> outline;
    std::optional<int> page_counter; // counter-reset or counter-set of `page`: the number of this page
    std::vector<std::string> anchors;
    std::vector<Rest> rests;
};

/// Paints `fragment` with its border box at `origin`. `page` is the page's size: what runs off it is the diagnostic
/// "off-page". `findings` may be null (margin boxes).
void paint(Context& context, Fragment&& fragment, Point origin, Size page, std::size_t page_number,
           std::vector<Item>& items, PageFindings* findings);

// paint_box.cpp
/// Box shadow, background and border of a box fragment at `origin`.
void paint_frame(Context& context, Fragment const& fragment, Point origin, std::vector<Item>& items);
void paint_background(Context& context, css::ComputedStyle const& style, Rect const& border_box, Insets const& border,
                      Insets const& padding, Radii const& radii, Box const* box, std::vector<Item>& items);
/// An image or drawing stretched into `rect`.
void paint_picture(Context& context, Picture const& picture, Rect const& rect, std::vector<Item>& items);
// paint_border.cpp
void paint_borders(css::Sides<css::Border> const& borders, Rect const& box, Radii const& radii,
                   std::vector<Item>& items);
void paint_edge(CollapsedEdge const& edge, Point origin, std::vector<Item>& items);
/// A line of a text decoration, border or outline in one style; `horizontal` tells its direction within `rect`.
void paint_line(Rect const& rect, bool horizontal, css::BorderStyle style, Color color, std::vector<Item>& items);

/// The radii of the corners this piece of a box has.
[[nodiscard]] Radii piece_radii(Fragment const& fragment, Rect const& border_box);
/// A wavy line of this width around `from`.
void paint_wave(Point from, double length, double width, Color color, std::vector<Item>& items);

/// The widths of the borders this piece of a box has.
[[nodiscard]] Insets piece_border(Fragment const& fragment);

} // namespace deckle::layout
