// https://www.w3.org/TR/css-backgrounds-3/#borders
#include "layout/paint.hpp"
#include <algorithm>
#include <array>
#include <cmath>

namespace deckle::layout {
namespace {

using css::BorderStyle;

Color shaded(Color c, bool darker) {
    auto mix = [&](std::uint8_t v) { return static_cast<std::uint8_t>(darker ? v * 0.6 : 255 - (255 - v) * 0.6); };
    return {mix(c.r), mix(c.g), mix(c.b), c.a};
}

bool same(css::Sides<css::Border> const& b) {
    return b.top == b.right && b.top == b.bottom && b.top == b.left;
}

Path polygon(std::initializer_list<Point> points) {
    Path path;
    for (Point const& p : points) {
        path.push_back({path.empty() ? PathSegment::Kind::move : PathSegment::Kind::line, {p, {}, {}}});
    }
    path.push_back({PathSegment::Kind::close, {}});
    return path;
}

bool plain(BorderStyle style) {
    return style == BorderStyle::solid || style == BorderStyle::inset || style == BorderStyle::outset;
}

Color side_color(css::Border const& border, bool top_left) {
    Color const color = color_of(border.color);
    switch (border.style) {
    case BorderStyle::inset:
    case BorderStyle::groove:
        return shaded(color, top_left);
    case BorderStyle::outset:
    case BorderStyle::ridge:
        return shaded(color, !top_left);
    default:
        return color;
    }
}

/// The ring between two rounded rectangles.
FillPath ring(Rect const& outer, Radii const& outer_radii, Insets const& width, Color color) {
    FillPath fill{rounded_path(outer, outer_radii), color, FillRule::evenodd};
    Path const inner = rounded_path(inset(outer, width), shrink(outer_radii, width));
    fill.path.insert(fill.path.end(), inner.begin(), inner.end());
    return fill;
}

StrokePath dashed(css::Border const& border, Path path) {
    StrokePath stroke{std::move(path), {}};
    double const w = border.width;
    stroke.stroke.color = color_of(border.color);
    stroke.stroke.width = w;
    bool const dotted = border.style == BorderStyle::dotted;
    stroke.stroke.dashes = dotted ? std::vector<double>{0, 2 * w} : std::vector<double>{3 * w, 2 * w};
    if (dotted) stroke.stroke.cap = Stroke::Cap::round;
    return stroke;
}

/// Rounded sides that differ: each by itself, clipped where two meet, on the line through the outer and the inner
/// corner.
void paint_sides(std::array<css::Border const*, 4> const& sides, Rect const& box, Radii const& radii,
                 Insets const& width, std::vector<Item>& items) {
    double const x = box.x, y = box.y, r = box.x + box.width, d = box.y + box.height;
    double const reach = std::min(width.horizontal() > 0 ? box.width / width.horizontal() : unlimited,
                                  width.vertical() > 0 ? box.height / width.vertical() : unlimited);
    Point const top_left{x + reach * width.left, y + reach * width.top};
    Point const top_right{r - reach * width.right, top_left.y};
    Point const bottom_left{top_left.x, d - reach * width.bottom};
    Point const bottom_right{top_right.x, bottom_left.y};
    std::array const wedges{
        polygon({{x, y}, {r, y}, top_right, top_left}), polygon({{r, y}, {r, d}, bottom_right, top_right}),
        polygon({{r, d}, {x, d}, bottom_left, bottom_right}), polygon({{x, d}, {x, y}, top_left, bottom_left})};
    for (std::size_t i = 0; i < 4; ++i) {
        css::Border const& border = *sides[i];
        if (border.width <= 0) continue;
        auto group = std::make_unique<Group>();
        group->clip = wedges[i];
        auto fill = [&](Insets const& before, Insets const& band_width) {
            group->items.emplace_back(FillPath{band(inset(box, before), shrink(radii, before), band_width, i, 1),
                                               side_color(border, i == 0 || i == 3), FillRule::nonzero});
        };
        auto part = [&](double f) { return Insets{width.top * f, width.right * f, width.bottom * f, width.left * f}; };
        if (border.style == BorderStyle::dashed || border.style == BorderStyle::dotted) {
            group->items.emplace_back(dashed(border, outline(inset(box, part(0.5)), shrink(radii, part(0.5)), i, 1)));
        } else if (border.style == BorderStyle::double_) {
            fill({}, part(1.0 / 3));
            fill(part(2.0 / 3), part(1.0 / 3));
        } else {
            fill({}, width);
        }
        items.emplace_back(std::move(group));
    }
}

void paint_rounded(css::Sides<css::Border> const& b, Rect const& box, Radii const& radii, Insets const& width,
                   std::vector<Item>& items) {
    if (same(b) && b.top.style == BorderStyle::double_) {
        auto part = [&](double f) { return Insets{width.top * f, width.right * f, width.bottom * f, width.left * f}; };
        items.emplace_back(ring(box, radii, part(1.0 / 3), color_of(b.top.color)));
        Insets const inner = part(2.0 / 3);
        items.emplace_back(ring(inset(box, inner), shrink(radii, inner), part(1.0 / 3), color_of(b.top.color)));
        return;
    }
    if (same(b) && (b.top.style == BorderStyle::dashed || b.top.style == BorderStyle::dotted)) {
        double const w = b.top.width;
        Insets const half{w / 2, w / 2, w / 2, w / 2};
        items.emplace_back(dashed(b.top, rounded_path(inset(box, half), shrink(radii, half))));
        return;
    }
    std::array const sides{&b.top, &b.right, &b.bottom, &b.left};
    auto color = [&](std::size_t i) { return side_color(*sides[i], i == 0 || i == 3); };
    auto shown = [&](std::size_t i) { return sides[i]->width > 0; };
    std::size_t first = 0; // of a run of sides
    while (first < 4 && (!shown(first) || shown((first + 3) % 4))) ++first;
    bool const all = first == 4;
    if (all) first = 0;
    bool one_color = true;
    for (std::size_t i = 0; i < 4; ++i) {
        one_color = one_color && (!shown(i) || (plain(sides[i]->style) && color(i) == color(first)));
    }
    if (one_color && all) {
        items.emplace_back(ring(box, radii, width, color(0)));
        return;
    }
    if (one_color) {
        for (std::size_t i = 0; i < 4; ++i) {
            std::size_t const from = (first + i) % 4;
            if (!shown(from) || shown((from + 3) % 4)) continue;
            std::size_t count = 1;
            while (shown((from + count) % 4)) ++count;
            items.emplace_back(FillPath{band(box, radii, width, from, count), color(from), FillRule::nonzero});
        }
        return;
    }
    paint_sides(sides, box, radii, width, items);
}

} // namespace

void paint_line(Rect const& rect, bool horizontal, css::BorderStyle style, Color color, std::vector<Item>& items) {
    double const width = horizontal ? rect.height : rect.width;
    double const length = horizontal ? rect.width : rect.height;
    if (width <= 0 || length <= 0 || color.a == 0) return;
    if (style == BorderStyle::double_ && width >= 0.9) {
        double const third = width / 3;
        for (double offset : {0.0, 2 * third}) {
            items.emplace_back(FillRect{horizontal ? Rect{rect.x, rect.y + offset, rect.width, third}
                                                   : Rect{rect.x + offset, rect.y, third, rect.height},
                                        color});
        }
        return;
    }
    if (style == BorderStyle::dashed || style == BorderStyle::dotted) {
        bool const dotted = style == BorderStyle::dotted;
        StrokePath stroke;
        double const cut = dotted ? width / 2 : 0; // round caps reach beyond the ends
        Point const from =
            horizontal ? Point{rect.x + cut, rect.y + width / 2} : Point{rect.x + width / 2, rect.y + cut};
        Point const to = horizontal ? Point{rect.x + length - cut, from.y} : Point{from.x, rect.y + length - cut};
        stroke.path = {{PathSegment::Kind::move, {from, {}, {}}}, {PathSegment::Kind::line, {to, {}, {}}}};
        stroke.stroke.color = color;
        stroke.stroke.width = width;
        // A whole number of dashes with the line ending in one.
        double const unit = dotted ? 2 * width : 5 * width, dash = dotted ? 0 : 3 * width;
        double const run = dotted ? length - 2 * cut : length;
        double const count = std::max(1.0, std::round((run - dash) / unit));
        double const step = std::max(0.01, (run - dash) / count);
        stroke.stroke.dashes = {dash, step - dash > 0 ? step - dash : unit - dash};
        if (dotted) stroke.stroke.cap = Stroke::Cap::round;
        items.emplace_back(std::move(stroke));
        return;
    }
    items.emplace_back(FillRect{rect, color});
}

void paint_wave(Point from, double length, double width, Color color, std::vector<Item>& items) {
    if (length <= 0 || width <= 0 || color.a == 0) return;
    double const high = 1.5 * width, half = 2 * width; // of one wave: amplitude and half its length
    StrokePath stroke;
    stroke.stroke.color = color;
    stroke.stroke.width = width;
    stroke.path.push_back({PathSegment::Kind::move, {from, {}, {}}});
    auto const waves = static_cast<std::size_t>(std::clamp(std::ceil(length / (2 * half)), 1.0, 2000.0));
    double const step = length / static_cast<double>(2 * waves); // whole waves
    for (std::size_t i = 0; i < 2 * waves; ++i) {
        double const x = from.x + step * static_cast<double>(i), side = i % 2 == 0 ? -high : high;
        stroke.path.push_back(
            {PathSegment::Kind::cubic,
             {Point{x + step / 2, from.y + side}, Point{x + step / 2, from.y + side}, Point{x + step, from.y}}});
    }
    items.emplace_back(std::move(stroke));
}

namespace {

bool carved(BorderStyle style) {
    return style == BorderStyle::groove || style == BorderStyle::ridge;
}

/// Groove and ridge: an outer half that looks set in (out) around an inner half the other way.
bool paint_carved(css::Sides<css::Border> const& b, Rect const& box, Radii const& radii, std::vector<Item>& items) {
    if (!carved(b.top.style) && !carved(b.right.style) && !carved(b.bottom.style) && !carved(b.left.style))
        return false;
    css::Sides<css::Border> outer = b, inner = b;
    Insets by;
    auto halve = [](css::Border const& whole, css::Border& out, css::Border& in, double& width) {
        if (!carved(whole.style)) { // painted once, as part of the outer ring
            in.width = 0;
            width = whole.width;
            return;
        }
        bool const groove = whole.style == BorderStyle::groove;
        out.width = in.width = width = whole.width / 2;
        out.style = groove ? BorderStyle::inset : BorderStyle::outset;
        in.style = groove ? BorderStyle::outset : BorderStyle::inset;
    };
    halve(b.top, outer.top, inner.top, by.top);
    halve(b.right, outer.right, inner.right, by.right);
    halve(b.bottom, outer.bottom, inner.bottom, by.bottom);
    halve(b.left, outer.left, inner.left, by.left);
    paint_borders(outer, box, radii, items);
    paint_borders(inner, inset(box, by), shrink(radii, by), items);
    return true;
}

} // namespace

void paint_borders(css::Sides<css::Border> const& b, Rect const& box, Radii const& radii, std::vector<Item>& items) {
    Insets const w{b.top.width, b.right.width, b.bottom.width, b.left.width};
    if (w.top <= 0 && w.right <= 0 && w.bottom <= 0 && w.left <= 0) return;
    if (paint_carved(b, box, radii, items)) return;
    if (radii.any()) return paint_rounded(b, box, radii, w, items);
    double const x = box.x, y = box.y, r = box.x + box.width, d = box.y + box.height;
    bool const lines = !plain(b.top.style) || !plain(b.right.style) || !plain(b.bottom.style) || !plain(b.left.style);
    Color const top = side_color(b.top, true), right = side_color(b.right, false), bottom = side_color(b.bottom, false),
                left = side_color(b.left, true);
    auto joins = [](double a, Color ca, double c, Color cc) { return a > 0 && c > 0 && !(ca == cc); };
    bool const mitred = joins(w.top, top, w.left, left) || joins(w.top, top, w.right, right) ||
                        joins(w.bottom, bottom, w.left, left) || joins(w.bottom, bottom, w.right, right);
    if (mitred && !lines) {
        auto fill = [&](double width, Color color, Path path) {
            if (width > 0 && color.a > 0) items.emplace_back(FillPath{std::move(path), color, FillRule::nonzero});
        };
        fill(w.top, top, polygon({{x, y}, {r, y}, {r - w.right, y + w.top}, {x + w.left, y + w.top}}));
        fill(w.right, right, polygon({{r, y}, {r, d}, {r - w.right, d - w.bottom}, {r - w.right, y + w.top}}));
        fill(w.bottom, bottom, polygon({{r, d}, {x, d}, {x + w.left, d - w.bottom}, {r - w.right, d - w.bottom}}));
        fill(w.left, left, polygon({{x, d}, {x, y}, {x + w.left, y + w.top}, {x + w.left, d - w.bottom}}));
        return;
    }
    paint_line({x, y, box.width, w.top}, true, b.top.style, top, items);
    paint_line({x, d - w.bottom, box.width, w.bottom}, true, b.bottom.style, bottom, items);
    paint_line({x, y + w.top, w.left, box.height - w.vertical()}, false, b.left.style, left, items);
    paint_line({r - w.right, y + w.top, w.right, box.height - w.vertical()}, false, b.right.style, right, items);
}

void paint_edge(CollapsedEdge const& edge, Point origin, std::vector<Item>& items) {
    Rect const rect{edge.rect.x + origin.x, edge.rect.y + origin.y, edge.rect.width, edge.rect.height};
    paint_line(rect, edge.horizontal, edge.border.style, side_color(edge.border, true), items);
}

} // namespace deckle::layout
