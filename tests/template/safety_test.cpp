#include "base/error.hpp"
#include "render.hpp"
#include "template/markdown.hpp"
#include <gtest/gtest.h>

namespace deckle::templates {
namespace {

using test::Files;
using test::render;

constexpr auto attack =
    R"json({"x":"\"><script>alert(1)</script>","n":{"$text":"{a}","args":{"a":"<img onerror=x>"}},"js":"javascript:alert(1)","JS":" JaVaScRiPt:alert(1)",
    "site":"https://example.com/?a=1&b=2","css":"red;background:url(//x)","w":{"$num":"42.5"},"m":{"$markdown":"<script>x</script> [a](javascript:b) ![i](http://x/y.png) [c](https://d)"}})json";

TEST(Escaping, HoldsInTextAndAttributes) {
    auto const out = render(R"(<p title="{{x}}" data-n='{{n}}'>{{x}}</p>)", attack);
    EXPECT_EQ(out.html, "<p title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\" data-n='&lt;img "
                        "onerror=x&gt;'>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>");
}

TEST(Escaping, RawTagsPrintOnlyWhatTheHostRendered) {
    auto const out = render("{{{x}}}{{&n}}", attack);
    EXPECT_EQ(out.html.find('<'), std::string::npos) << out.html;
    ASSERT_EQ(out.diagnostics.items().size(), 2U);
    EXPECT_EQ(out.diagnostics.items()[0].code, "raw-refused");
    EXPECT_EQ(out.diagnostics.items()[1].position.to_string(), "t.html.mustache:1:8");
}

TEST(Escaping, AMarkersNameIsEscapedToo) {
    auto const out = render("{{v}}", R"({"v":{"<b>":1}})");
    EXPECT_EQ(out.html, "«not printable: v»");
}

TEST(Urls, OnlyLinksThatAreSafe) {
    EXPECT_EQ(render(R"(<a href="{{site}}">)", attack).html, R"(<a href="https://example.com/?a=1&amp;b=2">)");
    for (auto const* name : {"js", "JS", "x"}) {
        auto const out = render(std::string(R"(<a href="{{)") + name + R"(}}">)", attack);
        EXPECT_EQ(out.html, R"(<a href="#">)");
        EXPECT_TRUE(out.diagnostics.has("unsafe-url"));
    }
    EXPECT_EQ(render(R"(<a href="#{{js}}">)", attack).html, R"html(<a href="#javascript:alert(1)">)html");
}

TEST(Styles, TakeNumbersAndWordsOnly) {
    EXPECT_EQ(render(R"(<i style="width:{{w}}%">)", attack).html, R"(<i style="width:42.5%">)");
    auto const out = render(R"(<i style="color:{{css}}">)", attack);
    EXPECT_EQ(out.html, R"(<i style="color:0">)");
    EXPECT_TRUE(out.diagnostics.has("unsafe-style"));
}

class UnsafePlace : public testing::TestWithParam<char const*> {};
TEST_P(UnsafePlace, IsRefusedWhenLoading) {
    EXPECT_THROW((void)Template::from_text(GetParam(), "t"), Error);
}
INSTANTIATE_TEST_SUITE_P(All, UnsafePlace,
                         testing::Values("<a title={{x}}>", "<a title=a{{x}}>", "<script>var a = '{{x}}'</script>",
                                         "<style>{{x}}</style>", "<{{x}}>", "<a {{x}}>", "<a onclick=\"{{x}}\">",
                                         "<iframe srcdoc=\"{{x}}\">", "<a href = {{x}} >",
                                         "<b {{#s}}class={{x}}{{/s}}>", "<style>{{{x}}}</style>"));

class SafePlace : public testing::TestWithParam<char const*> {};
TEST_P(SafePlace, IsAccepted) {
    EXPECT_NO_THROW((void)Template::from_text(GetParam(), "t"));
}
INSTANTIATE_TEST_SUITE_P(All, SafePlace,
                         testing::Values("<p>{{x}}</p>", "<tr{{#t}} class=\"{{t}}\"{{/t}}>{{x}}",
                                         "<style>a{b:c}</style>{{x}}", "<style>{{{$style}}}</style>{{x}}",
                                         "<!doctype html><p>{{x}}", "<!-- {{x}} -->{{x}}", "<title>{{x}}</title>",
                                         "<p>1 < 2 {{x}}", "<br/>{{x}}", "<a b='c' d>{{x}}", "<script>1</script>{{x}}",
                                         "<p title=\"a > b\">{{x}}"));

TEST(Markdown, HasNoRawHtmlAndNoOtherLinks) {
    EXPECT_EQ(render("{{{m}}}", attack).html,
              "<p>&lt;script&gt;x&lt;/script&gt; <a>a</a> i <a href=\"https://d\">c</a></p>\n");
    EXPECT_EQ(
        markdown_to_html("[a](javascript&colon;b) [d](data:text/html,x) [m](MAILTO:a@b.c) [f](#x) <https://e.com>"),
        "<p><a>a</a> <a>d</a> <a href=\"MAILTO:a@b.c\">m</a> <a href=\"#x\">f</a> <a "
        "href=\"https://e.com\">https://e.com</a></p>\n");
    EXPECT_EQ(markdown_to_html("[a](https://x\" onclick=\"y)").find("onclick=\""), std::string::npos);
    EXPECT_EQ(markdown_to_html("# A\n\n###### B"), "<h3>A</h3>\n<h6>B</h6>\n");
}

TEST(Images, ComeFromTheAllowedFoldersOnly) {
    Files const files({{"brand/a.png", "\x89PNG\r\n\x1a\nrest"},
                       {"brand/b.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"},
                       {"brand/c.txt", "text"},
                       {"secret.png", "\x89PNG\r\n\x1a\n"}});
    auto const loaded = Template::from_text(R"(<img src="{{i}}" alt="">)", "t");
    auto const image = [&](std::string const& path) {
        return render(loaded, R"({"i":{"$image":")" + path + R"("}})", {files.folder() / "brand"});
    };
    EXPECT_EQ(image("a.png").html, R"(<img src="data:image/png;base64,iVBORw0KGgpyZXN0" alt="">)");
    EXPECT_TRUE(image("b.svg").html.starts_with(R"(<img src="data:image/svg+xml;base64,)"));
    for (auto const* bad : {"c.txt", "../secret.png", "missing.png"})
        EXPECT_TRUE(image(bad).diagnostics.has("not-printable")) << bad;
    EXPECT_EQ(image("../secret.png").html.find("base64"), std::string::npos);
}

} // namespace
} // namespace deckle::templates
