/// The work queue: jobs in lanes, each leased to one worker at a time. A worker past its lease is refused by its token
/// (a fence), so nothing it still does is recorded.
#pragma once
#include "store/database.hpp"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace deckle::store {

struct NewJob {
    std::string key; // unique for ever: work is put in once, whoever asks
    std::string lane;
    std::string payload = "{}";        // JSON, small
    std::chrono::milliseconds delay{}; // from now on the database's clock
};

struct Job {
    std::int64_t id = 0;
    std::string key, lane, payload;
    std::int64_t token = 0; // of this lease
    int attempt = 1;        // from 1
    std::string worker;     // who has, or had, the lease
};

/// A job that nobody works at any more.
struct DeadJob : Job {
    std::string reason;
    Instant died{};
};

/// Every function throws Error{io} when the database fails; each is one transaction, or part of the caller's
/// (Database::transact).
class Queue {
public:
    explicit Queue(Database& database) : database_(database) {}

    /// False: there is, or was, a job with that key.
    bool enqueue(NewJob const& job);
    /// Up to `most` jobs that are due, earlier lanes first, oldest first; leased for `lease`.
    [[nodiscard]] std::vector<Job> claim(std::string const& worker, std::vector<std::string> const& lanes,
                                         std::size_t most, std::chrono::milliseconds lease);
    /// This one alone, when it is due and nobody has it.
    [[nodiscard]] std::optional<Job> claim_one(std::string const& worker, std::string const& key,
                                               std::chrono::milliseconds lease);
    /// The rest return false when the lease is not the caller's any more: it must drop what it did.
    [[nodiscard]] bool renew(Job const& job, std::chrono::milliseconds lease);
    [[nodiscard]] bool complete(Job const& job);
    /// Tried again after `delay`; without one it is dead.
    [[nodiscard]] bool fail(Job const& job, std::string const& reason, std::optional<std::chrono::milliseconds> delay);
    /// Untouched, for another worker: the attempt does not count.
    [[nodiscard]] bool give_back(Job const& job);

    /// Takes back the leases that ran out, and those from a time to come (the clock was set back by more than
    /// `longest`). Jobs that were leased `attempts` times are dead. Returns what was taken back, with its last attempt.
    /// Jobs that wait for more than two days, as none is put in, were put in by a clock that was ahead: they are due.
    std::vector<Job> reap(int attempts, std::chrono::milliseconds longest);

    /// Waiting or leased.
    [[nodiscard]] std::int64_t depth(std::string const& lane);
    [[nodiscard]] std::vector<DeadJob> dead();
    /// A dead job, once more; false when there is none of that key.
    bool revive(std::string const& key);
    /// Takes back what a worker that is no more had; `counts`: the attempt does. Returns it as it was.
    std::vector<Job> abandon(std::string const& worker, std::string const& reason, bool counts);

    /// Those that wait and whose keys begin so are due now; returns how many.
    std::int64_t hurry(std::string const& key_begins);

    /// Those whose keys begin so are not to be done any more: nobody takes them up, and a worker that has one has lost
    /// its lease.
    void revoke(std::string const& key_begins);

    /// Jobs that were completed more than `age` ago lose their payload; their keys stay.
    void tidy(std::chrono::milliseconds age);

private:
    Database& database_;
};

} // namespace deckle::store
