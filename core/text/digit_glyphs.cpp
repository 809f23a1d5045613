#include "text/digit_glyphs.hpp"
#include "base/text.hpp"
#include <algorithm>

namespace deckle::text {
namespace {

constexpr std::size_t shortest_run = 4;
constexpr int numbers_before_a_look = 12;
constexpr std::size_t most_frames = 4096;

std::size_t cluster_of(WordGlyph const& glyph) {
    return glyph.cluster;
}

/// Every digit behind every digit, and point and comma on both sides of each digit.
std::string sample() {
    std::string text;
    for (char a = '0'; a <= '9'; ++a) {
        text += a;
        for (char b = static_cast<char>(a + 1); b <= '9'; ++b) (text += a) += b;
    }
    for (char a = '0'; a <= '9'; ++a) {
        for (char const c : {a, '.', a, ','}) text += c;
    }
    return text + '0';
}

} // namespace

std::optional<DigitRun> find_digit_run(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i])) continue;
        std::size_t end = i + 1;
        while (end < text.size()) {
            bool const mark = text[end] == '.' || text[end] == ',';
            if (mark && end + 1 < text.size() && is_digit(text[end + 1]))
                end += 2;
            else if (is_digit(text[end]))
                ++end;
            else
                break;
        }
        if (end - i >= shortest_run) return DigitRun{i, end};
        i = end;
    }
    return std::nullopt;
}

bool DigitGlyphs::append(std::string_view text, Shape const& shape, std::vector<WordGlyph>& glyphs) {
    auto const run = find_digit_run(text);
    if (!run || state_ == State::dependent) return false;
    if (state_ == State::unknown) {
        if (++seen_ <= numbers_before_a_look) return false;
        state_ = look(shape);
        if (state_ == State::dependent) return false;
    }
    // A number alone is its characters; in "$1,234.53 " the characters between first and last are.
    bool const alone = run->begin == 0 && run->end == text.size();
    std::size_t const inner_begin = alone ? 0 : run->begin + 1;
    std::size_t const inner_end = alone ? text.size() : run->end - 1;
    auto const inner = [&] {
        for (std::size_t i = inner_begin; i < inner_end; ++i) {
            glyphs.push_back(glyphs_[static_cast<unsigned char>(text[i])]);
            glyphs.back().cluster = static_cast<std::uint16_t>(i) & 0x7fffU;
        }
    };
    if (alone) {
        inner();
        return true;
    }
    std::string key(text.substr(0, inner_begin));
    key += text.substr(inner_end);
    auto const& outer = frame(key, inner_begin, shape);
    if (outer.empty()) return false;
    std::size_t const removed = inner_end - inner_begin;
    auto const seam = std::ranges::find(outer, inner_begin, cluster_of);
    glyphs.insert(glyphs.end(), outer.begin(), seam);
    inner();
    for (auto at = seam; at != outer.end(); ++at) {
        glyphs.push_back(*at);
        glyphs.back().cluster = (at->cluster + removed) & 0x7fffU;
    }
    return true;
}

DigitGlyphs::State DigitGlyphs::look(Shape const& shape) {
    std::string const text = sample();
    auto const glyphs = shape(text);
    if (glyphs.size() != text.size()) return State::dependent;
    std::array<bool, 128> known{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        WordGlyph const& glyph = glyphs[i];
        if (glyph.joined || glyph.cluster != i || glyph.id == 0) return State::dependent;
        WordGlyph& first = glyphs_[c];
        if (!std::exchange(known[c], true)) first = glyph;
        if (first.id != glyph.id || first.advance != glyph.advance || first.x_offset != glyph.x_offset ||
            first.y_offset != glyph.y_offset)
            return State::dependent;
    }
    return State::independent;
}

std::vector<WordGlyph> const& DigitGlyphs::frame(std::string const& text, std::size_t at, Shape const& shape) {
    if (auto const found = frames_.find(text); found != frames_.end()) return found->second;
    if (frames_.size() >= most_frames) frames_.clear();
    auto glyphs = shape(text);
    auto const of = [&](std::size_t cluster) { return std::ranges::count(glyphs, cluster, cluster_of); };
    auto const last = std::ranges::find(glyphs, at, cluster_of);
    bool const apart = of(at - 1) == 1 && of(at) == 1 && last != glyphs.begin() && !last->joined &&
                       cluster_of(*std::prev(last)) == at - 1;
    if (!apart) glyphs.clear();
    return frames_.emplace(text, std::move(glyphs)).first->second;
}

} // namespace deckle::text
