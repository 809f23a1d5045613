/// The trees of our parser against gumbo's, which builds them exactly as HTML5 says.
#include "html/parse.hpp"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <gumbo.h>
#include <sstream>

using namespace deckle;

namespace {

bool is_blank(std::string_view s) {
    return s.find_first_not_of(" \t\n\f\r") == std::string_view::npos;
}

void attribute_text(std::string& out, std::string_view name, std::string_view value) {
    ((((out += ' ') += name) += '=') += value);
}

std::string name_of(GumboElement const& e) {
    if (e.tag != GUMBO_TAG_UNKNOWN) {
        std::string name = gumbo_normalized_tagname(e.tag);
        if (e.tag_namespace == GUMBO_NAMESPACE_SVG) {
            GumboStringPiece piece = e.original_tag;
            gumbo_tag_from_original_text(&piece);
            if (char const* cased = gumbo_normalize_svg_tagname(&piece)) name = cased;
        }
        return name;
    }
    GumboStringPiece piece = e.original_tag;
    gumbo_tag_from_original_text(&piece);
    std::string name(piece.data, piece.length);
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (e.tag_namespace == GUMBO_NAMESPACE_SVG)
        if (char const* cased = gumbo_normalize_svg_tagname(&piece)) name = cased;
    return name;
}

/// Text directly in <html>, and white space in <head>, does not matter to a renderer.
bool dropped(std::string_view parent, std::string_view text) {
    return (parent == "html" || parent == "head") && is_blank(text);
}

void gumbo_dump(GumboNode const* node, std::string const& parent, int depth, std::string& out) {
    auto const indent = std::string(static_cast<std::size_t>(depth) * 2, ' ');
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: {
        auto const& e = node->v.element;
        auto const name = name_of(e);
        out += indent + "<" + name;
        for (unsigned i = 0; i < e.attributes.length; ++i) {
            auto const* a = static_cast<GumboAttribute const*>(e.attributes.data[i]);
            attribute_text(out, a->name, a->value);
        }
        out += ">\n";
        std::string text;
        auto const flush = [&] {
            if (!text.empty() && !dropped(name, text)) out += indent + "  \"" + text + "\"\n";
            text.clear();
        };
        for (unsigned i = 0; i < e.children.length; ++i) {
            auto const* child = static_cast<GumboNode const*>(e.children.data[i]);
            if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE ||
                child->type == GUMBO_NODE_CDATA)
                text += child->v.text.text;
            else if (child->type != GUMBO_NODE_COMMENT) {
                flush();
                gumbo_dump(child, name, depth + 1, out);
            }
        }
        flush();
        break;
    }
    default:
        break;
    }
    (void)parent;
}

void our_dump(html::Node const& node, std::string const& parent, int depth, std::string& out) {
    auto const indent = std::string(static_cast<std::size_t>(depth) * 2, ' ');
    auto const& e = *node.as_element();
    (void)parent;
    std::string const name(e.name);
    out += indent + "<" + name;
    for (auto const& a : e.attributes) attribute_text(out, a.name, a.value);
    out += ">\n";
    std::string text;
    auto const flush = [&] {
        if (!text.empty() && !dropped(name, text)) out += indent + "  \"" + text + "\"\n";
        text.clear();
    };
    for (auto const* child = e.first; child; child = child->next) {
        if (auto const* t = child->as_text())
            text += t->text;
        else {
            flush();
            our_dump(*child, name, depth + 1, out);
        }
    }
    flush();
}

std::string gumbo_tree(std::string const& text) {
    GumboOptions options = kGumboDefaultOptions;
    auto* output = gumbo_parse_with_options(&options, text.data(), text.size());
    std::string out;
    gumbo_dump(output->root, "", 0, out);
    gumbo_destroy_output(&options, output);
    return out;
}

std::string our_tree(std::string const& text) {
    Diagnostics diagnostics;
    auto const document = html::parse(text, "test.html", diagnostics);
    std::string out;
    our_dump(document.root(), "", 0, out);
    return out;
}

class SameTree : public testing::TestWithParam<char const*> {};

TEST_P(SameTree, as_gumbo) {
    std::string const text = GetParam();
    EXPECT_EQ(our_tree(text), gumbo_tree(text)) << text;
    auto const full = "<!doctype html><html lang=en><head><title>t</title></head><body>" + text + "</body></html>";
    EXPECT_EQ(our_tree(full), gumbo_tree(full)) << full;
}

