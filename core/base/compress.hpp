/// zlib streams (RFC 1950) of whole buffers.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace deckle {

/// `level`: 1 (quickest) to 12 (smallest). The same bytes for the same data and level.
[[nodiscard]] std::string zlib_compress(std::string_view data, int level);

/// nullopt when `packed` is damaged or does not hold exactly `size` bytes. REQUIRES: the caller has checked that `size`
/// is sane; it is allocated.
[[nodiscard]] std::optional<std::string> zlib_decompress(std::string_view packed, std::size_t size);

/// No zlib stream of `packed` bytes holds more than this.
[[nodiscard]] constexpr std::size_t zlib_most(std::size_t packed) {
    return packed * 1040 + 64;
}

} // namespace deckle
