/// Fills and strokes, gradients and patterns: https://www.w3.org/TR/SVG2/pservers.html
#include "layout/svg_render.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::layout::svg {

namespace {

using html::Tag;
using Kind = css::SvgPaint::Kind;

constexpr int max_references = 16;
constexpr int max_tiles = 10'000;

FillRule rule_of(css::FillRule rule) {
    return rule == css::FillRule::evenodd ? FillRule::evenodd : FillRule::nonzero;
}

/// A number or percentage between 0 and 1, not clamped.
std::optional<double> share(std::string_view text) {
    bool const percent = text.ends_with('%');
    if (percent) text.remove_suffix(1);
    auto const v = parse_numbers(text);
    if (!v || v->size() != 1) return std::nullopt;
    return percent ? (*v)[0] / 100 : (*v)[0];
}

bool is_similarity(Matrix const& m) {
    double const tolerance = 1e-9 * (std::abs(m.a) + std::abs(m.b) + 1e-9);
    return std::abs(m.a - m.d) <= tolerance && std::abs(m.b + m.c) <= tolerance;
}

} // namespace

std::optional<Color> Renderer::flat_color(Element const& e, css::SvgPaint const& paint, double opacity,
                                          char const* what) {
    if (paint.kind == Kind::none) return std::nullopt;
    if (paint.kind == Kind::color) return color_with(paint.color, opacity);
    auto const* server = by_reference(paint.url);
    if (server) {
        report(e, "svg-unsupported",
               std::string(what) + " cannot take a gradient or pattern here; one plain color is used");
        auto const list = stops(*server, opacity);
        if (!list.empty()) return list[list.size() / 2].color;
    } else if (!paint.has_fallback)
        report(e, "svg-reference", std::string(what) + " refers to nothing in this picture: " + paint.url);
    if (paint.has_fallback) return color_with(paint.color, opacity);
    return std::nullopt;
}

void Renderer::fill(Element const& e, Path path, Style const& style, Frame const& frame, std::vector<Item>& out) {
    auto const& paint = style.fill;
    if (paint.kind == Kind::none) return;
    Color color = color_with(paint.color, style.fill_opacity);
    if (paint.kind == Kind::url) {
        auto const* server = by_reference(paint.url);
        if (server && fill_from_server(e, *server, path, style, frame, out)) return;
        if (!paint.has_fallback) {
            if (!server) report(e, "svg-reference", "fill refers to nothing in this picture: " + paint.url);
            return;
        }
    }
    if (color.a == 0) return;
    out.emplace_back(FillPath{std::move(path), color, rule_of(style.fill_rule)});
}

void Renderer::stroke(Element const& e, Path path, Style const& style, Frame const& frame, std::vector<Item>& out) {
    auto const* server = style.stroke.kind == Kind::url ? by_reference(style.stroke.url) : nullptr;
    if (server && server->tag != Tag::linearGradient && server->tag != Tag::radialGradient) server = nullptr;
    auto const color = server ? Color{} : flat_color(e, style.stroke, style.stroke_opacity, "stroke");
    auto const& size = frame.viewport;
    double const diagonal = std::sqrt((size.width * size.width + size.height * size.height) / 2);
    auto const units = [&](css::Length const& l) { return user_units(l.points) + l.percent * diagonal / 100; };
    double width = units(style.stroke_width);
    if (!color || color->a == 0 || width <= 0) return;
    // a stroke that does not scale: its width on the page, in the units inside
    double const unscaled = style.non_scaling_stroke && frame.scale > 0 ? 0.75 / frame.scale : 1;
    Stroke s;
    s.color = *color;
    s.width = width * unscaled;
    double sum = 0;
    for (auto const& dash : style.stroke_dasharray) s.dashes.push_back(units(dash) * unscaled), sum += s.dashes.back();
    if (sum <= 0) s.dashes.clear();
    if (s.dashes.size() % 2 == 1) {
        auto const once = s.dashes;
        s.dashes.insert(s.dashes.end(), once.begin(), once.end());
    }
    s.dash_offset = s.dashes.empty() ? 0 : units(style.stroke_dashoffset) * unscaled;
    s.cap = static_cast<Stroke::Cap>(style.stroke_linecap);
    s.join = static_cast<Stroke::Join>(style.stroke_linejoin);
    s.miter_limit = style.stroke_miterlimit;
    if (server)
        return gradient(*server, stroke_area(path, s), bounds(path), style.stroke_opacity, FillRule::nonzero, style,
                        frame, out);
    out.emplace_back(StrokePath{std::move(path), std::move(s)});
}

