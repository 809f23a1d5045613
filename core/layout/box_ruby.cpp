// Annotations above their base: each pair is an inline block of two lines, of which the upper takes no room, so that
// it stands in the space between the lines. A pair does not break.
// https://www.w3.org/TR/css-ruby-1/
#include "layout/box_builder.hpp"
#include <algorithm>
#include <utility>

namespace deckle::layout {

using css::Display;
using html::Tag;

void BoxBuilder::ruby(html::Element const& element, css::ComputedStyle const& style, Open& open) {
    counters_.enter();
    std::vector<html::Node const*> base;
    auto const plain = [&] {
        for (html::Node const* node : std::exchange(base, {})) {
            if (html::Element const* child = node->as_element()) {
                this->element(*child, open);
            } else {
                text(*node->as_text(), element, open);
            }
        }
    };
    for (html::Node const* node = element.first; node; node = node->next) {
        html::Element const* child = node->as_element();
        if (!child || (child->tag != Tag::rt && child->tag != Tag::rp)) {
            base.push_back(node);
        } else if (child->tag == Tag::rt && source_.cascade.style(*child).display == Display::inline_) {
            ruby_pair(std::exchange(base, {}), *child, element, style, open);
        } else if (child->tag == Tag::rt) {
            plain();
            this->element(*child, open);
        }
    }
    plain();
    counters_.leave();
}

void BoxBuilder::ruby_pair(std::vector<html::Node const*> const& base, html::Element const& annotation,
                           html::Element const& element, css::ComputedStyle const& style, Open& open) {
    css::ComputedStyle pair_style = *css::anonymous_style(style, Display::inline_block);
    pair_style.text_align = css::TextAlign::center;
    pair_style.text_indent = {};
    pair_style.white_space = css::WhiteSpace::nowrap;
    Box* pair = box_for(tree_.own(pair_style), nullptr);
    add(*pair, open);

    css::ComputedStyle above = source_.cascade.style(annotation);
    auto const line = [](css::ComputedStyle const& s) {
        if (s.line_height.kind == css::LineHeight::Kind::length) return s.line_height.value;
        return s.font_size * (s.line_height.kind == css::LineHeight::Kind::number ? s.line_height.value : 1.2);
    };
    double const leading = std::max(0.0, (line(style) - style.font_size) / 2);
    above.display = Display::block;
    above.text_indent = {};
    above.margin.top = css::Length::pt(leading - line(above));
    above.margin.bottom = css::Length::pt(-leading);
    css::ComputedStyle const& above_style = tree_.own(std::move(above));
    count(annotation, above_style);
    Box* upper = box_for(above_style, &annotation);
    BoxTree::append(*pair, *upper);
    fill(*upper, annotation, above_style);

    Box* lower = tree_.make(BoxKind::block, tree_.anonymous_style(*pair->style, Display::block));
    lower->anonymous = true;
    BoxTree::append(*pair, *lower);
    Open inside{lower, {}};
    for (html::Node const* node : base) {
        if (html::Element const* child = node->as_element()) {
            this->element(*child, inside);
        } else {
            text(*node->as_text(), element, inside);
        }
    }
    finish(*lower);
    finish(*pair);
}

} // namespace deckle::layout
