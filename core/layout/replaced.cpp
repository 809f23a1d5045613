// https://www.w3.org/TR/CSS22/visudet.html#inline-replaced-width
#include "layout/replaced.hpp"
#include "base/error.hpp"
#include "layout/explain.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace deckle::layout {
namespace {

constexpr double pixel = 0.75;

std::optional<double> attribute_length(Box const& box, std::string_view name) {
    if (!box.element || box.pseudo || box.element->svg) return std::nullopt;
    auto const value = box.element->attribute(name);
    double number = 0;
    if (!value) return std::nullopt;
    auto const [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    bool const plain = error == std::errc() && (end == value->data() + value->size() || std::string_view(end) == "px");
    return plain && number >= 0 ? std::optional(number * pixel) : std::nullopt;
}

struct Range {
    double min = 0, max = unlimited;
    [[nodiscard]] double clamp(double value) const { return std::max(min, std::min(max, value)); }
};

Range limits(css::Length const& min, css::Length const& max, std::optional<double> base, css::BoxSizing sizing,
             double frame) {
    return {content_length(min, base, sizing, frame).value_or(0),
            content_length(max, base, sizing, frame).value_or(unlimited)};
}

} // namespace

Size replaced_size(Box const& box, Picture const& picture, Space const& space, Edges const& edges) {
    css::ComputedStyle const& style = *box.style;
    double const frame_x = edges.horizontal(), frame_y = edges.vertical();
    auto width = content_length(style.width, space.width, style.box_sizing, frame_x);
    auto height = content_length(style.height, space.height, style.box_sizing, frame_y);
    if (!width && style.width.is_auto()) width = attribute_length(box, "width");
    if (!height && style.height.is_auto()) height = attribute_length(box, "height");
    if (space.fixed_width) width = std::max(0.0, *space.fixed_width - frame_x);
    if (space.fixed_height) height = std::max(0.0, *space.fixed_height - frame_y);
    double const ratio = style.aspect_ratio > 0 ? style.aspect_ratio : picture.ratio;
    Range const wide = limits(style.min_width, style.max_width, space.width, style.box_sizing, frame_x);
    Range const high = limits(style.min_height, style.max_height, space.height, style.box_sizing, frame_y);
    if (width && height) return {wide.clamp(*width), high.clamp(*height)};
    if (width) {
        double const w = wide.clamp(*width);
        return {w, high.clamp(ratio > 0 ? w / ratio : picture.height.value_or(150 * pixel))};
    }
    if (height) {
        double const h = high.clamp(*height);
        return {wide.clamp(ratio > 0 ? h * ratio : picture.width.value_or(300 * pixel)), h};
    }
    double w = 0, h = 0;
    if (picture.width && picture.height) {
        w = *picture.width;
        h = *picture.height;
    } else if (ratio > 0) {
        double const offered = space.width - edges.margin.horizontal() - frame_x;
        w = picture.width    ? *picture.width
            : picture.height ? *picture.height * ratio
            : offered > 0    ? offered
                             : 300 * pixel;
        h = w / ratio;
    } else {
        bool const missing = !picture.image && !picture.drawing;
        w = picture.width.value_or(missing ? 0 : 300 * pixel);
        h = picture.height.value_or(missing ? 0 : 150 * pixel);
    }
    if (ratio <= 0) return {wide.clamp(w), high.clamp(h)};
    // Within all four limits, keeping the ratio where that is possible.
    if (w > wide.max) {
        w = wide.max;
        h = w / ratio;
    }
    if (h > high.max) {
        h = high.max;
        w = h * ratio;
    }
    if (w < wide.min) {
        w = wide.min;
        h = w / ratio;
    }
    if (h < high.min) {
        h = high.min;
        w = h * ratio;
    }
    return {wide.clamp(w), high.clamp(h)};
}

Laid layout_replaced(Context& context, Box const& box, Space const& space) {
    Edges edges = edges_of(box, space.width, space.border);
    Picture const& picture = context.replaced.picture(box, context.source);
    Size const content = replaced_size(box, picture, space, edges);
    Laid laid;
    Size const size{content.width + edges.horizontal(), content.height + edges.vertical()};
    if (size.height > space.room + tolerance && !space.top) {
        if (context.trace) context.trace->lack(box, size.height - space.room);
        laid.empty = true;
        return laid;
    }
    if (box.level == Level::block && box.in_flow() && !space.fixed_width) {
        double const rest = space.width - size.width - edges.margin.horizontal();
        bool const left = box.style->margin.left.is_auto(), right = box.style->margin.right.is_auto();
        if (rest > 0 && left) edges.margin.left = right ? rest / 2 : rest;
    }
    laid.fragment = Fragment(Fragment::Kind::object, &box, {}, size);
    laid.margin = edges.margin;
    laid.bottom.add(edges.margin.bottom);
    return laid;
}

namespace {

bool looks_like_svg(std::string const& bytes) {
    std::size_t const start = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return start != std::string::npos && bytes[start] == '<';
}

void measure(Picture& picture, Drawing const& drawing) {
    picture.width = drawing.width();
    picture.height = drawing.height();
    picture.ratio = drawing.ratio();
}

} // namespace

Picture ReplacedStore::load(std::string const& url, std::string const& base, BoxSource const& source,
                            Position const& position) {
    Picture picture;
    std::optional<css::Loaded> file = resources_.load(url, base, position);
    if (!file) return picture;
    try {
        if (looks_like_svg(file->bytes)) {
            picture.drawing =
                std::make_shared<Drawing const>(file->bytes, file->file, css::CascadeOptions{}, source.diagnostics);
            measure(picture, *picture.drawing);
        } else {
            auto const& most = source.options.limits;
            picture.image = decode_image(file->bytes, file->file, {most.bytes, most.pixels - decoded_pixels_});
            if (picture.image->jpeg.empty())
                decoded_pixels_ +=
                    static_cast<std::size_t>(picture.image->width) * static_cast<std::size_t>(picture.image->height);
            picture.width = picture.image->width / picture.image->dpi_x * 72;
            picture.height = picture.image->height / picture.image->dpi_y * 72;
            picture.ratio = *picture.height > 0 ? *picture.width / *picture.height : 0;
        }
    } catch (Error const& error) {
        source.diagnostics.warning("unreadable-image", fmt::format("{}: {}", url.substr(0, 80), error.what()),
                                   position);
    }
    return picture;
}

Picture const& ReplacedStore::picture(css::Url const& url, BoxSource const& source, Position const& position) {
    auto [entry, added] = by_address_.try_emplace(url.base + '\n' + url.url);
    if (added) entry->second = load(url.url, url.base, source, position);
    return entry->second;
}

Picture const& ReplacedStore::picture(Box const& box, BoxSource const& source) {
    Position const position = box.element ? source.document.position(*box.element) : Position{};
    if (box.url) return picture(*box.url, source, position);
    auto [entry, added] = by_element_.try_emplace(box.element);
    if (!added) return entry->second;
    if (box.element->svg) {
        entry->second.drawing = std::make_shared<Drawing const>(*box.element, source.cascade);
        measure(entry->second, *entry->second.drawing);
        return entry->second;
    }
    auto const address = box.element->attribute("src");
    if (!address || address->empty()) {
        source.diagnostics.warning("missing-file", "an <img> without src shows nothing", position);
        return entry->second;
    }
    return entry->second = picture(css::Url{std::string(*address), source.document.file()}, source, position);
}

} // namespace deckle::layout
