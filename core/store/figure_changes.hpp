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
    std::optional<std::string> other_unit = {}; // of `before`, when it is another one

    [[nodiscard]] bool changed() const { return before != after || in_before != in_after || other_unit; }
    [[nodiscard]] std::string const& unit_before() const { return other_unit ? *other_unit : unit; }
};

/// In the order of the later run, then what only the earlier one has. Several of one name keep their order.
[[nodiscard]] std::vector<Compared> compare(std::vector<Figure> const& before, std::vector<Figure> const& after);

/// after - before; nullopt for dates, what is not there, and values of two units.
[[nodiscard]] std::optional<Decimal> difference(Compared const& figure);

} // namespace deckle::store
