/// The cash-flow statement, indirect and direct, from month-end trial balances.
///     CFO = net income + depreciation + bad debt + (loss - gain on disposal)
///           - change in A/R, inventory, prepaid, unbilled + change in A/P, deferred revenue, accrued
///     CFI = - equipment bought + disposal proceeds - lent     CFF = line and loans + owners in - distributions
/// What these three do not explain of closing - opening cash is printed as "unreconciled", never plugged.
#pragma once
#include "records.hpp"
#include <deckle/plugin.hpp>
#include <map>

namespace cash_flow {

/// By statement line (the closed list of catalogue/accounts.toml), debit positive.
using LineAmounts = std::map<std::string, Decimal, std::less<>>;

struct UnmappedAccount {
    std::string number, name;
    Decimal change;  // debit positive
    Decimal balance; // at the end
};

/// What happened between two trial balances.
struct Movements {
    Date from, to;        // the month ends compared
    LineAmounts income;   // income-statement lines: movement
    LineAmounts change;   // balance-sheet lines: closing - opening
    Decimal opening_cash; // cash and restricted cash
    Decimal closing_cash;
    std::vector<UnmappedAccount> unmapped; // no statement line, and not zero
};

using deckle::FiscalYear;

/// nullopt when there is no balance before `start`, or none from `start` to `end`. Compares the last month end before
/// `start` with the last one up to `end`; income accounts start again at zero where a fiscal year begins in between.
[[nodiscard]] std::optional<Movements> movements(std::vector<LedgerAccount> const& accounts,
                                                 std::vector<Balance> const& balances, Date start, Date end,
                                                 FiscalYear fiscal_year);

/// Balance-sheet lines at the last month end up to `day`; empty when there is none.
[[nodiscard]] LineAmounts balance_sheet(std::vector<LedgerAccount> const& accounts,
                                        std::vector<Balance> const& balances, Date day);

/// A trial balance whose debits and credits differ: by how much, and the first month end of the row that led to it.
struct Imbalance {
    Date since;
    Decimal amount; // debits less credits
};
/// Of the last month end up to `day`; nullopt when it adds up to zero, as it must.
[[nodiscard]] std::optional<Imbalance> imbalance(std::vector<Balance> const& balances, Date day);

struct StatementLine {
    std::string id;
    std::string label;
    Decimal amount; // cash in positive
};

struct Statement {
    std::vector<StatementLine> operating, investing, financing; // lines that are zero are left out
    Decimal cfo, cfi, cff;
    Decimal opening, closing;
    Decimal unreconciled; // (closing - opening) - (CFO + CFI + CFF); unmapped accounts explain part of it
    [[nodiscard]] Decimal net() const { return cfo + cfi + cff; }
};

/// `disposal_proceeds`: from the bank where known; else purchases and proceeds are one line.
[[nodiscard]] Statement indirect(Movements const& m, std::optional<Decimal> disposal_proceeds = {});

/// The operating part by the direct method; adds up to the same CFO.
[[nodiscard]] std::vector<StatementLine> direct(Movements const& m);

/// The same lines from bank movements by counter account or category, and what could not be placed. Transfers between
/// own accounts are left out.
struct BankStatement {
    std::map<std::string, Decimal> by_line; // ids of direct(), and investing, financing, unplaced
    [[nodiscard]] Decimal operating() const;
};
[[nodiscard]] BankStatement from_bank(std::vector<BankTransaction> const& transactions, Date first, Date last);

[[nodiscard]] bool is_income_line(std::string_view line);

} // namespace cash_flow
