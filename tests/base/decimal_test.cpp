#include "base/date.hpp"
#include <gtest/gtest.h>

using deckle::Decimal;

TEST(Decimal, ParsesPlainNotationOnly) {
    EXPECT_EQ(Decimal::of("-12.50").to_string(), "-12.50");
    EXPECT_EQ(Decimal::of("+0.001").to_string(), "0.001");
    EXPECT_EQ(Decimal::of("-0.00").to_string(), "0.00");
    for (auto bad : {"", "-", ".", "1.", ".5", "1e5", "NaN", "1,000", " 1", "1 ", "--1", "1.2.3", "+.5"})
        EXPECT_FALSE(Decimal::parse(bad)) << bad;
}

TEST(Decimal, IsExactWhereBinaryFloatIsNot) {
    EXPECT_EQ((Decimal::of("0.1") + Decimal::of("0.2")).to_string(), "0.3");
    EXPECT_EQ((Decimal::of("12345678901234567.12") * Decimal::of("3")).to_string(), "37037036703703701.36");
}

TEST(Decimal, RoundsHalfAwayFromZero) {
    EXPECT_EQ(Decimal::of("2.345").rounded(2).to_string(), "2.35");
    EXPECT_EQ(Decimal::of("-2.345").rounded(2).to_string(), "-2.35");
    EXPECT_EQ(Decimal::of("2.3449").rounded(2).to_string(), "2.34");
    EXPECT_EQ(Decimal::of("1").rounded(2).to_string(), "1.00");
}

TEST(Decimal, DividesToTheScaleAsked) {
    EXPECT_EQ(Decimal::of("22840").divided_by(60000, 6).to_string(), "0.380667");
    EXPECT_EQ(Decimal(-1).divided_by(3, 4).to_string(), "-0.3333");
    EXPECT_THROW((void)Decimal(1).divided_by(0), std::domain_error);
}

TEST(Decimal, ComparesByValueNotByScale) {
    EXPECT_EQ(Decimal::of("1.50"), Decimal::of("1.5"));
    EXPECT_LT(Decimal::of("-2"), Decimal::of("1.999"));
}

TEST(Decimal, OverflowIsAnErrorNotAWrap) {
    Decimal const big = Decimal::of("99999999999999999999999999999999999999");
    EXPECT_THROW((void)(big * big), std::overflow_error);
    EXPECT_THROW((void)(big + big), std::overflow_error);
}
