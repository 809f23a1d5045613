#include "base/error.hpp"
#include "pdf_fixture.hpp"
#include <thread>

namespace deckle::pdf {
namespace {

using layout::Color;
using layout::Page;

constexpr layout::Size small{300, 200};

TEST_F(PdfTest, TextComesBackAsWritten) {
    std::string const lines[] = {"AVATAR To. We, Yo office fluffy",
                                 "Crème brûlée 12,50 € \u2212 8 %",
                                 "(brackets) \\ back\\slash",
                                 "Total $1,234.50 (12.5%)",
                                 "売上高は前年比",
                                 "mixed 日本 and Latin"};
    for (char const* const name : {"Inter", "DejaVu Sans", "Liberation Serif"}) {
        Page page{small, {}};
        double y = 20;
        for (std::string const& line : lines) add_text(page, 20, y += 16, line, family(name));
        std::string const bytes = write(std::move(page));
        expect_valid(bytes);
        std::string expected;
        for (std::string const& line : lines) expected += line + "\n";
        EXPECT_EQ(text_of(bytes), expected) << name;
    }
    EXPECT_TRUE(diagnostics.empty());
}

TEST_F(PdfTest, FontsAreEmbeddedSubsetsWithUnicode) {
    Page page{small, {}};
    add_text(page, 20, 20, "Inter is CFF", family("Inter", 700));
    add_text(page, 20, 40, "DejaVu is TrueType", family("DejaVu Sans"));
    add_text(page, 20, 60, "日本", family("IPAGothic"));
    std::string const list = run(write(std::move(page)), "pdffonts %");
    EXPECT_NE(list.find("+Inter-Bold "), std::string::npos) << list;
    EXPECT_NE(list.find("+DejaVuSans "), std::string::npos) << list;
    std::size_t good = 0;
    for (std::size_t at = list.find("yes yes yes"); at != std::string::npos; at = list.find("yes yes yes", at + 1))
        ++good;
    EXPECT_EQ(good, 3U) << list;
    EXPECT_NE(list.find("CID Type 0C"), std::string::npos) << list;
    EXPECT_NE(list.find("CID TrueType"), std::string::npos) << list;
}

TEST_F(PdfTest, MadeUpBoldAndSlantAreTextAsAnyOther) {
    auto const page_of = [&](bool bold, bool slanted) {
        Page page{small, {}};
        add_text(page, 20, 40, "before", family("DejaVu Serif"));
        add_text(page, 20, 80, "Heavy II", family("DejaVu Serif"), 30);
        std::get<layout::GlyphRun>(page.items.back()).bold = bold;
        std::get<layout::GlyphRun>(page.items.back()).slanted = slanted;
        add_text(page, 20, 120, "after", family("DejaVu Serif"));
        return write(std::move(page));
    };
    std::string const plain = page_of(false, false), both = page_of(true, true), bold = page_of(true, false);
    expect_valid(both);
    EXPECT_EQ(text_of(both), "before\nHeavy II\nafter\n");
    auto const ink = [](std::string const& pixels) {
        return std::ranges::count_if(pixels, [](char c) { return static_cast<unsigned char>(c) < 128; });
    };
    EXPECT_GT(ink(pixels(bold)), ink(pixels(plain)) * 11 / 10);
    EXPECT_NE(pixels(both), pixels(bold));
}

TEST_F(PdfTest, OneGlyphForTwoTexts) {
    // Space and no-break space, hyphen and soft hyphen share a glyph in many fonts; each copies as written.
    Page page{small, {}};
    add_text(page, 20, 20, "a b\u00A0c", family("Liberation Sans"));
    std::string const bytes = write(std::move(page));
    EXPECT_EQ(text_of(bytes), "a b c\n");
    EXPECT_NE(run(bytes, "qpdf --qdf --object-streams=disable % -").find("<00A0>"), std::string::npos);
}

TEST_F(PdfTest, RightToLeft) {
    Page page{small, {}};
    add_text(page, 20, 20, "\u05E9\u05DC\u05D5\u05DD", family("DejaVu Sans"));
    add_text(page, 20, 50, "\u0645\u0631\u062D\u0628\u0627", family("DejaVu Sans"));
    std::string const bytes = write(std::move(page));
    expect_valid(bytes);
    std::string const text = text_of(bytes);
    EXPECT_NE(text.find("\u05E9\u05DC\u05D5\u05DD"), std::string::npos) << text;
    EXPECT_NE(text.find("\u0645\u0631\u062D\u0628\u0627"), std::string::npos) << text;
}

TEST_F(PdfTest, ClusterOfSeveralGlyphs) {
    Page page{small, {}};
    add_text(page, 20, 20, "q\u0304x", family("DejaVu Sans")); // no composed form exists
    std::string const bytes = write(std::move(page));
    expect_valid(bytes);
    EXPECT_EQ(text_of(bytes), "q\u0304x\n");
}

TEST_F(PdfTest, MissingGlyphKeepsItsText) {
    Page page{small, {}};
    add_text(page, 20, 20, "a\U00013080b", family("Inter")); // a hieroglyph, which no font of the table has
    std::string const bytes = write(std::move(page));
    expect_valid(bytes);
    EXPECT_EQ(text_of(bytes), "a\U00013080b\n");
    EXPECT_TRUE(diagnostics.has("missing-glyph"));
}

TEST_F(PdfTest, GlyphsStandWhereTheyWerePlaced) {
    Page page{small, {}};
    add_text(page, 20, 50, "AVAVAV To. kerning is kept over long lines 0123456789", family("Inter"), 9);
    double end = 20;
    for (layout::Item const& item : page.items)
        for (auto const& glyph : std::get<layout::GlyphRun>(item).glyphs) end += glyph.x_advance;
    std::string const boxes = run(write(std::move(page)), "pdftotext -bbox % -");
    std::size_t const at = boxes.rfind("xMax=\"") + 6;
    EXPECT_NEAR(std::stod(boxes.substr(at)), end, 0.05);
}

TEST_F(PdfTest, OnePageWithTwoFacesIsSmall) {
    Page page{{612, 792}, {}};
    for (int row = 0; row < 40; ++row)
        add_text(page, 40, 40 + row * 16, "Harlan Clinic, 74 days overdue: $46,300.00 (31.5%) Quick brown foxes jump",
                 family("Inter", row % 2 == 0 ? 400 : 600));
    EXPECT_LT(write(std::move(page)).size(), 30'000U);
}

} // namespace
} // namespace deckle::pdf
