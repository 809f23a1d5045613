#include "text/shaper.hpp"
#include "text/line_break.hpp"
#include "text/utf8.hpp"
#include "text/word_cache.hpp"
#include <algorithm>
#include <cassert>

namespace deckle::text {
namespace {

/// ASCII word bytes are the common case: anything else is looked at more closely.
bool is_plain(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte >= 0x7F || (byte < 0x20 && byte != '\n');
    });
}

/// Ideographic characters break nearly everywhere: each is shaped by itself, and so remembered.
bool ideographic_around(std::string_view text, std::size_t offset) {
    std::size_t before = offset - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) --before;
    return is_ideographic(next_character(text, before)) || is_ideographic(next_character(text, offset));
}

/// Between two letters, where punctuation and spaces would allow a line to end.
bool letters_around(std::string_view text, std::size_t offset) {
    std::size_t before = offset - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) --before;
    auto const letter = [](char32_t c) { return is_ideographic(c) && !(c >= 0x3000 && c <= 0x303F) && c < 0xFF00; };
    return letter(next_character(text, before)) && letter(next_character(text, offset));
}

} // namespace

struct Shaper::State {
    State(FontSet& fonts, Diagnostics& d) : diagnostics(d), words(fonts, d) {}

    Diagnostics& diagnostics;
    WordCache words;
    LineBreaker breaker;
    std::vector<BreakAt> breaks;
    std::vector<std::uint8_t> levels;
    ShapedText scratch;

    void shape(std::span<StyledRun const> runs, Direction direction, Position const& position,
               std::string_view line_break, ShapedText& out);
    void append_clean(std::string& text, std::string_view added, Position const& position);
    void filter_breaks(std::span<StyledRun const> runs, ShapedText const& text);
    void add_words(std::span<StyledRun const> runs, ShapedText& out);
    void add_breaks(std::span<StyledRun const> runs, ShapedText& out);
};

/// Appends with line separators as "\n", other control characters as spaces and broken UTF-8 as U+FFFD.
void Shaper::State::append_clean(std::string& text, std::string_view added, Position const& position) {
    bool broken = false;
    for (std::size_t i = 0; i < added.size();) {
        std::size_t const begin = i;
        char32_t const c = next_character(added, i);
        if (c == 0x85 || c == 0x2028 || c == 0x2029) {
            text += '\n';
        } else if (c == invalid_character) {
            text += "\xEF\xBF\xBD";
            broken = true;
        } else if ((c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0)) {
            text += ' ';
        } else {
            text.append(added, begin, i - begin);
        }
    }
    if (broken)
        diagnostics.warning("invalid-utf8",
                            "text is not valid UTF-8; the broken bytes show as U+FFFD: save the source as UTF-8",
                            position);
}

void Shaper::State::shape(std::span<StyledRun const> runs, Direction direction, Position const& position,
                          std::string_view line_break, ShapedText& out) {
    words.trim();
    words.set_position(position);
    out.text_.clear();
    out.words_.clear();
    out.breaks_.clear();
    out.runs_.clear();
    bool plain = true;
    for (StyledRun const& run : runs) {
        assert(run.font != nullptr || run.object_width);
        out.runs_.push_back({static_cast<std::uint32_t>(out.text_.size()), run.size, run.letter_spacing,
                             run.word_spacing, run.lead, run.trail, nullptr});
        if (is_plain(run.text)) {
            out.text_ += run.text;
        } else {
            plain = false;
            append_clean(out.text_, run.text, position);
        }
    }
    out.runs_.push_back({static_cast<std::uint32_t>(out.text_.size()), 0, 0, 0, 0, 0, nullptr});
    out.base_level_ = direction == Direction::rtl ? 1 : 0;
    out.reordered_ = direction == Direction::rtl || (!plain && needs_bidi(out.text_));
    if (out.reordered_) bidi_levels(out.text_, out.base_level_, levels);

    breaks.clear();
    if (plain)
        ascii_line_breaks(out.text_, breaks);
    else {
        std::string language = runs.front().font != nullptr ? runs.front().font->request().language : "";
        if (!line_break.empty()) language.append("@lb=").append(line_break);
        breaker.breaks(out.text_, language, breaks);
    }
    filter_breaks(runs, out);
    add_words(runs, out);
    add_breaks(runs, out);
    out.keep_ = words.keep();
}

/// Takes out what lies inside text that must not wrap.
void Shaper::State::filter_breaks(std::span<StyledRun const> runs, ShapedText const& text) {
    if (std::ranges::all_of(runs, [](StyledRun const& r) { return r.wrap && !r.keep_all; })) return;
    auto const run_at = [&](std::uint32_t offset) -> StyledRun const& {
        auto const it = std::upper_bound(text.runs_.begin(), text.runs_.end() - 1, offset,
                                         [](std::uint32_t o, ShapedText::Run const& r) { return o < r.begin; });
        return runs[static_cast<std::size_t>(it - text.runs_.begin()) - 1];
    };
    std::erase_if(breaks, [&](BreakAt const& b) {
        if (b.forced) return false;
        StyledRun const &before = run_at(b.offset - 1), &after = run_at(b.offset);
        if (!before.wrap && !after.wrap) return true;
        return before.keep_all && after.keep_all && letters_around(text.text_, b.offset);
    });
}

