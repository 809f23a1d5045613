#include "svg/drawn.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using namespace deckle::layout;

namespace {

TEST(Svg, fitted_and_clipped_to_its_viewport) {
    EXPECT_EQ(
        Drawn("<svg viewBox='0 0 100 50'><rect width=100 height=50 fill=red /></svg>", "", {10, 10, 200, 200}).text(),
        "group matrix=2,0,0,2,10,60 clip=M10,10 L210,10 L210,210 L10,210 Z\n"
        "  fill M0,0 L100,0 L100,50 L0,50 Z #ff0000\n");
    EXPECT_EQ(Drawn("<svg style='overflow:visible'><path d='M0 0H4'  stroke=blue /></svg>", "", {0, 0, 75, 75}).text(),
              "group matrix=0.75,0,0,0.75,0,0\n  fill M0,0 L4,0 #000000\n  stroke M0,0 L4,0 #0000ff w=1\n");
    EXPECT_EQ(Drawn("<svg viewBox='0 0 0 5'><rect width=5 height=5 /></svg>").codes(), "svg-value");
}

TEST(Svg, natural_size) {
    auto const size = [](std::string const& svg) {
        Diagnostics diagnostics;
        Drawing const d(svg, "f.svg", {}, diagnostics);
        auto const n = [](std::optional<double> v) { return v ? std::to_string(static_cast<int>(*v * 100)) : "-"; };
        return n(d.width()) + " " + n(d.height()) + " " + n(d.ratio());
    };
    EXPECT_EQ(size("<svg width='100' height='50'/>"), "7500 3750 200");
    EXPECT_EQ(size("<svg width='10mm' viewBox='0 0 4 2'/>"), "2834 1417 200");
    EXPECT_EQ(size("<svg viewBox='0 0 4 2'/>"), "- - 200");
    EXPECT_EQ(size("<svg width='100%' height='50'/>"), "- 3750 0");
    EXPECT_EQ(size("<svg/>"), "- - 0");
}

TEST(Svg, shapes) {
    EXPECT_EQ(drawn("<rect x=1 y=2 width=10 height=5 />"), "fill M1,2 L11,2 L11,7 L1,7 Z #000000\n");
    EXPECT_EQ(drawn("<rect width=10 height=10 rx=50% fill=none /><rect width=0 height=9 />"), "");
    EXPECT_EQ(drawn("<line x1=1 y1=2 x2=3 y2=4 stroke=red stroke-width=2 />"), "stroke M1,2 L3,4 #ff0000 w=2\n");
    EXPECT_EQ(drawn("<polygon points='0,0 5,0 5,5' />"), "fill M0,0 L5,0 L5,5 Z #000000\n");
    EXPECT_EQ(drawn("<polyline points='0 0 5 0' fill=none stroke=red />"), "stroke M0,0 L5,0 #ff0000 w=1\n");
    EXPECT_EQ(drawn("<circle r=0 /><ellipse rx=1 ry=0 />"), "");
    EXPECT_EQ(drawn("<rect width=10 height=10 rx=2 />"), "fill M2,0 L8,0 C9.1,0 10,0.9 10,2 L10,8 C10,9.1 9.1,10 8,10 "
                                                         "L2,10 C0.9,10 0,9.1 0,8 L0,2 C0,0.9 0.9,0 2,0 Z #000000\n");
    EXPECT_EQ(drawn("<rect width=50% height=1mm fill=lime />"), "fill M0,0 L50,0 L50,3.78 L0,3.78 Z #00ff00\n");
    EXPECT_EQ(drawn("<rect width=10 height=10 fill=currentColor color=red />"),
              "fill M0,0 L10,0 L10,10 L0,10 Z #ff0000\n");
    EXPECT_EQ(drawn("<rect width=10 height=10 visibility=hidden /><rect width=5 height=5 display=none />"), "");
}

TEST(Svg, strokes) {
    EXPECT_EQ(
        drawn("<path d='M0 0H9' fill=none stroke=#1f4e79 stroke-width=1.5 stroke-dasharray='5 3' stroke-dashoffset=1 "
              "stroke-linecap=round stroke-linejoin=bevel stroke-opacity=.5 />"),
        "stroke M0,0 L9,0 #1f4e7980 w=1.5 dash=5,3 round\n");
    EXPECT_EQ(drawn("<path d='M0 0H9' stroke=red stroke-width=0 fill=none />"), "");
    EXPECT_EQ(drawn("<path d='M0 0H9' stroke=red stroke-dasharray=4 fill=none />"),
              "stroke M0,0 L9,0 #ff0000 w=1 dash=4,4\n");
    EXPECT_EQ(
        drawn("<g transform='scale(2)'><path d='M0 0H9' stroke=red fill=none vector-effect=non-scaling-stroke /></g>"),
        "group matrix=2,0,0,2,0,0\n  stroke M0,0 L9,0 #ff0000 w=0.5\n");
}

TEST(Svg, groups_opacity_and_transforms) {
    EXPECT_EQ(drawn("<g fill=red opacity=.5><rect width=1 height=1 /></g>"),
              "group opacity=0.5\n  fill M0,0 L1,0 L1,1 L0,1 Z #ff0000\n");
    EXPECT_EQ(drawn("<g transform='translate(10 20) scale(2)'><rect width=1 height=1 /></g>"),
              "group matrix=2,0,0,2,10,20\n  fill M0,0 L1,0 L1,1 L0,1 Z #000000\n");
    EXPECT_EQ(drawn("<rect width=2 height=1 transform='rotate(90 1 1)' />"),
              "group matrix=0,1,-1,0,2,0\n  fill M0,0 L2,0 L2,1 L0,1 Z #000000\n");
    EXPECT_EQ(drawn("<g opacity=0><rect width=1 height=1 /></g><g transform='scale(0)'><rect width=1 height=1 /></g>"),
              "");
}

TEST(Svg, rules_of_the_document_apply) {
    EXPECT_EQ(drawn("<rect class=a width=1 height=1 fill=red />", ".a{fill:#00f} rect{stroke:none}"),
              "fill M0,0 L1,0 L1,1 L0,1 Z #0000ff\n");
    EXPECT_EQ(drawn("<style>.b{fill:lime}</style><rect class=b width=1 height=1 />"),
              "fill M0,0 L1,0 L1,1 L0,1 Z #00ff00\n");
}

TEST(Svg, use_and_symbol) {
    EXPECT_EQ(
        drawn("<defs><rect id=r width=1 height=1 /></defs><use href='#r' x=5 y=6 fill=red /><use xlink:href='#r' />"),
        "group matrix=1,0,0,1,5,6\n  fill M0,0 L1,0 L1,1 L0,1 Z #ff0000\nfill M0,0 L1,0 L1,1 L0,1 Z #000000\n");
    EXPECT_EQ(
        drawn("<symbol id=s viewBox='0 0 2 2'><rect width=2 height=2 /></symbol><use href='#s' width=10 height=10 />"),
        "group matrix=5,0,0,5,0,0 clip=M0,0 L10,0 L10,10 L0,10 Z\n  fill M0,0 L2,0 L2,2 L0,2 Z #000000\n");
    EXPECT_EQ(drawn("<svg x=10 width=20 height=20 viewBox='0 0 10 10'><rect width=50% height=1 /></svg>"),
              "group matrix=2,0,0,2,10,0 clip=M10,0 L30,0 L30,20 L10,20 Z\n  fill M0,0 L5,0 L5,1 L0,1 Z #000000\n");
}

TEST(Svg, hostile_references_end) {
    EXPECT_EQ(Drawn("<svg><use id=a href='#a'/></svg>").codes(), "svg-reference");
    EXPECT_EQ(Drawn("<svg><g id=a><use href='#a'/></g></svg>").codes(), "svg-reference");
    EXPECT_EQ(Drawn("<svg><g id=a><use href='#b'/></g><g id=b><use href='#a'/></g></svg>").codes(),
              "svg-reference svg-reference");
    EXPECT_EQ(Drawn("<svg><use href='#none'/><use href='http://x/y#z'/></svg>").codes(), "svg-reference svg-reference");
    std::string bomb = "<svg><defs><g id=x0><rect width=1 height=1 /></g>";
    for (int i = 1; i < 12; ++i) {
        bomb += "<g id=x" + std::to_string(i) + ">";
        for (int k = 0; k < 10; ++k) bomb += "<use href='#x" + std::to_string(i - 1) + "'/>";
        bomb += "</g>";
    }
    EXPECT_EQ(Drawn(bomb + "</defs><use href='#x11'/></svg>").codes(), "svg-limit");
    std::string deep = "<svg>";
    for (int i = 0; i < 300; ++i) deep += "<g>";
    EXPECT_EQ(Drawn(deep + "<rect width=1 height=1>").codes(), "svg-limit");
}

TEST(Svg, text_positions) {
    // every glyph of the test font is one em wide; 10 user units = 7.5 pt
    EXPECT_EQ(drawn("<text x=10 y=20 font-size=10>AB</text>"), "text 10,20 10pt w=20 \"AB\"\n");
    EXPECT_EQ(drawn("<text x=50 y=20 font-size=10 text-anchor=middle>AB</text>"), "text 40,20 10pt w=20 \"AB\"\n");
    EXPECT_EQ(drawn("<text x=50 y=20 font-size=10 text-anchor=end fill=red>AB</text>"),
              "text 30,20 10pt w=20 \"AB\" #ff0000\n");
    EXPECT_EQ(drawn("<text x=0 y=9 class=a>A</text>", ".a{font:7.5pt square;fill:#123456}"),
              "text 0,9 10pt w=10 \"A\" #123456\n");
}

TEST(Svg, text_spans) {
    EXPECT_EQ(drawn("<text x=10 y=20 font-size=10>A<tspan fill=red dx=5 dy=2>B</tspan>C</text>"),
              "text 10,20 10pt w=10 \"A\"\ntext 25,22 10pt w=10 \"B\" #ff0000\ntext 35,22 10pt w=10 \"C\"\n");
    EXPECT_EQ(drawn("<text y=9 font-size=10><tspan x=0>A</tspan><tspan x=0 dy=10>B</tspan></text>"),
              "text 0,9 10pt w=10 \"A\"\ntext 0,19 10pt w=10 \"B\"\n");
    EXPECT_EQ(drawn("<text x='0 30' y=9 font-size=10>AB</text>"),
              "text 0,9 10pt w=10 \"A\"\ntext 30,9 10pt w=10 \"B\"\n");
    EXPECT_EQ(drawn("<text x=50 font-size=10 text-anchor=middle>A<tspan fill=red>BC</tspan></text>"),
              "text 35,0 10pt w=10 \"A\"\ntext 45,0 10pt w=20 \"BC\" #ff0000\n")
        << "one chunk is centred as a whole";
}

TEST(Svg, text_white_space_and_more) {
    EXPECT_EQ(drawn("<text font-size=10>  A\n  B </text>"), "text 0,0 10pt w=30 \"A B\"\n");
    EXPECT_EQ(drawn("<text font-size=10 fill=none>A</text><text font-size=10></text>"), "");
    EXPECT_EQ(drawn("<text font-size=10 letter-spacing=5>AB</text>"), "text 0,0 10pt w=30 \"AB\"\n");
    EXPECT_NE(drawn("<text font-size=10 text-decoration=underline>AB</text>").find("rect"), std::string::npos);
    EXPECT_EQ(Drawn("<svg><text stroke=red>A</text><text textLength=5>A</text></svg>").codes(),
              "svg-unsupported svg-unsupported");
}

TEST(Svg, what_is_left_out_is_reported) {
    for (char const* content : {"<foreignObject><p>x</p></foreignObject>", "<rect width=1 height=1 filter='url(#f)'/>",
                                "<rect width=1 height=1 mask='url(#m)'/>", "<path d='M0 0H1' marker-end='url(#m)'/>",
                                "<animate/>", "<bogus/>"})
        EXPECT_EQ(Drawn(std::string("<svg>") + content + "</svg>").codes(), "svg-unsupported") << content;
    EXPECT_EQ(Drawn("<svg><path d='M0 0L'/></svg>").codes(), "svg-value");
    EXPECT_EQ(Drawn("<svg><rect width=wide height=1 /></svg>").codes(), "svg-value");
    EXPECT_EQ(Drawn("<svg><title>t</title><desc>d</desc><metadata>m</metadata><rect width=1 height=1 /></svg>").codes(),
              "");
}

} // namespace
