#include "layout/margin_boxes.hpp"
#include "layout/paint.hpp"
#include "layout/used.hpp"
#include <algorithm>
#include <array>

namespace deckle::layout {
namespace {

using css::ContentItem;
using css::MarginBox;

NamedValues::Value const* find(std::map<std::string, NamedValues::Entry, std::less<>> const& all,
                               std::string const& name, ContentItem::Which which) {
    auto found = all.find(name);
    if (found == all.end()) return nullptr;
    NamedValues::Entry const& entry = found->second;
    NamedValues::Value const* before = entry.has_before ? &entry.before : nullptr;
    if (entry.here.empty()) return before;
    switch (which) {
    case ContentItem::Which::last:
        return &entry.here.back();
    case ContentItem::Which::start:
        return entry.here.front().first ? &entry.here.front() : before;
    case ContentItem::Which::first_except:
        return nullptr;
    default:
        return &entry.here.front();
    }
}

/// One box, laid out by itself; its tree is kept until it is painted.
struct MarginBoxLaid {
    css::ComputedStyle const* style = nullptr;
    BoxTree tree;
    Widths widths; // with margins
    Rect rect;     // margin box
};

/// Shares `available` between three boxes in a row, the middle one centered.
// https://www.w3.org/TR/css-page-3/#margin-dimension
std::array<double, 3> share(std::array<std::optional<Widths>, 3> const& wish, double available) {
    auto fit = [](Widths const& a, Widths const& b, double room) {
        if (a.max + b.max <= room) {
            double const sum = a.max + b.max, rest = room - sum;
            double const part = sum > 0 ? a.max / sum : 0.5;
            return std::pair(a.max + rest * part, b.max + rest * (1 - part));
        }
        double const rest = room - a.min - b.min, flexible = a.max - a.min + b.max - b.min;
        double const part = flexible > 0 ? (a.max - a.min) / flexible : 0.5;
        if (rest >= 0) return std::pair(a.min + rest * part, b.min + rest * (1 - part));
        double const sum = a.min + b.min;
        return std::pair(room * a.min / sum, room * b.min / sum);
    };
    std::array<double, 3> result{};
    auto const& [first, middle, last] = wish;
    if (middle) {
        Widths const one = first.value_or(Widths{}), other = last.value_or(Widths{});
        if (!first && !last) {
            result[1] = available;
        } else {
            Widths const sides{2 * std::max(one.min, other.min), 2 * std::max(one.max, other.max)};
            result[1] = fit(*middle, sides, available).first;
            result[0] = result[2] = (available - result[1]) / 2;
        }
    } else if (first && last) {
        std::tie(result[0], result[2]) = fit(*first, *last, available);
    } else {
        result[first ? 0 : 2] = available;
    }
    return result;
}

class MarginBoxes {
public:
    MarginBoxes(Context& context, css::PageStyle const& style, std::size_t number)
        : context_(context), page_(style), geometry_(geometry_of(style)), number_(number) {}

    bool add(MarginBox which, PageVariables const& variables, bool only_total) {
        css::StylePtr const& style = page_.margin_boxes[static_cast<std::size_t>(which)];
        if (!style) return false;
        bool const total = shows_page_total(context_.source, *style, variables);
        if (total && variables.pages == 0) {
            reserve(which, variables, *style); // it takes its place beside its neighbours all the same
            return true;
        }
        reserve(which, variables, *style);
        if (!only_total || total) wanted_[static_cast<std::size_t>(which)] = true;
        return false;
    }

    void paint(std::vector<Item>& items) {
        place();
        for (std::size_t i = 0; i < css::margin_box_count; ++i) {
            if (boxes_[i].style && wanted_[i]) paint(boxes_[i], items);
        }
        context_.forget();
    }

private:
    void reserve(MarginBox which, PageVariables const& variables, css::ComputedStyle const& style) {
        MarginBoxLaid& box = boxes_[static_cast<std::size_t>(which)];
        box.style = &style;
        PageVariables guess = variables;
        if (guess.pages == 0) guess.pages = 888; // as wide as totals get
        box.tree = build_margin_box(context_.source, style, guess);
        Widths widths = content_widths(context_, *box.tree.root);
        if (style.width.has_percent()) {
            double const width = style.width.resolve(geometry_.border_box.width);
            widths = {width, width};
        }
        box.widths = widths;
    }

    std::optional<Widths> wish(MarginBox which) const {
        MarginBoxLaid const& box = boxes_[static_cast<std::size_t>(which)];
        return box.style ? std::optional(box.widths) : std::nullopt;
    }

