/// CSS text -> tokens. https://www.w3.org/TR/css-syntax-3/#tokenization
#pragma once
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::css {

struct Token {
    // clang-format off
    enum class Type : std::uint8_t { ident, function, at_keyword, hash, string, url, number, percentage, dimension, delim,
        comma, colon, semicolon, open_paren, close_paren, open_bracket, close_bracket, open_brace, close_brace, whitespace,
        bad, end };
    // clang-format on
    Type type = Type::end;
    bool integer = false; // number without fraction or exponent
    bool is_id = false;   // hash that is an identifier
    char delim = 0;
    double number = 0;
    std::string_view text;            // name, string value, address or unit; escapes resolved
    std::uint32_t begin = 0, end = 0; // in the source

    /// Letter case of ASCII does not count; `lower` must be lower case.
    [[nodiscard]] bool is(std::string_view lower) const;
    [[nodiscard]] bool is_ident(std::string_view lower) const { return type == Type::ident && is(lower); }
    [[nodiscard]] bool is_function(std::string_view lower) const { return type == Type::function && is(lower); }
    [[nodiscard]] bool is_delim(char c) const { return type == Type::delim && delim == c; }
};
using Tokens = std::span<Token const>;

/// Texts with escapes, which tokens point at.
using TextStore = std::deque<std::string>;

/// The last token is `end`. Comments leave no trace. `text` and `store` must outlive the tokens.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text, TextStore& store);

[[nodiscard]] bool equals_nocase(std::string_view text, std::string_view lower);
[[nodiscard]] std::string lower_case(std::string_view text);

} // namespace deckle::css
