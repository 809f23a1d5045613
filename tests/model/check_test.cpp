#include "base/error.hpp"
#include "model/check.hpp"
#include <ctime>
#include <deckle/check.hpp>
#include <gtest/gtest.h>

namespace deckle::model {
namespace {

Json block(std::string const& json) {
    return {{"schema", "deckle.report/1"},
            {"title", "T"},
            {"sections", Json::array({{{"id", "s"}, {"title", "S"}, {"blocks", Json::array({Json::parse(json)})}}})}};
}

std::string first(Json const& model) {
    auto const found = problems(model);
    return found.empty() ? "valid" : found[0].pointer + " " + found[0].message;
}

TEST(Check, AcceptsEveryBlock) {
    for (
        auto const* text :
        {R"({"text":"x"})", R"({"heading":{"text":"x","note":{"$na":"no_data"}}})",
         R"({"key_figures":[{"label":"Cash","value":{"$money":["1","USD"],"digits":0},"note":{"$text":"a {b}","args":{"b":"c"}},"tone":"bad"}]})",
         R"({"table":{"caption":"c","unit":"u","columns":[{"label":"a","align":"left"}],"rows":[{"tone":"low","cells":["x"]}],"footer":[{"cells":[{"$num":"1"}]}]}})",
         R"({"chart":{"$chart":{"kind":"bar","title":"t","categories":["a","b"],"series":[{"name":"n","role":"actual","values":["1",null]}],"now":1,"marks":[{"series":0,"index":1}]}}})",
         R"({"callout":{"tone":"info","text":"x"}})",
         R"({"actions":[{"when":"Now","tone":"bad","what":"Call","owner":"A","due":{"$date":"2026-11-12"}}]})",
         R"({"missing":{"title":"AP","would_show":"bills","command":"deckle data bind bills"}})",
         R"({"page_break":true})", R"({"markdown":{"$markdown":"# x"}})"})
        EXPECT_EQ(first(block(text)), "valid") << text;
    EXPECT_EQ(first({{"schema", "deckle.report/1"}, {"title", "T"}, {"custom", {{"any", {{"$date", "2026-10-31"}}}}}}),
              "valid");
}

Json document(std::string const& field,
              std::string const& finding = R"({"rule":"a.b","severity":"info","message":"m"})") {
    return {{"schema", "deckle.report/1"},
            {"title", "T"},
            {"fields", Json::array({Json::parse(field)})},
            {"findings", Json::array({Json::parse(finding)})}};
}

TEST(Check, AcceptsAnEditableDocument) {
    EXPECT_EQ(first(document(R"({"id":"Q1","label":"Founded","section":"Company","kind":"text","value":"{{founded}}",
        "markdown":true,"required":true,"guidance":"g","limit":{"max":25,"unit":"words"},"choices":["a"],"weight":"1.5",
        "approver":"Dana","offered":[{"label":{"$text":"2025"},"value":"v"}]})",
                             R"({"rule":"lead.length","severity":"error","field":"Q1","message":"Too long"})")),
              "valid");
}

TEST(Check, TotalsThatHaveToAgreeAreChecksOfTheModel) {
    Report report("T");
    add_check(report, {.id = "ar.aging",
                       .label = "Ageing adds up",
                       .expected = Decimal(10),
                       .actual = *Decimal::parse("10.00"),
                       .currency = "USD"});
    add_check(report,
              {.id = "deals.count", .label = "All deals", .expected = 3, .actual = 2, .note = "Look at the CRM"});
    EXPECT_EQ(first(report.json()), "valid");
    auto const& checks = report.json().at("checks");
    EXPECT_EQ(checks[0].at("ok"), true);
    EXPECT_EQ(checks[1].at("ok"), false);
    EXPECT_EQ(checks[1].at("difference"), (Json{{"$num", "-1"}}));
    Json wrong = report.json();
    wrong["checks"][0].erase("expected");
    EXPECT_NE(first(wrong), "valid");
    wrong = report.json();
    wrong["checks"][0]["actual"] = "ten";
    EXPECT_NE(first(wrong), "valid");
}

TEST(Check, AcceptsWhatTheBuildersWrite) {
    Report report("T");
    report
        .field({.id = "Q1",
                .label = "Founded",
                .kind = Field::Kind::choice,
                .value = "{{founded}}",
                .section = "Company",
                .markdown = true,
                .required = true,
                .guidance = "g",
                .limit = Field::Limit{25, Field::Unit::characters_without_spaces},
                .choices = {"a"},
                .weight = Decimal::of("1.5"),
                .approver = "Dana",
                .offered = {{"2025", "v"}}})
        .finding({.rule = "a.b", .severity = Finding::Severity::error, .message = "m", .field = "Q1"});
    EXPECT_EQ(first(report.json()), "valid");
    Json const& field = report.json()["fields"][0];
    EXPECT_EQ(field["kind"], "choice");
    EXPECT_EQ(field["limit"], Json::parse(R"({"max":25,"unit":"characters_without_spaces"})"));
    EXPECT_EQ(field["weight"], "1.5");
    EXPECT_EQ(report.json()["findings"][0]["severity"], "error");
}

TEST(Check, NamesWhatIsWrongWithAnEditableDocument) {
    std::string const good = R"({"id":"Q1","label":"l","kind":"text","value":""})";
    EXPECT_EQ(first(document(R"({"id":"Q 1","label":"l","kind":"text","value":""})")),
              "/fields/0/id \"Q 1\" is not an id: letters, digits, - and _");
    EXPECT_EQ(first(document(R"({"id":"Q1","label":"l","kind":"essay","value":""})")),
              "/fields/0/kind is none of the allowed words");
    EXPECT_EQ(first(document(R"({"id":"Q1","label":"l","kind":"text"})")), "/fields/0 member \"value\" is missing");
    EXPECT_EQ(first(document(R"({"id":"Q1","label":"l","kind":"text","value":"","weight":"x"})")),
              "/fields/0/weight \"x\" is not a decimal number");
    EXPECT_EQ(first(document(R"({"id":"Q1","label":"l","kind":"text","value":"","limit":{"max":5,"unit":"lines"}})")),
              "/fields/0/limit/unit is none of the allowed words");
    EXPECT_EQ(first(document(good, R"({"rule":"length","severity":"error","message":"m"})")),
              "/findings/0/rule \"length\" is not a rule: lower case words with dots, like lead.length");
    EXPECT_EQ(first(document(good, R"({"rule":"a.b","severity":"fatal","message":"m"})")),
              "/findings/0/severity is none of the allowed words");
    EXPECT_EQ(first(document(good, R"({"rule":"a.b","severity":"error","field":"Q2","message":"m"})")),
              "/findings/0/field there is no field \"Q2\"");
    Json twice = document(good);
    twice["fields"].push_back(Json::parse(good));
    EXPECT_EQ(first(twice), "/fields/1/id \"Q1\" names two fields");
}

struct Bad {
    char const* block;
    char const* expected;
};

class BadBlock : public testing::TestWithParam<Bad> {};

TEST_P(BadBlock, IsNamedByItsPointer) {
    EXPECT_EQ(first(block(GetParam().block)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Check, BadBlock,
    testing::Values(
        Bad{R"({"tabel":{}})", "/sections/0/blocks/0 unknown member \"tabel\""},
        Bad{R"({"text":"a","page_break":true})", "/sections/0/blocks/0 a block has one member, which names its kind"},
        Bad{R"({})", "/sections/0/blocks/0 a block needs a member that names its kind"},
        Bad{R"({"text":{"$money":["1","USD"],"digit":0}})", "/sections/0/blocks/0/text $money has no option \"digit\" "
                                                            "(known: digits, scale, symbol, accounting, sign)"},
        Bad{R"({"text":{"$mony":["1","USD"]}})", "/sections/0/blocks/0/text unknown leaf $mony (known: $money, $num, "
                                                 "$pct, $date, $datetime, $text, $na, $markdown, $chart, $image)"},
        Bad{R"({"text":{"digits":0}})", "/sections/0/blocks/0/text is an object but no typed leaf"},
        Bad{R"({"text":{"$money":["1e5","USD"]}})",
            "/sections/0/blocks/0/text $money must be [amount, currency] like [\"1234.50\",\"USD\"]"},
        Bad{R"({"text":{"$money":[1.5,"USD"]}})",
            "/sections/0/blocks/0/text $money must be [amount, currency] like [\"1234.50\",\"USD\"]"},
        Bad{R"({"text":{"$num":"NaN"}})",
            "/sections/0/blocks/0/text $num must be a decimal number as a string, like \"12.5\""},
        Bad{R"({"text":{"$date":"2026-02-30"}})",
            "/sections/0/blocks/0/text $date must be a calendar date like \"2026-10-31\""},
        Bad{R"({"text":{"$text":"a {b}"}})", "/sections/0/blocks/0/text $text names {b}, which args does not have"},
        Bad{R"({"text":{"$text":"a { b"}})",
            "/sections/0/blocks/0/text $text has a brace alone; write {name} for a place, {{ and }} for braces"},
        Bad{R"({"text":{"$na":"No revenue"}})", "/sections/0/blocks/0/text $na must be a reason in lower case, like "
                                                "\"no_revenue\" or \"missing_column:due\""},
        Bad{R"({"table":{"columns":[{"label":"a"}],"rows":[{"cells":[{"$num":"x"}]}]}})",
            "/sections/0/blocks/0/table/rows/0/cells/0 $num must be a decimal number as a string, like \"12.5\""},
        Bad{R"({"table":{"columns":[{"label":"a"}],"rows":[{"cells":[1]}]}})",
            "/sections/0/blocks/0/table/rows/0/cells/0 has the wrong type"},
        Bad{R"({"table":{"columns":[{"label":"a","align":"middle"}],"rows":[]}})",
            "/sections/0/blocks/0/table/columns/0/align is none of the allowed words"},
        Bad{R"({"callout":{"text":"x"}})", "/sections/0/blocks/0/callout member \"tone\" is missing"},
        Bad{R"({"chart":{"$chart":{"kind":"pie","series":[]}}})",
            "/sections/0/blocks/0/chart/$chart/kind is none of the allowed words"},
        Bad{R"({"chart":{"$chart":{"kind":"bar","categories":["a"],"series":[{"values":["1","2"]}]}}})",
            "/sections/0/blocks/0/chart/$chart/series/0/values has 2 values for 1 categories"},
        Bad{R"({"chart":{"$chart":{"kind":"bar","categories":["a"],"series":[{"values":["1,5"]}]}}})",
            "/sections/0/blocks/0/chart/$chart/series/0/values/0 \"1,5\" is not a decimal number"},
        Bad{R"({"chart":{"$chart":{"kind":"bar","categories":["a"],"series":[{"values":["1"]}],"marks":[{"index":1}]}}})",
            "/sections/0/blocks/0/chart/$chart/marks/0/index 1 is outside: there are 1"},
        Bad{R"({"chart":{"$date":"2026-10-31"}})", "/sections/0/blocks/0/chart must be a $chart leaf"}));

TEST(Check, FindsLeavesInThePluginsOwnMembers) {
    EXPECT_EQ(first({{"schema", "deckle.report/1"}, {"title", "T"}, {"a/b", {{"x", {{"$date", "soon"}}}}}}),
              "/a~1b/x $date must be a calendar date like \"2026-10-31\"");
}

TEST(Check, AsksForTheDocumentsParts) {
    EXPECT_EQ(first(Json::array()), " has the wrong type");
    EXPECT_EQ(first({{"schema", "deckle.report/2"}, {"title", "T"}}),
              "/schema has another value than the schema asks for");
    EXPECT_EQ(first({{"schema", "deckle.report/1"}}), " member \"title\" is missing");
    Json const figure = {
        {"schema", "deckle.report/1"},
        {"title", "T"},
        {"figures", Json::array({{{"id", "Cash"}, {"version", 1}, {"label", "l"}, {"value", {{"$num", "1"}}}}})}};
    EXPECT_EQ(first(figure), "/figures/0/id \"Cash\" is not a figure id: lower case words with dots, like cash.dso");
}

TEST(Check, RequireValidNamesTheReportAndThePlaces) {
    try {
        require_valid(block(R"({"tabel":{}})"), "cash-flow");
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(std::string(error.what()),
                  "cash-flow is not a valid report model: /sections/0/blocks/0: unknown member \"tabel\"");
        EXPECT_EQ(error.code(), ErrorCode::plugin);
    }
}

/// The published schema, whole, says the same about leaves as the walk does.
TEST(Check, ThePublishedSchemaRejectsTheSameLeaves) {
    auto const schema = Json::parse(report_model_schema());
    for (auto const* good : {R"({"$money":["1.5","USD"],"digits":2})", R"({"$pct":"0.3","sign":true})",
                             R"({"$datetime":"2026-11-01T11:00:00Z","style":"short"})",
                             R"({"$text":"{a}","args":{"a":{"$num":"1"}}})", R"({"$na":"missing_column:due"})"}) {
        Json const model = block(std::string(R"({"text":)") + good + "}");
        EXPECT_TRUE(schema_problems(schema, model).empty()) << good;
        EXPECT_TRUE(problems(model).empty()) << good;
    }
    for (auto const* bad :
         {R"({"$money":["1e5","USD"]})", R"({"$money":["1","usd"]})", R"({"$money":["1","USD"],"digits":-1})",
          R"({"$money":["1"]})", R"({"$num":12})", R"({"$num":"1","scale":3})", R"({"$date":"31.10.2026"})",
          R"({"$date":"2026-10-31","style":"full"})", R"({"$datetime":"2026-11-01"})", R"({"$na":""})",
          R"({"$image":""})", R"({"$text":1})", R"({"$markdown":null})", R"({"$foo":"x"})", R"({"digits":1})",
          R"(5)"}) {
        Json const model = block(std::string(R"({"text":)") + bad + "}");
        EXPECT_FALSE(schema_problems(schema, model).empty()) << bad;
        if (std::string_view(bad).find("$image") == std::string_view::npos) {
            EXPECT_FALSE(problems(model).empty()) << bad;
        }
    }
}

TEST(Check, ALongStringFromAPluginIsJustLong) {
    auto model = block(R"({"text":{"$num":"1"}})");
    model["sections"][0]["blocks"][0]["text"]["$num"] = std::string(4'000'000, '7');
    EXPECT_NE(first(model), "valid");
    model["sections"][0]["id"] = std::string(4'000'000, 'a');
    EXPECT_FALSE(problems(model).empty());
}

TEST(Check, TheCostOfARowDoesNotRiseWithTheRows) {
    auto clocks = [](int rows_wanted) { // processor time, so that other programs do not count
        auto model = block(R"({"table":{"columns":[{"label":"a"}],"rows":[]}})");
        auto& rows = model["sections"][0]["blocks"][0]["table"]["rows"];
        for (int i = 0; i < rows_wanted; ++i)
            rows.push_back(
                {{"cells", Json::array({"name", {{"$money", {"12.50", "USD"}}}, {{"$date", "2026-10-31"}}})}});
        auto const start = std::clock();
        EXPECT_TRUE(problems(model).empty());
        return static_cast<double>(std::clock() - start);
    };
    double const few = clocks(3'000);
    EXPECT_LT(clocks(30'000), 10 * few * 5);
}

TEST(SchemaProblems, ChecksPluginParameters) {
    auto const schema = Json::parse(
        R"({"type":"object","properties":{"weeks":{"type":"integer","minimum":1}},"additionalProperties":false})");
    EXPECT_TRUE(schema_problems(schema, {{"weeks", 13}}).empty());
    auto const low = schema_problems(schema, {{"weeks", 0}});
    ASSERT_EQ(low.size(), 1U);
    EXPECT_EQ(low[0].pointer, "/weeks");
    EXPECT_EQ(schema_problems(schema, {{"week", 1}}).at(0).message, "unknown member \"week\"");
}

} // namespace
} // namespace deckle::model
