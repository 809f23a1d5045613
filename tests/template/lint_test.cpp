#include "render.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::templates {
namespace {

using test::Files;
using testing::ElementsAre;

/// Findings of severity warning and error as "line:column code", in order.
std::vector<std::string> findings(std::string const& text, std::string const& sample = "{}",
                                  std::map<std::string, std::string> more = {}) {
    more["report.html.mustache"] = text;
    Files const files(more);
    auto const model = model::parse_json(sample, "sample");
    Diagnostics diagnostics;
    lint("report.html.mustache", {files.folder()}, &model, diagnostics);
    std::vector<std::string> out;
    for (auto const& item : diagnostics.items())
        if (item.severity != Severity::note)
            out.push_back(std::to_string(item.position.line) + ":" + std::to_string(item.position.column) + " " +
                          item.code);
    return out;
}

TEST(Lint, FindsNothingInAGoodTemplate) {
    EXPECT_THAT(findings("{{title}}{{#l}}{{a}}{{title}}{{/l}}{{^none}}x{{/none}}{{run.company}}{{{m}}}",
                         R"({"title":"t","l":[{"a":"1"}],"m":{"$markdown":"x"}})"),
                ElementsAre());
}

TEST(Lint, FindsUnknownNamesInEverySection) {
    EXPECT_THAT(findings("{{titel}}\n{{#l}}\n  {{b}}{{a.c}}{{/l}}{{#obj}}{{.a}}{{/obj}}",
                         R"({"title":"t","l":[{"a":{}}],"obj":{"x":1},"a":"outer"})"),
                ElementsAre("1:1 missing-name", "3:3 missing-name", "3:8 missing-name", "3:29 missing-name"));
}

TEST(Lint, WarnsWhenSomeItemsLackAName) {
    EXPECT_THAT(findings("{{#l}}{{a}} {{note}}{{/l}}", R"({"l":[{"a":"1","note":"n"},{"a":"2"}]})"),
                ElementsAre("1:13 missing-name"));
    EXPECT_THAT(findings("{{#l}}{{#.note}}{{.}}{{/.note}}{{/l}}", R"({"l":[{"note":"n"},{}]})"), ElementsAre());
}

TEST(Lint, FindsEverySyntaxFaultAtOnce) {
    EXPECT_THAT(findings("{{}}\n{{ a | money }}\n<a title={{x}}>\n{{/z}}\n{{#open}}"),
                ElementsAre("1:1 template-syntax", "2:1 template-syntax", "3:10 unsafe-place", "4:1 template-syntax",
                            "5:1 template-syntax"));
}

TEST(Lint, FindsUnknownAndRecursivePartials) {
    EXPECT_THAT(findings("{{> none}}\n{{> a}}", "{}", {{"a.html.mustache", " {{> a}}"}}),
                ElementsAre("1:1 missing-partial", "1:2 partial-recursion"));
}

TEST(Lint, FindsRawTagsOnWhatTheHostDidNotRender) {
    EXPECT_THAT(findings("{{{t}}}{{&c}}{{{$lang}}}", R"({"t":"text","c":{"$chart":{"kind":"bar","series":[]}}})"),
                ElementsAre("1:1 raw-refused", "1:14 raw-refused"));
}

TEST(Lint, FindsWhatCannotBePrinted) {
    EXPECT_THAT(findings("{{l}}{{o}}{{v}}", R"({"l":[1],"o":{"a":1},"v":{"$num":"1"}})"),
                ElementsAre("1:1 not-printable", "1:6 not-printable"));
}

TEST(Lint, SaysWhenThereIsNoTemplate) {
    Diagnostics diagnostics;
    lint("none.html.mustache", {}, nullptr, diagnostics);
    EXPECT_TRUE(diagnostics.has("template-unreadable"));
}

} // namespace
} // namespace deckle::templates
