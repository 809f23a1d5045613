/// From styled text to shaped paragraphs. White space is the caller's: collapse it first, turn <br> into "\n".
#pragma once
#include "base/diagnostics.hpp"
#include "text/font_set.hpp"
#include "text/shaped_text.hpp"
#include <span>

namespace deckle::text {

/// A stretch of a paragraph in one style. `text` must live until shape() returns.
struct StyledRun {
    std::string_view text; // UTF-8; "\n" forces a line break; U+00AD may show a hyphen; tabs count as spaces
    Font const* font = nullptr;
    float size = 0;           // font size in points
    float letter_spacing = 0; // after each cluster, points; not 0 switches ligatures off
    float word_spacing = 0;   // on each space
    bool wrap = true;         // false: no line may end inside (white-space: nowrap)
    bool keep_all = false;    // no line may end between Chinese, Japanese or Korean letters (word-break: keep-all)
    float lead = 0,
          trail = 0; // points before the first and after the last cluster: an inline box's margin, border, padding
    std::optional<float> object_width; // an inline box: text must be "\uFFFC"; a piece without face and glyphs results
};

enum class Direction : std::uint8_t { ltr, rtl };

/// Widths of a paragraph in points.
struct ContentWidths {
    double min = 0; // every opportunity taken
    double max = 0; // only forced breaks taken
};

/// Shapes and breaks text; the FontSet remembers words. One per document (not thread-safe); must not outlive the
/// FontSet.
/// A character that no font has is a warning "missing-glyph" and is drawn as the first font's empty box.
class Shaper {
public:
    Shaper(FontSet& fonts, Diagnostics& diagnostics);
    ~Shaper();
    Shaper(Shaper const&) = delete;
    Shaper& operator=(Shaper const&) = delete;

    /// Invalid UTF-8 becomes U+FFFD with a warning. Runs may be empty. `position` is used for warnings.
    /// `line_break` is ICU's "lb": "strict", "normal", "loose"; empty = of the language.
    [[nodiscard]] ShapedText shape(std::span<StyledRun const> runs, Direction direction = Direction::ltr,
                                   Position const& position = {}, std::string_view line_break = {});
    /// As shape().widths(), without keeping the glyphs.
    [[nodiscard]] ContentWidths measure(std::span<StyledRun const> runs, Direction direction = Direction::ltr,
                                        bool anywhere = false);
    /// Width of one line of text: labels, leaders, markers.
    [[nodiscard]] double width(std::string_view text, Font const& font, float size);

    struct State;

private:
    std::unique_ptr<State> state_;
};

} // namespace deckle::text
