#include "report/descriptor.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using namespace deckle::report;

namespace {

constexpr char const* example = R"json({
  "id": "cash-flow", "version": "1.0.0", "title": "Cash flow", "history": "previous",
  "params": {"type": "object", "properties": {
    "minimum_cash": {"type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$", "default": "0"},
    "dso_days": {"type": "integer", "minimum": 1, "default": 90},
    "basis": {"type": "string", "enum": ["ending", "average"], "default": "ending"},
    "aged": {"type": "boolean", "default": false}}},
  "datasets": [{"name": "invoices", "required": true, "columns": [{"name": "id", "required": true}, {"name": "terms"}]}],
  "sections": [{"id": "ap", "title": "A/P", "needs": ["bills"]}]
})json";

std::string message_of(std::string_view defaults, std::map<std::string, std::string> const& set) {
    try {
        (void)resolve_params(parse_descriptor(example, "cash-flow"), defaults, set);
        return "";
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::usage);
        return e.what();
    }
}

} // namespace

TEST(Descriptor, ReadsWhatTheHostNeeds) {
    auto const d = parse_descriptor(example, "cash-flow");
    EXPECT_TRUE(d.wants_previous);
    ASSERT_EQ(d.datasets.size(), 1u);
    EXPECT_TRUE(d.datasets[0].columns[0].required);
    EXPECT_FALSE(d.datasets[0].columns[1].required);
    EXPECT_EQ(d.sections[0].needs, std::vector<std::string>{"bills"});
}

TEST(Descriptor, KnowsDocumentsFromReports) {
    EXPECT_FALSE(parse_descriptor(example, "cash-flow").is_document);
    EXPECT_TRUE(
        parse_descriptor(R"({"id": "a", "version": "1.0.0", "title": "A", "kind": "document"})", "a").is_document);
}

TEST(Descriptor, WithoutAnIdIsThePluginsFault) {
    try {
        (void)parse_descriptor(R"({"version": "1"})", "x");
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::plugin);
    }
}

TEST(Descriptor, DatasetsOfThePreviousRunStandApart) {
    constexpr char const* asks = R"json({"id": "x", "version": "1.0.0", "title": "X", "history": "HISTORY",
      "datasets": [{"name": "invoices", "required": true}, {"name": "invoices@previous", "required": REQUIRED,
        "columns": [{"name": "id", "required": true}]}]})json";
    auto const parsed = [&](std::string const& history, std::string const& required) {
        std::string text = asks;
        text.replace(text.find("HISTORY"), 7, history);
        return parse_descriptor(text.replace(text.find("REQUIRED"), 8, required), "x");
    };
    auto const d = parsed("previous", "false");
    ASSERT_EQ(d.datasets.size(), 1u); // what the workspace has to bind
    ASSERT_EQ(d.previous.size(), 1u);
    EXPECT_EQ(d.previous[0].name, "invoices");
    EXPECT_EQ(d.previous[0].columns[0].name, "id");
    EXPECT_EQ(previous_name(d.previous[0].name), "invoices@previous");
    EXPECT_THROW((void)parsed("previous", "true"), Error);
    EXPECT_THROW((void)parsed("none", "false"), Error);
}

TEST(Params, LaterSourcesWin) {
    auto const d = parse_descriptor(example, "cash-flow");
    auto const p =
        resolve_params(d, R"({"minimum_cash": 250000, "dso_days": 60})", {{"dso_days", "30"}, {"aged", "true"}});
    EXPECT_EQ(p["minimum_cash"], "250000");
    EXPECT_EQ(p["dso_days"], 30);
    EXPECT_EQ(p["aged"], true);
    EXPECT_EQ(p["basis"], "ending");
}

TEST(Params, EveryMistakeIsNamedAtOnce) {
    auto const m = message_of("", {{"minimun_cash", "1"}, {"dso_days", "many"}, {"basis", "middle"}});
    EXPECT_NE(m.find("did you mean 'minimum_cash'"), std::string::npos) << m;
    EXPECT_NE(m.find("dso_days"), std::string::npos) << m;
    EXPECT_NE(m.find("basis"), std::string::npos) << m;
    EXPECT_NE(m.find("middle"), std::string::npos) << m;
    EXPECT_NE(message_of(R"({"nope": 1})", {}).find("deckle.toml [reports.cash-flow]"), std::string::npos);
}
