#include "chart/labels.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace deckle::chart {
namespace {

double overlap(Box const& a, Box const& b) {
    double const width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    double const height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

/// Length of the segment inside the box, by Liang and Barsky's clipping.
double length_inside(Point from, Point to, Box const& box) {
    double enter = 0, leave = 1;
    double const dx = to.x - from.x, dy = to.y - from.y;
    double const p[4] = {-dx, dx, -dy, dy};
    double const q[4] = {from.x - box.x, box.x + box.width - from.x, from.y - box.y, box.y + box.height - from.y};
    for (int i = 0; i < 4; ++i) {
        if (p[i] == 0) {
            if (q[i] < 0) return 0;
            continue;
        }
        double const t = q[i] / p[i];
        if (p[i] < 0)
            enter = std::max(enter, t);
        else
            leave = std::min(leave, t);
    }
    return leave > enter ? (leave - enter) * std::hypot(dx, dy) : 0;
}

} // namespace

void Labels::block_line(std::vector<Point> const& run) {
    for (std::size_t i = 1; i < run.size(); ++i) lines_.emplace_back(run[i - 1], run[i]);
}

double Labels::cost(Box const& box) const {
    double sum = 0;
    for (auto const& blocked : blocked_) sum += 10 * overlap(box, blocked);
    for (auto const& [from, to] : lines_) sum += 4 * length_inside(from, to, box);
    return sum;
}

bool Labels::is_free(Box const& box) const {
    return cost(box) == 0;
}

bool Labels::write(Svg& svg, std::string const& text, std::vector<Place> const& places, Style const& style, bool must) {
    double best_cost = HUGE_VAL;
    Place best;
    Box best_box;
    for (auto place : places) {
        Box box = text_box(text, place.x, place.y, place.anchor, style.size, style.bold);
        double const shift =
            std::max(bounds_.x - box.x, 0.0) - std::max(box.x + box.width - bounds_.x - bounds_.width, 0.0);
        place.x += shift;
        box.x += shift;
        bool const outside = box.y < bounds_.y - 0.5 || box.y + box.height > bounds_.y + bounds_.height + 0.5;
        Box const padded{box.x - 1.5, box.y - 0.5, box.width + 3, box.height + 1};
        double const here = cost(padded) + (outside ? 1e6 : 0);
        if (here >= best_cost) continue;
        best_cost = here;
        best = place;
        best_box = padded;
        if (here == 0) break;
    }
    if (places.empty() || (best_cost > 0 && !must)) return false;
    svg.text(text, best.x, best.y, best.anchor, style.size, style.fill, style.bold);
    block(best_box);
    return true;
}

std::vector<double> spread(std::vector<double> const& wanted, double distance, double low, double high) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
    std::vector<double> out(wanted.size());
    double floor = low;
    for (auto const i : order) {
        out[i] = std::max(wanted[i], floor);
        floor = out[i] + distance;
    }
    double ceiling = high;
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        out[*it] = std::min(out[*it], ceiling);
        ceiling = out[*it] - distance;
    }
    return out;
}

} // namespace deckle::chart
