#include "base/duration.hpp"
#include <array>
#include <charconv>

namespace deckle {
namespace {

struct Unit {
    char letter;
    std::int64_t seconds;
    char const* name;
};
constexpr std::array units = {Unit{'d', 86400, "day"}, Unit{'h', 3600, "hour"}, Unit{'m', 60, "minute"},
                              Unit{'s', 1, "second"}};

} // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    std::int64_t n = 0;
    auto const* const end = text.data() + text.size();
    auto const [at, problem] = std::from_chars(text.data(), end, n);
    if (problem != std::errc() || end - at != 1 || n < 1) return std::nullopt;
    for (auto const& unit : units)
        if (*at == unit.letter && n <= 9999 * 86400LL / unit.seconds) return std::chrono::seconds(n * unit.seconds);
    return std::nullopt;
}

std::string duration_words(std::chrono::seconds span) {
    for (auto const& unit : units)
        if (span.count() != 0 && span.count() % unit.seconds == 0) {
            auto const n = span.count() / unit.seconds;
            return std::to_string(n) + " " + unit.name + (n == 1 ? "" : "s");
        }
    return "0 seconds";
}

} // namespace deckle
