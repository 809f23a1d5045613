// The text form of pages, two spaces of indent a level, lengths in points with at most two decimals:
//   page 1 612x792
//     text 48,60.5 9.2pt w=101.2 "Prairie Systems Group" #1f4e79
//     rect 48,70 516x1.6 #1f4e79
//     group opacity=0.5 clip=M0,0 L10,0 L10,10 Z
//       ...
//   structure            (when tagged: the number of each node, which items name as node=N)
//     1 document
//   outline
//     1 "What needs you" page 1 at 48,200
//   title "Cash flow"
#include "base/text.hpp"
#include "layout/layout.hpp"
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace deckle::layout {
namespace {

std::string number(double value) {
    std::string text = fmt::format("{:.2f}", value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string point(Point p) {
    return number(p.x) + "," + number(p.y);
}
std::string rect(Rect const& r) {
    return point({r.x, r.y}) + " " + number(r.width) + "x" + number(r.height);
}

std::string color(Color c) {
    std::string text = fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
    return c.a == 255 ? text : text + fmt::format("{:02x}", c.a);
}

std::string paint(Paint const& p) {
    if (auto const* plain = std::get_if<Color>(&p)) return color(*plain);
    auto const& g = std::get<Gradient>(p);
    std::string text =
        fmt::format("{}({} {}", g.kind == Gradient::Kind::linear ? "linear" : "radial", point(g.from), point(g.to));
    if (g.kind == Gradient::Kind::radial) text += " r=" + number(g.radius);
    for (GradientStop const& stop : g.stops) text += fmt::format(" {}:{}", number(stop.offset), color(stop.color));
    return text + ")";
}

std::string path(Path const& segments) {
    std::string text;
    for (PathSegment const& s : segments) {
        if (!text.empty()) text += ' ';
        switch (s.kind) {
        case PathSegment::Kind::move:
            text += "M" + point(s.points[0]);
            break;
        case PathSegment::Kind::line:
            text += "L" + point(s.points[0]);
            break;
        case PathSegment::Kind::cubic:
            text += "C" + point(s.points[0]) + " " + point(s.points[1]) + " " + point(s.points[2]);
            break;
        case PathSegment::Kind::close:
            text += "Z";
            break;
        }
    }
    return text;
}

std::string node(NodeId id) {
    return id == 0 ? std::string() : fmt::format(" node={}", id);
}

constexpr char const* role_names[] = {
    "none",  "document",  "section",   "article",   "division",  "block-quote", "caption",    "contents",
    "entry", "heading-1", "heading-2", "heading-3", "heading-4", "heading-5",   "heading-6",  "paragraph",
    "list",  "item",      "label",     "body",      "table",     "table-head",  "table-body", "table-foot",
    "row",   "header",    "cell",      "span",      "quote",     "code",        "link",       "figure"};
static_assert(std::size(role_names) == static_cast<std::size_t>(Role::figure) + 1);

std::string describe(Structure const& tree, NodeId id) {
    StructureNode const& found = tree.nodes[id];
    std::string text = fmt::format("{} {}", id, role_names[static_cast<std::size_t>(found.role)]);
    if (found.scope != Scope::none) text += found.scope == Scope::row ? " of the row" : " of the column";
    auto const details = tree.details.find(id);
    if (details == tree.details.end()) return text;
    StructureDetails const& d = details->second;
    auto field = [&](char const* name, std::string const& value) {
        if (!value.empty()) text += fmt::format(" {}={}", name, in_quotes(value));
    };
    field("alternative", d.alternative);
    field("expansion", d.expansion);
    field("language", d.language);
    field("id", d.id);
    field("numbering", d.numbering);
    for (std::string const& header : d.headers) field("header", header);
    if (d.rows != 1) text += fmt::format(" rows={}", d.rows);
    if (d.columns != 1) text += fmt::format(" columns={}", d.columns);
    return text;
}

class Dumper {
public:
    std::string take() { return std::move(out_); }

    void line(int depth, std::string_view text) {
        out_.append(static_cast<std::size_t>(depth) * 2, ' ').append(text).push_back('\n');
    }

    void items(std::vector<Item> const& list, int depth) {
        depth_ = depth;
        for (Item const& item : list) std::visit(*this, item);
    }

    void operator()(GlyphRun const& run) {
        double width = 0;
        for (Glyph const& glyph : run.glyphs) width += glyph.x_advance;
        line(depth_, fmt::format("text {} {}pt w={} {}{}{}{}{}", point(run.origin), number(run.size), number(width),
                                 in_quotes(run.text), run.rtl ? " rtl" : "", run.bold ? " bold" : "",
                                 run.slanted ? " slanted" : "", run.color == Color{} ? "" : " " + color(run.color)) +
                         node(run.node));
    }
    void operator()(FillRect const& fill) { line(depth_, "rect " + rect(fill.rect) + " " + color(fill.color)); }
    void operator()(FillPath const& fill) {
        line(depth_, fmt::format("fill {} {}{}", path(fill.path), paint(fill.paint),
                                 fill.rule == FillRule::evenodd ? " evenodd" : ""));
    }
    void operator()(StrokePath const& stroke) {
        std::string dashes;
        for (double dash : stroke.stroke.dashes) dashes += (dashes.empty() ? " dash=" : ",") + number(dash);
        line(depth_,
             fmt::format("stroke {} {} w={}{}{}", path(stroke.path), color(stroke.stroke.color),
                         number(stroke.stroke.width), dashes, stroke.stroke.cap == Stroke::Cap::round ? " round" : ""));
    }
    void operator()(DrawImage const& image) { line(depth_, "image " + rect(image.rect)); }
    void operator()(Link const& link) {
        line(depth_, "link " + rect(link.rect) + " " + in_quotes(link.uri) + node(link.node));
    }
    void operator()(Anchor const& anchor) { line(depth_, "anchor " + point(anchor.at) + " " + in_quotes(anchor.name)); }
    void operator()(std::unique_ptr<Group> const& group) {
        std::string text = "group";
        Matrix const& m = group->transform;
        if (m.a != 1 || m.b != 0 || m.c != 0 || m.d != 1 || m.e != 0 || m.f != 0) {
            text += fmt::format(" matrix={},{},{},{},{},{}", number(m.a), number(m.b), number(m.c), number(m.d),
                                number(m.e), number(m.f));
        }
        if (group->opacity != 1) text += " opacity=" + number(group->opacity);
        if (!group->clip.empty()) text += " clip=" + path(group->clip);
        line(depth_, text + node(group->node));
        int const depth = depth_;
        items(group->items, depth + 1);
        depth_ = depth;
    }

private:
    std::string out_;
    int depth_ = 0;
};

} // namespace

void PageList::structure(Structure&& found) {
    tree.append(std::move(found));
}

void PageList::page(Page&& page) {
    pages.push_back(std::move(page));
}

void PageList::append(std::size_t page, std::vector<Item>&& items) {
    std::vector<Item>& target = pages.at(page).items;
    target.insert(target.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
}

void PageList::finish(std::vector<OutlineEntry>&& entries, Metadata&& data) {
    outline = std::move(entries);
    metadata = std::move(data);
}

std::string dump_pages(PageList const& list) {
    Dumper dumper;
    for (std::size_t i = 0; i < list.pages.size(); ++i) {
        Page const& page = list.pages[i];
        dumper.line(0, fmt::format("page {} {}x{}", i + 1, number(page.size.width), number(page.size.height)));
        dumper.items(page.items, 1);
    }
    std::vector<int> depths(list.tree.nodes.size());
    if (depths.size() > 1) dumper.line(0, "structure");
    for (std::size_t id = 1; id < depths.size(); ++id) {
        depths[id] = depths[list.tree.nodes[id].parent] + 1;
        dumper.line(depths[id], describe(list.tree, static_cast<NodeId>(id)));
    }
    if (!list.outline.empty()) dumper.line(0, "outline");
    for (OutlineEntry const& entry : list.outline) {
        dumper.line(1, fmt::format("{} {} page {} at {}", entry.level, in_quotes(entry.title), entry.page + 1,
                                   point(entry.at)));
    }
    auto field = [&](char const* name, std::string const& value) {
        if (!value.empty()) dumper.line(0, fmt::format("{} {}", name, in_quotes(value)));
    };
    field("title", list.metadata.title);
    field("author", list.metadata.author);
    field("subject", list.metadata.subject);
    field("keywords", list.metadata.keywords);
    field("language", list.metadata.language);
    return dumper.take();
}

} // namespace deckle::layout
