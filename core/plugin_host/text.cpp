#include "plugin_host/text.hpp"

namespace deckle::plugin_host {
namespace {

// Length of the well-formed UTF-8 sequence at the front, 0 when there is none (RFC 3629).
std::size_t sequence(std::string_view s) {
    auto at = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0U; };
    unsigned const a = at(0), b = at(1);
    auto tail = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    if (a < 0x80) return 1;
    if (a >= 0xC2 && a <= 0xDF) return tail(1) ? 2 : 0;
    if (a >= 0xE0 && a <= 0xEF) {
        bool const shortest = a != 0xE0 || b >= 0xA0, no_surrogate = a != 0xED || b < 0xA0;
        return shortest && no_surrogate && tail(1) && tail(2) ? 3 : 0;
    }
    if (a >= 0xF0 && a <= 0xF4) {
        bool const in_range = (a != 0xF0 || b >= 0x90) && (a != 0xF4 || b < 0x90);
        return in_range && tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::string printable(std::string_view text, std::size_t longest) {
    std::string out;
    while (!text.empty()) {
        if (out.size() >= longest) return out + "...";
        std::size_t const n = sequence(text);
        auto const c = static_cast<unsigned char>(text[0]);
        bool const control = n == 1 && (c < 0x20 || c == 0x7F) && c != '\n' && c != '\t';
        if (control)
            out += '?';
        else if (n == 0)
            out += "\xEF\xBF\xBD";
        else
            out += text.substr(0, n);
        text.remove_prefix(n == 0 ? 1 : n);
    }
    return out;
}

} // namespace deckle::plugin_host
