#include "pdf/resources.hpp"
#include "base/error.hpp"
#include "layout/image.hpp"
#include "pdf/numbers.hpp"
#include <algorithm>
#include <fmt/core.h>

namespace deckle::pdf {
namespace {

/// Groups and masks are clipped by what is drawn in them, not by their box.
constexpr std::string_view wide_box = "/BBox[-14400 -14400 28800 28800]";

std::string_view color_space(int channels) {
    return channels == 1 ? "/DeviceGray" : channels == 4 ? "/DeviceCMYK" : "/DeviceRGB";
}

std::string image_body(layout::Image const& image, std::string_view space, int bits) {
    return fmt::format("/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace{}/BitsPerComponent {}\n", image.width,
                       image.height, space, bits);
}

void append_components(std::string& out, layout::Color color, bool alpha) {
    auto const add = [&](std::uint8_t value) {
        out += ' ';
        append_thousandths(out, (value * 1000 + 127) / 255);
    };
    if (alpha) {
        add(color.a);
    } else {
        add(color.r);
        add(color.g);
        add(color.b);
    }
}

std::string interpolation(layout::Color from, layout::Color to, bool alpha) {
    std::string out = "<</FunctionType 2/Domain[0 1]/N 1/C0[";
    append_components(out, from, alpha);
    out += "]/C1[";
    append_components(out, to, alpha);
    return out += "]>>";
}

/// One function over 0..1 from the stops; equal offsets make a hard edge.
std::string stop_function(std::vector<layout::GradientStop> const& stops, bool alpha) {
    std::string functions, bounds, encode;
    int count = 0;
    double at = 0;
    layout::Color color = stops.front().color;
    auto const add = [&](double end, layout::Color to) {
        if (end - at < 1e-6) {
            color = to;
            return;
        }
        if (count > 0) {
            append_fine(bounds, at);
            bounds += ' ';
        }
        functions += interpolation(color, to, alpha);
        encode += "0 1 ";
        ++count;
        at = end;
        color = to;
    };
    for (layout::GradientStop const& stop : stops) add(std::clamp(stop.offset, at, 1.0), stop.color);
    add(1, stops.back().color);
    if (count == 0) return interpolation(color, color, alpha);
    if (count == 1) return functions;
    return fmt::format("<</FunctionType 3/Domain[0 1]/Functions[{}]/Bounds[{}]/Encode[{}]>>", functions, bounds,
                       encode);
}

template <class Map>
std::string references(std::string_view key, Map const& names) {
    if (names.empty()) return {};
    std::string out = fmt::format("/{}<<", key);
    for (auto const& [name, number] : names) out += fmt::format("/{} {} 0 R", name, number);
    return out + ">>\n";
}

} // namespace

void Names::merge(Names const& other) {
    xobjects.insert(other.xobjects.begin(), other.xobjects.end());
    shadings.insert(other.shadings.begin(), other.shadings.end());
    states.insert(other.states.begin(), other.states.end());
    transparent = transparent || other.transparent;
}

std::string Resources::alpha_state(std::uint8_t fill, std::uint8_t stroke, Names& names) {
    auto const [it, added] = alpha_states_.try_emplace({fill, stroke});
    if (added) {
        std::string body = "/Type/ExtGState/ca ";
        append_thousandths(body, (fill * 1000 + 127) / 255);
        body += "/CA ";
        append_thousandths(body, (stroke * 1000 + 127) / 255);
        it->second = objects_.add(body += '\n');
    }
    std::string name = fmt::format("A{}", it->second.number);
    names.states[name] = it->second.number;
    return name;
}

std::string Resources::state(std::string body, Names& names) {
    std::string name = fmt::format("G{}", ++states_);
    names.states[name] = objects_.add(std::move(body)).number;
    return name;
}

std::string Resources::image(std::shared_ptr<layout::Image const> const& image, Names& names) {
    auto const [it, added] = images_.try_emplace(image.get());
    if (added) {
        layout::Image const& pixels = *image;
        Object object;
        if (!pixels.jpeg.empty()) {
            std::string body = image_body(pixels, color_space(pixels.channels), 8) + "/Filter/DCTDecode\n";
            if (pixels.inverted) body += "/Decode[1 0 1 0 1 0 1 0]\n";
            object = objects_.add_stream(std::move(body), pixels.jpeg, Compression::none);
        } else {
            auto const view = [](std::vector<std::uint8_t> const& bytes) {
                return std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size());
            };
            std::string body = image_body(pixels, color_space(pixels.channels), pixels.bits);
            if (!pixels.alpha.empty())
                body += "/SMask " +
                        objects_.add_samples(image_body(pixels, "/DeviceGray", 8), view(pixels.alpha), pixels.width, 1)
                            .reference() +
                        "\n";
            object = objects_.add_samples(std::move(body), view(pixels.samples), pixels.width, pixels.channels);
        }
        it->second = {image, object};
    }
    names.transparent = names.transparent || !image->alpha.empty();
    std::string name = fmt::format("I{}", it->second.second.number);
    names.xobjects[name] = it->second.second.number;
    return name;
}

std::string Resources::shading(layout::Gradient const& gradient, double y_flip, bool alpha, Names& names) {
    std::string body = gradient.kind == layout::Gradient::Kind::linear ? "/ShadingType 2" : "/ShadingType 3";
    body += alpha ? "/ColorSpace/DeviceGray/Coords[" : "/ColorSpace/DeviceRGB/Coords[";
    auto const point = [&](layout::Point p) {
        append_number(body, p.x);
        body += ' ';
        append_number(body, y_flip - p.y);
        body += ' ';
    };
    point(gradient.from);
    if (gradient.kind == layout::Gradient::Kind::radial) body += "0 ";
    point(gradient.to);
    if (gradient.kind == layout::Gradient::Kind::radial) append_number(body, std::max(gradient.radius, 0.0));
    body += "]/Extend[true true]/Function " + stop_function(gradient.stops, alpha) + "\n";
    std::string name = fmt::format("S{}", ++shadings_);
    names.shadings[name] = objects_.add(std::move(body)).number;
    return name;
}

std::string Resources::form(std::string_view group, std::string const& content, Names const& inner, Names& names,
                            std::string_view entries) {
    Object const form = objects_.add_stream(fmt::format("/Type/XObject/Subtype/Form{}/Group<<{}>>/Resources<<{}>>{}\n",
                                                        wide_box, group, dictionary(inner), entries),
                                            content);
    std::string name = fmt::format("X{}", ++forms_);
    names.xobjects[name] = form.number;
    names.transparent = true;
    return name;
}

std::string Resources::alpha_mask(layout::Gradient const& gradient, double y_flip, Names& names) {
    Names inner, outer;
    std::string const content = "/" + shading(gradient, y_flip, true, inner) + " sh\n";
    std::string const name = form("/S/Transparency/CS/DeviceGray", content, inner, outer);
    return state(fmt::format("/Type/ExtGState/SMask<</S/Luminosity/G {} 0 R>>\n", outer.xobjects.at(name)), names);
}

std::string Resources::dictionary(Names const& names) const {
    return fmt::format("/Font {}\n", fonts_object_.reference()) + references("ExtGState", names.states) +
           references("XObject", names.xobjects) + references("Shading", names.shadings);
}

void Resources::write(SubsetCache& subsets) {
    fonts_.write(objects_, subsets);
    objects_.set(fonts_object_, fonts_.resources());
}

} // namespace deckle::pdf
