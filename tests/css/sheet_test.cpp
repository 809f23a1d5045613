#include "css/sheet_data.hpp"
#include "css/styled.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using css_test::Styled;

namespace {

std::string messages(std::string const& text) {
    Diagnostics diagnostics;
    (void)css::parse(text, {"s.css", 1, 1}, diagnostics);
    std::string out;
    for (auto const& d : diagnostics.items()) out += d.position.to_string() + " " + d.code + ": " + d.message + "\n";
    return out;
}

TEST(Sheet, what_is_not_understood_is_reported_with_its_place) {
    EXPECT_EQ(messages("p {\n  colr: red;\n  width: 3 pt;\n}"),
              "s.css:2:3 unknown-property: unknown property 'colr', did you mean 'color'?\n"
              "s.css:3:10 unknown-value: '3 pt' is not a value of width\n");
    EXPECT_EQ(messages("@foo { p { color: red } } @bar;"),
              "s.css:1:1 unknown-at-rule: @foo is not supported and was left out\n"
              "s.css:1:27 unknown-at-rule: @bar is not supported and was left out\n");
    EXPECT_EQ(messages("p { color red; width: 1pt }"),
              "s.css:1:5 css-syntax: 'color red' is no declaration (name: value)\n");
    EXPECT_EQ(messages("p:foo { color: red }"),
              "s.css:1:3 unknown-selector: unknown pseudo-class :foo; the rule 'p:foo ' was left out\n");
    EXPECT_EQ(messages("p { color: red"), "s.css:1:3 css-syntax: '}' is missing\n");
    EXPECT_EQ(messages("p { b { color: red } width: 1pt }"), "");
    EXPECT_EQ(messages("@page { b { color: red } }"),
              "s.css:1:9 css-syntax: a rule inside a block of declarations was left out\n");
    EXPECT_EQ(messages("p { @foo { color: red } b:bar { width: 1pt } }"),
              "s.css:1:5 unknown-at-rule: @foo is not known here\n"
              "s.css:1:27 unknown-selector: unknown pseudo-class :bar; the rule 'b:bar ' was left out\n");
    EXPECT_EQ(messages("/* } */ p { color: red; ; } <!-- --> \xEF\xBF\xBD{}"), "");
    EXPECT_EQ(messages("@media print { p { foo: 1 } } @media screen { p { bar: 1 } }"),
              "s.css:1:20 unknown-property: unknown property 'foo'\n");
}

TEST(Sheet, user_agent_sheet_is_clean) {
    EXPECT_EQ(messages(std::string(css::user_agent_text())), "");
}

TEST(Sheet, blocks_may_not_nest_without_end) {
    for (std::string const open :
         {"@media all{", "@supports (color:red){", "@layer a{", "p{", "p{@media all{", "@media all{p{&:hover{"}) {
        std::string text;
        for (int i = 0; i < 20000; ++i) text += open;
        Diagnostics diagnostics;
        (void)css::parse(text, {"deep.css", 1, 1}, diagnostics);
        bool told = false;
        for (auto const& d : diagnostics.items()) told = told || d.message == "rules are nested too deeply";
        EXPECT_TRUE(told) << open;
    }
    Diagnostics diagnostics;
    (void)css::parse("@media all{@supports (color:red){@layer a{p{color:red;&:hover{color:blue}}}}}",
                     {"fine.css", 1, 1}, diagnostics);
    EXPECT_TRUE(diagnostics.items().empty());
}

TEST(Sheet, broken_input_never_hangs_or_throws) {
    for (char const* text : {"",
                             "}",
                             "{",
                             "@",
                             "@media",
                             "@media print {",
                             "p{",
                             "p{color",
                             "p{color:",
                             "p{color:red",
                             "\"",
                             "p{content:\"",
                             "url(",
                             "p{background:url(a b)}",
                             "((((",
                             "p{width:calc(((((((1pt}",
                             "@page {@top-left {content:\"a\"",
                             "@import",
                             "@import url(x",
                             "a:not(:is(:not(",
                             "--x:",
                             "p{--x:{}}",
                             "@font-face{}",
                             "\\",
                             "p{color:\\",
                             "[",
                             "a[b",
                             "a[b=",
                             "@page :first:last{}",
                             "\xFF\xFE"}) {
        Diagnostics diagnostics;
        (void)css::parse(text, {"s.css", 1, 1}, diagnostics);
    }
    std::string deep = "p{width:";
    for (int i = 0; i < 5000; ++i) deep += "calc(";
    Diagnostics diagnostics;
    (void)css::parse(deep, {}, diagnostics);
    std::string nots;
    for (int i = 0; i < 5000; ++i) nots += ":not(";
    (void)css::parse(nots + "{}", {}, diagnostics);
    std::string media;
    for (int i = 0; i < 5000; ++i) media += "@media print{";
    (void)css::parse(media, {}, diagnostics);
}

TEST(Sheet, media) {
    auto const applies = [](std::string const& query) {
        return Styled("<p id=x>", "@media " + query + "{#x{z-index:1}}").style().z_index.has_value();
    };
    for (auto const* q :
         {"print", "all", "screen, print", "only print", "not screen", "print and (min-width: 100px)",
          "(orientation: portrait)", "not (hover: hover)", "(min-width:10px) and (prefers-color-scheme:light)"})
        EXPECT_TRUE(applies(q)) << q;
    for (auto const* q : {"screen", "not print", "print and (max-width: 400px)", "(prefers-color-scheme: dark)",
                          "speech", "print and", "(foo: bar)"})
        EXPECT_FALSE(applies(q)) << q;
}

TEST(Sheet, supports) {
    auto const applies = [](std::string const& condition) {
        return Styled("<p id=x>", "@supports " + condition + "{#x{z-index:1}}").style().z_index.has_value();
    };
    EXPECT_TRUE(applies("(display: flex)"));
    EXPECT_FALSE(applies("(display: grid)"));
    EXPECT_TRUE(applies("not (display: grid)"));
    EXPECT_TRUE(applies("(display: grid) or (color: red)"));
    EXPECT_FALSE(applies("(display: grid) and (color: red)"));
    EXPECT_TRUE(applies("((color: red) and (not (foo: bar)))"));
    EXPECT_TRUE(applies("selector(a > b)"));
    EXPECT_TRUE(applies("selector(a:has(b))"));
    EXPECT_FALSE(applies("selector(a:has(b:has(c)))"));
    EXPECT_FALSE(applies("foo"));
}

TEST(Sheet, style_elements_and_links) {
    css::Loader const load = [](std::string const& url, std::string const& from) -> std::optional<css::Loaded> {
        if (url == "a.css")
            return css::Loaded{"dir/a.css",
                               "@import 'b.css'; @import 'none.css' screen; #x{z-index:1;order:1}\np{bad:1}"};
        if (url == "b.css" && from == "dir/a.css")
            return css::Loaded{"dir/b.css", "#x{z-index:9;color:red;background:url(i.png)}"};
        if (url == "self.css") return css::Loaded{"self.css", "@import 'self.css';"};
        return std::nullopt;
    };
    Styled const s("<link rel=stylesheet href=a.css><style "
                   "media=screen>#x{order:5}</style>\n<style>\n#x{order:2}\n#x{foo:1}</style>"
                   "<link rel=stylesheet href=none.css><link rel=icon href=i><p id=x>",
                   "", {}, load);
    EXPECT_EQ(s.style().order, 2);
    EXPECT_EQ(s.style().z_index, 1) << "imports come before the sheet's own rules";
    EXPECT_EQ(s.style().color, (css::Color{255, 0, 0, 255}));
    EXPECT_EQ(s.style().background[0].url.base, "dir/b.css");
    EXPECT_NE(s.messages().find("dir/a.css:2:3: "), std::string::npos) << s.messages();
    EXPECT_NE(s.messages().find("t.html:4:4: "), std::string::npos) << s.messages();
    EXPECT_TRUE(s.diagnostics.has("css-import"));
    Diagnostics diagnostics;
    (void)css::parse("@import 'self.css'", {}, diagnostics, load);
    EXPECT_TRUE(diagnostics.has("css-import"));
    Diagnostics late;
    (void)css::parse("p{} @import 'a.css';", {}, late, load);
    EXPECT_TRUE(late.has("css-syntax"));
}

TEST(Sheet, font_faces) {
    Diagnostics diagnostics;
    auto const sheet = css::parse("@font-face{font-family:My Font;src:local('X Y'), url(f.woff2) format('woff2'), "
                                  "url(\"f.ttf\");font-weight:200 800;"
                                  "font-style:italic;unicode-range:U+0-7F,U+4??}@font-face{src:url(x)}",
                                  {"f.css", 1, 1}, diagnostics);
    ASSERT_EQ(sheet.font_faces().size(), 1u);
    auto const& face = sheet.font_faces()[0];
    EXPECT_EQ(face.family, "My Font");
    ASSERT_EQ(face.sources.size(), 3u);
    EXPECT_TRUE(face.sources[0].local);
    EXPECT_EQ(face.sources[0].url.url, "X Y");
    EXPECT_EQ(face.sources[1].format, "woff2");
    EXPECT_EQ(face.sources[2].url, (css::Url{"f.ttf", "f.css"}));
    EXPECT_EQ(face.weight_min, 200);
    EXPECT_EQ(face.weight_max, 800);
    EXPECT_TRUE(face.italic);
    EXPECT_EQ(face.unicode_ranges[1], (std::pair{0x400u, 0x4FFu}));
    EXPECT_TRUE(diagnostics.has("css-syntax"));
}

TEST(Sheets, remembered_when_they_gave_no_diagnostic) {
    css::SheetCache cache;
    auto parse = [&](char const* text, int line, std::size_t findings) {
        Diagnostics diagnostics;
        auto const sheet = cache.parse(text, {"a.html", line, 1}, diagnostics, {});
        EXPECT_EQ(diagnostics.items().size(), findings) << text;
        return &sheet.data();
    };
    auto const* const first = parse("p{color:red}", 3, 0);
    EXPECT_EQ(parse("p{color:red}", 3, 0), first);
    EXPECT_NE(parse("p{color:red}", 4, 0), first) << "its positions are others";
    EXPECT_NE(parse("p{color:blue}", 3, 0), first);
    for (int i = 0; i < 2; ++i) (void)parse("p{colour:red}", 3, 1); // told each time
}

} // namespace
