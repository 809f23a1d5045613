/// The workspace as the service sees it: looked at for each job and each tick, so that changes count at once.
#pragma once
#include "app/press.hpp"
#include "app/session.hpp"
#include "model/formatter.hpp"
#include "service/worker.hpp"
#include <memory>
#include <mutex>
#include <ostream>

namespace deckle::app {

/// While the configuration is wrong the last good one goes on.
class LiveWorkspace {
public:
    /// Throws Error for what is wrong with it now.
    explicit LiveWorkspace(Common common);

    /// Shared by the thread that works and the one that watches.
    [[nodiscard]] std::shared_ptr<Session const> read();
    /// What is wrong with it now; empty = nothing.
    [[nodiscard]] std::string problem() const;

private:
    Common common_;
    mutable std::mutex mutex_; // of what follows
    std::shared_ptr<Session const> good_;
    std::string text_; // of its files, when they were read
    std::string problem_;
};

/// The store that the workspace names. One for each thread.
[[nodiscard]] store::Database open_database(data::Workspace const& workspace);
/// `session` and the rest must outlive it.
[[nodiscard]] service::Office office_of(Session const& session, store::Database& database, service::Log& log);
/// "host:pid:start": never given to another process, also not in a container, where each is number 1 of the same host.
[[nodiscard]] std::string process_name();
/// What workers left behind that are no more, for others to take up. Returns who had it.
std::vector<std::string> take_back_lost(store::Database& database, service::Log& log);
/// True when a service was heard of within the last minute.
[[nodiscard]] bool is_served(store::Database& database);

/// To standard error, when none was: what was asked for has to be started.
void say_unless_served(store::Database& database);

/// What one command of a person works with. Its log is silent, since the command's answer says what happened.
struct Counter {
    explicit Counter(Common const& common);
    Counter(Counter const&) = delete;
    Counter& operator=(Counter const&) = delete;

    SystemClock clock;
    std::ostream nowhere{nullptr};
    service::Log log{nowhere, clock, ""};
    Session session;
    store::Database database;
    service::Office office;
    model::Formatter formatter; // of the company
};

/// One worker's: what it keeps from job to job.
class Workshops {
public:
    Workshops(Common const& common, service::Log& log);

    [[nodiscard]] std::shared_ptr<service::Workplace> open();
    [[nodiscard]] LiveWorkspace& workspace() { return workspace_; }
    [[nodiscard]] store::Database& database() { return database_; }
    [[nodiscard]] service::Activity& activity() { return activity_; }

private:
    LiveWorkspace workspace_;
    store::Database database_;
    store::Store ledger_;
    report::Resources resources_;
    service::Activity activity_;
    service::Log& log_;
};

} // namespace deckle::app
