// Documents that mean harm: each ends, and says what it did not do. That they end quickly is left to the time limit of
// a test.
#include "base/file.hpp"
#include "layout/layout_fixture.hpp"
#include <gtest/gtest.h>
#include <unistd.h>

namespace deckle::layout {
namespace {

namespace fs = std::filesystem;

std::string repeated(std::string const& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

std::string all_codes(Diagnostics const& diagnostics) {
    std::string out;
    for (auto const& d : diagnostics.items()) out += d.code + " ";
    return out;
}

/// A folder with a document's files, and secrets beside it.
class Outside : public testing::Test {
protected:
    Outside()
        : top(fs::path(DECKLE_BINARY_DIR) / "tests-hostile" /
              testing::UnitTest::GetInstance()->current_test_info()->name()),
          base(top / "inside") {
        fs::remove_all(top);
        fs::create_directories(base);
        write_file(top / "secret.css", "p { content: 'secret'; color: red }");
        write_file(top / "secret.svg", "<svg width='9' height='9'><rect width='9' height='9'/></svg>");
        fs::create_symlink(top / "secret.svg", base / "link.svg");
        fs::create_directory_symlink(top, base / "up");
        write_file(base / "good.svg", "<svg width='9' height='9'><rect width='9' height='9'/></svg>");
    }
    fs::path top, base;
};

TEST_F(Outside, NoAddressLeadsOut) {
    std::string const away = (top / "secret.svg").string();
    for (std::string const& address : std::initializer_list<std::string>{
             "../secret.svg", "a/../../secret.svg", away, "file://" + away, "file:" + away, "FILE://" + away,
             "http://127.0.0.1/x.svg", "https:x.svg", "//127.0.0.1/x.svg", "link.svg", "up/secret.svg",
             "..%2fsecret.svg", "%2e%2e/secret.svg", "good.svg%00/../../secret.svg",
             "../secret.svg%00/../inside/good.svg", "ftp://x/y"}) {
        Rendered const r = render("<img src='" + address + "'>", base);
        EXPECT_TRUE(r.diagnostics.has("refused-address")) << address << ": " << all_codes(r.diagnostics);
        EXPECT_EQ(dump_pages(r.pages).find("path"), std::string::npos) << address;
    }
    Rendered const r = render("<img src='good.svg'>", base);
    EXPECT_TRUE(r.diagnostics.empty()) << all_codes(r.diagnostics);
}

TEST_F(Outside, NoKindOfReferenceLeadsOut) {
    for (std::string const html :
         {"<link rel=stylesheet href='../secret.css'>", "<style>@import '../secret.css';</style>",
          "<style>@font-face{font-family:x;src:url(../secret.svg)}</style>",
          "<style>body{background:url(../secret.svg)}</style>", "<style>p::before{content:url(../secret.svg)}</style>",
          "<style>li{list-style-image:url(../secret.svg)}</style>", "<base href='../'><img src='secret.svg'>",
          "<base href='http://127.0.0.1/'><img src='good.svg'>",
          "<svg width=9 height=9><image href='../secret.svg' width=9 height=9 /></svg>"}) {
        Rendered const r = render(html + "<p>x<li>y", base);
        EXPECT_FALSE(r.diagnostics.empty()) << html;
        EXPECT_EQ(dump_pages(r.pages).find("path"), std::string::npos) << html;
    }
}

TEST_F(Outside, EntitiesOfAPictureAreNotRead) {
    write_file(base / "x.svg", "<!DOCTYPE svg [<!ENTITY x SYSTEM '../secret.css'>"
                               "<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]><svg width='90' height='90'>"
                               "<text y='9'>&x;</text></svg>");
    std::string laughs = "<!DOCTYPE svg [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 40; ++i)
        laughs += "<!ENTITY a" + std::to_string(i) + " '" + repeated("&a" + std::to_string(i - 1) + ";", 10) + "'>";
    write_file(base / "y.svg", laughs + "]><svg width='90' height='90'><text y='9'>&a39;</text></svg>");
    Rendered const r = render("<img src='x.svg'><img src='y.svg'>", base);
    EXPECT_TRUE(r.diagnostics.has("html-syntax")) << all_codes(r.diagnostics);
    EXPECT_EQ(text_of(r.pages.pages[0]), "");
}

TEST_F(Outside, SheetsThatImportThemselvesEnd) {
    write_file(base / "l.css", repeated("@import 'l.css';", 10) + "p { color: red }");
    Rendered const r = render("<style>@import 'l.css';</style><p>x", base);
    EXPECT_TRUE(r.diagnostics.has("css-import")) << all_codes(r.diagnostics);
}

TEST_F(Outside, FilesPastTheLimitAreLeftOut) {
    write_file(base / "big.css", "p { color: red }" + std::string(5000, ' '));
    Options options;
    options.limits.bytes = 1000;
    Rendered const r = render("<link rel=stylesheet href=big.css><p>x", base, options);
    EXPECT_TRUE(r.diagnostics.has("file-too-large")) << all_codes(r.diagnostics);
}

TEST(Hostile, TimeEndsTheWork) {
    Options options;
    options.limits.seconds = 5;
    double now = 0;
    options.clock = [&] { return now += 1; };
    try {
        (void)render(repeated("<p style='break-after:page'>x", 50), {}, options);
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::limit);
        EXPECT_NE(std::string(e.what()).find("5 s"), std::string::npos) << e.what();
        EXPECT_NE(std::string(e.what()).find("max-seconds"), std::string::npos) << e.what();
    }
}

TEST(Hostile, ImagesPastTheLimitAreLeftOut) {
    // 100,000 x 100,000 pixels in 69 bytes
    std::string const bomb =
        "data:image/png;base64,"
        "iVBORw0KGgoAAAANSUhEUgABhqAAAYagCAIAAAAnMJyfAAAADElEQVR4nGNgoD0AAABkAAGGZDw1AAAAAElFTkSuQmCC";
    Rendered const r = render("<img alt=big src='" + bomb + "'>");
    ASSERT_TRUE(r.diagnostics.has("unreadable-image")) << all_codes(r.diagnostics);
    EXPECT_NE(r.diagnostics.items().front().message.find("max-pixels"), std::string::npos);
}

/// Each lays out, quickly enough and without NaN on a page.
TEST(Hostile, DocumentsEnd) {
    std::string doubled = "--a0:x";
    for (int i = 1; i < 50; ++i)
        doubled +=
            ";--a" + std::to_string(i) + ":var(--a" + std::to_string(i - 1) + ") var(--a" + std::to_string(i - 1) + ")";
    std::string uses = "<g id=a0><rect width=1 height=1 /></g>";
    for (int i = 1; i < 12; ++i)
        uses +=
            "<g id=a" + std::to_string(i) + ">" + repeated("<use href=#a" + std::to_string(i - 1) + " />", 10) + "</g>";
    for (std::string const& html : std::initializer_list<std::string>{
             "<style>:root{" + doubled + "}p{content:var(--a49);width:var(--a49)}</style><p>x",
             std::string("<style>p{--q:var(--r);--r:var(--q);color:var(--q)}</style><p>x"),
             "<style>p{width:calc(" + repeated("(", 3000) + "1pt" + repeated(")", 3000) + ");height:calc(1pt" +
                 repeated("*1e9", 60) + ");margin:calc(1pt" + repeated("*1e9", 60) + " - 1pt" + repeated("*1e9", 60) +
                 ")}</style><p>x",
             "<style>" + repeated(":not(", 400) + "a" + repeated(")", 400) + "{color:red}</style><p>x",
             "<style>" + repeated("div ", 200) + "q{color:red}</style>" + repeated("<div>", 200) +
                 repeated("<p>x</p>", 300),
             "<style>q " + repeated("div ", 60) + "p,q" + repeated(" div>div", 20) + " p,q~" + repeated("div ~ ", 30) +
                 "p{color:red}</style>" + repeated("<div><p>x</p>", 150),
             "<style>" + repeated("p ", 100'000) + "{color:red}</style><p>x",
             "<style>" + repeated("p~", 60) + "q{color:red}</style>" + repeated("<p>x</p>", 1000),
             "<style>" + repeated("p{", 20000),
             "<style>p{color:" + repeated("(", 50000) + "}</style><p>x",
             std::string("<ol start=99999999999><li>a<li value=-99999999999999>b</ol><p style='counter-reset:x "
                         "1000000000000000000;counter-increment:x 1000000000000000000'>x"),
             "<table>" + repeated("<tr><td colspan=65534 rowspan=65534>x", 60),
             "<table>" + repeated("<col span=1000>", 200) + "<tr><td>x",
             "<table><tr>" + repeated("<td rowspan=65534>x", 30) + repeated("<tr><td>y", 300),
             "<div style='background:linear-gradient(" + repeated("red,blue,", 20000) + "red)'>x",
             std::string(
                 "<p style='border:1e30pt solid;margin:-1e999px;padding:1e999%;width:1e999em;font-size:1e30pt'>x"),
             std::string(
                 "<p style='letter-spacing:1e999pt;transform:scale(1e999) rotate(1e999deg);line-height:1e999;"
                 "text-indent:-1e999pt;opacity:1e999;flex:1e999;columns:1e999;orphans:1e999'>x<svg viewBox='0 0 "
                 "1e999 1e-999' width=1e999><path d='M1e999 1e999L-1e999 0' stroke=red /></svg>"),
             std::string("<style>@page{size:0 0}</style>x"),
             std::string("<style>@page{size:1e9pt 1e9pt}</style>x"),
             std::string("<style>@page{size:10pt;margin:1000pt}</style>x y z"),
             repeated("<font style='font-size:9em'>", 200) + "x",
             repeated("<div style='display:flex'>", 150) + "x",
             repeated("<table><tr><td>", 100) + "x",
             repeated("<div style='display:inline-block'>", 150) + "x",
             repeated("<div style='float:left;width:1pt'>x</div>", 500),
             std::string(100'000, 'a'),
             "a" + repeated("\xCC\x81", 20'000),
             repeated("\xE2\x80\xAE", 20'000) + "x",
             std::string("<p style='border:.001pt dotted;width:1e6pt'>x<svg width=500 height=500><path d='M0 0H1e9' "
                         "stroke=red stroke-dasharray='.001'/></svg>"),
             "<svg width=100 height=100>" + uses + "<use href=#a11 /></svg>",
             std::string("<svg width=1000 height=1000><pattern id=p width=.001 height=.001 patternUnits=userSpaceOnUse>"
                         "<rect width=1 height=1 /></pattern><rect width=1000 height=1000 fill='url(#p)'/></svg>"),
             std::string(
                 "<a style='display:block' class=l>x</a><style>.l::after{content:leader('') leader('ab')}</style>"),
         }) {
        Options options;
        options.limits.pages = 200;
        try {
            Rendered const r = render(html, {}, options);
            auto const text = dump_pages(r.pages);
            EXPECT_EQ(text.find("nan"), std::string::npos) << html.substr(0, 120);
            EXPECT_EQ(text.find("inf"), std::string::npos) << html.substr(0, 120);
        } catch (Error const& e) {
            EXPECT_TRUE(e.code() == ErrorCode::limit || e.code() == ErrorCode::usage)
                << e.what() << html.substr(0, 120);
        }
    }
}

} // namespace
} // namespace deckle::layout
