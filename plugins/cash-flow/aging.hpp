/// Aging of open items by days past due (or since the document's date).
/// Buckets: current (days <= 0), 1-30, 31-60, 61-90, over 90; credits in a column of their own unless they are aged.
#pragma once
#include "ledger.hpp"
#include "metric.hpp"
#include <array>

namespace cash_flow {

enum class AgeBy { due, invoice };
enum class Credits { separate, aged };

enum Bucket : std::size_t { current, days_1_30, days_31_60, days_61_90, days_over_90, unapplied, bucket_count };

[[nodiscard]] Bucket bucket_of(int days);

struct AgingRow {
    std::string party;
    std::array<Decimal, bucket_count> amounts{};
    int oldest_days = 0; // past due, of what is owed; 0 when nothing is
    [[nodiscard]] Decimal total() const;
    /// Past due: buckets 1-30 to over 90.
    [[nodiscard]] Decimal overdue() const;
};

struct Aging {
    std::vector<AgingRow> rows; // largest total first, ties by name
    AgingRow sum;
    /// Amount of a bucket / total; zero_denominator when nothing is open.
    [[nodiscard]] Metric share(Bucket bucket) const;
    /// Largest party / total, over parties that owe.
    [[nodiscard]] Metric concentration() const;
};

[[nodiscard]] Aging age(std::vector<OpenItem> const& items, Date as_of, AgeBy by = AgeBy::due,
                        Credits credits = Credits::separate);

/// Days past due; negative before.
[[nodiscard]] inline int days_overdue(OpenItem const& item, Date as_of) {
    return as_of - item.due;
}

/// Yearly rate of an early-payment discount: d / (1 - d) x 365 / (net - discount days).
/// zero_denominator when there is nothing to gain time on.
[[nodiscard]] Metric annualized_discount(Decimal rate, int days_earlier);

} // namespace cash_flow
