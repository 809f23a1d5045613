/// Media queries, answered for print: https://www.w3.org/TR/mediaqueries-4/
#include "css/sheet_data.hpp"
#include "css/value.hpp"

namespace deckle::css {
namespace {

std::optional<bool> condition(Cursor& c, int depth);

/// (feature), (feature: value) and bracketed conditions. Widths are not known before layout: a page is wide enough for
/// any minimum up to 800 px and no narrow screen.
std::optional<bool> in_brackets(Cursor& c, int depth) {
    if (c.peek().type != Token::Type::open_paren || depth > 16) return std::nullopt;
    Cursor in(c.take_block());
    if (in.peek().type == Token::Type::open_paren || in.peek().is_ident("not")) return condition(in, depth + 1);
    if (in.peek().type != Token::Type::ident) return std::nullopt;
    auto const name = lower_case(in.take().text);
    if (in.done()) return name == "color" || name == "width" || name == "height";
    if (in.peek().type != Token::Type::colon) return std::nullopt;
    in.take();
    constexpr double page_width_px = 800;
    static ComputedStyle const plain;
    ComputedStyle scratch;
    Context const x{scratch, plain};
    if (name == "min-width" || name == "max-width") {
        auto const width = read_length(in, x);
        if (!width) return std::nullopt;
        return name == "min-width" ? *width <= page_width_px * 0.75 : *width >= page_width_px * 0.75;
    }
    if (name == "orientation") return in.take_ident("portrait");
    if (name == "prefers-color-scheme") return in.take_ident("light");
    if (name == "prefers-reduced-motion") return in.take_ident("reduce");
    if (name == "hover" || name == "pointer" || name == "any-hover" || name == "any-pointer" || name == "scripting" ||
        name == "update")
        return in.take_ident("none");
    return false;
}

std::optional<bool> condition(Cursor& c, int depth) {
    if (c.take_ident("not")) {
        auto const v = in_brackets(c, depth);
        if (!v) return std::nullopt;
        return !*v;
    }
    auto out = in_brackets(c, depth);
    while (out && !c.done()) {
        bool const conjunction = c.take_ident("and");
        if (!conjunction && !c.take_ident("or")) return std::nullopt;
        auto const next = in_brackets(c, depth);
        if (!next) return std::nullopt;
        out = conjunction ? *out && *next : *out || *next;
    }
    return out;
}

bool one_query(Tokens tokens) {
    Cursor c(tokens);
    if (c.peek().type == Token::Type::open_paren) return condition(c, 0).value_or(false);
    bool const only = c.take_ident("only");
    bool const negated = !only && c.take_ident("not");
    if (c.peek().type == Token::Type::open_paren && negated) return !in_brackets(c, 0).value_or(true);
    if (c.peek().type != Token::Type::ident) return false;
    bool out = c.peek().is("print") || c.peek().is("all");
    c.take();
    while (c.take_ident("and")) {
        auto const feature = in_brackets(c, 0);
        if (!feature) return false;
        out = out && *feature;
    }
    return c.done() && out != negated;
}

} // namespace

bool media_matches(Tokens query) {
    Cursor c(query);
    if (c.done()) return true;
    while (!c.done())
        if (one_query(c.take_until_comma())) return true;
    return false;
}

} // namespace deckle::css
