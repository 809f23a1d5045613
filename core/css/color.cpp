/// Colour values: https://www.w3.org/TR/css-color-4/. All forms end as sRGB with eight bits a channel.
#include "css/value.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace deckle::css {
namespace {

struct Named {
    std::string_view name;
    std::uint32_t rgb;
};
// clang-format off
constexpr std::array<Named, 148> named_colors{{
    {"aliceblue", 0xf0f8ff}, {"antiquewhite", 0xfaebd7}, {"aqua", 0x00ffff}, {"aquamarine", 0x7fffd4},
    {"azure", 0xf0ffff}, {"beige", 0xf5f5dc}, {"bisque", 0xffe4c4}, {"black", 0x000000},
    {"blanchedalmond", 0xffebcd}, {"blue", 0x0000ff}, {"blueviolet", 0x8a2be2}, {"brown", 0xa52a2a},
    {"burlywood", 0xdeb887}, {"cadetblue", 0x5f9ea0}, {"chartreuse", 0x7fff00}, {"chocolate", 0xd2691e},
    {"coral", 0xff7f50}, {"cornflowerblue", 0x6495ed}, {"cornsilk", 0xfff8dc}, {"crimson", 0xdc143c},
    {"cyan", 0x00ffff}, {"darkblue", 0x00008b}, {"darkcyan", 0x008b8b}, {"darkgoldenrod", 0xb8860b},
    {"darkgray", 0xa9a9a9}, {"darkgreen", 0x006400}, {"darkgrey", 0xa9a9a9}, {"darkkhaki", 0xbdb76b},
    {"darkmagenta", 0x8b008b}, {"darkolivegreen", 0x556b2f}, {"darkorange", 0xff8c00}, {"darkorchid", 0x9932cc},
    {"darkred", 0x8b0000}, {"darksalmon", 0xe9967a}, {"darkseagreen", 0x8fbc8f}, {"darkslateblue", 0x483d8b},
    {"darkslategray", 0x2f4f4f}, {"darkslategrey", 0x2f4f4f}, {"darkturquoise", 0x00ced1}, {"darkviolet", 0x9400d3},
    {"deeppink", 0xff1493}, {"deepskyblue", 0x00bfff}, {"dimgray", 0x696969}, {"dimgrey", 0x696969},
    {"dodgerblue", 0x1e90ff}, {"firebrick", 0xb22222}, {"floralwhite", 0xfffaf0}, {"forestgreen", 0x228b22},
    {"fuchsia", 0xff00ff}, {"gainsboro", 0xdcdcdc}, {"ghostwhite", 0xf8f8ff}, {"gold", 0xffd700},
    {"goldenrod", 0xdaa520}, {"gray", 0x808080}, {"green", 0x008000}, {"greenyellow", 0xadff2f}, {"grey", 0x808080},
    {"honeydew", 0xf0fff0}, {"hotpink", 0xff69b4}, {"indianred", 0xcd5c5c}, {"indigo", 0x4b0082},
    {"ivory", 0xfffff0}, {"khaki", 0xf0e68c}, {"lavender", 0xe6e6fa}, {"lavenderblush", 0xfff0f5},
    {"lawngreen", 0x7cfc00}, {"lemonchiffon", 0xfffacd}, {"lightblue", 0xadd8e6}, {"lightcoral", 0xf08080},
    {"lightcyan", 0xe0ffff}, {"lightgoldenrodyellow", 0xfafad2}, {"lightgray", 0xd3d3d3}, {"lightgreen", 0x90ee90},
    {"lightgrey", 0xd3d3d3}, {"lightpink", 0xffb6c1}, {"lightsalmon", 0xffa07a}, {"lightseagreen", 0x20b2aa},
    {"lightskyblue", 0x87cefa}, {"lightslategray", 0x778899}, {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xb0c4de}, {"lightyellow", 0xffffe0}, {"lime", 0x00ff00}, {"limegreen", 0x32cd32},
    {"linen", 0xfaf0e6}, {"magenta", 0xff00ff}, {"maroon", 0x800000}, {"mediumaquamarine", 0x66cdaa},
    {"mediumblue", 0x0000cd}, {"mediumorchid", 0xba55d3}, {"mediumpurple", 0x9370db}, {"mediumseagreen", 0x3cb371},
    {"mediumslateblue", 0x7b68ee}, {"mediumspringgreen", 0x00fa9a}, {"mediumturquoise", 0x48d1cc},
    {"mediumvioletred", 0xc71585}, {"midnightblue", 0x191970}, {"mintcream", 0xf5fffa}, {"mistyrose", 0xffe4e1},
    {"moccasin", 0xffe4b5}, {"navajowhite", 0xffdead}, {"navy", 0x000080}, {"oldlace", 0xfdf5e6},
    {"olive", 0x808000}, {"olivedrab", 0x6b8e23}, {"orange", 0xffa500}, {"orangered", 0xff4500},
    {"orchid", 0xda70d6}, {"palegoldenrod", 0xeee8aa}, {"palegreen", 0x98fb98}, {"paleturquoise", 0xafeeee},
    {"palevioletred", 0xdb7093}, {"papayawhip", 0xffefd5}, {"peachpuff", 0xffdab9}, {"peru", 0xcd853f},
    {"pink", 0xffc0cb}, {"plum", 0xdda0dd}, {"powderblue", 0xb0e0e6}, {"purple", 0x800080},
    {"rebeccapurple", 0x663399}, {"red", 0xff0000}, {"rosybrown", 0xbc8f8f}, {"royalblue", 0x4169e1},
    {"saddlebrown", 0x8b4513}, {"salmon", 0xfa8072}, {"sandybrown", 0xf4a460}, {"seagreen", 0x2e8b57},
    {"seashell", 0xfff5ee}, {"sienna", 0xa0522d}, {"silver", 0xc0c0c0}, {"skyblue", 0x87ceeb},
    {"slateblue", 0x6a5acd}, {"slategray", 0x708090}, {"slategrey", 0x708090}, {"snow", 0xfffafa},
    {"springgreen", 0x00ff7f}, {"steelblue", 0x4682b4}, {"tan", 0xd2b48c}, {"teal", 0x008080}, {"thistle", 0xd8bfd8},
    {"tomato", 0xff6347}, {"turquoise", 0x40e0d0}, {"violet", 0xee82ee}, {"wheat", 0xf5deb3}, {"white", 0xffffff},
    {"whitesmoke", 0xf5f5f5}, {"yellow", 0xffff00}, {"yellowgreen", 0x9acd32},
}};
// clang-format on

std::uint8_t channel(double value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
}

Color rgb(double r, double g, double b, double a) {
    return {channel(r), channel(g), channel(b), channel(a)};
}

std::optional<Color> hex(std::string_view digits) {
    std::array<std::uint8_t, 8> d{};
    if (digits.size() > 8) return std::nullopt;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        char const c = digits[i];
        if (c >= '0' && c <= '9')
            d[i] = static_cast<std::uint8_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            d[i] = static_cast<std::uint8_t>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            d[i] = static_cast<std::uint8_t>(c - 'A' + 10);
        else
            return std::nullopt;
    }
    auto const one = [&](std::size_t i) { return static_cast<std::uint8_t>(d[i] * 17); };
    auto const two = [&](std::size_t i) { return static_cast<std::uint8_t>(d[2 * i] * 16 + d[2 * i + 1]); };
    switch (digits.size()) {
    case 3:
        return Color{one(0), one(1), one(2), 255};
    case 4:
        return Color{one(0), one(1), one(2), one(3)};
    case 6:
        return Color{two(0), two(1), two(2), 255};
    case 8:
        return Color{two(0), two(1), two(2), two(3)};
    default:
        return std::nullopt;
    }
}

