#include "facts/facts_fixture.hpp"

namespace deckle::facts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct Merge : FactsTest {};

TEST_F(Merge, PrintsEachKindInItsWay) {
    EXPECT_EQ(text("{{revenue.total.2025}}"), "$4,268,437.16");
    EXPECT_EQ(text("{{ revenue.total.2025 | money:0 }}"), "$4,268,437");
    EXPECT_EQ(text("{{revenue.total.2025|num}}"), "4,268,437.16");
    EXPECT_EQ(text("{{margin.gross}}"), "44.0%");
    EXPECT_EQ(text("{{margin.gross|pct:2}}"), "44.01%");
    EXPECT_EQ(text("{{margin.gross|num}}"), "44.0");
    EXPECT_EQ(text("{{margin.gross|digits:0}}"), "44%");
    EXPECT_EQ(text("{{customers.active}} and {{customers.active.2025-10|num}}"), "88 and 83");
    EXPECT_EQ(text("{{company.owner}}, {{company.founded}}, {{company.founded|date:month_year}}"),
              "Dana Whitfield, April 1, 2008, Apr 2008");
    EXPECT_EQ(text("no field, {braces} and }} alone"), "no field, {braces} and }} alone");
}

TEST_F(Merge, AFactsOwnDigitsHoldUnlessTheFieldSaysOtherwise) {
    all[1].value.digits = 0;
    EXPECT_EQ(text("{{revenue.total.2025}} {{revenue.total.2025|num}} {{revenue.total.2025|money:1}}"),
              "$4,268,437 4,268,437 $4,268,437.2");
}

TEST_F(Merge, GrowthShareAndCompoundGrowth) {
    EXPECT_EQ(text("{{growth(revenue.total,2025,2026)|pct}}"), "31.0%");
    EXPECT_EQ(text("{{growth(revenue.total,LTM-2025-10,LTM-2026-10)}}"), "6.0%");
    EXPECT_EQ(text("{{cagr(revenue.small,2023,2026)}}"), "20.0%"); // 1.0 M to 1.728 M in three years
    EXPECT_EQ(text("{{cagr(revenue.small,2023,2026)|pct:6}}"), "20.000000%");
    EXPECT_EQ(text("{{share(revenue.recurring,revenue.total)|pct:2}}"), "61.11%"); // 2025 is the newest of both
    EXPECT_EQ(text("{{share(revenue.recurring,revenue.total,2025)}}"), "61.1%");
    EXPECT_EQ(text("{{growth(profit,2026,2025)}}"), "−166.7%");
}

TEST_F(Merge, WhatIsUndefinedIsNotAvailableWithItsReason) {
    EXPECT_EQ(merged("up {{growth(revenue.cloud,2025,2026)|pct}}").text, "up n/a");
    EXPECT_EQ(issue("{{growth(revenue.cloud,2025,2026)|pct}}"),
              "fact.na: column 1: {{growth(revenue.cloud,2025,2026)|pct}}: n/a, because the earlier value is 0 (new)");
    EXPECT_THAT(issue("{{growth(profit,2025,2026)}}"), HasSubstr("the earlier value is negative"));
    EXPECT_THAT(issue("{{cagr(revenue.cloud,2025,2026)}}"), HasSubstr("(new)"));
    EXPECT_THAT(issue("{{share(revenue.total,revenue.cloud,2025)}}"), HasSubstr("the whole is 0"));
    EXPECT_THAT(issue("{{cagr(revenue.total,2025,LTM-2026-10)}}"), HasSubstr("not whole years apart"));
    EXPECT_THAT(issue("{{share(customers.active,seats.managed)}}"),
                HasSubstr("their units are 'customers' and 'devices'"));
}

TEST_F(Merge, AMissingFactLeavesAMarkerNeverNothing) {
    EXPECT_EQ(merged("We have {{revenue.total.2027|money}}.").text, "We have «missing: revenue.total.2027».");
    EXPECT_EQ(
        issue("We have {{revenue.total.2027|money}}."),
        "fact.missing: column 9: {{revenue.total.2027|money}}: there is no revenue.total of 2027; it is known for "
        "2026, LTM 2026-10, 2025, LTM 2025-10, 2023");
    EXPECT_THAT(issue("{{customer.active}}"), HasSubstr("did you mean 'customers.active'"));
    EXPECT_EQ(merged("{{growth(revenue.total,2020,2026)}}").text, "«missing: growth(revenue.total,2020,2026)»");
}

