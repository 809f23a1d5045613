/// Fonts: https://www.w3.org/TR/css-fonts-4/
#include "css/property.hpp"
#include <algorithm>

namespace deckle::css {
namespace {

using S = ComputedStyle;

constexpr Keyword<double> absolute_sizes[] = {{"xx-small", 9.0 / 16}, {"x-small", 10.0 / 16}, {"small", 13.0 / 16},
                                              {"medium", 1},          {"large", 18.0 / 16},   {"x-large", 24.0 / 16},
                                              {"xx-large", 2},        {"xxx-large", 3}};
constexpr Keyword<FontStyle> styles[] = {
    {"normal", FontStyle::normal}, {"italic", FontStyle::italic}, {"oblique", FontStyle::oblique}};
constexpr Keyword<double> stretches[] = {{"ultra-condensed", 50},  {"extra-condensed", 62.5}, {"condensed", 75},
                                         {"semi-condensed", 87.5}, {"normal", 100},           {"semi-expanded", 112.5},
                                         {"expanded", 125},        {"extra-expanded", 150},   {"ultra-expanded", 200}};
constexpr Keyword<char const*> numeric_features[] = {
    {"tabular-nums", "tnum"},       {"proportional-nums", "pnum"}, {"lining-nums", "lnum"},  {"oldstyle-nums", "onum"},
    {"diagonal-fractions", "frac"}, {"stacked-fractions", "afrc"}, {"slashed-zero", "zero"}, {"ordinal", "ordn"}};
constexpr Keyword<char const*> caps_features[] = {{"small-caps", "smcp"},  {"all-small-caps", "c2sc"},
                                                  {"petite-caps", "pcap"}, {"all-petite-caps", "c2pc"},
                                                  {"unicase", "unic"},     {"titling-caps", "titl"}};

constexpr double most_font_size = 100'000; // points: nested em must not grow past all numbers

bool size(Cursor& c, Context& x) {
    bool const pass = x.font_size_pass;
    x.font_size_pass = true; // em and % refer to the parent's size
    auto const parent = x.parent.font_size;
    auto& to = x.style.font_size;
    bool ok = true;
    if (auto const factor = read_keyword<double>(c, absolute_sizes))
        to = *factor * x.medium_font_size;
    else if (c.take_ident("larger"))
        to = parent * 1.2;
    else if (c.take_ident("smaller"))
        to = parent / 1.2;
    else if (auto const length = read_length_percentage(c, x, Sign::not_negative))
        to = length->resolve(parent);
    else
        ok = false;
    x.font_size_pass = pass;
    to = std::min(to, most_font_size);
    return ok;
}

bool weight(Cursor& c, Context& x) {
    auto& to = x.style.font_weight;
    int const parent = x.parent.font_weight;
    if (c.take_ident("normal"))
        to = 400;
    else if (c.take_ident("bold"))
        to = 700;
    else if (c.take_ident("bolder"))
        to = parent < 350 ? 400 : parent < 550 ? 700 : parent < 900 ? 900 : parent;
    else if (c.take_ident("lighter"))
        to = parent < 100 ? parent : parent < 550 ? 100 : parent < 750 ? 400 : 700;
    else if (auto const value = read_number(c, x, Sign::not_negative); value && *value >= 1 && *value <= 1000)
        to = static_cast<int>(*value);
    else
        return false;
    return true;
}

bool style(Cursor& c, Context& x) {
    if (!keyword<&S::font_style, styles>(c, x)) return false;
    if (x.style.font_style == FontStyle::oblique) (void)read_angle(c, x);
    return true;
}

bool stretch(Cursor& c, Context& x) {
    if (auto const word = read_keyword<double>(c, stretches)) return x.style.font_stretch = *word, true;
    if (c.peek().type != Token::Type::percentage || c.peek().number < 0) return false;
    x.style.font_stretch = c.take().number;
    return true;
}

bool family(Cursor& c, Context& x) {
    std::vector<std::string> names;
    do {
        if (c.peek().type == Token::Type::string) {
            names.emplace_back(c.take().text);
            continue;
        }
        std::string name;
        while (c.peek().type == Token::Type::ident) {
            if (!name.empty()) name += ' ';
            name += c.take().text;
        }
        if (name.empty()) return false;
        names.push_back(std::move(name));
    } while (c.take_comma());
    x.style.font_family = std::move(names);
    return true;
}

bool line_height(Cursor& c, Context& x) {
    auto& to = x.style.line_height;
    if (c.take_ident("normal")) return to = {}, true;
    if (auto const factor = read_number(c, x, Sign::not_negative)) {
        to = {LineHeight::Kind::number, *factor};
        return true;
    }
    auto const length = read_length_percentage(c, x, Sign::not_negative);
    if (length) to = {LineHeight::Kind::length, length->resolve(x.style.font_size)};
    return length.has_value();
}

void set_feature(S& s, std::string tag, int value) {
    std::erase_if(s.font_features, [&](FontFeature const& f) { return f.tag == tag; });
    s.font_features.push_back({std::move(tag), value});
}

template <auto const& Table>
void clear_features(S& s) {
    for (auto const& k : Table) std::erase_if(s.font_features, [&](FontFeature const& f) { return f.tag == k.value; });
}

template <auto const& Table>
bool features(Cursor& c, Context& x) {
    clear_features<Table>(x.style);
    if (c.take_ident("normal")) return true;
    bool any = false;
    while (auto const tag = read_keyword<char const*>(c, Table)) {
        set_feature(x.style, *tag, 1);
        if (std::string_view(*tag) == "c2sc") set_feature(x.style, "smcp", 1);
        if (std::string_view(*tag) == "c2pc") set_feature(x.style, "pcap", 1);
        any = true;
    }
    return any;
}

bool ligatures(Cursor& c, Context& x) {
    auto const set = [&](std::initializer_list<char const*> tags, int value) {
        for (auto const* tag : tags) set_feature(x.style, tag, value);
    };
    if (c.take_ident("normal")) return true;
    if (c.take_ident("none")) return set({"liga", "clig", "dlig", "hlig", "calt"}, 0), true;
    bool any = false;
    for (;; any = true) {
        if (c.take_ident("common-ligatures"))
            set({"liga", "clig"}, 1);
        else if (c.take_ident("no-common-ligatures"))
            set({"liga", "clig"}, 0);
        else if (c.take_ident("discretionary-ligatures"))
            set({"dlig"}, 1);
        else if (c.take_ident("no-discretionary-ligatures"))
            set({"dlig"}, 0);
        else if (c.take_ident("contextual"))
            set({"calt"}, 1);
        else if (c.take_ident("no-contextual"))
            set({"calt"}, 0);
        else
            return any;
    }
}

bool position(Cursor& c, Context& x) {
    if (c.take_ident("normal")) return true;
    if (c.take_ident("sub")) return set_feature(x.style, "subs", 1), true;
    if (c.take_ident("super")) return set_feature(x.style, "sups", 1), true;
    return false;
}

bool variant(Cursor& c, Context& x) {
    clear_features<numeric_features>(x.style);
    clear_features<caps_features>(x.style);
    if (c.take_ident("normal")) return true;
    if (c.take_ident("none")) return true;
    bool any = false;
    while (!c.done()) {
        if (auto const tag = read_keyword<char const*>(c, numeric_features))
            set_feature(x.style, *tag, 1);
        else if (auto const caps = read_keyword<char const*>(c, caps_features))
            set_feature(x.style, *caps, 1);
        else if (!ligatures(c, x))
            return false;
        any = true;
    }
    return any;
}

bool kerning(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return true;
    if (c.take_ident("normal")) return set_feature(x.style, "kern", 1), true;
    if (c.take_ident("none")) return set_feature(x.style, "kern", 0), true;
    return false;
}

bool feature_settings(Cursor& c, Context& x) {
    if (c.take_ident("normal")) return x.style.font_features.clear(), true;
    do {
        if (c.peek().type != Token::Type::string || c.peek().text.size() != 4) return false;
        std::string const tag(c.take().text);
        int value = 1;
        if (c.take_ident("off"))
            value = 0;
        else if (!c.take_ident("on"))
            if (auto const number = read_integer(c, x)) value = *number;
        if (value < 0) return false;
        set_feature(x.style, tag, value);
    } while (c.take_comma());
    return true;
}

bool font(Cursor& c, Context& x) {
    x.style.font_style = FontStyle::normal;
    x.style.font_weight = 400;
    x.style.font_stretch = 100;
    x.style.line_height = {};
    clear_features<numeric_features>(x.style);
    clear_features<caps_features>(x.style);
    for (int i = 0; i < 4; ++i) {
        if (c.take_ident("normal")) continue;
        if (c.take_ident("small-caps"))
            set_feature(x.style, "smcp", 1);
        else if (style(c, x))
            continue;
        else {
            // a bare number is a weight only from 1 to 1000 and without unit; sizes have units
            if (weight(c, x)) continue;
            if (auto const word = read_keyword<double>(c, stretches))
                x.style.font_stretch = *word;
            else
                break;
        }
    }
    if (!size(c, x)) return false;
    if (c.take_delim('/') && !line_height(c, x)) return false;
    return family(c, x);
}

bool accepted(Cursor& c, Context&) { // no effect on print output
    while (!c.done()) c.take();
    return true;
}
void copy_nothing(S&, S const&) {}

Property const table[] = {
    {"font", true, font,
     copy<&S::font_style, &S::font_weight, &S::font_stretch, &S::font_size, &S::line_height, &S::font_family,
          &S::font_features>},
    {"font-size", true, size, copy<&S::font_size>},
    {"font-weight", true, weight, copy<&S::font_weight>},
    {"font-style", true, style, copy<&S::font_style>},
    {"font-stretch", true, stretch, copy<&S::font_stretch>},
    {"font-width", true, stretch, copy<&S::font_stretch>},
    {"font-family", true, family, copy<&S::font_family>},
    {"line-height", true, line_height, copy<&S::line_height>},
    {"font-variant", true, variant, copy<&S::font_features>},
    {"font-variant-numeric", true, features<numeric_features>, copy<&S::font_features>},
    {"font-variant-caps", true, features<caps_features>, copy<&S::font_features>},
    {"font-variant-ligatures", true, ligatures, copy<&S::font_features>},
    {"font-variant-position", true, position, copy<&S::font_features>},
    {"font-kerning", true, kerning, copy<&S::font_features>},
    {"font-feature-settings", true, feature_settings, copy<&S::font_features>},
    {"font-display", false, accepted, copy_nothing},
    {"font-synthesis", true, accepted, copy_nothing},
    {"font-optical-sizing", true, accepted, copy_nothing},
    {"text-rendering", true, accepted, copy_nothing},
    {"-webkit-font-smoothing", true, accepted, copy_nothing},
    {"-moz-osx-font-smoothing", true, accepted, copy_nothing},
    {"-webkit-text-size-adjust", true, accepted, copy_nothing},
    {"text-size-adjust", true, accepted, copy_nothing},
    {"print-color-adjust", true, accepted, copy_nothing},
    {"-webkit-print-color-adjust", true, accepted, copy_nothing},
    {"color-adjust", true, accepted, copy_nothing},
    {"color-scheme", true, accepted, copy_nothing},
    {"cursor", true, accepted, copy_nothing},
    {"pointer-events", true, accepted, copy_nothing},
    {"user-select", true, accepted, copy_nothing},
    {"transition", false, accepted, copy_nothing},
    {"scroll-behavior", false, accepted, copy_nothing},
    {"overflow-anchor", false, accepted, copy_nothing},
    {"-webkit-overflow-scrolling", false, accepted, copy_nothing},
};

} // namespace

std::span<Property const> font_properties() {
    return table;
}

} // namespace deckle::css
