/// Selectors: https://www.w3.org/TR/selectors-4/ (level 3, :is, :where, :not, :has and `of` of level 4), with the `&`
/// of https://www.w3.org/TR/css-nesting-1/.
#pragma once
#include "css/cascade.hpp"
#include "css/tokenizer.hpp"
#include "html/document.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace deckle::css {

struct Selector;

struct SimpleSelector {
    // clang-format off
    enum class Kind : std::uint8_t { universal, tag, id, class_, attribute, root, empty, first_child, last_child, only_child,
        nth_child, nth_last_child, first_of_type, last_of_type, only_of_type, nth_of_type, nth_last_of_type, not_, is,
        lang, link, checked, disabled, enabled, never, has, anchor };
    enum class Match : std::uint8_t { present, equals, word, dash, prefix, suffix, contains };
    // clang-format on
    Kind kind = Kind::universal;
    Match match = Match::present;
    bool ignore_case = false;
    std::string name;  // lower case for tags (their own case in `exact`), attributes
    std::string exact; // tag as written; attribute value; language
    int a = 0, b = 0;  // an+b
    std::vector<Selector>
        arguments; // :is, :not, :nth-child(... of S); :has, each begins with `anchor`, the element itself
};

enum class Combinator : std::uint8_t { none, descendant, child, next, later };

struct Compound {
    std::vector<SimpleSelector> parts;
    Combinator to_left = Combinator::none; // how it relates to the compound on its left
};

struct Selector {
    std::vector<Compound> compounds; // from right to left
    std::uint32_t specificity = 0;   // ids << 20 | classes << 10 | tags
    std::optional<Pseudo> pseudo;
};

struct SelectorError {
    std::string message;
    std::uint32_t at = 0; // offset in the text
};
/// A comma list. The vector is empty, and `error` set, when one of them is not understood.
/// `nested_in`: the selectors of the rule around, which `&` stands for; a selector without `&` is one of descendants.
[[nodiscard]] std::vector<Selector> parse_selectors(Tokens tokens, SelectorError& error,
                                                    std::vector<Selector> const* nested_in = nullptr);

/// Positions among siblings of one type, made once per document when a selector asks.
struct TypeIndex {
    std::vector<std::uint32_t> from_start, from_end; // by element index, from 1
};
struct MatchContext {
    html::Document const& document;
    mutable TypeIndex types;
    mutable html::Element const* anchor = nullptr; // whose :has() is being answered
};

/// Whether the element is the subject (a pseudo-element is the caller's business).
[[nodiscard]] bool matches(Selector const& selector, html::Element const& element, MatchContext const& context);

} // namespace deckle::css
