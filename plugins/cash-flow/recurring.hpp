/// Monthly recurring revenue from agreements and their additions.
#pragma once
#include "metric.hpp"
#include "records.hpp"
#include <map>

namespace cash_flow {

/// An agreement runs from its start until it is cancelled or, unless it renews itself, ends.
[[nodiscard]] bool runs_on(Agreement const& agreement, Date day);

/// MRR of one agreement on a day: its amount and the additions in force, each by month; measured use left out.
/// 0 when it does not run. One-time charges have no MRR.
[[nodiscard]] Decimal mrr(Agreement const& agreement, std::vector<Addition> const& additions, Date day);

/// MRR by customer.
[[nodiscard]] std::map<std::string, Decimal> mrr_by_party(std::vector<Agreement> const& agreements,
                                                          std::vector<Addition> const& additions, Date day);

struct Retention {
    Decimal start, expansion, contraction, churn, added; // `added`: customers that had none at the start
    /// (start + expansion - contraction - churn) / start
    [[nodiscard]] Metric net() const { return ratio(start + expansion - contraction - churn, start, "no_revenue"); }
    /// (start - contraction - churn) / start: 1 at most
    [[nodiscard]] Metric gross() const { return ratio(start - contraction - churn, start, "no_revenue"); }
};
[[nodiscard]] Retention retention(std::map<std::string, Decimal> const& then,
                                  std::map<std::string, Decimal> const& now);

/// Past its end date, neither cancelled nor renewing itself, and still active in the source: is it still billed?
[[nodiscard]] bool expired_but_active(Agreement const& agreement, Date day);

/// Ends inside [day + 1, day + days]; those that renew themselves too.
[[nodiscard]] bool ends_within(Agreement const& agreement, Date day, int days);

} // namespace cash_flow
