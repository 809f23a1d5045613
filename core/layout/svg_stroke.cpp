/// The area that a stroke covers, for strokes that are no plain colour. Every segment, join and cap is a small outline
/// of its own, all turning the same way, so that together they fill by the nonzero rule.
/// https://www.w3.org/TR/SVG2/painting.html#StrokeShape
#include "layout/svg_geometry.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout::svg {
namespace {

constexpr int curve_steps = 24;

struct Line {
    std::vector<Point> points;
    bool closed = false;
};

double distance(Point a, Point b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

std::vector<Line> flattened(Path const& path) {
    std::vector<Line> lines;
    auto const add = [&](Point p) {
        if (lines.back().points.empty() || distance(lines.back().points.back(), p) > 1e-9)
            lines.back().points.push_back(p);
    };
    for (PathSegment const& segment : path) {
        if (segment.kind == PathSegment::Kind::move || lines.empty()) lines.emplace_back();
        switch (segment.kind) {
        case PathSegment::Kind::move:
        case PathSegment::Kind::line:
            add(segment.points[0]);
            break;
        case PathSegment::Kind::cubic: {
            auto const& [b, c, d] = segment.points;
            Point const a = lines.back().points.empty() ? b : lines.back().points.back();
            for (int i = 1; i <= curve_steps; ++i) {
                double const t = static_cast<double>(i) / curve_steps, u = 1 - t;
                double const w[] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
                add({w[0] * a.x + w[1] * b.x + w[2] * c.x + w[3] * d.x,
                     w[0] * a.y + w[1] * b.y + w[2] * c.y + w[3] * d.y});
            }
            break;
        }
        case PathSegment::Kind::close: {
            std::vector<Point>& points = lines.back().points;
            lines.back().closed = true;
            if (points.size() > 1 && distance(points.front(), points.back()) <= 1e-9) points.pop_back();
            Point const start = points.empty() ? Point{} : points.front();
            lines.emplace_back(); // what follows without a move begins where this began
            lines.back().points.push_back(start);
            break;
        }
        }
    }
    std::erase_if(lines, [](Line const& line) { return line.points.size() < 2; });
    return lines;
}

/// The dashes of a line, as lines of their own.
std::vector<Line> dashed(Line const& line, Stroke const& stroke) {
    double period = 0;
    for (double const dash : stroke.dashes) period += dash;
    if (stroke.dashes.empty() || !(period > 0)) return {line};
    double left = std::fmod(stroke.dash_offset, period);
    if (left < 0) left += period;
    std::size_t index = 0;
    while (left >= stroke.dashes[index]) {
        left -= stroke.dashes[index];
        index = (index + 1) % stroke.dashes.size();
    }
    double room = stroke.dashes[index] - left; // of the dash or gap that is under way
    std::vector<Line> out;
    std::vector<Point> points = line.points;
    if (line.closed) points.push_back(points.front());
    if (index % 2 == 0) out.push_back({{points.front()}, false});
    for (std::size_t i = 1; i < points.size(); ++i) {
        Point from = points[i - 1];
        double length = distance(from, points[i]);
        while (length > room) {
            double const t = room / length;
            from = {from.x + (points[i].x - from.x) * t, from.y + (points[i].y - from.y) * t};
            length -= room;
            if (index % 2 == 0) out.back().points.push_back(from);
            index = (index + 1) % stroke.dashes.size();
            room = std::max(stroke.dashes[index], 1e-6);
            if (index % 2 == 0) out.push_back({{from}, false});
        }
        room -= length;
        if (index % 2 == 0) out.back().points.push_back(points[i]);
    }
    std::erase_if(out, [](Line const& dash) { return dash.points.size() < 2; });
    return out;
}

class Area {
public:
    explicit Area(Stroke const& stroke) : stroke_(stroke), half_(stroke.width / 2) {}

    void add(Line const& line) {
        auto const& p = line.points;
        std::size_t const count = p.size(), segments = line.closed ? count : count - 1;
        for (std::size_t i = 0; i < segments; ++i) {
            Point const a = p[i], b = p[(i + 1) % count], n = normal(a, b);
            polygon({{a.x + n.x, a.y + n.y}, {b.x + n.x, b.y + n.y}, {b.x - n.x, b.y - n.y}, {a.x - n.x, a.y - n.y}});
            if (i + 1 < segments || line.closed) join(a, b, p[(i + 2) % count]);
        }
        if (line.closed) return;
        cap(p[1], p[0]);
        cap(p[count - 2], p[count - 1]);
    }
    Path take() { return std::move(path_); }

private:
    /// Half the width, to the left of the way from a to b.
    Point normal(Point a, Point b) const {
        double const length = std::max(distance(a, b), 1e-12);
        return {(b.y - a.y) / length * half_, (a.x - b.x) / length * half_};
    }

    void polygon(std::vector<Point> points) {
        double twice = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            Point const a = points[i], b = points[(i + 1) % points.size()];
            twice += a.x * b.y - b.x * a.y;
        }
        if (std::abs(twice) < 1e-12) return;
        if (twice < 0) std::reverse(points.begin(), points.end());
        for (std::size_t i = 0; i < points.size(); ++i)
            path_.push_back({i == 0 ? PathSegment::Kind::move : PathSegment::Kind::line, {points[i], {}, {}}});
        path_.push_back({PathSegment::Kind::close, {}});
    }

    void disc(Point center) {
        std::vector<Point> points;
        for (int i = 0; i < curve_steps; ++i) {
            double const angle = 2 * 3.14159265358979323846 * i / curve_steps;
            points.push_back({center.x + half_ * std::cos(angle), center.y + half_ * std::sin(angle)});
        }
        polygon(std::move(points));
    }

    void join(Point a, Point b, Point c) {
        if (stroke_.join == Stroke::Join::round) return disc(b);
        Point m = normal(a, b), n = normal(b, c);
        double const cross = m.x * n.y - m.y * n.x, dot = m.x * n.x + m.y * n.y, square = half_ * half_;
        if (cross < 0) m = {-m.x, -m.y}, n = {-n.x, -n.y}; // the outer side of the turn
        std::vector<Point> points{b, {b.x + m.x, b.y + m.y}, {b.x + n.x, b.y + n.y}};
        // The tip stands 1 / cos(half the turn) away; the limit counts in whole widths.
        double const cosine = std::sqrt(std::max(0.0, (1 + dot / square) / 2));
        if (stroke_.join == Stroke::Join::miter && cosine > 1e-6 && 1 / cosine <= stroke_.miter_limit) {
            double const k = 1 / (2 * cosine * cosine);
            points.insert(points.begin() + 2, {b.x + (m.x + n.x) * k, b.y + (m.y + n.y) * k});
        }
        polygon(std::move(points));
    }

    void cap(Point from, Point end) {
        if (stroke_.cap == Stroke::Cap::round) return disc(end);
        if (stroke_.cap != Stroke::Cap::square) return;
        Point const n = normal(from, end), on{-n.y, n.x}; // `on` goes half a width beyond the end
        polygon({{end.x + n.x, end.y + n.y},
                 {end.x + n.x + on.x, end.y + n.y + on.y},
                 {end.x - n.x + on.x, end.y - n.y + on.y},
                 {end.x - n.x, end.y - n.y}});
    }

    Stroke const& stroke_;
    double half_;
    Path path_;
};

} // namespace

Path stroke_area(Path const& path, Stroke const& stroke) {
    Area area(stroke);
    for (Line const& line : flattened(path))
        for (Line const& dash : dashed(line, stroke)) area.add(dash);
    return area.take();
}

} // namespace deckle::layout::svg
