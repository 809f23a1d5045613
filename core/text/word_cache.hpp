/// Words shaped once: report tables repeat their numbers and words. Inside core/text only.
#pragma once
#include "base/diagnostics.hpp"
#include "text/font_set.hpp"
#include <memory>
#include <memory_resource>
#include <set>
#include <span>
#include <string_view>

struct hb_buffer_t;

namespace deckle::text {

/// In font units of its segment's face; cluster is a byte offset in the word; y upwards.
struct WordGlyph {
    std::uint16_t id = 0;
    std::uint16_t cluster : 15 = 0;
    std::uint16_t joined : 1 = 0; // what stands before it decides on it (HarfBuzz: unsafe to break)
    std::int32_t advance = 0;
    std::int32_t x_offset = 0, y_offset = 0;
};

struct WordSegment {
    Face const* face = nullptr;
    std::uint32_t first = 0, count = 0; // glyphs
    std::uint32_t begin = 0, end = 0;   // bytes of the word
};

struct ShapePlan;

/// A word as drawn, from left to right, at any size.
struct ShapedWord {
    std::string_view text;
    std::uint32_t font = 0;
    bool rtl = false;
    bool spaced = false;  // shaped without optional ligatures, for letter-spacing
    bool spaces = false;  // consists of U+0020 only
    bool missing = false; // no font has some character of it
    std::span<WordGlyph const> glyphs;
    std::span<WordSegment const> segments;
    double advance = 0;         // em
    std::uint32_t clusters = 0; // letter-spacing goes after each

    /// Advance in em, and number, of the clusters that begin before byte `offset`.
    struct Part {
        double advance = 0;
        std::uint32_t clusters = 0;
    };
    [[nodiscard]] Part before(std::uint32_t offset) const;
};

/// Longest text shaped in one piece; clusters are 16 bits wide.
inline constexpr std::size_t max_word_bytes = 4096;

/// The words of a FontSet, looked up for one document; what no font has is a diagnostic of each document.
class WordCache {
public:
    WordCache(FontSet& fonts, Diagnostics& diagnostics);
    ~WordCache();
    WordCache(WordCache const&) = delete;
    WordCache& operator=(WordCache const&) = delete;

    /// REQUIRES: text is valid UTF-8, not empty, at most max_word_bytes, without line ends.
    ShapedWord const* word(std::string_view text, Font const& font, bool rtl, bool spaced);
    /// Owns the words given since the last trim(); texts that point at them hold it.
    [[nodiscard]] std::shared_ptr<void const> keep() const { return fonts_.words(); }
    /// Starts anew when the words take much memory; words in use stay with their texts.
    void trim();
    void set_position(Position const& position) { position_ = &position; }

private:
    ShapedWord* shape(std::string_view text, Font const& font, bool rtl, bool spaced);
    [[nodiscard]] ShapePlan& plan_for(Face const& face, Font const& font, unsigned script, bool rtl, bool spaced);
    /// Appends the glyphs of bytes [begin, end) of `text`.
    void shape_glyphs(std::string_view text, std::size_t begin, std::size_t end, ShapePlan const& plan,
                      std::vector<WordGlyph>& glyphs);
    void shape_segment(std::string_view text, std::size_t begin, std::size_t end, Face const& face, Font const& font,
                       unsigned script, bool rtl, bool spaced);
    bool shape_by_character(std::string_view text, Font const& font, bool rtl, bool spaced);
    void report_missing(std::string_view text, Font const& font);
    void report_missing(std::string_view character, char32_t code, Font const& font);

    FontSet& fonts_;
    Diagnostics& diagnostics_;
    Position const* position_ = nullptr;
    std::set<char32_t> missing_;
    hb_buffer_t* buffer_ = nullptr;
    std::vector<WordGlyph> glyphs_;     // of the word in work
    std::vector<WordSegment> segments_; // of the word in work
};

} // namespace deckle::text
