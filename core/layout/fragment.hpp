/// What layout makes of boxes: the piece of a box that stands on one page. Positions are relative to the border box
/// of the parent fragment, so a placed piece can be moved without touching what is in it.
#pragma once
#include "layout/box.hpp"
#include "layout/page.hpp"
#include "layout/token.hpp"
#include <memory>
#include <vector>

namespace deckle::layout {

struct Insets {
    double top = 0, right = 0, bottom = 0, left = 0;
    [[nodiscard]] double horizontal() const { return left + right; }
    [[nodiscard]] double vertical() const { return top + bottom; }
};

/// One resolved edge of a collapsed table border, in the coordinates of the fragment that carries it.
struct CollapsedEdge {
    Rect rect;
    css::Border border;
    bool horizontal = true;
};

struct Fragment {
    enum class Kind : std::uint8_t {
        box,     // paints background and border of its box
        wrapper, // only groups: a table with its captions
        line,
        text,     // `run`
        deferred, // text that is known when the page is full; its width is reserved
        object,   // a replaced box: border box with the image in its content
        event,    // a running element or an anchor without size
        borders,  // `edges`
    };
    Kind kind = Kind::box;
    bool start = true,
         end = true;       // this piece has the box's top (block) or left (inline) edge, its bottom or right one
    bool repeated = false; // a header or footer shown again: no anchors, no outline
    Box const* box = nullptr;
    Point at;
    Size size;
    std::vector<Fragment> children;
    std::unique_ptr<GlyphRun> run;
    std::unique_ptr<std::vector<CollapsedEdge>> edges;
    std::unique_ptr<Insets> border; // instead of the style's widths: collapsed cells and tables
    TokenPtr rest;                  // of a positioned box that is higher than its page: it goes on on the next one

    Fragment() = default;
    Fragment(Kind k, Box const* b, Point p, Size s) : kind(k), box(b), at(p), size(s) {}
    void move(double dx, double dy) {
        at.x += dx;
        at.y += dy;
    }
};

} // namespace deckle::layout
