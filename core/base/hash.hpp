/// Names for bytes: XXH3, quick and not for secrets.
// https://xxhash.com/
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace deckle {

[[nodiscard]] std::uint64_t hash64(std::string_view bytes);
/// 32 upper-case hexadecimal digits.
[[nodiscard]] std::string hash128(std::string_view bytes);

} // namespace deckle
