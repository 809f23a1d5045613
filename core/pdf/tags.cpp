#include "pdf/tags.hpp"
#include "pdf/numbers.hpp"
#include <algorithm>
#include <cctype>
#include <fmt/core.h>
#include <limits>

namespace deckle::pdf {
namespace {

using layout::NodeId;
using layout::Role;

constexpr std::string_view types[] = {
    "NonStruct", "Document", "Sect", "Art", "Div", "BlockQuote", "Caption", "TOC",  "TOCI",  "H1",    "H2",
    "H3",        "H4",       "H5",   "H6",  "P",   "L",          "LI",      "Lbl",  "LBody", "Table", "THead",
    "TBody",     "TFoot",    "TR",   "TH",  "TD",  "Span",       "Quote",   "Code", "Link",  "Figure"};
static_assert(std::size(types) == static_cast<std::size_t>(Role::figure) + 1);

constexpr std::size_t keys_per_node = 64;
constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

/// Stands for its place in a grid even when nothing is in it.
bool stays_empty(Role role) {
    return role == Role::cell || role == Role::header_cell;
}

// ISO 32000-1, table 347
std::string_view numbering(std::string_view style) {
    constexpr std::pair<std::string_view, std::string_view> names[] = {{"disc", "Disc"},
                                                                       {"circle", "Circle"},
                                                                       {"square", "Square"},
                                                                       {"decimal", "Decimal"},
                                                                       {"lower-roman", "LowerRoman"},
                                                                       {"upper-roman", "UpperRoman"},
                                                                       {"lower-alpha", "LowerAlpha"},
                                                                       {"lower-latin", "LowerAlpha"},
                                                                       {"upper-alpha", "UpperAlpha"},
                                                                       {"upper-latin", "UpperAlpha"},
                                                                       {"decimal-leading-zero", "Decimal"}};
    for (auto const& [css, pdf] : names)
        if (css == style) return pdf;
    return {};
}

} // namespace

std::uint32_t Tags::add_stream(std::size_t page, std::uint32_t object) {
    streams_.push_back({static_cast<std::uint32_t>(page), object, false, {}});
    return static_cast<std::uint32_t>(streams_.size() - 1);
}

std::uint32_t Tags::add_mark(std::uint32_t key, NodeId node) {
    streams_[key].nodes.push_back(node);
    return static_cast<std::uint32_t>(streams_[key].nodes.size() - 1);
}

std::uint32_t Tags::add_annotation(std::size_t page, NodeId node) {
    streams_.push_back({static_cast<std::uint32_t>(page), 0, true, {node}});
    return static_cast<std::uint32_t>(streams_.size() - 1);
}

std::string_view Tags::type(NodeId node) const {
    return types[static_cast<std::size_t>(structure_.nodes[node].role)];
}

/// One pass over the tree.
class Tags::Writing {
public:
    Writing(Tags const& tags, Objects& objects, Object root, std::vector<std::uint32_t> const& pages)
        : nodes_(tags.structure_.nodes), details_(tags.structure_.details), streams_(tags.streams_), tags_(tags),
          objects_(objects), root_(root), pages_(pages) {}

    void run() {
        group_marks();
        choose();
        group_children();
        write_elements();
        write_root();
    }

private:
    /// A mark: its stream and number there, in the order in which they were made.
    struct Mark {
        std::uint32_t stream = 0, number = 0;
    };

    void group_marks();
    void choose();
    void group_children();
    void write_elements();
    void write_root();
    void append_kids(NodeId node, std::uint32_t page, std::string& out) const;
    void append_mark(Mark const& mark, std::uint32_t page, std::string& out) const;
    void append_attributes(NodeId node, std::string& out) const;
    [[nodiscard]] std::string id_tree() const;
    [[nodiscard]] std::string reference(NodeId node) const { return std::to_string(number_[node]) + " 0 R"; }

    std::vector<layout::StructureNode> const& nodes_;
    std::map<NodeId, layout::StructureDetails> const& details_;
    std::vector<Stream> const& streams_;
    Tags const& tags_;
    Objects& objects_;
    Object root_;
    std::vector<std::uint32_t> const& pages_;

