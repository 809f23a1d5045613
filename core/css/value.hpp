/// Reading values out of tokens, with what units and keywords need to know about the element.
#pragma once
#include "css/style.hpp"
#include "css/tokenizer.hpp"
#include <functional>
#include <optional>

namespace deckle::css {

/// What relative units refer to, and where the result goes.
struct Context {
    ComputedStyle& style;
    ComputedStyle const& parent;
    double root_font_size = 12;
    double medium_font_size = 12;
    double page_width = 595.28, page_height = 841.89; // when @page gives no size
    std::function<double(ComputedStyle const&)> const* zero_advance = nullptr;
    std::function<double(ComputedStyle const&)> const* x_height = nullptr;
    double viewport_width = 595.28, viewport_height = 841.89;
    std::string const* file = nullptr;         // base of addresses
    bool font_size_pass = false;               // em refers to the parent
    bool unitless = false;                     // SVG attributes: plain numbers are px
    Length* page_size = nullptr;               // two values: only inside @page
    ComputedStyle const* user_agent = nullptr; // the element without the author's rules: for revert
};

/// Walks over one value. Every reading function leaves the cursor where it was when it returns nothing.
class Cursor {
public:
    explicit Cursor(Tokens tokens) : tokens_(tokens) { skip_space(); }

    [[nodiscard]] bool done() const { return at_ >= tokens_.size() || tokens_[at_].type == Token::Type::end; }
    [[nodiscard]] Token const& peek() const;
    /// The token here; moves on to the next that is not white space.
    Token const& take();
    bool take_ident(std::string_view lower);
    bool take_delim(char c);
    bool take_comma();
    /// The arguments of a function or bracket that starts here (the closing bracket left out); moves past it.
    Tokens take_block();
    [[nodiscard]] Tokens rest() const { return tokens_.subspan(at_); }
    /// All tokens with their white space up to the next comma outside brackets; moves past the comma.
    Tokens take_until_comma();
    [[nodiscard]] std::size_t mark() const { return at_; }
    void reset(std::size_t mark) { at_ = mark; }

private:
    void skip_space();
    Tokens tokens_;
    std::size_t at_ = 0;
};

enum class Sign : std::uint8_t { any, not_negative };

/// Length or percentage, calc() included; 0 without unit; `unitless` takes other numbers as px (SVG).
std::optional<Length> read_length_percentage(Cursor& c, Context const& x, Sign sign = Sign::any, bool unitless = false);
/// Length without percentage.
std::optional<double> read_length(Cursor& c, Context const& x, Sign sign = Sign::any, bool unitless = false);
std::optional<double> read_number(Cursor& c, Context const& x, Sign sign = Sign::any);
std::optional<int> read_integer(Cursor& c, Context const& x);
/// 0.5 for 0.5 and 50%.
std::optional<double> read_number_or_percentage(Cursor& c, Context const& x);
/// Degrees.
std::optional<double> read_angle(Cursor& c, Context const& x);
std::optional<Color> read_color(Cursor& c, Context const& x);
std::optional<Url> read_url(Cursor& c, Context const& x);
/// An identifier that is no CSS-wide keyword.
std::optional<std::string> read_custom_ident(Cursor& c);
std::optional<Gradient> read_gradient(Cursor& c, Context const& x);
/// "left 10pt top", "center", "50% 20%": x and y.
std::optional<std::pair<Length, Length>> read_position(Cursor& c, Context const& x);

template <class E>
struct Keyword {
    std::string_view name;
    E value;
};
template <class E>
std::optional<E> read_keyword(Cursor& c, std::span<Keyword<E> const> table) {
    if (c.done() || c.peek().type != Token::Type::ident) return std::nullopt;
    for (auto const& k : table)
        if (c.peek().is(k.name)) {
            c.take();
            return k.value;
        }
    return std::nullopt;
}

} // namespace deckle::css
