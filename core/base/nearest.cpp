#include "base/nearest.hpp"
#include <algorithm>
#include <numeric>

namespace deckle {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Characters to insert, delete, replace, or swap with their neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            bool const same = lower(a[i]) == lower(b[j]);
            row[j + 1] = std::min({last[j] + (same ? 0 : 1), row[j] + 1, last[j + 1] + 1});
            if (i > 0 && j > 0 && lower(a[i]) == lower(b[j - 1]) && lower(a[i - 1]) == lower(b[j]))
                row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last.back();
}

} // namespace

std::optional<std::string> nearest(std::string_view word, std::vector<std::string> const& candidates) {
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (auto const& candidate : candidates) {
        std::size_t const distance = edit_distance(word, candidate);
        std::size_t const close = std::max<std::size_t>(1, std::max(word.size(), candidate.size()) / 3);
        if (distance <= close && (!best || distance < best_distance)) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, std::vector<std::string> const& candidates) {
    if (auto const match = nearest(word, candidates)) return ", did you mean '" + *match + "'?";
    std::string list;
    for (auto const& candidate : candidates) list += (list.empty() ? "; known: " : ", ") + candidate;
    return list;
}

} // namespace deckle
