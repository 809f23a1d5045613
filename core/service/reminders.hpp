/// Reminders of what is due: awards, embargoes, and what the calendar files of reports say. One mail a day, each step
/// before a deadline once; days are counted in the deadline's own zone, and a missed day is made up for by the next.
#pragma once
#include "data/table.hpp"
#include "service/office.hpp"
#include "service/survey.hpp"
#include "store/queue.hpp"
#include <deckle/deadline.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace deckle::service {

/// Something with a deadline.
struct DueItem {
    std::string id;            // stable: "award/msp-501"
    std::string what;          // "Entry for MSP 501"
    std::string left;          // what is to be done: "4 of 9 answers approved"; may be empty
    std::string owner;         // may be empty
    Date day;                  // the last one, in the deadline's own zone
    std::optional<Instant> at; // the moment, where a time is stated
    std::string stated;        // the time as it is stated: "11:59 PM PST"; may be empty
    std::optional<int> east;   // minutes east of UTC of its zone; absent: the company's
    std::string done;          // why nobody is reminded; empty: it is open

    /// What claims go by: it changes when the deadline moves.
    [[nodiscard]] std::string deadline() const;
};

/// Awards that can be entered; done when the newest draft with the parameter award is out or withdrawn.
[[nodiscard]] std::vector<DueItem> award_items(data::Table const& catalogue, std::vector<DraftProgress> const& drafts,
                                               Clocks const& clocks);
/// Releases under embargo; done when the newest draft with the parameter release is out or withdrawn.
[[nodiscard]] std::vector<DueItem> release_items(data::Table const& releases, std::vector<DraftProgress> const& drafts,
                                                 Clocks const& clocks);
/// What a report's calendar file holds; what is done is not in it any more. A moment has the day and time of its
/// X-DECKLE-DUE where the file says so, else the day it falls on in `zone`, the company's.
[[nodiscard]] std::vector<DueItem> calendar_items(std::string const& report, std::string_view ics,
                                                  std::string const& zone, Clocks const& clocks);

/// How an item stands at a moment.
struct Standing {
    int days = 0;                      // left, in the deadline's own zone; less than 0: days since
    std::optional<std::int64_t> hours; // left, when the next digest would come too late
    bool passed = false;               // also on the day itself, after the moment
    std::vector<int> steps;            // not given yet; -1: that it has passed
    std::string silent;                // why it is not in today's mail; empty: it is
};
/// `given`: the steps given before.
[[nodiscard]] Standing standing(DueItem const& item, std::vector<int> const& days, std::set<int> const& given,
                                Instant now, std::string const& zone);

/// Everything with a deadline, soonest first. What could not be asked is in `problems`, and the rest still there.
[[nodiscard]] std::vector<DueItem> due_items(Office& office, Survey& survey, std::vector<std::string>& problems);

/// Part of a service's tick: puts in the job reminders/DAY once the day's hour has come.
void enqueue_reminders(Office& office);
/// That job. Throws Error for what is to be tried again.
void run_reminders(Office& office, Survey& survey, store::Job const& job);
/// Claims the steps and the mail of a day in one transaction; false when there is nothing to say, or it was said.
bool send_digest(Office& office, std::vector<DueItem> const& items, std::vector<std::string> const& problems);

} // namespace deckle::service
