/// A shaped paragraph: where its lines may end, how wide they are, and which glyphs stand where.
/// Offsets are bytes in text(); x and widths are points along the line.
#pragma once
#include "text/face.hpp"
#include "text/glyph.hpp"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace deckle::text {

struct ContentWidths;
struct ShapedWord;
class Shaper;

/// A place where a line may or must end; the last one of a paragraph is its end.
struct Break {
    enum class Kind : std::uint8_t { allowed, hyphen, forced, end } kind = Kind::allowed;
    std::uint32_t end = 0;        // what is seen of the line ends here, before its trailing spaces
    std::uint32_t next = 0;       // the next line begins here
    double x_end = 0, x_next = 0; // both measured from the paragraph's start as if it were one line
    float hyphen = 0;             // width of the hyphen that shows when the line ends here
};

struct Line {
    std::uint32_t begin = 0, end = 0, next = 0;
    double width = 0; // without trailing spaces, with the hyphen
    Break::Kind kind = Break::Kind::end;
    bool overflow = false;    // nothing fitted: `width` is more than was available
    bool inside_word = false; // broken between two clusters for want of a better place
};

/// Glyphs of one line that share run, face and direction, from left to right. An object (StyledRun::object_width) has
/// no face. The source text of a piece is text().substr(begin, end - begin); glyph clusters count from `begin`.
struct Piece {
    std::uint32_t run = 0; // index of the StyledRun
    Face const* face = nullptr;
    float size = 0;
    bool rtl = false;
    double x = 0, width = 0; // from the line's left edge
    std::uint32_t begin = 0, end = 0;
    std::vector<Glyph> glyphs;
};

class ShapedText {
public:
    [[nodiscard]] std::string const& text() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] std::vector<Break> const& breaks() const { return breaks_; }
    /// With `anywhere` lines may end between any two clusters.
    [[nodiscard]] ContentWidths widths(bool anywhere = false) const;
    /// Some of the text runs from right to left, or the paragraph does: pieces() then gives x without lead and trail.
    [[nodiscard]] bool reordered() const { return reordered_; }
    /// Range of a StyledRun in text().
    [[nodiscard]] std::uint32_t run_begin(std::size_t run) const { return runs_[run].begin; }
    [[nodiscard]] std::uint32_t run_end(std::size_t run) const { return runs_[run + 1].begin; }

    /// The longest line from `begin` that is no wider than `available`. When not even the first opportunity fits, the
    /// line overflows, or with `anywhere` breaks between clusters (at least one is taken).
    [[nodiscard]] Line line(std::uint32_t begin, double available, bool anywhere = false) const;
    /// `line` with as much of the next word as fits: word-break: break-all.
    [[nodiscard]] Line full_line(Line const& line, double available) const;
    /// The line that ends at the next forced break or the end: white-space: pre and nowrap.
    [[nodiscard]] Line unbroken_line(std::uint32_t begin) const;
    /// How many places justification can widen: spaces, and between ideographic characters.
    [[nodiscard]] unsigned spaces(Line const& line) const;
    /// The line's pieces in visual order, x from 0. `space_extra` is added to each of those places.
    [[nodiscard]] std::vector<Piece> pieces(Line const& line, double space_extra = 0) const;
    /// Logical distance from the paragraph's start to a cluster boundary.
    [[nodiscard]] double x_at(std::uint32_t offset) const;

private:
    friend class Shaper;

    /// A unit of shaping: letters between spaces, one stretch of spaces, or an object.
    struct Word {
        ShapedWord const* shape = nullptr; // nullptr: an object or a forced break
        std::uint32_t begin = 0, end = 0;
        std::uint32_t run = 0;
        std::uint8_t level = 0; // bidi
        double x = 0;           // logical start; the run's lead is already in
        float advance = 0;      // without lead and trail
    };
    struct Run {
        std::uint32_t begin = 0;
        float size = 0, letter_spacing = 0, word_spacing = 0, lead = 0, trail = 0;
        ShapedWord const* hyphen = nullptr; // where a soft hyphen may show
    };

    [[nodiscard]] double word_part(Word const& word, std::uint32_t offset) const;
    [[nodiscard]] std::size_t word_at(std::uint32_t offset) const;
    [[nodiscard]] Line cluster_line(std::uint32_t begin, double available) const;
    /// In ascending order.
    [[nodiscard]] static std::vector<std::uint32_t> cluster_ends(Word const& word);

    std::string text_;
    std::vector<Word> words_;
    std::vector<Break> breaks_;
    std::vector<Run> runs_; // and one more that begins at the end
    std::uint8_t base_level_ = 0;
    bool reordered_ = false;           // some level is not 0
    std::shared_ptr<void const> keep_; // the shaper's words that this text points into
};

} // namespace deckle::text