TEST_F(Merge, AStaleFactLeavesAMarker) {
    EXPECT_EQ(merged("{{certificates}} engineers").text, "«stale: certificates» engineers");
    EXPECT_EQ(issue("{{certificates}} engineers"),
              "fact.stale: column 1: {{certificates}}: certificates.2025 (4) is of 2025-09-30, more than 400 days ago; "
              "`deckle facts set certificates` brings it up to date");
    EXPECT_EQ(text("{{certificates.2025}}"), "4"); // a named period does not age
    all.back().valid_until = Date::of("2026-11-21");
    EXPECT_THAT(issue("{{certificates.2025}}"), HasSubstr("held until 2026-11-21"));
    all.back().valid_until = Date::of("2026-11-22");
    EXPECT_EQ(text("{{certificates.2025}}"), "4"); // the last day
}

TEST_F(Merge, FaultsNameLineAndColumnInCharacters) {
    EXPECT_EQ(issue("Käse {{revenue.total.20x5}}"),
              "fact.syntax: column 22: {{revenue.total.20x5}}: a period is missing here: 2026, 2026-10, 2026-Q3, "
              "2026-10-31 or LTM-2026-10");
    EXPECT_THAT(issue("one\ntwo {{Revenue}}"), StartsWith("fact.syntax: line 2, column 7: "));
    EXPECT_EQ(merged("a {{Revenue}} b").text, "a «not understood: Revenue» b");
    EXPECT_EQ(merged("a {{revenue.total").text, "a {{revenue.total");
    EXPECT_THAT(issue("a {{revenue.total"), HasSubstr("column 3: a merge field that begins with {{ has no }}"));
    EXPECT_THAT(issue("{{customers.active|money}}"), HasSubstr("customers.active is no money; it prints as 88"));
    EXPECT_THAT(issue("{{company.owner|num}}"), HasSubstr("is no number; it prints as Dana Whitfield"));
    EXPECT_THAT(issue("{{revenue.total|date}}"), HasSubstr("is no date"));
}

TEST_F(Merge, FactsUsedAreNamedOnce) {
    EXPECT_THAT(
        merged("{{growth(revenue.total,2025,2026)}} {{revenue.total.2025}} {{customers.active}} {{company.owner}}")
            .facts,
        ElementsAre("revenue.total.2025", "revenue.total.2026", "customers.active.2026-10", "company.owner"));
}

TEST_F(Merge, OtherLocalesPrintInTheirWay) {
    FactSet const facts(all, {});
    model::Formatter const german("de_DE", "Europe/Berlin");
    auto const m =
        merge("{{revenue.total.2025|num:0}} {{margin.gross}}", {facts, {Date::of("2026-11-22"), 400}, german});
    EXPECT_EQ(m.text, "4.268.437 44,0\u00a0%");
}

TEST(FactSet, OneSourceWinsAndTheOthersAreConflicts) {
    Fact a = fact("x", "2026", "X", count("5"));
    Fact b = a, c = a;
    a.origin = Origin::dataset;
    b.origin = Origin::hand;
    b.value = count("6");
    c.origin = Origin::sql;
    FactSet const set({a, b, c}, {});
    ASSERT_EQ(set.facts().size(), 1U);
    EXPECT_EQ(set.facts()[0].origin, Origin::hand);
    ASSERT_EQ(set.conflicts().size(), 2U);
    EXPECT_EQ(set.conflicts()[0].other.origin, Origin::sql);
    Fact d = fact("x", "2026", "X", count("6.00"));
    EXPECT_TRUE(FactSet({b, d}, {}).conflicts().empty()); // the same number
    d.value.unit = "";
    EXPECT_TRUE(FactSet({b, d}, {}).conflicts().empty()); // no unit named
    d.value.unit = "people";
    EXPECT_EQ(FactSet({b, d}, {}).conflicts().size(), 1U);
}

} // namespace
} // namespace deckle::facts
