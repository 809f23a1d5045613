#include "terms.hpp"
#include <cctype>
#include <string>

namespace cash_flow {
namespace {

/// Reads digits[.digits] at `at`, moving it past them.
std::optional<deckle::Decimal> number(std::string_view s, std::size_t& at) {
    std::size_t const begin = at;
    while (at < s.size() && (std::isdigit(static_cast<unsigned char>(s[at])) != 0 || (s[at] == '.' && at > begin)))
        ++at;
    if (at == begin || at - begin > 6) return std::nullopt;
    return deckle::Decimal::parse(s.substr(begin, at - begin));
}

int whole(deckle::Decimal d) {
    return static_cast<int>(d.rounded(0).units());
}

} // namespace

std::optional<Terms> parse_terms(std::string_view text) {
    std::string s;
    for (char const c : text)
        if (std::isspace(static_cast<unsigned char>(c)) == 0 && c != '%')
            s += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (s.empty()) return std::nullopt;
    if (s.find("receipt") != std::string::npos || s == "cod" || s == "immediate") return Terms{};

    Terms terms;
    std::size_t at = 0;
    bool found = false;
    while (at < s.size()) {
        if (std::isdigit(static_cast<unsigned char>(s[at])) == 0) {
            ++at;
            continue;
        }
        auto const first = number(s, at);
        if (!first) return std::nullopt;
        if (at < s.size() && s[at] == '/') { // 2/10: rate within days
            ++at;
            auto const days = number(s, at);
            if (!days) return std::nullopt;
            terms.discount_rate = first->divided_by(100, 6);
            terms.discount_days = whole(*days);
            continue;
        }
        terms.net_days = whole(*first);
        found = true;
    }
    return found ? std::optional(terms) : std::nullopt;
}

DueDate due_date(deckle::Date document, std::optional<deckle::Date> due, std::string_view terms) {
    if (due) return {*due, false};
    if (auto const t = parse_terms(terms)) return {document + t->net_days, false};
    return {document, true};
}

} // namespace cash_flow
