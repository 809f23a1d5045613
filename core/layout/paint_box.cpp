// Shadows, backgrounds, borders.
// https://www.w3.org/TR/css-backgrounds-3/
#include "layout/paint.hpp"
#include "layout/paint_gradient.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace deckle::layout {
namespace {

using css::BackgroundLayer;

/// Made in its place: g++ 12 wrongly warns of the paint's unused alternative when it is moved there.
void fill_path(Path path, Color color, FillRule rule, std::vector<Item>& items) {
    auto& made = std::get<FillPath>(items.emplace_back(std::in_place_type<FillPath>));
    made.path = std::move(path);
    made.paint = color;
    made.rule = rule;
}

void fill(Rect const& rect, Radii const& radii, Color color, std::vector<Item>& items) {
    if (color.a == 0 || rect.width <= 0 || rect.height <= 0) return;
    if (radii.any()) {
        fill_path(rounded_path(rect, radii), color, FillRule::nonzero, items);
    } else {
        items.emplace_back(FillRect{rect, color});
    }
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

/// Shadows inside the padding box: what a hole of its shape lets through, drawn fainter towards the middle.
void paint_inner_shadows(css::ComputedStyle const& style, Rect const& box, Insets const& border, Radii const& radii,
                         std::vector<Item>& items) {
    auto group = std::make_unique<Group>();
    Rect const padding = inset(box, border);
    Radii const inner = shrink(radii, border);
    group->clip = rounded_path(padding, inner);
    for (auto shadow = style.box_shadow.rbegin(); shadow != style.box_shadow.rend(); ++shadow) {
        if (!shadow->inset) continue;
        int const rings = shadow->blur > 0 ? 8 : 1;
        for (int i = 0; i < rings; ++i) {
            double const by =
                shadow->spread + (rings == 1 ? 0 : shadow->blur * (0.5 - static_cast<double>(i) / (rings - 1)));
            Rect hole{padding.x + shadow->x + by, padding.y + shadow->y + by, padding.width - 2 * by,
                      padding.height - 2 * by};
            Color color = color_of(shadow->color);
            color.a = static_cast<std::uint8_t>(std::lround(color.a / static_cast<double>(rings)));
            double const reach = std::abs(shadow->x) + std::abs(shadow->y) + std::abs(by);
            Path around = rectangle_path(
                {padding.x - reach, padding.y - reach, padding.width + 2 * reach, padding.height + 2 * reach});
            if (hole.width > 0 && hole.height > 0) {
                Path const path = rounded_path(hole, shrink(inner, {by, by, by, by}));
                around.insert(around.end(), path.begin(), path.end());
            }
            fill_path(std::move(around), color, FillRule::evenodd, group->items);
        }
    }
    if (!group->items.empty()) items.emplace_back(std::move(group));
}

void paint_shadows(css::ComputedStyle const& style, Rect const& box, Radii const& radii, std::vector<Item>& items) {
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
        if (shadow->inset) continue;
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

Radii piece_radii(Fragment const& fragment, Rect const& border_box) {
    Radii radii = radii_of(fragment.box->style->radius, border_box);
    bool const sideways = fragment.box->kind == BoxKind::inline_box;
    if (!fragment.start) radii.corners[0] = radii.corners[sideways ? 3 : 1] = {};
    if (!fragment.end) radii.corners[2] = radii.corners[sideways ? 1 : 3] = {};
    return radii;
}

void paint_frame(Context& context, Fragment const& fragment, Point origin, std::vector<Item>& items) {
    Box const& box = *fragment.box;
    css::ComputedStyle const& style = *box.style;
    Rect const rect{origin.x, origin.y, fragment.size.width, fragment.size.height};
    Radii const radii = piece_radii(fragment, rect);
    Insets const border = piece_border(fragment);
    if (!style.box_shadow.empty()) paint_shadows(style, rect, radii, items);
    if (style.background_color.a != 0 || !style.background.empty()) {
        Insets const padding = style.background.empty() ? Insets{} : edges_of(box, rect.width).padding;
        paint_background(context, style, rect, border, padding, radii, &box, items);
    }
    if (std::ranges::any_of(style.box_shadow, &css::Shadow::inset))
        paint_inner_shadows(style, rect, border, radii, items);
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
