/// Spans of time as people write them: "90s", "10m", "36h", "3d".
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace deckle {

/// A whole number of at least 1 and s, m, h or d, at most 9999d; nullopt for anything else.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);
/// In the largest unit that gives a whole number: "1 minute", "36 hours", "3 days".
[[nodiscard]] std::string duration_words(std::chrono::seconds span);

} // namespace deckle