bool Renderer::fill_from_server(Element const& e, Element const& server, Path const& path, Style const& style,
                                Frame const& frame, std::vector<Item>& out) {
    switch (server.tag) {
    case Tag::linearGradient:
    case Tag::radialGradient:
        gradient(server, path, bounds(path), style.fill_opacity, rule_of(style.fill_rule), style, frame, out);
        return true;
    case Tag::pattern:
        pattern(e, server, path, style, frame, out);
        return true;
    default:
        report(e, "svg-reference", "fill refers to a <" + std::string(server.name) + ">, which paints nothing");
        return false;
    }
}

std::optional<std::string_view> Renderer::inherited_attribute(Element const& server, std::string_view name) const {
    auto const* at = &server;
    for (int i = 0; at && i < max_references; ++i, at = target(*at))
        if (auto const value = at->attribute(name)) return value;
    return std::nullopt;
}

Matrix Renderer::attribute_transform(Element const& server, std::string_view name) const {
    auto const* at = &server;
    for (int i = 0; at && i < max_references; ++i, at = target(*at)) {
        auto const text = at->attribute(name);
        if (!text) continue;
        // the functions are those of the transform property, numbers are user units
        Matrix out;
        std::string_view rest = *text;
        for (;;) {
            auto const open = rest.find('(');
            if (open == std::string_view::npos) return out;
            auto const close = std::min(rest.find(')', open), rest.size());
            auto head = rest.substr(0, open);
            while (!head.empty() && (head.front() == ' ' || head.front() == ',' || head.front() == '\n'))
                head.remove_prefix(1);
            while (!head.empty() && head.back() == ' ') head.remove_suffix(1);
            auto const v = parse_numbers(rest.substr(open + 1, close - open - 1)).value_or(std::vector<double>{});
            rest = close < rest.size() ? rest.substr(close + 1) : std::string_view{};
            auto const arg = [&](std::size_t k, double fallback) { return k < v.size() ? v[k] : fallback; };
            double const angle = arg(0, 0) * 3.14159265358979323846 / 180;
            Matrix m;
            if (head == "matrix" && v.size() == 6)
                m = {v[0], v[1], v[2], v[3], v[4], v[5]};
            else if (head == "translate")
                m.e = arg(0, 0), m.f = arg(1, 0);
            else if (head == "scale")
                m.a = arg(0, 1), m.d = arg(1, m.a);
            else if (head == "rotate") {
                double const x = arg(1, 0), y = arg(2, 0);
                m = {std::cos(angle), std::sin(angle), -std::sin(angle), std::cos(angle), 0, 0};
                m = combine(combine({1, 0, 0, 1, x, y}, m), {1, 0, 0, 1, -x, -y});
            } else if (head == "skewX")
                m.c = std::tan(angle);
            else if (head == "skewY")
                m.b = std::tan(angle);
            out = combine(out, m);
        }
    }
    return {};
}

std::vector<GradientStop> Renderer::stops(Element const& server, double opacity) const {
    std::vector<GradientStop> out;
    auto const* at = &server;
    for (int i = 0; at && i < max_references && out.empty(); ++i, at = target(*at))
        for (auto const* stop = at->first_element(); stop; stop = stop->next_element()) {
            if (stop->tag != Tag::stop) continue;
            auto const& style = cascade_.style(*stop);
            double offset = std::clamp(share(stop->attribute("offset").value_or("0")).value_or(0), 0.0, 1.0);
            if (!out.empty()) offset = std::max(offset, out.back().offset);
            out.push_back({offset, color_with(style.stop_color, style.stop_opacity * opacity)});
        }
    return out;
}

