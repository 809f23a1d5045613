/// Compact numbers of content streams and dictionaries. Inside core/pdf only.
#pragma once
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

namespace deckle::pdf {

inline void append_integer(std::string& out, std::int64_t value) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

/// A number given in thousandths, without trailing zeros: 12500 -> "12.5", 500 -> ".5".
inline void append_thousandths(std::string& out, std::int64_t value) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    std::int64_t const whole = value / 1000;
    auto const rest = static_cast<int>(value % 1000);
    if (whole != 0 || rest == 0) append_integer(out, whole);
    if (rest == 0) return;
    char const digits[4] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                            static_cast<char>('0' + rest % 10)};
    out.append(digits, rest % 10 != 0 ? 4 : rest / 10 % 10 != 0 ? 3 : 2);
}

/// Rounded to thousandths; REQUIRES: finite. Values past 10^9 are cut to it.
inline void append_number(std::string& out, double value) {
    double const limited = std::fmin(std::fmax(value, -1e9), 1e9);
    append_thousandths(out, std::llround(limited * 1000));
}

/// Six digits: for matrices, where small factors meet large lengths.
inline void append_fine(std::string& out, double value) {
    char digits[48];
    double const limited = std::fmin(std::fmax(value, -1e9), 1e9);
    auto end = std::to_chars(digits, digits + sizeof digits, limited, std::chars_format::fixed, 6).ptr;
    while (end[-1] == '0') --end;
    if (end[-1] == '.') --end;
    std::string_view const text(digits, static_cast<std::size_t>(end - digits));
    out += text == "-0" ? "0" : text;
}

} // namespace deckle::pdf
