/// Work that can be billed and is on no invoice, aged from the day it was done.
#pragma once
#include "aging.hpp"
#include <map>

namespace cash_flow {

struct UnbilledRow {
    std::string party;
    std::array<Decimal, 4> amounts{}; // 0-30, 31-60, 61-90, over 90 days since the work
    int oldest_days = 0;
    [[nodiscard]] Decimal total() const { return amounts[0] + amounts[1] + amounts[2] + amounts[3]; }
};

struct Unbilled {
    std::vector<UnbilledRow> rows; // largest first
    UnbilledRow sum;
    std::map<std::string, Decimal> by_kind;
    Decimal over; // older than the parameter unbilled_days
};

/// Work dated after `as_of` is left out; work invoiced after it still counts as unbilled.
[[nodiscard]] Unbilled unbilled(std::vector<BillableWork> const& work, Date as_of, int over_days);

/// Mean(invoice date - work date) of the work invoiced inside [first, last].
[[nodiscard]] Metric billing_lag(std::vector<BillableWork> const& work, Date first, Date last);

} // namespace cash_flow
