/// Matrices and boxes of page items. Inside core/pdf only.
#pragma once
#include "layout/page.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::pdf {

inline layout::Point apply(layout::Matrix const& m, layout::Point p) {
    return {m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f};
}

/// First `inner`, then `outer`.
inline layout::Matrix combine(layout::Matrix const& outer, layout::Matrix const& inner) {
    return {outer.a * inner.a + outer.c * inner.b,           outer.b * inner.a + outer.d * inner.b,
            outer.a * inner.c + outer.c * inner.d,           outer.b * inner.c + outer.d * inner.d,
            outer.a * inner.e + outer.c * inner.f + outer.e, outer.b * inner.e + outer.d * inner.f + outer.f};
}

inline layout::Rect bounds(layout::Matrix const& m, layout::Rect const& r) {
    layout::Point const corners[] = {apply(m, {r.x, r.y}), apply(m, {r.x + r.width, r.y}),
                                     apply(m, {r.x, r.y + r.height}), apply(m, {r.x + r.width, r.y + r.height})};
    double left = corners[0].x, right = left, top = corners[0].y, bottom = top;
    for (layout::Point const& p : corners) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    return {left, top, right - left, bottom - top};
}

inline bool finite(layout::Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}
inline bool finite(layout::Rect const& r) {
    return std::isfinite(r.x) && std::isfinite(r.y) && std::isfinite(r.width) && std::isfinite(r.height);
}
inline bool finite(layout::Matrix const& m) {
    return std::isfinite(m.a) && std::isfinite(m.b) && std::isfinite(m.c) && std::isfinite(m.d) && std::isfinite(m.e) &&
           std::isfinite(m.f);
}

} // namespace deckle::pdf
