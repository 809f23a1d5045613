#include "statement.hpp"
#include "support/printing.hpp"
#include <gtest/gtest.h>

namespace cash_flow {
namespace {

using namespace plugin_tests;

/// The worked example of one company, as movements between two trial balances.
Movements example() {
    Movements m;
    m.income = {{"revenue", -180000_d}, {"cogs", 84000_d},    {"opex", 62000_d}, {"depreciation", 6000_d},
                {"bad_debt", 1500_d},   {"interest", 1500_d}, {"tax", 1000_d}};
    m.change = {{"receivables", 8000_d},       {"allowance", -1500_d},
                {"inventory", 1000_d},         {"payables", -5000_d},
                {"deferred_revenue", -2000_d}, {"accrued", 3000_d},
                {"fixed_assets", 8500_d},      {"accumulated_depreciation", -6000_d},
                {"line_of_credit", -15000_d},  {"loans", 4000_d},
                {"distributions", 10000_d}};
    m.opening_cash = 52000_d;
    m.closing_cash = 71000_d;
    return m;
}

Decimal line(std::vector<StatementLine> const& lines, std::string_view id) {
    for (StatementLine const& l : lines)
        if (l.id == id) return l.amount;
    return 0;
}

TEST(Statement, IndirectWorkedExample) {
    Statement const s = indirect(example(), 500_d);
    EXPECT_EQ(line(s.operating, "net_income"), 24000_d);
    EXPECT_EQ(line(s.operating, "receivables"), -8000_d);
    EXPECT_EQ(s.cfo, 26500_d);
    EXPECT_EQ(line(s.investing, "capex"), -9000_d);
    EXPECT_EQ(line(s.investing, "disposal_proceeds"), 500_d);
    EXPECT_EQ(s.cfi, -8500_d);
    EXPECT_EQ(line(s.financing, "line_of_credit"), 15000_d);
    EXPECT_EQ(line(s.financing, "loans"), -4000_d);
    EXPECT_EQ(line(s.financing, "distributions"), -10000_d);
    EXPECT_EQ(s.cff, 1000_d);
    EXPECT_EQ(s.net(), 19000_d);
    EXPECT_EQ(s.unreconciled, 0_d);
}

TEST(Statement, DirectAddsUpToTheSame) {
    auto const d = direct(example());
    EXPECT_EQ(line(d, "receipts"), 174000_d);
    EXPECT_EQ(line(d, "suppliers"), -80000_d);
    EXPECT_EQ(line(d, "staff"), -65000_d);
    EXPECT_EQ(line(d, "interest"), -1500_d);
    EXPECT_EQ(line(d, "tax"), -1000_d);
    Decimal sum;
    for (auto const& l : d) sum += l.amount;
    EXPECT_EQ(sum, 26500_d);
}

TEST(Statement, DifferenceIsPrintedNotPlugged) {
    Movements m = example();
    m.closing_cash = 70000_d;
    EXPECT_EQ(indirect(m).unreconciled, -1000_d);
}

TEST(Statement, GainOnEquipmentLeavesOperations) {
    Movements m; // cost 1,000, depreciated 600, sold for 500: gain 100
    m.income = {{"gain_loss_disposal", -100_d}};
    m.change = {{"fixed_assets", -1000_d}, {"accumulated_depreciation", 600_d}};
    m.closing_cash = 500_d;
    Statement const s = indirect(m, 500_d);
    EXPECT_EQ(s.cfo, 0_d);
    EXPECT_EQ(s.cfi, 500_d);
    EXPECT_EQ(line(s.investing, "capex"), 0_d);
    EXPECT_EQ(s.unreconciled, 0_d);
}

TEST(Statement, WriteOffAgainstTheAllowanceMovesNoCash) {
    Movements m;
    m.change = {{"receivables", -700_d}, {"allowance", 700_d}};
    EXPECT_TRUE(indirect(m).operating.empty());
    EXPECT_TRUE(direct(m).empty());
}

TEST(Statement, SalesTaxIsNotRevenue) {
    Movements m;
    m.income = {{"revenue", -100_d}};
    m.change = {{"sales_tax", -8_d}};
    m.closing_cash = 108_d;
    EXPECT_EQ(indirect(m).cfo, 108_d);
    EXPECT_EQ(line(direct(m), "receipts"), 100_d);
    EXPECT_EQ(line(direct(m), "sales_tax"), 8_d);
}

std::vector<LedgerAccount> const chart = {{"1000", "Checking", "cash"},
                                          {"1100", "A/R", "receivables"},
                                          {"3000", "Retained", "retained_earnings"},
                                          {"4000", "Sales", "revenue"},
                                          {"6000", "Wages", "opex"}};

std::vector<Balance> trial(Date date, std::vector<std::pair<char const*, Decimal>> const& amounts) {
    std::vector<Balance> out;
    for (auto const& [account, amount] : amounts) out.push_back({account, date, amount});
    return out;
}

TEST(Statement, IncomeStartsAgainWithTheFiscalYear) {
    auto balances =
        trial("2025-12-31"_day, {{"1000", 100_d}, {"1100", 50_d}, {"3000", -50_d}, {"4000", -300_d}, {"6000", 200_d}});
    auto const january =
        trial("2026-01-31"_day, {{"1000", 130_d}, {"1100", 40_d}, {"3000", -150_d}, {"4000", -60_d}, {"6000", 40_d}});
    balances.insert(balances.end(), january.begin(), january.end());
    auto const m = movements(chart, balances, "2026-01-01"_day, "2026-01-31"_day, {});
    ASSERT_TRUE(m);
    EXPECT_EQ(m->income.at("revenue"), -60_d);
    EXPECT_EQ(m->change.at("retained_earnings"), 0_d); // last year's profit is no distribution
    Statement const s = indirect(*m);
    EXPECT_EQ(s.cfo, 30_d);
    EXPECT_EQ(s.cff, 0_d);
    EXPECT_EQ(s.unreconciled, 0_d);
    // with a fiscal year from July the same months go on
    auto const july = movements(chart, balances, "2026-01-01"_day, "2026-01-31"_day, {7, 1});
    EXPECT_EQ(july->income.at("revenue"), 240_d);
}

TEST(Statement, UnmappedAccountsAreShown) {
    auto balances = trial("2026-09-30"_day, {{"1000", 100_d}, {"9999", -100_d}});
    auto const october = trial("2026-10-31"_day, {{"1000", 170_d}, {"9999", -170_d}});
    balances.insert(balances.end(), october.begin(), october.end());
    auto const m = movements(chart, balances, "2026-10-01"_day, "2026-10-31"_day, {});
    ASSERT_TRUE(m);
    ASSERT_EQ(m->unmapped.size(), 1U);
    EXPECT_EQ(m->unmapped[0].number, "9999");
    EXPECT_EQ(m->unmapped[0].change, -70_d);
    EXPECT_EQ(m->unmapped[0].balance, -170_d);
    EXPECT_EQ(indirect(*m).unreconciled, 70_d);
}

TEST(Statement, NeedsABalanceBeforeAndInThePeriod) {
    auto const october = trial("2026-10-31"_day, {{"1000", 170_d}});
    EXPECT_FALSE(movements(chart, october, "2026-10-01"_day, "2026-10-31"_day, {}));
    EXPECT_FALSE(movements(chart, october, "2026-11-01"_day, "2026-11-30"_day, {}));
    EXPECT_FALSE(movements(chart, {}, "2026-11-01"_day, "2026-11-30"_day, {}));
    EXPECT_EQ(balance_sheet(chart, october, "2026-11-15"_day).at("cash"), 170_d);
    EXPECT_TRUE(balance_sheet(chart, october, "2026-10-30"_day).empty());
}

TEST(Statement, TrialBalancesMustAddUp) {
    auto balances = trial("2026-08-31"_day, {{"1000", 100_d}, {"9999", -100_d}});
    auto add = [&](Date date, Decimal other) {
        auto const more = trial(date, {{"1000", 100_d}, {"9999", other}});
        balances.insert(balances.end(), more.begin(), more.end());
    };
    EXPECT_FALSE(imbalance(balances, "2026-10-31"_day));
    add("2026-09-30"_day, -90_d);
    add("2026-10-31"_day, -80_d);
    auto const off = imbalance(balances, "2026-10-31"_day);
    ASSERT_TRUE(off);
    EXPECT_EQ(off->since, "2026-09-30"_day);
    EXPECT_EQ(off->amount, 20_d);
    EXPECT_FALSE(imbalance(balances, "2026-08-31"_day));
}

TEST(Statement, FromTheBank) {
    auto move = [](Decimal amount, char const* category, char const* line) {
        return BankTransaction{"", "2026-10-05"_day, amount, category, line, {}};
    };
    BankStatement const b =
        from_bank({move(900_d, "receipts", ""), move(-300_d, "vendors", "cogs"), move(-50_d, "", "interest"),
                   move(-80_d, "capex", ""), move(5_d, "", ""), move(1000_d, "transfer", "")},
                  "2026-10-01"_day, "2026-10-31"_day);
    EXPECT_EQ(b.operating(), 550_d);
    EXPECT_EQ(b.by_line.at("investing"), -80_d);
    EXPECT_EQ(b.by_line.at("unplaced"), 5_d);
    EXPECT_FALSE(b.by_line.contains("transfer"));
}

} // namespace
} // namespace cash_flow
