#include "text/shaper.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace deckle;
using namespace deckle::text;

namespace {

class Square : public testing::Test {
protected:
    Square() { fonts.add_file(std::string(DECKLE_SOURCE_DIR) + "/tests/fonts/square.ttf"); }
    StyledRun run(std::string_view text, float size = 10) {
        StyledRun r;
        r.text = text;
        r.font = &fonts.font({});
        r.size = size;
        return r;
    }
    ShapedText shape(std::string_view text, Direction direction = Direction::ltr) {
        std::vector<StyledRun> const runs{run(text)};
        return shaper.shape(runs, direction);
    }
    /// Lines of a paragraph, a bar between them; "~" where a hyphen shows, "!" after a line that overflows.
    std::string wrap(ShapedText const& text, double width, bool anywhere = false) {
        std::string out;
        for (std::uint32_t at = 0; at < text.text().size();) {
            Line const line = text.line(at, width, anywhere);
            EXPECT_GT(line.next, at) << "no progress";
            if (line.next <= at) break;
            if (!out.empty()) out += '|';
            out += text.text().substr(line.begin, line.end - line.begin);
            if (line.kind == Break::Kind::hyphen) out += '~';
            if (line.overflow) out += '!';
            at = line.next;
        }
        return out;
    }
    static std::string dump(std::vector<Piece> const& pieces, ShapedText const& text) {
        std::string out;
        for (Piece const& p : pieces) {
            out += "[" + std::to_string(std::lround(p.x)) + "+" + std::to_string(std::lround(p.width)) + " " +
                   (p.face != nullptr ? text.text().substr(p.begin, p.end - p.begin) : "object") +
                   (p.rtl ? " rtl" : "") + "]";
        }
        return out;
    }

