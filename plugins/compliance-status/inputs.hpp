/// Everything the report reads, in one value: the request's parameters and the datasets as records.
#pragma once
#include "status.hpp"
#include <deckle/plugin.hpp>

namespace compliance {

struct Inputs {
    Date as_of;
    deckle::Period period;
    std::string company, currency;
    deckle::Clocks clocks;
    deckle::Moment now;
    std::string owner;   // who acts where no one is named
    Decimal loaded_rate; // of an hour, where no rate is known
    deckle::Bound has;   // what the workspace binds

    Records records;
    std::vector<Requirement const*> unread_times; // their due_time could not be read: the day as written is used
    std::int64_t later_proofs = 0;                // after the as-of date, left out
};

[[nodiscard]] Inputs read_inputs(deckle::Job& job);

} // namespace compliance
