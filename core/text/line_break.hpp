/// Where lines may end. Inside core/text only.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

struct UBreakIterator;

namespace deckle::text {

struct BreakAt {
    std::uint32_t offset = 0; // the next line begins here
    bool forced = false;
};

/// The opportunities of ASCII text, its end left out. Same answer as ICU's.
// https://www.unicode.org/reports/tr14/
void ascii_line_breaks(std::string_view text, std::vector<BreakAt>& out);

/// ICU's line breaking, iterators kept by language.
class LineBreaker {
public:
    LineBreaker() = default;
    ~LineBreaker();
    LineBreaker(LineBreaker const&) = delete;
    LineBreaker& operator=(LineBreaker const&) = delete;

    /// REQUIRES: valid UTF-8. The end of the text is left out.
    void breaks(std::string_view text, std::string const& language, std::vector<BreakAt>& out);

private:
    std::map<std::string, UBreakIterator*, std::less<>> iterators_;
};

/// Bidi levels by byte. `base` is 0 or 1.
void bidi_levels(std::string_view text, std::uint8_t base, std::vector<std::uint8_t>& levels);
/// True when some character may be drawn right to left or is a bidi control.
[[nodiscard]] bool needs_bidi(std::string_view text);
/// Indices in visual order from left to right (rule L2).
[[nodiscard]] std::vector<std::uint32_t> visual_order(std::vector<std::uint8_t> const& levels);

} // namespace deckle::text
