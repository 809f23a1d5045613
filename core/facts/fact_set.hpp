/// All facts of a workspace, one for each id and period.
#pragma once
#include "facts/fact.hpp"
#include <span>
#include <vector>

namespace deckle::facts {

class FactSet {
public:
    FactSet() = default;
    /// Of several with the same id and period the first origin is used (see Origin); others that say something else
    /// are conflicts.
    FactSet(std::vector<Fact> facts, std::vector<Trouble> troubles);

    /// By id, newest period first.
    [[nodiscard]] std::vector<Fact> const& facts() const { return facts_; }
    [[nodiscard]] std::vector<Conflict> const& conflicts() const { return conflicts_; }
    [[nodiscard]] std::vector<Trouble> const& troubles() const { return troubles_; }

    /// Every period of an id, newest first; empty when there is no such id.
    [[nodiscard]] std::span<Fact const> of(std::string_view id) const;
    /// nullptr when there is none.
    [[nodiscard]] Fact const* find(std::string_view id, Period const& period) const;
    [[nodiscard]] Fact const* newest(std::string_view id) const;
    [[nodiscard]] std::vector<std::string> ids() const;
    /// Why the source of `id` gave nothing; empty when nothing is known.
    [[nodiscard]] std::string trouble_of(std::string_view id) const;

private:
    std::vector<Fact> facts_;
    std::vector<Conflict> conflicts_;
    std::vector<Trouble> troubles_;
};

/// How long facts hold.
struct Freshness {
    Date today;
    int stale_after_days = 400; // of the newest period of a fact, used without naming the period
};

/// Why a fact may not be used any more; nullopt while it may. `named`: its period was named, so that it does not age.
[[nodiscard]] std::optional<std::string> stale(Fact const& fact, bool named, Freshness const& freshness);

} // namespace deckle::facts
