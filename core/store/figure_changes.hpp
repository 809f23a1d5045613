/// Two runs of one report, figure by figure.
#pragma once
#include "store/store.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::store {

/// A figure by its name and version; which period it speaks of may differ between the runs ("2026-09", "2026-10").
/// Decimals are without trailing zeros; a value is absent when it is not available.
struct Compared {
    std::string id, unit, period; // of the later run
    int version = 1;
    std::optional<std::string> before, after;
    bool in_before = false, in_after = false;

    [[nodiscard]] bool changed() const { return before != after || in_before != in_after; }
};

/// In the order of the later run, then what only the earlier one has. Several of one name keep their order.
[[nodiscard]] std::vector<Compared> compare(std::vector<Figure> const& before, std::vector<Figure> const& after);

/// after - before; nullopt for dates and what is not there.
[[nodiscard]] std::optional<Decimal> difference(Compared const& figure);

} // namespace deckle::store
