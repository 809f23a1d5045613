/// What stands between {{ and }} in a text:
///
///     field    = value ["|" filter]
///     value    = ref | "growth(" id "," period "," period ")" | "cagr(" id "," period "," period ")"
///              | "share(" id "," id ["," period] ")"
///     ref      = id ["." period]                         without a period: the newest
///     id       = word {"." word}                         word = a-z {a-z 0-9 _ -}
///     period   = 2026 | 2026-10 | 2026-Q3 | 2026-10-31 | LTM-2026-10
///     filter   = "money" | "pct" | "num" [":" digits] | "digits:" digits | "date" [":" style] | "text"
///
/// Blanks may stand between the parts. growth = (new - old) / old; cagr = (new / old)^(1 / years) - 1; share = a / b.
#pragma once
#include "facts/period.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace deckle::facts {

struct Reference {
    std::string id;
    std::optional<Period> period; // absent: the newest
};

struct Call {
    enum class Function { growth, cagr, share };
    Function function = Function::growth;
    Reference first, second; // old and new; the part and the whole
};

struct Filter {
    enum class Kind { none, money, pct, num, digits, date, text };
    Kind kind = Kind::none;
    std::optional<int> digits;
    std::string style = "long"; // of dates: long medium day month month_short month_year
};

struct Expression {
    std::variant<Reference, Call> value;
    Filter filter;
};

struct SyntaxFault {
    std::size_t at = 0; // byte in the text between the braces
    std::string message;
};

/// `text` is what stands between the braces.
[[nodiscard]] std::variant<Expression, SyntaxFault> parse_expression(std::string_view text);

/// The same for an id alone. True for revenue.managed; the last word may not look like a period.
[[nodiscard]] bool is_fact_id(std::string_view text);

} // namespace deckle::facts
