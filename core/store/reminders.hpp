/// Which reminders were given: each step before a deadline once.
#pragma once
#include "store/database.hpp"
#include <set>
#include <string>

namespace deckle::store {

/// Each function is one transaction, or part of the caller's; throws Error{io} when the database fails.
class Reminders {
public:
    explicit Reminders(Database& database) : database_(database) {}

    /// False: that step was given before. `item` names what is due, `deadline` the moment or day it is due, so that an
    /// item whose deadline moves is reminded of anew; `step` is in days before it.
    bool claim(std::string const& item, std::string const& deadline, int step, Instant now);
    /// The steps that were given.
    [[nodiscard]] std::set<int> given(std::string const& item, std::string const& deadline);

private:
    Database& database_;
};

} // namespace deckle::store
