#include "layout/paint_gradient.hpp"
#include "layout/shapes.hpp"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace deckle::layout {
namespace {

using Stops = std::vector<GradientStop>;

constexpr double tiny = 1e-6;
constexpr std::size_t most_stops = 2000; // of a repeating gradient; finer ones are one colour to the eye

/// Offsets made ascending; those not given are spread evenly between their neighbours.
// https://www.w3.org/TR/css-images-3/#color-stop-fixup
Stops stops_of(css::Gradient const& gradient, double length) {
    Stops stops;
    std::vector<bool> known;
    for (css::GradientStop const& stop : gradient.stops) {
        double const at = stop.has_position && length > 0 ? stop.position.resolve(length) / length : 0;
        stops.push_back({at, color_of(stop.color)});
        known.push_back(stop.has_position);
    }
    if (stops.empty()) return stops;
    if (!known.front()) stops.front().offset = 0;
    if (!known.back()) stops.back().offset = 1;
    known.front() = known.back() = true;
    double highest = stops.front().offset;
    for (std::size_t i = 1; i < stops.size(); ++i) {
        if (!known[i]) continue;
        highest = stops[i].offset = std::max(highest, stops[i].offset);
    }
    for (std::size_t i = 1; i < stops.size(); ++i) {
        if (known[i]) continue;
        std::size_t end = i;
        while (!known[end]) ++end;
        double const from = stops[i - 1].offset, step = (stops[end].offset - from) / static_cast<double>(end - i + 1);
        for (std::size_t k = i; k < end; ++k) stops[k].offset = from + step * static_cast<double>(k - i + 1);
        i = end;
    }
    return stops;
}

Color average(Stops const& stops) {
    double sum[4] = {0, 0, 0, 0};
    double const whole = stops.back().offset - stops.front().offset;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        double const share = whole > tiny ? (stops[i + 1].offset - stops[i].offset) / whole : 0;
        Color const a = stops[i].color, b = stops[i + 1].color;
        sum[0] += share * (a.r + b.r) / 2;
        sum[1] += share * (a.g + b.g) / 2;
        sum[2] += share * (a.b + b.b) / 2;
        sum[3] += share * (a.a + b.a) / 2;
    }
    if (whole <= tiny) return stops.back().color;
    auto const channel = [](double v) { return static_cast<std::uint8_t>(std::lround(v)); };
    return {channel(sum[0]), channel(sum[1]), channel(sum[2]), channel(sum[3])};
}

/// The stops again and again until they cover `from` to `to`.
Stops repeated(Stops const& stops, double from, double to) {
    double const first = stops.front().offset, period = stops.back().offset - first;
    double const rounds = period > tiny ? (to - from) / period + 2 : most_stops;
    if (rounds * static_cast<double>(stops.size()) > most_stops) {
        Color const flat = average(stops);
        return {{from, flat}, {to, flat}};
    }
    Stops out;
    for (double shift = std::floor((from - first) / period) * period; first + shift < to; shift += period) {
        for (GradientStop const& stop : stops) out.push_back({stop.offset + shift, stop.color});
    }
    return out;
}

Color between(GradientStop const& a, GradientStop const& b, double at) {
    double const t = b.offset - a.offset > tiny ? (at - a.offset) / (b.offset - a.offset) : 1;
    auto const mix = [&](std::uint8_t x, std::uint8_t y) {
        return static_cast<std::uint8_t>(std::lround(x + (y - x) * t));
    };
    return {mix(a.color.r, b.color.r), mix(a.color.g, b.color.g), mix(a.color.b, b.color.b), mix(a.color.a, b.color.a)};
}

/// Without what lies before 0: the colour at 0 begins.
void cut_below_zero(Stops& stops) {
    std::size_t first = 0;
    while (first < stops.size() && stops[first].offset < 0) ++first;
    if (first == 0) return;
    if (first == stops.size()) {
        stops = {{0, stops.back().color}};
        return;
    }
    GradientStop const start{0, between(stops[first - 1], stops[first], 0)};
    stops.erase(stops.begin(), stops.begin() + static_cast<std::ptrdiff_t>(first));
    if (stops.front().offset > 0) stops.insert(stops.begin(), start);
}

/// Offsets stretched from 0..`last` to 0..1.
void scale(Stops& stops, double first, double last) {
    double const whole = last - first;
    for (GradientStop& stop : stops)
        stop.offset = whole > tiny ? std::clamp((stop.offset - first) / whole, 0.0, 1.0) : 1;
}

