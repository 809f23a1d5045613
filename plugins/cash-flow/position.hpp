/// Cash, credit and debt on the as-of date.
#pragma once
#include "borrowing_base.hpp"
#include "metric.hpp"
#include "records.hpp"

namespace cash_flow {

struct AccountPosition {
    std::string name;
    std::optional<Decimal> balance; // nullopt: the source gives no balance to start from
    bool restricted = false;
};

/// Balance of one account at the close of `as_of`: the bank's running balance, or the stated balance, whichever is of
/// the later day up to `as_of`, carried on by the movements; a stated balance of a later day is carried back.
/// `transactions`: of this account, in the order of the export, which may run forward or backward in time.
[[nodiscard]] std::optional<Decimal> balance_on(BankAccount const& account,
                                                std::vector<BankTransaction> const& transactions, Date as_of);

struct LinePosition {
    CreditLine line;
    std::optional<Decimal> base; // borrowing base, when the lender caps the line by it
    Decimal available;           // 0 when the line has expired or belongs to a distributor
    bool expired = false;
};

struct Position {
    std::vector<AccountPosition> accounts;
    bool known = false; // at least one balance, and none missing
    Decimal cash;       // without restricted accounts
    Decimal restricted;
    std::vector<LinePosition> lines;
    Decimal limit, drawn, available; // bank lines
    Decimal card_debt;
    [[nodiscard]] Decimal liquidity() const { return cash + available; }
};

/// Bank accounts; without any, all transactions are one account.
[[nodiscard]] Position position(std::vector<BankAccount> const& accounts, std::vector<BankTransaction> const& bank,
                                std::vector<CreditLine> const& lines, std::vector<CreditCard> const& cards,
                                BorrowingBase const& base, Decimal advance_rate, Date as_of);

} // namespace cash_flow
