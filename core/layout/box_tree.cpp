// Elements to boxes. Each box is filled with what its element contains and then finished (box_fixup.cpp), so a
// finished box is well-formed: blocks have either block children or inline children, tables have groups of rows of
// cells. A block inside inline boxes splits them (CSS 2.2, 9.2.1.1).
#include "base/error.hpp"
#include "layout/aggregates.hpp"
#include "layout/box_builder.hpp"
#include "layout/context.hpp"
#include "layout/replaced.hpp"
#include "layout/text_transform.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <utility>

namespace deckle::layout {
namespace {

using css::Display;
using html::Tag;

Level level_of(Display display) {
    switch (display) {
    case Display::inline_:
    case Display::inline_block:
    case Display::inline_flex:
    case Display::inline_table:
        return Level::inline_;
    case Display::table_row_group:
    case Display::table_header_group:
    case Display::table_footer_group:
    case Display::table_row:
    case Display::table_cell:
    case Display::table_column_group:
    case Display::table_column:
    case Display::table_caption:
        return Level::internal;
    default:
        return Level::block;
    }
}

BoxKind kind_of(Display display) {
    switch (display) {
    case Display::inline_:
        return BoxKind::inline_box;
    case Display::flex:
    case Display::inline_flex:
        return BoxKind::flex;
    case Display::table:
    case Display::inline_table:
        return BoxKind::table;
    case Display::table_row_group:
    case Display::table_header_group:
    case Display::table_footer_group:
        return BoxKind::row_group;
    case Display::table_row:
        return BoxKind::row;
    case Display::table_cell:
        return BoxKind::cell;
    case Display::table_column_group:
        return BoxKind::column_group;
    case Display::table_column:
        return BoxKind::column;
    case Display::table_caption:
        return BoxKind::caption;
    default:
        return BoxKind::block;
    }
}

Placement placement_of(css::ComputedStyle const& style) {
    switch (style.position) {
    case css::PositionKind::absolute:
        return Placement::absolute;
    case css::PositionKind::fixed:
        return Placement::fixed;
    case css::PositionKind::running:
        return Placement::running;
    default:
        return style.float_ == css::Float::left || style.float_ == css::Float::right ? Placement::floating
                                                                                     : Placement::flow;
    }
}

bool decorates(css::ComputedStyle const& style) {
    return style.underline || style.overline || style.line_through;
}

constexpr int most_number = 1'000'000'000; // as in CSS

std::optional<int> integer_attribute(html::Element const& element, std::string_view name) {
    auto value = element.attribute(name);
    int number = 0;
    if (!value) return {};
    auto const result = std::from_chars(value->data(), value->data() + value->size(), number);
    if (result.ec == std::errc::result_out_of_range) return value->starts_with('-') ? -most_number : most_number;
    if (result.ec != std::errc()) return {};
    return std::clamp(number, -most_number, most_number);
}

} // namespace

BoxTree::BoxTree() : arena_(std::make_unique<std::pmr::monotonic_buffer_resource>(1 << 12)) {}
BoxTree::~BoxTree() = default;
BoxTree::BoxTree(BoxTree&&) noexcept = default;
BoxTree& BoxTree::operator=(BoxTree&&) noexcept = default;

Box* BoxTree::make(BoxKind kind, css::ComputedStyle const& style) {
    void* memory = arena_->allocate(sizeof(Box), alignof(Box));
    Box* box = new (memory) Box;
    box->kind = kind;
    box->style = &style;
    box->page_first = box->page_last = style.page;
    ++size_;
    return box;
}

std::string_view BoxTree::keep(std::string_view text) {
    if (text.empty()) return {};
    char* copy = static_cast<char*>(arena_->allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

Decoration const* BoxTree::decorate(css::ComputedStyle const& style, Decoration const* outer) {
    void* memory = arena_->allocate(sizeof(Decoration), alignof(Decoration));
    return new (memory) Decoration{&style, outer};
}

css::ComputedStyle const& BoxTree::anonymous_style(css::ComputedStyle const& parent, Display display) {
    css::StylePtr& style = anonymous_[{&parent, display}];
    if (!style) style = css::anonymous_style(parent, display);
    return *style;
}

css::ComputedStyle const& BoxTree::own(css::ComputedStyle style) {
    owned_.push_back(std::make_shared<css::ComputedStyle const>(std::move(style)));
    return *owned_.back();
}

void BoxTree::append(Box& parent, Box& child) {
    child.parent = &parent;
    child.next = nullptr;
    if (parent.last) {
        parent.last->next = &child;
    } else {
        parent.first = &child;
    }
    parent.last = &child;
}

css::ComputedStyle const& BoxBuilder::style_of(Open const& open) const {
    return open.inlines.empty() ? *open.container->style : *open.inlines.back()->style;
}

Decoration const* BoxBuilder::decoration_of(Open const& open) const {
    return open.inlines.empty() ? open.container->decoration : open.inlines.back()->decoration;
}

Box* BoxBuilder::box_for(css::ComputedStyle const& style, html::Element const* element) {
    Box* box = tree_.make(kind_of(style.display), style);
    box->level = level_of(style.display);
    box->placement = placement_of(style);
    box->element = element;
    if (style.show_on != css::ShowOn::auto_) varying_.push_back(box);
    box->break_before = style.break_before;
    box->break_after = style.break_after;
    bool const flows_inline = box->level == Level::inline_ && box->kind != BoxKind::inline_box;
    box->own_context = box->kind == BoxKind::cell || box->kind == BoxKind::caption || box->kind == BoxKind::flex ||
                       box->kind == BoxKind::table || style.display == Display::flow_root || flows_inline ||
                       !box->in_flow() || style.overflow == css::Overflow::hidden;
    if (box->placement == Placement::fixed) tree_.fixed.push_back(box);
    if (tree_.size() % 1024 == 0)
        check_time(source_.options, element ? source_.document.position(*element) : Position{});
    if (tree_.size() > source_.options.limits.boxes) {
        throw Error(ErrorCode::limit,
                    fmt::format("the document makes more than {} boxes; split it, or raise max-boxes",
                                source_.options.limits.boxes),
                    element ? source_.document.position(*element) : Position{});
    }
    return box;
}

/// What the style asks for and layout does not do.
void BoxBuilder::report(html::Element const& element, css::ComputedStyle const& style) {
    auto say = [&](char const* what) {
        source_.diagnostics.warning("unsupported-value", what, source_.document.position(element));
    };
    if (style.float_ == css::Float::footnote)
        say("float: footnote is not supported: the text stands where it is written");
    if (style.column_count.value_or(1) > 1 || style.column_width.is_value()) {
        say("columns are not supported: the content stands in one");
    }
    if (style.display == Display::inline_ && !style.transform.empty() && !element.svg) {
        say("an inline box cannot be transformed; make it inline-block");
    }
    bool const no_box = style.display == Display::contents || style.display == Display::table_column ||
                        style.display == Display::table_column_group;
    if (!style.sum_entries.empty() && no_box) say("-deckle-add counts on pages only for elements that make a box");
    if (!element.svg && (!style.clip_path.empty() || !style.mask.empty()))
        say("clip-path and mask are done inside SVG only");
    if (style.unicode_bidi == css::UnicodeBidi::plaintext && style.display != Display::inline_)
        say("unicode-bidi: plaintext is done for inline boxes only; give the paragraph a direction");
    if (source_.cascade.pseudo(element, css::Pseudo::first_line)) say("::first-line is not supported");
}

void BoxBuilder::split_inlines(Open& open) {
    Box* parent = open.container;
    for (Box*& box : open.inlines) {
        box->continued = true;
        Box* rest = tree_.make(BoxKind::inline_box, *box->style);
        rest->level = Level::inline_;
        rest->element = box->element;
        rest->pseudo = box->pseudo;
        rest->decoration = box->decoration;
        rest->continues = true;
        BoxTree::append(*parent, *rest);
        parent = box = rest;
    }
}

void BoxBuilder::add(Box& box, Open& open) {
    if (!open.inlines.empty() && box.level != Level::inline_ && box.in_flow()) {
        BoxTree::append(*open.container, box);
        split_inlines(open);
        return;
    }
    BoxTree::append(open.inlines.empty() ? *open.container : *open.inlines.back(), box);
}

void BoxBuilder::add_text(std::string_view text, css::ComputedStyle const& style, Open& open) {
    if (first_letter_) text = take_first_letter(text, open);
    if (text.empty()) return;
    Box* box = tree_.make(BoxKind::text, style);
    box->level = Level::inline_;
    box->decoration = decoration_of(open);
    box->text = style.text_transform == css::TextTransform::none
                    ? text
                    : tree_.keep(transform_text(text, style.text_transform, style.language));
    if (shows_page_ != 0) {
        box->shows_page = std::exchange(shows_page_, char{0});
        box->element = page_element_;
        box->pseudo = true;
    }
    BoxTree::append(open.inlines.empty() ? *open.container : *open.inlines.back(), *box);
}

// https://www.w3.org/TR/css-pseudo-4/#first-letter-pattern
std::string_view BoxBuilder::take_first_letter(std::string_view text, Open& open) {
    std::size_t end = text.find_first_not_of(" \t\r\n\f");
    if (end == std::string_view::npos) return text;
    std::size_t const begin = end;
    bool found = false;
    while (end < text.size()) {
        std::size_t next = end;
        auto const c = static_cast<UChar32>(text::next_character(text, next));
        bool const mark = u_ispunct(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
        if ((found && !mark) || u_isUWhiteSpace(c)) break;
        found = found || !mark;
        end = next;
    }
    css::ComputedStyle const& style = *std::exchange(first_letter_, nullptr);
    Box* box = box_for(style, nullptr);
    box->pseudo = true;
    box->decoration = box->in_flow() ? decoration_of(open) : nullptr;
    add(*box, open);
    if (box->kind == BoxKind::inline_box) {
        open.inlines.push_back(box);
        add_text(text.substr(begin, end - begin), style, open);
        open.inlines.pop_back();
    } else {
        Open inside{box, {}};
        add_text(text.substr(begin, end - begin), style, inside);
        finish(*box);
    }
    return text.substr(end);
}

void BoxBuilder::text(html::Text const& text, html::Element const& parent, Open& open) {
    Box const& container = open.inlines.empty() ? *open.container : *open.inlines.back();
    bool const table_part =
        container.kind == BoxKind::table || container.kind == BoxKind::row_group || container.kind == BoxKind::row;
    if (table_part && text.text.find_first_not_of(" \t\r\n\f") == std::string_view::npos) return;
    add_text(text.text, source_.cascade.style(parent), open);
}

void BoxBuilder::count(html::Element const& element, css::ComputedStyle const& style) {
    auto names_items = [](std::vector<css::CounterChange> const& changes) {
        return std::any_of(changes.begin(), changes.end(), [](auto const& c) { return c.name == "list-item"; });
    };
    if (element.tag == Tag::ol || element.tag == Tag::ul || element.tag == Tag::menu) {
        if (!names_items(style.counter_reset)) {
            counters_.reset("list-item", integer_attribute(element, "start").value_or(1) - 1);
        }
    }
    counters_.apply(style);
    if (element.tag == Tag::ol && names_items(style.counter_reset)) {
        if (auto start = integer_attribute(element, "start")) counters_.set("list-item", *start - 1);
    }
    if (style.display == Display::list_item) {
        if (!names_items(style.counter_increment)) counters_.increment("list-item", 1);
        if (auto value = integer_attribute(element, "value")) counters_.set("list-item", *value);
    }
}

void BoxBuilder::replaced(html::Element const& element, css::ComputedStyle const& style, Open& open) {
    Box* box = box_for(style, &element);
    box->kind = BoxKind::replaced;
    if (box->level == Level::internal) box->level = Level::block;
    box->own_context = true;
    add(*box, open);
    std::string_view const alt = element.tag == Tag::img ? element.attribute("alt").value_or("") : "";
    if (alt.empty()) return;
    Picture const& picture = source_.pictures.picture(*box, source_);
    if (picture.image || picture.drawing) return;
    box->kind = BoxKind::block; // what cannot be shown is told instead
    Open inside{box, {}};
    add_text(alt, style, inside);
    finish(*box);
}

/// What other places will ask of the counters here: target-counter() by the id, string() by named strings.
void BoxBuilder::keep_counted(html::Element const& element, css::ComputedStyle const& style) {
    if (facts_.wants_counters && !element.id.empty()) {
        tree_.facts.counters.try_emplace(std::string(element.id), counters_.all());
    }
    auto const counts = [](css::ContentItem const& item) {
        using Kind = css::ContentItem::Kind;
        return item.kind == Kind::counter || item.kind == Kind::counters ||
               (item.kind == Kind::content && item.which != css::ContentItem::Which::text);
    };
    bool const any = std::any_of(style.string_set.begin(), style.string_set.end(), [&](css::StringSet const& set) {
        return std::any_of(set.content.begin(), set.content.end(), counts);
    });
    if (!any) return;
    std::vector<std::string>& values = tree_.string_values[&element];
    for (css::StringSet const& set : style.string_set) values.push_back(counted_value(set.content, element));
}

void BoxBuilder::element(html::Element const& element, Open& open) {
    css::ComputedStyle const& style = source_.cascade.style(element);
    if (style.display == Display::none) return;
    if (depth_ >= source_.options.limits.nesting) {
        source_.diagnostics.error("nesting",
                                  fmt::format("more than {} boxes inside each other; the content of this one "
                                              "is left out",
                                              source_.options.limits.nesting),
                                  source_.document.position(element));
        return;
    }
    count(element, style);
    if (facts_.wants_counters || !style.string_set.empty()) keep_counted(element, style);
    report(element, style);
    if (!style.sum_entries.empty() && !variables_) aggregates().add(element, style);
    if (element.svg || element.tag == Tag::img) return replaced(element, style, open);
    switch (element.tag) {
    case Tag::br: {
        Box* box = tree_.make(BoxKind::line_break, style);
        box->level = Level::inline_;
        box->element = &element;
        BoxTree::append(open.inlines.empty() ? *open.container : *open.inlines.back(), *box);
        return;
    }
    case Tag::wbr:
        return add_text("\u200b", style, open);
    case Tag::audio:
    case Tag::video:
    case Tag::canvas:
    case Tag::iframe:
    case Tag::embed:
    case Tag::object:
    case Tag::input:
    case Tag::select:
    case Tag::textarea:
        source_.diagnostics.warning("unsupported-element",
                                    fmt::format("<{}> cannot be printed and is left out", element.name),
                                    source_.document.position(element));
        return;
    case Tag::math:
        source_.diagnostics.warning("unsupported-element", "MathML is set as plain text",
                                    source_.document.position(element));
        break;
    default:
        break;
    }
    ++depth_;
    if (style.display == Display::contents) {
        children(element, open);
    } else {
        Box* box = box_for(style, &element);
        bool const keeps_decoration =
            box->in_flow() && !(box->level == Level::inline_ && box->kind != BoxKind::inline_box);
        box->decoration = keeps_decoration ? decoration_of(open) : nullptr;
        if (decorates(style)) box->decoration = tree_.decorate(style, box->decoration);
        if (box->placement == Placement::running) {
            box->level = Level::block; // a place in the flow without content; margin boxes build it anew
            add(*box, open);
        } else if (box->kind == BoxKind::inline_box) {
            add(*box, open);
            open.inlines.push_back(box);
            element.tag == Tag::ruby ? ruby(element, style, open) : children(element, open);
            open.inlines.pop_back();
        } else {
            add(*box, open);
            fill(*box, element, style);
        }
    }
    --depth_;
}

void BoxBuilder::fill(Box& box, html::Element const& element, css::ComputedStyle const& style) {
    Open inside{&box, {}};
    if (style.display == Display::list_item) marker(element, style, inside);
    css::ComputedStyle const* const waiting = first_letter_;
    if (box.kind == BoxKind::block || box.kind == BoxKind::cell || box.kind == BoxKind::caption) {
        if (auto const* own = source_.cascade.pseudo(element, css::Pseudo::first_letter)) first_letter_ = own;
    }
    children(element, inside);
    if (first_letter_) first_letter_ = waiting; // no letter in it
    finish(box);
}

void BoxBuilder::children(html::Element const& element, Open& open) {
    counters_.enter();
    pseudo(element, css::Pseudo::before, open);
    for (html::Node const* node = element.first; node; node = node->next) {
        if (html::Element const* child = node->as_element()) {
            this->element(*child, open);
        } else {
            text(*node->as_text(), element, open);
        }
    }
    pseudo(element, css::Pseudo::after, open);
    counters_.leave();
}

void BoxBuilder::document() {
    html::Element const& root = source_.document.root();
    css::ComputedStyle const& style = source_.cascade.style(root);
    tree_.root = tree_.make(BoxKind::block, style);
    tree_.root->element = &root;
    tree_.root->own_context = true;
    count(root, style);
    if (style.display != Display::none) fill(*tree_.root, root, style);
    if (tree_.aggregates) tree_.aggregates->settle(tree_);
    mark_varying();
}

/// Marks what is laid out anew for each piece of a table: inline boxes with -deckle-show-on, and what they stand in.
void BoxBuilder::mark_varying() {
    for (Box* box : varying_) {
        if (box->kind == BoxKind::row || box->kind == BoxKind::caption) continue; // their table looks at them
        Box* part = box->level == Level::inline_ ? box->parent : nullptr;
        for (; part && part->kind != BoxKind::caption; part = part->parent) {
            Display const display = part->style->display;
            if (part->kind == BoxKind::table) part = nullptr;
            if (!part || display == Display::table_header_group || display == Display::table_footer_group) break;
        }
        if (part) {
            for (Box* at = box; at != part->parent; at = at->parent) at->varies = true;
        } else {
            source_.diagnostics.warning("unsupported-value",
                                        "-deckle-show-on works on rows of a table's header and footer, on captions and "
                                        "on inline content in them; this is always shown",
                                        box->element ? source_.document.position(*box->element) : Position{});
        }
    }
}

Aggregates& BoxBuilder::aggregates() {
    if (!tree_.aggregates) tree_.aggregates = std::make_unique<Aggregates>(source_);
    return *tree_.aggregates;
}

void BoxBuilder::margin_box(css::ComputedStyle const& style) {
    tree_.root = tree_.make(BoxKind::block, style);
    tree_.root->own_context = true;
    if (decorates(style)) tree_.root->decoration = tree_.decorate(style, nullptr);
    Open open{tree_.root, {}};
    if (style.content) content(*style.content, nullptr, style, open);
    finish(*tree_.root);
}

BoxTree build_boxes(BoxSource const& source, PageFacts const& facts) {
    BoxBuilder builder(source, facts, nullptr);
    builder.document();
    return builder.take();
}

BoxTree build_margin_box(BoxSource const& source, css::ComputedStyle const& style, PageVariables const& variables) {
    PageFacts facts;
    BoxBuilder builder(source, facts, &variables);
    builder.margin_box(style);
    return builder.take();
}

} // namespace deckle::layout