    std::vector<std::uint32_t> mark_begin_;  // of each node in marks_; one more at the end
    std::vector<Mark> marks_;                // by node
    std::vector<std::uint32_t> place_;       // of each node's first mark among all; `never` without content
    std::vector<std::uint32_t> order_;       // of marks_: their place among all
    std::vector<std::uint32_t> child_begin_; // of each node in children_
    std::vector<NodeId> children_;           // by parent, in document order
    std::vector<std::uint32_t> number_;      // object number of each node; 0 = it is left out
};

void Tags::Writing::group_marks() {
    mark_begin_.assign(nodes_.size() + 1, 0);
    for (Stream const& stream : streams_)
        for (NodeId const node : stream.nodes) ++mark_begin_[node + 1];
    for (std::size_t i = 1; i < mark_begin_.size(); ++i) mark_begin_[i] += mark_begin_[i - 1];
    marks_.resize(mark_begin_.back());
    order_.resize(marks_.size());
    place_.assign(nodes_.size(), never);
    std::vector<std::uint32_t> next(mark_begin_.begin(), mark_begin_.end() - 1);
    std::uint32_t place = 0;
    for (std::uint32_t key = 0; key < streams_.size(); ++key) {
        for (std::uint32_t number = 0; number < streams_[key].nodes.size(); ++number, ++place) {
            NodeId const node = streams_[key].nodes[number];
            if (!streams_[key].annotation) place_[node] = std::min(place_[node], place);
            order_[next[node]] = place;
            marks_[next[node]++] = {key, number};
        }
    }
}

/// Numbers the nodes that are written, and finds where the content of each begins.
void Tags::Writing::choose() {
    number_.assign(nodes_.size(), 0);
    for (std::size_t i = nodes_.size() - 1; i > 0; --i) {
        NodeId const parent = nodes_[i].parent;
        bool const kept = number_[i] != 0 || mark_begin_[i] != mark_begin_[i + 1] || stays_empty(nodes_[i].role);
        if (!kept && parent != 0) continue;
        number_[i] = 1;
        number_[parent] = 1;
        place_[parent] = std::min(place_[parent], place_[i]);
    }
    std::uint32_t number = objects_.first_packed();
    number_[0] = 0;
    for (std::size_t i = 1; i < nodes_.size(); ++i)
        if (number_[i] != 0) number_[i] = number++;
}

void Tags::Writing::group_children() {
    child_begin_.assign(nodes_.size() + 1, 0);
    for (std::size_t i = 1; i < nodes_.size(); ++i)
        if (number_[i] != 0) ++child_begin_[nodes_[i].parent + 1];
    for (std::size_t i = 1; i < child_begin_.size(); ++i) child_begin_[i] += child_begin_[i - 1];
    children_.resize(child_begin_.back());
    std::vector<std::uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
    for (NodeId i = 1; i < nodes_.size(); ++i)
        if (number_[i] != 0) children_[next[nodes_[i].parent]++] = i;
}

void Tags::Writing::append_mark(Mark const& mark, std::uint32_t page, std::string& out) const {
    Stream const& stream = streams_[mark.stream];
    if (stream.annotation) {
        out += fmt::format("<</Type/OBJR/Pg {} 0 R/Obj {} 0 R>>", pages_[stream.page], stream.object);
    } else if (stream.object != 0) {
        out +=
            fmt::format("<</Type/MCR/Pg {} 0 R/Stm {} 0 R/MCID {}>>", pages_[stream.page], stream.object, mark.number);
    } else if (stream.page != page) {
        out += fmt::format("<</Type/MCR/Pg {} 0 R/MCID {}>>", pages_[stream.page], mark.number);
    } else {
        append_integer(out, mark.number);
    }
}

/// A node's own marks and its children, as they follow each other: the children keep the document's order.
void Tags::Writing::append_kids(NodeId node, std::uint32_t page, std::string& out) const {
    std::uint32_t mark = mark_begin_[node];
    std::uint32_t const end = mark_begin_[node + 1];
    std::uint32_t const children = child_begin_[node + 1] - child_begin_[node];
    std::size_t const count = end - mark + children;
    if (count == 0) return;
    out += "/K";
    out += count == 1 ? ' ' : '[';
    auto const marks_until = [&](std::uint32_t place) {
        for (; mark < end && order_[mark] < place; ++mark) {
            append_mark(marks_[mark], page, out);
            out += ' ';
        }
    };
    for (std::uint32_t i = child_begin_[node]; i < child_begin_[node + 1]; ++i) {
        if (place_[children_[i]] != never) marks_until(place_[children_[i]]);
        append_integer(out, number_[children_[i]]);
        out += " 0 R ";
    }
    marks_until(never);
    out.back() = count == 1 ? ' ' : ']';
}

void Tags::Writing::append_attributes(NodeId node, std::string& out) const {
    layout::StructureNode const& found = nodes_[node];
    auto const it = details_.find(node);
    layout::StructureDetails const none;
    layout::StructureDetails const& d = it == details_.end() ? none : it->second;
    std::string table;
    if (found.scope != layout::Scope::none) table += found.scope == layout::Scope::row ? "/Scope/Row" : "/Scope/Column";
    if (d.rows > 1) table += fmt::format("/RowSpan {}", d.rows);
    if (d.columns > 1) table += fmt::format("/ColSpan {}", d.columns);
    if (!d.headers.empty()) {
        table += "/Headers[";
        for (std::string const& header : d.headers) table += byte_string(header);
        table += ']';
    }
    if (!table.empty()) out += "/A<</O/Table" + table + ">>";
    if (auto const name = numbering(d.numbering); !name.empty())
        out += fmt::format("/A<</O/List/ListNumbering/{}>>", name);
    auto const text = [&](std::string_view key, std::string const& value) {
        if (!value.empty()) out += fmt::format("/{}{}", key, text_string(value));
    };
    text("Alt", d.alternative);
    text("E", d.expansion);
    text("Lang", d.language);
    if (!d.id.empty()) out += "/ID" + byte_string(d.id);
}

void Tags::Writing::write_elements() {
    std::string body;
    for (NodeId i = 1; i < nodes_.size(); ++i) {
        if (number_[i] == 0) continue;
        body = "<</S/";
        body += types[static_cast<std::size_t>(nodes_[i].role)];
        body += "/P ";
        append_integer(body, nodes_[i].parent == 0 ? root_.number : number_[nodes_[i].parent]);
        body += " 0 R";
        // The page of bare numbers: that of the first mark.
        std::uint32_t page = never;
        for (std::uint32_t m = mark_begin_[i]; m < mark_begin_[i + 1] && page == never; ++m) {
            Stream const& stream = streams_[marks_[m].stream];
            if (stream.object == 0) page = stream.page;
        }
        if (page != never) {
            body += "/Pg ";
            append_integer(body, pages_[page]);
            body += " 0 R";
        }
        append_attributes(i, body);
        append_kids(i, page, body);
        body += ">>";
        objects_.add_packed(body);
    }
}

/// The names of header cells that others refer to, in the order of their bytes.
std::string Tags::Writing::id_tree() const {
    std::map<std::string, NodeId> ids;
    for (auto const& [node, d] : details_)
        if (!d.id.empty() && number_[node] != 0) ids.try_emplace(d.id, node);
    if (ids.empty()) return {};
    std::string names;
    for (auto const& [id, node] : ids) names += byte_string(id) + reference(node) + " ";
    return "/IDTree<</Names[" + names + "]>>\n";
}

/// The parent tree has one level of leaves: arrays for pages and forms, single elements for annotations.
void Tags::Writing::write_root() {
    std::uint32_t number = objects_.first_packed();
    for (std::uint32_t const n : number_) number += n != 0 ? 1 : 0;
    std::string kids, leaf;
    for (std::size_t first = 0; first < streams_.size(); first += keys_per_node) {
        std::size_t const end = std::min(streams_.size(), first + keys_per_node);
        leaf = fmt::format("<</Limits[{} {}]/Nums[", first, end - 1);
        for (std::size_t key = first; key < end; ++key) {
            append_integer(leaf, static_cast<std::int64_t>(key));
            leaf += streams_[key].annotation ? ' ' : '[';
            for (NodeId const node : streams_[key].nodes) leaf += reference(node) + " ";
            if (!streams_[key].annotation) leaf += ']';
        }
        objects_.add_packed(leaf += "]>>");
        kids += std::to_string(number++) + " 0 R ";
    }
    objects_.set(root_, fmt::format("/Type/StructTreeRoot/K {}/ParentTree<</Kids[{}]>>/ParentTreeNextKey {}\n{}",
                                    reference(1), kids, streams_.size(), id_tree()));
}

void Tags::write(Objects& objects, Object root, std::vector<std::uint32_t> const& page_numbers) const {
    Writing(*this, objects, root, page_numbers).run();
}

} // namespace deckle::pdf
