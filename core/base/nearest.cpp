#include "base/nearest.hpp"
#include <algorithm>
#include <numeric>

namespace deckle {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::size_t const change = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
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
