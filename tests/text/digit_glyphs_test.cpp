// Numbers put together from their digits must be what HarfBuzz makes of them.
#include "text/word_cache.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <hb.h>
#include <random>

namespace deckle::text {
namespace {

/// Glyphs of the whole text, straight from HarfBuzz.
std::string by_harfbuzz(std::string const& text, Font const& font) {
    hb_buffer_t* const buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("en", -1));
    std::vector<hb_feature_t> features;
    for (Feature const& f : font.request().features)
        features.push_back({hb_tag_from_string(f.tag.data(), 4), static_cast<std::uint32_t>(f.value),
                            HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
    hb_shape(font.primary().hb_font(), buffer, features.data(), static_cast<unsigned>(features.size()));
    unsigned count = 0;
    auto const* const info = hb_buffer_get_glyph_infos(buffer, &count);
    auto const* const position = hb_buffer_get_glyph_positions(buffer, &count);
    std::string out;
    for (unsigned i = 0; i < count; ++i)
        out += fmt::format("{}@{}+{} ", info[i].codepoint, info[i].cluster, position[i].x_advance);
    hb_buffer_destroy(buffer);
    return out;
}

std::string by_cache(ShapedWord const& word) {
    std::string out;
    for (WordGlyph const& g : word.glyphs) out += fmt::format("{}@{}+{} ", g.id, unsigned{g.cluster}, g.advance);
    return out;
}

/// What stands in reports, and worse.
std::string random_number(std::mt19937& random) {
    static char const* const before[] = {"",  "",  "",  "$", "\u2212", "-",  "(",   "(",
                                         "€", "+", "x", "Q", "#",      "1:", "US$", "1-"};
    static char const* const after[] = {"",  "",  "",  ")", "%",  "k",      "x",  "/",
                                        ":", "-", ".", ",", "th", "\u2212", "e5", ":30"};
    auto const pick = [&](std::size_t n) { return random() % n; };
    std::string text = before[pick(std::size(before))];
    for (std::size_t n = 1 + pick(12); n > 0; --n) {
        text += static_cast<char>('0' + pick(10));
        if (n > 1 && pick(4) == 0) text += pick(2) == 0 ? "," : ".";
    }
    return text + after[pick(std::size(after))];
}

class Numbers : public testing::TestWithParam<std::pair<char const*, bool>> {};

TEST_P(Numbers, AreWhatHarfBuzzMakesOfThem) {
    FontSet fonts;
    fonts.add_standard();
    FontRequest request;
    request.families = {GetParam().first};
    if (GetParam().second) request.features = {{"tnum", 1}};
    Font const& font = fonts.font(request);
    ASSERT_EQ(font.primary().family(), GetParam().first);
    Diagnostics diagnostics;
    WordCache words(fonts, diagnostics);
    std::mt19937 random(7);
    for (int i = 0; i < 4000; ++i) {
        std::string const text = random_number(random);
        ASSERT_EQ(by_cache(*words.word(text, font, false, false)), by_harfbuzz(text, font)) << text;
    }
}

INSTANTIATE_TEST_SUITE_P(Fonts, Numbers,
                         testing::Values(std::pair{"Inter", true}, std::pair{"Inter", false},
                                         std::pair{"Liberation Sans", false}, std::pair{"Liberation Serif", true},
                                         std::pair{"Liberation Mono", false}, std::pair{"DejaVu Sans", false},
                                         std::pair{"IPAGothic", false}),
                         [](auto const& test) {
                             std::string name = test.param.first;
                             std::erase(name, ' ');
                             return name + (test.param.second ? "Tabular" : "");
                         });

} // namespace
} // namespace deckle::text
