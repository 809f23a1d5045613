#include "data/connectors/encoding.hpp"
#include "data/words.hpp"
#include <cstdint>
#include <cstring>

namespace deckle::data {
namespace {

// windows-1252, 0x80 to 0x9F; 0 = not defined.
// https://encoding.spec.whatwg.org/index-windows-1252.txt (which maps the five gaps to C1 controls: refused here)
constexpr char16_t cp1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                 0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

} // namespace

std::optional<Encoding> encoding_of(std::string_view name) {
    std::string const n = fold(name);
    if (n == "utf-8") return Encoding::utf8;
    if (n == "windows-1252") return Encoding::windows_1252;
    if (n == "iso-8859-1") return Encoding::iso_8859_1;
    return std::nullopt;
}

bool is_ascii(std::string_view s) {
    std::size_t i = 0;
    for (; i + 8 <= s.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, s.data() + i, 8);
        if ((word & 0x8080808080808080ULL) != 0) return false;
    }
    for (; i < s.size(); ++i)
        if ((s[i] & 0x80) != 0) return false;
    return true;
}

// https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf, table 3-7
bool is_utf8(std::string_view s) {
    if (is_ascii(s)) return true;
    auto const* p = reinterpret_cast<unsigned char const*>(s.data());
    auto const* const end = p + s.size();
    while (p < end) {
        unsigned const lead = *p++;
        if (lead < 0x80) continue;
        int const more = lead >= 0xC2 && lead <= 0xDF   ? 1
                         : (lead & 0xF0) == 0xE0        ? 2
                         : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                        : 0;
        if (more == 0 || end - p < more) return false;
        unsigned const first = p[0];
        if ((first & 0xC0) != 0x80 || (lead == 0xE0 && first < 0xA0) || (lead == 0xED && first > 0x9F) ||
            (lead == 0xF0 && first < 0x90) || (lead == 0xF4 && first > 0x8F))
            return false;
        for (int i = 1; i < more; ++i)
            if ((p[i] & 0xC0) != 0x80) return false;
        p += more;
    }
    return true;
}

void append_code_point(std::string& to, char32_t code) {
    auto put = [&](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

bool append_utf8(std::string& to, std::string_view bytes, Encoding encoding) {
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        char32_t code = byte;
        if (encoding == Encoding::windows_1252 && byte >= 0x80 && byte < 0xA0) {
            code = cp1252[byte - 0x80];
            if (code == 0) return false;
        }
        append_code_point(to, code);
    }
    return true;
}

} // namespace deckle::data
