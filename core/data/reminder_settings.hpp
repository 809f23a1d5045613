/// [reminders] of deckle.toml, checked: the daily mail of what is due.
#pragma once
#include "base/error.hpp"
#include <string>
#include <vector>

namespace deckle::data {

struct ReminderSettings {
    std::vector<int> days = {30, 14, 7, 1, 0};                  // before a deadline, most first, none twice
    int hour = 8, minute = 0;                                   // in the company's zone
    std::vector<std::string> to;                                // addresses; empty = the owners of [delivery]
    std::string channel;                                        // empty = as for notices
    std::vector<std::string> calendars = {"compliance-status"}; // reports whose calendar file says what is due
    Position position;
};

} // namespace deckle::data
