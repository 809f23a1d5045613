/// Borders, outlines, shadows.
#include "css/property.hpp"

namespace deckle::css {
namespace {

using S = ComputedStyle;
using B = Sides<Border>;

constexpr Keyword<BorderStyle> styles[] = {{"none", BorderStyle::none},     {"hidden", BorderStyle::hidden},
                                           {"dotted", BorderStyle::dotted}, {"dashed", BorderStyle::dashed},
                                           {"solid", BorderStyle::solid},   {"double", BorderStyle::double_},
                                           {"groove", BorderStyle::groove}, {"ridge", BorderStyle::ridge},
                                           {"inset", BorderStyle::inset},   {"outset", BorderStyle::outset}};
constexpr Keyword<double> widths[] = {{"thin", 0.75}, {"medium", 2.25}, {"thick", 3.75}};

std::optional<double> width(Cursor& c, Context const& x) {
    if (auto const word = read_keyword<double>(c, widths)) return word;
    return read_length(c, x, Sign::not_negative);
}

/// Width, style and colour in any order; what is missing is initial.
bool whole(Cursor& c, Context& x, Border& to) {
    Border out{2.25, BorderStyle::none, x.style.color};
    bool has_width = false, has_style = false, has_color = false;
    while (!c.done()) {
        if (!has_style) {
            if (auto const style = read_keyword<BorderStyle>(c, styles)) {
                out.style = *style;
                has_style = true;
                continue;
            }
        }
        if (!has_width) {
            if (auto const w = width(c, x)) {
                out.width = *w;
                has_width = true;
                continue;
            }
        }
        if (has_color) return false;
        if (!store(out.color, read_color(c, x))) return false;
        has_color = true;
    }
    to = out;
    return has_width || has_style || has_color;
}

constexpr Border B::*sides[] = {&B::top, &B::right, &B::bottom, &B::left};

/// One to four values of one aspect, around the box.
template <auto Aspect, class Read>
bool around(Cursor& c, Context& x, Read read) {
    decltype(read()) v[4];
    std::size_t count = 0;
    while (count < 4 && !c.done()) {
        if (!(v[count] = read())) return false;
        ++count;
    }
    if (count == 0) return false;
    for (std::size_t i = 0; i < 4; ++i) {
        auto const from = i < count ? i : i == 3 && count > 1 ? 1 : i >= 2 && count > i - 2 ? i - 2 : 0;
        (x.style.border.*sides[i]).*Aspect = *v[from];
    }
    return true;
}

bool border_width(Cursor& c, Context& x) {
    return around<&Border::width>(c, x, [&] { return width(c, x); });
}
bool border_style(Cursor& c, Context& x) {
    return around<&Border::style>(c, x, [&] { return read_keyword<BorderStyle>(c, styles); });
}
bool border_color(Cursor& c, Context& x) {
    return around<&Border::color>(c, x, [&] { return read_color(c, x); });
}

bool border(Cursor& c, Context& x) {
    Border one;
    if (!whole(c, x, one)) return false;
    x.style.border = {one, one, one, one};
    return true;
}

template <auto Side>
bool side(Cursor& c, Context& x) {
    return whole(c, x, x.style.border.*Side);
}
template <auto Side>
bool side_width(Cursor& c, Context& x) {
    return store((x.style.border.*Side).width, width(c, x));
}
template <auto Side>
bool side_style(Cursor& c, Context& x) {
    return store((x.style.border.*Side).style, read_keyword<BorderStyle>(c, styles));
}
template <auto Side>
bool side_color(Cursor& c, Context& x) {
    return store((x.style.border.*Side).color, read_color(c, x));
}
template <auto Side>
void copy_side(S& to, S const& from) {
    to.border.*Side = from.border.*Side;
}
template <auto Side, auto Aspect>
void copy_aspect(S& to, S const& from) {
    (to.border.*Side).*Aspect = (from.border.*Side).*Aspect;
}
template <auto Aspect>
void copy_around(S& to, S const& from) {
    for (auto const s : sides) (to.border.*s).*Aspect = (from.border.*s).*Aspect;
}
template <auto First, auto Second>
bool two_sides(Cursor& c, Context& x) {
    if (!whole(c, x, x.style.border.*First)) return false;
    x.style.border.*Second = x.style.border.*First;
    return true;
}

bool outline_width(Cursor& c, Context& x) {
    return store(x.style.outline.width, width(c, x));
}
bool outline_style(Cursor& c, Context& x) {
    return store(x.style.outline.style, read_keyword<BorderStyle>(c, styles));
}
bool outline_color(Cursor& c, Context& x) {
    return store(x.style.outline.color, read_color(c, x));
}
bool outline(Cursor& c, Context& x) {
    return whole(c, x, x.style.outline);
}
bool outline_offset(Cursor& c, Context& x) {
    return store(x.style.outline_offset, read_length(c, x));
}

using C = Corners;
constexpr CornerRadius C::*corners[] = {&C::top_left, &C::top_right, &C::bottom_right, &C::bottom_left};

bool radii(Cursor& c, Context& x, Length CornerRadius::*axis) {
    std::optional<Length> v[4];
    std::size_t count = 0;
    while (count < 4 && !c.done() && !c.peek().is_delim('/')) {
        if (!(v[count] = read_length_percentage(c, x, Sign::not_negative))) return false;
        ++count;
    }
    if (count == 0) return false;
    for (std::size_t i = 0; i < 4; ++i) {
        auto const from = i < count ? i : i == 3 && count > 1 ? 1 : i >= 2 && count > i - 2 ? i - 2 : 0;
        (x.style.radius.*corners[i]).*axis = *v[from];
    }
    return true;
}

bool border_radius(Cursor& c, Context& x) {
    if (!radii(c, x, &CornerRadius::x)) return false;
    if (c.take_delim('/')) return radii(c, x, &CornerRadius::y);
    for (auto const corner : corners) (x.style.radius.*corner).y = (x.style.radius.*corner).x;
    return true;
}

template <auto Corner>
bool corner(Cursor& c, Context& x) {
    auto& r = x.style.radius.*Corner;
    if (!store(r.x, read_length_percentage(c, x, Sign::not_negative))) return false;
    r.y = r.x;
    return c.done() || store(r.y, read_length_percentage(c, x, Sign::not_negative));
}
template <auto Corner>
void copy_corner(S& to, S const& from) {
    to.radius.*Corner = from.radius.*Corner;
}

bool box_shadow(Cursor& c, Context& x) {
    x.style.box_shadow.clear();
    if (c.take_ident("none")) return true;
    do {
        Shadow s;
        s.color = x.style.color;
        bool has_color = false, has_lengths = false;
        while (!c.done() && c.peek().type != Token::Type::comma) {
            if (!s.inset && c.take_ident("inset"))
                s.inset = true;
            else if (auto const dx = has_lengths ? std::nullopt : read_length(c, x)) {
                auto const dy = read_length(c, x);
                if (!dy) return false;
                s.x = *dx, s.y = *dy;
                if (auto const blur = read_length(c, x, Sign::not_negative)) {
                    s.blur = *blur;
                    if (auto const spread = read_length(c, x)) s.spread = *spread;
                }
                has_lengths = true;
            } else if (auto const paint = has_color ? std::nullopt : read_color(c, x)) {
                s.color = *paint;
                has_color = true;
            } else
                return false;
        }
        if (!has_lengths) return false;
        x.style.box_shadow.push_back(s);
    } while (c.take_comma());
    return true;
}

constexpr auto W = &Border::width;
constexpr auto Y = &Border::style;
constexpr auto K = &Border::color;

#define SIDE(name, member)                                                                                             \
    {"border-" name, false, side<&B::member>, copy_side<&B::member>},                                                  \
        {"border-" name "-width", false, side_width<&B::member>, copy_aspect<&B::member, W>},                          \
        {"border-" name "-style", false, side_style<&B::member>, copy_aspect<&B::member, Y>}, {                        \
        "border-" name "-color", false, side_color<&B::member>, copy_aspect<&B::member, K>                             \
    }

/// In text from left to right the first side, else the second.
template <bool (*Ltr)(Cursor&, Context&), bool (*Rtl)(Cursor&, Context&)>
bool by_direction(Cursor& c, Context& x) {
    return x.style.direction == Direction::rtl ? Rtl(c, x) : Ltr(c, x);
}
template <void (*Ltr)(S&, S const&), void (*Rtl)(S&, S const&)>
void copy_by_direction(S& to, S const& from) {
    return to.direction == Direction::rtl ? Rtl(to, from) : Ltr(to, from);
}

#define INLINE_SIDE(name, ltr, rtl)                                                                                    \
    {"border-inline-" name, false, by_direction<side<&B::ltr>, side<&B::rtl>>,                                         \
     copy_by_direction<copy_side<&B::ltr>, copy_side<&B::rtl>>},                                                       \
        {"border-inline-" name "-width", false, by_direction<side_width<&B::ltr>, side_width<&B::rtl>>,                \
         copy_by_direction<copy_aspect<&B::ltr, W>, copy_aspect<&B::rtl, W>>},                                         \
        {"border-inline-" name "-style", false, by_direction<side_style<&B::ltr>, side_style<&B::rtl>>,                \
         copy_by_direction<copy_aspect<&B::ltr, Y>, copy_aspect<&B::rtl, Y>>},                                         \
    {                                                                                                                  \
        "border-inline-" name "-color", false, by_direction<side_color<&B::ltr>, side_color<&B::rtl>>,                 \
            copy_by_direction<copy_aspect<&B::ltr, K>, copy_aspect<&B::rtl, K>>                                        \
    }
#define LOGICAL_CORNER(name, first, second)                                                                            \
    {                                                                                                                  \
        "border-" name "-radius", false, by_direction<corner<&C::first>, corner<&C::second>>,                          \
            copy_by_direction<copy_corner<&C::first>, copy_corner<&C::second>>                                         \
    }

Property const table[] = {
    {"border", false, border, copy<&S::border>},
    {"border-width", false, border_width, copy_around<W>},
    {"border-style", false, border_style, copy_around<Y>},
    {"border-color", false, border_color, copy_around<K>},
    SIDE("top", top),
    SIDE("right", right),
    SIDE("bottom", bottom),
    SIDE("left", left),
    SIDE("block-start", top),
    SIDE("block-end", bottom),
    INLINE_SIDE("start", left, right),
    INLINE_SIDE("end", right, left),
    {"border-block", false, two_sides<&B::top, &B::bottom>, copy<&S::border>},
    {"border-inline", false, two_sides<&B::left, &B::right>, copy<&S::border>},
    {"border-radius", false, border_radius, copy<&S::radius>},
    {"border-top-left-radius", false, corner<&C::top_left>, copy_corner<&C::top_left>},
    {"border-top-right-radius", false, corner<&C::top_right>, copy_corner<&C::top_right>},
    {"border-bottom-right-radius", false, corner<&C::bottom_right>, copy_corner<&C::bottom_right>},
    {"border-bottom-left-radius", false, corner<&C::bottom_left>, copy_corner<&C::bottom_left>},
    LOGICAL_CORNER("start-start", top_left, top_right),
    LOGICAL_CORNER("start-end", top_right, top_left),
    LOGICAL_CORNER("end-start", bottom_left, bottom_right),
    LOGICAL_CORNER("end-end", bottom_right, bottom_left),
    {"outline", false, outline, copy<&S::outline>},
    {"outline-width", false, outline_width, copy<&S::outline>},
    {"outline-style", false, outline_style, copy<&S::outline>},
    {"outline-color", false, outline_color, copy<&S::outline>},
    {"outline-offset", false, outline_offset, copy<&S::outline_offset>},
    {"box-shadow", false, box_shadow, copy<&S::box_shadow>},
};

} // namespace

std::span<Property const> border_properties() {
    return table;
}

} // namespace deckle::css
