/// Comparing names that people typed.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deckle::data {

/// Without blanks at both ends: ASCII white space, no-break space (U+00A0, U+202F) and U+FEFF.
[[nodiscard]] std::string_view trim(std::string_view text);
/// Trimmed, ASCII letters in lower case.
[[nodiscard]] std::string fold(std::string_view text);
/// ASCII letters and digits in lower case and every byte past ASCII: "Due Date" and "due_date" are alike.
[[nodiscard]] std::string letters(std::string_view text);
/// "; did you mean 'x'?" for a slip or a part of a name, or "; there is: a, b, c" (at most eight) or "".
[[nodiscard]] std::string hint(std::string_view word, std::vector<std::string> const& candidates);

} // namespace deckle::data