void Renderer::gradient(Element const& server, Path const& path, Rect const& box, double opacity, FillRule rule,
                        Style const& style, Frame const& frame, std::vector<Item>& out) {
    auto list = stops(server, opacity);
    if (list.empty()) return; // no stops paint nothing
    if (list.size() == 1) {
        out.emplace_back(FillPath{path, list[0].color, rule});
        return;
    }
    if (inherited_attribute(server, "spreadMethod").value_or("pad") != "pad")
        report(server, "svg-unsupported", "spreadMethod other than pad is drawn as pad");
    bool const user = inherited_attribute(server, "gradientUnits") == "userSpaceOnUse";
    auto m = attribute_transform(server, "gradientTransform");
    if (!user) {
        if (box.width <= 0 || box.height <= 0) return; // no bounding box, no paint
        m = combine({box.width, 0, 0, box.height, box.x, box.y}, m);
    }
    auto const value = [&](std::string_view name, double fallback, Axis axis) {
        auto const text = inherited_attribute(server, name);
        if (!text)
            return user ? fallback * (axis == Axis::x ? frame.viewport.width
                                      : axis == Axis::y
                                          ? frame.viewport.height
                                          : std::hypot(frame.viewport.width, frame.viewport.height) / std::sqrt(2.0))
                        : fallback;
        auto const v = user ? length(*text, axis, style, frame) : share(*text);
        if (!v) report(server, "svg-value", "'" + std::string(*text) + "' is not a length (" + std::string(name) + ")");
        return v.value_or(fallback);
    };
    Gradient g;
    g.stops = std::move(list);
    if (server.tag == Tag::linearGradient) {
        g.from = {value("x1", 0, Axis::x), value("y1", 0, Axis::y)};
        g.to = {value("x2", 1, Axis::x), value("y2", 0, Axis::y)};
        if (g.from.x == g.to.x && g.from.y == g.to.y) {
            out.emplace_back(FillPath{path, g.stops.back().color, rule});
            return;
        }
    } else {
        g.kind = Gradient::Kind::radial;
        g.to = {value("cx", 0.5, Axis::x), value("cy", 0.5, Axis::y)};
        g.radius = value("r", 0.5, Axis::other);
        g.from = g.to;
        if (inherited_attribute(server, "fx")) g.from.x = value("fx", 0.5, Axis::x);
        if (inherited_attribute(server, "fy")) g.from.y = value("fy", 0.5, Axis::y);
        if (g.radius <= 0) {
            out.emplace_back(FillPath{path, g.stops.back().color, rule});
            return;
        }
        // a focus outside the circle is moved to its edge
        double const away = std::hypot(g.from.x - g.to.x, g.from.y - g.to.y);
        if (away > g.radius * 0.999) {
            double const k = g.radius * 0.999 / away;
            g.from = {g.to.x + (g.from.x - g.to.x) * k, g.to.y + (g.from.y - g.to.y) * k};
        }
    }
    auto const back = inverse(m);
    if (!back) return report(server, "svg-value", "the gradient's transform flattens it");
    if (is_similarity(m)) {
        g.from = apply(m, g.from);
        g.to = apply(m, g.to);
        g.radius *= scale_of(m);
        out.emplace_back(FillPath{path, std::move(g), rule});
        return;
    }
    // a skewed gradient: draw in its own coordinates
    auto group = std::make_unique<Group>();
    group->transform = m;
    group->items.emplace_back(FillPath{transformed(path, *back), std::move(g), rule});
    out.emplace_back(std::move(group));
}

namespace {

/// Grown by half the stroke: what the items of a tile cover. False when an item is of another kind.
bool covers(std::vector<Item> const& items, Rect const& tile) {
    auto const inside = [&](Rect const& r, double by) {
        return r.x - by >= tile.x - 1e-6 && r.y - by >= tile.y - 1e-6 &&
               r.x + r.width + by <= tile.x + tile.width + 1e-6 && r.y + r.height + by <= tile.y + tile.height + 1e-6;
    };
    return std::ranges::all_of(items, [&](Item const& item) {
        if (auto const* f = std::get_if<FillPath>(&item))
            return std::holds_alternative<Color>(f->paint) && inside(bounds(f->path), 0);
        if (auto const* s = std::get_if<StrokePath>(&item)) {
            bool const sharp = s->stroke.join == Stroke::Join::miter || s->stroke.cap == Stroke::Cap::square;
            return inside(bounds(s->path), s->stroke.width / 2 * (sharp ? 1.5 : 1));
        }
        return false;
    });
}

} // namespace

