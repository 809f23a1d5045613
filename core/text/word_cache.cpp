#include "text/word_cache.hpp"
#include "text/digit_glyphs.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <cstring>
#include <fmt/core.h>
#include <hb.h>
#include <unicode/uchar.h>

namespace deckle::text {
namespace {

constexpr std::size_t store_limit = std::size_t{24} << 20; // bytes of shaped words before a fresh start

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    a = (a ^ b) * 0x9E3779B97F4A7C15ULL;
    return a ^ (a >> 32);
}

std::uint64_t hash_word(std::string_view text, std::uint32_t font, bool rtl, bool spaced) {
    std::uint64_t hash = mix(text.size() << 34 | std::uint64_t{font} << 2, (rtl ? 1U : 0U) | (spaced ? 2U : 0U));
    char const* at = text.data();
    std::size_t left = text.size();
    std::uint64_t chunk = 0;
    for (; left >= 8; at += 8, left -= 8) {
        std::memcpy(&chunk, at, 8);
        hash = mix(hash, chunk);
    }
    chunk = 0;
    std::memcpy(&chunk, at, left);
    return mix(hash, chunk);
}

/// Drawn by what stands before it: marks, joiners, variation selectors.
bool follows_base(char32_t c) {
    auto const type = u_charType(static_cast<UChar32>(c));
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK ||
           type == U_FORMAT_CHAR || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

template <class T>
std::span<T const> store_span(std::pmr::memory_resource& arena, std::vector<T> const& values) {
    if (values.empty()) return {};
    auto* const at = static_cast<T*>(arena.allocate(values.size() * sizeof(T), alignof(T)));
    std::copy(values.begin(), values.end(), at);
    return {at, values.size()};
}

} // namespace

/// What HarfBuzz prepares for a face, script, language and features: made once, not looked up for every word.
struct ShapePlan {
    Face const* face;
    unsigned font;
    hb_segment_properties_t properties;
    bool spaced;
    std::vector<hb_feature_t> features;
    std::unique_ptr<hb_shape_plan_t, decltype([](hb_shape_plan_t* p) { hb_shape_plan_destroy(p); })> plan;
    DigitGlyphs digits{};
};

/// Open addressing over words that live in an arena; the hash beside the pointer spares a look at other words.
struct WordStore {
    struct Slot {
        std::uint64_t key = 0;
        ShapedWord const* word = nullptr;
    };
    std::pmr::monotonic_buffer_resource arena{std::size_t{16} << 10};
    std::vector<Slot> slots = std::vector<Slot>(1024);
    std::size_t count = 0, bytes = 0;

    std::vector<std::unique_ptr<ShapePlan>> plans; // few

