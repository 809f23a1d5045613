/// Ranked awards: each metric ranks the entrants, the sum of the ranks is the index, the lowest wins. The organizers do
/// not publish their arithmetic; this is ours.
#pragma once
#include <deckle/decimal.hpp>
#include <map>
#include <string>
#include <vector>

namespace award_submission {

struct Entrant {
    std::string name;
    std::map<std::string, deckle::Decimal> values; // by metric; the largest is the best
};

struct Standing {
    std::string name;
    int place = 0;                         // 1 = winner; equal indices share the better place. 0 = not ranked
    std::vector<deckle::Decimal> ranks;    // as the metrics; entrants with the same value share the mean of their ranks
    deckle::Decimal index;                 // sum of ranks
    std::vector<std::string> missing = {}; // metrics without a value: such an entrant is not ranked
};

/// By place, then by name; those that are not ranked at the end.
[[nodiscard]] std::vector<Standing> decathlon(std::vector<Entrant> const& entrants,
                                              std::vector<std::string> const& metrics);

} // namespace award_submission
