/// What a lender advances on receivables: eligible A/R x advance rate, in the order lenders take the steps.
#pragma once
#include "ledger.hpp"
#include <map>

namespace cash_flow {

struct BorrowingRules {
    int over_days = 90;                                 // from the invoice date
    Decimal cross_age = Decimal::from_units(10, 2);     // over this share past `over_days`: the rest is out too
    Decimal concentration = Decimal::from_units(20, 2); // of eligible A/R, for one customer
    Decimal advance_rate = Decimal::from_units(80, 2);
};

struct BorrowingBase {
    Decimal receivables; // net of unapplied credits
    Decimal over_age;    // ineligible, each >= 0, in this order
    Decimal cross_aged;
    Decimal contra; // owed to the same party as a vendor
    Decimal concentrated;
    [[nodiscard]] Decimal eligible() const { return receivables - over_age - cross_aged - contra - concentrated; }
    /// Never below zero.
    [[nodiscard]] Decimal base(Decimal advance_rate) const;
};

/// `owed_to`: open payables by party, for contra accounts. Credits do not lower what is over age.
[[nodiscard]] BorrowingBase borrowing_base(std::vector<OpenItem> const& receivables,
                                           std::map<std::string, Decimal> const& owed_to, Date as_of,
                                           BorrowingRules const& rules);

/// min(limit, base) - drawn; base absent: limit - drawn. Negative when the line is overdrawn.
[[nodiscard]] Decimal availability(Decimal limit, Decimal drawn, std::optional<Decimal> base);

} // namespace cash_flow
