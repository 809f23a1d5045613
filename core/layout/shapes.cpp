#include "layout/shapes.hpp"
#include <algorithm>

namespace deckle::layout {
namespace {

constexpr double kappa = 0.5522847498307936; // a quarter circle as one cubic

PathSegment move(double x, double y) {
    return {PathSegment::Kind::move, {Point{x, y}, {}, {}}};
}
PathSegment line(double x, double y) {
    return {PathSegment::Kind::line, {Point{x, y}, {}, {}}};
}
PathSegment curve(Point a, Point b, Point end) {
    return {PathSegment::Kind::cubic, {a, b, end}};
}
PathSegment close() {
    return {PathSegment::Kind::close, {}};
}

/// A quarter of an ellipse from the side before the corner to the side after it, clockwise.
struct Corner {
    Point start, a, b, end;
    bool rounded = false;
};

Corner corner_of(Rect const& r, Radii const& radii, std::size_t which) {
    auto const& [width, height] = radii.corners[which];
    double const left = r.x, top = r.y, right = r.x + r.width, bottom = r.y + r.height;
    double const w = width, h = height, kw = width * (1 - kappa), kh = height * (1 - kappa);
    bool const rounded = w > 0 && h > 0;
    switch (which) {
    case 0:
        return {{left, top + h}, {left, top + kh}, {left + kw, top}, {left + w, top}, rounded};
    case 1:
        return {{right - w, top}, {right - kw, top}, {right, top + kh}, {right, top + h}, rounded};
    case 2:
        return {{right, bottom - h}, {right, bottom - kh}, {right - kw, bottom}, {right - w, bottom}, rounded};
    default:
        return {{left + w, bottom}, {left + kw, bottom}, {left, bottom - kh}, {left, bottom - h}, rounded};
    }
}

} // namespace

bool Radii::any() const {
    return std::any_of(corners.begin(), corners.end(), [](Size const& s) { return s.width > 0 && s.height > 0; });
}

Path rectangle_path(Rect const& r) {
    return {move(r.x, r.y), line(r.x + r.width, r.y), line(r.x + r.width, r.y + r.height), line(r.x, r.y + r.height),
            close()};
}

Path rounded_path(Rect const& r, Radii const& radii) {
    if (!radii.any()) return rectangle_path(r);
    Path path = outline(r, radii, 0, 4);
    path.push_back(close());
    return path;
}

Path outline(Rect const& r, Radii const& radii, std::size_t from, std::size_t count) {
    Path path;
    bool const round = count >= 4;
    Corner const first = corner_of(r, radii, from % 4);
    path.push_back(round ? move(first.end.x, first.end.y) : move(first.start.x, first.start.y));
    if (!round && first.rounded) path.push_back(curve(first.a, first.b, first.end));
    for (std::size_t i = 1; i <= count; ++i) {
        Corner const c = corner_of(r, radii, (from + i) % 4);
        path.push_back(line(c.start.x, c.start.y));
        if (round || c.rounded) path.push_back(curve(c.a, c.b, c.end));
    }
    return path;
}

Path band(Rect const& outer, Radii const& radii, Insets const& width, std::size_t from, std::size_t count) {
    Path path = outline(outer, radii, from, count);
    Path const inner = outline(inset(outer, width), shrink(radii, width), from, count);
    auto const end_of = [](PathSegment const& s) { return s.points[s.kind == PathSegment::Kind::cubic ? 2 : 0]; };
    Point const last = end_of(inner.back());
    path.push_back(line(last.x, last.y));
    for (std::size_t i = inner.size(); --i > 0;) { // the inner edge backwards
        Point const to = end_of(inner[i - 1]);
        if (inner[i].kind == PathSegment::Kind::cubic) {
            path.push_back(curve(inner[i].points[1], inner[i].points[0], to));
        } else {
            path.push_back(line(to.x, to.y));
        }
    }
    path.push_back(close());
    return path;
}

Radii radii_of(css::Corners const& c, Rect const& box) {
    auto corner = [&](css::CornerRadius const& r) {
        Size const size{r.x.is_value() ? r.x.resolve(box.width) : 0, r.y.is_value() ? r.y.resolve(box.height) : 0};
        return size.width > 0 && size.height > 0 ? size : Size{};
    };
    Radii radii{{corner(c.top_left), corner(c.top_right), corner(c.bottom_right), corner(c.bottom_left)}};
    auto const& k = radii.corners;
    double scale = 1;
    auto fit = [&](double sum, double side) {
        if (sum > side && sum > 0) scale = std::min(scale, side / sum);
    };
    fit(k[0].width + k[1].width, box.width);
    fit(k[3].width + k[2].width, box.width);
    fit(k[0].height + k[3].height, box.height);
    fit(k[1].height + k[2].height, box.height);
    for (Size& size : radii.corners) size = {size.width * scale, size.height * scale};
    return radii;
}

Radii shrink(Radii const& radii, Insets const& by) {
    Radii inner = radii;
    auto reduce = [](Size& size, double x, double y) {
        size = {std::max(0.0, size.width - x), std::max(0.0, size.height - y)};
        if (size.width <= 0 || size.height <= 0) size = {};
    };
    reduce(inner.corners[0], by.left, by.top);
    reduce(inner.corners[1], by.right, by.top);
    reduce(inner.corners[2], by.right, by.bottom);
    reduce(inner.corners[3], by.left, by.bottom);
    return inner;
}

Rect inset(Rect const& r, Insets const& by) {
    return {r.x + by.left, r.y + by.top, std::max(0.0, r.width - by.horizontal()),
            std::max(0.0, r.height - by.vertical())};
}

Color color_of(css::Color const& c) {
    return {c.r, c.g, c.b, c.a};
}

} // namespace deckle::layout
