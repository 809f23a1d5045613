#include "rule.hpp"
#include <gtest/gtest.h>

namespace award_submission {
namespace {

class Rules : public testing::Test {
protected:
    Facts const facts{{{"revenue.managed", "2026", "", Decimal::of("200000.00"), "USD", "Ledger", std::nullopt},
                       {"revenue.total", "2025", "", Decimal(0), "USD", "Ledger", std::nullopt},
                       {"revenue.total", "2026", "", Decimal(1000000), "USD", "Ledger", std::nullopt},
                       {"share", "2026", "", Decimal::of("0.31"), "percent", "Ledger", std::nullopt},
                       {"founded", "", "", Date::of("2023-12-31"), "", "Articles", std::nullopt},
                       {"hq.state", "", "", std::string("Iowa"), "", "Lease", std::nullopt},
                       {"staff", "2026", "", Decimal(50), "people", "Payroll", std::nullopt}}};
    std::string verdict(std::string const& rule, std::string const& unit = "") {
        Ruling const r = judge(rule, unit, facts);
        if (!r.readable) return "unreadable";
        return r.verdict == Verdict::pass ? "pass" : r.verdict == Verdict::fail ? "fail" : "unknown " + r.reason;
    }
};

TEST_F(Rules, numbers_at_their_bounds) {
    EXPECT_EQ(verdict("revenue.managed.2026 >= 200000"), "pass");
    EXPECT_EQ(verdict("revenue.managed.2026 > 200000"), "fail");
    EXPECT_EQ(verdict("revenue.managed.2026 <= 200000"), "pass");
    EXPECT_EQ(verdict("revenue.managed.2026 < 200000.01"), "pass");
    EXPECT_EQ(verdict("revenue.managed.2026 = 200000"), "pass");
    EXPECT_EQ(verdict("revenue.managed.2026 != 200000"), "fail");
    EXPECT_EQ(verdict("revenue.managed.2026>=199999.99"), "pass");
}

TEST_F(Rules, days_by_year_or_by_day) {
    EXPECT_EQ(verdict("founded <= 2023"), "pass");
    EXPECT_EQ(verdict("founded <= 2022"), "fail");
    EXPECT_EQ(verdict("founded < 2023-12-31"), "fail");
    EXPECT_EQ(verdict("founded <= 2023-12-31"), "pass");
}

TEST_F(Rules, lists_of_words_and_ranges) {
    EXPECT_EQ(verdict("hq.state in (Nebraska, iowa)"), "pass");
    EXPECT_EQ(verdict("hq.state in (Nebraska, \"South Dakota\")"), "fail");
    EXPECT_EQ(verdict("hq.state = IOWA"), "pass");
    EXPECT_EQ(verdict("hq.state != Iowa"), "fail");
    EXPECT_EQ(verdict("staff.2026 in (11..50)"), "pass");
    EXPECT_EQ(verdict("staff.2026 in (11..49)"), "fail");
    EXPECT_EQ(verdict("staff.2026 in (10, 50)"), "pass");
}

TEST_F(Rules, percent) {
    EXPECT_EQ(verdict("share.2026 >= 31%"), "pass");
    EXPECT_EQ(verdict("share.2026 > 31%"), "fail");
    EXPECT_EQ(verdict("share.2026 >= 0.31"), "pass");
}

TEST_F(Rules, what_cannot_be_decided_is_unknown_and_says_why) {
    EXPECT_EQ(verdict("revenue.managed.2024 >= 1"), "unknown missing_fact:revenue.managed.2024");
    EXPECT_EQ(verdict("growth(revenue.total,2025,2026) > 0"), "unknown new_from_zero");
    EXPECT_EQ(verdict("hq.state >= 5"), "unknown cannot_be_compared");
    EXPECT_EQ(verdict("hq.state > Alaska"), "unknown cannot_be_compared");
    EXPECT_EQ(verdict("staff.2026 in (Iowa)"), "unknown cannot_be_compared");
    EXPECT_EQ(verdict("revenue.managed.2026 >= 200000", "EUR"), "unknown unit_is:USD");
    EXPECT_EQ(verdict("founded <= 2023", "USD"), "unknown unit_is:none");
    EXPECT_EQ(verdict(""), "unknown left_to_a_person");
}

TEST_F(Rules, that_are_not_understood) {
    for (char const* rule :
         {"revenue", "revenue.managed.2026 >=", ">= 5", "Revenue >= 5", "staff.2026 in ()", "staff.2026 in (..5)"})
        EXPECT_EQ(verdict(rule), "unreadable") << rule;
}

} // namespace
} // namespace award_submission