    FontSet fonts;
    Diagnostics diagnostics;
    Shaper shaper{fonts, diagnostics};
};

TEST_F(Square, WidthsAreCountable) {
    auto const text = shape("one three\nof");
    EXPECT_DOUBLE_EQ(text.widths().max, 90);
    EXPECT_DOUBLE_EQ(text.widths().min, 50);
    EXPECT_DOUBLE_EQ(shaper.width("abc ", fonts.font({}), 12), 48);
    std::vector<StyledRun> const runs{run("one three\nof")};
    EXPECT_DOUBLE_EQ(shaper.measure(runs).min, 50);
    EXPECT_DOUBLE_EQ(shape("").widths().max, 0);
}

TEST_F(Square, GreedyLines) {
    auto const text = shape("aa bb cccc d  e");
    EXPECT_EQ(wrap(text, 50), "aa bb|cccc|d  e");
    EXPECT_EQ(wrap(text, 79.9), "aa bb|cccc d|e");
    EXPECT_EQ(wrap(text, 1000), "aa bb cccc d  e");
    EXPECT_EQ(wrap(text, 30), "aa|bb|cccc!|d|e");
    EXPECT_EQ(wrap(text, 30, true), "aa|bb|ccc|c d|e");
    EXPECT_EQ(wrap(text, 1, true), "a!|a!|b!|b!|c!|c!|c!|c!|d!|e!");
    EXPECT_DOUBLE_EQ(text.line(0, 50).width, 50);
}

TEST_F(Square, TrailingSpacesTakeNoRoom) {
    auto const text = shape("aa   ");
    EXPECT_DOUBLE_EQ(text.widths().max, 20);
    Line const line = text.line(0, 20);
    EXPECT_EQ(line.end, 2U);
    EXPECT_EQ(line.next, 5U);
    EXPECT_FALSE(line.overflow);
    EXPECT_EQ(wrap(shape("   "), 5), "");
}

TEST_F(Square, ForcedBreaks) {
    auto const text = shape("a\n\nbb\n");
    EXPECT_EQ(wrap(text, 100), "a||bb");
    Line const line = text.unbroken_line(0);
    EXPECT_EQ(line.kind, Break::Kind::forced);
    EXPECT_EQ(line.end, 1U);
    EXPECT_EQ(line.next, 2U);
}

TEST_F(Square, SoftHyphenShowsOnlyAtTheEnd) {
    auto const text = shape("re\u00ADport");
    EXPECT_DOUBLE_EQ(text.widths().max, 60);
    EXPECT_DOUBLE_EQ(text.widths().min, 40);
    EXPECT_EQ(wrap(text, 60), "re\u00ADport");
    EXPECT_EQ(wrap(text, 50), "re\u00AD~|port");
    Line const line = text.line(0, 50);
    EXPECT_DOUBLE_EQ(line.width, 30);
    auto const pieces = text.pieces(line);
    ASSERT_EQ(pieces.size(), 1U);
    ASSERT_EQ(pieces[0].glyphs.size(), 3U);
    EXPECT_EQ(pieces[0].glyphs[2].id, fonts.font({}).primary().glyph(U'\u2010'));
    EXPECT_EQ(pieces[0].glyphs[2].cluster, 2U);
    EXPECT_EQ(text.pieces(text.line(0, 60))[0].glyphs.size(), 6U);
    EXPECT_EQ(wrap(text, 20), "re\u00AD~!|port!"); // with its hyphen even the first part is too wide
}

TEST_F(Square, SpacingAndPadding) {
    StyledRun a = run("ab c");
    a.letter_spacing = 1;
    a.word_spacing = 5;
    a.lead = 3;
    a.trail = 4;
    StyledRun const b = run("d");
    std::vector<StyledRun> const runs{a, b};
    auto const text = shaper.shape(runs);
    EXPECT_DOUBLE_EQ(text.widths().max, 40 + 4 + 5 + 3 + 4 + 10);
    auto const pieces = text.pieces(text.line(0, 1000));
    EXPECT_EQ(dump(pieces, text), "[3+49 ab c][56+10 d]");
    EXPECT_FLOAT_EQ(pieces[0].glyphs[2].x_advance, 16);
    EXPECT_EQ(dump(text.pieces(text.line(0, 30)), text), "[3+22 ab]");
    EXPECT_EQ(dump(text.pieces(text.line(3, 30)), text), "[0+11 c][15+10 d]");
}

TEST_F(Square, NoWrapRuns) {
    StyledRun a = run("a b ");
    a.wrap = false;
    StyledRun const b = run("c d");
    std::vector<StyledRun> const runs{a, b};
    EXPECT_EQ(wrap(shaper.shape(runs), 10), "a b!|c|d");
}

TEST_F(Square, Objects) {
    StyledRun object = run("\uFFFC");
    object.object_width = 35.0F;
    std::vector<StyledRun> const runs{run("ab "), object, run("cd")};
    auto const text = shaper.shape(runs);
    EXPECT_EQ(wrap(text, 70), "ab \uFFFC|cd");
    EXPECT_EQ(dump(text.pieces(text.line(0, 200)), text), "[0+30 ab ][30+35 object][65+20 cd]");
    EXPECT_TRUE(diagnostics.empty());
}

TEST_F(Square, EmptyInlineBoxKeepsItsPadding) {
    StyledRun box = run("");
    box.lead = 4;
    box.trail = 6;
    std::vector<StyledRun> const runs{run("ab"), box};
    auto const text = shaper.shape(runs);
    EXPECT_DOUBLE_EQ(text.widths().max, 30);
    EXPECT_EQ(dump(text.pieces(text.line(0, 100)), text), "[0+20 ab][24+0 object]");
}

TEST_F(Square, JustifyWidensSpaces) {
    auto const text = shape("a b\u00A0c d");
    Line const line = text.line(0, 55);
    EXPECT_EQ(text.spaces(line), 2U);
    auto const pieces = text.pieces(line, 2.5);
    EXPECT_EQ(dump(pieces, text), "[0+55 a b\u00A0c]");
}

TEST_F(Square, RightToLeft) {
    auto const text = shape("ab \u05D0\u05D1 12 cd");
    auto const pieces = text.pieces(text.line(0, 1000));
    EXPECT_EQ(dump(pieces, text), "[0+30 ab ][30+20 12][50+30 \u05D0\u05D1  rtl][80+30  cd]");
    ASSERT_EQ(pieces[2].glyphs.size(), 3U);
    EXPECT_EQ(pieces[2].glyphs[0].cluster, 4U); // the space stands left of the word, after it in the text
    EXPECT_EQ(pieces[2].glyphs[2].cluster, 0U);

    auto const rtl = shape("\u05D0\u05D1 ab", Direction::rtl);
    EXPECT_EQ(dump(rtl.pieces(rtl.line(0, 1000)), rtl), "[0+20 ab][20+30 \u05D0\u05D1  rtl]");
}

TEST_F(Square, MissingGlyphIsReportedOnce) {
    auto const text = shape("a\u0915b \u0915");
    EXPECT_EQ(diagnostics.items().size(), 1U);
    EXPECT_TRUE(diagnostics.has("missing-glyph"));
    EXPECT_NE(diagnostics.items()[0].message.find("U+0915"), std::string::npos);
    auto const pieces = text.pieces(text.line(0, 1000));
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].glyphs[1].id, 0);

    Diagnostics second; // of another document with the same fonts and remembered words
    Shaper other(fonts, second);
    std::vector<StyledRun> const runs{run("a\u0915b")};
    (void)other.shape(runs);
    EXPECT_EQ(second.items().size(), 1U);
}

