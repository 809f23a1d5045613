#include "text.hpp"
#include <gtest/gtest.h>

namespace press_release {
namespace {

TEST(Words, the_worked_example) {
    std::string const text = "We grew 31% year-over-year & added 4 engineers.";
    EXPECT_EQ(words(text).size(), 8U);
    EXPECT_EQ(characters(text), 47U);
}

TEST(Words, white_space_of_any_script) {
    EXPECT_EQ(words("a\u00a0b\u3000c\u2003d\n\te").size(), 5U);
    EXPECT_TRUE(words(" \u2028 ").empty());
    EXPECT_EQ(characters("日本語 é"), 5U);
}

TEST(Paragraphs, are_divided_by_empty_lines) {
    EXPECT_EQ(paragraphs("one\ntwo\n\n \n three \n"), (std::vector<std::string>{"one two", "three"}));
    EXPECT_TRUE(paragraphs("\n\n").empty());
}

TEST(Sentences, abbreviations_end_none) {
    EXPECT_EQ(sentences("Prairie Inc. of St. Paul sells in the U.S. since Dec. 1. It grows. Why? “Because.”"), 4U);
    EXPECT_EQ(sentences("One without an end"), 1U);
    EXPECT_EQ(sentences(""), 0U);
}

TEST(Quotes, what_stands_outside_and_inside) {
    EXPECT_EQ(outside_quotes("“We did it,” said Ana. “Twice.”"), "  said Ana.  ");
    EXPECT_EQ(quoted("“We did it,” said Ana. “Twice.”"), (std::vector<std::string>{"We did it,", "Twice."}));
    EXPECT_EQ(quoted("\"Plain,\" he said."), std::vector<std::string>{"Plain,"});
    EXPECT_EQ(quoted("“He said ‘go’ and went”"), std::vector<std::string>{"He said ‘go’ and went"});
}

TEST(Quotes, nested_and_unbalanced) {
    EXPECT_TRUE(nested_double_quotes("“He said “go” and went”"));
    EXPECT_FALSE(nested_double_quotes("“He said ‘go’ and went”"));
    EXPECT_FALSE(nested_double_quotes("“One.” “Two.”"));
    EXPECT_TRUE(balanced_quotes("“One.” \"Two.\""));
    EXPECT_FALSE(balanced_quotes("“One."));
    EXPECT_FALSE(balanced_quotes("\"One."));
    EXPECT_FALSE(balanced_quotes("“One.\n\nTwo.”")) << "each paragraph by itself";
}

TEST(FindWord, stands_by_itself) {
    EXPECT_EQ(find_word("misleading leading", "leading"), 11U);
    EXPECT_EQ(find_word("weather", "we"), std::string_view::npos);
    EXPECT_NE(find_word("“we”", "we"), std::string_view::npos);
    EXPECT_NE(find_word("we’re", "we"), std::string_view::npos);
    EXPECT_EQ(find_word("éwe", "we"), std::string_view::npos);
}

TEST(Links, are_counted) {
    EXPECT_EQ(links("see https://a.example and http://b.example, not www.c.example"), 2U);
}

} // namespace
} // namespace press_release
