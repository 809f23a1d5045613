/// One drawing of one SVG tree. Inside core/layout/svg* only. Coordinates are user units of the element in work.
#pragma once
#include "css/cascade.hpp"
#include "layout/svg.hpp"
#include "layout/svg_geometry.hpp"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace deckle::layout::svg {

using html::Element;
using Style = css::ComputedStyle;

/// A computed length or size in points -> user units.
[[nodiscard]] inline double user_units(double points) {
    return points / 0.75;
}
[[nodiscard]] Color color_with(css::Color color, double opacity);

/// What an element's surroundings tell it.
struct Frame {
    Size viewport;    // percentages refer to it
    double scale = 1; // points on the page per user unit
    int depth = 0;
    Style const* parent = nullptr;
    bool shadow = false; // below <use>: styles inherit from there
};

enum class Axis { x, y, other };

class Renderer {
public:
    /// `links`: those of <a> are active; in a picture file they are not.
    Renderer(css::Cascade const& cascade, DrawContext& context, bool links)
        : cascade_(cascade), document_(cascade.document()), context_(context), links_(links) {}

    void root(Element const& svg, Rect const& viewport, std::vector<Item>& out);

private:
    // svg_render.cpp
    void element(Element const& e, Frame const& frame, std::vector<Item>& out);
    void children(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);
    void content(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);
    void viewport_element(Element const& e, Style const& style, Rect const& at, Frame const& frame,
                          std::vector<Item>& out);
    void link(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);
    void use(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);
    void image(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);
    [[nodiscard]] Path clip_of(Element const& e, std::string const& reference, Style const& style, Frame const& frame,
                               FillRule& rule);
    void collect_clip(Element const& e, Style const& parent, Matrix const& m, Frame const& frame, Path& out,
                      FillRule& rule);
    [[nodiscard]] Style const& style_of(Element const& e, Frame const& frame) const;
    [[nodiscard]] Matrix transform_of(Style const& style, Frame const& frame) const;
    [[nodiscard]] double length(Element const& e, std::string_view name, double fallback, Axis axis, Style const& style,
                                Frame const& frame);
    [[nodiscard]] std::optional<double> length(std::string_view text, Axis axis, Style const& style,
                                               Frame const& frame) const;
    [[nodiscard]] Element const* target(Element const& e) const;
    [[nodiscard]] Element const* by_reference(std::string_view reference) const;
    void unsupported(Element const& e, std::string const& what);
    void report(Element const& e, char const* code, std::string const& message);
    bool spend(Element const& e);

    // svg_shape.cpp
    [[nodiscard]] Path outline(Element const& e, Style const& style, Frame const& frame);
    void shape(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);

    // svg_paint.cpp
    void fill(Element const& e, Path path, Style const& style, Frame const& frame, std::vector<Item>& out);
    void stroke(Element const& e, Path path, Style const& style, Frame const& frame, std::vector<Item>& out);
    bool fill_from_server(Element const& e, Element const& server, Path const& path, Style const& style,
                          Frame const& frame, std::vector<Item>& out);
    /// Fills `path`; `box` is what the gradient's own units refer to.
    void gradient(Element const& server, Path const& path, Rect const& box, double opacity, FillRule rule,
                  Style const& style, Frame const& frame, std::vector<Item>& out);
    void pattern(Element const& e, Element const& server, Path const& path, Style const& style, Frame const& frame,
                 std::vector<Item>& out);
    /// One colour for what cannot take a gradient or pattern; nullopt for none.
    [[nodiscard]] std::optional<Color> flat_color(Element const& e, css::SvgPaint const& paint, double opacity,
                                                  char const* what);
    [[nodiscard]] std::vector<GradientStop> stops(Element const& server, double opacity) const;
    /// Attribute of a gradient or pattern, or of those it refers to.
    [[nodiscard]] std::optional<std::string_view> inherited_attribute(Element const& server,
                                                                      std::string_view name) const;
    [[nodiscard]] Matrix attribute_transform(Element const& server, std::string_view name) const;

    // svg_text.cpp
    void text(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out);

    css::Cascade const& cascade_;
    html::Document const& document_;
    DrawContext& context_;
    bool links_;
    std::size_t spent_ = 0;            // elements drawn, repeats counted
    std::vector<Element const*> open_; // targets of <use> and patterns in work: what comes round again is a cycle

    friend class TextLayout;
};

} // namespace deckle::layout::svg
