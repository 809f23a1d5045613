/// "Did you mean ...?" for names that people mistype.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle {

/// The candidate with the smallest edit distance (case ignored), when it is close enough to be a slip: at most a third
/// of the longer word, and at least one character may differ. The first one wins a tie.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::vector<std::string> const& candidates);

/// ", did you mean 'x'?" or, when nothing is close, "; known: a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word, std::vector<std::string> const& candidates);

} // namespace deckle
