#include "template/markdown.hpp"
#include <gtest/gtest.h>

namespace deckle::templates {
namespace {

TEST(MarkdownHtml, WritesEveryBlockAndSpan) {
    EXPECT_EQ(markdown_to_html("A *b* **c** `d<` ~~e~~ &amp; &eacute;&nope; <b>  \nf\ng"),
              "<p>A <em>b</em> <strong>c</strong> <code>d&lt;</code> <del>e</del> &amp; é&amp;nope; "
              "&lt;b&gt;<br>\nf\ng</p>\n");
    EXPECT_EQ(
        markdown_to_html("- a\n- b\n  1. c\n\n> q\n\n---\n\n```\nx < y\n```\n\n3. three"),
        "<ul>\n<li>a</li>\n<li>b<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n<blockquote>\n<p>q</p>\n</blockquote>\n<hr>\n"
        "<pre><code>x &lt; y\n</code></pre>\n<ol start=\"3\">\n<li>three</li>\n</ol>\n");
    EXPECT_EQ(markdown_to_html("| a | b |\n|---|--:|\n| 1 | 2 |"),
              "<table>\n<thead>\n<tr><th>a</th><th class=\"right\">b</th></tr>\n</thead>\n<tbody>\n"
              "<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table>\n");
    EXPECT_EQ(markdown_to_html(""), "");
}

TEST(MarkdownHtml, AddressesAreOneWord) {
    EXPECT_EQ(markdown_to_html("[a](<https://e.com/ü \"x\"?a=1&b=2>)"),
              "<p><a href=\"https://e.com/%C3%BC%20%22x%22?a=1&amp;b=2\">a</a></p>\n");
}

TEST(MarkdownHtml, AnImageIsItsText) {
    EXPECT_EQ(markdown_to_html("![a *b* ![c](x)](http://e.com/i.png \"t\") [![d](y)](https://e.com)"),
              "<p>a b c <a href=\"https://e.com\">d</a></p>\n");
}

TEST(MarkdownText, ReadsAsAMailWould) {
    EXPECT_EQ(
        markdown_to_text("# Title\n\nSome *bold*\ntext with [a link](https://e.com), <https://f.com> and [x](#y)."),
        "Title\n\nSome bold text with a link (https://e.com), https://f.com and x.\n");
    EXPECT_EQ(markdown_to_text("Before\n\n- a\n- b\n  - c\n    d\n- e\n\nAfter"),
              "Before\n\n- a\n- b\n  - c d\n- e\n\nAfter\n");
    EXPECT_EQ(markdown_to_text("2. a\n3. b\n\n   more\n"), "2. a\n3. b\n\n   more\n");
    EXPECT_EQ(markdown_to_text("| a | b |\n|---|---|\n| 1 | &amp; |"), "a | b\n1 | &\n");
    EXPECT_EQ(markdown_to_text("a  \nb"), "a\nb\n");
    EXPECT_EQ(markdown_to_text("[a](javascript:x) [m@e.com](mailto:m@e.com)"), "a m@e.com\n");
    EXPECT_EQ(markdown_to_text(""), "");
}

std::string rules(std::string_view markdown) {
    std::string out;
    for (auto const& f : markdown_findings(markdown)) out += f.rule + ":" + std::to_string(f.line) + " ";
    return out;
}

TEST(MarkdownFindings, NameWhatIsLeftOutAndWhere) {
    EXPECT_EQ(rules("Fine *text* [a](https://e.com) [b](mailto:x@y.z) <https://e.com> 1 < 2 & 3\n\n`<b>`"), "");
    EXPECT_EQ(rules("a\n\nb <b>c</b>"), "markdown.html:3 markdown.html:3 ");
    EXPECT_EQ(rules("a\n\n<div>\nx\n</div>\n\nb"), "markdown.html:3 ");
    EXPECT_EQ(rules("ok\nsee [a](javascript:x)"), "markdown.link:2 ");
    EXPECT_EQ(rules("[a](javascript&colon;x)\n\n[b](file.html) [c]()"),
              "markdown.link:1 markdown.link:3 markdown.link:3 ");
    EXPECT_EQ(rules("x\n\ny ![i](http://e.com/i.png)"), "markdown.image:3 ");
    auto const found = markdown_findings("see [a](ftp://x)");
    EXPECT_EQ(found[0].message, "a link to ftp://x is left out: links begin with http://, https://, mailto: or #");
}

} // namespace
} // namespace deckle::templates
