#include "decathlon.hpp"
#include <algorithm>

namespace award_submission {

using deckle::Decimal;

std::vector<Standing> decathlon(std::vector<Entrant> const& entrants, std::vector<std::string> const& metrics) {
    std::vector<Standing> standings;
    std::vector<Entrant const*> ranked;
    for (Entrant const& entrant : entrants) {
        Standing standing{entrant.name, 0, {}, {}, {}};
        for (std::string const& metric : metrics)
            if (!entrant.values.contains(metric)) standing.missing.push_back(metric);
        if (standing.missing.empty()) ranked.push_back(&entrant);
        standings.push_back(std::move(standing));
    }
    for (Standing& standing : standings) {
        if (!standing.missing.empty()) continue;
        auto const& own =
            **std::find_if(ranked.begin(), ranked.end(), [&](Entrant const* e) { return e->name == standing.name; });
        for (std::string const& metric : metrics) {
            Decimal const value = own.values.at(metric);
            std::int64_t better = 0, same = 0;
            for (Entrant const* other : ranked) {
                better += other->values.at(metric) > value ? 1 : 0;
                same += other->values.at(metric) == value ? 1 : 0;
            }
            // They stand on the places better + 1 ... better + same.
            standing.ranks.push_back(Decimal(2 * better + same + 1).divided_by(Decimal(2), 1).trimmed());
            standing.index += standing.ranks.back();
        }
    }
    for (Standing& standing : standings) {
        if (!standing.missing.empty()) continue;
        standing.place = 1;
        for (Standing const& other : standings)
            standing.place += other.missing.empty() && other.index < standing.index ? 1 : 0;
    }
    std::sort(standings.begin(), standings.end(), [](Standing const& a, Standing const& b) {
        if ((a.place == 0) != (b.place == 0)) return b.place == 0;
        return a.place != b.place ? a.place < b.place : a.name < b.name;
    });
    return standings;
}

} // namespace award_submission
