// Walks the fragments of a page. Order within a stacking context: its own frame, positioned boxes with a negative
// z-index, the flow in document order, positioned boxes by z-index.
// https://www.w3.org/TR/CSS22/zindex.html
#include "layout/paint.hpp"
#include "layout/aggregates.hpp"
#include "layout/box_builder.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace deckle::layout {
namespace {

using css::TransformFunction;

Matrix multiply(Matrix const& m, Matrix const& n) {
    return {m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b,       m.a * n.c + m.c * n.d,
            m.b * n.c + m.d * n.d, m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f};
}

Matrix transform_of(css::ComputedStyle const& style, Rect const& box) {
    double const x = box.x + style.transform_origin_x.resolve(box.width),
                 y = box.y + style.transform_origin_y.resolve(box.height);
    Matrix all{1, 0, 0, 1, x, y};
    constexpr double radian = std::numbers::pi / 180;
    for (TransformFunction const& f : style.transform) {
        switch (f.kind) {
        case TransformFunction::Kind::matrix:
            all = multiply(all, {f.a, f.b, f.c, f.d, f.e, f.f});
            break;
        case TransformFunction::Kind::translate:
            all = multiply(all, {1, 0, 0, 1, f.x.resolve(box.width), f.y.resolve(box.height)});
            break;
        case TransformFunction::Kind::scale:
            all = multiply(all, {f.a, 0, 0, f.d, 0, 0});
            break;
        case TransformFunction::Kind::rotate:
            all = multiply(all, {std::cos(f.a * radian), std::sin(f.a * radian), -std::sin(f.a * radian),
                                 std::cos(f.a * radian), 0, 0});
            break;
        case TransformFunction::Kind::skew:
            all = multiply(all, {1, std::tan(f.b * radian), std::tan(f.a * radian), 1, 0, 0});
            break;
        }
    }
    return multiply(all, {1, 0, 0, 1, -x, -y});
}

std::string one_line(std::string_view text) {
    std::string out;
    for (char c : text) {
        bool const space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

class Painter {
public:
    Painter(Context& context, Size page, std::size_t number, PageFindings* findings)
        : context_(context), page_(page), number_(number), findings_(findings) {}

    void stacking_context(Fragment& fragment, Point origin, std::vector<Item>& items);

private:
    struct Deferred {
        int z = 0;
        Fragment* fragment = nullptr;
        Point origin;
    };
    using Layer = std::vector<Deferred>;

    void visit(Fragment& fragment, Point origin, std::vector<Item>& items, Layer& layer);
    void content(Fragment& fragment, Point origin, std::vector<Item>& items, Layer& layer);
    void frame(Fragment& fragment, Point origin, std::vector<Item>& items);
    void children(Fragment& fragment, Point origin, std::vector<Item>& items, Layer& layer);
    void record(Fragment const& fragment, Point origin, std::vector<Item>& items);
    void text(Fragment& fragment, Point origin, std::vector<Item>& items);
    void deferred(Fragment const& fragment, Point origin, std::vector<Item>& items);
    void decorate(Fragment const& fragment, Point baseline, bool through, std::vector<Item>& items);
    void object(Fragment const& fragment, Point origin, std::vector<Item>& items);
    void check_page(Box const& box, Rect const& rect, char const* what);
    /// What is shown again, such as a table's header on a further page, is decoration.
    [[nodiscard]] NodeId node_of(Box const& box) const { return repeated_ > 0 ? 0 : box.node; }

    Context& context_;
    Size page_;
    std::size_t number_;
    PageFindings* findings_;
    int repeated_ = 0, transformed_ = 0;
    bool painted_ = false; // text or an image: what names itself later is not the first on the page
};

bool makes_group(css::ComputedStyle const& style) {
    return style.opacity < 1 || !style.transform.empty() || style.overflow == css::Overflow::hidden;
}

// https://www.w3.org/TR/CSS22/tables.html#empty-cells
bool hides_frame(Box const& cell) {
    if (!cell.style->empty_cells_hide || cell.style->border_collapse) return false;
    for (Box const* child = cell.first; child; child = child->next) {
        if (!is_collapsible_space(*child)) return false;
    }
    return true;
}

bool is_frame(Fragment const& fragment) {
    return fragment.kind == Fragment::Kind::box || fragment.kind == Fragment::Kind::object ||
           fragment.kind == Fragment::Kind::wrapper;
}

void Painter::check_page(Box const& box, Rect const& rect, char const* what) {
    if (transformed_ > 0 || page_.width <= 0) return;
    bool const off = rect.x < -0.5 || rect.y < -0.5 || rect.x + rect.width > page_.width + 0.5 ||
                     rect.y + rect.height > page_.height + 0.5;
    if (!off) return;
    context_.source.diagnostics.warning(
        "off-page", fmt::format("{} runs off the edge of page {}; make it smaller or let it break", what, number_),
        context_.position(box));
}

/// Anchors, outline, named strings and links of a box that stands here.
void Painter::record(Fragment const& fragment, Point origin, std::vector<Item>& items) {
    Box const& box = *fragment.box;
    if (!box.element || box.pseudo || repeated_ > 0) return;
    html::Element const& element = *box.element;
    bool const grid = box.kind == BoxKind::table && fragment.kind == Fragment::Kind::box; // its wrapper says it all
    bool const here = fragment.start && !grid && !box.continues;
    if (here && !element.id.empty()) {
        items.emplace_back(Anchor{std::string(element.id), origin});
        if (findings_) findings_->anchors.emplace_back(element.id);
    }
    if (here && element.tag == html::Tag::a && element.id.empty()) {
        if (auto name = element.attribute("name"); name && !name->empty()) {
            items.emplace_back(Anchor{std::string(*name), origin});
            if (findings_) findings_->anchors.emplace_back(*name);
        }
    }
    if (findings_ && here) {
        if (box.style->bookmark_level > 0) {
            std::string title = one_line(element.text_content());
            if (!title.empty())
                findings_->outline.push_back({box.style->bookmark_level, std::move(title), number_ - 1, origin});
        }
        for (auto const* changes : {&box.style->counter_reset, &box.style->counter_set}) {
            for (css::CounterChange const& change : *changes) {
                if (change.name == "page") findings_->page_counter = change.value;
            }
        }
        std::vector<std::string> const* counted = nullptr;
        if (!box.style->string_set.empty() && context_.tree) {
            auto const found = context_.tree->string_values.find(&element);
            if (found != context_.tree->string_values.end()) counted = &found->second;
        }
        for (std::size_t i = 0; i < box.style->string_set.size(); ++i) {
            css::StringSet const& set = box.style->string_set[i];
            findings_->strings[set.name].push_back(
                {counted ? (*counted)[i] : string_value(set.content, element), nullptr, !painted_});
        }
        if (box.placement == Placement::running)
            findings_->running[box.style->running_name].push_back({{}, &element, !painted_});
    }
    if (element.tag == html::Tag::a && !grid && fragment.kind != Fragment::Kind::event) {
        if (auto href = element.attribute("href"); href && !href->empty()) {
            items.emplace_back(Link{{origin.x, origin.y, fragment.size.width, fragment.size.height},
                                    context_.resources.link(*href),
                                    box.node});
        }
    }
}

void Painter::frame(Fragment& fragment, Point origin, std::vector<Item>& items) {
    record(fragment, origin, items);
    if (fragment.kind == Fragment::Kind::wrapper) return;
    if (fragment.box->style->visibility != css::Visibility::visible) return;
    bool const below = origin.y + fragment.size.height > page_.height + 0.5 && fragment.kind == Fragment::Kind::box;
    if (below && fragment.box->in_flow() && fragment.box->style->background_color.a != 0)
        check_page(*fragment.box, {0, 0, 0, origin.y + fragment.size.height}, "a box");
    if (fragment.box->kind == BoxKind::inline_box && fragment.box->style->opacity < 1) {
        auto group = std::make_unique<Group>();
        group->opacity = std::max(0.0, fragment.box->style->opacity);
        paint_frame(context_, fragment, origin, group->items);
        if (!group->items.empty()) items.emplace_back(std::move(group));
        return;
    }
    if (fragment.box->kind != BoxKind::cell || !hides_frame(*fragment.box))
        paint_frame(context_, fragment, origin, items);
    if (fragment.kind == Fragment::Kind::object) object(fragment, origin, items);
}

void Painter::children(Fragment& fragment, Point origin, std::vector<Item>& items, Layer& layer) {
    if (fragment.repeated) ++repeated_;
    for (Fragment& child : fragment.children) {
        visit(child, {origin.x + child.at.x, origin.y + child.at.y}, items, layer);
    }
    if (fragment.repeated) --repeated_;
}

/// A fragment met in the flow: painted now, or kept for later when it is positioned.
void Painter::visit(Fragment& fragment, Point origin, std::vector<Item>& items, Layer& layer) {
    if (fragment.rest && findings_ && repeated_ == 0) {
        findings_->rests.push_back({fragment.box, std::move(fragment.rest), origin.x, fragment.size.width});
    }
    bool const own_box =
        is_frame(fragment) && !(fragment.box->kind == BoxKind::table && fragment.kind == Fragment::Kind::box);
    if (own_box && fragment.box->kind != BoxKind::inline_box) {
        css::ComputedStyle const& style = *fragment.box->style;
        bool const positioned = fragment.box->positioned();
        if (positioned) return layer.push_back({style.z_index.value_or(0), &fragment, origin});
        if (makes_group(style)) return stacking_context(fragment, origin, items);
    }
    content(fragment, origin, items, layer);
}

void Painter::content(Fragment& fragment, Point origin, std::vector<Item>& items, Layer& layer) {
    switch (fragment.kind) {
    case Fragment::Kind::box:
    case Fragment::Kind::wrapper:
    case Fragment::Kind::object:
        frame(fragment, origin, items);
        children(fragment, origin, items, layer);
        break;
    case Fragment::Kind::line:
        children(fragment, origin, items, layer);
        break;
    case Fragment::Kind::text:
        text(fragment, origin, items);
        break;
    case Fragment::Kind::deferred:
        deferred(fragment, origin, items);
        break;
    case Fragment::Kind::event:
        record(fragment, origin, items);
        break;
    case Fragment::Kind::borders:
        for (CollapsedEdge const& edge : *fragment.edges) paint_edge(edge, origin, items);
        break;
    }
}

void Painter::stacking_context(Fragment& fragment, Point origin, std::vector<Item>& items) {
    css::ComputedStyle const& style = *fragment.box->style;
    Rect const rect{origin.x, origin.y, fragment.size.width, fragment.size.height};
    std::vector<Item> own;
    bool const transformed = !style.transform.empty();
    transformed_ += transformed ? 1 : 0;

    std::vector<Item> inside;
    Layer layer;
    if (is_frame(fragment)) {
        frame(fragment, origin, own);
        children(fragment, origin, inside, layer);
    } else {
        content(fragment, origin, inside, layer);
    }
    std::stable_sort(layer.begin(), layer.end(), [](Deferred const& a, Deferred const& b) { return a.z < b.z; });
    std::vector<Item> below, above;
    for (Deferred const& deferred : layer) {
        stacking_context(*deferred.fragment, deferred.origin, deferred.z < 0 ? below : above);
    }
    auto move_to = [](std::vector<Item>& from, std::vector<Item>& to) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    std::vector<Item> content = std::move(below);
    move_to(inside, content);
    move_to(above, content);
    transformed_ -= transformed ? 1 : 0;

    bool const clips =
        style.overflow == css::Overflow::hidden && fragment.kind != Fragment::Kind::object && is_frame(fragment);
    if (clips && !content.empty()) {
        auto group = std::make_unique<Group>();
        Insets const border = piece_border(fragment);
        group->clip = rounded_path(inset(rect, border), shrink(piece_radii(fragment, rect), border));
        group->items = std::move(content);
        content.clear();
        content.emplace_back(std::move(group));
    }
    if (style.opacity < 1 || transformed) {
        auto group = std::make_unique<Group>();
        group->opacity = std::clamp(style.opacity, 0.0, 1.0);
        if (transformed) group->transform = transform_of(style, rect);
        group->items = std::move(own);
        move_to(content, group->items);
        items.emplace_back(std::move(group));
        return;
    }
    move_to(own, items);
    move_to(content, items);
}

void Painter::text(Fragment& fragment, Point origin, std::vector<Item>& items) {
    Box const& box = *fragment.box;
    if (box.style->visibility != css::Visibility::visible || fragment.run->glyphs.empty()) return;
    painted_ = true;
    if (box.shows_page != 0 && findings_) findings_->anchors.push_back(page_key(*box.element, box.shows_page));
    double const high = 0.7 * fragment.run->size; // of capitals: what is seen
    check_page(box, {origin.x, origin.y - high, fragment.size.width, high}, "text");
    if (box.decoration) decorate(fragment, origin, false, items);
    fragment.run->origin = origin;
    fragment.run->node = node_of(box);
    items.emplace_back(std::move(*fragment.run));
    if (box.decoration) decorate(fragment, origin, true, items);
}

/// Fills a reserved place; within it, the text stands as the block's lines do.
void Painter::deferred(Fragment const& fragment, Point origin, std::vector<Item>& items) {
    Box const& box = *fragment.box;
    if (!context_.aggregates) return;
    std::string const filled = context_.aggregates->text(box);
    LineMetrics const& metrics = context_.metrics(*box.style);
    text::StyledRun run;
    run.text = filled;
    run.font = metrics.font;
    run.size = metrics.size;
    run.letter_spacing = static_cast<float>(box.style->letter_spacing);
    text::ShapedText const shaped = context_.shaper.shape({&run, 1}, text::Direction::ltr, context_.position(box));
    text::Line const line = shaped.unbroken_line(0);
    Box const* block = box.parent;
    while (block && block->kind == BoxKind::inline_box) block = block->parent;
    css::ComputedStyle const& style = block ? *block->style : *box.style;
    bool const rtl = style.direction == css::Direction::rtl;
    bool const right = style.text_align == css::TextAlign::right || (style.text_align == css::TextAlign::end && !rtl) ||
                       (style.text_align != css::TextAlign::end && style.text_align != css::TextAlign::left &&
                        style.text_align != css::TextAlign::center && rtl);
    double const rest = fragment.size.width - line.width;
    double const x = right ? rest : style.text_align == css::TextAlign::center ? rest / 2 : 0;
    for (text::Piece& piece : shaped.pieces(line)) {
        if (!piece.face) continue;
        Fragment filled_text(Fragment::Kind::text, &box, {}, {piece.width, 0});
        filled_text.run = std::make_unique<GlyphRun>();
        GlyphRun& glyphs = *filled_text.run;
        glyphs.face = piece.face;
        glyphs.size = piece.size;
        glyphs.color = color_of(box.style->color);
        glyphs.rtl = piece.rtl;
        glyphs.glyphs = std::move(piece.glyphs);
        glyphs.text = shaped.text().substr(piece.begin, piece.end - piece.begin);
        text(filled_text, {origin.x + x + piece.x, origin.y}, items);
    }
}

void Painter::decorate(Fragment const& fragment, Point baseline, bool through, std::vector<Item>& items) {
    for (Decoration const* decoration = fragment.box->decoration; decoration; decoration = decoration->outer) {
        css::ComputedStyle const& style = *decoration->style;
        LineMetrics const& metrics = context_.metrics(style);
        text::FaceMetrics const& face = metrics.font->metrics();
        double const natural = (through ? face.strikeout_thickness : face.underline_thickness) * metrics.size;
        double const thickness =
            style.decoration_thickness.is_value() ? style.decoration_thickness.resolve(metrics.size) : natural;
        css::BorderStyle line = css::BorderStyle::solid;
        double height = thickness;
        switch (style.decoration_style) {
        case css::DecorationStyle::dotted:
            line = css::BorderStyle::dotted;
            break;
        case css::DecorationStyle::dashed:
            line = css::BorderStyle::dashed;
            break;
        case css::DecorationStyle::double_:
            line = css::BorderStyle::double_;
            height = 3 * thickness;
            break;
        default:
            break;
        }
        auto draw = [&](double middle) {
            if (style.decoration_style == css::DecorationStyle::wavy)
                return paint_wave({baseline.x, baseline.y + middle}, fragment.size.width, thickness,
                                  color_of(style.decoration_color), items);
            paint_line({baseline.x, baseline.y + middle - height / 2, fragment.size.width, height}, true, line,
                       color_of(style.decoration_color), items);
        };
        if (through && style.line_through) draw(-face.strikeout_offset * metrics.size);
        if (!through && style.underline)
            draw(style.underline_offset.is_value() ? style.underline_offset.resolve(metrics.size)
                                                   : face.underline_offset * metrics.size);
        if (!through && style.overline) draw(-metrics.ascent);
    }
}

/// An image in the content box, as object-fit says.
void Painter::object(Fragment const& fragment, Point origin, std::vector<Item>& items) {
    Box const& box = *fragment.box;
    css::ComputedStyle const& style = *box.style;
    Edges const edges = edges_of(box, fragment.size.width);
    Rect const whole{origin.x, origin.y, fragment.size.width, fragment.size.height};
    Rect const content = inset(inset(whole, edges.border), edges.padding);
    Picture const& picture = context_.replaced.picture(box, context_.source);
    if (content.width <= 0 || content.height <= 0) return;
    painted_ = true;
    check_page(box, whole, "an image");
    Size size{content.width, content.height};
    if (picture.ratio > 0 && style.object_fit != css::ObjectFit::fill) {
        bool const wider = content.width / content.height > picture.ratio;
        Size const contain = wider ? Size{content.height * picture.ratio, content.height}
                                   : Size{content.width, content.width / picture.ratio};
        Size const cover = wider ? Size{content.width, content.width / picture.ratio}
                                 : Size{content.height * picture.ratio, content.height};
        Size const natural{picture.width.value_or(contain.width), picture.height.value_or(contain.height)};
        switch (style.object_fit) {
        case css::ObjectFit::contain:
            size = contain;
            break;
        case css::ObjectFit::cover:
            size = cover;
            break;
        case css::ObjectFit::none:
            size = natural;
            break;
        case css::ObjectFit::scale_down:
            size = natural.width < contain.width ? natural : contain;
            break;
        case css::ObjectFit::fill:
            break;
        }
    }
    Rect const at{content.x + style.object_position_x.points +
                      style.object_position_x.percent / 100 * (content.width - size.width),
                  content.y + style.object_position_y.points +
                      style.object_position_y.percent / 100 * (content.height - size.height),
                  size.width, size.height};
    Radii const radii = shrink(shrink(radii_of(style.radius, whole), edges.border), edges.padding);
    bool const clips = radii.any() || at.x < content.x - tolerance || at.y < content.y - tolerance ||
                       at.x + at.width > content.x + content.width + tolerance ||
                       at.y + at.height > content.y + content.height + tolerance;
    NodeId const node = node_of(box);
    if (!clips && node == 0) return paint_picture(context_, picture, at, items);
    auto group = std::make_unique<Group>();
    group->node = node;
    if (clips) group->clip = rounded_path(content, radii);
    paint_picture(context_, picture, at, group->items);
    items.emplace_back(std::move(group));
}

} // namespace

void paint(Context& context, Fragment&& fragment, Point origin, Size page, std::size_t page_number,
           std::vector<Item>& items, PageFindings* findings) {
    Painter(context, page, page_number, findings).stacking_context(fragment, origin, items);
}

} // namespace deckle::layout
