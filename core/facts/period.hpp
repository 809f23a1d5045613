/// The period a fact is about, as people write it.
#pragma once
#include "base/date.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace deckle::facts {

/// "2026", "2026-10", "2026-Q3", "2026-10-31", "LTM 2026-10" (the twelve months that end there), or "" for what is
/// always true.
struct Period {
    std::string text;
    Date start, end; // both belong to it; of "" the earliest and the latest day there is

    [[nodiscard]] bool always() const { return text.empty(); }
    /// Later end first, then the longer one: a year before its December.
    friend bool newer(Period const& a, Period const& b) { return a.end != b.end ? a.end > b.end : a.start < b.start; }
    friend bool operator==(Period const& a, Period const& b) { return a.start == b.start && a.end == b.end; }
};

/// "LTM-2026-10" is read too, and becomes "LTM 2026-10". nullopt for anything else.
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);

} // namespace deckle::facts
