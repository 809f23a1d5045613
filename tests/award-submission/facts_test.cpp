#include "facts.hpp"
#include <gtest/gtest.h>

namespace award_submission {
namespace {

Fact number(std::string id, std::string period, char const* value, std::string unit = "USD") {
    return {std::move(id), std::move(period), "", Decimal::of(value), std::move(unit), "Ledger", std::nullopt};
}

std::string of(std::variant<Decimal, std::string> const& value, int places) {
    auto const* n = std::get_if<Decimal>(&value);
    return n == nullptr ? std::get<std::string>(value) : n->rounded(places).to_string();
}

std::string answer(std::string const& text, Facts const& facts) {
    auto const value = evaluate(text, facts);
    if (!value) return "not understood";
    if (!value->content) return value->reason;
    if (auto const* n = std::get_if<Decimal>(&*value->content))
        return n->rounded(4).trimmed().to_string() + " " + value->unit;
    if (auto const* d = std::get_if<Date>(&*value->content)) return d->to_string();
    return std::get<std::string>(*value->content);
}

TEST(Growth, against_the_old_value_and_undefined_from_zero_and_below) {
    EXPECT_EQ(of(growth(100, 131), 3), "0.310");
    EXPECT_EQ(of(growth(200, 100), 3), "-0.500");
    EXPECT_EQ(of(growth(0, 5), 3), "new_from_zero");
    EXPECT_EQ(of(growth(-10, 5), 3), "negative_base");
}

TEST(Cagr, the_worked_example_of_three_years) {
    EXPECT_EQ(of(cagr(Decimal::of("1000000"), Decimal::of("1728000"), 3), 9), "0.200000000");
}

TEST(Cagr, falls_stays_and_ends) {
    EXPECT_EQ(of(cagr(Decimal(400), Decimal(100), 2), 9), "-0.500000000");
    EXPECT_EQ(of(cagr(Decimal(7), Decimal(7), 5), 9), "0.000000000");
    EXPECT_EQ(of(cagr(Decimal(7), Decimal(14), 1), 9), "1.000000000");
    EXPECT_EQ(of(cagr(Decimal(7), Decimal(0), 2), 9), "-1.000000000");
    EXPECT_EQ(of(cagr(Decimal(0), Decimal(5), 2), 9), "new_from_zero");
    EXPECT_EQ(of(cagr(Decimal(-1), Decimal(5), 2), 9), "negative_base");
    EXPECT_EQ(of(cagr(Decimal(5), Decimal(-1), 2), 9), "negative_end");
}

TEST(Periods, end_on_their_last_day) {
    auto end = [](char const* p) {
        auto const date = period_end(p);
        return date ? date->to_string() : "none";
    };
    EXPECT_EQ(end("2026"), "2026-12-31");
    EXPECT_EQ(end("2026-Q1"), "2026-03-31");
    EXPECT_EQ(end("2024-02"), "2024-02-29");
    EXPECT_EQ(end("2026-10-15"), "2026-10-15");
    EXPECT_EQ(end("LTM 2026-10"), "2026-10-31");
    EXPECT_EQ(end("LTM-2026-10"), "2026-10-31");
    for (char const* p : {"", "2026-Q5", "2026-13", "26", "LTM", "LTM 2026", "2026-10-32", "total"})
        EXPECT_EQ(end(p), "none") << p;
}

TEST(FactsTest, a_name_without_a_period_is_the_newest) {
    Facts const facts({number("staff", "2025-12", "25"),
                       number("staff", "2026-09", "26"),
                       number("staff", "2025", "24"),
                       {"company.state", "", "", std::string("Iowa"), "", "", std::nullopt}});
    EXPECT_EQ(answer("staff", facts), "26 USD");
    EXPECT_EQ(answer("company.state", facts), "Iowa");
    EXPECT_EQ(answer("staff.2025-12", facts), "25 USD");
    EXPECT_EQ(answer("staff.2020", facts), "missing_fact:staff.2020");
    EXPECT_EQ(answer("cash", facts), "missing_fact:cash");
}

TEST(FactsTest, the_year_before_its_last_month_before_none) {
    Facts const facts({number("a", "2025-12", "1"), number("a", "2025", "2"), number("b", "2025-12", "3"),
                       number("b", "2025-10", "4"), number("c", "LTM 2025-12", "5"), number("c", "2025-11", "6"),
                       number("d", "2025-Q4", "7")});
    auto of_year = [&](char const* id) {
        Fact const* fact = facts.of_year(id, 2025);
        return fact == nullptr ? "none" : fact->period;
    };
    EXPECT_EQ(of_year("a"), "2025");
    EXPECT_EQ(of_year("b"), "2025-12");
    EXPECT_EQ(of_year("c"), "none");
    EXPECT_EQ(of_year("d"), "2025-Q4");
}

TEST(FactsTest, functions_of_two_facts) {
    Facts const facts({number("rev", "2023", "1000000"),
                       number("rev", "2026", "1728000"),
                       number("rev", "2025", "0"),
                       number("rev.managed", "2026", "864000"),
                       number("seats", "2026", "900", "devices"),
                       number("seats", "LTM 2026-10", "880", "devices"),
                       {"name", "2026", "", std::string("X"), "", "", std::nullopt}});
    EXPECT_EQ(answer("growth(rev,2023,2026)", facts), "0.728 percent");
    EXPECT_EQ(answer("cagr( rev , 2023 , 2026 )", facts), "0.2 percent");
    EXPECT_EQ(answer("growth(rev,2025,2026)", facts), "new_from_zero");
    EXPECT_EQ(answer("growth(rev,2022,2026)", facts), "missing_fact:rev.2022");
    EXPECT_EQ(answer("share(rev.managed,rev,2026)", facts), "0.5 percent");
    EXPECT_EQ(answer("share(rev.managed,seats,2026)", facts), "mixed_units");
    EXPECT_EQ(answer("share(rev.managed,name,2026)", facts), "no_number:name.2026");
    EXPECT_EQ(answer("cagr(rev,2026,2026)", facts), "no_years_between");
    EXPECT_EQ(answer("seats.LTM-2026-10", facts), "880 devices");
    for (char const* text :
         {"", "Rev", "growth(rev)", "growth(rev,a,b)", "sum(rev,2023,2026)", "growth(rev,2023,2026", "rev 2026"})
        EXPECT_EQ(answer(text, facts), "not understood") << text;
}

} // namespace
} // namespace award_submission
