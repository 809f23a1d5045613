/// The trees of our parser against gumbo's, which builds them exactly as HTML5 says.
#include "html/awkward.hpp"
#include "html/parse.hpp"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <gumbo.h>
#include <random>
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

/// Both trees in one form: a line a node, neighbouring texts joined, comments left out.
class Dump {
public:
    void open(std::string const& space, std::string const& name) {
        flush();
        out_.append(names_.size() * 2, ' ') += "<" + space + name;
        names_.push_back(name);
    }
    void attribute(std::string_view name, std::string_view value) { attribute_text(out_, name, value); }
    void opened() { out_ += ">\n"; }
    void close() {
        flush();
        names_.pop_back();
    }
    void text(std::string_view text) { text_ += text; }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void flush() {
        if (!text_.empty() && !(names_.size() > 0 && dropped(names_.back(), text_)))
            out_.append(names_.size() * 2, ' ') += "\"" + text_ + "\"\n";
        text_.clear();
    }
    std::vector<std::string> names_;
    std::string text_, out_;
};

void dump(GumboNode const* node, Dump& out) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
        return out.text(node->v.text.text);
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return;
    auto const& e = node->v.element;
    out.open(e.tag_namespace == GUMBO_NAMESPACE_SVG      ? "svg:"
             : e.tag_namespace == GUMBO_NAMESPACE_MATHML ? "math:"
                                                         : "",
             name_of(e));
    for (unsigned i = 0; i < e.attributes.length; ++i) {
        auto const* a = static_cast<GumboAttribute const*>(e.attributes.data[i]);
        // gumbo splits xlink:href and the like into a namespace and a name
        std::string const prefix =
            a->attr_namespace == GUMBO_ATTR_NAMESPACE_XLINK                                           ? "xlink:"
            : a->attr_namespace == GUMBO_ATTR_NAMESPACE_XML                                           ? "xml:"
            : a->attr_namespace == GUMBO_ATTR_NAMESPACE_XMLNS && std::string_view(a->name) != "xmlns" ? "xmlns:"
                                                                                                      : "";
        out.attribute(prefix + a->name, a->value);
    }
    out.opened();
    for (unsigned i = 0; i < e.children.length; ++i) dump(static_cast<GumboNode const*>(e.children.data[i]), out);
    out.close();
}

void dump(html::Document const& document, html::Node const& node, Dump& out) {
    if (auto const* t = node.as_text()) return out.text(t->text);
    auto const& e = *node.as_element();
    out.open(e.svg ? "svg:" : e.math ? "math:" : "", std::string(e.name));
    for (auto const& a : e.attributes) out.attribute(a.name, a.value);
    out.opened();
    auto const* content = document.template_content(e);
    for (auto const* child = content ? content->first : e.first; child; child = child->next)
        dump(document, *child, out);
    out.close();
}

std::string gumbo_tree(std::string_view text) {
    GumboOptions options = kGumboDefaultOptions;
    auto* output = gumbo_parse_with_options(&options, text.data(), text.size());
    Dump out;
    dump(output->root, out);
    gumbo_destroy_output(&options, output);
    return out.take();
}

std::string our_tree(std::string_view text) {
    Diagnostics diagnostics;
    auto const document = html::parse(text, "test.html", diagnostics);
    Dump out;
    dump(document, document.root(), out);
    return out.take();
}

