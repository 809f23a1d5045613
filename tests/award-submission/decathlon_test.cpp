#include "decathlon.hpp"
#include <gtest/gtest.h>

namespace award_submission {
namespace {

using deckle::Decimal;
std::vector<std::string> const metrics{"revenue", "growth", "devices"};

std::vector<std::string> texts(std::vector<Decimal> const& values) {
    std::vector<std::string> out;
    for (Decimal const v : values) out.push_back(v.to_string());
    return out;
}

TEST(Decathlon, the_worked_example_ranks_b_before_a_before_c) {
    auto const s = decathlon({{"A", {{"revenue", 300000}, {"growth", 50}, {"devices", 900}}},
                              {"B", {{"revenue", 500000}, {"growth", 10}, {"devices", 1500}}},
                              {"C", {{"revenue", 200000}, {"growth", 80}, {"devices", 700}}}},
                             metrics);
    ASSERT_EQ(s.size(), 3U);
    EXPECT_EQ(s[0].name, "B");
    EXPECT_EQ(texts(s[0].ranks), (std::vector<std::string>{"1", "3", "1"}));
    EXPECT_EQ(s[0].index, Decimal(5));
    EXPECT_EQ(s[1].name, "A");
    EXPECT_EQ(texts(s[1].ranks), (std::vector<std::string>{"2", "2", "2"}));
    EXPECT_EQ(s[1].index, Decimal(6));
    EXPECT_EQ(s[2].name, "C");
    EXPECT_EQ(texts(s[2].ranks), (std::vector<std::string>{"3", "1", "3"}));
    EXPECT_EQ(s[2].index, Decimal(7));
    EXPECT_EQ(s[2].place, 3);
}

TEST(Decathlon, equal_values_share_the_mean_of_their_ranks) {
    auto const s = decathlon({{"A", {{"x", 10}}}, {"B", {{"x", 10}}}, {"C", {{"x", 5}}}, {"D", {{"x", 20}}}}, {"x"});
    EXPECT_EQ(s[0].name, "D");
    EXPECT_EQ(s[1].name, "A");
    EXPECT_EQ(texts(s[1].ranks), std::vector<std::string>{"2.5"});
    EXPECT_EQ(texts(s[2].ranks), std::vector<std::string>{"2.5"});
    EXPECT_EQ(s[1].place, 2) << "equal sums share the better place";
    EXPECT_EQ(s[2].place, 2);
    EXPECT_EQ(s[3].place, 4);
}

TEST(Decathlon, an_entrant_without_a_value_is_not_ranked_and_moves_nobody) {
    auto const s = decathlon({{"A", {{"x", 1}, {"y", 2}}}, {"B", {{"x", 9}}}, {"C", {{"x", 2}, {"y", 1}}}}, {"x", "y"});
    EXPECT_EQ(s[0].index, Decimal(3));
    EXPECT_EQ(s[1].index, Decimal(3));
    EXPECT_EQ(s[2].name, "B");
    EXPECT_EQ(s[2].place, 0);
    EXPECT_EQ(s[2].missing, std::vector<std::string>{"y"});
}

TEST(Decathlon, nobody) {
    EXPECT_TRUE(decathlon({}, metrics).empty());
}

} // namespace
} // namespace award_submission
