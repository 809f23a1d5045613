#include "base/error.hpp"
#include "text/font_set.hpp"
#include <filesystem>
#include <gtest/gtest.h>

using namespace deckle;
using namespace deckle::text;

namespace {

std::string const square = std::string(DECKLE_SOURCE_DIR) + "/tests/fonts/square.ttf";
std::string const inter = "/usr/share/fonts/opentype/inter/Inter-Regular.otf";

TEST(Face, SquareIsCountable) {
    auto const face = Face::open(square);
    EXPECT_EQ(face->family(), "Deckle Square");
    EXPECT_EQ(face->postscript_name(), "DeckleSquare");
    EXPECT_EQ(face->upem(), 1000U);
    EXPECT_FALSE(face->is_cff());
    EXPECT_FLOAT_EQ(face->metrics().ascent, 0.8F);
    EXPECT_FLOAT_EQ(face->metrics().descent, 0.2F);
    EXPECT_FLOAT_EQ(face->metrics().line_gap, 0);
    EXPECT_FLOAT_EQ(face->metrics().zero_advance, 1);
    EXPECT_EQ(face->advance(face->glyph(U' ')), 1000);
    EXPECT_EQ(face->advance(face->glyph(U'あ')), 1000);
    EXPECT_EQ(face->glyph(U'क'), 0);
    EXPECT_EQ(face->weight(), 400);
    EXPECT_TRUE(face->is_monospaced());
}

TEST(Face, Inter) {
    auto const face = Face::open(inter);
    EXPECT_EQ(face->family(), "Inter");
    EXPECT_EQ(face->postscript_name(), "Inter-Regular");
    EXPECT_TRUE(face->is_cff());
    EXPECT_EQ(face->upem(), 2816U);
    EXPECT_NEAR(face->metrics().ascent, 0.96875, 0.001);
    EXPECT_NEAR(face->metrics().descent, 0.2412, 0.001);
    EXPECT_NEAR(face->metrics().x_height, 0.546, 0.01);
    EXPECT_NEAR(face->metrics().cap_height, 0.727, 0.01);
    EXPECT_LT(face->metrics().y_min, 0);
}

TEST(Face, RefusesWhatIsNoFont) {
    EXPECT_THROW((void)Face::open("/nowhere/font.ttf"), Error);
    try {
        (void)Face::from_bytes("this is not a font", "brand.woff2");
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.code(), ErrorCode::data);
        EXPECT_NE(std::string(error.what()).find("brand.woff2"), std::string::npos);
    }
}

TEST(FontSet, EmptySaysWhatToInstall) {
    FontSet fonts;
    try {
        (void)fonts.font({});
        FAIL();
    } catch (Error const& error) {
        EXPECT_NE(std::string(error.what()).find("fonts-inter"), std::string::npos);
    }
}

class Standard : public testing::Test {
protected:
    void SetUp() override { fonts.add_standard(); }
    Face const& face(std::vector<std::string> families, int weight = 400, bool italic = false) {
        FontRequest request;
        request.families = std::move(families);
        request.weight = weight;
        request.italic = italic;
        return fonts.font(request).primary();
    }
    FontSet fonts;
};

TEST_F(Standard, GenericFamilies) {
    EXPECT_EQ(face({"sans-serif"}).postscript_name(), "Inter-Regular");
    EXPECT_EQ(face({}).postscript_name(), "Inter-Regular");
    EXPECT_EQ(face({"serif"}).postscript_name(), "LiberationSerif");
    EXPECT_EQ(face({"monospace"}, 700).postscript_name(), "LiberationMono-Bold");
    EXPECT_EQ(face({"No Such Font", "INTER"}).postscript_name(), "Inter-Regular");
    EXPECT_EQ(face({"Helvetica Neue", "Arial", "sans-serif"}).postscript_name(), "LiberationSans");
    EXPECT_TRUE(fonts.has_family("Arial"));
    EXPECT_FALSE(fonts.has_family("Helvetica Neue"));
}

TEST_F(Standard, WeightMatching) {
    EXPECT_EQ(face({"Inter"}, 600).weight(), 600);
    EXPECT_EQ(face({"Inter"}, 650).weight(), 700);
    EXPECT_EQ(face({"Inter"}, 350).weight(), 300);
    EXPECT_EQ(face({"Inter"}, 450).weight(), 500);
    EXPECT_EQ(face({"Inter"}, 1000).weight(), 900);
    EXPECT_EQ(face({"Liberation Sans"}, 500).weight(), 400);
    EXPECT_EQ(face({"Liberation Sans"}, 600).weight(), 700);
    EXPECT_EQ(face({"Liberation Sans"}, 300).weight(), 400);
    EXPECT_TRUE(face({"Inter"}, 400, true).italic());
    EXPECT_EQ(face({"Inter"}, 700, true).postscript_name(), "Inter-BoldItalic");
}

TEST_F(Standard, FallbackByCharacter) {
    FontRequest request;
    request.families = {"Liberation Sans"};
    Font const& font = fonts.font(request);
    EXPECT_EQ(font.face_for(U'A'), &font.primary());
    ASSERT_NE(font.face_for(U'語'), nullptr);
    EXPECT_EQ(font.face_for(U'語')->family(), "IPAGothic");
    EXPECT_EQ(font.face_for(U'\U0001F9FF'), nullptr);
}

TEST_F(Standard, SameRequestSameFont) {
    FontRequest request;
    request.families = {"Inter"};
    Font const* const first = &fonts.font(request);
    EXPECT_EQ(first, &fonts.font(request));
    request.features = {{"tnum", 1}};
    EXPECT_NE(first, &fonts.font(request));
}

TEST_F(Standard, AddedFontWins) {
    fonts.add_face(Face::open(square), "Inter", 400, false);
    EXPECT_EQ(face({"Inter"}).family(), "Deckle Square");
    EXPECT_EQ(face({"Inter"}, 700).postscript_name(), "Inter-Bold");
    EXPECT_NE(face({"Inter"}).content_hash(), face({"Inter"}, 700).content_hash());
}

TEST_F(Standard, WhatADocumentAddsStaysThere) {
    auto font = [](FontSet& set, char const* family) -> Font const& {
        FontRequest request;
        request.families = {family};
        return set.font(request);
    };
    FontSet plain(fonts), own(fonts);
    (void)font(fonts, "Liberation Sans"); // is open when the document leaves the shared fonts
    own.add_face(Face::open(square), "Inter", 400, false);
    EXPECT_EQ(&font(plain, "Inter"), &font(fonts, "Inter"));
    EXPECT_EQ(font(fonts, "Inter").primary().family(), "Inter");
    EXPECT_EQ(font(own, "Inter").primary().family(), "Deckle Square");
    EXPECT_EQ(&font(own, "Liberation Sans").primary(), &font(fonts, "Liberation Sans").primary());
    EXPECT_NE(&font(own, "Liberation Sans"), &font(fonts, "Liberation Sans")); // its words are its own
}

TEST(FontSet, OnlyTheTestFont) {
    FontSet fonts;
    Diagnostics diagnostics;
    fonts.add_folder(std::string(DECKLE_SOURCE_DIR) + "/tests/fonts", diagnostics);
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_EQ(fonts.font({}).primary().family(), "Deckle Square");
    fonts.add_folder("/nowhere", diagnostics);
    EXPECT_TRUE(diagnostics.has("font-folder"));
}

} // namespace
