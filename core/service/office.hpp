/// What everything that runs by itself works with.
#pragma once
#include "data/workspace.hpp"
#include "delivery/transport.hpp"
#include "service/log.hpp"
#include "store/queue.hpp"
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

namespace deckle::service {

class Survey;

/// Of one thread. The workspace is as it was read for the job or the tick at hand.
struct Office {
    data::Workspace const& workspace;
    data::Catalogue const& catalogue;
    std::filesystem::path templates; // the folder report-templates/
    store::Database& database;
    Clock const& clock;
    Log& log;
    /// By which a channel's messages leave; opened when first needed.
    std::function<std::unique_ptr<delivery::Transport>(data::Channel const& channel)> open_transport = {};
    std::chrono::milliseconds retry_after = std::chrono::seconds(30); // after a first failure
    std::chrono::milliseconds recheck = std::chrono::minutes(15);     // of what a gate holds back, at first
    std::chrono::milliseconds gather = std::chrono::seconds(15);      // a notice waits for others at work, 40 times
    /// What there is in the workspace now; opened when a job asks.
    std::function<std::unique_ptr<Survey>()> open_survey = {};
};

/// How long to wait after the nth attempt (from 1): twice as long each time, at most an hour.
[[nodiscard]] inline std::chrono::milliseconds back_off(std::chrono::milliseconds first, int attempt) {
    std::chrono::milliseconds const longest = std::chrono::hours(1);
    for (int i = 1; i < attempt && first < longest; ++i) first *= 2;
    return std::min(first, longest);
}

/// How often a job is tried for which no setting says it.
inline constexpr int usual_attempts = 5;

/// Thrown when a job's lease is not its worker's any more: what was done is dropped, another has it.
class LeaseLost : public Error {
public:
    explicit LeaseLost(store::Job const& job)
        : Error(ErrorCode::failed, "job " + job.key + ": its lease ran out; another worker has it") {}
};

/// Completes the job inside the caller's transaction. Throws LeaseLost, which undoes that.
inline void complete(Office& office, store::Job const& job) {
    if (!store::Queue(office.database).complete(job)) throw LeaseLost(job);
}

} // namespace deckle::service
