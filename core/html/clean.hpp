/// First pass over HTML text: what libxml2 would get wrong about characters is settled before it sees them.
#pragma once
#include "base/diagnostics.hpp"
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::html {

/// Line and column of byte offsets.
class Locator {
public:
    explicit Locator(std::string_view text);
    struct Place {
        std::uint32_t line = 1, column = 1;
    };
    [[nodiscard]] Place at(std::size_t offset) const;

private:
    std::vector<std::size_t> lines_; // offset of each line's first byte
};

/// Text that is valid UTF-8, has LF line ends, no NUL and no named character reference outside raw text.
struct CleanText {
    std::string text;
    /// Offset in the original of an offset in `text`.
    [[nodiscard]] std::size_t original(std::size_t offset) const;

    struct Shift {
        std::size_t at;       // in `text`: from here on
        std::ptrdiff_t delta; // original - clean
    };
    std::vector<Shift> shifts;
};

/// Throws Error{data} for text that is not UTF-8. Contents of <style>, <script> and comments stay
/// as they are. Unknown names stay as text and are reported ("html-entity").
[[nodiscard]] CleanText clean(std::string_view text, std::string const& file, Diagnostics& diagnostics);

/// Offset of the first byte that is not UTF-8 (overlong forms and surrogates included), or npos.
[[nodiscard]] std::size_t invalid_utf8(std::string_view text);

} // namespace deckle::html
