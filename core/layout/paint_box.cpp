// Shadows, backgrounds, borders.
// https://www.w3.org/TR/css-backgrounds-3/
#include "layout/paint.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace deckle::layout {
namespace {

using css::BackgroundLayer;

void fill(Rect const& rect, Radii const& radii, Color color, std::vector<Item>& items) {
    if (color.a == 0 || rect.width <= 0 || rect.height <= 0) return;
    if (radii.any()) {
        items.emplace_back(FillPath{rounded_path(rect, radii), color, FillRule::nonzero});
    } else {
        items.emplace_back(FillRect{rect, color});
    }
}

/// Offsets made ascending in 0..1; those not given are spread evenly between their neighbours.
std::vector<GradientStop> stops_of(css::Gradient const& gradient, double length) {
    std::vector<GradientStop> stops;
    std::vector<bool> known;
    for (css::GradientStop const& stop : gradient.stops) {
        double const at = stop.has_position && length > 0 ? stop.position.resolve(length) / length : 0;
        stops.push_back({at, color_of(stop.color)});
        known.push_back(stop.has_position);
    }
    if (stops.empty()) return stops;
    if (!known.front()) stops.front().offset = 0;
    if (!known.back()) stops.back().offset = 1;
    known.front() = known.back() = true;
    double highest = stops.front().offset;
    for (std::size_t i = 1; i < stops.size(); ++i) {
        if (!known[i]) continue;
        highest = stops[i].offset = std::max(highest, stops[i].offset);
    }
    for (std::size_t i = 1; i < stops.size(); ++i) {
        if (known[i]) continue;
        std::size_t end = i;
        while (!known[end]) ++end;
        double const from = stops[i - 1].offset, step = (stops[end].offset - from) / static_cast<double>(end - i + 1);
        for (std::size_t k = i; k < end; ++k) stops[k].offset = from + step * static_cast<double>(k - i + 1);
        i = end;
    }
    for (GradientStop& stop : stops) stop.offset = std::clamp(stop.offset, 0.0, 1.0);
    return stops;
}

Item gradient_fill(css::Gradient const& g, Rect const& box) {
    Point const center{box.x + box.width / 2, box.y + box.height / 2};
    Gradient made;
    if (g.kind == css::Gradient::Kind::linear) {
        double angle = g.angle * std::numbers::pi / 180;
        if (g.to_x != 0 && g.to_y != 0) { // the line meets the corner at a right angle to the other diagonal
            angle = std::atan2(g.to_x * box.height, -g.to_y * box.width);
        } else if (g.to_x != 0 || g.to_y != 0) {
            angle = std::atan2(g.to_x, -g.to_y);
        }
        double const length = std::abs(box.width * std::sin(angle)) + std::abs(box.height * std::cos(angle));
        double const dx = std::sin(angle) * length / 2, dy = -std::cos(angle) * length / 2;
        made.from = {center.x - dx, center.y - dy};
        made.to = {center.x + dx, center.y + dy};
        made.stops = stops_of(g, length);
        return FillPath{rectangle_path(box), std::move(made), FillRule::nonzero};
    }
    Point const at{box.x + g.center_x.resolve(box.width), box.y + g.center_y.resolve(box.height)};
    double const left = at.x - box.x, right = box.x + box.width - at.x, top = at.y - box.y,
                 bottom = box.y + box.height - at.y;
    bool const closest =
        g.extent == css::Gradient::Extent::closest_side || g.extent == css::Gradient::Extent::closest_corner;
    double rx = closest ? std::min(std::abs(left), std::abs(right)) : std::max(std::abs(left), std::abs(right));
    double ry = closest ? std::min(std::abs(top), std::abs(bottom)) : std::max(std::abs(top), std::abs(bottom));
    bool const corner =
        g.extent == css::Gradient::Extent::closest_corner || g.extent == css::Gradient::Extent::farthest_corner;
    if (g.extent == css::Gradient::Extent::size) {
        rx = g.radius_x.resolve(box.width);
        ry = g.circle ? rx : g.radius_y.resolve(box.height);
    } else if (g.circle) {
        rx = ry = corner ? std::hypot(rx, ry) : closest ? std::min(rx, ry) : std::max(rx, ry);
    } else if (corner) {
        rx *= std::numbers::sqrt2;
        ry *= std::numbers::sqrt2;
    }
    rx = std::max(rx, 0.01);
    ry = std::max(ry, 0.01);
    made.kind = Gradient::Kind::radial;
    made.stops = stops_of(g, rx);
    made.radius = rx;
    if (std::abs(rx - ry) < tolerance) {
        made.from = made.to = at;
        return FillPath{rectangle_path(box), std::move(made), FillRule::nonzero};
    }
    auto group = std::make_unique<Group>(); // an ellipse is a circle seen from the side
    double const scale = ry / rx;
    group->transform = {1, 0, 0, scale, at.x, at.y};
    made.from = made.to = {0, 0};
    Rect const local{box.x - at.x, (box.y - at.y) / scale, box.width, box.height / scale};
    group->items.emplace_back(FillPath{rectangle_path(local), std::move(made), FillRule::nonzero});
    return group;
}

Rect area_of(css::Box which, Rect const& border_box, Insets const& border, Insets const& padding) {
    if (which == css::Box::border_box) return border_box;
    Rect const inner = inset(border_box, border);
    return which == css::Box::padding_box ? inner : inset(inner, padding);
}

Size layer_size(BackgroundLayer const& layer, Picture const* picture, Rect const& area) {
    double const ratio = picture ? picture->ratio : 0;
    if (layer.size != BackgroundLayer::Size::explicit_ && ratio > 0) {
        bool const cover = layer.size == BackgroundLayer::Size::cover;
        bool const by_width = (area.width / ratio >= area.height) == cover;
        return by_width ? Size{area.width, area.width / ratio} : Size{area.height * ratio, area.height};
    }
    bool const w = layer.width.is_value(), h = layer.height.is_value();
    double width = w ? layer.width.resolve(area.width) : 0, height = h ? layer.height.resolve(area.height) : 0;
    if (!w && !h) {
        width = picture && picture->width ? *picture->width : area.width;
        height = picture && picture->height ? *picture->height : ratio > 0 ? width / ratio : area.height;
    } else if (!w) {
        width = ratio > 0 ? height * ratio : picture && picture->width ? *picture->width : area.width;
    } else if (!h) {
        height = ratio > 0 ? width / ratio : picture && picture->height ? *picture->height : area.height;
    }
    return {width, height};
}

void paint_layer(Context& context, BackgroundLayer const& layer, Rect const& border_box, Insets const& border,
                 Insets const& padding, Radii const& radii, Box const* box, std::vector<Item>& items) {
    if (layer.kind == BackgroundLayer::Kind::none) return;
    Rect const area = area_of(layer.origin, border_box, border, padding);
    Rect const clip = area_of(layer.clip, border_box, border, padding);
    Picture const* picture = nullptr;
    if (layer.kind == BackgroundLayer::Kind::url) {
        picture = &context.replaced.picture(layer.url, context.source, box ? context.position(*box) : Position{});
        if (!picture->image && !picture->drawing) return;
    }
    if (layer.kind == BackgroundLayer::Kind::gradient && layer.gradient.repeating) {
        context.source.diagnostics.warning("unsupported-value", "a repeating gradient is painted once",
                                           box ? context.position(*box) : Position{});
    }
    Size tile = layer_size(layer, picture, area);
    if (tile.width <= 0 || tile.height <= 0 || clip.width <= 0 || clip.height <= 0) return;
    auto count_of = [](css::Repeat repeat, double whole, double& one, double& gap) {
        gap = 0;
        if (repeat == css::Repeat::round) one = whole / std::max(1.0, std::round(whole / one));
        if (repeat == css::Repeat::space) {
            double const count = std::floor(whole / one);
            gap = count > 1 ? (whole - count * one) / (count - 1) : 0;
        }
    };
    double gap_x = 0, gap_y = 0;
    count_of(layer.repeat_x, area.width, tile.width, gap_x);
    count_of(layer.repeat_y, area.height, tile.height, gap_y);
    auto start = [](css::Length const& position, double whole, double one) {
        return position.points + position.percent / 100 * (whole - one);
    };
    double x = area.x + (layer.repeat_x == css::Repeat::space ? 0 : start(layer.position_x, area.width, tile.width));
    double y = area.y + (layer.repeat_y == css::Repeat::space ? 0 : start(layer.position_y, area.height, tile.height));
    bool const tiles_x = layer.repeat_x != css::Repeat::no_repeat, tiles_y = layer.repeat_y != css::Repeat::no_repeat;
    double const step_x = tile.width + gap_x, step_y = tile.height + gap_y;
    if (tiles_x) x -= std::ceil((x - clip.x) / step_x) * step_x;
    if (tiles_y) y -= std::ceil((y - clip.y) / step_y) * step_y;

    auto group = std::make_unique<Group>();
    Radii const inner = layer.clip == css::Box::border_box ? radii : shrink(radii, border);
    group->clip = rounded_path(clip, inner);
    constexpr std::size_t most = 10'000;
    for (double top = y; top < clip.y + clip.height; top += step_y) {
        for (double left = x; left < clip.x + clip.width; left += step_x) {
            Rect const at{left, top, tile.width, tile.height};
            if (picture) {
                paint_picture(context, *picture, at, group->items);
            } else {
                group->items.push_back(gradient_fill(layer.gradient, at));
            }
            if (!tiles_x || group->items.size() >= most) break;
        }
        if (!tiles_y) break;
        if (group->items.size() >= most) {
            context.source.diagnostics.warning("background-tiles",
                                               "a background image is repeated more than 10,000 times; "
                                               "the rest is left out: use a larger image",
                                               box ? context.position(*box) : Position{});
            break;
        }
    }
    items.emplace_back(std::move(group));
}

void paint_shadows(Context& context, css::ComputedStyle const& style, Rect const& box, Radii const& radii,
                   Box const& source, std::vector<Item>& items) {
    // What lies under the box itself is not painted: it would show through a box without background.
    auto group = std::make_unique<Group>();
    double reach = 0;
    for (css::Shadow const& shadow : style.box_shadow) {
        reach = std::max(reach, std::abs(shadow.x) + std::abs(shadow.y) + shadow.blur + std::max(0.0, shadow.spread));
    }
    group->clip = rectangle_path({box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach});
    Path const hole = rounded_path(box, radii);
    group->clip.insert(group->clip.end(), hole.begin(), hole.end());
    group->clip_rule = FillRule::evenodd;
    for (auto shadow = style.box_shadow.rbegin(); shadow != style.box_shadow.rend(); ++shadow) {
        if (shadow->inset) {
            context.source.diagnostics.warning("unsupported-value", "box-shadow: inset is not painted",
                                               context.position(source));
            continue;
        }
        // A blur is drawn as rings that grow fainter; print rarely wants more.
        int const rings = shadow->blur > 0 ? 8 : 1;
        for (int i = 0; i < rings; ++i) {
            double const grow =
                shadow->spread + (rings == 1 ? 0 : shadow->blur * (0.5 - static_cast<double>(i) / (rings - 1)));
            Rect const at{box.x + shadow->x - grow, box.y + shadow->y - grow, box.width + 2 * grow,
                          box.height + 2 * grow};
            if (at.width <= 0 || at.height <= 0) break;
            Color color = color_of(shadow->color);
            color.a = static_cast<std::uint8_t>(std::lround(color.a / static_cast<double>(rings)));
            Radii wider = radii;
            for (Size& corner : wider.corners) {
                double const radius = std::max(0.0, std::max(corner.width, shadow->blur / 2) + grow);
                corner = {std::min(radius, at.width / 2), std::min(radius, at.height / 2)};
            }
            fill(at, wider, color, group->items);
        }
    }
    if (!group->items.empty()) items.emplace_back(std::move(group));
}

} // namespace

