/// How editions come into being: due by a schedule, or asked for by a person.
#pragma once
#include "service/office.hpp"
#include "store/editions.hpp"

namespace deckle::service {

/// One firing of a schedule, or the like of it.
struct Due {
    std::string schedule; // its name in deckle.toml
    std::string period;   // as in EditionKey
    Instant at{};
    std::string trigger, by; // as in Edition
};

/// Opens the edition and puts in its job; of a schedule that makes a part for each row the job that reads the rows
/// (`once` makes its key unique). False: that edition was there already. Part of the caller's transaction.
bool open_due(Office& office, data::Schedule const& configured, Due const& due, std::string const& once);
/// Records that it is not made. False: that edition was there already.
bool skip_due(Office& office, data::Schedule const& configured, Due const& due, std::string const& why);

/// The job that makes an edition, the only one of it: an earlier one is revoked. REQUIRES: the caller has just opened
/// the edition or made a step with it.
void enqueue_make(Office& office, store::Edition const& edition, std::chrono::milliseconds delay = {});

/// The id of the edition that a job of make/ or release/ is about.
[[nodiscard]] std::string edition_id(store::Job const& job);

/// Back to the beginning, with the parameters, recipients and due moment of `edition`: those of today. False when it is
/// in none of those states any more.
bool make_again(Office& office, store::Edition const& edition, std::vector<store::EditionState> const& from,
                std::string const& by, std::string const& note);

/// The job fire/...: reads the rows and opens an edition for each. Throws Error for what is wrong with them.
void fire(Office& office, store::Job const& job);
/// Given up: the edition of the whole stands as failed, and people are told.
void fail_fire(Office& office, store::Job const& job, std::string const& reason);

/// What a person asks for.
struct Asked {
    std::string schedule;
    std::string period; // empty: what the schedule would report on today
    std::string part;
    std::string by;
};
/// The editions to be made: one, or of a schedule that makes a part for each row, when no part was named, each that is
/// not there yet, failed, is held or was missed. Throws Error{usage} for an unknown schedule, period or part,
/// Error{refused} when there is none to be made, and as read_parts does.
std::vector<store::Edition> run_now(Office& office, Asked const& asked);

} // namespace deckle::service
