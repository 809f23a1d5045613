/// Texts of a source as values. What does not fit says why in words for people.
#pragma once
#include "base/date.hpp"
#include "base/zone.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::data {

/// A number as people and programs write it: 1,234.50 -5 5- (5.00) $5 5 USD 12.5% (= 0.125).
/// `point` is the decimal separator, '.' or ','; the other one, blanks and apostrophes may group thousands, and only in
/// threes, so that 1,50 with point '.' is refused rather than read as 150. nullopt with the reason.
[[nodiscard]] std::optional<Decimal> parse_number(std::string_view text, char point, std::string& reason);

/// True for an ISO 4217 code in use, in capitals.
[[nodiscard]] bool is_currency(std::string_view code);

[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

/// A date pattern such as "M/D/YYYY" or "DD.MM.YYYY HH:mm", made once.
class DatePattern {
public:
    /// ISO 8601, a date or a time stamp, and /Date(1539993600000+0000)/.
    DatePattern() = default;
    /// nullopt with the reason: an unknown letter, or no year, month or day.
    [[nodiscard]] static std::optional<DatePattern> compile(std::string_view pattern, std::string& reason);

    /// The calendar date as written; a time of day after it is ignored, but must be one.
    [[nodiscard]] std::optional<Date> date(std::string_view text) const;
    /// The moment; a time without an offset is in `zone`, a date without a time is its midnight.
    [[nodiscard]] std::optional<Instant> datetime(std::string_view text, std::string const& zone) const;
    [[nodiscard]] std::string const& text() const { return text_; } // "" = ISO

private:
    struct Parts;
    struct Token {
        char kind; // Y y M m(onth name) D H h A i(minute) s Z or 0 = literal
        int least, most;
        char literal;
    };
    [[nodiscard]] bool match(std::string_view text, Parts& parts) const;

    std::vector<Token> tokens_; // empty = ISO
    std::string text_;
};

} // namespace deckle::data
