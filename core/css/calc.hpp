/// Units and math functions. https://www.w3.org/TR/css-values-4/#math
#pragma once
#include "css/value.hpp"

namespace deckle::css {

struct CalcValue {
    enum class Kind : std::uint8_t { number, length, angle } kind = Kind::number;
    double number = 0;  // number, points or degrees
    double percent = 0; // lengths only
};

/// calc(), min(), max(), clamp() at the cursor. min, max and clamp compare lengths without percentages only.
std::optional<CalcValue> read_calc(Cursor& c, Context const& x);
/// Points of one unit.
std::optional<double> unit_points(std::string_view unit, Context const& x);
/// Degrees of one unit.
std::optional<double> unit_degrees(std::string_view unit);

} // namespace deckle::css
