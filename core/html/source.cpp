#include "html/source.hpp"
#include "base/error.hpp"
#include <algorithm>
#include <climits>
#include <cstring>

namespace deckle::html {

Locator::Locator(std::string_view text) {
    lines_.push_back(0);
    bool const has_cr = text.find('\r') != std::string_view::npos;
    for (std::size_t i = 0;
         (i = has_cr ? text.find_first_of("\r\n", i) : text.find('\n', i)) != std::string_view::npos;) {
        i += text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
        lines_.push_back(i);
    }
}

Place Locator::at(std::size_t offset) const {
    bool const near = lines_[last_] <= offset && (last_ + 1 == lines_.size() || offset < lines_[last_ + 1]);
    if (!near) last_ = static_cast<std::size_t>(std::ranges::upper_bound(lines_, offset) - lines_.begin()) - 1;
    return {static_cast<std::uint32_t>(last_ + 1), static_cast<std::uint32_t>(offset - lines_[last_] + 1)};
}

// https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf, table 3-7
std::size_t invalid_utf8(std::string_view text) {
    std::size_t i = 0;
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    while (i < text.size()) {
        std::uint64_t eight = 0;
        while (i + sizeof eight <= text.size() &&
               (std::memcpy(&eight, text.data() + i, sizeof eight), (eight & 0x8080808080808080U) == 0))
            i += sizeof eight;
        if (i == text.size()) break;
        unsigned const c = byte(i);
        if (c < 0x80) {
            ++i;
            continue;
        }
        std::size_t const length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        if (c < 0xC2 || c > 0xF4 || i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(i + k) & 0xC0) != 0x80) return i;
        unsigned const second = byte(i + 1);
        if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
            (c == 0xF4 && second > 0x8F))
            return i;
        i += length;
    }
    return std::string_view::npos;
}

void check_source(std::string_view text, std::string const& file, std::size_t most) {
    most = std::min<std::size_t>(most, INT_MAX); // libxml2 counts with int
    if (text.size() > most)
        throw Error(ErrorCode::limit,
                    "the document has " + std::to_string(text.size()) + " bytes; max-bytes is " + std::to_string(most),
                    {file, 0, 0});
    if (auto const bad = invalid_utf8(text); bad != std::string_view::npos) {
        auto const place = Locator(text).at(bad);
        throw Error(ErrorCode::data, "the text is not UTF-8; save the file as UTF-8",
                    {file, static_cast<int>(place.line), static_cast<int>(place.column)});
    }
}

} // namespace deckle::html
