/// The floats of one block formatting context; coordinates are those of the context's border box.
#pragma once
#include "css/style.hpp"
#include "layout/page.hpp"
#include "layout/token.hpp"
#include <cstddef>
#include <utility>
#include <vector>

namespace deckle::layout {

class Floats {
public:
    /// The free stretch [left, right] within [left, right] for a strip from `y` with `height`.
    struct Gap {
        double left = 0, right = 0;
    };
    [[nodiscard]] Gap gap(double y, double height, double left, double right) const;
    /// The next y below `y` where the free stretch may change; `y` itself when nothing more changes.
    [[nodiscard]] double next_edge(double y) const;
    /// The lowest bottom edge of the floats that `clear` is about, 0 when there is none.
    [[nodiscard]] double bottom(css::Clear clear) const;
    /// A float of this margin-box size: as high as possible at or below `y`, and as far to its side as possible.
    [[nodiscard]] Point place(css::Float side, Size size, double y, double left, double right) const;
    void add(css::Float side, Rect margin_box);

    [[nodiscard]] std::size_t count() const { return areas_.size(); }
    void forget(std::size_t count); // back to an earlier count()

    /// The float added last goes on on the next page.
    void carry(FloatRest rest) { rests_.push_back({areas_.size(), std::move(rest)}); }
    [[nodiscard]] bool carries() const { return !rests_.empty(); }
    [[nodiscard]] std::vector<FloatRest> take_rests();

private:
    struct Area {
        bool left = true;
        Rect rect;
    };
    std::vector<Area> areas_;
    std::vector<std::pair<std::size_t, FloatRest>> rests_; // with count() after their float
};

} // namespace deckle::layout
