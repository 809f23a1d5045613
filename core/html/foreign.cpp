// SVG and MathML in HTML: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
#include "html/svg_names.hpp"
#include "html/tree_builder.hpp"
#include <algorithm>
#include <string>

namespace deckle::html {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// https://html.spec.whatwg.org/multipage/parsing.html#html-integration-point
bool is_html_integration_point(Element const& e) {
    if (e.svg) return is_foreign_border(e);
    if (!e.math || e.name != "annotation-xml") return false;
    auto const encoding = e.attribute("encoding").value_or("");
    return same_name(encoding, "text/html") || same_name(encoding, "application/xhtml+xml");
}

/// https://html.spec.whatwg.org/multipage/parsing.html#mathml-text-integration-point
bool is_mathml_text(Element const& e) {
    return e.math && is_foreign_border(e) && e.name != "annotation-xml";
}

} // namespace

bool TreeBuilder::is_foreign_content(Token const& token) const {
    if (stack_.empty() || token.kind == Token::Kind::end_of_file) return false;
    auto const& element = *stack_.back();
    if (!is_foreign(element)) return false;
    bool const start = token.kind == Token::Kind::start, text = token.kind == Token::Kind::text;
    if (is_mathml_text(element) && (text || (start && token.name != "mglyph" && token.name != "malignmark")))
        return false;
    if (element.math && element.name == "annotation-xml" && start && token.name == "svg") return false;
    return !(is_html_integration_point(element) && (start || text));
}

void TreeBuilder::insert_foreign(Token const& token, Namespace space) {
    auto cased = token;
    if (space == Namespace::svg) {
        cased.name = svg_element_name(token.name);
        for (auto& a : cased.attributes) a.first = svg_attribute_name(a.first);
    } else
        for (auto& a : cased.attributes)
            if (a.first == "definitionurl") a.first = "definitionURL";
    insert(cased, space);
    if (token.self_closing) pop();
}

void TreeBuilder::foreign(Token const& token) {
    if (token.kind == Token::Kind::text)
        return insert_text(token.text.front() == '\0' ? std::string_view("\xEF\xBF\xBD") : token.text);
    if (token.kind == Token::Kind::start) {
        auto const tag = token.tag;
        auto const presentational = [](auto const& a) {
            return a.first == "color" || a.first == "face" || a.first == "size";
        };
        bool const out =
            sets::breaks_out.has(tag) || (tag == Tag::font && std::ranges::any_of(token.attributes, presentational));
        if (!out) return insert_foreign(token, current()->svg ? Namespace::svg : Namespace::math);
        ignored(token, "ends the <svg> or <math> it stands in; use foreignObject or move it out");
        while (is_foreign(*current()) && !is_mathml_text(*current()) && !is_html_integration_point(*current())) pop();
        return again(token);
    }
    auto const tag = token.tag;
    if (tag == Tag::br || tag == Tag::p) {
        ignored(token, "ends the <svg> or <math> it stands in");
        while (is_foreign(*current()) && !is_mathml_text(*current()) && !is_html_integration_point(*current())) pop();
        return again(token);
    }
    for (auto i = stack_.size() - 1; i > 0; --i) {
        if (!is_foreign(*stack_[i])) return again(token);
        if (same_name(stack_[i]->name, token.name)) {
            if (i + 1 < stack_.size()) ignored(token, "closes elements inside it too");
            return pop_to(i);
        }
    }
}

} // namespace deckle::html
