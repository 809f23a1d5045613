#include "svg/drawn.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using namespace deckle::layout;

namespace {

constexpr char const* stops = "<stop offset=0 stop-color=red /><stop offset=100% stop-color=blue stop-opacity=.5 />";

std::string with(std::string const& server, std::string const& shape) {
    return drawn("<defs>" + server + "</defs>" + shape);
}

TEST(SvgGradient, linear) {
    auto const g = std::string("<linearGradient id=g gradientUnits=userSpaceOnUse x1=10 y1=0 x2=20 y2=0>") + stops +
                   "</linearGradient>";
    EXPECT_EQ(with(g, "<rect width=40 height=10 fill='url(#g)'/>"),
              "fill M0,0 L40,0 L40,10 L0,10 Z linear(10,0 20,0 0:#ff0000 1:#0000ff80)\n");
    auto const box = std::string("<linearGradient id=g>") + stops + "</linearGradient>";
    EXPECT_EQ(with(box, "<rect x=10 width=40 height=40 fill='url(#g)'/>"),
              "fill M10,0 L50,0 L50,40 L10,40 Z linear(10,0 50,0 0:#ff0000 1:#0000ff80)\n");
    EXPECT_EQ(with(box, "<rect width=40 height=10 fill='url(#g)'/>"),
              "group matrix=40,0,0,10,0,0\n  fill M0,0 L1,0 L1,1 L0,1 Z linear(0,0 1,0 0:#ff0000 1:#0000ff80)\n")
        << "a stretched box stretches the gradient";
}

TEST(SvgGradient, of_a_stroke_fills_what_the_stroke_covers) {
    auto const g =
        std::string("<linearGradient id=g gradientUnits=userSpaceOnUse x2=20>") + stops + "</linearGradient>";
    std::string const paint = " linear(0,0 20,0 0:#ff0000 1:#0000ff80)\n";
    EXPECT_EQ(with(g, "<path d='M0 5H10' fill=none stroke='url(#g)' stroke-width=2 />"),
              "fill M0,4 L10,4 L10,6 L0,6 Z" + paint);
    EXPECT_EQ(with(g, "<path d='M0 0H10V10' fill=none stroke='url(#g)' stroke-width=2 />"),
              "fill M0,-1 L10,-1 L10,1 L0,1 Z M10,0 L10,-1 L11,-1 L11,0 Z M11,0 L11,10 L9,10 L9,0 Z" + paint);
    EXPECT_EQ(with(g, "<path d='M0 5H10' fill=none stroke='url(#g)' stroke-width=2 stroke-linecap=square "
                      "stroke-dasharray='3 5' />"),
              "fill M0,4 L3,4 L3,6 L0,6 Z M0,6 L-1,6 L-1,4 L0,4 Z M3,4 L4,4 L4,6 L3,6 Z M8,4 L10,4 L10,6 L8,6 Z "
              "M8,6 L7,6 L7,4 L8,4 Z M10,4 L11,4 L11,6 L10,6 Z" +
                  paint);
}

TEST(SvgGradient, inherits_and_degenerates) {
    auto const a =
        std::string("<linearGradient id=a gradientUnits=userSpaceOnUse x2=10>") + stops + "</linearGradient>";
    EXPECT_EQ(with(a + "<linearGradient id=g href='#a' x2=20 />", "<rect width=4 height=4 fill='url(#g)'/>"),
              "fill M0,0 L4,0 L4,4 L0,4 Z linear(0,0 20,0 0:#ff0000 1:#0000ff80)\n");
    EXPECT_EQ(with("<linearGradient id=g><stop stop-color=red /></linearGradient>",
                   "<rect width=4 height=4 fill='url(#g)'/>"),
              "fill M0,0 L4,0 L4,4 L0,4 Z #ff0000\n");
    EXPECT_EQ(with("<linearGradient id=g />", "<rect width=4 height=4 fill='url(#g)'/>"), "");
    EXPECT_EQ(with("<linearGradient id=g href='#g' />", "<rect width=4 height=4 fill='url(#g)'/>"), "");
    EXPECT_EQ(drawn("<rect width=4 height=4 fill='url(#none) lime'/>"), "fill M0,0 L4,0 L4,4 L0,4 Z #00ff00\n");
    EXPECT_EQ(Drawn("<svg><rect width=4 height=4 fill='url(#none)'/></svg>").codes(), "svg-reference");
}

TEST(SvgGradient, radial) {
    auto const g = std::string("<radialGradient id=g gradientUnits=userSpaceOnUse cx=10 cy=10 r=5 fx=8>") + stops +
                   "</radialGradient>";
    EXPECT_EQ(with(g, "<rect width=20 height=20 fill='url(#g)'/>"),
              "fill M0,0 L20,0 L20,20 L0,20 Z radial(8,10 10,10 r=5 0:#ff0000 1:#0000ff80)\n");
    auto const turned =
        std::string("<radialGradient id=g gradientTransform='translate(.1 0)'>") + stops + "</radialGradient>";
    EXPECT_EQ(with(turned, "<rect width=20 height=20 fill='url(#g)'/>"),
              "fill M0,0 L20,0 L20,20 L0,20 Z radial(12,10 12,10 r=10 0:#ff0000 1:#0000ff80)\n");
}

TEST(SvgClip, paths) {
    EXPECT_EQ(drawn("<clipPath id=c><rect width=5 height=5 /></clipPath><rect width=9 height=9 clip-path='url(#c)'/>"),
              "group clip=M0,0 L5,0 L5,5 L0,5 Z\n  fill M0,0 L9,0 L9,9 L0,9 Z #000000\n");
    EXPECT_EQ(drawn("<clipPath id=c><rect width=5 height=5 /></clipPath><rect width=9 height=9 clip-path='url(#c)' "
                    "transform='translate(1 1)'/>"),
              "group matrix=1,0,0,1,1,1 clip=M1,1 L6,1 L6,6 L1,6 Z\n  fill M0,0 L9,0 L9,9 L0,9 Z #000000\n");
    EXPECT_EQ(drawn("<clipPath id=c clipPathUnits=objectBoundingBox><rect width=.5 height=1 /></clipPath><rect x=10 "
                    "width=8 height=8 clip-path='url(#c)'/>"),
              "group clip=M10,0 L14,0 L14,8 L10,8 Z\n  fill M10,0 L18,0 L18,8 L10,8 Z #000000\n");
    EXPECT_EQ(drawn("<clipPath id=c></clipPath><rect width=9 height=9 clip-path='url(#c)'/>"), "")
        << "an empty clip path hides";
    EXPECT_EQ(Drawn("<svg><rect width=9 height=9 clip-path='url(#c)'/></svg>").codes(), "svg-reference");
}

TEST(SvgPattern, inside_its_tile_is_one_path) {
    EXPECT_EQ(with("<pattern id=p width=4 height=4 patternUnits=userSpaceOnUse><rect x=1 y=1 width=2 height=2 fill=red "
                   "/></pattern>",
                   "<rect width=8 height=4 fill='url(#p)'/>"),
              "group clip=M0,0 L8,0 L8,4 L0,4 Z\n"
              "  fill M1,1 L3,1 L3,3 L1,3 Z M5,1 L7,1 L7,3 L5,3 Z #ff0000\n");
}

TEST(SvgPattern, hatching) {
    auto const text = with("<pattern id=h width=4 height=4 patternUnits=userSpaceOnUse patternTransform='rotate(90)'>"
                           "<line x1=0 y1=0 x2=0 y2=4 stroke=#1f4e79 stroke-width=2 /></pattern>",
                           "<rect width=8 height=4 fill='url(#h)'/>");
    EXPECT_EQ(text, "group clip=M0,0 L8,0 L8,4 L0,4 Z\n"
                    "  group matrix=0,1,-1,0,0,0\n"
                    "    group matrix=1,0,0,1,0,-8 clip=M0,-8 L4,-8 L4,-4 L0,-4 Z\n"
                    "      stroke M0,0 L0,4 #1f4e79 w=2\n"
                    "    group matrix=1,0,0,1,0,-4 clip=M0,-4 L4,-4 L4,0 L0,0 Z\n"
                    "      stroke M0,0 L0,4 #1f4e79 w=2\n");
}

TEST(SvgPattern, units_and_limits) {
    EXPECT_EQ(with("<pattern id=p width=.5 height=1><rect width=1 height=1 /></pattern>",
                   "<rect x=10 width=8 height=4 fill='url(#p)'/>"),
              "group clip=M10,0 L18,0 L18,4 L10,4 Z\n"
              "  group clip=M10,0 L14,0 L14,4 L10,4 Z\n"
              "    group matrix=1,0,0,1,10,0\n      fill M0,0 L1,0 L1,1 L0,1 Z #000000\n"
              "  group matrix=1,0,0,1,4,0 clip=M14,0 L18,0 L18,4 L14,4 Z\n"
              "    group matrix=1,0,0,1,10,0\n      fill M0,0 L1,0 L1,1 L0,1 Z #000000\n");
    EXPECT_EQ(with("<pattern id=p width=0 height=1><rect width=1 height=1 /></pattern>",
                   "<rect width=8 height=4 fill='url(#p)'/>"),
              "");
    EXPECT_EQ(
        Drawn("<svg><pattern id=p width=.01 height=.01 patternUnits=userSpaceOnUse><rect width=1 height=1 /></pattern>"
              "<rect width=80 height=80 fill='url(#p)'/></svg>")
            .codes(),
        "svg-limit");
    EXPECT_EQ(Drawn("<svg><pattern id=p width=1 height=1><rect width=1 height=1 fill='url(#p)'/></pattern><rect "
                    "width=8 height=8 fill='url(#p)'/></svg>")
                  .codes(),
              "svg-reference");
}

TEST(SvgPaint, strokes_take_no_pattern) {
    Drawn const d("<svg style='overflow:visible'><pattern id=g width=2 height=2><rect width=1 height=1 /></pattern>"
                  "<path d='M0 0H5' fill=none stroke='url(#g) #123456'/></svg>");
    EXPECT_EQ(d.codes(), "svg-unsupported");
    EXPECT_NE(d.text().find("stroke M0,0 L5,0 #123456"), std::string::npos) << d.text();
}

TEST(SvgImage, data_addresses) {
    // 1 x 1 PNG
    std::string const png =
        "data:image/"
        "png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    EXPECT_EQ(drawn("<image x=1 y=2 width=10 height=20 href='" + png + "'/>"), "image 1,7 10x10\n")
        << "its ratio is kept";
    EXPECT_EQ(drawn("<image width=10 height=20 preserveAspectRatio=none href='" + png + "'/>"), "image 0,0 10x20\n");
    EXPECT_EQ(drawn("<image width=10 height=10 href=\"data:image/svg+xml,%3Csvg viewBox='0 0 1 1'%3E%3Crect width='1' "
                    "height='1'/%3E%3C/svg%3E\"/>"),
              "group matrix=10,0,0,10,0,0 clip=M0,0 L10,0 L10,10 L0,10 Z\n  fill M0,0 L1,0 L1,1 L0,1 Z #000000\n");
    EXPECT_EQ(Drawn("<svg><image href='data:image/png;base64,AAAA' width=1 height=1 /></svg>").codes(),
              "unreadable-image");
    EXPECT_EQ(Drawn("<svg><image href='http://x/y.png' width=1 height=1 /></svg>").codes(), "missing-file");
}

} // namespace
