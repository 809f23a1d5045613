/// Typed leaves to text, by locale. Rounds half up to the places shown; never prints minus zero.
#pragma once
#include "base/date.hpp"
#include "base/zone.hpp"
#include "model/json.hpp"
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace deckle::model {

/// How a number is shown. Absent digits: the currency's own for money, 1 for percent, as given for plain numbers.
struct NumberStyle {
    std::optional<int> digits;
    int scale = 0; // powers of ten taken off: 3 = thousands; money then has no symbol
    bool symbol = true;
    bool accounting = false; // negatives by the locale's accounting pattern
    bool sign = false;       // explicit plus
};

enum class DateStyle { long_, medium, day, month, month_short, month_year };

/// Not thread-safe (it keeps ICU formatters it has made): one per run.
class Formatter {
public:
    /// `locale` like en_US, `zone` an IANA name (for $datetime). Throws Error{usage} when ICU or the zone data lack it.
    Formatter(std::string const& locale, std::string const& zone);
    ~Formatter();
    Formatter(Formatter const&) = delete;
    Formatter& operator=(Formatter const&) = delete;

    /// Any value of the model as plain text: a leaf formatted, a string itself, a whole number as its digits, true,
    /// false; null is "". REQUIRES: leaves are valid (`require_valid`); throws Error{data} for another object or an
    /// array. $markdown gives its source, $chart its `alt` or title, $image its path.
    [[nodiscard]] std::string text(Json const& value) const;

    [[nodiscard]] std::string money(Decimal const& amount, std::string_view currency,
                                    NumberStyle const& style = {}) const;
    [[nodiscard]] std::string number(Decimal const& value, NumberStyle const& style = {}) const;
    [[nodiscard]] std::string percent(Decimal const& ratio, NumberStyle const& style = {}) const;
    [[nodiscard]] std::string date(Date day, DateStyle style = DateStyle::medium) const;
    /// In the zone, with its abbreviation: "Nov 1, 2026 06:00 CDT"; short leaves the year out.
    [[nodiscard]] std::string datetime(Instant at, bool short_style = false) const;

    [[nodiscard]] std::string const& locale() const; // en_US
    [[nodiscard]] std::string const& zone() const;   // America/Chicago
    [[nodiscard]] std::string language_tag() const;  // en-US, for <html lang>

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Of a leaf: money num pct date datetime text na markdown chart image; "text" for plain strings and numbers;
/// "" for what is no leaf (other objects, arrays, null).
[[nodiscard]] std::string_view leaf_type(Json const& value);
[[nodiscard]] inline bool is_leaf(Json const& value) {
    return value.is_object() && !leaf_type(value).empty();
}

/// Why a figure is not available, in words: no_revenue -> "no revenue"; missing_column:due -> "column due is missing".
[[nodiscard]] std::string reason_text(std::string_view reason);

} // namespace deckle::model
