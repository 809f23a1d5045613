// What must hold for any document: nothing is lost, nothing is shown twice but headers and footers, every page takes
// something, and breaks stand where the style sheet wants them.
#include "base/error.hpp"
#include "layout/layout_fixture.hpp"
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace deckle::layout {
namespace {

std::string page_style(int width, int height) {
    return "<style>@page{size:" + std::to_string(width) + "pt " + std::to_string(height) +
           "pt;margin:0} body{margin:0;font:10pt/1 'Deckle Square'} p,h2{margin:0;font:inherit} td,th{padding:0}"
           "table{border-spacing:0}</style>";
}

std::map<std::string, int> words(Rendered const& r) {
    std::map<std::string, int> count;
    for (Page const& page : r.pages.pages) {
        std::istringstream stream(text_of(page));
        for (std::string word; stream >> word;) ++count[word];
    }
    return count;
}

/// Each of w0 .. w(count-1) stands exactly once.
void expect_all_once(Rendered const& r, int count) {
    std::map<std::string, int> const found = words(r);
    for (int i = 0; i < count; ++i) {
        auto const word = found.find("w" + std::to_string(i));
        ASSERT_TRUE(word != found.end()) << "w" << i << " is lost";
        EXPECT_EQ(word->second, 1) << "w" << i;
    }
}

std::string numbered(int count, std::string const& before, std::string const& after) {
    std::string text;
    for (int i = 0; i < count; ++i) text += before + "w" + std::to_string(i) + after;
    return text;
}

TEST(Pagination, OneParagraphOnOnePage) {
    Rendered const r = render(page_style(200, 100) + "<p>abc def");
    ASSERT_EQ(r.pages.pages.size(), 1U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "abc def ");
    EXPECT_TRUE(r.diagnostics.empty());
}

TEST(Pagination, EveryKindOfFlowKeepsAllWordsOnAnyPageHeight) {
    std::string const flows[] = {
        "<p>" + numbered(40, " ", " ") + "</p>",
        numbered(40, "<p>", "</p>"),
        numbered(40, "<div style='padding:3pt;border:1pt solid'><p>", "</p></div>"),
        numbered(40, "<div style='break-inside:avoid'><h2>", "</h2></div>"),
        "<ul>" + numbered(40, "<li>", "</li>") + "</ul>",
        "<table>" + numbered(40, "<tr><td>", "</td></tr>") + "</table>",
        "<table><thead><tr><th>head</th></tr></thead>" + numbered(40, "<tr><td>", "</td></tr>") + "</table>",
        "<table><tr><td>" + numbered(40, "<p>", "</p>") + "</td><td>x</td></tr></table>",
        "<table><tr><td rowspan=40>side</td>" + numbered(40, "<td>", "</td></tr><tr>") + "</tr></table>",
        "<div style='display:flex;flex-direction:column'>" + numbered(40, "<div>", "</div>") + "</div>",
        "<div style='display:flex;flex-wrap:wrap'>" + numbered(40, "<div>", "</div>") + "</div>",
        "<div style='display:flex'><div>" + numbered(40, "<p>", "</p>") + "</div><div>y</div></div>",
        "<div style='column-gap:3pt'>" + numbered(40, "<span style='display:inline-block'>", "</span> ") + "</div>",
        numbered(40, "<h2 style='break-after:avoid'>", "</h2>"),
        numbered(20, "<div style='float:left;width:60pt'>", "</div>") + "<p style='clear:both'>end",
        "<div style='position:relative'>" + numbered(40, "<p style='position:relative'>", "</p>") + "</div>",
    };
    for (std::string const& flow : flows) {
        for (int height : {4, 9, 10, 15, 25, 34, 60, 113, 1000}) {
            SCOPED_TRACE(flow.substr(0, 60) + " on " + std::to_string(height) + "pt");
            Rendered const r = render(page_style(120, height) + flow);
            expect_all_once(r, flow.find("w20") == std::string::npos ? 20 : 40);
            EXPECT_LE(r.pages.pages.size(), 90U);
        }
    }
}

TEST(Pagination, AHeadingIsNotLeftAlone) {
    for (int height : {40, 50, 60, 70}) {
        std::string body;
        for (int i = 0; i < 12; ++i)
            body += "<h2 style='break-after:avoid'>h" + std::to_string(i) + "</h2><p>a<br>b<br>c</p>";
        Rendered const r = render(page_style(120, height) + body);
        for (Page const& page : r.pages.pages) {
            std::string const text = text_of(page);
            ASSERT_FALSE(text.empty());
            EXPECT_NE(text.substr(text.size() - 3, 1), "h") << text << " on " << height;
        }
    }
}

TEST(Pagination, OrphansAndWidowsAreKept) {
    Rendered const r =
        render(page_style(120, 50) + "<p>x</p><p>x</p><p>x</p><p>x</p><p style='orphans:2;widows:2'>a<br>b<br>c<br>d");
    ASSERT_EQ(r.pages.pages.size(), 2U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "x x x x ");
    Rendered const s = render(page_style(120, 50) + "<p>x</p><p>x</p><p style='orphans:2;widows:2'>a<br>b<br>c<br>d");
    ASSERT_EQ(s.pages.pages.size(), 2U);
    EXPECT_EQ(text_of(s.pages.pages[1]), "c d ");
}

TEST(Pagination, TheLastRowIsNotAlone) {
    Rendered const r =
        render(page_style(120, 50) +
               "<table><thead><tr><th>h</thead><tr><td>1<tr><td>2<tr><td>3<tr><td>4<tr><td>total</table>");
    ASSERT_EQ(r.pages.pages.size(), 2U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "h 1 2 3 ");
    EXPECT_EQ(text_of(r.pages.pages[1]), "h 4 total ");
}

TEST(Pagination, HeaderAndFooterStandOnEveryPage) {
    Rendered const r = render(page_style(120, 50) + "<table><thead><tr><th>H</thead><tfoot><tr><td>F</tfoot>" +
                              numbered(9, "<tr><td>", "</td></tr>") + "</table>");
    ASSERT_EQ(r.pages.pages.size(), 3U);
    for (Page const& page : r.pages.pages) {
        std::string const text = text_of(page);
        EXPECT_EQ(text.substr(0, 2), "H ");
        EXPECT_EQ(text.substr(text.size() - 2), "F ");
    }
    expect_all_once(r, 9);
}

TEST(Pagination, ForcedBreaksAndSides) {
    Rendered const r =
        render(page_style(120, 50) + "<p>a</p><p style='break-before:page'>b</p><p style='break-before:right'>c</p>");
    ASSERT_EQ(r.pages.pages.size(), 3U);
    EXPECT_EQ(text_of(r.pages.pages[2]), "c ");
    Rendered const s = render(page_style(120, 50) + "<p>a</p><p style='break-before:right'>c</p>");
    ASSERT_EQ(s.pages.pages.size(), 3U);
    EXPECT_EQ(text_of(s.pages.pages[1]), "");
}

TEST(Pagination, MarginsAtABreakVanishUnlessForced) {
    Rendered const r = render(page_style(120, 20) + "<p>a</p><p style='margin-top:15pt'>b</p>");
    ASSERT_EQ(r.pages.pages.size(), 2U);
    auto baseline = [](Page const& page) { return std::get<GlyphRun>(page.items.at(0)).origin.y; };
    EXPECT_NEAR(baseline(r.pages.pages[1]), 8, 0.001);
    Rendered const s = render(page_style(120, 40) + "<p>a</p><p style='margin-top:15pt;break-before:page'>b</p>");
    EXPECT_NEAR(baseline(s.pages.pages[1]), 23, 0.001);
}

TEST(Pagination, ABoxHigherThanAPageIsReported) {
    Rendered const r =
        render(page_style(120, 30) + "<p>a</p><p style='white-space:nowrap'>a line much wider than the page</p>");
    EXPECT_TRUE(r.diagnostics.has("off-page"));
}

TEST(Pagination, PageNumbersOfTheWholeAreFilledInLater) {
    Rendered const r =
        render("<style>@page{size:100pt 40pt;margin:10pt;@bottom-left{content:counter(page) '/' counter(pages);"
               "font:5pt 'Deckle Square'}} body{margin:0;font:10pt/1 'Deckle Square'}</style>" +
               numbered(4, "<p style='margin:0'>", "</p>"));
    ASSERT_EQ(r.pages.pages.size(), 2U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "w0 w1 1/2 ");
    EXPECT_EQ(text_of(r.pages.pages[1]), "w2 w3 2/2 ");
}

TEST(Pagination, PageNumbersMayBeginAnew) {
    Rendered const r =
        render("<style>@page{size:100pt 40pt;margin:10pt;@bottom-left{content:counter(page);"
               "font:5pt 'Deckle Square'}} body{margin:0;font:10pt/1 'Deckle Square'}p{margin:0}</style>"
               "<p>a</p><p style='break-before:page;counter-reset:page 7'>b</p><p style='break-before:page'>c</p>");
    ASSERT_EQ(r.pages.pages.size(), 3U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "a 1 ");
    EXPECT_EQ(text_of(r.pages.pages[1]), "b 7 ");
    EXPECT_EQ(text_of(r.pages.pages[2]), "c 8 ");
}

TEST(Pagination, WhatIsNotSupportedIsReported) {
    Rendered const r = render(page_style(120, 30) +
                              "<div style='column-count:2'>a</div><p style='float:footnote'>b</p><video></video>");
    EXPECT_TRUE(r.diagnostics.has("unsupported-value"));
    EXPECT_TRUE(r.diagnostics.has("unsupported-element"));
    EXPECT_EQ(text_of(r.pages.pages[0]), "a b ");
}

TEST(Pagination, OutlineLinksAndMetadata) {
    Rendered const r = render("<html lang=en><head><title>A title</title><meta name=author content=Me></head><body>" +
                              page_style(120, 30) +
                              "<h1 id=top style='font:inherit;margin:0'>One  two</h1><p><a href='#top'>up</a></p><h2 "
                              "style='break-before:page'>Next</h2>");
    EXPECT_EQ(r.pages.metadata.title, "A title");
    EXPECT_EQ(r.pages.metadata.author, "Me");
    EXPECT_EQ(r.pages.metadata.language, "en");
    ASSERT_EQ(r.pages.outline.size(), 2U);
    EXPECT_EQ(r.pages.outline[0].title, "One two");
    EXPECT_EQ(r.pages.outline[1].level, 2);
    EXPECT_EQ(r.pages.outline[1].page, 1U);
    bool link = false, anchor = false;
    for (Item const& item : r.pages.pages[0].items) {
        if (auto const* l = std::get_if<Link>(&item)) link = l->uri == "#top";
        if (auto const* a = std::get_if<Anchor>(&item)) anchor = a->name == "top";
    }
    EXPECT_TRUE(link);
    EXPECT_TRUE(anchor);
}

TEST(Pagination, LimitsAndStrictMode) {
    Options few;
    few.limits.pages = 3;
    EXPECT_THROW((void)render(page_style(120, 10) + numbered(9, "<p>", "</p>"), {}, few), Error);
    Options strict;
    strict.strict = true;
    EXPECT_THROW((void)render(page_style(120, 30) + "<img src='absent.png'>", {}, strict), Error);
    EXPECT_THROW((void)render(page_style(120, 30) + "<p style='colour: red'>a", {}, strict), Error) << "unknown";
    Rendered const r =
        render(page_style(120, 30) + "<img src='absent.png'><img src='http://deckle.example/x.png'>", "/");
    EXPECT_TRUE(r.diagnostics.has("missing-file"));
    EXPECT_TRUE(r.diagnostics.has("refused-address"));
}

TEST(Pagination, FilesOutsideTheRootsAreRefused) {
    Rendered const r = render(page_style(120, 30) + "<img src='../fonts/square.ttf'>",
                              std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/layout");
    EXPECT_TRUE(r.diagnostics.has("refused-address"));
}

} // namespace
} // namespace deckle::layout
