#include "store/ids.hpp"
#include <algorithm>

namespace deckle::store {

std::string run_id(Instant started, int later_by) {
    constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
    constexpr Instant origin = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
    std::int64_t n = std::max<std::int64_t>((started - origin).count(), 0) + later_by;
    std::string id(8, '0');
    for (auto at = id.rbegin(); at != id.rend(); ++at, n >>= 5) *at = digits[static_cast<std::size_t>(n & 31)];
    return id;
}

} // namespace deckle::store
