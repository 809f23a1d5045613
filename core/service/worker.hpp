/// One worker: claims jobs one after another, keeps their leases while it works, and never lets one run on for ever.
#pragma once
#include "service/jobs.hpp"
#include <condition_variable>
#include <functional>
#include <memory>
#include <thread>

namespace deckle::service {

/// What is being done, to say where something got stuck. Threads may share it.
class Activity {
public:
    void set(std::string text) {
        std::lock_guard const lock(mutex_);
        text_ = std::move(text);
    }
    [[nodiscard]] std::string text() const {
        std::lock_guard const lock(mutex_);
        return text_;
    }

private:
    mutable std::mutex mutex_;
    std::string text_;
};

/// What jobs are done with: the workspace as it was read last.
class Workplace {
public:
    virtual ~Workplace() = default;
    /// For the thread that uses that database.
    [[nodiscard]] virtual Office office(store::Database& database) = 0;
    [[nodiscard]] virtual Press& press() = 0;
};

struct WorkerSettings {
    std::string name;               // unique: what leases are under
    std::vector<std::string> lanes; // earlier ones first
    std::chrono::milliseconds lease = std::chrono::seconds(30);
};

/// A thread of its own with a database of its own: renews the lease of the job at hand. A job past its time is recorded
/// as failed, with what it was at, and the process ended, since nothing else stops a thread.
class Keeper {
public:
    using OpenDatabase = std::function<store::Database()>;
    using Stuck = std::function<void(store::Database&, std::string const& reason)>;
    /// `end` is called after a job was stuck; by default it ends the process with `exit_stuck`.
    Keeper(OpenDatabase open, std::chrono::milliseconds lease, Activity const& activity, Log& log,
           std::function<void()> end = end_process);
    ~Keeper();
    Keeper(Keeper const&) = delete;
    Keeper& operator=(Keeper const&) = delete;

    void hold(store::Job const& job, std::chrono::milliseconds limit, Stuck stuck);
    void let_go();

    static constexpr int exit_stuck = 70;
    [[noreturn]] static void end_process();

private:
    struct Held {
        store::Job job;
        std::chrono::steady_clock::time_point end;
        std::chrono::milliseconds limit;
        Stuck stuck;
    };
    void run();
    void end_stuck();

    OpenDatabase open_;
    std::chrono::milliseconds lease_;
    Activity const& activity_;
    Log& log_;
    std::function<void()> end_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Held> held_;
    bool stopping_ = false;
    std::thread thread_; // last: it uses the others
};

class Worker {
public:
    Worker(store::Database& database, Keeper& keeper, WorkerSettings settings, Log& log)
        : database_(database), keeper_(keeper), settings_(std::move(settings)), log_(log) {}

    /// One job; false when none is due. `open` gives the workplace for it. Throws Error{io} when the database fails.
    bool work_one(std::function<std::shared_ptr<Workplace>()> const& open);

private:
    store::Database& database_;
    Keeper& keeper_;
    WorkerSettings settings_;
    Log& log_;
};

} // namespace deckle::service
