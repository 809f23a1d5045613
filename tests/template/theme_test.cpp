#include "base/error.hpp"
#include "render.hpp"
#include "template/sources.hpp"
#include <gtest/gtest.h>

namespace deckle::templates {
namespace {

using test::Files;

std::filesystem::path standard() {
    return std::filesystem::path(DECKLE_SOURCE_DIR) / "report-templates/standard";
}

TEST(Theme, BecomesVariables) {
    EXPECT_EQ(theme_variables({}, "letter"),
              ":root{--brand:#1f4e79;--brand-ink:#1f4e79;--font:\"Inter\"}\n@page{size:letter}");
    EXPECT_EQ(theme_variables({.brand = "#ABC", .font = "Source Sans 3"}, "a4"),
              ":root{--brand:#aabbcc;--brand-ink:#69737e;--font:\"Source Sans 3\"}\n@page{size:A4}");
}

TEST(Theme, LightBrandsAreDarkenedForText) {
    EXPECT_EQ(readable_brand({.brand = "#000000"}), "#000000");
    EXPECT_NE(readable_brand({.brand = "#ffd700"}), "#ffd700");
}

TEST(Theme, LetsNothingElseIntoTheStyleSheet) {
    for (auto const* brand : {"red", "#12", "#12345g", "#1f4e79;}", ""})
        EXPECT_THROW((void)theme_variables({.brand = brand}, "letter"), Error) << brand;
    for (auto const* font : {"", "A\"}", "a;b", "x</style>"})
        EXPECT_THROW((void)theme_variables({.font = font}, "letter"), Error) << font;
    EXPECT_THROW((void)theme_variables({}, "a3"), Error);
}

TEST(Theme, StyleSheetsAreFoundNearestFirstAndAdded) {
    Files const files({{"own/report.css", "i{}"},
                       {"own/theme.css", "b{}"},
                       {"standard/theme.css", "a{}"},
                       {"bad/theme.css", "a{}</style><script>"}});
    auto const style = [&](Folders const& folders) {
        return test::render("<style>{{{$style}}}</style>", "{}", folders);
    };
    EXPECT_TRUE(style({files.folder() / "own", files.folder() / "standard"}).html.ends_with("}\nb{}\ni{}</style>"));
    try {
        (void)style({files.folder() / "bad"});
        ADD_FAILURE() << "a style sheet that ends the style element was taken";
    } catch (Error const& error) {
        EXPECT_EQ(error.code(), ErrorCode::refused);
        EXPECT_NE(error.to_string().find("bad/theme.css"), std::string::npos) << error.to_string();
    }
}

TEST(SourcesLine, GroupsDatasetsBySource) {
    model::Formatter const formatter("en_US", "America/Chicago");
    auto const line = sources_line(model::parse_json(R"({"run":{"rows_read":1284,"rows_rejected":2,"sources":[
        {"name":"ConnectWise","dataset":"invoices","fetched":{"$datetime":"2026-10-31T11:00:00Z"}},{"name":"bank","dataset":"bank_transactions","fetched":{"$datetime":"2026-10-31T10:00:00Z"}},
        {"name":"ConnectWise","dataset":"agreements","fetched":{"$datetime":"2026-10-31T12:00:00Z"}}]}})",
                                                     "model"),
                                   formatter);
    EXPECT_EQ(line, "ConnectWise (invoices, agreements), Oct 31 07:00 CDT · bank (bank transactions), Oct 31 05:00 CDT "
                    "· 1,284 rows read, 2 rejected");
    EXPECT_EQ(sources_line(model::Json::object(), formatter), "");
    auto many = model::Json::parse(R"({"run":{"rows_read":9,"rows_rejected":0,"sources":[]}})");
    for (auto const* name : {"psa", "ledger", "bank", "crm"})
        many["run"]["sources"].push_back(
            {{"name", name},
             {"dataset", "x"},
             {"fetched",
              {{"$datetime", std::string_view(name) == "bank" ? "2026-10-30T12:00:00Z" : "2026-10-31T12:00:00Z"}}}});
    EXPECT_EQ(sources_line(many, formatter),
              "psa, ledger, bank, crm · Oct 31 07:00 CDT, the oldest Oct 30 07:00 CDT · 9 "
              "rows read, 0 rejected");
}

/// Every standard block through the standard template: nothing missing, nothing unsafe.
TEST(StandardTemplate, RendersEveryBlock) {
    auto const model = model::parse_json(
        read_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/template/every-block.json"), "every-block.json");
    model::Formatter const formatter("en_US", "America/Chicago");
    RenderContext context{.formatter = formatter};
    context.chart = [](model::Json const&, Diagnostics&) { return std::string("<svg></svg>"); };
    Diagnostics diagnostics;
    auto const html = Template::load("report.html.mustache", {standard()}).render(model, context, diagnostics);
    for (auto const& item : diagnostics.items()) ADD_FAILURE() << item.to_string();
    EXPECT_EQ(html.find("«"), std::string::npos);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    for (auto const* part :
         {"<html lang=\"en-US\">",
          "default-src 'none'",
          "<h1>Cash stays above $250,000</h1>",
          "<em>dollars</em>",
          "<tr class=\"low\">",
          "<td class=\"right money\">−$4.30</td>",
          "<td class=\"right na\">n/a</td>",
          "<i>no revenue</i>",
          "<svg></svg>",
          "class=\"callout bad\"",
          "<span class=\"when\">Now</span>",
          "deckle data bind bills",
          "<div class=\"page-break\">",
          "<strong>bold</strong>",
          "<li class=\"error\"><span class=\"level\">error</span><span class=\"what\">No answer yet</span><span "
          "class=\"where\">Q2</span></li>",
          "<span class=\"what\">Ask the organizer</span></li>",
          "<span data-unit=\"words\">3 of 25</span><span class=\"done\">approved by Dana Whitfield</span>",
          "<div class=\"answer\">We grew 31%.</div>",
          "<div class=\"answer suggested\">{{staff.count}}</div>",
          "<b>2025, lost</b> Twenty-four",
          "&lt;script&gt;",
          "12,3x",
          "revision 2",
          "<tfoot>",
          "<table class=\"carried\">",
          "<td class=\"right money\" data-value=\"1200.50\">$1,200.50",
          "data-sum style=\"--sum:'#,##0.00'\"",
          ">Brought forward</td>",
          "<td class=\"right na\">n/a</td>"})
        EXPECT_NE(html.find(part), std::string::npos) << part;
    EXPECT_EQ(html.find("Not shown once approved"), std::string::npos);
}

TEST(StandardTemplate, PassesItsOwnLint) {
    auto const model = model::parse_json(
        read_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/template/every-block.json"), "every-block.json");
    Diagnostics diagnostics;
    lint("report.html.mustache", {standard()}, &model, diagnostics);
    for (auto const& item : diagnostics.items()) ADD_FAILURE() << item.to_string();
}

TEST(StandardTemplate, RendersAReportOfNothing) {
    model::Formatter const formatter("de_DE", "Europe/Berlin");
    Diagnostics diagnostics;
    auto const html =
        Template::load("report.html.mustache", {standard()})
            .render(
                model::parse_json(
                    R"({"title":"Leer","run":{"company":"C","report_title":"R","period":"P","as_of":"x","generated":"y","revision":1}})",
                    "m"),
                RenderContext{.formatter = formatter}, diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << diagnostics.items()[0].to_string();
    EXPECT_NE(html.find("<h1>Leer</h1>"), std::string::npos);
}

} // namespace
} // namespace deckle::templates
