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
    auto const& [tl, tr, br, bl] = radii.corners;
    double const left = r.x, top = r.y, right = r.x + r.width, bottom = r.y + r.height;
    double const k = 1 - kappa;
    Path path;
    path.push_back(move(left + tl.width, top));
    path.push_back(line(right - tr.width, top));
    path.push_back(curve({right - tr.width * k, top}, {right, top + tr.height * k}, {right, top + tr.height}));
    path.push_back(line(right, bottom - br.height));
    path.push_back(curve({right, bottom - br.height * k}, {right - br.width * k, bottom}, {right - br.width, bottom}));
    path.push_back(line(left + bl.width, bottom));
    path.push_back(curve({left + bl.width * k, bottom}, {left, bottom - bl.height * k}, {left, bottom - bl.height}));
    path.push_back(line(left, top + tl.height));
    path.push_back(curve({left, top + tl.height * k}, {left + tl.width * k, top}, {left + tl.width, top}));
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
