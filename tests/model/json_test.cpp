#include "base/error.hpp"
#include "model/json.hpp"
#include <gtest/gtest.h>

namespace deckle::model {
namespace {

std::string failure(std::string const& text, JsonLimits limits = {}) {
    try {
        (void)parse_json(text, "model", limits);
    } catch (Error const& error) {
        return error.to_string();
    }
    return "accepted";
}

TEST(ParseJson, BuildsTheTree) {
    EXPECT_EQ(parse_json(R"({"a":[1,-2,true,null,"x",0.5],"b":{"c":{}}})", "model").dump(),
              R"({"a":[1,-2,true,null,"x",0.5],"b":{"c":{}}})");
}

TEST(ParseJson, NamesThePlaceOfMalformedText) {
    EXPECT_TRUE(failure("{\n  \"a\": ,\n}").starts_with("model:2:8: not valid JSON")) << failure("{\n  \"a\": ,\n}");
    EXPECT_TRUE(failure("").starts_with("model:1:1: not valid JSON")) << failure("");
    EXPECT_TRUE(failure("{} {}").starts_with("model:1:4: not valid JSON")) << failure("{} {}");
}

TEST(ParseJson, RefusesTheSameMemberTwice) {
    EXPECT_EQ(failure("{\"a\":1,\n \"a\":2}"), "model:2:2: member \"a\" stands twice in one object");
}

TEST(ParseJson, RefusesNumbersThatWouldChange) {
    EXPECT_TRUE(failure("[12345678901234567.12]").starts_with("model:1:2: the number 12345678901234567.12"))
        << failure("[12345678901234567.12]");
    EXPECT_EQ(failure("[0.1, 1e3, 123456789012.5]"), "accepted");
}

TEST(ParseJson, RefusesBadUtf8) {
    EXPECT_TRUE(failure("[\"\xff\"]").find("not valid JSON") != std::string::npos);
}

TEST(ParseJson, KeepsToItsLimits) {
    EXPECT_NE(failure(std::string(100'000, '[')).find("nested deeper than 64"), std::string::npos);
    EXPECT_NE(failure("[1,2,3]", {.bytes = 5}).find("more than the 5 allowed"), std::string::npos);
    EXPECT_NE(failure("[1,2,3]", {.nodes = 3}).find("more than 3 values"), std::string::npos);
}

} // namespace
} // namespace deckle::model