/// Hue in degrees, the others 0..1.
std::array<double, 3> from_hsl(double h, double s, double l) {
    h = std::fmod(std::fmod(h, 360) + 360, 360);
    auto const f = [&](double n) {
        double const k = std::fmod(n + h / 30, 12);
        return l - s * std::min(l, 1 - l) * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
    };
    return {f(0), f(8), f(4)};
}

double gamma(double v) {
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

std::array<double, 3> from_oklab(double l, double a, double b) {
    double const p = std::pow(l + 0.3963377774 * a + 0.2158037573 * b, 3);
    double const q = std::pow(l - 0.1055613458 * a - 0.0638541728 * b, 3);
    double const r = std::pow(l - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {gamma(4.0767416621 * p - 3.3077115913 * q + 0.2309699292 * r),
            gamma(-1.2684380046 * p + 2.6097574011 * q - 0.3413193965 * r),
            gamma(-0.0041960863 * p - 0.7034186147 * q + 1.7076147010 * r)};
}

double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

std::array<double, 3> to_oklab(Color c) {
    double const r = linear(c.r / 255.0), g = linear(c.g / 255.0), b = linear(c.b / 255.0);
    double const p = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double const q = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double const s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * p + 0.7936177850 * q - 0.0040720468 * s,
            1.9779984951 * p - 2.4285922050 * q + 0.4505937099 * s,
            0.0259040371 * p + 0.7827717662 * q - 0.8086757660 * s};
}

std::array<double, 3> from_lab(double l, double a, double b) {
    double const fy = (l + 16) / 116, fx = fy + a / 500, fz = fy - b / 200;
    auto const inverse = [](double f) { return f * f * f > 216.0 / 24389 ? f * f * f : (116 * f - 16) * 27 / 24389; };
    double const x = inverse(fx) * 0.3457 / 0.3585, y = inverse(fy), z = inverse(fz) * (1 - 0.3457 - 0.3585) / 0.3585;
    // D50 to linear sRGB, Bradford included
    return {gamma(3.1341359569 * x - 1.6173863321 * y - 0.4906619460 * z),
            gamma(-0.9787684710 * x + 1.9161415001 * y + 0.0334540110 * z),
            gamma(0.0719450304 * x - 0.2289914449 * y + 1.4052427041 * z)};
}

/// One argument: a number with `percent_unit` per 1%, or an angle for hues; "none" is 0.
struct Argument {
    double number = 0;
    bool percent = false;
};
std::optional<Argument> argument(Cursor& c, Context const& x, bool hue) {
    if (c.take_ident("none")) return Argument{};
    if (c.peek().type == Token::Type::percentage) return Argument{c.take().number, true};
    if (hue)
        if (auto const angle = read_angle(c, x)) return Argument{*angle, false};
    if (auto const number = read_number(c, x)) return Argument{*number, false};
    return std::nullopt;
}

/// color-mix(in srgb | srgb-linear | oklab, a 30%, b): https://www.w3.org/TR/css-color-5/#color-mix
std::optional<Color> mix(Cursor in, Context const& x) {
    if (!in.take_ident("in")) return std::nullopt;
    bool const srgb = in.take_ident("srgb"), lin = !srgb && in.take_ident("srgb-linear");
    if (!srgb && !lin && !in.take_ident("oklab")) return std::nullopt;
    std::array<Color, 2> colors;
    std::array<std::optional<double>, 2> shares;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!in.take_comma()) return std::nullopt;
        auto const percent = [&] {
            if (in.peek().type == Token::Type::percentage) shares[i] = std::clamp(in.take().number, 0.0, 100.0);
        };
        percent();
        auto const color = read_color(in, x);
        if (!color) return std::nullopt;
        colors[i] = *color;
        if (!shares[i]) percent();
    }
    if (!in.done()) return std::nullopt;
    double const a = shares[0].value_or(shares[1] ? 100 - *shares[1] : 50), b = shares[1].value_or(100 - a);
    if (a + b <= 0) return std::nullopt;
    double const weights[] = {a / (a + b), b / (a + b)};
    std::array<double, 3> sum{};
    double alpha = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        auto p = srgb || lin ? std::array{colors[i].r / 255.0, colors[i].g / 255.0, colors[i].b / 255.0}
                             : to_oklab(colors[i]);
        if (lin)
            for (auto& v : p) v = linear(v);
        double const share = weights[i] * colors[i].a / 255.0; // premultiplied
        for (std::size_t k = 0; k < 3; ++k) sum[k] += p[k] * share;
        alpha += share;
    }
    for (auto& v : sum) v = alpha > 0 ? v / alpha : 0;
    if (lin)
        for (auto& v : sum) v = gamma(v);
    if (!srgb && !lin) sum = from_oklab(sum[0], sum[1], sum[2]);
    return rgb(sum[0], sum[1], sum[2], alpha * std::min(1.0, (a + b) / 100));
}

