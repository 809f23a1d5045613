#include "base/nearest.hpp"
#include <gtest/gtest.h>

using namespace deckle;

TEST(Nearest, SuggestsSlipsOnly) {
    std::vector<std::string> const keys = {"currency", "name", "locale", "zone"};
    EXPECT_EQ(nearest("curency", keys), "currency");
    EXPECT_EQ(nearest("Zone", keys), "zone");
    EXPECT_EQ(nearest("x", {"y"}), "y");
    EXPECT_EQ(nearest("payments", keys), std::nullopt);
    EXPECT_EQ(suggestion("curency", keys), ", did you mean 'currency'?");
    EXPECT_EQ(suggestion("payments", {"a", "b"}), "; known: a, b");
}
