#include "css/caveats.hpp"
#include "css/value.hpp"
#include <algorithm>
#include <array>

namespace deckle::css {
namespace {

struct Entry {
    std::string_view property, word;
    Severity severity;
    char const* text;
};

constexpr char const* scrolls = "paper does not scroll: what does not fit into the box is cut off";
constexpr std::array entries{
    Entry{"display", "grid", Severity::warning, "a grid is laid out as blocks below each other"},
    Entry{"display", "inline-grid", Severity::warning, "a grid is laid out as blocks below each other"},
    Entry{"background", "fixed", Severity::warning, "a fixed background is placed in its box"},
    Entry{"background-attachment", "fixed", Severity::warning, "a fixed background is placed in its box"},
    Entry{"text-wrap", "balance", Severity::note, "lines are filled one after the other"},
    Entry{"text-wrap", "pretty", Severity::note, "lines are filled one after the other"},
    Entry{"hyphens", "auto", Severity::note, "words are divided at soft hyphens only"},
    Entry{"-webkit-hyphens", "auto", Severity::note, "words are divided at soft hyphens only"},
    Entry{"overflow", "auto", Severity::note, scrolls},
    Entry{"overflow", "scroll", Severity::note, scrolls},
    Entry{"overflow-x", "auto", Severity::note, scrolls},
    Entry{"overflow-x", "scroll", Severity::note, scrolls},
    Entry{"overflow-y", "auto", Severity::note, scrolls},
    Entry{"overflow-y", "scroll", Severity::note, scrolls},
};

constexpr std::array counter_styles{
    "none",        "disc",         "circle",      "square",      "decimal",     "decimal-leading-zero",
    "lower-roman", "upper-roman",  "lower-alpha", "upper-alpha", "lower-latin", "upper-latin",
    "lower-greek", "arabic-indic", "persian",     "devanagari",  "bengali",     "thai",
    "cjk-decimal", "inside",       "outside",     "inherit",     "initial",     "unset",
    "revert"};

/// The first name in a list style, or in counter() and counters(), that no counter style has.
std::string unknown_counter_style(std::string_view property, Tokens value) {
    auto const unknown = [](Token const& t) {
        return t.type == Token::Type::ident &&
               std::ranges::none_of(counter_styles, [&](char const* name) { return t.is(name); });
    };
    if (property == "list-style" || property == "list-style-type") {
        auto const found = std::ranges::find_if(value, unknown);
        return found == value.end() ? std::string() : std::string(found->text);
    }
    if (property != "content" && property != "string-set") return {};
    for (std::size_t i = 0; i < value.size(); ++i) {
        bool const one = value[i].is_function("counter"), more = value[i].is_function("counters");
        if (!one && !more && !value[i].is_function("target-counter") && !value[i].is_function("target-counters"))
            continue;
        Cursor in(value.subspan(i));
        Cursor arguments(in.take_block());
        std::size_t const before = value[i].is_function("target-counters") ? 3 : one ? 1 : 2;
        for (std::size_t k = 0; k < before; ++k) (void)arguments.take_until_comma();
        if (unknown(arguments.peek())) return std::string(arguments.peek().text);
    }
    return {};
}

} // namespace

Caveat caveat_of(std::string_view property, Tokens value) {
    for (Entry const& entry : entries)
        if (entry.property == property &&
            std::ranges::any_of(value, [&](Token const& t) { return t.is_ident(entry.word); }))
            return {entry.severity, entry.text};
    bool const stretch = property == "font-stretch" || property == "font-width";
    if (stretch && !value.empty() && !value.front().is_ident("normal") && value.front().number != 100)
        return {Severity::note, "faces are chosen by family, weight and style only"};
    if (auto const name = unknown_counter_style(property, value); !name.empty())
        return {Severity::warning, "there is no counter style '" + name + "': it counts in decimal"};
    return {};
}

} // namespace deckle::css
