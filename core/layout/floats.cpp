// https://www.w3.org/TR/CSS22/visuren.html#float-position
#include "layout/floats.hpp"
#include <algorithm>

namespace deckle::layout {
namespace {
constexpr double tolerance = 1e-6;
}

Floats::Gap Floats::gap(double y, double height, double left, double right) const {
    for (Area const& area : areas_) {
        if (area.rect.width <= 0 || area.rect.height <= 0) continue;
        bool const beside =
            area.rect.y < y + std::max(height, tolerance) - tolerance && area.rect.y + area.rect.height > y + tolerance;
        if (!beside) continue;
        if (area.left) {
            left = std::max(left, area.rect.x + area.rect.width);
        } else {
            right = std::min(right, area.rect.x);
        }
    }
    return {left, right};
}

double Floats::next_edge(double y) const {
    double next = y;
    for (Area const& area : areas_) {
        double const bottom = area.rect.y + area.rect.height;
        if (bottom > y + tolerance && (next <= y || bottom < next)) next = bottom;
    }
    return next;
}

double Floats::bottom(css::Clear clear) const {
    double lowest = 0;
    for (Area const& area : areas_) {
        bool const meant = clear == css::Clear::both || (clear == css::Clear::left && area.left) ||
                           (clear == css::Clear::right && !area.left);
        if (meant) lowest = std::max(lowest, area.rect.y + area.rect.height);
    }
    return lowest;
}

Point Floats::place(css::Float side, Size size, double y, double left, double right) const {
    for (Area const& area : areas_) y = std::max(y, area.rect.y); // never above an earlier float
    for (;;) {
        Gap const free = gap(y, size.height, left, right);
        double const below = next_edge(y);
        if (free.right - free.left >= size.width - tolerance || below <= y) {
            return {side == css::Float::right ? std::max(free.right - size.width, left) : free.left, y};
        }
        y = below;
    }
}

void Floats::forget(std::size_t count) {
    areas_.resize(count);
    std::erase_if(rests_, [&](auto const& entry) { return entry.first > count; });
}

std::vector<FloatRest> Floats::take_rests() {
    std::vector<FloatRest> out;
    for (auto& entry : rests_) out.push_back(std::move(entry.second));
    rests_.clear();
    return out;
}

void Floats::add(css::Float side, Rect margin_box) {
    areas_.push_back({side != css::Float::right, margin_box});
}

} // namespace deckle::layout
