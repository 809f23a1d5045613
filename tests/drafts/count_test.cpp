#include "base/file.hpp"
#include "drafts/count.hpp"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace deckle::drafts {
namespace {

using Unit = Field::Unit;

TEST(Count, WordsAndCharactersAsWordProcessorsDo) {
    std::string const text = "We grew 31% year-over-year & added 4 engineers.";
    EXPECT_EQ(count(text, Unit::words), 8);
    EXPECT_EQ(count(text, Unit::characters), 47);
    EXPECT_EQ(count(text, Unit::characters_without_spaces), 40);
    EXPECT_EQ(count("", Unit::words), 0);
    EXPECT_EQ(count("  \n\t ", Unit::words), 0);
    EXPECT_EQ(count("one\u00a0two\u2003three\u3000four\u2028five", Unit::words), 5); // any white space of Unicode
    EXPECT_EQ(count("one\u200btwo", Unit::words), 1);                                // which this is not
    EXPECT_EQ(count("日本語", Unit::characters), 3);
    EXPECT_EQ(count("e\u0301👩‍💻", Unit::characters), 5); // code points
    EXPECT_EQ(count("a b\nc", Unit::characters_without_spaces), 3);
}

/// The npm package twitter-text 3.1.0 is the oracle; tests/drafts/x_counts/make.mjs made the table with it.
TEST(Count, AsXDoes) {
    auto const cases = nlohmann::json::parse(read_file(DECKLE_SOURCE_DIR "/tests/drafts/x_counts/expected.json"));
    ASSERT_GE(cases.size(), 140U);
    for (auto const& c : cases)
        EXPECT_EQ(count(c.at("text").get<std::string>(), Unit::x_weighted), c.at("x").get<int>()) << c.dump();
    EXPECT_EQ(count("日本語", Unit::x_weighted), 6);
    EXPECT_EQ(count("👩‍💻 ok", Unit::x_weighted), 5);
    EXPECT_EQ(count("🧑‍🚀", Unit::x_weighted), 2); // newer than the table's oracle: still one sequence
}

} // namespace
} // namespace deckle::drafts
