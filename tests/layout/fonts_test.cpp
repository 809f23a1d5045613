// Fonts that a document brings: which faces its text is set in.
#include "layout/layout_fixture.hpp"
#include <gtest/gtest.h>

namespace deckle::layout {
namespace {

std::filesystem::path const fonts_folder = std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/fonts";

std::vector<GlyphRun const*> runs_of(Rendered const& rendered) {
    std::vector<GlyphRun const*> runs;
    for (Item const& item : rendered.pages.pages.at(0).items)
        if (auto const* run = std::get_if<GlyphRun>(&item)) runs.push_back(run);
    return runs;
}

std::string face_rule(std::string const& family, std::string const& more) {
    return "@font-face { font-family: " + family + "; src: url(square.ttf) format(\"truetype\"); " + more + " }";
}

TEST(Fonts, AFaceOfTheDocumentIsUsed) {
    Rendered const r =
        render("<style>" + face_rule("Mine", "") + "p{font:10pt Mine;width:5ch}</style><p>a", fonts_folder);
    ASSERT_EQ(runs_of(r).size(), 1U);
    EXPECT_NE(runs_of(r)[0]->face->path().string().find("square.ttf"), std::string::npos);
    EXPECT_TRUE(r.diagnostics.empty());
}

TEST(Fonts, ARangeOfCharactersHasItsFace) {
    Rendered const r = render("<style>" + face_rule("Mine", "unicode-range: U+62-63") +
                                  "p{font:10pt Mine,'Deckle Square'}</style><p>abcd",
                              fonts_folder);
    std::vector<GlyphRun const*> const runs = runs_of(r);
    ASSERT_EQ(runs.size(), 3U);
    EXPECT_EQ(runs[1]->text, "bc");
    EXPECT_NE(runs[0]->face, runs[1]->face);
    EXPECT_EQ(runs[0]->face, runs[2]->face);
}

TEST(Fonts, BoldIsMadeUpOnlyWhereNoFaceIsBold) {
    Rendered const r = render("<style>" + face_rule("Mine", "") + face_rule("Mine", "font-weight: bold") +
                                  "p{font:10pt Mine}b.o{font-family:'Deckle Square'}</style>"
                                  "<p>a<b>b</b><b class=o>c</b><i>d</i>",
                              fonts_folder);
    std::vector<GlyphRun const*> const runs = runs_of(r);
    ASSERT_EQ(runs.size(), 4U);
    EXPECT_FALSE(runs[0]->bold);
    EXPECT_FALSE(runs[1]->bold) << "the family says that it has a bold face";
    EXPECT_NE(runs[0]->face, runs[1]->face);
    EXPECT_TRUE(runs[2]->bold);
    EXPECT_TRUE(runs[3]->slanted);
}

TEST(Fonts, WhatCannotBeUsedIsNamed) {
    Rendered const r =
        render("<style>@font-face{font-family:W;src:url('data:font/woff2;base64,d09GMgABAAAAAA==')}"
               "@font-face{font-family:L;src:local(Arial)}"
               "@font-face{font-family:S;src:url(square.ttf);font-stretch:75%}p{font-family:W}</style><p>a",
               fonts_folder);
    std::string messages;
    for (Diagnostic const& d : r.diagnostics.items()) messages += d.to_string() + "\n";
    EXPECT_NE(messages.find("WOFF2"), std::string::npos) << messages;
    EXPECT_NE(messages.find("local(\"Arial\") is not looked up"), std::string::npos) << messages;
    EXPECT_NE(messages.find("font-stretch:75%"), std::string::npos) << messages;
}

} // namespace
} // namespace deckle::layout
