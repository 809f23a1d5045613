#include "model/export.hpp"
#include "model/tables.hpp"
#include <gtest/gtest.h>

namespace deckle::model {
namespace {

Json const sample = Json::parse(R"json({"schema":"deckle.report/1","title":"T",
  "figures":[{"id":"cash.dso","version":1,"label":"Days sales outstanding","value":{"$num":"41.6"},"unit":"days","period":"2026-10","complete":true,"source":["invoices","payments"],"formula":"AR / sales x days"},
             {"id":"cash.net","version":2,"label":"=HYPERLINK(1)","value":{"$money":["-15300.00","USD"],"scale":3}},
             {"id":"cash.margin","version":1,"label":"Margin, gross","value":{"$na":"no_revenue"},"unit":"ratio","complete":false}],
  "sections":[{"id":"s","title":"Weeks","blocks":[{"table":{"caption":"Cash","unit":"dollars","columns":[{"label":"Week of"},{"label":"Net"}],
     "rows":[{"cells":[{"$date":"2026-11-02","style":"day"},{"$money":["-4300","USD"],"scale":3}]},{"cells":["@SUM(A1)",{"$na":"no_data"}]}],
     "footer":[{"cells":["Total, all",{"$num":"-1.5"}]}]}},{"text":"x"},{"table":{"columns":[{"label":"+a"}],"rows":[]}}]}]})json");

TEST(Export, FiguresKeepExactValues) {
    auto const list = figures(sample);
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0].value, "41.6");
    EXPECT_EQ(list[1].value, "-15300.00");
    EXPECT_EQ(list[1].unit, "USD");
    EXPECT_FALSE(list[2].value);
    EXPECT_EQ(list[2].reason, "no_revenue");
}

TEST(Export, FiguresCsvIsSafeAndNumbersStayNumbers) {
    EXPECT_EQ(figures_csv(figures(sample)),
              "id,version,label,value,unit,period,complete,not_available_because,source,formula\r\n"
              "cash.dso,1,Days sales outstanding,41.6,days,2026-10,yes,,invoices payments,AR / sales x days\r\n"
              "cash.net,2,'=HYPERLINK(1),-15300.00,USD,,yes,,,\r\n"
              "cash.margin,1,\"Margin, gross\",,ratio,,no,no_revenue,,\r\n");
}

TEST(Export, FiguresJsonHasNullForWhatIsNotAvailable) {
    auto const list = Json::parse(figures_json(figures(sample)));
    EXPECT_EQ(list[0]["value"], "41.6");
    EXPECT_TRUE(list[2]["value"].is_null());
    EXPECT_EQ(list[2]["reason"], "no_revenue");
}

TEST(Export, TablesAreExact) {
    Formatter const formatter("de_DE", "UTC");
    EXPECT_EQ(tables_csv(sample, formatter),
              "Weeks: Cash (USD)\r\nWeek of,Net\r\n2026-11-02,-4300\r\n'@SUM(A1),n/a\r\n\"Total, all\",-1.5\r\n"
              "\r\nWeeks\r\n'+a\r\n");
}

/// A page shows thousands of dollars, the file dollars: its caption must not say thousand.
TEST(Export, UnitsAreThoseOfTheValues) {
    Formatter const formatter("en_US", "UTC");
    auto tables = data_tables(sample, formatter);
    ASSERT_EQ(tables.size(), 2U);
    EXPECT_EQ(tables[0].unit, "USD");
    Json plain = sample;
    plain["sections"][0]["blocks"][0]["table"]["rows"][0]["cells"][1].erase("scale");
    EXPECT_EQ(data_tables(plain, formatter)[0].unit, "dollars");
}

TEST(Export, CellsOfATable) {
    Formatter const formatter("de_DE", "UTC");
    auto const cell = [&](char const* json) {
        Json model = sample;
        model["sections"][0]["blocks"][0]["table"]["rows"][0]["cells"][0] = Json::parse(json);
        auto const found = data_tables(model, formatter)[0].rows[0][0];
        return std::to_string(static_cast<int>(found.kind)) + " " + found.text + " " + found.pattern;
    };
    EXPECT_EQ(cell(R"({"$money":["-12.5","EUR"]})"), "1 -12.5 #,##0.00\"\u00a0€\"");
    EXPECT_EQ(cell(R"({"$money":["12","JPY"],"scale":3})"), "1 12 #,##0\"\u00a0¥\"");
    EXPECT_EQ(cell(R"({"$num":"41.60"})"), "1 41.60 #,##0.00");
    EXPECT_EQ(cell(R"({"$num":"41.60","digits":0})"), "1 41.60 #,##0");
    EXPECT_EQ(cell(R"({"$pct":"0.311"})"), "1 0.311 0.0%");
    EXPECT_EQ(cell(R"({"$date":"2026-10-31"})"), "2 2026-10-31 yyyy-mm-dd");
    EXPECT_EQ(cell(R"({"$datetime":"2026-10-31T12:00:00Z"})"), "3 2026-10-31T12:00:00Z yyyy-mm-dd hh:mm");
    EXPECT_EQ(cell(R"("=1+1")"), "0 =1+1 ");
}

TEST(Export, SheetsHaveNamesThatExcelTakes) {
    Json model = sample;
    model["run"] = {{"report_title", "Cash flow"}, {"company", "T"}, {"period", "2026-10"}};
    auto const names_of = [&](std::vector<std::string> const& captions) {
        model["sections"][0]["blocks"] = Json::array();
        for (auto const& caption : captions)
            model["sections"][0]["blocks"].push_back(
                {{"table", {{"caption", caption}, {"columns", {{{"label", "a"}}}}, {"rows", Json::array()}}}});
        std::vector<std::string> names;
        for (auto const& sheet : workbook(model, Formatter("en_US", "UTC"), {}).sheets) names.push_back(sheet.name);
        return names;
    };
    EXPECT_EQ(names_of({"Cash", "cash", "CASH", "History", "figures"}),
              (std::vector<std::string>{"Figures", "Cash", "cash (2)", "CASH (3)", "History (2)", "figures (2)"}));
    EXPECT_EQ(names_of({"a/b\\c [d]: e?", "'quoted'", "\t", "Unmapped accounts, in none of them",
                        "ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüß"}),
              (std::vector<std::string>{"Figures", "a-b-c (d), e", "quoted", "Table", "Unmapped accounts, in none of",
                                        "ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜ"}));
}

TEST(Export, FieldsAreQuotedWhenTheyMustBe) {
    EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(csv_field("-5"), "-5"); // a text, but a number all the same
    EXPECT_EQ(csv_field("-5+1"), "'-5+1");
    EXPECT_EQ(csv_field("\t=1"), "'\t=1");
    EXPECT_EQ(csv_field("-5", true), "-5");
    EXPECT_EQ(csv_field("line\nbreak"), "\"line\nbreak\"");
}

} // namespace
} // namespace deckle::model
