#include "text/shaped_text.hpp"
#include "text/line_break.hpp"
#include "text/shaper.hpp"
#include "text/utf8.hpp"
#include "text/word_cache.hpp"
#include <algorithm>
#include <limits>

namespace deckle::text {
namespace {

constexpr double tolerance = 1e-3;             // points: sums of rounded advances may differ by this
constexpr std::uint32_t soft_hyphen_bytes = 2; // U+00AD in UTF-8

bool is_space(std::string_view text, std::size_t offset) {
    return text[offset] == ' ' || (text[offset] == '\xC2' && offset + 1 < text.size() && text[offset + 1] == '\xA0');
}

/// True when justification may widen what follows the character at `offset`, in a line that ends at `end`.
// https://www.w3.org/TR/css-text-3/#justify-opportunities
bool may_widen(std::string_view text, std::size_t offset, std::size_t end) {
    if (is_space(text, offset)) return true;
    if (static_cast<signed char>(text[offset]) >= 0 &&
        static_cast<signed char>(text[std::min(offset + 1, end - 1)]) >= 0)
        return false; // ASCII beside ASCII
    std::size_t next = offset;
    bool const here = is_ideographic(next_character(text, next));
    if (next >= end || is_space(text, next)) return false;
    std::size_t after = next;
    char32_t const c = next_character(text, after);
    return c != 0x3099 && c != 0x309A && (here || is_ideographic(c)); // marks stay with their letter
}

} // namespace

double ShapedText::word_part(Word const& word, std::uint32_t offset) const {
    if (offset <= word.begin) return 0;
    if (offset >= word.end) return word.advance;
    if (word.shape == nullptr) return 0;
    Run const& run = runs_[word.run];
    auto const part = word.shape->before(offset - word.begin);
    return part.advance * run.size + part.clusters * static_cast<double>(run.letter_spacing) +
           (word.shape->spaces ? (offset - word.begin) * static_cast<double>(run.word_spacing) : 0.0);
}

std::size_t ShapedText::word_at(std::uint32_t offset) const {
    auto const it = std::partition_point(words_.begin(), words_.end(), [&](Word const& w) { return w.end <= offset; });
    return static_cast<std::size_t>(it - words_.begin());
}

double ShapedText::x_at(std::uint32_t offset) const {
    if (offset == 0) return 0;
    auto const b = std::ranges::lower_bound(breaks_, offset, {}, &Break::next);
    if (b != breaks_.end() && b->next == offset) return b->x_next;
    std::size_t const w = word_at(offset);
    if (w == words_.size()) return breaks_.empty() ? 0 : breaks_.back().x_next;
    return words_[w].x + word_part(words_[w], offset);
}

ContentWidths ShapedText::widths(bool anywhere) const {
    ContentWidths widths;
    if (anywhere) {
        widths.max = this->widths().max;
        for (Word const& word : words_) {
            if (word.shape == nullptr) widths.min = std::max<double>(widths.min, word.advance);
            if (word.shape == nullptr || word.shape->spaces) continue;
            double last = 0;
            for (std::uint32_t const end : cluster_ends(word)) {
                double const x = word_part(word, end);
                widths.min = std::max(widths.min, x - last);
                last = x;
            }
        }
        return widths;
    }
    double part = 0, line = 0; // where they began
    for (Break const& b : breaks_) {
        widths.min = std::max(widths.min, b.x_end - part + b.hyphen);
        part = b.x_next;
        if (b.kind == Break::Kind::forced || b.kind == Break::Kind::end) {
            widths.max = std::max(widths.max, b.x_end - line);
            line = b.x_next;
        }
    }
    return widths;
}

Line ShapedText::line(std::uint32_t begin, double available, bool anywhere) const {
    double const start = x_at(begin);
    auto b = std::ranges::upper_bound(breaks_, begin, {}, &Break::next);
    Line best;
    best.begin = best.end = best.next = begin;
    bool found = false;
    for (; b != breaks_.end(); ++b) {
        double const bare = std::max(0.0, b->x_end - start);
        if (found && bare > available + tolerance) break;
        double const width = bare + b->hyphen;
        bool const fits = width <= available + tolerance;
        if (!found || fits) {
            best = {begin, std::max(begin, b->end), b->next, width, b->kind, !fits, false};
            found = fits;
        }
        if (!found) break;
        if (b->kind == Break::Kind::forced || b->kind == Break::Kind::end) break;
    }
    if (!found && anywhere && best.end > begin) {
        Line const part = cluster_line(begin, available);
        if (part.end > begin && part.end < best.end) return part;
    }
    return best;
}

std::vector<std::uint32_t> ShapedText::cluster_ends(Word const& word) {
    std::vector<std::uint32_t> ends;
    if (word.shape != nullptr)
        for (WordGlyph const& glyph : word.shape->glyphs)
            if (glyph.cluster > 0) ends.push_back(word.begin + glyph.cluster);
    ends.push_back(word.end);
    std::ranges::sort(ends);
    return ends;
}

Line ShapedText::full_line(Line const& line, double available) const {
    Line const full = cluster_line(line.begin, available);
    return full.end > line.next ? full : line;
}

Line ShapedText::cluster_line(std::uint32_t begin, double available) const {
    double const start = x_at(begin);
    Line line{begin, begin, begin, 0, Break::Kind::allowed, false, true};
    for (std::size_t w = word_at(begin); w < words_.size(); ++w) {
        Word const& word = words_[w];
        for (std::uint32_t const end : cluster_ends(word)) {
            if (end <= line.end) continue;
            double const width = word.x + word_part(word, end) - start;
            if (width > available + tolerance && line.end > begin) return line;
            line.end = line.next = end;
            line.width = width;
            line.overflow = width > available + tolerance;
        }
    }
    return line;
}

Line ShapedText::unbroken_line(std::uint32_t begin) const {
    double const start = x_at(begin);
    auto b = std::ranges::upper_bound(breaks_, begin, {}, &Break::next);
    while (b != breaks_.end() && b->kind != Break::Kind::forced && b->kind != Break::Kind::end) ++b;
    if (b == breaks_.end()) return {begin, begin, begin, 0, Break::Kind::end, false, false};
    return {begin, std::max(begin, b->end), b->next, std::max(0.0, b->x_end - start), b->kind, false, false};
}

unsigned ShapedText::spaces(Line const& line) const {
    unsigned count = 0;
    for (std::size_t i = line.begin; i < line.end; ++i)
        if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U && may_widen(text_, i, line.end)) ++count;
    return count;
}

