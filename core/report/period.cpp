#include "report/period.hpp"
#include "base/error.hpp"
#include <charconv>

namespace deckle::report {
namespace {

/// The whole of `text` as a number; -1 when it is none.
int number(std::string_view text) {
    int n = -1;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc{} && end == text.data() + text.size() && n >= 0 ? n : -1;
}

} // namespace

Period parse_period(std::string_view text) {
    int const year = text.size() >= 4 ? number(text.substr(0, 4)) : -1;
    auto span = [&](unsigned first_month, int months) -> Period {
        Date const start = *Date::from_ymd(year, first_month, 1);
        return {start, start.plus_months(months) - 1, std::string(text)};
    };
    if (auto const dots = text.find(".."); dots == 7 && text.size() == 16) {
        Date const start = parse_period(text.substr(0, 7)).start;
        Date const end = parse_period(text.substr(9)).end;
        bool const months = text[5] != 'Q' && text[14] != 'Q';
        if (months && start < end) return {start, end, std::string(text)};
    }
    if (year >= 1) {
        if (text.size() == 4) return span(1, 12);
        if (text.size() == 7 && text[4] == '-' && text[5] == 'Q') {
            int const quarter = number(text.substr(6));
            if (quarter >= 1 && quarter <= 4) return span(static_cast<unsigned>(quarter * 3 - 2), 3);
        } else if (text.size() == 7 && text[4] == '-') {
            int const month = number(text.substr(5));
            if (month >= 1 && month <= 12) return span(static_cast<unsigned>(month), 1);
        }
    }
    throw Error(ErrorCode::usage,
                "not a period: '" + std::string(text) +
                    "'; write a month (2026-10), a quarter (2026-Q4), a year (2026) or a span (2026-02..2026-04)");
}

} // namespace deckle::report
