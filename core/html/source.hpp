/// What a source text is checked for before it is read, and where things stand in it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::html {

/// A line and a column, both from 1; the column counts bytes.
struct Place {
    std::uint32_t line = 1, column = 1;
};

/// Line and column of byte offsets. Lines end with LF, CR or CR LF.
class Locator {
public:
    explicit Locator(std::string_view text);
    [[nodiscard]] Place at(std::size_t offset) const;

private:
    std::vector<std::size_t> lines_; // offset of each line's first byte
    mutable std::size_t last_ = 0;   // the line that was asked for last: most questions go forward
};

/// Offset of the first byte that is not UTF-8 (overlong forms and surrogates included), or npos.
[[nodiscard]] std::size_t invalid_utf8(std::string_view text);

/// Throws Error{limit} for a text over `most` bytes and Error{data} for one that is not UTF-8.
void check_source(std::string_view text, std::string const& file, std::size_t most);

} // namespace deckle::html