TEST_F(Square, InvalidInput) {
    auto const text = shape("a\xFFz\tb\x01");
    EXPECT_EQ(text.text(), "a\uFFFDz b ");
    EXPECT_TRUE(diagnostics.has("invalid-utf8"));
    std::string const deep(100'000, 'x');
    EXPECT_DOUBLE_EQ(shape(deep).widths().min, 1'000'000);
    EXPECT_TRUE(shaper.shape({}).pieces(shaper.shape({}).line(0, 10)).empty());
}

TEST_F(Square, ManyDistinctWordsStayValid) {
    auto const kept = shape("kept words");
    std::string text;
    for (int i = 0; i < 150'000; ++i) (void)shape("w" + std::to_string(i) + "xyzabcdefghij");
    EXPECT_EQ(dump(kept.pieces(kept.line(0, 1000)), kept), "[0+100 kept words]");
}

class Installed : public testing::Test {
protected:
    Installed() { fonts.add_standard(); }
    ShapedText shape(std::string_view text, FontRequest const& request = {}, float letter_spacing = 0) {
        StyledRun r;
        r.text = text;
        r.font = &fonts.font(request);
        r.size = 10;
        r.letter_spacing = letter_spacing;
        std::vector<StyledRun> const runs{r};
        return shaper.shape(runs);
    }
    static std::size_t glyph_count(ShapedText const& text) {
        std::size_t count = 0;
        for (Piece const& p : text.pieces(text.line(0, 1e6))) count += p.glyphs.size();
        return count;
    }

    FontSet fonts;
    Diagnostics diagnostics;
    Shaper shaper{fonts, diagnostics};
};

TEST_F(Installed, KerningAndTabularDigits) {
    FontRequest plain, unkerned;
    unkerned.features = {{"kern", 0}};
    EXPECT_LT(shape("AVAT", plain).widths().max, shape("AVAT", unkerned).widths().max);
    FontRequest tabular;
    tabular.features = {{"tnum", 1}};
    EXPECT_NE(shape("111", plain).widths().max, shape("888", plain).widths().max);
    EXPECT_DOUBLE_EQ(shape("111", tabular).widths().max, shape("888", tabular).widths().max);
}

TEST_F(Installed, LigaturesAndLetterSpacing) {
    FontRequest dejavu;
    dejavu.families = {"DejaVu Sans"};
    EXPECT_EQ(glyph_count(shape("office", dejavu)), 4U); // o ffi c e
    EXPECT_EQ(glyph_count(shape("office", dejavu, 0.5F)), 6U);
    auto const text = shape("office", dejavu);
    EXPECT_EQ(text.line(0, 12, true).end, 1U); // never inside the ligature
}

TEST_F(Installed, FallbackSplitsPieces) {
    auto const text = shape("売上 Sales 12€ − é");
    auto const pieces = text.pieces(text.line(0, 1e6));
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].face->family(), "IPAGothic");
    EXPECT_EQ(pieces[1].face->family(), "Inter");
    EXPECT_TRUE(diagnostics.empty());
    double end = 0;
    for (Piece const& p : pieces) {
        EXPECT_NEAR(p.x, end, 1e-4);
        end = p.x + p.width;
    }
    EXPECT_NEAR(end, text.widths().max, 1e-3);
}

TEST_F(Installed, PiecesShareNoText) {
    FontRequest dejavu;
    dejavu.families = {"Liberation Sans"};
    auto const text = shape("x\u2713y\u05D0\u2713", dejavu); // the check mark is in DejaVu Sans only
    std::size_t bytes = 0;
    for (Piece const& p : text.pieces(text.line(0, 1e6))) bytes += p.end - p.begin;
    EXPECT_EQ(bytes, text.text().size());
    EXPECT_EQ(text.pieces(text.line(0, 1e6)).size(), 5U);
}