Item linear(css::Gradient const& g, Rect const& box) {
    Point const center{box.x + box.width / 2, box.y + box.height / 2};
    double angle = g.angle * std::numbers::pi / 180;
    if (g.to_x != 0 && g.to_y != 0) { // the line meets the corner at a right angle to the other diagonal
        angle = std::atan2(g.to_x * box.height, -g.to_y * box.width);
    } else if (g.to_x != 0 || g.to_y != 0) {
        angle = std::atan2(g.to_x, -g.to_y);
    }
    double const length = std::abs(box.width * std::sin(angle)) + std::abs(box.height * std::cos(angle));
    Stops stops = stops_of(g, length);
    if (g.repeating) stops = repeated(stops, 0, 1);
    // Stops may lie outside of the line: then it is made longer.
    double const first = std::min(0.0, stops.front().offset), last = std::max(1.0, stops.back().offset);
    auto const on_line = [&](double t) {
        return Point{center.x + std::sin(angle) * length * (t - 0.5), center.y - std::cos(angle) * length * (t - 0.5)};
    };
    if (first < 0 || last > 1) scale(stops, first, last);
    Gradient made;
    made.from = on_line(first);
    made.to = on_line(last);
    made.stops = std::move(stops);
    return FillPath{rectangle_path(box), std::move(made), FillRule::nonzero};
}

Size radii_of(css::Gradient const& g, Rect const& box, Point at) {
    double const left = at.x - box.x, right = box.x + box.width - at.x, top = at.y - box.y,
                 bottom = box.y + box.height - at.y;
    bool const closest =
        g.extent == css::Gradient::Extent::closest_side || g.extent == css::Gradient::Extent::closest_corner;
    double rx = closest ? std::min(std::abs(left), std::abs(right)) : std::max(std::abs(left), std::abs(right));
    double ry = closest ? std::min(std::abs(top), std::abs(bottom)) : std::max(std::abs(top), std::abs(bottom));
    bool const corner =
        g.extent == css::Gradient::Extent::closest_corner || g.extent == css::Gradient::Extent::farthest_corner;
    if (g.extent == css::Gradient::Extent::size) {
        rx = g.radius_x.resolve(box.width);
        ry = g.circle ? rx : g.radius_y.resolve(box.height);
    } else if (g.circle) {
        rx = ry = corner ? std::hypot(rx, ry) : closest ? std::min(rx, ry) : std::max(rx, ry);
    } else if (corner) {
        rx *= std::numbers::sqrt2;
        ry *= std::numbers::sqrt2;
    }
    return {std::max(rx, 0.01), std::max(ry, 0.01)};
}

Item radial(css::Gradient const& g, Rect const& box) {
    Point const at{box.x + g.center_x.resolve(box.width), box.y + g.center_y.resolve(box.height)};
    auto [rx, ry] = radii_of(g, box, at);
    Stops stops = stops_of(g, rx);
    if (g.repeating) {
        double const far = std::hypot(std::max(std::abs(at.x - box.x), std::abs(box.x + box.width - at.x)) / rx,
                                      std::max(std::abs(at.y - box.y), std::abs(box.y + box.height - at.y)) / ry);
        stops = repeated(stops, 0, std::max(1.0, far));
    }
    cut_below_zero(stops);
    if (double const last = stops.back().offset; last > 1) { // a larger circle
        scale(stops, 0, last);
        rx *= last;
        ry *= last;
    }
    Gradient made;
    made.kind = Gradient::Kind::radial;
    made.stops = std::move(stops);
    made.radius = rx;
    if (std::abs(rx - ry) < 0.001) {
        made.from = made.to = at;
        return FillPath{rectangle_path(box), std::move(made), FillRule::nonzero};
    }
    auto group = std::make_unique<Group>(); // an ellipse is a circle seen from the side
    double const flat = ry / rx;
    group->transform = {1, 0, 0, flat, at.x, at.y};
    made.from = made.to = {0, 0};
    Rect const local{box.x - at.x, (box.y - at.y) / flat, box.width, box.height / flat};
    group->items.emplace_back(FillPath{rectangle_path(local), std::move(made), FillRule::nonzero});
    return group;
}

} // namespace

Item gradient_fill(css::Gradient const& gradient, Rect const& box) {
    return gradient.kind == css::Gradient::Kind::linear ? linear(gradient, box) : radial(gradient, box);
}

} // namespace deckle::layout
