#include "layout/svg_render.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace deckle::layout::svg {

namespace {

using html::Tag;

constexpr std::size_t max_elements = 200'000;
constexpr int max_depth = 128;
constexpr int max_nesting = 4;
constexpr double pi = 3.14159265358979323846;

std::optional<Rect> view_box(Element const& e) {
    auto const text = e.attribute("viewBox");
    if (!text) return std::nullopt;
    auto const v = parse_numbers(*text);
    if (!v || v->size() != 4 || (*v)[2] <= 0 || (*v)[3] <= 0) return std::nullopt;
    return Rect{(*v)[0], (*v)[1], (*v)[2], (*v)[3]};
}

} // namespace

Color color_with(css::Color c, double opacity) {
    return {c.r, c.g, c.b, static_cast<std::uint8_t>(std::lround(c.a * std::clamp(opacity, 0.0, 1.0)))};
}

void Renderer::report(Element const& e, char const* code, std::string const& message) {
    context_.diagnostics.warning(code, message, document_.position(e));
}

void Renderer::unsupported(Element const& e, std::string const& what) {
    report(e, "svg-unsupported", what + " is not supported in SVG and was left out");
}

bool Renderer::spend(Element const& e) {
    if (++spent_ <= max_elements) return true;
    if (spent_ == max_elements + 1)
        report(e, "svg-limit", "the picture draws more than 200,000 elements; the rest was left out");
    return false;
}

Style const& Renderer::style_of(Element const& e, Frame const& frame) const {
    // the cascade keeps what it makes, so the reference stays valid
    return frame.shadow && frame.parent ? *cascade_.style_below(e, *frame.parent) : cascade_.style(e);
}

Element const* Renderer::by_reference(std::string_view reference) const {
    if (!reference.starts_with('#')) return nullptr;
    return document_.by_id(reference.substr(1));
}

Element const* Renderer::target(Element const& e) const {
    auto href = e.attribute("href");
    if (!href) href = e.attribute("xlink:href");
    return href ? by_reference(*href) : nullptr;
}

// Lengths of attributes: https://www.w3.org/TR/SVG2/coords.html#Units

