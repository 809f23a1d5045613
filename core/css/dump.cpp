#include "css/cascade.hpp"
#include <fmt/format.h>
#include <functional>
#include <utility>

namespace deckle::css {
namespace {

std::string number(double v) {
    auto out = fmt::format("{:.3f}", v);
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out == "-0" ? "0" : out;
}

std::string text(Color c) {
    if (c.a == 255) return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
    return fmt::format("#{:02x}{:02x}{:02x}{:02x}", c.r, c.g, c.b, c.a);
}

std::string text(Length const& l) {
    switch (l.kind) {
    case Length::Kind::auto_:
        return "auto";
    case Length::Kind::none:
        return "none";
    case Length::Kind::content:
        return "content";
    case Length::Kind::min_content:
        return "min-content";
    case Length::Kind::max_content:
        return "max-content";
    case Length::Kind::fit_content:
        return "fit-content";
    case Length::Kind::value:
        break;
    }
    if (l.percent == 0) return number(l.points);
    if (l.points == 0) return number(l.percent) + "%";
    return number(l.points) + "+" + number(l.percent) + "%";
}

std::string text(Sides<Length> const& s) {
    return text(s.top) + " " + text(s.right) + " " + text(s.bottom) + " " + text(s.left);
}

std::string text(Border const& b) {
    static constexpr char const* styles[] = {"none",   "hidden", "dotted", "dashed", "solid",
                                             "double", "groove", "ridge",  "inset",  "outset"};
    if (b.style == BorderStyle::none) return "none";
    return number(b.width) + " " + styles[static_cast<int>(b.style)] + " " + text(b.color);
}

std::string text(SvgPaint const& p) {
    if (p.kind == SvgPaint::Kind::none) return "none";
    if (p.kind == SvgPaint::Kind::color) return text(p.color);
    return "url(" + p.url + ")" + (p.has_fallback ? " " + text(p.color) : "");
}

std::string text(Gradient const& g) {
    std::string out = g.kind == Gradient::Kind::linear ? "linear(" : "radial(";
    if (g.repeating) out = "repeating-" + out;
    if (g.kind == Gradient::Kind::linear) {
        if (g.to_x != 0 || g.to_y != 0)
            out += fmt::format("to {} {}", g.to_x, g.to_y);
        else
            out += number(g.angle);
    } else {
        out += fmt::format("{}{} at {} {}", g.circle ? "circle " : "", static_cast<int>(g.extent), text(g.center_x),
                           text(g.center_y));
        if (g.extent == Gradient::Extent::size) out += " " + text(g.radius_x) + " " + text(g.radius_y);
    }
    for (auto const& s : g.stops) out += ", " + text(s.color) + (s.has_position ? " " + text(s.position) : "");
    return out + ")";
}

std::string text(BackgroundLayer const& l) {
    static constexpr char const* repeats[] = {"repeat", "no-repeat", "space", "round"};
    static constexpr char const* boxes[] = {"border", "padding", "content"};
    std::string out = l.kind == BackgroundLayer::Kind::url        ? "url(" + l.url.url + ")"
                      : l.kind == BackgroundLayer::Kind::gradient ? text(l.gradient)
                                                                  : "none";
    out += fmt::format(" {}/{} {} {}", repeats[static_cast<int>(l.repeat_x)], repeats[static_cast<int>(l.repeat_y)],
                       text(l.position_x), text(l.position_y));
    if (l.size == BackgroundLayer::Size::cover)
        out += " / cover";
    else if (l.size == BackgroundLayer::Size::contain)
        out += " / contain";
    else if (!l.width.is_auto() || !l.height.is_auto())
        out += " / " + text(l.width) + " " + text(l.height);
    if (l.origin != Box::padding_box || l.clip != Box::border_box)
        out += fmt::format(" {} {}", boxes[static_cast<int>(l.origin)], boxes[static_cast<int>(l.clip)]);
    return out;
}

std::string text(ContentItem const& i) {
    static constexpr char const* kinds[] = {
        "string",          "attr",           "counter", "counters",   "open-quote", "close-quote",
        "no-open-quote",   "no-close-quote", "image",   "string-ref", "element",    "target-counter",
        "target-counters", "target-text",    "leader",  "content",    "sum",        "count"};
    static constexpr char const* whiches[] = {"first", "start",  "last",  "first-except",
                                              "text",  "before", "after", "first-letter"};
    if (i.kind == ContentItem::Kind::string) return "\"" + i.text + "\"";
    std::string out = kinds[static_cast<int>(i.kind)];
    if (!i.target.empty()) out += i.target_is_attr ? " attr:" + i.target : " " + i.target;
    if (!i.name.empty()) out += " " + i.name;
    if (!i.text.empty()) out += " \"" + i.text + "\"";
    if (!i.url.url.empty()) out += " " + i.url.url;
    if (i.style != "decimal") out += " " + i.style;
    static constexpr char const* extents[] = {"all", "page", "before-page", "up-to-page", "running", "running page"};
    if (i.extent != ContentItem::Extent::all) out += std::string(" ") + extents[static_cast<int>(i.extent)];
    if (i.which != ContentItem::Which::first) out += std::string(" ") + whiches[static_cast<int>(i.which)];
    return out;
}

std::string text(ContentList const& list) {
    std::string out;
    for (auto const& item : list) out += (out.empty() ? "" : ", ") + text(item);
    return out.empty() ? "none" : out;
}

std::string text(std::vector<CounterChange> const& list) {
    std::string out;
    for (auto const& c : list) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", c.name, c.value);
    return out.empty() ? "none" : out;
}

std::string text(TransformFunction const& f) {
    static constexpr char const* kinds[] = {"matrix", "translate", "scale", "rotate", "skew"};
    std::string const name = kinds[static_cast<int>(f.kind)];
    switch (f.kind) {
    case TransformFunction::Kind::translate:
        return name + "(" + text(f.x) + " " + text(f.y) + ")";
    case TransformFunction::Kind::scale:
        return name + "(" + number(f.a) + " " + number(f.d) + ")";
    case TransformFunction::Kind::rotate:
        return name + "(" + number(f.a) + ")";
    case TransformFunction::Kind::skew:
        return name + "(" + number(f.a) + " " + number(f.b) + ")";
    case TransformFunction::Kind::matrix:
        break;
    }
    return fmt::format("{}({} {} {} {} {} {})", name, number(f.a), number(f.b), number(f.c), number(f.d), number(f.e),
                       number(f.f));
}

std::string text(Shadow const& s) {
    return fmt::format("{}{} {} {} {} {}", s.inset ? "inset " : "", number(s.x), number(s.y), number(s.blur),
                       number(s.spread), text(s.color));
}

template <class T>
std::string joined(std::vector<T> const& list) {
    std::string out;
    for (auto const& item : list) out += (out.empty() ? "" : "; ") + text(item);
    return out.empty() ? "none" : out;
}

template <class E>
requires std::is_enum_v<E> std::string word(E value, std::initializer_list<char const*> names) {
    return *(names.begin() + static_cast<int>(value));
}

struct Line {
    char const* name;
    std::function<std::string(ComputedStyle const&)> text;
};

/// One line a property; enumerations by their CSS names.
std::vector<Line> const& lines() {
    using S = ComputedStyle const&;
    static std::vector<Line> const list{
        {"display",
         [](S s) {
             return word(s.display, {"none",
                                     "contents",
                                     "block",
                                     "flow-root",
                                     "inline",
                                     "inline-block",
                                     "list-item",
                                     "flex",
                                     "inline-flex",
                                     "table",
                                     "inline-table",
                                     "table-row-group",
                                     "table-header-group",
                                     "table-footer-group",
                                     "table-row",
                                     "table-cell",
                                     "table-column-group",
                                     "table-column",
                                     "table-caption",
                                     "grid"});
         }},
        {"float",
         [](S s) {
             return word(s.float_, {"none", "left", "right", "footnote"});
         }},
        {"clear",
         [](S s) {
             return word(s.clear, {"none", "left", "right", "both"});
         }},
        {"position",
         [](S s) {
             return word(s.position, {"static", "relative", "absolute", "fixed", "running"}) +
                    (s.running_name.empty() ? "" : "(" + s.running_name + ")");
         }},
        {"inset", [](S s) { return text(s.inset); }},
        {"z-index", [](S s) { return s.z_index ? std::to_string(*s.z_index) : "auto"; }},
        {"overflow",
         [](S s) {
             return word(s.overflow, {"visible", "hidden"});
         }},
        {"visibility",
         [](S s) {
             return word(s.visibility, {"visible", "hidden", "collapse"});
         }},
        {"box-sizing",
         [](S s) {
             return word(s.box_sizing, {"content-box", "border-box"});
         }},
        {"size", [](S s) { return text(s.width) + " " + text(s.height); }},
        {"min-size", [](S s) { return text(s.min_width) + " " + text(s.min_height); }},
        {"max-size", [](S s) { return text(s.max_width) + " " + text(s.max_height); }},
        {"aspect-ratio", [](S s) { return number(s.aspect_ratio); }},
        {"margin", [](S s) { return text(s.margin); }},
        {"padding", [](S s) { return text(s.padding); }},
        {"border-top", [](S s) { return text(s.border.top); }},
        {"border-right", [](S s) { return text(s.border.right); }},
        {"border-bottom", [](S s) { return text(s.border.bottom); }},
        {"border-left", [](S s) { return text(s.border.left); }},
        {"border-radius",
         [](S s) {
             std::string out;
             for (auto const* c :
                  {&s.radius.top_left, &s.radius.top_right, &s.radius.bottom_right, &s.radius.bottom_left})
                 out += (out.empty() ? "" : " ") + text(c->x) + "/" + text(c->y);
             return out;
         }},
        {"outline", [](S s) { return text(s.outline) + " " + number(s.outline_offset); }},
        {"background-color", [](S s) { return text(s.background_color); }},
        {"background", [](S s) { return joined(s.background); }},
        {"box-shadow", [](S s) { return joined(s.box_shadow); }},
        {"opacity", [](S s) { return number(s.opacity); }},
        {"transform", [](S s) { return joined(s.transform); }},
        {"transform-origin", [](S s) { return text(s.transform_origin_x) + " " + text(s.transform_origin_y); }},
        {"color", [](S s) { return text(s.color); }},
        {"font",
         [](S s) {
             std::string out = fmt::format("{} {}", s.font_weight, number(s.font_size));
             if (s.font_style != FontStyle::normal) out = "italic " + out;
             for (auto const& f : s.font_family) out += (&f == &s.font_family.front() ? " " : ", ") + f;
             for (auto const& f : s.font_features) out += fmt::format(" {}={}", f.tag, f.value);
             return out;
         }},
        {"line-height",
         [](S s) {
             if (s.line_height.kind == LineHeight::Kind::normal) return std::string("normal");
             return number(s.line_height.value) + (s.line_height.kind == LineHeight::Kind::length ? "pt" : "");
         }},
        {"spacing", [](S s) { return number(s.letter_spacing) + " " + number(s.word_spacing); }},
        {"text-align",
         [](S s) {
             return word(s.text_align, {"start", "end", "left", "right", "center", "justify"});
         }},
        {"text-indent", [](S s) { return text(s.text_indent); }},
        {"text-transform",
         [](S s) {
             return word(s.text_transform, {"none", "uppercase", "lowercase", "capitalize"});
         }},
        {"white-space",
         [](S s) {
             return word(s.white_space, {"normal", "nowrap", "pre", "pre-wrap", "pre-line", "break-spaces"});
         }},
        {"hyphens",
         [](S s) {
             return word(s.hyphens, {"none", "manual", "auto"});
         }},
        {"direction",
         [](S s) {
             return word(s.direction, {"ltr", "rtl"});
         }},
        {"language", [](S s) { return s.language; }},
        {"text-decoration",
         [](S s) {
             std::string out = std::string(s.underline ? "underline " : "") + (s.overline ? "overline " : "") +
                               (s.line_through ? "line-through " : "");
             if (out.empty()) return std::string("none");
             return out + word(s.decoration_style, {"solid", "double", "dotted", "dashed", "wavy"}) + " " +
                    text(s.decoration_color);
         }},
        {"vertical-align",
         [](S s) {
             if (s.vertical_align.kind == VerticalAlign::Kind::length) return text(s.vertical_align.length);
             return word(s.vertical_align.kind,
                         {"baseline", "sub", "super", "top", "text-top", "middle", "bottom", "text-bottom"});
         }},
        {"list-style",
         [](S s) {
             return s.list_style_type + " " + word(s.list_style_position, {"outside", "inside"}) +
                    (s.list_style_image.url.empty() ? "" : " url(" + s.list_style_image.url + ")");
         }},
        {"flex", [](S s) { return number(s.flex_grow) + " " + number(s.flex_shrink) + " " + text(s.flex_basis); }},
        {"flex-flow",
         [](S s) {
             return word(s.flex_direction, {"row", "row-reverse", "column", "column-reverse"}) + " " +
                    word(s.flex_wrap, {"nowrap", "wrap", "wrap-reverse"});
         }},
        {"justify-content",
         [](S s) {
             return word(s.justify_content,
                         {"flex-start", "flex-end", "center", "space-between", "space-around", "space-evenly"});
         }},
        {"align",
         [](S s) {
             auto const names = {"auto",     "stretch",       "flex-start",   "flex-end",    "center",
                                 "baseline", "space-between", "space-around", "space-evenly"};
             return word(s.align_items, names) + " " + word(s.align_self, names) + " " + word(s.align_content, names);
         }},
        {"gap", [](S s) { return text(s.row_gap) + " " + text(s.column_gap); }},
        {"table",
         [](S s) {
             return std::string(s.border_collapse ? "collapse" : "separate") + " " + number(s.border_spacing_x) + " " +
                    number(s.border_spacing_y) + (s.table_layout == TableLayout::fixed ? " fixed" : "") +
                    (s.caption_side == CaptionSide::bottom ? " bottom" : "") + (s.empty_cells_hide ? " hide" : "");
         }},
        {"break",
         [](S s) {
             auto const names = {"auto", "avoid", "avoid-page", "avoid-column", "always", "page",
                                 "left", "right", "recto",      "verso",        "column"};
             return word(s.break_before, names) + " " + word(s.break_after, names) + " " + word(s.break_inside, names);
         }},
        {"orphans", [](S s) { return fmt::format("{} {}", s.orphans, s.widows); }},
        {"page", [](S s) { return s.page.empty() ? "auto" : s.page; }},
        {"content", [](S s) { return s.content ? text(*s.content) : "normal"; }},
        {"counter-reset", [](S s) { return text(s.counter_reset); }},
        {"counter-set", [](S s) { return text(s.counter_set); }},
        {"counter-increment", [](S s) { return text(s.counter_increment); }},
        {"string-set",
         [](S s) {
             std::string out;
             for (auto const& set : s.string_set)
                 out += (out.empty() ? "" : "; ") + set.name + " = " + text(set.content);
             return out.empty() ? "none" : out;
         }},
        {"-deckle-add",
         [](S s) {
             static constexpr char const* sources[] = {"", "attr:", "content"};
             std::string out;
             for (auto const& e : s.sum_entries) {
                 out += (out.empty() ? "" : "; ") + e.name + " " + sources[static_cast<int>(e.source)] + e.value;
                 if (!e.fallback.empty()) out += " else " + e.fallback;
             }
             return out.empty() ? "none" : out;
         }},
        {"-deckle-scope", [](S s) { return s.sum_scope.empty() ? "none" : s.sum_scope; }},
        {"-deckle-show-on",
         [](S s) {
             return word(s.show_on, {"auto", "all", "first", "continued", "not-last", "last"});
         }},
        {"bookmark-level", [](S s) { return std::to_string(s.bookmark_level); }},
        {"fill", [](S s) { return text(s.fill) + " " + number(s.fill_opacity); }},
        {"stroke",
         [](S s) {
             auto out = text(s.stroke) + " " + number(s.stroke_opacity) + " " + text(s.stroke_width);
             if (!s.stroke_dasharray.empty()) out += " dash " + joined(s.stroke_dasharray);
             return out;
         }},
        {"text-anchor",
         [](S s) {
             return word(s.text_anchor, {"start", "middle", "end"});
         }},
        {"clip-path", [](S s) { return s.clip_path.empty() ? "none" : s.clip_path; }},
        {"stop", [](S s) { return text(s.stop_color) + " " + number(s.stop_opacity); }},
    };
    return list;
}

void dump_element(Cascade const& cascade, html::Element const& e, ComputedStyle const& parent, int depth,
                  std::string& out) {
    auto const indent = std::string(static_cast<std::size_t>(depth) * 2, ' ');
    auto const base_of = [](ComputedStyle const& inherited) {
        ComputedStyle base;
        static_cast<InheritedStyle&>(base) = inherited;
        return base;
    };
    auto const& style = cascade.style(e);
    out += fmt::format("{}{}{}{{{}}}\n", indent, e.name, e.id.empty() ? "" : "#" + std::string(e.id),
                       dump(style, base_of(parent)));
    for (auto const& [which, name] :
         {std::pair{Pseudo::before, "before"}, std::pair{Pseudo::after, "after"}, std::pair{Pseudo::marker, "marker"}})
        if (auto const* pseudo = cascade.pseudo(e, which))
            out += fmt::format("{}  ::{}{{{}}}\n", indent, name, dump(*pseudo, base_of(style)));
    for (auto const* child = e.first_element(); child; child = child->next_element())
        dump_element(cascade, *child, style, depth + 1, out);
}

} // namespace

std::string dump(ComputedStyle const& style, ComputedStyle const& base) {
    std::string out;
    for (auto const& line : lines()) {
        auto const value = line.text(style);
        if (value != line.text(base)) out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", line.name, value);
    }
    return out;
}

std::string dump(Cascade const& cascade) {
    std::string out;
    dump_element(cascade, cascade.document().root(), ComputedStyle{}, 0, out);
    return out;
}

} // namespace deckle::css