TEST_F(Installed, UnicodeRange) {
    std::string const square = std::string(DECKLE_SOURCE_DIR) + "/tests/fonts/square.ttf";
    fonts.add_face(Face::open(square), "Brand", 400, false, {{U'0', U'9'}});
    fonts.add_face(Face::open("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"), "Brand", 400, false,
                   {{U'a', U'z'}});
    FontRequest request;
    request.families = {"Brand", "Liberation Serif"};
    EXPECT_EQ(fonts.font(request).primary().family(), "Liberation Serif"); // the first that may draw a space
    auto const text = shape("A1b", request);
    auto const pieces = text.pieces(text.line(0, 1e6));
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_EQ(pieces[0].face->family(), "Liberation Serif");
    EXPECT_EQ(pieces[1].face->family(), "Deckle Square");
    EXPECT_EQ(pieces[2].face->family(), "DejaVu Sans Mono");
}

TEST_F(Installed, AnyTextKeepsItsPromises) {
    std::mt19937 random(11);
    std::vector<std::string> const parts = {"a",      "Word",   " ",      "  ",         "-",      "1,234.50",
                                            "\n",     "\u00AD", "\u00A0", "\u05D0",     "\u0628", "e\u0301",
                                            "日",     "。",     "ffi",    "\U0001F600", "(",      "\u0915\u093F",
                                            "\u200B", "/",      "\u2067", "\u2069"};
    FontRequest serif;
    serif.families = {"DejaVu Serif"};
    for (int round = 0; round < 4000; ++round) {
        std::vector<std::string> texts(1 + random() % 3);
        std::vector<StyledRun> runs;
        for (std::string& text : texts) {
            for (std::size_t k = random() % 9; k > 0; --k) text += parts[random() % parts.size()];
            StyledRun run;
            run.text = text;
            run.font = &fonts.font(random() % 2 != 0 ? serif : FontRequest{});
            run.size = 10;
            run.letter_spacing = random() % 4 == 0 ? 1.0F : 0.0F;
            run.lead = random() % 4 == 0 ? 3.0F : 0.0F;
            run.trail = random() % 4 == 0 ? 2.0F : 0.0F;
            run.wrap = random() % 5 != 0;
            runs.push_back(run);
        }
        auto const shaped = shaper.shape(runs, random() % 3 == 0 ? Direction::rtl : Direction::ltr);
        double const available = static_cast<double>(random() % 120);
        bool const anywhere = random() % 2 == 0;
        std::uint32_t at = 0;
        while (at < shaped.text().size()) {
            Line const line = shaped.line(at, available, anywhere);
            ASSERT_GT(line.next, at) << shaped.text();
            ASSERT_GE(line.end, line.begin);
            ASSERT_LE(line.end, line.next);
            ASSERT_TRUE(line.overflow || line.width <= available + 0.01) << shaped.text();
            double right = 0, sum = 0;
            std::size_t bytes = 0;
            for (Piece const& piece : shaped.pieces(line)) {
                ASSERT_GE(piece.x, right - 1e-3) << shaped.text();
                right = piece.x + piece.width;
                sum += piece.width;
                ASSERT_LE(piece.begin, piece.end);
                bytes += piece.end - piece.begin;
                double advances = 0;
                for (Glyph const& glyph : piece.glyphs) {
                    ASSERT_LT(glyph.cluster, piece.end - piece.begin) << shaped.text();
                    advances += glyph.x_advance;
                }
                if (piece.face != nullptr) {
                    ASSERT_NEAR(advances, piece.width, 1e-2);
                }
            }
            ASSERT_LE(sum, line.width + 0.01) << shaped.text();
            ASSERT_LE(bytes, line.end - line.begin + 2); // a hyphen may stand in a piece of its own
            at = line.next;
        }
        ContentWidths const widths = shaped.widths();
        ASSERT_LE(widths.min, widths.max + 10.01) << shaped.text(); // a hyphen may widen the narrowest line
    }
}

TEST_F(Installed, CombiningMarksStayWithTheirBase) {
    auto const text = shape("e\u0301a");
    auto const pieces = text.pieces(text.line(0, 1e6));
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].glyphs.size(), 2U); // composed
    EXPECT_EQ(pieces[0].glyphs[1].cluster, 3U);
}

TEST_F(Installed, ArabicJoins) {
    FontRequest dejavu;
    dejavu.families = {"DejaVu Sans"};
    auto const joined = shape("\u0628\u0628", dejavu);
    auto const pieces = joined.pieces(joined.line(0, 1e6));
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_TRUE(pieces[0].rtl);
    ASSERT_EQ(pieces[0].glyphs.size(), 2U);
    EXPECT_NE(pieces[0].glyphs[0].id, pieces[0].glyphs[1].id); // final form left, initial form right
    EXPECT_EQ(pieces[0].glyphs[0].cluster, 2U);
}

} // namespace