void paint_picture(Context& context, Picture const& picture, Rect const& rect, std::vector<Item>& items) {
    if (picture.image) items.emplace_back(DrawImage{picture.image, rect});
    if (!picture.drawing) return;
    DrawContext draw{context.fonts, context.shaper, context.source.diagnostics,
                     [&context](std::string const& url, std::string const& base) {
                         return context.replaced.picture(css::Url{url, base}, context.source, {base, 0, 0}).image;
                     }};
    picture.drawing->draw(rect, draw, items);
}

Insets piece_border(Fragment const& fragment) {
    css::ComputedStyle const& style = *fragment.box->style;
    Insets border = fragment.border ? *fragment.border
                                    : Insets{style.border.top.width, style.border.right.width,
                                             style.border.bottom.width, style.border.left.width};
    bool const sideways = fragment.box->kind == BoxKind::inline_box;
    if (!fragment.start) (sideways ? border.left : border.top) = 0;
    if (!fragment.end) (sideways ? border.right : border.bottom) = 0;
    return border;
}

void paint_background(Context& context, css::ComputedStyle const& style, Rect const& border_box, Insets const& border,
                      Insets const& padding, Radii const& radii, Box const* box, std::vector<Item>& items) {
    css::Box clip = css::Box::border_box;
    if (!style.background.empty()) clip = style.background.back().clip;
    Radii const inner = clip == css::Box::border_box ? radii : shrink(radii, border);
    fill(area_of(clip, border_box, border, padding), inner, color_of(style.background_color), items);
    for (auto layer = style.background.rbegin(); layer != style.background.rend(); ++layer) {
        paint_layer(context, *layer, border_box, border, padding, radii, box, items);
    }
}

