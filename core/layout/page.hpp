/// What layout hands to an exporter: pages of a small closed set of items. An exporter is one switch over them.
/// Lengths are points (1/72 inch); the origin is the page's top left corner, y grows downwards.
#pragma once
#include "layout/structure.hpp"
#include "text/glyph.hpp"
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace deckle::text {
class Face; // one font file at one style; lives as long as its FontSet
}

namespace deckle::layout {

struct Image; // image.hpp: a decoded or pass-through raster image

struct Point {
    double x = 0, y = 0;
};
struct Size {
    double width = 0, height = 0;
};
struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
};
struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    friend bool operator==(Color, Color) = default;
};

/// x' = a·x + c·y + e; y' = b·x + d·y + f (the order of CSS and SVG `matrix()`).
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};

struct PathSegment {
    enum class Kind : std::uint8_t { move, line, cubic, close } kind = Kind::move;
    std::array<Point, 3> points{}; // move, line: points[0]; cubic: two control points, then the end
};
using Path = std::vector<PathSegment>;
enum class FillRule : std::uint8_t { nonzero, evenodd };

struct GradientStop {
    double offset = 0; // 0..1, ascending
    Color color;
};
/// Linear from `from` to `to`, or radial around `to` with `radius` and focus `from`; in the item's own coordinates.
struct Gradient {
    enum class Kind : std::uint8_t { linear, radial } kind = Kind::linear;
    Point from, to;
    double radius = 0;
    std::vector<GradientStop> stops;
};
using Paint = std::variant<Color, Gradient>;

struct Stroke {
    Color color;
    double width = 1;
    std::vector<double> dashes;
    double dash_offset = 0;
    enum class Cap : std::uint8_t { butt, round, square } cap = Cap::butt;
    enum class Join : std::uint8_t { miter, round, bevel } join = Join::miter;
    double miter_limit = 4;
};

using text::Glyph; // points; y offset downwards; cluster = byte offset in GlyphRun::text

/// Shaped text on one baseline, in visual order from left to right. `text` is the source text of the run in logical
/// order (UTF-8), so that copying from the PDF gives back what was written; `rtl` when the run reads right to left.
struct GlyphRun {
    text::Face const* face = nullptr;
    float size = 0; // font size
    Color color;
    Point origin; // of the first glyph, on the baseline
    bool rtl = false;
    bool spaced = false; // letters stand so far apart that each might be taken for a word
    NodeId node = 0; // see Structure
    bool bold = false, slanted = false; // the face is neither, but was asked to be: strokes and slant are made up
    std::vector<Glyph> glyphs;
    std::string text;
};

struct FillRect {
    Rect rect;
    Color color;
};
struct FillPath {
    Path path;
    Paint paint;
    FillRule rule = FillRule::nonzero;
};
struct StrokePath {
    Path path;
    Stroke stroke;
};
struct DrawImage {
    std::shared_ptr<Image const> image; // shared: one logo stands on every page
    Rect rect;
};
/// An active area; `uri` for the outside, or "#name" for an Anchor of this document.
struct Link {
    Rect rect;
    std::string uri;
    NodeId node = 0;
};
/// A place that links and the outline can point at.
struct Anchor {
    std::string name;
    Point at;
};

struct Group;
using Item = std::variant<GlyphRun, FillRect, FillPath, StrokePath, DrawImage, Link, Anchor, std::unique_ptr<Group>>;

/// Items drawn together: transformed, then clipped (clip in the outer coordinates), then blended as one.
struct Group {
    Matrix transform;
    Path clip; // empty = no clip
    FillRule clip_rule = FillRule::nonzero;
    double opacity = 1;
    NodeId node = 0; // not 0: all of it is the content of this one node, a figure
    std::vector<Item> items;
};

/// One page; items in painting order.
struct Page {
    Size size;
    std::vector<Item> items;
};

struct OutlineEntry {
    int level = 1; // 1 = h1
    std::string title;
    std::size_t page = 0; // counts from 0
    Point at;
};

/// What the document says about itself.
struct Metadata {
    std::string title, author, subject, keywords, language; // language: BCP 47
};

/// Takes pages as soon as they are placed, so that a long document is never held whole.
class PageSink {
public:
    virtual ~PageSink() = default;
    /// Before the first page, when the document is tagged. A book gives one for each of its documents, before that
    /// document's pages: nodes[1] and on go on after the nodes that came before, and refer to each other by the numbers
    /// they then have.
    virtual void structure(Structure&&) {}
    /// Pages arrive in order, from 0.
    virtual void page(Page&& page) = 0;
    /// More items for a page already given, on top of it: text that was known only later, such as "of 12".
    virtual void append(std::size_t page, std::vector<Item>&& items) = 0;
    /// Once, after the last page.
    virtual void finish(std::vector<OutlineEntry>&& outline, Metadata&& metadata) = 0;
};

} // namespace deckle::layout