/// The tile's items are repeated over the shape, clipped to it. Where they stay inside the tile, all tiles become one
/// path; else each tile has its own clip.
void Renderer::pattern(Element const& e, Element const& server, Path const& path, Style const& style,
                       Frame const& frame, std::vector<Item>& out) {
    if (std::ranges::find(open_, &server) != open_.end()) return report(e, "svg-reference", "a pattern fills itself");
    auto const shape_box = bounds(path);
    bool const by_box = inherited_attribute(server, "patternUnits").value_or("objectBoundingBox") != "userSpaceOnUse";
    auto const value = [&](std::string_view name, Axis axis) -> double {
        auto const text = inherited_attribute(server, name);
        if (!text) return by_box && name == "x" ? shape_box.x : by_box && name == "y" ? shape_box.y : 0;
        if (!by_box) return length(*text, axis, style, frame).value_or(0);
        double const v = share(*text).value_or(0);
        if (name == "x") return shape_box.x + v * shape_box.width;
        if (name == "y") return shape_box.y + v * shape_box.height;
        return v * (axis == Axis::x ? shape_box.width : shape_box.height);
    };
    Rect const tile{value("x", Axis::x), value("y", Axis::y), value("width", Axis::x), value("height", Axis::y)};
    if (tile.width <= 0 || tile.height <= 0) return; // paints nothing, as SVG says
    auto const m = attribute_transform(server, "patternTransform");
    auto const back = inverse(m);
    if (!back) return report(server, "svg-value", "the pattern's transform flattens it");

    // the element that has the content
    auto const* source = &server;
    for (int i = 0; i < max_references && source && !source->first_element(); ++i) source = target(*source);
    if (!source || !source->first_element()) return;
    Matrix content{1, 0, 0, 1, tile.x, tile.y}; // the content's origin is the tile's corner
    if (auto const box_text = inherited_attribute(server, "viewBox")) {
        auto const v = parse_numbers(*box_text);
        if (v && v->size() == 4)
            content = fit({(*v)[0], (*v)[1], (*v)[2], (*v)[3]}, tile,
                          parse_fit(inherited_attribute(server, "preserveAspectRatio").value_or("")));
    } else if (inherited_attribute(server, "patternContentUnits") == "objectBoundingBox")
        content = {shape_box.width, 0, 0, shape_box.height, tile.x, tile.y};

    auto const area = bounds(shape_box, *back);
    auto const first = [](double from, double start, double step) { return std::floor((from - start) / step + 1e-9); };
    double const left = first(area.x, tile.x, tile.width), top = first(area.y, tile.y, tile.height);
    double const columns = std::max(1.0, std::ceil((area.x + area.width - tile.x) / tile.width - 1e-9) - left);
    double const rows = std::max(1.0, std::ceil((area.y + area.height - tile.y) / tile.height - 1e-9) - top);
    if (columns * rows > max_tiles)
        return report(e, "svg-limit", "the pattern would be repeated more than 10,000 times; it was left out");

    open_.push_back(&server);
    auto const draw_tile = [&] {
        std::vector<Item> items;
        Frame inner = frame;
        inner.scale = frame.scale * scale_of(m) * scale_of(content);
        inner.shadow = false;
        children(*source, cascade_.style(*source), inner, items);
        if (is_identity(content) || items.empty()) return items;
        auto group = std::make_unique<Group>();
        group->transform = content;
        group->items = std::move(items);
        std::vector<Item> wrapped;
        wrapped.emplace_back(std::move(group));
        return wrapped;
    };
    auto once = draw_tile();
    auto tiles = std::make_unique<Group>();
    tiles->transform = m;
    auto const shift = [&](double column, double row) {
        return Matrix{1, 0, 0, 1, (left + column) * tile.width, (top + row) * tile.height};
    };
    if (covers(once, tile)) {
        for (auto& item : once) {
            auto& one = std::holds_alternative<FillPath>(item) ? std::get<FillPath>(item).path
                                                               : std::get<StrokePath>(item).path;
            auto const drawn = one;
            one.clear();
            for (double row = 0; row < rows; ++row)
                for (double column = 0; column < columns; ++column) {
                    auto const moved = transformed(drawn, shift(column, row));
                    one.insert(one.end(), moved.begin(), moved.end());
                }
            tiles->items.push_back(std::move(item));
        }
    } else {
        for (double row = 0; row < rows; ++row)
            for (double column = 0; column < columns; ++column) {
                auto group = std::make_unique<Group>();
                group->transform = shift(column, row);
                group->clip = transformed(rect_path(tile), group->transform);
                group->items = column == 0 && row == 0 ? std::move(once) : draw_tile();
                if (!group->items.empty()) tiles->items.emplace_back(std::move(group));
            }
    }
    open_.pop_back();
    if (tiles->items.empty()) return;
    auto clipped = std::make_unique<Group>();
    clipped->clip = path;
    clipped->clip_rule = rule_of(style.fill_rule);
    clipped->opacity = style.fill_opacity;
    if (is_identity(m))
        clipped->items = std::move(tiles->items);
    else
        clipped->items.emplace_back(std::move(tiles));
    out.emplace_back(std::move(clipped));
}

} // namespace deckle::layout::svg
