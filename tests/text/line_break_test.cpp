#include "text/line_break.hpp"
#include <gtest/gtest.h>
#include <random>

using namespace deckle::text;

namespace {

std::string show(std::string_view text, std::vector<BreakAt> const& breaks) {
    std::string out;
    std::size_t at = 0;
    for (BreakAt const& b : breaks) {
        out += text.substr(at, b.offset - at);
        out += b.forced ? "¶" : "÷";
        at = b.offset;
    }
    return out + std::string(text.substr(at));
}

std::string ascii(std::string_view text) {
    std::vector<BreakAt> breaks;
    ascii_line_breaks(text, breaks);
    return show(text, breaks);
}

std::string icu(std::string_view text, std::string const& language = "") {
    static LineBreaker breaker;
    std::vector<BreakAt> breaks;
    breaker.breaks(text, language, breaks);
    return show(text, breaks);
}

TEST(LineBreak, Ascii) {
    EXPECT_EQ(ascii("Cash stays above"), "Cash ÷stays ÷above");
    EXPECT_EQ(ascii("$1,234.50 (12.5%)"), "$1,234.50 ÷(12.5%)");
    EXPECT_EQ(ascii("long-term 2026-10-31"), "long-÷term ÷2026-10-31");
    EXPECT_EQ(ascii("one\ntwo\n"), "one\n¶two\n");
    EXPECT_EQ(ascii(""), "");
}

// The ASCII rules must say what ICU says, for every short text over the characters that have a class of their own.
TEST(LineBreak, AsciiAgreesWithIcu) {
    std::mt19937 random(7);
    std::string const alphabet = "aZ09  --|([{)]}!?,.:;/\"'$+\\%#&*<=@_~\n";
    int wrong = 0;
    for (int i = 0; i < 300'000 && wrong < 25; ++i) {
        std::string text;
        std::size_t const length = 1 + random() % 9;
        for (std::size_t k = 0; k < length; ++k) text += alphabet[random() % alphabet.size()];
        if (ascii(text) != icu(text)) {
            ++wrong;
            ADD_FAILURE() << "ascii " << ascii(text) << "\n  icu " << icu(text);
        }
    }
}

TEST(LineBreak, IcuBeyondAscii) {
    EXPECT_EQ(icu("日本語。「はい」", "ja"), "日÷本÷語。÷「は÷い」");
    EXPECT_EQ(icu("20 €"), "20 ÷€");
    EXPECT_EQ(icu("a\xC2\xA0"
                  "b c"),
              "a\xC2\xA0"
              "b ÷c");
    EXPECT_EQ(icu("hy\xC2\xADphen"), "hy\xC2\xAD÷phen");
}

TEST(Bidi, NeededOnlyForRightToLeft) {
    EXPECT_FALSE(needs_bidi("Crème brûlée – 20 € − 日本語"));
    EXPECT_TRUE(needs_bidi("abc שלום"));
    EXPECT_TRUE(needs_bidi("مرحبا"));
}

TEST(Bidi, LevelsAndOrder) {
    std::vector<std::uint8_t> levels;
    bidi_levels("a \u05D0\u05D1 1", 0, levels);
    EXPECT_EQ(levels, (std::vector<std::uint8_t>{0, 0, 1, 1, 1, 1, 1, 2}));
    EXPECT_EQ(visual_order({0, 1, 1, 2, 0}), (std::vector<std::uint32_t>{0, 3, 2, 1, 4}));
    EXPECT_EQ(visual_order({}), std::vector<std::uint32_t>{});
}

} // namespace
