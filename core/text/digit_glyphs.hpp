/// Numbers without shaping: where the digits, point and comma of a font do not change each other (tabular figures), a
/// number's glyphs are those of its characters. HarfBuzz takes some 5,000 instructions for a digit in a font with many
/// contextual alternates, and no two amounts of a ledger are the same. Inside core/text only.
#pragma once
#include "text/word_cache.hpp"
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace deckle::text {

/// Bytes of a text: digits with single points or commas between them, "1,234.50".
struct DigitRun {
    std::size_t begin = 0, end = 0;
};
/// The first run of at least four bytes.
[[nodiscard]] std::optional<DigitRun> find_digit_run(std::string_view text);

/// What is known of the digits of one face with one set of features, written from left to right.
class DigitGlyphs {
public:
    /// Glyphs of a text in the order of writing; clusters are byte offsets in it.
    using Shape = std::function<std::vector<WordGlyph>(std::string_view text)>;

    /// Appends the glyphs of `text` to `glyphs`, as `shape` would; false when `text` has to be shaped whole: it has no
    /// long number in it, or the font's digits depend on what stands beside them.
    bool append(std::string_view text, Shape const& shape, std::vector<WordGlyph>& glyphs);

private:
    enum class State { unknown, independent, dependent };

    [[nodiscard]] State look(Shape const& shape);
    /// The glyphs of a text with a number of two characters; empty when what surrounds the number reaches into it.
    [[nodiscard]] std::vector<WordGlyph> const& frame(std::string const& text, std::size_t at, Shape const& shape);

    State state_ = State::unknown;
    int seen_ = 0; // numbers before a look at the font pays
    std::array<WordGlyph, 128> glyphs_{};
    std::map<std::string, std::vector<WordGlyph>, std::less<>> frames_; // "$13" of "$1,234.53"
};

} // namespace deckle::text
