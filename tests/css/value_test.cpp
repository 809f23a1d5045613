#include "css/styled.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using css_test::declared;
using css_test::Styled;

namespace {

struct Case {
    char const* declarations;
    char const* computed;
};
class Computed : public testing::TestWithParam<Case> {};

TEST_P(Computed, value) {
    EXPECT_EQ(declared(GetParam().declarations), GetParam().computed) << GetParam().declarations;
}

INSTANTIATE_TEST_SUITE_P(
    Lengths, Computed,
    testing::Values(
        Case{"width:10pt", "size: 10 auto"}, Case{"width:16px", "size: 12 auto"}, Case{"width:1in", "size: 72 auto"},
        Case{"width:25.4mm", "size: 72 auto"}, Case{"width:2.54cm", "size: 72 auto"},
        Case{"width:1pc", "size: 12 auto"}, Case{"width:40q", "size: 28.346 auto"}, Case{"width:2em", "size: 24 auto"},
        Case{"width:2rem", "size: 24 auto"}, Case{"width:4ch", "size: 24 auto"}, Case{"width:50%", "size: 50% auto"},
        Case{"width:10vw", "size: 48.728 auto"}, Case{"font-size:20pt;width:2em", "size: 40 auto; font: 400 20 serif"},
        Case{"width:2em;font-size:20pt", "size: 40 auto; font: 400 20 serif"},
        Case{"width:calc(100% - 10pt)", "size: -10+100% auto"}, Case{"width:calc((1in + 8pt)*2/4)", "size: 40 auto"},
        Case{"width:min(10pt, 1in)", "size: 10 auto"}, Case{"width:max(10pt, 1in)", "size: 72 auto"},
        Case{"width:clamp(20pt, 10pt, 30pt)", "size: 20 auto"}, Case{"width:calc(1pt + 2)", " ! unknown-value"},
        Case{"width:calc(2px * 3px)", " ! unknown-value"}, Case{"width:10", " ! unknown-value"},
        Case{"width:0", "size: 0 auto"}, Case{"width:-5pt", " ! unknown-value"},
        Case{"width:10furlong", " ! unknown-value"}, Case{"width:1e1pt", "size: 10 auto"},
        Case{"width:+.5in", "size: 36 auto"}, Case{"WIDTH:10PT", "size: 10 auto"},
        Case{"margin:calc(-1 * 2pt)", "margin: -2 -2 -2 -2"},
        Case{"max-width:none;min-width:max-content", "min-size: max-content auto"}));

INSTANTIATE_TEST_SUITE_P(
    Colours, Computed,
    testing::Values(
        Case{"color:#abc", "color: #aabbcc"}, Case{"color:#1f4e79", "color: #1f4e79"},
        Case{"color:#abc8", "color: #aabbcc88"}, Case{"color:#11223344", "color: #11223344"},
        Case{"color:rebeccapurple", "color: #663399"}, Case{"color:RED", "color: #ff0000"},
        Case{"color:transparent", "color: #00000000"}, Case{"color:rgb(1,2,3)", "color: #010203"},
        Case{"color:rgb(10% 20% 30% / 50%)", "color: #1a334d80"}, Case{"color:rgba(255,0,0,.5)", "color: #ff000080"},
        Case{"color:rgb(300,-5,0)", "color: #ff0000"}, Case{"color:hsl(120,100%,25%)", "color: #008000"},
        Case{"color:hsl(210deg 50% 50% / .5)", "color: #4080bf80"}, Case{"color:hwb(0 0% 0%)", "color: #ff0000"},
        Case{"color:lab(100% 0 0)", "color: #ffffff"}, Case{"color:oklch(0 0 0)", ""},
        Case{"color:oklab(1 0 0)", "color: #ffffff"}, Case{"color:lch(50% 0 0)", "color: #777777"},
        Case{"color:device-cmyk(0 1 1 0)", "color: #ff0000"}, Case{"color:blau", " ! unknown-value"},
        Case{"color:#12", " ! unknown-value"}, Case{"color:rgb(1,2)", " ! unknown-value"},
        Case{"color:red;border:1pt solid", "border-top: 1 solid #ff0000; border-right: 1 solid #ff0000; border-bottom: "
                                           "1 solid #ff0000; border-left: 1 solid #ff0000; color: #ff0000"},
        Case{"border-top:1pt solid currentColor;color:red", "border-top: 1 solid #ff0000; color: #ff0000"}));

INSTANTIATE_TEST_SUITE_P(
    Boxes, Computed,
    testing::Values(Case{"margin:1pt 2pt 3pt", "margin: 1 2 3 2"}, Case{"margin:1pt 2pt", "margin: 1 2 1 2"},
                    Case{"margin:0 auto", "margin: 0 auto 0 auto"},
                    Case{"margin:1pt 2pt 3pt 4pt;margin-left:9pt", "margin: 1 2 3 9"},
                    Case{"margin-inline:3pt;padding-block:1pt 2pt", "margin: 0 3 0 3; padding: 1 0 2 0"},
                    Case{"padding:-1pt", " ! unknown-value"}, Case{"border:2pt", ""},
                    Case{"border-bottom:thin dotted #123456", "border-bottom: 0.75 dotted #123456"},
                    Case{"border-style:solid", "border-top: 2.25 solid #000000; border-right: 2.25 solid #000000; "
                                               "border-bottom: 2.25 solid #000000; border-left: 2.25 solid #000000"},
                    Case{"border-left:1pt solid red;border-left-color:blue", "border-left: 1 solid #0000ff"},
                    Case{"border-width:1pt 2pt;border-style:none solid",
                         "border-right: 2 solid #000000; border-left: 2 solid #000000"},
                    Case{"border-radius:1pt 2pt/3pt", "border-radius: 1/3 2/3 1/3 2/3"},
                    Case{"border-top-left-radius:50%", "border-radius: 50%/50% 0/0 0/0 0/0"},
                    Case{"inset:0;position:absolute", "position: absolute; inset: 0 0 0 0"},
                    Case{"float:right;display:inline", "float: right"},
                    Case{"display:inline-flex;position:fixed", "display: flex; position: fixed"},
                    Case{"display:grid", "display: grid ! unsupported-value"},
                    Case{"position:running(head)", "position: running(head)"},
                    Case{"overflow:auto", "overflow: hidden ! unsupported-value"}, Case{"opacity:50%", "opacity: 0.5"},
                    Case{"opacity:7", ""},
                    Case{"box-shadow:1pt 2pt 3pt red, inset 0 0 1pt",
                         "box-shadow: 1 2 3 0 #ff0000; inset 0 0 1 0 #000000"},
                    Case{"transform:rotate(90deg) translate(10px, 50%) scale(2)",
                         "transform: rotate(90); translate(7.5 50%); scale(2 2)"},
                    Case{"transform:matrix(1,0,0,1,4,8)", "transform: matrix(1 0 0 1 3 6)"},
                    Case{"transform:translate(10)", " ! unknown-value"},
                    Case{"transform:rotate(45 1 2)", " ! unknown-value"},
                    Case{"transform-origin:left top", "transform-origin: 0 0"}, Case{"flex:1", "flex: 1 1 0"},
                    Case{"flex:0 0 46pt", "flex: 0 0 46"}, Case{"flex:auto", "flex: 1 1 auto"},
                    Case{"flex:none", "flex: 0 0 auto"}, Case{"flex:2 30%", "flex: 2 1 30%"},
                    Case{"flex-flow:column wrap", "flex-flow: column wrap"}, Case{"gap:3pt 5%", "gap: 3 5%"},
                    Case{"align-items:center;justify-content:space-between",
                         "justify-content: space-between; align: center auto stretch"},
                    Case{"aspect-ratio:16/9", "aspect-ratio: 1.778"}));

INSTANTIATE_TEST_SUITE_P(
    Backgrounds, Computed,
    testing::Values(
        Case{"background:#eee", "background-color: #eeeeee"}, Case{"background:none", ""},
        Case{"background:url(a.png) no-repeat right 10pt bottom/cover #fff",
             "background-color: #ffffff; background: url(a.png) no-repeat/no-repeat -10+100% 100% / cover"},
        Case{"background-image:linear-gradient(to right, red, blue 40%)",
             "background: linear(to 1 0, #ff0000, #0000ff 40%) repeat/repeat 0 0"},
        Case{"background:repeating-linear-gradient(45deg,red 0 2px,transparent 2px 4px)",
             "background: repeating-linear(45, #ff0000 0, #ff0000 1.5, #00000000 1.5, #00000000 3) repeat/repeat 0 0"},
        Case{"background:radial-gradient(circle at 20% 30%, red, blue)",
             "background: radial(circle 3 at 20% 30%, #ff0000, #0000ff) repeat/repeat 0 0"},
        Case{"background:url('a.png'), url(b.png) repeat-x;background-size:10pt,contain",
             "background: url(a.png) repeat/repeat 0 0 / 10 auto; url(b.png) repeat/no-repeat 0 0 / contain"},
        Case{"background:red url(a.png), url(b.png)", " ! unknown-value"},
        Case{"background-position:center", "background: none repeat/repeat 50% 50%"}));

INSTANTIATE_TEST_SUITE_P(
    Fonts, Computed,
    testing::Values(
        Case{"font:9.2pt/1.42 Inter,\"Liberation Sans\",sans-serif",
             "font: 400 9.2 Inter, Liberation Sans, sans-serif; line-height: 1.42"},
        Case{"font:italic 650 18pt/22pt Noto Sans JP", "font: italic 650 18 Noto Sans JP; line-height: 22pt"},
        Case{"font:600 7.6pt Inter", "font: 600 7.6 Inter"}, Case{"font:bold serif", " ! unknown-value"},
        Case{"font-weight:bolder", "font: 700 12 serif"}, Case{"font-weight:1001", " ! unknown-value"},
        Case{"font-size:150%", "font: 400 18 serif"}, Case{"font-size:small", "font: 400 9.75 serif"},
        Case{"font-size:smaller", "font: 400 10 serif"},
        Case{"font-variant-numeric:tabular-nums slashed-zero", "font: 400 12 serif tnum=1 zero=1"},
        Case{"font-feature-settings:\"tnum\",\"kern\" off", "font: 400 12 serif tnum=1 kern=0"},
        Case{"font-variant:small-caps", "font: 400 12 serif smcp=1"}, Case{"line-height:150%", "line-height: 18pt"},
        Case{"line-height:1.5", "line-height: 1.5"}, Case{"line-height:normal", ""},
        Case{"font-size:10pt;line-height:2em", "font: 400 10 serif; line-height: 20pt"},
        Case{"letter-spacing:-.015em", "spacing: -0.18 0"},
        Case{"text-decoration:underline dotted red", "text-decoration: underline dotted #ff0000"},
        Case{"vertical-align:-2pt", "vertical-align: -2"}, Case{"vertical-align:middle", "vertical-align: middle"},
        Case{"list-style:square inside", "list-style: square inside"},
        Case{"list-style:none", "list-style: none outside"},
        Case{"text-transform:uppercase", "text-transform: uppercase"}));

INSTANTIATE_TEST_SUITE_P(
    Generated, Computed,
    testing::Values(Case{"content:\"Page \" counter(page) \" of \" counter(pages)",
                         "content: \"Page \", counter page, \" of \", counter pages"},
                    Case{"content:attr(data-x) open-quote url(a.png)", "content: attr data-x, open-quote, image a.png"},
                    Case{"content:counters(item, \".\", lower-roman)", "content: counters item \".\" lower-roman"},
                    Case{"content:string(title, last)", "content: string-ref title last"},
                    Case{"content:element(head)", "content: element head"},
                    Case{"content:target-counter(attr(href), page)", "content: target-counter attr:href page"},
                    Case{"content:leader('.') target-text(url(#a))", "content: leader \".\", target-text #a text"},
                    Case{"content:none", "content: none"},
                    Case{"content:\"\\201C\\A x\"", "content: \"\xE2\x80\x9C\nx\""},
                    Case{"content:foo", " ! unknown-value"}, Case{"counter-reset:a b 3", "counter-reset: a 0, b 3"},
                    Case{"counter-increment:a -1 b", "counter-increment: a -1, b 1"},
                    Case{"string-set:title content(), sub \"x\" attr(id)",
                         "string-set: title = content text; sub = \"x\", attr id"},
                    Case{"break-before:page;page-break-inside:avoid", "break: page auto avoid"},
                    Case{"page-break-after:always", "break: auto always auto"},
                    Case{"orphans:3;widows:4", "orphans: 3 4"}, Case{"orphans:0", " ! unknown-value"},
                    Case{"page:wide", "page: wide"}, Case{"size:a4", " ! unknown-value"}));

INSTANTIATE_TEST_SUITE_P(
    Svg, Computed,
    testing::Values(Case{"fill:none;stroke:#1f4e79;stroke-width:2.2", "fill: none 1; stroke: #1f4e79 1 1.65"},
                    Case{"fill:url(#h) red", "fill: url(#h) #ff0000 1"},
                    Case{"stroke-dasharray:5 3", "stroke: none 1 0.75 dash 3.75; 2.25"},
                    Case{"text-anchor:end;fill-opacity:.5", "fill: #000000 0.5; text-anchor: end"}));

INSTANTIATE_TEST_SUITE_P(Wide, Computed,
                         testing::Values(Case{"margin:3pt;margin:inherit", ""}, Case{"color:initial", ""},
                                         Case{"width:initial;color:unset", ""},
                                         Case{"border:1pt solid;border:initial", ""},
                                         Case{"margin-left:5pt;margin-left:bogus", "margin: 0 0 0 5 ! unknown-value"}));

TEST(Values, ch_asks_the_font) {
    css::CascadeOptions options;
    options.zero_advance = [](css::ComputedStyle const& s) { return s.font_size * 0.75; };
    Styled const s("<p id=x>", "#x{width:10ch;font-size:8pt}", options);
    EXPECT_DOUBLE_EQ(s.style().width.points, 60);
}

TEST(Values, relative_sizes_inherit_computed) {
    Styled const s("<div id=a><div id=b><div id=x></div></div></div>",
                   "#a{font-size:20pt;line-height:150%}#b{font-size:.5em}#x{font-size:2rem}html{font-size:9pt}");
    EXPECT_DOUBLE_EQ(s.style("b").font_size, 10);
    EXPECT_DOUBLE_EQ(s.style("b").line_height.value, 30) << "a percentage inherits as a length";
    EXPECT_DOUBLE_EQ(s.style("x").font_size, 18);
}

} // namespace
