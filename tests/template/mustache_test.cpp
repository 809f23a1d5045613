#include "base/error.hpp"
#include "render.hpp"
#include <array>
#include <gtest/gtest.h>
#include <random>
#include <thread>

namespace deckle::templates {
namespace {

using test::Files;
using test::render;

struct Case {
    char const* name;
    char const* text;
    char const* model;
    char const* expected;
};

class Mustache : public testing::TestWithParam<Case> {};

TEST_P(Mustache, Prints) {
    auto const out = render(GetParam().text, GetParam().model);
    EXPECT_EQ(out.html, GetParam().expected);
    EXPECT_TRUE(out.diagnostics.empty()) << out.diagnostics.items()[0].to_string();
}

// From the Mustache specification (https://github.com/mustache/spec), the cases that matter in HTML.
INSTANTIATE_TEST_SUITE_P(
    Specification, Mustache,
    testing::Values(
        Case{"no tags", "Hello {you}!", "{}", "Hello {you}!"},
        Case{"basic", "Hello, {{subject}}!", R"({"subject":"world"})", "Hello, world!"},
        Case{"html escaping", "{{f}}", R"({"f":"& \" < > '"})", "&amp; &quot; &lt; &gt; &#39;"},
        Case{"integer", "{{n}}", R"({"n":85})", "85"}, Case{"null prints nothing", "({{n}})", R"({"n":null})", "()"},
        Case{"dotted", "{{a.b.c}}", R"({"a":{"b":{"c":"x"}}})", "x"},
        Case{"dotted resolves its first name first", "{{#a}}{{b.c}}{{/a}}",
             R"({"a":{"b":{"c":"inner"}},"b":{"c":"outer"}})", "inner"},
        Case{"implicit iterator", "{{#l}}({{.}}){{/l}}", R"({"l":["a","b"]})", "(a)(b)"},
        Case{"padding", "|{{ s }}|", R"({"s":"---"})", "|---|"}, Case{"truthy", "{{#b}}x{{/b}}", R"({"b":true})", "x"},
        Case{"falsy", "({{#b}}x{{/b}})", R"({"b":false})", "()"},
        Case{"null is falsy", "({{#b}}x{{/b}}{{^b}}y{{/b}})", R"({"b":null})", "(y)"},
        Case{"absent is falsy", "({{#b}}x{{/b}}{{^b}}y{{/b}})", "{}", "(y)"},
        Case{"empty list", "({{#l}}x{{/l}}{{^l}}none{{/l}})", R"({"l":[]})", "(none)"},
        Case{"context", "{{#c}}Hi {{name}}.{{/c}}", R"({"c":{"name":"Joe"}})", "Hi Joe."},
        Case{"outer names show through", "{{#c}}{{x}}{{/c}}", R"({"c":{},"x":"1"})", "1"},
        Case{"deep nesting", "{{#a}}{{one}}{{#b}}{{one}}{{two}}{{#c}}{{one}}{{two}}{{three}}{{/c}}{{/b}}{{/a}}",
             R"({"a":{"one":1},"b":{"two":2},"c":{"three":3}})", "112123"},
        Case{"lists of lists", "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}", R"({"l":[["a","b"],["c","d"]]})", "(ab)(cd)"},
        Case{"same length nested", "{{#rows}}{{#cells}}{{.}}{{/cells}}{{name}};{{/rows}}",
             R"({"rows":[{"name":"x","cells":["1","2"]},{"name":"y","cells":["3","4"]}]})", "12x;34y;"},
        Case{"sibling lists after a nested one", "{{#a}}{{#b}}{{.}}{{/b}}{{#c}}{{.}}{{/c}}|{{/a}}",
             R"({"a":[{"b":["1"],"c":["2"]},{"b":["3"],"c":["4"]}]})", "12|34|"},
        Case{"inverted inside", "{{#a}}{{^b}}{{x}}{{/b}}{{/a}}", R"({"a":[{"x":"1"},{"x":"2","b":true}]})", "1"},
        Case{"standalone section lines go", "a\n{{#b}}\nx\n{{/b}}\nc\n", R"({"b":true})", "a\nx\nc\n"},
        Case{"comment line goes", "a\n  {{! note }}\nb", "{}", "a\nb"},
        Case{"comment inside a line", "a {{! note }}b", "{}", "a b"},
        Case{"delimiters", "{{=<% %>=}}(<%t%>){{t}}<%={{ }}=%>[{{t}}]", R"({"t":"x"})", "(x){{t}}[x]"},
        Case{"braces beside tags", "a{{{x}}}{b", R"({"x":{"$markdown":""}})", "a{b"},
        Case{"css braces", "a{b:{{x}}}", R"({"x":"1"})", "a{b:1}"}));

INSTANTIATE_TEST_SUITE_P(
    Ours, Mustache,
    testing::Values(
        Case{"leaf", "{{v}}", R"({"v":{"$money":["-1234.5","USD"],"digits":0}})", "−$1,235"},
        Case{"leaf escaped", "{{v}}", R"({"v":{"$text":"{a} & b","args":{"a":"<i>"}}})", "&lt;i&gt; &amp; b"},
        Case{"anchored", "{{#a}}{{#.x}}inner{{/.x}}{{^.x}}none{{/.x}}{{/a}}", R"({"a":{},"x":"outer"})", "none"},
        Case{"anchored value", "{{#a}}{{.x}}{{/a}}", R"({"a":{"x":"1"},"x":"2"})", "1"},
        Case{"type", R"({{#c}}<td class="{{$type}}">{{.}}</td>{{/c}})",
             R"({"c":["a",{"$num":"1"},{"$pct":"0.5"},{"$na":"no_data"}]})",
             "<td class=\"text\">a</td><td class=\"num\">1</td><td class=\"pct\">50.0%</td><td class=\"na\">n/a</td>"},
        Case{"reason", "{{#v}}{{.}} ({{$reason}}){{/v}}", R"({"v":{"$na":"missing_column:due"}})",
             "n/a (column due is missing)"},
        Case{"first and last", "{{#l}}{{$index}}{{.}}{{^$last}}, {{/$last}}{{/l}}", R"({"l":["a","b","c"]})",
             "1a, 2b, 3c"},
        Case{"first", "{{#l}}{{#$first}}>{{.}}{{/$first}}{{/l}}", R"({"l":["a","b"]})", ">a"},
        Case{"lang", "{{$lang}}", "{}", "en-US"},
        Case{"markdown", "{{{m}}}", R"({"m":{"$markdown":"a *b*"}})", "<p>a <em>b</em></p>\n"},
        Case{"chart", "{{{c}}}", R"({"c":{"$chart":{"unit":"u"}}})", "<svg>u</svg>"},
        Case{"chart members", "{{#c}}{{$chart.unit}}{{/c}}", R"({"c":{"$chart":{"unit":"u"}}})", "u"},
        Case{"align",
             "{{#t}}{{#columns}}{{$align}} {{/columns}}{{#rows}}{{#cells}}{{$align}} {{/cells}}{{/rows}}{{/t}}",
             R"({"t":{"columns":[{"label":"a"},{"label":"b"},{"label":"c","align":"center"},{"label":"d"}],
                             "rows":[{"cells":["x",{"$na":"no_data"},{"$num":"1"},"t"]},{"cells":["x",{"$num":"1"},"y","t"]}]}})",
             "left right center left left right center left left right center left "}));

