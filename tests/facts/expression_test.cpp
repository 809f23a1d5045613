#include "facts/expression.hpp"
#include <gtest/gtest.h>

namespace deckle::facts {
namespace {

Expression parsed(std::string_view text) {
    auto const result = parse_expression(text);
    if (auto const* fault = std::get_if<SyntaxFault>(&result)) {
        ADD_FAILURE() << text << ": " << fault->message;
        return {};
    }
    return std::get<Expression>(result);
}

TEST(Expression, AReferenceMayNameItsPeriod) {
    struct Case {
        char const *text, *id, *period;
    };
    for (Case const& c : {Case{"customers.active", "customers.active", "newest"},
                          {" revenue.managed.2026 ", "revenue.managed", "2026"},
                          {"a.2026-10", "a", "2026-10"},
                          {"a.b.2026-Q3", "a.b", "2026-Q3"},
                          {"a.2026-10-31", "a", "2026-10-31"},
                          {"revenue.total.LTM-2026-10", "revenue.total", "LTM 2026-10"},
                          {"revenue.total.LTM 2026-10", "revenue.total", "LTM 2026-10"},
                          {"net-new_logos.q2x", "net-new_logos.q2x", "newest"}}) {
        auto const reference = std::get<Reference>(parsed(c.text).value);
        EXPECT_EQ(reference.id, c.id) << c.text;
        EXPECT_EQ(reference.period ? reference.period->text : "newest", c.period) << c.text;
    }
}

TEST(Expression, FunctionsTakeFactsAndPeriods) {
    auto const growth = std::get<Call>(parsed("growth( revenue.total , 2025,LTM 2026-10 ) | pct:2").value);
    EXPECT_EQ(growth.function, Call::Function::growth);
    EXPECT_EQ(growth.second.id, "revenue.total");
    EXPECT_EQ(growth.second.period->text, "LTM 2026-10");
    EXPECT_EQ(parsed("cagr(a,2023,2026)|pct:2").filter.digits, 2);
    auto const share = std::get<Call>(parsed("share(a.b,c)").value);
    EXPECT_EQ(share.first.id, "a.b");
    EXPECT_FALSE(share.second.period);
    EXPECT_EQ(std::get<Call>(parsed("share(a,b,2026)").value).second.period->text, "2026");
}

TEST(Expression, FaultsSayWhere) {
    struct Case {
        char const* text;
        std::size_t at;
        char const* says;
    };
    for (Case const& c : {Case{"", 0, "missing"},
                          {"  ", 2, "missing"},
                          {"Revenue", 0, "lower case"},
                          {"a.b.", 4, "period"},
                          {"a.20x6", 2, "period"},
                          {"a.2026-13", 2, "period"},
                          {"a b", 2, "does not belong"},
                          {"grwth(a,2025,2026)", 0, "did you mean 'growth'"},
                          {"growth(a,2025)", 13, "two periods"},
                          {"growth(a,b,2026)", 9, "period"},
                          {"share(a)", 7, "two facts"},
                          {"a|mony", 2, "did you mean 'money'"},
                          {"a|money:x", 8, "places"},
                          {"a|digits", 8, "digits:1"},
                          {"a|text:3", 7, "nothing after"},
                          {"a|date:longish", 7, "date style"},
                          {"a|money|num", 7, "does not belong"}}) {
        auto const result = parse_expression(c.text);
        auto const* fault = std::get_if<SyntaxFault>(&result);
        ASSERT_NE(fault, nullptr) << c.text;
        EXPECT_EQ(fault->at, c.at) << c.text << ": " << fault->message;
        EXPECT_NE(fault->message.find(c.says), std::string::npos) << c.text << ": " << fault->message;
    }
}

TEST(Period, NewestIsTheLaterEndThenTheLongerSpan) {
    auto const period = [](char const* text) { return parse_period(text).value(); };
    EXPECT_TRUE(newer(period("2026"), period("2026-12")));
    EXPECT_TRUE(newer(period("LTM 2026-10"), period("2026-10")));
    EXPECT_TRUE(newer(period("2026-10"), period("2026-Q3")));
    EXPECT_EQ(period("LTM 2026-10").start, Date::of("2025-11-01"));
    EXPECT_EQ(period("2026-Q4").end, Date::of("2026-12-31"));
    for (char const* wrong :
         {"26", "2026-00", "2026-Q5", "2026-1", "LTM 2026", "LTM 2026-Q1", "FY2026", "2026-02-30", "0000"})
        EXPECT_FALSE(parse_period(wrong)) << wrong;
}

TEST(Period, IdsAreWordsInLowerCase) {
    for (char const* good : {"a", "revenue.managed", "a-b.c_d", "x1.y2"}) EXPECT_TRUE(is_fact_id(good)) << good;
    for (char const* bad : {"", "A", "a.", ".a", "a..b", "a.2026", "1a", "a b", "a|b"})
        EXPECT_FALSE(is_fact_id(bad)) << bad;
}

} // namespace
} // namespace deckle::facts
