/// Words of a line. Inside core/schedule only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace deckle::schedule {

/// Parted by white space and commas, in lower case.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);
/// All of `text` as a number; -1 when it is none.
[[nodiscard]] int whole_number(std::string_view text);

} // namespace deckle::schedule