    void add(std::uint64_t key, ShapedWord const* word) {
        if (++count * 2 > slots.size()) {
            std::vector<Slot> const old = std::exchange(slots, std::vector<Slot>(slots.size() * 2));
            for (Slot const& slot : old)
                if (slot.word != nullptr) place(slot);
        }
        place({key, word});
    }

private:
    void place(Slot slot) {
        std::size_t at = slot.key & (slots.size() - 1);
        while (slots[at].word != nullptr) at = (at + 1) & (slots.size() - 1);
        slots[at] = slot;
    }
};

ShapedWord::Part ShapedWord::before(std::uint32_t offset) const {
    Part part;
    std::int64_t last = -1;
    for (WordSegment const& segment : segments) {
        std::int64_t units = 0;
        for (WordGlyph const& glyph : glyphs.subspan(segment.first, segment.count)) {
            if (glyph.cluster >= offset) continue;
            units += glyph.advance;
            if (glyph.cluster != last) ++part.clusters;
            last = glyph.cluster;
        }
        part.advance += static_cast<double>(units) / segment.face->upem();
    }
    return part;
}

WordCache::WordCache(FontSet& fonts, Diagnostics& diagnostics)
    : fonts_(fonts), diagnostics_(diagnostics), buffer_(hb_buffer_create()) {
    trim();
}

WordCache::~WordCache() {
    hb_buffer_destroy(buffer_);
}

void WordCache::trim() {
    auto& store = fonts_.words();
    if (store == nullptr || store->bytes > store_limit) store = std::make_shared<WordStore>();
}

ShapedWord const* WordCache::word(std::string_view text, Font const& font, bool rtl, bool spaced) {
    std::uint64_t const key = hash_word(text, font.id(), rtl, spaced);
    WordStore& store = *fonts_.words();
    auto const& slots = store.slots;
    for (std::size_t at = key & (slots.size() - 1); slots[at].word != nullptr; at = (at + 1) & (slots.size() - 1)) {
        ShapedWord const& found = *slots[at].word;
        if (slots[at].key == key && found.font == font.id() && found.rtl == rtl && found.spaced == spaced &&
            found.text == text) {
            if (found.missing) report_missing(text, font);
            return &found;
        }
    }
    ShapedWord* const made = shape(text, font, rtl, spaced);
    store.add(key, made);
    return made;
}

ShapedWord* WordCache::shape(std::string_view text, Font const& font, bool rtl, bool spaced) {
    glyphs_.clear();
    segments_.clear();
    bool missing = false;
    bool const ascii = std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
    if (ascii && font.primary_is_general()) {
        shape_segment(text, 0, text.size(), font.primary(), font, HB_SCRIPT_LATIN, rtl, spaced);
        bool const complete = std::ranges::none_of(glyphs_, [](WordGlyph const& g) { return g.id == 0; });
        if (!complete) missing = shape_by_character(text, font, rtl, spaced);
    } else {
        missing = shape_by_character(text, font, rtl, spaced);
    }

    WordStore& store = *fonts_.words();
    auto* const word = new (store.arena.allocate(sizeof(ShapedWord), alignof(ShapedWord))) ShapedWord;
    auto* const copy = static_cast<char*>(store.arena.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    word->text = {copy, text.size()};
    word->font = font.id();
    word->rtl = rtl;
    word->spaced = spaced;
    word->missing = missing;
    word->spaces = text.find_first_not_of(' ') == std::string_view::npos;
    word->glyphs = store_span(store.arena, glyphs_);
    word->segments = store_span(store.arena, segments_);
    store.bytes += sizeof(ShapedWord) + text.size() + glyphs_.size() * sizeof(WordGlyph) +
                   segments_.size() * sizeof(WordSegment) + 2 * sizeof(void*);
    auto const all = word->before(static_cast<std::uint32_t>(text.size()));
    word->advance = all.advance;
    word->clusters = all.clusters;
    return word;
}

ShapePlan& WordCache::plan_for(Face const& face, Font const& font, unsigned script, bool rtl, bool spaced) {
    auto const direction = rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
    auto& plans = fonts_.words()->plans;
    auto const known = std::ranges::find_if(plans, [&](auto const& p) {
        return p->face == &face && p->font == font.id() && p->properties.script == static_cast<hb_script_t>(script) &&
               p->properties.direction == direction && p->spaced == spaced;
    });
    if (known != plans.end()) return **known;
    std::vector<hb_feature_t> features;
    auto const add = [&](std::string_view tag, unsigned value) {
        features.push_back({hb_tag_from_string(tag.data(), static_cast<int>(tag.size())), value,
                            HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
    };
    if (spaced) {
        add("liga", 0);
        add("clig", 0);
    }
    for (Feature const& feature : font.request().features) add(feature.tag, feature.value);
    std::string const& language = font.request().language;
    hb_segment_properties_t properties = HB_SEGMENT_PROPERTIES_DEFAULT;
    properties.script = static_cast<hb_script_t>(script);
    properties.direction = direction;
    properties.language = hb_language_from_string(language.empty() ? "en" : language.c_str(), -1);
    auto* const made = hb_shape_plan_create(face.hb_face(), &properties, features.data(),
                                            static_cast<unsigned>(features.size()), nullptr);
    plans.push_back(std::unique_ptr<ShapePlan>(
        new ShapePlan{&face, font.id(), properties, spaced, std::move(features), {made, {}}}));
    return *plans.back();
}

void WordCache::shape_glyphs(std::string_view text, std::size_t begin, std::size_t end, ShapePlan const& plan,
                             std::vector<WordGlyph>& glyphs) {
    hb_buffer_clear_contents(buffer_);
    hb_buffer_set_flags(buffer_, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_add_utf8(buffer_, text.data(), static_cast<int>(text.size()), static_cast<unsigned>(begin),
                       static_cast<int>(end - begin));
    hb_buffer_set_segment_properties(buffer_, &plan.properties);
    hb_shape_plan_execute(plan.plan.get(), plan.face->hb_font(), buffer_, plan.features.data(),
                          static_cast<unsigned>(plan.features.size()));
    unsigned count = 0;
    hb_glyph_info_t const* const info = hb_buffer_get_glyph_infos(buffer_, &count);
    hb_glyph_position_t const* const position = hb_buffer_get_glyph_positions(buffer_, &count);
    for (unsigned i = 0; i < count; ++i)
        glyphs.push_back({static_cast<std::uint16_t>(info[i].codepoint),
                          static_cast<std::uint16_t>(info[i].cluster & 0x7fffU),
                          (hb_glyph_info_get_glyph_flags(info + i) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
                          position[i].x_advance, position[i].x_offset, position[i].y_offset});
}

void WordCache::shape_segment(std::string_view text, std::size_t begin, std::size_t end, Face const& face,
                              Font const& font, unsigned script, bool rtl, bool spaced) {
    ShapePlan& plan = plan_for(face, font, script, rtl, spaced);
    auto const first = static_cast<std::uint32_t>(glyphs_.size());
    auto const shape = [&](std::string_view part) {
        std::vector<WordGlyph> glyphs;
        shape_glyphs(part, 0, part.size(), plan, glyphs);
        return glyphs;
    };
    bool const whole = begin == 0 && end == text.size();
    bool const number =
        whole && !rtl && plan.properties.script == HB_SCRIPT_LATIN && plan.digits.append(text, shape, glyphs_);
    if (!number) shape_glyphs(text, begin, end, plan, glyphs_);
    segments_.push_back({&face, first, static_cast<std::uint32_t>(glyphs_.size()) - first,
                         static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

/// Splits the word where the face or the script changes. True when no font has some character.
bool WordCache::shape_by_character(std::string_view text, Font const& font, bool rtl, bool spaced) {
    struct Stretch {
        std::size_t begin = 0, end = 0;
        Face const* face = nullptr;
        hb_script_t script = HB_SCRIPT_COMMON;
    };
    bool missing = false;
    std::vector<Stretch> stretches;
    hb_unicode_funcs_t* const unicode = hb_unicode_funcs_get_default();
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const begin = i;
        char32_t const character = next_character(text, i);
        hb_script_t script = hb_unicode_script(unicode, character);
        bool const neutral = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
        bool const follows = follows_base(character);
        Face const* face = nullptr;
        if (follows && !stretches.empty()) {
            face = stretches.back().face;
        } else if (follows) {
            face = &font.primary();
        } else {
            // One face for a stretch of punctuation and letters, so that "（株）" does not change face in the middle.
            if (neutral && !stretches.empty() && stretches.back().face->glyph(character) != 0 &&
                font.primary().glyph(character) == 0)
                face = stretches.back().face;
            else
                face = font.face_for(character);
            if (face == nullptr) {
                missing = true;
                report_missing(text.substr(begin, i - begin), character, font);
                face = &font.primary();
            }
        }
        if (!stretches.empty() && stretches.back().face == face &&
            (neutral || stretches.back().script == HB_SCRIPT_COMMON || stretches.back().script == script)) {
            stretches.back().end = i;
            if (!neutral) stretches.back().script = script;
        } else {
            stretches.push_back({begin, i, face, neutral ? HB_SCRIPT_COMMON : script});
        }
    }
    glyphs_.clear();
    segments_.clear();
    if (rtl) std::ranges::reverse(stretches);
    for (Stretch const& s : stretches)
        shape_segment(text, s.begin, s.end, *s.face, font, s.script == HB_SCRIPT_COMMON ? HB_SCRIPT_LATIN : s.script,
                      rtl, spaced);
    return missing;
}

/// Of a word that was shaped for another document.
void WordCache::report_missing(std::string_view text, Font const& font) {
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const begin = i;
        char32_t const character = next_character(text, i);
        if (!follows_base(character) && font.face_for(character) == nullptr)
            report_missing(text.substr(begin, i - begin), character, font);
    }
}

void WordCache::report_missing(std::string_view character, char32_t code, Font const& font) {
    if (!missing_.insert(code).second) return;
    char name[100] = {};
    UErrorCode status = U_ZERO_ERROR;
    u_charName(static_cast<UChar32>(code), U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
    diagnostics_.warning(
        "missing-glyph",
        fmt::format("no font has {} (U+{:04X} {}); text in {} shows an empty box: add a font that has it", character,
                    static_cast<unsigned>(code), name, font.primary().family()),
        position_ != nullptr ? *position_ : Position{});
}

} // namespace deckle::text
