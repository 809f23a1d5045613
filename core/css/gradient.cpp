/// Gradients: https://www.w3.org/TR/css-images-3/#gradients
#include "css/value.hpp"
#include <array>
#include <tuple>

namespace deckle::css {
namespace {

bool side(Cursor& c, Gradient& g) {
    for (;;) {
        if (c.take_ident("left"))
            g.to_x = -1;
        else if (c.take_ident("right"))
            g.to_x = 1;
        else if (c.take_ident("top"))
            g.to_y = -1;
        else if (c.take_ident("bottom"))
            g.to_y = 1;
        else
            return g.to_x != 0 || g.to_y != 0;
    }
}

bool radial_shape(Cursor& c, Context const& x, Gradient& g, bool& any) {
    using Extent = Gradient::Extent;
    static constexpr Keyword<Extent> extents[] = {{"closest-side", Extent::closest_side},
                                                  {"closest-corner", Extent::closest_corner},
                                                  {"farthest-side", Extent::farthest_side},
                                                  {"farthest-corner", Extent::farthest_corner}};
    bool sized = false, shaped = false;
    for (;;) {
        if (!shaped && c.take_ident("circle"))
            shaped = g.circle = true;
        else if (!shaped && c.take_ident("ellipse"))
            shaped = true;
        else if (auto const extent = sized ? std::nullopt : read_keyword<Extent>(c, extents)) {
            g.extent = *extent;
            sized = true;
        } else if (auto const rx = sized ? std::nullopt : read_length_percentage(c, x, Sign::not_negative)) {
            g.extent = Extent::size;
            g.radius_x = g.radius_y = *rx;
            sized = true;
            if (auto const ry = read_length_percentage(c, x, Sign::not_negative))
                g.radius_y = *ry;
            else
                g.circle = true;
        } else
            break;
        any = true;
    }
    if (!c.take_ident("at")) return true;
    any = true;
    auto const position = read_position(c, x);
    if (!position) return false;
    std::tie(g.center_x, g.center_y) = *position;
    return true;
}

} // namespace

std::optional<Gradient> read_gradient(Cursor& c, Context const& x) {
    if (c.peek().type != Token::Type::function) return std::nullopt;
    auto const name = lower_case(c.peek().text);
    std::string_view kind = name;
    Gradient g;
    if (kind.starts_with("repeating-")) {
        g.repeating = true;
        kind.remove_prefix(10);
    }
    if (kind != "linear-gradient" && kind != "radial-gradient") return std::nullopt;
    auto const back = c.mark();
    auto const fail = [&] {
        c.reset(back);
        return std::nullopt;
    };
    Cursor in(c.take_block());
    bool prelude = false;
    if (kind == "linear-gradient") {
        if (in.take_ident("to")) {
            if (!side(in, g)) return fail();
            prelude = true;
        } else if (auto const angle = read_angle(in, x)) {
            g.angle = *angle;
            prelude = true;
        }
    } else {
        g.kind = Gradient::Kind::radial;
        if (!radial_shape(in, x, g, prelude)) return fail();
    }
    if (prelude && !in.take_comma()) return fail();
    do {
        auto const color = read_color(in, x);
        if (!color) return fail();
        GradientStop stop{*color, false, {}};
        auto const first = read_length_percentage(in, x);
        if (first) stop = {*color, true, *first};
        g.stops.push_back(stop);
        if (auto const second = first ? read_length_percentage(in, x) : std::nullopt)
            g.stops.push_back({*color, true, *second});
    } while (in.take_comma());
    if (!in.done() || g.stops.size() < 2) return fail();
    return g;
}

} // namespace deckle::css