std::vector<Piece> ShapedText::pieces(Line const& line, double space_extra) const {
    std::vector<Piece> pieces;
    std::size_t first = line.begin == 0 ? 0 : word_at(line.begin);
    auto const is_empty = [this](std::size_t w) { return words_[w].begin == words_[w].end; };
    while (first > 0 && is_empty(first - 1) && words_[first - 1].begin == line.begin) --first;
    std::size_t last = first;
    while (last < words_.size() && words_[last].begin < line.end) ++last;
    // Empty inline boxes after the last text belong to the last line.
    while (line.kind == Break::Kind::end && last < words_.size() && is_empty(last)) ++last;

    std::vector<std::uint32_t> order;
    if (reordered_) {
        std::vector<std::uint8_t> levels;
        for (std::size_t w = first; w < last; ++w) levels.push_back(words_[w].level);
        order = visual_order(levels);
    }

    double x = 0;
    double pending = 0; // width of a trail or lead between pieces
    auto const add = [&](Word const& word, ShapedWord const* shape, std::uint32_t word_from, std::uint32_t word_to) {
        Run const& run = runs_[word.run];
        bool const rtl = (word.level & 1U) != 0;
        if (shape == nullptr) {
            if (word.begin != word.end && text_[word.begin] == '\n') return;
            Piece piece;
            piece.run = word.run;
            piece.size = run.size;
            piece.rtl = rtl;
            piece.x = x += std::exchange(pending, 0);
            piece.width = word.advance;
            piece.begin = word.begin;
            piece.end = word.end;
            x += word.advance;
            pieces.push_back(std::move(piece));
            return;
        }
        bool const is_hyphen = shape == run.hyphen && word_from == word_to;
        for (WordSegment const& segment : shape->segments) {
            std::uint32_t const from = is_hyphen ? word_from : std::max(word_from, word.begin + segment.begin);
            std::uint32_t const to = is_hyphen ? word_to : std::min(word_to, word.begin + segment.end);
            if (from >= to && !is_hyphen) continue;
            bool const joins = !pieces.empty() && pending == 0 && pieces.back().run == word.run &&
                               pieces.back().face == segment.face && pieces.back().rtl == rtl &&
                               (is_hyphen || (rtl ? pieces.back().begin == to : pieces.back().end == from));
            if (!joins) {
                Piece piece;
                piece.run = word.run;
                piece.face = segment.face;
                piece.size = run.size;
                piece.rtl = rtl;
                piece.x = x += std::exchange(pending, 0);
                piece.begin = std::numeric_limits<std::uint32_t>::max();
                pieces.push_back(std::move(piece));
            }
            Piece& piece = pieces.back();
            double const scale = static_cast<double>(run.size) / segment.face->upem();
            auto const glyphs = shape->glyphs.subspan(segment.first, segment.count);
            if (piece.glyphs.empty()) piece.glyphs.reserve(std::max<std::size_t>(glyphs.size(), line.end - line.begin));
            for (std::size_t i = 0; i < glyphs.size(); ++i) {
                WordGlyph const& glyph = glyphs[i];
                std::uint32_t const cluster = is_hyphen ? from - soft_hyphen_bytes : word.begin + glyph.cluster;
                if (!is_hyphen && (cluster < from || cluster >= to)) continue;
                double advance = glyph.advance * scale;
                // Spacing goes after the last glyph of a cluster.
                bool const ends_cluster = i + 1 == glyphs.size() || glyphs[i + 1].cluster != glyph.cluster;
                if (ends_cluster) {
                    advance += run.letter_spacing;
                    if (shape->spaces) advance += run.word_spacing;
                    if (space_extra != 0 && may_widen(text_, cluster, line.end)) advance += space_extra;
                }
                piece.glyphs.push_back({glyph.id, cluster, static_cast<float>(advance),
                                        static_cast<float>(glyph.x_offset * scale),
                                        static_cast<float>(-glyph.y_offset * scale)});
                x += advance;
            }
            piece.begin = std::min(piece.begin, is_hyphen ? from - soft_hyphen_bytes : from);
            piece.end = std::max(piece.end, to);
            piece.width = x - piece.x;
        }
    };

    for (std::size_t i = 0; i < last - first; ++i) {
        Word const& word = words_[reordered_ ? first + order[i] : first + i];
        Run const& run = runs_[word.run];
        bool const rtl = (word.level & 1U) != 0;
        std::uint32_t const from = std::max(word.begin, line.begin), to = std::min(word.end, line.end);
        bool const starts = word.begin == run.begin && from == word.begin;
        bool const ends = word.end == runs_[word.run + 1].begin && to == word.end;
        if (!reordered_ && starts) pending += run.lead;
        bool const last_word = first + (reordered_ ? order[i] : i) + 1 == last;
        bool const hyphen = last_word && line.kind == Break::Kind::hyphen && run.hyphen != nullptr;
        if (hyphen && rtl) add(word, run.hyphen, to, to);
        add(word, word.shape, from, to);
        if (hyphen && !rtl) add(word, run.hyphen, to, to);
        if (!reordered_ && ends) pending += run.trail;
    }
    for (Piece& piece : pieces)
        for (Glyph& glyph : piece.glyphs) glyph.cluster -= piece.begin;
    return pieces;
}

} // namespace deckle::text
