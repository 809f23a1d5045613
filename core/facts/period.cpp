#include "facts/period.hpp"
#include <algorithm>

namespace deckle::facts {
namespace {

/// The whole of `text` as a number; -1 when it is none.
int number(std::string_view text) {
    if (text.empty() || text.size() > 4) return -1;
    int n = 0;
    for (char const c : text) {
        if (c < '0' || c > '9') return -1;
        n = n * 10 + (c - '0');
    }
    return n;
}

} // namespace

std::optional<Period> parse_period(std::string_view text) {
    if (text.empty()) return Period{"", *Date::from_ymd(1, 1, 1), *Date::from_ymd(9999, 12, 31)};
    if (text.starts_with("LTM ") || text.starts_with("LTM-")) {
        auto const month = parse_period(text.substr(4));
        if (!month || month->text.size() != 7 || month->text[5] == 'Q') return std::nullopt;
        return Period{"LTM " + month->text, month->start.plus_months(-11), month->end};
    }
    if (auto const day = Date::parse(text)) return Period{std::string(text), *day, *day};
    auto const start = Date::from_ymd(number(text.substr(0, 4)), 1, 1);
    if (!start) return std::nullopt;
    auto const span = [&](int first_month, int months) {
        Date const first = start->plus_months(first_month - 1);
        return Period{std::string(text), first, first.plus_months(months) - 1};
    };
    if (text.size() == 4) return span(1, 12);
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    if (text[5] == 'Q') {
        int const quarter = number(text.substr(6));
        return quarter >= 1 && quarter <= 4 ? std::optional(span(quarter * 3 - 2, 3)) : std::nullopt;
    }
    int const month = number(text.substr(5));
    return month >= 1 && month <= 12 ? std::optional(span(month, 1)) : std::nullopt;
}

} // namespace deckle::facts
