/// UTF-8, one character at a time.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace deckle::text {

inline constexpr char32_t invalid_character = 0xFFFFFFFF;

/// The character at byte `at`, which moves behind it; a byte that begins no valid character gives invalid_character
/// and is stepped over alone. REQUIRES: at < text.size().
[[nodiscard]] inline char32_t next_character(std::string_view text, std::size_t& at) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned const lead = byte(at++);
    if (lead < 0x80) return lead;
    std::size_t const more = lead >= 0xC2 && lead <= 0xDF   ? 1
                             : lead >= 0xE0 && lead <= 0xEF ? 2
                             : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                            : 0;
    if (more == 0 || at + more > text.size()) return invalid_character;
    char32_t c = lead & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return invalid_character;
        c = c << 6 | (byte(at + i) & 0x3FU);
    }
    bool const overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return invalid_character;
    at += more;
    return c;
}

/// Appends a character as UTF-16, big-endian bytes.
inline void append_utf16be(std::string& out, char32_t c) {
    auto const unit = [&](char32_t u) {
        out += static_cast<char>(u >> 8 & 0xFF);
        out += static_cast<char>(u & 0xFF);
    };
    if (c > 0xFFFF) {
        unit(0xD800 + ((c - 0x10000) >> 10));
        unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
        unit(c);
    }
}

/// Chinese, Japanese and Korean characters and their punctuation.
[[nodiscard]] constexpr bool is_ideographic(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

} // namespace deckle::text
