// Options::explain_breaks: one line for every page break, naming what is in the way.
#include "layout/layout_fixture.hpp"
#include <gtest/gtest.h>

namespace deckle::layout {
namespace {

std::string const style = "<style>@page{size:120pt 50pt;margin:0} body{margin:0;font:10pt/1 'Deckle Square'}"
                          "p,h2{margin:0;font:inherit} td,th{padding:0;font:inherit} table{border-spacing:0}"
                          "</style>\n";

/// The lines, each "page N ...".
std::string breaks(std::string const& body) {
    Options options;
    options.explain_breaks = true;
    options.base = "/";
    text::FontSet fonts;
    fonts.add_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/fonts/square.ttf");
    PageList pages;
    Diagnostics diagnostics;
    Result const result = layout_html(style + body, "t.html", fonts, options, pages, diagnostics);
    EXPECT_EQ(result.breaks.size() + 1, result.pages) << "every page but the last ends with a break";
    std::string text;
    for (PageBreak const& each : result.breaks) text += "page " + std::to_string(each.page) + " " + each.text + "\n";
    return text;
}

TEST(ExplainBreaks, NobodyAsksNothingIsSaid) {
    Options options;
    text::FontSet fonts;
    fonts.add_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/fonts/square.ttf");
    PageList pages;
    Diagnostics diagnostics;
    Result const result =
        layout_html(style + "<p>a<p style='break-before:page'>b", "t.html", fonts, options, pages, diagnostics);
    EXPECT_EQ(result.pages, 2U);
    EXPECT_TRUE(result.breaks.empty());
}

TEST(ExplainBreaks, WhatDoesNotFit) {
    EXPECT_EQ(breaks("<p>1\n<p>2\n<p>3\n<p>4\n<p style='line-height:12pt'>5\n<p>6"),
              "page 1 ends before <p> at t.html:6: it does not fit, 2.0pt are missing\n");
    EXPECT_EQ(breaks("<p>1<br>2<br>3<br>4<br>5<br>6<br>7<br>8"),
              "page 1 ends inside <p> at t.html:2: it does not fit, 10.0pt are missing\n");
    EXPECT_EQ(breaks("<p>1\n<div style='height:60pt'>"), "page 1 ends inside <div> at t.html:3: it does not fit\n");
}

TEST(ExplainBreaks, WhoAsksForIt) {
    EXPECT_EQ(breaks("<p>1\n<div>\n<p style='break-before:page'>2</div>"),
              "page 1 ends before <div> at t.html:3: <p> at line 4 asks for it (break-before)\n");
    EXPECT_EQ(breaks("<p style='break-after:page'>1\n<p>2"),
              "page 1 ends before <p> at t.html:3: <p> at line 2 asks for it (break-after)\n");
    EXPECT_EQ(breaks("<p>1\n<p style='page:wide'>2\n<p>3"),
              "page 1 ends before <p> at t.html:3: <p> at line 3 wants other pages (page: wide)\n"
              "page 2 ends before <p> at t.html:4: <p> at line 4 wants other pages (page: auto)\n");
    EXPECT_EQ(breaks("<table><tr><td>1\n<tr style='break-before:page'><td>2</table>"),
              "page 1 ends before <tr> at t.html:3: <tr> at line 3 asks for it (break-before)\n");
}

TEST(ExplainBreaks, TheRuleThatAsksIsNamed) {
    EXPECT_EQ(breaks("<style>\np { color: red }\n.n { break-before: page }\n.o { page-break-after: always }</style>"
                     "<p class=o>1<p class=n>2\n<p>3"),
              "page 1 ends before <p> at t.html:5: <p> at line 5 asks for it (break-before, rule at t.html:4)\n");
    EXPECT_EQ(breaks("<style>\n.o { page-break-after: always }</style><p class=o>1<p>2"),
              "page 1 ends before <p> at t.html:3: <p> at line 3 asks for it (break-after, rule at t.html:3)\n");
}

TEST(ExplainBreaks, FlexContainers) {
    EXPECT_EQ(breaks("<div style='display:flex;flex-direction:column'>\n<p>1<p>2<p>3<p>4\n<p>5\n<p>6<br>7</div>"),
              "page 1 ends inside <div> at t.html:2: <p> at line 5 does not fit, 10.0pt are missing\n");
    EXPECT_EQ(breaks("<p>1<p>2\n<div style='display:flex'>\n<p>3<br>4<br>5<br>6<br>7</div>"),
              "page 1 ends before <div> at t.html:3: it does not fit\n");
}

TEST(ExplainBreaks, WhatIsKeptTogether) {
    EXPECT_EQ(breaks("<p>1\n<p>2\n<p>3\n<p>4\n<h2 style='break-after:avoid'>h</h2>\n<p>5"),
              "page 1 ends before <h2> at t.html:6: <p> at line 7 does not fit, 10.0pt are missing; <h2> at line 6 is "
              "kept with what follows (break-after: avoid)\n");
    EXPECT_EQ(breaks("<p>1\n<p>2\n<div style='break-inside:avoid'>\n<p>3\n<p>4\n<p>5\n<p>6</div>"),
              "page 1 ends before <div> at t.html:4: <p> at line 8 does not fit, 10.0pt are missing; <div> at line 4 "
              "is kept whole (break-inside: avoid)\n");
    EXPECT_EQ(breaks("<p>1\n<p>2\n<p>3\n<p>4<br>5<br>6"),
              "page 1 ends before <p> at t.html:5: it does not fit, 10.0pt are missing; <p> at line 5 keeps 2 lines "
              "before and 2 after a break\n");
}

TEST(ExplainBreaks, Rows) {
    EXPECT_EQ(breaks("<table><tr><td>1\n<tr><td>2\n<tr><td>3\n<tr><td>4\n<tr><td>5\n<tr><td>6\n<tr><td>7</table>"),
              "page 1 ends before <tr> at t.html:7: it does not fit, 10.0pt are missing\n");
    EXPECT_EQ(breaks("<table><tr><td>1\n<tr><td>2\n<tr><td>3\n<tr><td>4\n<tr><td>5\n<tr><td>sum</table>"),
              "page 1 ends before <tr> at t.html:6: <tr> at line 7 does not fit, 10.0pt are missing; <table> at line 2 "
              "keeps 2 rows before and 2 after a break\n");
    EXPECT_EQ(breaks("<table><tr><td>1<br>2<br>3<br>4<br>5<br>6<br>7\n<tr><td>8</table>"),
              "page 1 ends inside <tr> at t.html:2: it does not fit, 20.0pt are missing\n");
    EXPECT_EQ(breaks("<table><tr><td>1\n<tr><td>2\n<tr><td>3\n<tr><td>4<tfoot><tr><td>f<tr><td>g</tfoot></table>"),
              "page 1 ends before <tr> at t.html:4: <tr> at line 5 does not fit, 10.0pt are missing; <table> at line "
              "2 keeps 2 rows before and 2 after a break\n");
}

TEST(ExplainBreaks, WhenNothingIsBetter) {
    EXPECT_EQ(breaks("<div style='break-inside:avoid'>\n<p>1\n<p>2\n<p>3\n<p>4\n<p>5\n<p>6</div>"),
              "page 1 ends before <p> at t.html:8: it does not fit, 10.0pt are missing; <div> at line 2 is kept whole "
              "(break-inside: avoid); there is no better place on this page\n");
}

} // namespace
} // namespace deckle::layout