std::optional<Color> function(Cursor& c, Context const& x) {
    auto const name = lower_case(c.peek().text);
    if (name == "color-mix") return mix(Cursor(c.take_block()), x);
    bool const is_rgb = name == "rgb" || name == "rgba", is_hsl = name == "hsl" || name == "hsla",
               is_hwb = name == "hwb";
    bool const is_lab = name == "lab", is_lch = name == "lch", is_oklab = name == "oklab", is_oklch = name == "oklch";
    bool const device_cmyk = name == "device-cmyk", predefined = name == "color";
    if (!predefined && !is_rgb && !is_hsl && !is_hwb && !is_lab && !is_lch && !is_oklab && !is_oklch && !device_cmyk)
        return std::nullopt;
    Cursor in(c.take_block());
    std::array<Argument, 4> v{};
    std::size_t const count = device_cmyk ? 4 : 3;
    bool const is_linear = predefined && in.take_ident("srgb-linear");
    if (predefined && !is_linear && !in.take_ident("srgb")) return std::nullopt; // wider spaces are not printed
    bool commas = false;
    for (std::size_t i = 0; i < count; ++i) {
        if (i == 1)
            commas = in.take_comma();
        else if (i > 1 && commas && !in.take_comma())
            return std::nullopt;
        auto const a = argument(in, x, (i == 0 && (is_hsl || is_hwb)) || (i == 2 && (is_lch || is_oklch)));
        if (!a) return std::nullopt;
        v[i] = *a;
    }
    double alpha = 1;
    if (commas ? in.take_comma() : in.take_delim('/')) {
        auto const a = argument(in, x, false);
        if (!a) return std::nullopt;
        alpha = a->percent ? a->number / 100 : a->number;
    }
    if (!in.done()) return std::nullopt;
    // share of the whole: percentages, or numbers of which `full` is all
    auto const share = [&](std::size_t i, double full) { return v[i].number / (v[i].percent ? 100 : full); };
    auto const made = [&](std::array<double, 3> const& p) { return rgb(p[0], p[1], p[2], alpha); };
    double const hue_last = v[2].number * std::numbers::pi / 180;
    if (is_linear) return rgb(gamma(share(0, 1)), gamma(share(1, 1)), gamma(share(2, 1)), alpha);
    if (predefined) return rgb(share(0, 1), share(1, 1), share(2, 1), alpha);
    if (is_rgb) return rgb(share(0, 255), share(1, 255), share(2, 255), alpha);
    if (is_hsl)
        return made(from_hsl(v[0].number, std::clamp(share(1, 100), 0.0, 1.0), std::clamp(share(2, 100), 0.0, 1.0)));
    if (is_hwb) {
        double white = std::clamp(share(1, 100), 0.0, 1.0), black = std::clamp(share(2, 100), 0.0, 1.0);
        if (white + black > 1) {
            double const sum = white + black;
            white /= sum, black /= sum;
        }
        auto pure = from_hsl(v[0].number, 1, 0.5);
        for (auto& p : pure) p = p * (1 - white - black) + white;
        return made(pure);
    }
    if (is_lab) return made(from_lab(share(0, 100) * 100, share(1, 125) * 125, share(2, 125) * 125));
    if (is_lch) {
        double const chroma = share(1, 150) * 150;
        return made(from_lab(share(0, 100) * 100, chroma * std::cos(hue_last), chroma * std::sin(hue_last)));
    }
    if (is_oklab) return made(from_oklab(share(0, 1), share(1, 0.4) * 0.4, share(2, 0.4) * 0.4));
    if (is_oklch) {
        double const chroma = share(1, 0.4) * 0.4;
        return made(from_oklab(share(0, 1), chroma * std::cos(hue_last), chroma * std::sin(hue_last)));
    }
    double const key = 1 - share(3, 1);
    return rgb((1 - share(0, 1)) * key, (1 - share(1, 1)) * key, (1 - share(2, 1)) * key, alpha);
}

} // namespace

std::optional<Color> read_color(Cursor& c, Context const& x) {
    auto const back = c.mark();
    auto const& t = c.peek();
    std::optional<Color> out;
    if (t.type == Token::Type::hash) {
        out = hex(t.text);
    } else if (t.type == Token::Type::ident) {
        if (t.is("transparent"))
            out = Color{0, 0, 0, 0};
        else if (t.is("currentcolor"))
            out = x.style.color;
        else {
            auto const name = lower_case(t.text);
            auto const found = std::ranges::lower_bound(named_colors, std::string_view(name), {}, &Named::name);
            if (found != named_colors.end() && found->name == name)
                out =
                    Color{static_cast<std::uint8_t>(found->rgb >> 16), static_cast<std::uint8_t>(found->rgb >> 8 & 255),
                          static_cast<std::uint8_t>(found->rgb & 255), 255};
        }
    } else if (t.type == Token::Type::function) {
        if ((out = function(c, x))) return out;
    }
    if (out)
        c.take();
    else
        c.reset(back);
    return out;
}

} // namespace deckle::css
