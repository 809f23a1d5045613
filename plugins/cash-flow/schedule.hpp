/// Dates of payments that repeat.
#pragma once
#include "records.hpp"
#include <string_view>

namespace cash_flow {

/// nullopt for a word that is no cycle; the empty text is nullopt too.
[[nodiscard]] std::optional<Cycle> parse_cycle(std::string_view name);

/// Every date of the series through `anchor` inside [first, last], in order. A series has no beginning: `anchor` may
/// lie before or after the window. Month ends stay month ends (Jan 31, Feb 28, Mar 31); semimonthly is the anchor's day
/// and 15 days from it within the month. Cycle::once is the anchor alone.
[[nodiscard]] std::vector<Date> occurrences(Date anchor, Cycle cycle, Date first, Date last);

/// How many months one cycle lasts; 0 for those counted in days.
[[nodiscard]] int months(Cycle cycle);

/// The amount of one month: quarterly / 3, annual / 12, weekly x 52 / 12. Cycle::once has none: 0.
[[nodiscard]] Decimal monthly_amount(Decimal amount, Cycle cycle);

} // namespace cash_flow
