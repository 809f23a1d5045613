/// A figure that may be undefined: a number, or the reason why there is none. Never 0 in place of "not available".
#pragma once
#include "decimal.hpp"
#include <optional>
#include <string>
#include <utility>

namespace deckle {

class Metric {
public:
    Metric(Decimal value) : value_(value) {} // NOLINT: every number is a metric
    /// `reason` is a name that the host puts into words: no_revenue, zero_denominator, no_history, missing_column:X,
    /// missing_dataset:X and the like; any other is printed as it stands, with spaces.
    [[nodiscard]] static Metric na(std::string reason) { return Metric(std::move(reason), 0); }

    explicit operator bool() const { return value_.has_value(); }
    /// REQUIRES: there is a value (std::bad_optional_access otherwise).
    [[nodiscard]] Decimal value() const { return value_.value(); }
    [[nodiscard]] std::string const& reason() const { return reason_; }

private:
    Metric(std::string reason, int) : reason_(std::move(reason)) {}
    std::optional<Decimal> value_;
    std::string reason_;
};

/// numerator / denominator at 12 places; `reason` when the denominator is zero.
[[nodiscard]] inline Metric ratio(Decimal numerator, Decimal denominator, char const* reason = "zero_denominator") {
    if (denominator.is_zero()) return Metric::na(reason);
    return numerator.divided_by(denominator);
}

/// a - b, or the reason of the first that is not available.
[[nodiscard]] inline Metric difference(Metric const& a, Metric const& b) {
    if (!a) return a;
    if (!b) return b;
    return a.value() - b.value();
}

} // namespace deckle
