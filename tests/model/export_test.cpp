#include "model/export.hpp"
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
              "Weeks: Cash (dollars)\r\nWeek of,Net\r\n2026-11-02,-4300\r\n'@SUM(A1),n/a\r\n\"Total, all\",-1.5\r\n"
              "\r\nWeeks\r\n'+a\r\n");
}

TEST(Export, FieldsAreQuotedWhenTheyMustBe) {
    EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(csv_field("-5"), "'-5");
    EXPECT_EQ(csv_field("-5", true), "-5");
    EXPECT_EQ(csv_field("line\nbreak"), "\"line\nbreak\"");
}

} // namespace
} // namespace deckle::model
