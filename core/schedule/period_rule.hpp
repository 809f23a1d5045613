/// Which period a firing reports on.
#pragma once
#include "base/date.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace deckle::schedule {

enum class PeriodRule { previous_month, previous_quarter, previous_year, this_month };

/// "previous month", "previous quarter", "previous year", "this month"; nullopt for other words.
[[nodiscard]] std::optional<PeriodRule> parse_period_rule(std::string_view text);
[[nodiscard]] std::string_view to_string(PeriodRule rule);

/// The period of a firing whose rule names `day`, as report::parse_period reads it: "2026-10", "2026-Q3", "2026", and
/// for fiscal quarters and years that are no calendar ones a span of months, "2026-02..2026-04".
/// REQUIRES: `fiscal_year_start` is "MM-DD"; its month counts.
[[nodiscard]] std::string period_for(PeriodRule rule, Date day, std::string_view fiscal_year_start);

} // namespace deckle::schedule