INSTANTIATE_TEST_SUITE_P(
    Snippets, SameTree,
    testing::Values(
        // paragraphs close before blocks
        "<p>one<p>two", "<p>a<section>b</section>", "<p>a<article>b</article>c", "<p>a<aside>b</aside>",
        "<p>x<header>h</header>", "<p>x<footer>h</footer>", "<p>x<main>m</main>", "<p>x<nav>n</nav>",
        "<p>x<figure><figcaption>c</figcaption></figure>", "<p>x<details><summary>s</summary>d</details>",
        "<p>x<div>y</div>z", "<p>x<ul><li>a<li>b</ul>", "<p>x<h1>t</h1>", "<p>x<pre>\n  a\n</pre>", "<p>x<hr>y",
        "<p>x<blockquote>q</blockquote>", "<p>x<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<p>x</p></p>y",
        "<p><span>a<p>b</span>c", "<p>a<address>b</address>c",
        // void elements
        "a<br>b<wbr>c<hr>d<img src=x>e", "<video><source src=a><track src=b>text</video>", "a<br/>b<img src=\"x\"/>c",
        "<table><colgroup><col><col span=2></colgroup><tr><td>1<td>2<td>3</table>",
        // lists
        "<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "<ol><li><p>a<li><div>b</div></ol>", "<li>a<li>b",
        "<dl><dd>a<dt>b</dl>", "<ul><li>a</li></li><li>b</ul>", "<dl><dt>a<div>x<dd>b</div></dl>",
        // tables
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<table><thead><tr><th>h</thead><tbody><tr><td>a</tbody><tfoot><tr><td>f</tfoot></table>",
        "<table><td>a</table>", "<table><tbody><td>a<tr><td>b</table>",
        "<table><caption>c<b>d</b></caption><tr><td>a</table>", "<table><tr><td><table><tr><td>in</table>out</table>",
        "<table>\n<tr>\n<td>a</td>\n</tr>\n</table>\n", "<table><col><tr><td>a</table>",
        "<table><tr><td>a</td></tr><thead><tr><th>h</th></tr></thead></table>", "<table><tr><td>a</table>b",
        "<table><tr><td><p>a<p>b<td>c</table>", "<table><tr><th>a<td>b</th>c</table>", "<table>foster<tr><td>a</table>",
        "<table><div>foster</div><tr><td>a</table>", "<table><tr><b>x</b><td>a</table>",
        "<table><table><tr><td>x</table>", "<tr><td>x</td></tr>y", "<div><table><tr><td>a</div>b</table>c",
        // entities
        "&amp;&lt;&gt;&quot;&apos;&nbsp;&copy;&check;&hellip;&rarr;&NotEqualTilde;",
        "&#8209;&#x2011;&#150;&#0;&#xD800;", "&unknown; &amp", "&copy 2026 a&b",
        "<a href=\"?a=1&copy=2&amp;b=3\">x</a>", "AT&T", "5 &lt; 6 &amp;lt;", "<i title='&quot;&#39;&lt;'>x</i>",
        // formatting
        "<b>a<i>b</i>c</b>", "<b><p>a</p></b>", "<p><b>a</p><p>b</b>c</p>", "<b>a<i>b</b>c</i>d",
        "<a href=1>a<a href=2>b</a>", "<p><em>x<p>y", "<b><i><u>x</b>y</i>z", "<code>a<b>b</code>c</b>",
        "<span>a<b>b</span>c</b>",
        // SVG
        "<svg viewBox='0 0 1 1' preserveAspectRatio=none><linearGradient id=a gradientUnits=userSpaceOnUse><stop "
        "offset=0 /></linearGradient><path d='M0 0'/><clipPath/></svg>after",
        "<svg><g><rect/><circle/></g><text x=1>a<tspan>b</tspan></text></svg>", "<p>a<svg><path/></svg>b</p>",
        "<svg><title>t</title><desc>d</desc></svg>", "<svg><g>x<p>out</p></svg>",
        "<svg><foreignObject><div>d<p>e</div></foreignObject></svg>x", "<svg><use href='#a'/></svg>", "<svg/>x",
        "<svg><style>.a{fill:red}</style><path class=a /></svg>",
        // raw text, comments, odd tags
        "<style>a > b { content: '</x>' } /* <p> */</style>x", "a<!-- b <p> -->c", "<pre>\n\nx</pre>",
        "<textarea>\nx</textarea>", "<script>if (a < b && c) { '</p>' }</script>x", "<custom-tag a=b>x</custom-tag>",
        "<div a=1 a=2 B=3 c>x</div>", "<h1>a<h2>b</h2>", "<h1>a</h2>b", "</div>a", "<div><span></div>a", "a < b",
        "<div/>x", "<ruby>a<rp>(<rt>b<rp>)</ruby>", "<q>a<q>b</q></q>", "", "text only", "\n\n  lead",
        "<div>\r\na\rb</div>", "<select><option>a<option>b</select>", "<section><h2>a</h2><p>b</section><section>c",
        "x</body>y", "<details open><summary>a</summary><p>b</details>c", "<p><a href=x>l</a><small>s</small></p>",
        "<div>a</p>b</div>", "<p>a</div>b", "<object><p>x</object>y"));

TEST(SameTreeFiles, whole_documents) {
    for (auto const* text :
         {"<!doctype html><html><head><meta charset=latin1><title>A &amp; B</title><link rel=stylesheet "
          "href=x><style>p{}</style></head>\n<body>\n<p>x</body>\n</html>\n",
          "<!doctype html><html lang=\"en-US\"><meta "
          "charset=\"utf-8\"><title>t</title><style>@page{size:letter}</style><header><b>x</b></header>\n<h1>y</h1>",
          "<title>t</title><p>a", "<body class=x>y", "<meta charset=utf-8>\ntext", "<html a=1><body b=2>x",
          "<!doctype html>\n<!-- c -->\n<html>\n<head>\n</head>\n<body>\n</body>\n</html>"})
        EXPECT_EQ(our_tree(text), gumbo_tree(text)) << text;
}

/// Every HTML file that the product and its tests render.
TEST(SameTreeFiles, repository) {
    std::size_t files = 0;
    for (auto const* folder : {"report-templates", "plugins", "tests"}) {
        auto const path = std::filesystem::path(DECKLE_SOURCE_DIR) / folder;
        if (!std::filesystem::exists(path)) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(path)) {
            if (entry.path().extension() != ".html") continue;
            std::ifstream in(entry.path(), std::ios::binary);
            std::stringstream text;
            text << in.rdbuf();
            ++files;
            EXPECT_EQ(our_tree(text.str()), gumbo_tree(text.str())) << entry.path();
        }
    }
    RecordProperty("files", static_cast<int>(files));
}

} // namespace