std::optional<double> Renderer::length(std::string_view text, Axis axis, Style const& style, Frame const& frame) const {
    while (!text.empty() && (text.front() == ' ' || text.front() == '+' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    double v = 0;
    auto const r = std::from_chars(text.data(), text.data() + text.size(), v);
    if (r.ec != std::errc{} || !std::isfinite(v)) return std::nullopt;
    std::string_view const unit(r.ptr, static_cast<std::size_t>(text.data() + text.size() - r.ptr));
    if (unit.empty() || unit == "px") return v;
    if (unit == "%") {
        auto const& p = frame.viewport;
        double const base = axis == Axis::x   ? p.width
                            : axis == Axis::y ? p.height
                                              : std::sqrt((p.width * p.width + p.height * p.height) / 2);
        return v * base / 100;
    }
    struct Unit {
        std::string_view name;
        double px;
    };
    for (auto const& u :
         {Unit{"pt", 4.0 / 3}, Unit{"mm", 96 / 25.4}, Unit{"cm", 96 / 2.54}, Unit{"in", 96.0}, Unit{"pc", 16.0},
          Unit{"em", user_units(style.font_size)}, Unit{"ex", user_units(style.font_size) / 2}})
        if (unit == u.name) return v * u.px;
    return std::nullopt;
}

double Renderer::length(Element const& e, std::string_view name, double fallback, Axis axis, Style const& style,
                        Frame const& frame) {
    auto const text = e.attribute(name);
    if (!text || *text == "auto") return fallback;
    auto const value = length(*text, axis, style, frame);
    if (!value) report(e, "svg-value", "'" + std::string(*text) + "' is not a length (" + std::string(name) + ")");
    return value.value_or(fallback);
}

Matrix Renderer::transform_of(Style const& style, Frame const& frame) const {
    Matrix out;
    for (auto const& f : style.transform) {
        using Kind = css::TransformFunction::Kind;
        Matrix m;
        switch (f.kind) {
        case Kind::matrix:
            m = {f.a, f.b, f.c, f.d, user_units(f.e), user_units(f.f)};
            break;
        case Kind::translate:
            m.e = user_units(f.x.points) + f.x.percent * frame.viewport.width / 100;
            m.f = user_units(f.y.points) + f.y.percent * frame.viewport.height / 100;
            break;
        case Kind::scale:
            m.a = f.a, m.d = f.d;
            break;
        case Kind::rotate: {
            double const r = f.a * pi / 180;
            m = {std::cos(r), std::sin(r), -std::sin(r), std::cos(r), 0, 0};
            break;
        }
        case Kind::skew:
            m.c = std::tan(f.a * pi / 180), m.b = std::tan(f.b * pi / 180);
            break;
        }
        out = combine(out, m);
    }
    return out;
}

// Structure

void Renderer::root(Element const& svg, Rect const& viewport, std::vector<Item>& out) {
    auto const& style = cascade_.style(svg);
    Frame frame;
    frame.parent = &style;
    // the page's points outside, pixels inside when there is no viewBox
    auto const box = view_box(svg);
    Rect const inner = box.value_or(Rect{0, 0, user_units(viewport.width), user_units(viewport.height)});
    if (svg.attribute("viewBox") && !box)
        report(svg, "svg-value", "the viewBox needs four numbers, the last two greater than 0");
    auto group = std::make_unique<Group>();
    group->transform = fit(inner, viewport, parse_fit(svg.attribute("preserveAspectRatio").value_or("")));
    if (style.overflow == css::Overflow::hidden) group->clip = rect_path(viewport);
    frame.viewport = {inner.width, inner.height};
    frame.scale = scale_of(group->transform);
    children(svg, style, frame, group->items);
    if (!group->items.empty()) out.emplace_back(std::move(group));
}

void Renderer::children(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    Frame inner = frame;
    inner.parent = &style;
    ++inner.depth;
    for (auto const* child = e.first_element(); child; child = child->next_element()) element(*child, inner, out);
}

void Renderer::element(Element const& e, Frame const& frame, std::vector<Item>& out) {
    switch (e.tag) {
    case Tag::defs:
    case Tag::symbol:
    case Tag::clipPath:
    case Tag::mask:
    case Tag::pattern:
    case Tag::marker:
    case Tag::linearGradient:
    case Tag::radialGradient:
    case Tag::stop:
    case Tag::filter:
    case Tag::title:
    case Tag::desc:
    case Tag::metadata:
    case Tag::style:
    case Tag::script:
        return;
    default:
        break;
    }
    if (!spend(e)) return;
    if (frame.depth > max_depth)
        return report(e, "svg-limit", "elements are nested more than 128 deep; the rest was left out");
    auto const& style = style_of(e, frame);
    if (style.display == css::Display::none || style.opacity <= 0) return;
    if (e.attribute("filter")) unsupported(e, "a filter");
    if (!style.mask.empty()) unsupported(e, "a mask");
    auto const transform = e.tag == Tag::svg ? Matrix{} : transform_of(style, frame);
    if (std::abs(transform.a * transform.d - transform.b * transform.c) < 1e-12) return; // flattened: nothing is seen
    auto group = std::make_unique<Group>();
    group->transform = transform;
    group->opacity = style.opacity;
    Frame inner = frame;
    inner.scale = frame.scale * scale_of(transform);
    if (!style.clip_path.empty()) {
        group->clip = transformed(clip_of(e, style.clip_path, style, inner, group->clip_rule), transform);
        if (group->clip.empty()) return;
    }
    if (is_identity(transform) && group->clip.empty() && group->opacity == 1) return content(e, style, frame, out);
    content(e, style, inner, group->items);
    if (!group->items.empty()) out.emplace_back(std::move(group));
}

/// The link's area is the bounding box of what is in it.
void Renderer::link(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    auto href = e.attribute("href");
    if (!href) href = e.attribute("xlink:href");
    std::size_t const begin = out.size();
    children(e, style, frame, out);
    if (!links_ || !href || href->empty() || out.size() == begin) return;
    Rect const area = bounds(std::span<Item const>(out).subspan(begin));
    if (area.width > 0 && area.height > 0) out.emplace_back(Link{area, std::string(*href)});
}

void Renderer::content(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    switch (e.tag) {
    case Tag::g:
        return children(e, style, frame, out);
    case Tag::a:
        return link(e, style, frame, out);
    case Tag::switch_: {
        Frame inner = frame;
        inner.parent = &style;
        ++inner.depth;
        for (auto const* child = e.first_element(); child; child = child->next_element())
            if (child->tag != Tag::foreignObject && !child->attribute("requiredExtensions"))
                return element(*child, inner, out);
        return;
    }
    case Tag::svg: {
        Rect const at{length(e, "x", 0, Axis::x, style, frame), length(e, "y", 0, Axis::y, style, frame),
                      length(e, "width", frame.viewport.width, Axis::x, style, frame),
                      length(e, "height", frame.viewport.height, Axis::y, style, frame)};
        return viewport_element(e, style, at, frame, out);
    }
    case Tag::use:
        return use(e, style, frame, out);
    case Tag::image:
        return image(e, style, frame, out);
    case Tag::text:
        return text(e, style, frame, out);
    case Tag::path:
    case Tag::rect:
    case Tag::circle:
    case Tag::ellipse:
    case Tag::line:
    case Tag::polyline:
    case Tag::polygon:
        return shape(e, style, frame, out);
    default:
        unsupported(e, "<" + std::string(e.name) + ">");
    }
}

void Renderer::viewport_element(Element const& e, Style const& style, Rect const& at, Frame const& frame,
                                std::vector<Item>& out) {
    if (at.width <= 0 || at.height <= 0) return;
    auto group = std::make_unique<Group>();
    auto const box = view_box(e);
    group->transform = box ? fit(*box, at, parse_fit(e.attribute("preserveAspectRatio").value_or("")))
                           : Matrix{1, 0, 0, 1, at.x, at.y};
    if (style.overflow == css::Overflow::hidden) group->clip = rect_path(at);
    Frame inner = frame;
    inner.viewport = box ? Size{box->width, box->height} : Size{at.width, at.height};
    inner.scale = frame.scale * scale_of(group->transform);
    children(e, style, inner, group->items);
    if (!group->items.empty()) out.emplace_back(std::move(group));
}

void Renderer::use(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    auto const* what = target(e);
    if (!what || !what->svg) return report(e, "svg-reference", "<use> refers to nothing in this picture");
    for (auto const* up = static_cast<html::Node const*>(&e)->parent; up; up = up->parent)
        if (up == what) return report(e, "svg-reference", "<use> refers to an element it stands in");
    if (std::ranges::find(open_, what) != open_.end())
        return report(e, "svg-reference", "<use> goes round in a circle");
    open_.push_back(what);
    auto group = std::make_unique<Group>();
    group->transform.e = length(e, "x", 0, Axis::x, style, frame);
    group->transform.f = length(e, "y", 0, Axis::y, style, frame);
    Frame inner = frame;
    inner.parent = &style;
    inner.shadow = true;
    ++inner.depth;
    auto& items = group->items;
    if (what->tag == Tag::symbol || what->tag == Tag::svg) {
        auto const& own = style_of(*what, inner);
        Rect const at{0, 0,
                      length(e, "width", length(*what, "width", frame.viewport.width, Axis::x, own, frame), Axis::x,
                             style, frame),
                      length(e, "height", length(*what, "height", frame.viewport.height, Axis::y, own, frame), Axis::y,
                             style, frame)};
        if (own.display != css::Display::none) viewport_element(*what, own, at, inner, items);
    } else
        element(*what, inner, items);
    open_.pop_back();
    if (items.empty()) return;
    if (is_identity(group->transform))
        std::ranges::move(items, std::back_inserter(out));
    else
        out.emplace_back(std::move(group));
}

void Renderer::image(Element const& e, Style const& style, Frame const& frame, std::vector<Item>& out) {
    auto href = e.attribute("href");
    if (!href) href = e.attribute("xlink:href");
    if (!href || href->empty()) return report(e, "missing-file", "an <image> without href shows nothing");
    if (style.visibility != css::Visibility::visible) return;
    auto const data = parse_data_uri(*href);
    Rect at{length(e, "x", 0, Axis::x, style, frame), length(e, "y", 0, Axis::y, style, frame), 0, 0};
    auto const how = parse_fit(e.attribute("preserveAspectRatio").value_or(""));
    try {
        if (data && data->media_type == "image/svg+xml") {
            if (context_.nesting > max_nesting) return report(e, "svg-limit", "pictures are nested more than 4 deep");
            Drawing const inner(data->bytes, document_.file(), {}, context_.diagnostics);
            at.width = length(e, "width", user_units(inner.width().value_or(300)), Axis::x, style, frame);
            at.height = length(e, "height", user_units(inner.height().value_or(150)), Axis::y, style, frame);
            inner.draw(at, context_, out);
            return;
        }
        std::shared_ptr<Image const> picture;
        if (context_.image)
            picture = context_.image(std::string(*href), document_.file());
        else if (data)
            picture = decode_image(data->bytes, document_.file());
        if (!picture) return report(e, "missing-file", "an image of the picture is missing or not allowed");
        double const natural_width = picture->width / picture->dpi_x * 96,
                     natural_height = picture->height / picture->dpi_y * 96;
        bool const has_width = e.attribute("width").has_value(), has_height = e.attribute("height").has_value();
        at.width = length(e, "width", natural_width, Axis::x, style, frame);
        at.height = length(e, "height", natural_height, Axis::y, style, frame);
        if (has_width && !has_height) at.height = at.width * natural_height / natural_width;
        if (has_height && !has_width) at.width = at.height * natural_width / natural_height;
        if (at.width <= 0 || at.height <= 0) return;
        Rect const natural{0, 0, natural_width, natural_height};
        auto const placed = bounds(natural, fit(natural, at, how));
        if (!how.slice || how.none) {
            out.emplace_back(DrawImage{picture, placed});
            return;
        }
        auto group = std::make_unique<Group>();
        group->clip = rect_path(at);
        group->items.emplace_back(DrawImage{picture, placed});
        out.emplace_back(std::move(group));
    } catch (Error const& error) {
        report(e, "unreadable-image", error.what());
    }
}

// Clip paths: https://www.w3.org/TR/css-masking-1/#ClipPathElement. The shapes are joined into one path.

Path Renderer::clip_of(Element const& e, std::string const& reference, Style const& style, Frame const& frame,
                       FillRule& rule) {
    auto const* clip = by_reference(reference);
    if (!clip || clip->tag != Tag::clipPath) {
        report(e, "svg-reference", "clip-path refers to no <clipPath> in this picture: " + reference);
        return rect_path({-1e6, -1e6, 2e6, 2e6});
    }
    auto const& own = cascade_.style(*clip);
    auto m = transform_of(own, frame);
    if (clip->attribute("clipPathUnits") == "objectBoundingBox") {
        auto const box = bounds(outline(e, style, frame));
        m = combine(m, {box.width, 0, 0, box.height, box.x, box.y});
    }
    if (!own.clip_path.empty()) unsupported(*clip, "a clip path on a clip path");
    Path out;
    collect_clip(*clip, own, m, frame, out, rule);
    return out;
}

void Renderer::collect_clip(Element const& e, Style const& parent, Matrix const& m, Frame const& frame, Path& out,
                            FillRule& rule) {
    if (frame.depth > max_depth || !spend(e)) return;
    Frame inner = frame;
    inner.parent = &parent;
    ++inner.depth;
    for (auto const* child = e.first_element(); child; child = child->next_element()) {
        if (child->tag == Tag::title || child->tag == Tag::desc) continue;
        auto const& style = style_of(*child, inner);
        if (style.display == css::Display::none) continue;
        auto const placed = combine(m, transform_of(style, inner));
        if (child->tag == Tag::use) {
            auto const* what = target(*child);
            if (!what || std::ranges::find(open_, what) != open_.end()) continue;
            auto const moved = combine(placed, {1, 0, 0, 1, length(*child, "x", 0, Axis::x, style, inner),
                                                length(*child, "y", 0, Axis::y, style, inner)});
            auto const& target_style = cascade_.style(*what);
            auto path =
                transformed(outline(*what, target_style, inner), combine(moved, transform_of(target_style, inner)));
            out.insert(out.end(), path.begin(), path.end());
            continue;
        }
        if (child->tag == Tag::text) {
            unsupported(*child, "text in a clip path");
            continue;
        }
        auto path = transformed(outline(*child, style, inner), placed);
        if (style.clip_rule == css::FillRule::evenodd) rule = FillRule::evenodd;
        out.insert(out.end(), path.begin(), path.end());
    }
}

} // namespace deckle::layout::svg