void Shaper::State::add_words(std::span<StyledRun const> runs, ShapedText& out) {
    std::string_view const text = out.text_;
    double x = 0;
    std::size_t next_break = 0;
    for (std::uint32_t r = 0; r < runs.size(); ++r) {
        StyledRun const& run = runs[r];
        std::uint32_t const begin = out.runs_[r].begin, end = out.runs_[r + 1].begin;
        bool const spaced = run.letter_spacing != 0;
        x += run.lead;
        if (begin == end || run.object_width) {
            float const width = run.object_width.value_or(0.0F);
            if (begin != end || run.lead != 0 || run.trail != 0)
                out.words_.push_back({nullptr, begin, end, r,
                                      out.reordered_ && begin < text.size() ? levels[begin] : out.base_level_, x,
                                      width});
            x += width + run.trail;
            continue;
        }
        for (std::uint32_t at = begin; at < end;) {
            std::uint8_t const level = out.reordered_ ? levels[at] : std::uint8_t{0};
            std::uint32_t stop = at + 1;
            if (text[at] == '\n') {
                out.words_.push_back({nullptr, at, stop, r, level, x, 0});
                at = stop;
                continue;
            }
            bool const spaces = text[at] == ' ';
            while (stop < end && (text[stop] == ' ') == spaces && text[stop] != '\n' &&
                   (!out.reordered_ || levels[stop] == level)) {
                if (static_cast<signed char>(text[stop]) < -64) { // inside a character: never split
                    ++stop;
                    continue;
                }
                while (next_break < breaks.size() && breaks[next_break].offset < stop) ++next_break;
                if (next_break < breaks.size() && breaks[next_break].offset == stop && ideographic_around(text, stop))
                    break;
                if (stop - at + 8 > max_word_bytes) break;
                ++stop;
            }
            ShapedWord const* const word = words.word(text.substr(at, stop - at), *run.font, (level & 1U) != 0, spaced);
            double const advance = word->advance * run.size + static_cast<double>(word->clusters) * run.letter_spacing +
                                   (spaces ? static_cast<double>(stop - at) * run.word_spacing : 0.0);
            out.words_.push_back({word, at, stop, r, level, x, static_cast<float>(advance)});
            x += advance;
            at = stop;
        }
        x += run.trail;
    }
}

void Shaper::State::add_breaks(std::span<StyledRun const> runs, ShapedText& out) {
    std::string_view const text = out.text_;
    std::uint32_t seen_end = 0; // of what is visible so far
    double seen_x = 0, x = 0;
    std::size_t b = 0;
    auto const hyphen_width = [&](ShapedText::Word const& word) {
        StyledRun const& run = runs[word.run];
        if (run.font == nullptr) return 0.0F;
        ShapedWord const*& hyphen = out.runs_[word.run].hyphen;
        if (hyphen == nullptr) {
            char const* const sign = run.font->primary().glyph(U'\u2010') != 0 ? "\u2010" : "-";
            hyphen = words.word(sign, *run.font, (word.level & 1U) != 0, run.letter_spacing != 0);
        }
        return static_cast<float>(hyphen->advance * run.size) +
               static_cast<float>(hyphen->clusters) * run.letter_spacing;
    };
    for (ShapedText::Word const& word : out.words_) {
        ShapedText::Run const& run = out.runs_[word.run];
        bool const visible =
            word.shape != nullptr ? !word.shape->spaces : word.end == word.begin || text[word.begin] != '\n';
        for (; b < breaks.size() && breaks[b].offset < word.end; ++b) {
            double const inner = word.x + out.word_part(word, breaks[b].offset);
            bool const soft =
                visible && breaks[b].offset - word.begin >= 2 && text.substr(breaks[b].offset - 2, 2) == "\u00AD";
            if (visible)
                out.breaks_.push_back({soft ? Break::Kind::hyphen : Break::Kind::allowed, breaks[b].offset,
                                       breaks[b].offset, inner, inner, soft ? hyphen_width(word) : 0.0F});
            else
                out.breaks_.push_back({Break::Kind::allowed, seen_end, breaks[b].offset, seen_x, inner, 0});
        }
        x = word.x + word.advance + (word.end == out.runs_[word.run + 1].begin ? run.trail : 0.0F);
        if (visible) {
            seen_end = word.end;
            seen_x = x;
        }
        if (b < breaks.size() && breaks[b].offset == word.end && word.end != word.begin) {
            bool const soft = visible && word.end - word.begin >= 2 && text.substr(word.end - 2, 2) == "\u00AD";
            out.breaks_.push_back({breaks[b].forced ? Break::Kind::forced
                                   : soft           ? Break::Kind::hyphen
                                                    : Break::Kind::allowed,
                                   seen_end, word.end, seen_x, x,
                                   soft && !breaks[b].forced ? hyphen_width(word) : 0.0F});
            ++b;
        }
    }
    out.breaks_.push_back({Break::Kind::end, seen_end, static_cast<std::uint32_t>(text.size()), seen_x, x, 0});
}

Shaper::Shaper(FontSet& fonts, Diagnostics& diagnostics) : state_(std::make_unique<State>(fonts, diagnostics)) {}
Shaper::~Shaper() = default;

ShapedText Shaper::shape(std::span<StyledRun const> runs, Direction direction, Position const& position,
                         std::string_view line_break) {
    ShapedText text;
    state_->shape(runs, direction, position, line_break, text);
    return text;
}

ContentWidths Shaper::measure(std::span<StyledRun const> runs, Direction direction, bool anywhere) {
    state_->shape(runs, direction, {}, {}, state_->scratch);
    return state_->scratch.widths(anywhere);
}

double Shaper::width(std::string_view text, Font const& font, float size) {
    StyledRun run;
    run.text = text;
    run.font = &font;
    run.size = size;
    state_->shape({&run, 1}, Direction::ltr, {}, {}, state_->scratch);
    return state_->scratch.breaks_.back().x_next;
}

} // namespace deckle::text