/// Where gumbo 0.10.1 is not the HTML Standard (of 2026), by what stands in the text; `Differences` has examples.
bool gumbo_errs(std::string_view given) {
    std::string text(given);
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    auto const has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    auto const before = [&](std::string_view part) { // what stands before any `part`
        std::string characters;
        for (auto p = text.find(part); p != std::string::npos; p = text.find(part, p + 1))
            if (p > 0) characters += text[p - 1];
        return characters;
    };
    auto const untidy_end_tag = [&] { // </x > or </x/>
        for (auto p = text.find("</"); p != std::string::npos; p = text.find("</", p + 1)) {
            auto const end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", p + 2);
            if (end == std::string::npos || text[end] != '>') return true;
        }
        return false;
    };
    bool const foreign = has("<svg") || has("<math");
    return (has("<select") && has("<hr")) ||                               // <hr> may stand in <select>
           (foreign && (has("</p") || has("</br") || untidy_end_tag())) || // </p> and </br> end SVG and MathML
           (has("<template") && has("<form")) ||                           // the form of a template is no form pointer
           before("</form").find_first_not_of('>') != std::string::npos || // text before </form> stays in the form
           (has("<!doctype") && has("public")) ||                          // old doctypes ask for quirks mode
           has("<main") || has("<search") || has("<dialog") ||             // unknown to it, or not special
           (foreign && has("</object")) ||                                 // the scope of </object>
           text.starts_with("\xEF\xBB\xBF");                               // a byte order mark is no text
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

TEST(SameTreeAwkward, as_gumbo) {
    for (auto const text : html_cases::awkward) {
        if (!gumbo_errs(text)) {
            EXPECT_EQ(our_tree(text), gumbo_tree(text)) << text;
        }
        for (auto const& [before, after] : html_cases::around) {
            auto const whole = std::string(before) + std::string(text) + std::string(after);
            if (!gumbo_errs(whole)) {
                EXPECT_EQ(our_tree(whole), gumbo_tree(whole)) << whole;
            }
        }
    }
}

/// Documents of random tags, texts, references and comments, the same ones in every run.
TEST(SameTreeRandom, as_gumbo) {
    std::mt19937 random(20261122);
    auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    int failures = 0;
    for (int i = 0; i < 10'000 && failures < 5; ++i) {
        std::string text = below(2) == 0 ? "<!doctype html>" : "";
        // a few kinds of tags a document, so that they meet
        std::vector<std::string_view> names;
        for (std::size_t n = 2 + below(6); n > 0; --n)
            names.push_back(html_cases::names[below(html_cases::names.size())]);
        for (std::size_t n = 1 + below(24); n > 0; --n) {
            auto const name = names[below(names.size())];
            bool const tables = std::ranges::find(names, "table") != names.end();
            switch (below(8)) {
            case 0:
                if (auto const more = html_cases::texts[below(html_cases::texts.size())]; !is_blank(more) || !tables)
                    text += more; // in tables gumbo knows no formatting for white space
                break;
            case 1:
            case 2:
                text += name == "form" ? "" : "</" + std::string(name) + ">";
                break;
            case 3:
                text += "<" + std::string(name) +
                        std::string(html_cases::attributes[below(html_cases::attributes.size())]) + ">";
                break;
            default:
                text += "<" + std::string(name) + ">";
            }
        }
        auto const has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
        // also rare: markers that a template leaves behind, titles of SVG inside <mi>, <html> in MathML, four
        // formattings
        if (gumbo_errs(text) || (has("<template") && (has("<caption") || has("<td") || has("<th"))) ||
            (has("<svg") && has("<title") && has("<mi")) || (has("<html") && (has("<math") || has("<head"))))
            continue;
        auto const ours = our_tree(text), theirs = gumbo_tree(text);
        if (ours != theirs) ++failures;
        EXPECT_EQ(ours, theirs) << text;
    }
}

/// What the standard asks for and gumbo does otherwise; an example that gumbo gets right is to be struck out.
TEST(Differences, follow_the_standard) {
    std::pair<std::string_view, std::string_view> const cases[] = {
        {"<select><option>a<hr><option>b</select>", "<select> <option> \"a\" <hr> <option> \"b\""},
        {"<svg><g></p>a", "<svg:svg> <svg:g> <p> \"a\""},
        {"<svg><path></path >a</svg>", "<svg:svg> <svg:path> \"a\""},
        {"<template><form><div></form>a</template>", "<template> <form> <div> \"a\""},
        {"<form>a</form>b", "<form> \"a\" \"b\""},
        {"<!doctype html public '-//W3C//DTD HTML 3.2//EN'><p>a<table></table>", "<p> \"a\" <table>"},
        {"<p>a<dialog>b</dialog>", "<p> \"a\" <dialog> \"b\""},
        {"<main><li>a<main><li>b", "<main> <li> \"a\" <main> <li> \"b\""},
        {"\xEF\xBB\xBFtext", "\"text\""},
        {"<nobr><template><caption></template><nobr>a", "<nobr> <template> <caption> <nobr> \"a\""},
        {"<x>a</y>b</x>c", "<x> \"ab\" \"c\""},
    };
    for (auto const& [text, expected] : cases) {
        std::istringstream lines(our_tree(text));
        std::string line, flat;
        while (std::getline(lines, line))
            if (line != "<html>" && line != "  <head>" && line != "  <body>")
                flat += (flat.empty() ? "" : " ") + line.substr(line.find_first_not_of(' '));
        EXPECT_EQ(flat, expected) << text;
        EXPECT_NE(our_tree(text), gumbo_tree(text)) << text;
    }
}

/// Framesets are left out and reported; everything else that is repaired is as HTML says.
TEST(Differences, framesets_are_reported) {
    Diagnostics diagnostics;
    auto const document = html::parse("<frameset><frame src=a><noframes>b</noframes></frameset>", "f", diagnostics);
    EXPECT_TRUE(diagnostics.has("html-structure"));
    EXPECT_NE(document.body(), nullptr);
}

/// Every HTML file that the product and its tests render.
TEST(SameTreeFiles, repository) {
    std::size_t files = 0;
    for (auto const* folder : {"report-templates", "plugins", "tests"}) {
        auto const path = std::filesystem::path(DECKLE_SOURCE_DIR) / folder;
        if (!std::filesystem::exists(path)) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(path)) {
            bool const broken_on_purpose = entry.path().native().find("/fuzz/") != std::string::npos;
            if (entry.path().extension() != ".html" || broken_on_purpose) continue;
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