    void place() {
        using enum MarginBox;
        Rect const& b = geometry_.border_box;
        double const right = b.x + b.width, bottom = b.y + b.height;
        double const right_margin = geometry_.size.width - right, bottom_margin = geometry_.size.height - bottom;
        auto put = [&](MarginBox which, Rect rect) { boxes_[static_cast<std::size_t>(which)].rect = rect; };
        put(top_left_corner, {0, 0, b.x, b.y});
        put(top_right_corner, {right, 0, right_margin, b.y});
        put(bottom_left_corner, {0, bottom, b.x, bottom_margin});
        put(bottom_right_corner, {right, bottom, right_margin, bottom_margin});
        auto row = [&](std::array<MarginBox, 3> boxes, double y, double height) {
            std::array<double, 3> const widths = share({wish(boxes[0]), wish(boxes[1]), wish(boxes[2])}, b.width);
            put(boxes[0], {b.x, y, widths[0], height});
            put(boxes[1], {b.x + (b.width - widths[1]) / 2, y, widths[1], height});
            put(boxes[2], {right - widths[2], y, widths[2], height});
        };
        row({top_left, top_center, top_right}, 0, b.y);
        row({bottom_left, bottom_center, bottom_right}, bottom, bottom_margin);
        auto column = [&](std::array<MarginBox, 3> boxes, double x, double width) {
            std::array<std::optional<Widths>, 3> heights;
            for (std::size_t i = 0; i < 3; ++i) {
                MarginBoxLaid const& box = boxes_[static_cast<std::size_t>(boxes[i])];
                if (!box.style) continue;
                Laid const laid = lay(box, width, std::nullopt);
                double const height = laid.fragment.size.height + laid.margin.vertical();
                heights[i] = Widths{height, height};
            }
            std::array<double, 3> const shares = share(heights, b.height);
            put(boxes[0], {x, b.y, width, shares[0]});
            put(boxes[1], {x, b.y + (b.height - shares[1]) / 2, width, shares[1]});
            put(boxes[2], {x, bottom - shares[2], width, shares[2]});
        };
        column({left_top, left_middle, left_bottom}, 0, b.x);
        column({right_top, right_middle, right_bottom}, right, right_margin);
    }

    Laid lay(MarginBoxLaid const& box, double width, std::optional<double> height) {
        Edges const edges = edges_of(*box.tree.root, width);
        Space space;
        space.width = width;
        space.height = height;
        space.top = true;
        space.fixed_width = std::max(0.0, width - edges.margin.horizontal());
        return layout_box(context_, *box.tree.root, space, nullptr);
    }

    void paint(MarginBoxLaid const& box, std::vector<Item>& items) {
        Laid laid = lay(box, box.rect.width, box.rect.height);
        double height = std::max(0.0, box.rect.height - laid.margin.vertical());
        double y = box.rect.y + laid.margin.top;
        double const natural = laid.fragment.size.height;
        if (box.style->height.is_value()) {
            height = natural;
            y = box.rect.y + (box.rect.height - natural) / 2;
        }
        double down = 0;
        switch (box.style->vertical_align.kind) {
        case css::VerticalAlign::Kind::top:
            break;
        case css::VerticalAlign::Kind::bottom:
            down = height - natural;
            break;
        default:
            down = (height - natural) / 2;
            break;
        }
        for (Fragment& child : laid.fragment.children) child.move(0, down);
        laid.fragment.size.height = height;
        place_pending(context_, {0, 0, laid.fragment.size.width, height}, laid, true);
        layout::paint(context_, std::move(laid.fragment), {box.rect.x + laid.margin.left, y}, geometry_.size, number_,
                      items, nullptr);
    }

    Context& context_;
    css::PageStyle const& page_;
    PageGeometry geometry_;
    std::size_t number_; // of the page, from 1
    std::array<MarginBoxLaid, css::margin_box_count> boxes_;
    std::array<bool, css::margin_box_count> wanted_{};
};

} // namespace

PageGeometry geometry_of(css::PageStyle const& style) {
    css::ComputedStyle const& s = *style.style;
    auto length = [](css::Length const& l, double base) { return l.is_value() ? l.resolve(base) : 0; };
    PageGeometry g;
    g.size = {style.width, style.height};
    g.border_box.x = length(s.margin.left, style.width);
    g.border_box.y = length(s.margin.top, style.height);
    g.border_box.width = std::max(1.0, style.width - g.border_box.x - length(s.margin.right, style.width));
    g.border_box.height = std::max(1.0, style.height - g.border_box.y - length(s.margin.bottom, style.height));
    Insets const frame{s.border.top.width + length(s.padding.top, style.width),
                       s.border.right.width + length(s.padding.right, style.width),
                       s.border.bottom.width + length(s.padding.bottom, style.width),
                       s.border.left.width + length(s.padding.left, style.width)};
    g.content = inset(g.border_box, frame);
    return g;
}

void NamedValues::end_page() {
    sums.clear();
    for (auto* all : {&strings, &running}) {
        for (auto& [name, entry] : *all) {
            if (entry.here.empty()) continue;
            entry.before = std::move(entry.here.back());
            entry.has_before = true;
            entry.here.clear();
        }
    }
}

PageVariables NamedValues::variables(std::size_t page, std::size_t pages) const {
    PageVariables variables;
    variables.page = page;
    variables.pages = pages;
    variables.string = [this](std::string const& name, ContentItem::Which which) {
        Value const* value = find(strings, name, which);
        return value ? value->text : std::string();
    };
    variables.element = [this](std::string const& name, ContentItem::Which which) {
        Value const* value = find(running, name, which);
        return value ? value->element : nullptr;
    };
    return variables;
}

bool paint_margin_boxes(Context& context, css::PageStyle const& style, PageVariables const& variables, bool only_total,
                        std::vector<Item>& items) {
    MarginBoxes boxes(context, style, variables.page);
    bool waiting = false, any = false;
    for (std::size_t i = 0; i < css::margin_box_count; ++i) {
        any = any || style.margin_boxes[i];
        waiting = boxes.add(static_cast<MarginBox>(i), variables, only_total) || waiting;
    }
    if (any) boxes.paint(items);
    return waiting;
}

} // namespace deckle::layout