void paint_frame(Context& context, Fragment const& fragment, Point origin, std::vector<Item>& items) {
    Box const& box = *fragment.box;
    css::ComputedStyle const& style = *box.style;
    Rect const rect{origin.x, origin.y, fragment.size.width, fragment.size.height};
    Radii radii = radii_of(style.radius, rect);
    bool const sideways = box.kind == BoxKind::inline_box;
    if (!fragment.start) radii.corners[0] = radii.corners[sideways ? 3 : 1] = {};
    if (!fragment.end) radii.corners[2] = radii.corners[sideways ? 1 : 3] = {};
    Insets const border = piece_border(fragment);
    if (!style.box_shadow.empty()) paint_shadows(context, style, rect, radii, box, items);
    if (style.background_color.a != 0 || !style.background.empty()) {
        Insets const padding = style.background.empty() ? Insets{} : edges_of(box, rect.width).padding;
        paint_background(context, style, rect, border, padding, radii, &box, items);
    }
    bool const collapsed = fragment.border && !(box.kind == BoxKind::table && !style.border_collapse);
    if (!collapsed && (border.top > 0 || border.right > 0 || border.bottom > 0 || border.left > 0)) {
        css::Sides<css::Border> sides = style.border;
        sides.top.width = border.top;
        sides.right.width = border.right;
        sides.bottom.width = border.bottom;
        sides.left.width = border.left;
        paint_borders(sides, rect, radii, items);
    }
    if (style.outline.width > 0) {
        double const by = style.outline.width + style.outline_offset;
        paint_borders({style.outline, style.outline, style.outline, style.outline},
                      {rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by}, {}, items);
    }
}

} // namespace deckle::layout
