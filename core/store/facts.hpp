/// Facts that people set by hand: every value they ever had, with who and when.
#pragma once
#include "base/zone.hpp"
#include "store/database.hpp"
#include <string>
#include <vector>

namespace deckle::store {

struct HandFact {
    std::string id, period; // "" = always
    Instant at{};
    std::string author;
    std::string content; // JSON; opaque here, empty = taken back
};

/// Beside the run ledger. Every function throws Error{io} when the database fails.
class HandFacts {
public:
    explicit HandFacts(Database& database) : database_(database) {}

    void add(HandFact const& fact);
    /// The newest of each id and period, by id; without those that were taken back.
    [[nodiscard]] std::vector<HandFact> current();
    /// All of one id, newest first.
    [[nodiscard]] std::vector<HandFact> history(std::string const& id);

private:
    [[nodiscard]] std::vector<HandFact> select(std::string const& where, std::string const& argument);

    Database& database_;
};

} // namespace deckle::store
