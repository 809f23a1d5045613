#include "base/text.hpp"
#include "html/entities.hpp"
#include <algorithm>
#include <array>
#include <cstdint>

namespace deckle::html {
namespace {

constexpr std::size_t longest_legacy_name = 6; // "frac12", "brvbar"

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
char32_t scalar_of(std::uint64_t value) {
    static constexpr std::array<char16_t, 32> windows{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (value >= 0x80 && value <= 0x9F) return windows[value - 0x80];
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0xFFFD;
    return static_cast<char32_t>(value);
}

Reference read_number(std::string_view text) {
    std::size_t at = 2;
    bool const hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
    if (hex) ++at;
    auto const digits = at;
    std::uint64_t value = 0;
    for (; at < text.size(); ++at) {
        char const c = text[at];
        unsigned digit = 0;
        if (c >= '0' && c <= '9')
            digit = static_cast<unsigned>(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            digit = static_cast<unsigned>(c - 'a') + 10;
        else if (hex && c >= 'A' && c <= 'F')
            digit = static_cast<unsigned>(c - 'A') + 10;
        else
            break;
        value = std::min<std::uint64_t>(value * (hex ? 16 : 10) + digit, 0x110000);
    }
    Reference reference;
    if (at == digits) {
        reference.problem = std::string(text.substr(0, at)) + " has no digits";
        return reference;
    }
    auto const scalar = scalar_of(value);
    append_utf8(reference.text, scalar);
    reference.length = at;
    if (at < text.size() && text[at] == ';')
        ++reference.length;
    else
        reference.problem = std::string(text.substr(0, std::min<std::size_t>(at, 16))) + " has no semicolon";
    if (scalar == 0xFFFD && value != 0xFFFD)
        reference.problem = "a character number that is no character was replaced by U+FFFD";
    return reference;
}

} // namespace

// https://html.spec.whatwg.org/multipage/parsing.html#named-character-reference-state
Reference read_reference(std::string_view text, bool in_attribute) {
    if (text.size() > 1 && text[1] == '#') return read_number(text);
    std::size_t end = 1;
    while (end < text.size() && is_name_char(text[end])) ++end;
    auto const name = text.substr(1, end - 1);
    if (name.empty()) return {};
    bool const closed = end < text.size() && text[end] == ';';
    if (closed)
        if (auto const found = entity_text(name); !found.empty()) return {end + 1, std::string(found), {}};
    for (auto length = std::min(name.size(), longest_legacy_name); length >= 2; --length) {
        auto const prefix = name.substr(0, length);
        if (!entity_needs_no_semicolon(prefix)) continue;
        char const next = 1 + length < text.size() ? text[1 + length] : ' ';
        if (in_attribute && (next == '=' || is_name_char(next))) return {};
        return {1 + length, std::string(entity_text(prefix)), "&" + std::string(prefix) + " has no semicolon"};
    }
    if (closed) return {0, {}, "unknown character name &" + std::string(name.substr(0, 40)) + ";"};
    return {};
}

} // namespace deckle::html
