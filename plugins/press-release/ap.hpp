/// Dates, places and capitals as The Associated Press writes them.
#pragma once
#include <deckle/date.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace press_release {

using deckle::Date;

/// "Dec. 8, 2026"; March to July are never abbreviated.
[[nodiscard]] std::string ap_date(Date day);
/// "Tuesday, Dec. 8, 2026"
[[nodiscard]] std::string ap_weekday_date(Date day);
/// The state in a dateline: IA or Iowa -> "Iowa", NE or Nebraska -> "Neb."; a
/// place that is no state stays as it is.
[[nodiscard]] std::string ap_state(std::string_view state);
/// True for the cities of the United States that need no state in a dateline.
[[nodiscard]] bool stands_alone(std::string_view city);
/// "DES MOINES, Iowa – Dec. 8, 2026 –"
[[nodiscard]] std::string dateline(std::string_view city, std::string_view state, Date day);
/// Capitals of ASCII, Latin-1 and Latin Extended-A letters; everything else
/// stays.
[[nodiscard]] std::string capitals(std::string_view utf8);

} // namespace press_release
