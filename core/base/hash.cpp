#include "base/hash.hpp"
#include <fmt/core.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace deckle {

std::uint64_t hash64(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::string hash128(std::string_view bytes) {
    XXH128_hash_t const hash = XXH3_128bits(bytes.data(), bytes.size());
    return fmt::format("{:016X}{:016X}", hash.high64, hash.low64);
}

} // namespace deckle
