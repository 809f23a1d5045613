/// How dates and decimals look in failing tests, and short ways to write them.
#pragma once
#include <deckle/date.hpp>
#include <deckle/decimal.hpp>
#include <ostream>

namespace deckle {
inline void PrintTo(Decimal const& d, std::ostream* out) {
    *out << d.to_string();
}
inline void PrintTo(Date const& d, std::ostream* out) {
    *out << d.to_string();
}
} // namespace deckle

namespace plugin_tests {
inline deckle::Decimal operator""_d(char const* text, std::size_t size) {
    return deckle::Decimal::of({text, size});
}
inline deckle::Decimal operator""_d(unsigned long long whole) {
    return deckle::Decimal(static_cast<std::int64_t>(whole));
}
inline deckle::Date operator""_day(char const* text, std::size_t size) {
    return deckle::Date::of({text, size});
}
} // namespace plugin_tests