TEST(Template, SaysWhatIsMissingAndWhere) {
    auto const out = render("a\n <b>{{customer.name}}</b>{{#c}}x{{/c}}", R"({"customer":{}})");
    EXPECT_EQ(out.html, "a\n <b>«missing: customer.name»</b>");
    ASSERT_EQ(out.diagnostics.items().size(), 1U);
    auto const& item = out.diagnostics.items()[0];
    EXPECT_EQ(item.code, "missing-name");
    EXPECT_EQ(item.position.to_string(), "t.html.mustache:2:5");
}

TEST(Template, MarksWhatCannotBePrinted) {
    auto const out = render("{{a}} {{b}}", R"({"a":[1],"b":{"c":1}})");
    EXPECT_EQ(out.html, "«not printable: a» «not printable: b»");
    EXPECT_EQ(out.diagnostics.count(Severity::error), 2U);
}

TEST(Partials, AreFoundNearestFirstAndKeepTheirPositions) {
    Files const files({{"workspace/foot.html.mustache", "own {{x}}"},
                       {"standard/foot.html.mustache", "standard"},
                       {"standard/head.html.mustache", "head\n{{> foot}}\n"},
                       {"standard/report.html.mustache", "<p>\n  {{> head}}\n</p>"}});
    auto const loaded =
        Template::load("report.html.mustache", {files.folder() / "workspace", files.folder() / "standard"});
    auto const out = render(loaded, "{}");
    EXPECT_EQ(out.html, "<p>\nhead\nown «missing: x»</p>");
    EXPECT_EQ(out.diagnostics.items().at(0).position.to_string(),
              (files.folder() / "workspace/foot.html.mustache").string() + ":1:5");
    EXPECT_EQ(loaded.files().size(), 3U);
}

TEST(Partials, OneThatIncludesItselfIsAnError) {
    Files const files({{"a.html.mustache", "x{{> b}}"}, {"b.html.mustache", "\n{{> a}}"}});
    try {
        (void)Template::from_text("{{> a}}", "t", {files.folder()});
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(std::string(error.what()), "partial a includes itself: a > b > a");
        EXPECT_EQ(error.position().line, 2);
        EXPECT_EQ(error.position().file, (files.folder() / "b.html.mustache").string());
    }
}

TEST(Partials, AMissingOneLeavesAMarker) {
    auto const out = render("a{{> foot}}b");
    EXPECT_EQ(out.html, "a«missing: partial foot»b");
    EXPECT_EQ(out.diagnostics.items().at(0).to_string().find("t.html.mustache:1:2"), 0U);
}

