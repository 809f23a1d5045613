/// Backgrounds: https://www.w3.org/TR/css-backgrounds-3/
#include "css/property.hpp"
#include <tuple>

namespace deckle::css {
namespace {

using S = ComputedStyle;
using Layer = BackgroundLayer;

constexpr Keyword<Repeat> repeats[] = {
    {"repeat", Repeat::repeat}, {"no-repeat", Repeat::no_repeat}, {"space", Repeat::space}, {"round", Repeat::round}};
constexpr Keyword<Box> boxes[] = {
    {"border-box", Box::border_box}, {"padding-box", Box::padding_box}, {"content-box", Box::content_box}};

bool read_image(Cursor& c, Context& x, Layer& to) {
    if (c.take_ident("none")) return to.kind = Layer::Kind::none, true;
    if (auto const url = read_url(c, x)) {
        to.kind = Layer::Kind::url;
        to.url = *url;
        return true;
    }
    if (auto const gradient = read_gradient(c, x)) {
        to.kind = Layer::Kind::gradient;
        to.gradient = *gradient;
        return true;
    }
    return false;
}

bool read_repeat(Cursor& c, Context&, Layer& to) {
    if (c.take_ident("repeat-x")) return to.repeat_x = Repeat::repeat, to.repeat_y = Repeat::no_repeat, true;
    if (c.take_ident("repeat-y")) return to.repeat_x = Repeat::no_repeat, to.repeat_y = Repeat::repeat, true;
    auto const first = read_keyword<Repeat>(c, repeats);
    if (!first) return false;
    to.repeat_x = *first;
    to.repeat_y = read_keyword<Repeat>(c, repeats).value_or(*first);
    return true;
}

bool read_place(Cursor& c, Context& x, Layer& to) {
    auto const position = read_position(c, x);
    if (position) std::tie(to.position_x, to.position_y) = *position;
    return position.has_value();
}

bool read_size(Cursor& c, Context& x, Layer& to) {
    if (c.take_ident("cover")) return to.size = Layer::Size::cover, true;
    if (c.take_ident("contain")) return to.size = Layer::Size::contain, true;
    auto const one = [&](Length& length) {
        if (c.take_ident("auto")) return length = Length::automatic(), true;
        return store(length, read_length_percentage(c, x, Sign::not_negative));
    };
    to.size = Layer::Size::explicit_;
    if (!one(to.width)) return false;
    if (!one(to.height)) to.height = Length::automatic();
    return true;
}

bool read_origin(Cursor& c, Context&, Layer& to) {
    return store(to.origin, read_keyword<Box>(c, boxes));
}
bool read_clip(Cursor& c, Context&, Layer& to) {
    return store(to.clip, read_keyword<Box>(c, boxes));
}

/// A comma list of one aspect. background-image decides how many layers there are; other lists repeat over them.
template <auto Read>
bool aspect(Cursor& c, Context& x) {
    std::vector<Tokens> parts;
    while (!c.done()) parts.push_back(c.take_until_comma());
    if (parts.empty()) return false;
    auto& layers = x.style.background;
    if (layers.size() < parts.size() && layers.empty()) layers.resize(parts.size());
    for (std::size_t i = 0; i < std::max(layers.size(), parts.size()); ++i) {
        Cursor one(parts[i % parts.size()]);
        Layer scratch;
        if (!Read(one, x, i < layers.size() ? layers[i] : scratch) || !one.done()) return false;
    }
    return true;
}

bool image(Cursor& c, Context& x) {
    std::vector<Tokens> parts;
    while (!c.done()) parts.push_back(c.take_until_comma());
    auto& layers = x.style.background;
    auto const known = layers;
    layers.resize(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!known.empty()) layers[i] = known[i % known.size()];
        Cursor one(parts[i]);
        if (!read_image(one, x, layers[i]) || !one.done()) return false;
    }
    return !layers.empty();
}

bool background(Cursor& c, Context& x) {
    std::vector<Layer> layers;
    Color paint{0, 0, 0, 0};
    while (!c.done()) {
        Cursor one(c.take_until_comma());
        Layer layer;
        bool has_image = false, has_place = false, has_repeat = false, has_color = false, has_attachment = false;
        int box_count = 0;
        if (one.done()) return false;
        while (!one.done()) {
            if (!has_image && read_image(one, x, layer))
                has_image = true;
            else if (!has_repeat && read_repeat(one, x, layer))
                has_repeat = true;
            else if (!has_place && read_place(one, x, layer)) {
                has_place = true;
                if (one.take_delim('/') && !read_size(one, x, layer)) return false;
            } else if (auto const box = box_count < 2 ? read_keyword<Box>(one, boxes) : std::nullopt) {
                if (box_count++ == 0) layer.origin = *box;
                layer.clip = *box;
            } else if (!has_attachment &&
                       (one.take_ident("scroll") || one.take_ident("fixed") || one.take_ident("local")))
                has_attachment = true;
            else if (auto const found = c.done() && !has_color ? read_color(one, x) : std::nullopt) {
                paint = *found; // only the last layer may have one
                has_color = true;
            } else
                return false;
        }
        if (has_image && layer.kind != Layer::Kind::none) layers.push_back(layer);
    }
    x.style.background = layers;
    x.style.background_color = paint;
    return true;
}

bool attachment(Cursor& c, Context&) { // print has no scrolling
    return c.take_ident("scroll") || c.take_ident("fixed") || c.take_ident("local");
}

void copy_nothing(S&, S const&) {}

Property const table[] = {
    {"background", false, background, copy<&S::background, &S::background_color>},
    {"background-color", false, color<&S::background_color>, copy<&S::background_color>},
    {"background-image", false, image, copy<&S::background>},
    {"background-repeat", false, aspect<read_repeat>, copy<&S::background>},
    {"background-position", false, aspect<read_place>, copy<&S::background>},
    {"background-size", false, aspect<read_size>, copy<&S::background>},
    {"background-origin", false, aspect<read_origin>, copy<&S::background>},
    {"background-clip", false, aspect<read_clip>, copy<&S::background>},
    {"background-attachment", false, attachment, copy_nothing},
};

} // namespace

std::span<Property const> background_properties() {
    return table;
}

} // namespace deckle::css
