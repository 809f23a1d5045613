#include "base/text.hpp"
#include <gtest/gtest.h>

using namespace deckle;

TEST(Text, EscapesWhatMarkupReads) {
    EXPECT_EQ(escape_markup("a<b>&\"c\"'d'"), "a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;");
    EXPECT_EQ(escape_markup("Größe"), "Größe");
}

TEST(Text, IsShortenedBetweenCharacters) {
    EXPECT_EQ(shortened("as it is", 8), "as it is");
    EXPECT_EQ(shortened("a longer text", 8), "a lon...");
    EXPECT_EQ(shortened("a\u00e9\u00e9\u00e9\u00e9", 7), "a\u00e9...");
}

TEST(Text, AppendsUtf8) {
    std::string s;
    for (char32_t const c : {U'a', U'\u00E9', U'\u20AC', U'\U0001F600', char32_t{0xD800}, char32_t{0x110000}})
        append_utf8(s, c);
    EXPECT_EQ(s, "aé€😀\uFFFD\uFFFD");
}
