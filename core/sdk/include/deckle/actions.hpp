/// What a person should do about a report, worded as such, with who and by when: "What needs you" on the first page and
/// "Actions" at the end.
#pragma once
#include "model.hpp"
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace deckle {

enum class Urgency { now, this_week, by_date, note };

/// Something for a person to do, or to know.
struct Action {
    Urgency urgency = Urgency::note;
    int rank = 50; // smaller is more important
    Json what;     // a sentence, see words::task()
    std::string owner;
    Date due;
};

/// The next day that is no Saturday and no Sunday; a plugin knows no holidays.
[[nodiscard]] inline Date next_working_day(Date day) {
    do day = day + 1;
    while (day.weekday() >= Weekday::saturday);
    return day;
}

/// Most urgent first; what has a day by it, else by rank.
inline void sort_by_urgency(std::vector<Action>& actions) {
    std::stable_sort(actions.begin(), actions.end(), [](Action const& x, Action const& y) {
        if (x.urgency != y.urgency) return x.urgency < y.urgency;
        return x.urgency == Urgency::by_date && x.due != y.due ? x.due < y.due : x.rank < y.rank;
    });
}

/// As a block; owner and day where `owners`.
[[nodiscard]] inline Json action_list(std::vector<Action> const& actions, bool owners = true) {
    std::vector<block::Action> list;
    for (Action const& a : actions) {
        block::Action shown{.when = "Watch", .what = a.what};
        if (a.urgency == Urgency::now)
            shown.when = "Now";
        else if (a.urgency == Urgency::this_week)
            shown.when = "This week";
        else if (a.urgency == Urgency::by_date)
            shown.when = leaf::text("By {day}", {{"day", leaf::date(a.due, "day")}});
        shown.tone = a.urgency == Urgency::now ? "bad" : a.urgency == Urgency::note ? "" : "soon";
        if (owners) {
            shown.owner = a.owner;
            shown.due = leaf::date(a.due, "day");
        }
        list.push_back(std::move(shown));
    }
    return block::actions(list);
}

/// The section "What needs you": the `most` important ones, most urgent first, and how many more there are.
inline void needs_you(Report& report, std::vector<Action> actions, std::size_t most, bool owners) {
    if (actions.empty()) {
        report.section("alerts", "What needs you", {block::text("Nothing: no alert is open.")});
        return;
    }
    std::stable_sort(actions.begin(), actions.end(), [](Action const& x, Action const& y) { return x.rank < y.rank; });
    Json note = nullptr;
    if (actions.size() > most) {
        note = leaf::text("{n} more under Actions",
                          {{"n", leaf::num(Decimal(static_cast<std::int64_t>(actions.size() - most)))}});
        actions.resize(most);
    }
    std::stable_sort(actions.begin(), actions.end(), [](Action const& x, Action const& y) {
        return std::pair(x.urgency, x.rank) < std::pair(y.urgency, y.rank);
    });
    report.section("alerts", "What needs you", {action_list(actions, owners)}, note);
}

/// The section "Actions": all of them, in their order.
inline void all_actions(Report& report, std::vector<Action> const& actions) {
    report.section("actions", "Actions",
                   {actions.empty() ? block::text("Nothing is to be done.") : action_list(actions)},
                   "who does what, by when");
}

} // namespace deckle