TEST(Partials, ThatDoubleEachTimeReachALimit) {
    std::map<std::string, std::string> files{{"p0.html.mustache", std::string(1000, 'x')}};
    for (int i = 1; i < 30; ++i)
        files["p" + std::to_string(i) + ".html.mustache"] =
            "{{> p" + std::to_string(i - 1) + "}}{{> p" + std::to_string(i - 1) + "}}";
    Files const on_disk(files);
    EXPECT_THROW((void)Template::from_text("{{> p29}}", "t", {on_disk.folder()}), Error);
}

struct Wrong {
    char const* text;
    char const* message;
};
class Syntax : public testing::TestWithParam<Wrong> {};

TEST_P(Syntax, IsRefusedWithItsPlace) {
    try {
        (void)Template::from_text(GetParam().text, "t");
        FAIL() << GetParam().text;
    } catch (Error const& error) {
        EXPECT_EQ(error.to_string(), GetParam().message);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Faults, Syntax,
    testing::Values(Wrong{"a {{}}", "t:1:3: a tag needs a name"},
                    Wrong{"{{ a | money }}",
                          "t:1:1: \"a | money\" is no name: there are no filters, leaves are formatted by the host"},
                    Wrong{"\n {{#a}}x", "t:2:2: section a is not closed with {{/a}}"},
                    Wrong{"{{#a}}\n{{#b}}\n{{/a}}{{/b}}",
                          "t:3:1: {{/a}} stands where section b (opened in line 2) must be closed"},
                    Wrong{"x{{/a}}", "t:1:2: {{/a}} closes no section of this file"},
                    Wrong{"{{a", "t:1:1: this tag is not closed with }}"},
                    Wrong{"{{{a}}", "t:1:1: this tag is not closed with }}}"},
                    Wrong{"{{a..b}}", "t:1:1: \"a..b\" is no name"}, Wrong{"{{a b}}", "t:1:1: \"a b\" is no name"},
                    Wrong{"{{> ../etc/passwd}}", "t:1:1: \"../etc/passwd\" is no name of a partial"},
                    Wrong{"{{=x=}}", "t:1:1: delimiters are set as {{=<% %>=}}"}));

TEST(Template, NestingHasALimit) {
    std::string deep, close;
    for (int i = 0; i < 10'000; ++i) {
        deep += "{{#a}}";
        close += "{{/a}}";
    }
    EXPECT_THROW((void)Template::from_text(deep + close, "t"), Error);
    EXPECT_EQ(render("{{#a}}{{#a}}{{x}}{{/a}}{{/a}}", R"({"a":{"x":"1"}})").html, "1");
}

/// Whatever the text, it is either refused with an Error or printed; kainjow never sees what it cannot take.
TEST(Template, AnyTextIsRefusedOrPrinted) {
    std::mt19937 random(3);
    auto const parts =
        std::array{"{{",     "}}",       "{",         "}", "{{{",   "}}}",     "#",      "^",        "/",
                   "!",      "=",        ">",         "&", "a",     "l",       ".",      " ",        "\n",
                   "<",      ">",        "\"",        "'", "<b x=", "{{a}}",   "{{#l}}", "{{/l}}",   "{{^a}}",
                   "{{/a}}", "{{! c }}", "{{=[ ]=}}", "[", "]",     "<style>", "$first", "\xc3\xa9", "\r"};
    int printed = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t i = random() % 12; i > 0; --i) text += parts[random() % parts.size()];
        try {
            auto const out = render(text, R"({"a":"A<","l":["1",{"a":["x"]},null]})");
            ++printed;
            EXPECT_EQ(out.html.find("A<"), std::string::npos) << text;
        } catch (Error const&) {
        }
    }
    EXPECT_GT(printed, 2000);
}

TEST(Template, IsRenderedByThreadsAtOnce) {
    auto const loaded = Template::from_text("{{#l}}{{a}},{{/l}}", "t");
    std::vector<std::string> out(4);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < out.size(); ++i)
            threads.emplace_back([&, i] {
                std::string list;
                for (std::size_t k = 0; k < 500 + i; ++k)
                    list += (k == 0 ? "" : ",") + std::string("{\"a\":") + std::to_string(i) + "}";
                out[i] = render(loaded, "{\"l\":[" + list + "]}").html;
            });
    }
    for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i].size(), (500 + i) * 2);
}

// Plain text is no page: nothing in it has to be escaped, and a tag may stand anywhere.
TEST(PlainText, IsNotEscaped) {
    Files const files(
        {{"a.txt.mustache", "<a href={{t}}>{{> b}}{{{m}}} {{none}}"}, {"b.txt.mustache", "{{#l}}{{.}},{{/l}}"}});
    auto const out = render(Template::load("a.txt.mustache", {files.folder()}),
                            R"({"t":"A & <B> \"C\"","l":["x","'"],"m":{"$markdown":"**b**"}})");
    EXPECT_EQ(out.html, "<a href=A & <B> \"C\">x,',**b** «missing: none»");
    EXPECT_TRUE(out.diagnostics.has("missing-name"));
}

} // namespace
} // namespace deckle::templates
