/// Basic shapes: https://www.w3.org/TR/SVG2/shapes.html
#include "layout/svg_render.hpp"
#include <cmath>

namespace deckle::layout::svg {

using html::Tag;

Path Renderer::outline(Element const& e, Style const& style, Frame const& frame) {
    auto const at = [&](std::string_view name, Axis axis) { return length(e, name, 0, axis, style, frame); };
    switch (e.tag) {
    case Tag::path: {
        bool ok = true;
        auto path = parse_path(e.attribute("d").value_or(""), ok);
        if (!ok) report(e, "svg-value", "the path data has a mistake; it is drawn up to there");
        return path;
    }
    case Tag::rect: {
        Rect const r{at("x", Axis::x), at("y", Axis::y), at("width", Axis::x), at("height", Axis::y)};
        if (r.width <= 0 || r.height <= 0) return {};
        double rx = length(e, "rx", -1, Axis::x, style, frame), ry = length(e, "ry", -1, Axis::y, style, frame);
        if (rx < 0) rx = ry;
        if (ry < 0) ry = rx;
        return rect_path(r, rx, ry);
    }
    case Tag::circle: {
        double const r = at("r", Axis::other);
        return r > 0 ? ellipse_path({at("cx", Axis::x), at("cy", Axis::y)}, r, r) : Path{};
    }
    case Tag::ellipse: {
        double rx = length(e, "rx", -1, Axis::x, style, frame), ry = length(e, "ry", -1, Axis::y, style, frame);
        if (rx < 0) rx = ry;
        if (ry < 0) ry = rx;
        return rx > 0 && ry > 0 ? ellipse_path({at("cx", Axis::x), at("cy", Axis::y)}, rx, ry) : Path{};
    }
    case Tag::line:
        return poly_path({at("x1", Axis::x), at("y1", Axis::y), at("x2", Axis::x), at("y2", Axis::y)}, false);
    case Tag::polyline:
    case Tag::polygon: {
        auto const points = parse_numbers(e.attribute("points").value_or(""));
        if (!points || points->size() % 2 != 0) report(e, "svg-value", "points needs pairs of numbers");
        return points ? poly_path(*points, e.tag == Tag::polygon) : Path{};
    }
    case Tag::g:
    case Tag::a: { // the bounding box of a group asks for it
        Path all;
        if (frame.depth > 64) return all;
        Frame inner = frame;
        inner.parent = &style;
        ++inner.depth;
        for (auto const* child = e.first_element(); child; child = child->next_element()) {
            if (!spend(*child)) break;
            auto const& own = style_of(*child, inner);
            auto const path = transformed(outline(*child, own, inner), transform_of(own, inner));
            all.insert(all.end(), path.begin(), path.end());
        }
        return all;
    }
    default:
        return {};
    }
}

void Renderer::shape(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    if (style.visibility != css::Visibility::visible) return;
    for (auto const* name : {"marker-start", "marker-mid", "marker-end"})
        if (e.attribute(name).value_or("none") != "none") unsupported(e, name);
    auto path = outline(e, style, frame);
    if (path.empty()) return;
    if (e.tag != Tag::line) fill(e, path, style, frame, out);
    stroke(e, std::move(path), style, frame, out);
}

} // namespace deckle::layout::svg
