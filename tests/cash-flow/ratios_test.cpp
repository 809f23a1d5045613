#include "ratios.hpp"
#include "support/printing.hpp"
#include <gtest/gtest.h>

namespace cash_flow {
namespace {

using namespace plugin_tests;

TEST(Ratios, ConversionCycle) {
    Metric const dso = days_of(40000_d, 60000_d, 90, "no_revenue");
    Metric const dpo = days_of(18000_d, 42000_d, 90, "no_cogs");
    Metric const dio = days_of(7000_d, 42000_d, 90, "no_cogs");
    EXPECT_EQ(dso.value(), 60_d);
    EXPECT_EQ(dpo.value().rounded(1), "38.6"_d);
    EXPECT_EQ(dio.value(), 15_d);
    EXPECT_EQ(cash_conversion_cycle(dso, dio, dpo).value().rounded(1), "36.4"_d);
}

TEST(Ratios, UndefinedSaysWhy) {
    Metric const none = days_of(40000_d, 0_d, 90, "no_revenue");
    EXPECT_FALSE(none);
    EXPECT_EQ(none.reason(), "no_revenue");
    Metric const no_cogs = days_of(18000_d, 0_d, 90, "no_cogs");
    EXPECT_EQ(cash_conversion_cycle(60_d, 15_d, no_cogs).reason(), "no_cogs");
    EXPECT_EQ(cash_conversion_cycle(none, 15_d, no_cogs).reason(), "no_revenue");
    EXPECT_EQ(difference(60_d, none).reason(), "no_revenue");
}

TEST(Ratios, CountBack) {
    std::vector<MonthSales> const months = {{40000_d, 30}, {31000_d, 31}, {30000_d, 30}};
    EXPECT_EQ(count_back_dso(75000_d, months).value(), 65_d);
    EXPECT_EQ(count_back_dso(40000_d, months).value(), 30_d);
    EXPECT_EQ(count_back_dso(0_d, months).value(), 0_d);
    EXPECT_EQ(count_back_dso(200000_d, months).reason(), "no_revenue");
    EXPECT_EQ(count_back_dso(10_d, {{0_d, 30}, {20_d, 31}}).value(), "45.5"_d); // a month without sales counts its days
}

TEST(Ratios, CollectionEffectiveness) {
    EXPECT_EQ(collection_effectiveness(40000_d, 60000_d, 45000_d, 30000_d).value().rounded(3), "0.786"_d);
    EXPECT_FALSE(collection_effectiveness(0_d, 0_d, 0_d, 0_d));
}

TEST(Ratios, Liquidity) {
    EXPECT_EQ(ratio(140000_d, 95000_d).value().rounded(2), "1.47"_d);
    EXPECT_EQ(ratio(52000_d + 61000_d, 95000_d).value().rounded(2), "1.19"_d);
    EXPECT_FALSE(ratio(1_d, 0_d));
}

TEST(Ratios, Runway) {
    EXPECT_EQ(runway_months(61500_d, {-20500_d, -30500_d, -10500_d}).value(), 3_d);
    EXPECT_EQ(runway_months(61500_d, {-20500_d, 30000_d}).reason(), "cash_positive");
    EXPECT_EQ(runway_months(61500_d, {0_d}).reason(), "cash_positive");
    EXPECT_EQ(runway_months(61500_d, {}).reason(), "no_history");
    EXPECT_LT(runway_months(-100_d, {-50_d}).value(), 0_d); // overdrawn: past the end of the runway
}

} // namespace
} // namespace cash_flow
