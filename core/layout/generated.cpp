// Generated content: ::before and ::after, list markers, counters, quotes, references to other places.
// https://www.w3.org/TR/css-content-3/
#include "layout/aggregates.hpp"
#include "layout/book.hpp"
#include "layout/box_builder.hpp"
#include <fmt/format.h>
#include <utility>

namespace deckle::layout {
namespace {

using css::ContentItem;

std::string target_id(ContentItem const& item, html::Element const* element) {
    std::string address = item.target;
    if (item.target_is_attr) {
        address = element ? std::string(element->attribute(item.target).value_or("")) : "";
    }
    return address.empty() || address.front() != '#' ? "" : address.substr(1);
}

std::string collapsed(std::string_view text) {
    std::string out;
    for (char c : text) {
        bool const space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

} // namespace

void BoxBuilder::pseudo(html::Element const& element, css::Pseudo which, Open& open) {
    css::ComputedStyle const* style = source_.cascade.pseudo(element, which);
    if (!style || style->display == css::Display::none || !style->content || style->content->empty()) return;
    counters_.apply(*style);
    if (style->display == css::Display::contents) return content(*style->content, &element, *style, open);
    Box* box = box_for(*style, &element);
    box->pseudo = true;
    box->decoration = box->in_flow() ? decoration_of(open) : nullptr;
    if (style->underline || style->overline || style->line_through) {
        box->decoration = tree_.decorate(*style, box->decoration);
    }
    add(*box, open);
    if (box->kind == BoxKind::inline_box) {
        open.inlines.push_back(box);
        content(*style->content, &element, *style, open);
        open.inlines.pop_back();
    } else {
        Open inside{box, {}};
        content(*style->content, &element, *style, inside);
        finish(*box);
    }
}

void BoxBuilder::content(css::ContentList const& list, html::Element const* element, css::ComputedStyle const& style,
                         Open& open) {
    std::string text; // of items that follow each other: one box
    for (ContentItem const& item : list) content_item(item, element, style, open, text);
    add_text(tree_.keep(text), style, open);
}

void BoxBuilder::content_item(ContentItem const& item, html::Element const* element, css::ComputedStyle const& style,
                              Open& open, std::string& text) {
    auto say = [&](std::string const& more) { text += more; };
    auto flush = [&] { add_text(tree_.keep(std::exchange(text, {})), style, open); };
    auto quote = [&](bool opening) {
        std::size_t const pairs = style.quotes.size() / 2;
        std::size_t const level = static_cast<std::size_t>(std::max(0, opening ? quote_depth_ : quote_depth_ - 1));
        quote_depth_ = std::max(0, quote_depth_ + (opening ? 1 : -1));
        return pairs == 0 ? std::string() : style.quotes[2 * std::min(level, pairs - 1) + (opening ? 0 : 1)];
    };
    switch (item.kind) {
    case ContentItem::Kind::string:
        say(item.text);
        break;
    case ContentItem::Kind::attr: {
        auto const value = element ? element->attribute(item.name) : std::nullopt;
        say(value ? std::string(*value) : item.text);
        break;
    }
    case ContentItem::Kind::counter:
    case ContentItem::Kind::counters:
        say(!variables_ && item.name == "page" && element ? own_page(item, *element, style) : counter_content(item));
        break;
    case ContentItem::Kind::open_quote:
        say(quote(true));
        break;
    case ContentItem::Kind::close_quote:
        say(quote(false));
        break;
    case ContentItem::Kind::no_open_quote:
        ++quote_depth_;
        break;
    case ContentItem::Kind::no_close_quote:
        quote_depth_ = std::max(0, quote_depth_ - 1);
        break;
    case ContentItem::Kind::image: {
        flush();
        css::ComputedStyle const& plain = tree_.anonymous_style(style, css::Display::inline_);
        Box* box = box_for(plain, element);
        box->kind = BoxKind::replaced;
        box->pseudo = true;
        box->url = &item.url;
        box->own_context = true;
        add(*box, open);
        break;
    }
    case ContentItem::Kind::string_ref:
        if (variables_ && variables_->string) {
            say(variables_->string(item.name, item.which));
        } else {
            source_.diagnostics.warning("unsupported-content",
                                        "string() works in page margin boxes only; here it gives nothing",
                                        element ? source_.document.position(*element) : Position{});
        }
        break;
    case ContentItem::Kind::element_ref: {
        flush();
        html::Element const* running =
            variables_ && variables_->element ? variables_->element(item.name, item.which) : nullptr;
        if (!running) break; // nothing on this page or before it: empty, as the specification says
        css::ComputedStyle flowing = source_.cascade.style(*running);
        flowing.position = css::PositionKind::static_;
        Box* box = box_for(tree_.own(std::move(flowing)), running);
        if (box->kind == BoxKind::inline_box) box->kind = BoxKind::block;
        if (box->level != Level::block) box->level = Level::block;
        add(*box, open);
        fill(*box, *running, *box->style);
        break;
    }
    case ContentItem::Kind::target_counter:
    case ContentItem::Kind::target_counters:
    case ContentItem::Kind::target_text:
        say(target_content(item, element));
        break;
    case ContentItem::Kind::leader: {
        flush();
        Box* box = tree_.make(BoxKind::text, style);
        box->level = Level::inline_;
        box->leader = true;
        box->decoration = decoration_of(open);
        box->text = item.text;
        BoxTree::append(open.inlines.empty() ? *open.container : *open.inlines.back(), *box);
        break;
    }
    case ContentItem::Kind::content:
        if (element) say(element->text_content());
        break;
    case ContentItem::Kind::sum:
    case ContentItem::Kind::count:
        if (variables_) {
            if (variables_->aggregate) say(variables_->aggregate(item, element, style.language));
        } else if (element) {
            flush();
            aggregate(item, *element, style, open);
        }
        break;
    }
}

/// A sum or count in the flow: a text box of its own, filled when the tree is built or the page is full.
void BoxBuilder::aggregate(ContentItem const& item, html::Element const& element, css::ComputedStyle const& style,
                           Open& open) {
    Box* box = tree_.make(BoxKind::text, style);
    box->level = Level::inline_;
    box->decoration = decoration_of(open);
    box->text = "0"; // stands for some text
    box->deferred = aggregates().show(*box, item, element);
    BoxTree::append(open.inlines.empty() ? *open.container : *open.inlines.back(), *box);
}

std::string BoxBuilder::counter_content(ContentItem const& item) {
    if (item.name == "page" || item.name == "pages") {
        bool const total = item.name == "pages";
        if (variables_) {
            return counter_text(static_cast<int>(total ? variables_->pages : variables_->page), item.style);
        }
        if (total) {
            tree_.needs_page_facts = true;
            return counter_text(static_cast<int>(facts_.total), item.style);
        }
    }
    if (item.kind == ContentItem::Kind::counter) return counter_text(counters_.value(item.name), item.style);
    std::string joined;
    for (int value : counters_.values(item.name)) {
        if (!joined.empty()) joined += item.text;
        joined += counter_text(value, item.style);
    }
    return joined;
}

/// The page that the text itself stands on, from the pass before.
std::string BoxBuilder::own_page(ContentItem const& item, html::Element const& element,
                                 css::ComputedStyle const& style) {
    bool const before = source_.cascade.pseudo(element, css::Pseudo::before) == &style;
    shows_page_ = before ? 'b' : source_.cascade.pseudo(element, css::Pseudo::after) == &style ? 'a' : 'm';
    page_element_ = &element;
    tree_.needs_page_facts = true;
    auto const page = facts_.anchor_pages.find(page_key(element, shows_page_));
    return counter_text(page == facts_.anchor_pages.end() ? 0 : static_cast<int>(page->second), item.style);
}

/// A string-set value with counters as they are now.
std::string BoxBuilder::counted_value(css::ContentList const& content, html::Element const& element) {
    std::string value;
    for (ContentItem const& item : content) {
        bool const own = item.kind == ContentItem::Kind::content;
        bool const before = own && item.which == ContentItem::Which::before;
        if (item.kind == ContentItem::Kind::counter || item.kind == ContentItem::Kind::counters) {
            value += counter_content(item);
        } else if (before || (own && item.which == ContentItem::Which::after)) {
            css::ComputedStyle const* style =
                source_.cascade.pseudo(element, before ? css::Pseudo::before : css::Pseudo::after);
            if (!style || !style->content) continue;
            counters_.enter();
            counters_.apply(*style);
            value += counted_value(*style->content, element);
            for (css::CounterChange const& change : style->counter_increment)
                counters_.increment(change.name, -change.value); // only asked, not yet there
            counters_.leave();
        } else {
            value += string_value({item}, element);
        }
    }
    return value;
}

std::string page_key(html::Element const& element, char which) {
    return "\1" + std::to_string(element.index) + which;
}

std::string BoxBuilder::target_content(ContentItem const& item, html::Element const* element) {
    std::string const id = target_id(item, element);
    html::Element const* target = id.empty() ? nullptr : source_.document.by_id(id);
    Position const position = element ? source_.document.position(*element) : Position{};
    bool const asks_page = item.kind != ContentItem::Kind::target_text && item.name == "page";
    if (AnchorPages const* book = source_.options.place.anchors; !target && asks_page && book) {
        tree_.needs_page_facts = true;
        if (auto const page = book->find(id); page != book->end())
            return counter_text(static_cast<int>(page->second), item.style);
    }
    if (!target) {
        source_.diagnostics.warning("missing-target", fmt::format("nothing has the id \"{}\" that is referred to", id),
                                    position);
        return "";
    }
    if (item.kind == ContentItem::Kind::target_text) {
        if (item.which == ContentItem::Which::before || item.which == ContentItem::Which::after) {
            source_.diagnostics.warning("unsupported-content",
                                        "target-text() gives the text of an element, not of its pseudo-elements",
                                        position);
            return "";
        }
        ContentItem whole;
        whole.kind = ContentItem::Kind::content;
        whole.which = item.which;
        return string_value({whole}, *target);
    }
    tree_.needs_page_facts = true;
    if (item.name == "pages") return counter_text(static_cast<int>(facts_.total), item.style);
    if (item.name != "page") {
        tree_.facts.wants_counters = true;
        auto const there = facts_.counters.find(id);
        if (there == facts_.counters.end()) return "";
        auto const values = there->second.find(item.name);
        std::vector<int> const numbers = values == there->second.end() ? std::vector<int>{0} : values->second;
        if (item.kind == ContentItem::Kind::target_counter) return counter_text(numbers.back(), item.style);
        std::string joined;
        for (int value : numbers) {
            if (!joined.empty()) joined += item.text;
            joined += counter_text(value, item.style);
        }
        return joined;
    }
    auto page = facts_.anchor_pages.find(id);
    return counter_text(page == facts_.anchor_pages.end() ? 0 : static_cast<int>(page->second), item.style);
}

void BoxBuilder::marker(html::Element const& element, css::ComputedStyle const& style, Open& open) {
    css::ComputedStyle const* own = source_.cascade.pseudo(element, css::Pseudo::marker);
    if (own && own->display == css::Display::none) return;
    bool const has_content = own && own->content;
    if (has_content && own->content->empty()) return;
    bool const image = !has_content && !style.list_style_image.url.empty();
    std::string const text =
        has_content || image ? "" : marker_text(counters_.value("list-item"), style.list_style_type);
    if (text.empty() && !has_content && !image) return;

    css::ComputedStyle made = own ? *own : *css::anonymous_style(style, css::Display::inline_);
    bool const outside = style.list_style_position == css::ListPosition::outside;
    made.display = outside ? css::Display::block : css::Display::inline_;
    made.white_space = css::WhiteSpace::pre; // the space after the number stands
    made.text_indent = {};
    made.text_align = css::TextAlign::start;
    made.text_transform = css::TextTransform::none;
    if (outside && !has_content && !image && is_bullet(style.list_style_type)) { // half an em in all, about
        bool const rtl = style.direction == css::Direction::rtl;
        (rtl ? made.padding.left : made.padding.right) = css::Length::pt(made.font_size / 4);
    }
    css::ComputedStyle const& marker_style = tree_.own(std::move(made));

    Box* box = tree_.make(outside ? BoxKind::block : BoxKind::inline_box, marker_style);
    box->level = outside ? Level::block : Level::inline_;
    box->element = &element;
    box->pseudo = true;
    box->own_context = outside;
    // A space at the end stands between the marker and the text, and would hang from the marker's own line.
    auto keep_last_space = [&](Open const& inside) {
        Box* last = inside.inlines.empty() ? inside.container->last : inside.inlines.back()->last;
        if (!last || last->kind != BoxKind::text || !last->text.ends_with(' ')) return;
        last->text = tree_.keep(std::string(last->text.substr(0, last->text.size() - 1)) + "\u00a0");
    };
    auto fill_marker = [&](Open& inside) {
        if (has_content) {
            content(*marker_style.content, &element, marker_style, inside);
            keep_last_space(inside);
        } else if (image) {
            Box* picture = tree_.make(BoxKind::replaced, tree_.anonymous_style(marker_style, css::Display::inline_));
            picture->level = Level::inline_;
            picture->element = &element;
            picture->pseudo = true;
            picture->own_context = true;
            picture->url = &style.list_style_image;
            BoxTree::append(inside.inlines.empty() ? *inside.container : *inside.inlines.back(), *picture);
            add_text("\u00a0", marker_style, inside);
        } else {
            add_text(tree_.keep(text), marker_style, inside);
            keep_last_space(inside);
        }
    };
    if (outside) {
        Open inside{box, {}};
        fill_marker(inside);
        finish(*box);
        box->parent = open.container;
        open.container->marker = box;
    } else {
        add(*box, open);
        open.inlines.push_back(box);
        fill_marker(open);
        open.inlines.pop_back();
    }
}

namespace {

bool list_shows_total(css::ContentList const& list, PageVariables const& variables, BoxSource const& source);

bool subtree_shows_total(html::Element const& element, PageVariables const& variables, BoxSource const& source) {
    for (css::Pseudo which : {css::Pseudo::before, css::Pseudo::after}) {
        css::ComputedStyle const* style = source.cascade.pseudo(element, which);
        if (style && style->content && list_shows_total(*style->content, variables, source)) return true;
    }
    for (html::Element const* child = element.first_element(); child; child = child->next_element()) {
        if (subtree_shows_total(*child, variables, source)) return true;
    }
    return false;
}

bool list_shows_total(css::ContentList const& list, PageVariables const& variables, BoxSource const& source) {
    for (ContentItem const& item : list) {
        bool const counts = item.kind == ContentItem::Kind::counter || item.kind == ContentItem::Kind::counters;
        if (counts && item.name == "pages") return true;
        if (item.kind != ContentItem::Kind::element_ref || !variables.element) continue;
        html::Element const* element = variables.element(item.name, item.which);
        if (element && subtree_shows_total(*element, variables, source)) return true;
    }
    return false;
}

} // namespace

bool shows_page_total(BoxSource const& source, css::ComputedStyle const& style, PageVariables const& variables) {
    return style.content && list_shows_total(*style.content, variables, source);
}

std::string string_value(css::ContentList const& content, html::Element const& element) {
    std::string value;
    for (ContentItem const& item : content) {
        switch (item.kind) {
        case ContentItem::Kind::string:
            value += item.text;
            break;
        case ContentItem::Kind::attr:
            value += element.attribute(item.name).value_or(item.text);
            break;
        case ContentItem::Kind::content: {
            std::string text = collapsed(element.text_content());
            if (item.which == ContentItem::Which::first_letter) {
                std::size_t end = text.empty() ? 0 : 1;
                while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
                text.resize(end);
            }
            value += text;
            break;
        }
        default:
            break;
        }
    }
    return value;
}

} // namespace deckle::layout
