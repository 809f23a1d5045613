/// Working capital and liquidity. Days are unrounded; rounding is the host's.
#pragma once
#include "metric.hpp"
#include <vector>

namespace cash_flow {

/// balance / flow x days: days sales outstanding (A/R, sales), days payable (A/P, COGS), days inventory (stock, COGS).
[[nodiscard]] Metric days_of(Decimal balance, Decimal flow, int days, char const* reason);
/// DSO + DIO - DPO
[[nodiscard]] Metric cash_conversion_cycle(Metric const& dso, Metric const& dio, Metric const& dpo);

struct MonthSales {
    Decimal sales;
    int days;
};
/// Count-back DSO: the newest month's sales are taken off A/R until it is used up; each month used whole counts its
/// days, the last one in part. `newest_first`. no_revenue when the months do not suffice.
[[nodiscard]] Metric count_back_dso(Decimal receivables, std::vector<MonthSales> const& newest_first);

/// (opening A/R + sales - closing total) / (opening A/R + sales - closing current): the share that was collected of
/// what could have been.
[[nodiscard]] Metric collection_effectiveness(Decimal opening, Decimal sales, Decimal closing, Decimal closing_current);

/// Cash / mean monthly net burn over `months`; cash_positive when nothing burns, no_history without months.
/// `net_by_month`: money in less money out, company currency.
[[nodiscard]] Metric runway_months(Decimal cash, std::vector<Decimal> const& net_by_month);

} // namespace cash_flow
