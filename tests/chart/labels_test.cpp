#include "chart/frame.hpp"
#include "chart/labels.hpp"
#include <gtest/gtest.h>

namespace deckle::chart {
namespace {

TEST(TextWidth, CountsTabularDigitsAlike) {
    EXPECT_DOUBLE_EQ(text_width("111", 10), text_width("888", 10));
    EXPECT_GT(text_width("W", 10), text_width("i", 10));
    EXPECT_DOUBLE_EQ(text_width("年", 10), 10);
    EXPECT_GT(text_width("abc", 10, true), text_width("abc", 10));
}

TEST(Fitted, CutsWithAnEllipsis) {
    EXPECT_EQ(fitted("short", 100, 10), "short");
    auto const cut = fitted("Gunderson & Sons Manufacturing", 60, 10);
    EXPECT_TRUE(cut.ends_with("…"));
    EXPECT_LE(text_width(cut, 10), 60);
    EXPECT_EQ(fitted("日本語日本語", 25, 10).substr(0, 3), "日");
}

TEST(Spread, KeepsOrderDistanceAndBounds) {
    auto const at = spread({50, 48, 10}, 12, 0, 55);
    EXPECT_DOUBLE_EQ(at[2], 10);
    EXPECT_GE(at[0] - at[1], 12);
    EXPECT_LE(at[0], 55);
}

TEST(Labels, TakeTheFirstFreePlace) {
    Svg svg;
    Labels labels({0, 0, 100, 100});
    labels.block({0, 0, 100, 40});
    EXPECT_TRUE(labels.write(svg, "12", {{50, 30, Anchor::middle}, {50, 60, Anchor::middle}}, {}));
    EXPECT_NE(svg.body().find("y=\"60\""), std::string::npos);
    EXPECT_FALSE(labels.write(svg, "13", {{50, 60, Anchor::middle}}, {}));
    EXPECT_TRUE(labels.write(svg, "14", {{50, 60, Anchor::middle}}, {}, true));
}

TEST(Labels, StayInsideTheirBounds) {
    Svg svg;
    Labels labels({0, 0, 100, 100});
    EXPECT_TRUE(labels.write(svg, "12345", {{2, 50, Anchor::middle}}, {}));
    EXPECT_EQ(svg.body().find("x=\"-"), std::string::npos);
}

TEST(Labels, DoNotCrossLines) {
    Svg svg;
    Labels labels({0, 0, 100, 100});
    labels.block_line({{0, 50}, {100, 50}});
    EXPECT_FALSE(labels.write(svg, "12", {{50, 53, Anchor::middle}}, {}));
    EXPECT_TRUE(labels.write(svg, "12", {{50, 45, Anchor::middle}}, {}));
}

TEST(RoundTicks, StepByOneTwoOrFive) {
    auto const texts = [](double low, double high) {
        std::string out;
        for (auto const& tick : round_ticks(low, high, 4).values) out += tick.to_string() + " ";
        return out;
    };
    EXPECT_EQ(texts(0, 100), "0 50 100 ");
    EXPECT_EQ(texts(0, 78), "0 20 40 60 ");
    EXPECT_EQ(texts(-3, 3), "-2 0 2 ");
    EXPECT_EQ(texts(0, 0.08), "0.00 0.02 0.04 0.06 0.08 ");
    EXPECT_EQ(texts(250000, 330000), "260000 280000 300000 320000 ");
    EXPECT_EQ(texts(5, 5), "");
}

TEST(Number, HasOneDecimalAndNoMinusZero) {
    EXPECT_EQ(number(-0.04), "0");
    EXPECT_EQ(number(12.0), "12");
    EXPECT_EQ(number(-3.25), "-3.2");
}

} // namespace
} // namespace deckle::chart
