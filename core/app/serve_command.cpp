// deckle serve: fires schedules, keeps workers going, and takes back what they leave behind.
#include "app/children.hpp"
#include "app/schedule_check.hpp"
#include "app/workplace.hpp"
#include "service/metrics.hpp"
#include "service/notices.hpp"
#include "service/scheduler.hpp"
#include "store/services.hpp"
#include <csignal>
#include <fmt/format.h>
#include <iostream>
#include <optional>

namespace deckle::app {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds longest_sleep = 5s; // so that changed clocks and configurations are seen

/// Signals wait until they are asked for.
class Signals {
public:
    Signals() {
        ::sigemptyset(&set_);
        for (int const signal : {SIGTERM, SIGINT, SIGCHLD}) ::sigaddset(&set_, signal);
        ::sigprocmask(SIG_BLOCK, &set_, nullptr);
    }
    /// One that came, or 0 after that time.
    int wait(std::chrono::milliseconds most) const {
        timespec const span{most.count() / 1000, most.count() % 1000 * 1'000'000};
        int const signal = ::sigtimedwait(&set_, nullptr, &span);
        return signal < 0 ? 0 : signal;
    }

private:
    sigset_t set_{};
};

class Service {
public:
    Service(Common const& common, ServeOptions const& options)
        : options_(options), log_(std::cerr, clock_, process_name()), workspace_(common),
          children_(common, process_name(), log_) {
        auto const session = workspace_.read();
        database_.emplace(open_database(session->workspace));
        store::Services(*database_).begin(process_name(), clock_.now());
        children_.want({service::make_lane}, session->workspace.service.workers);
        children_.want({service::deliver_lane}, 1); // slow mail does not keep reports from being made
        log_.info("service started", {{"workspace", session->workspace.root.string()}});
    }

    void run() {
        for (auto sleep = 0ms; true; sleep = std::clamp(step(), 10ms, longest_sleep)) {
            int const signal = signals_.wait(sleep);
            if (signal == SIGTERM || signal == SIGINT) return stop();
        }
    }

private:
    /// Everything there is to do now; returns until when there is nothing.
    std::chrono::milliseconds step() {
        try {
            auto const session = workspace_.read();
            if (!database_) database_.emplace(open_database(session->workspace));
            auto office = office_of(*session, *database_, log_);
            take_back();
            tell_problem(office);
            tell_schedules(office, session);
            auto const now = clock_.now();
            store::Services(*database_).beat(process_name(), now);
            auto const next = service::tick(office);
            children_.start_missing();
            return next ? *next - clock_.now() : longest_sleep;
        } catch (Error const& e) { // the database is away: it may come back
            log_.error("store cannot be used", {{"message", e.to_string()}});
            database_.reset();
            return 1s;
        }
    }

    /// Jobs of workers that are no more.
    void take_back() {
        for (auto const& end : children_.collect()) {
            log_.warning("worker ended", {{"name", end.worker}, {"message", end.how}});
            lost_.push_back(end);
        }
        store::Queue queue(*database_);
        for (; !lost_.empty(); lost_.pop_back()) {
            auto const& end = lost_.back();
            for (auto const& job : queue.abandon(end.worker, "its worker was " + end.how, !end.asked))
                log_.warning("job taken back", {{"job", job.key}, {"name", end.worker}});
        }
        for (auto const& worker : take_back_lost(*database_, log_))
            if (children_.kill(worker)) log_.error("worker killed", {{"name", worker}});
    }

    /// A deckle.toml that has become wrong, once for each problem.
    void tell_problem(service::Office& office) {
        auto const problem = workspace_.problem();
        if (problem == problem_) return;
        problem_ = problem;
        if (problem.empty()) return log_.info("configuration is good again");
        log_.error("configuration is wrong; the last good one goes on", {{"message", problem}});
        (void)service::notices(office).wrong_configuration(problem, clock_.now());
    }

    /// Schedules from which nothing will come, once for each configuration: today, not when they fire.
    void tell_schedules(service::Office& office, std::shared_ptr<Session const> const& session) {
        if (session == checked_) return;
        for (auto const& [schedule, message] : schedule_problems(*session)) {
            log_.error("schedule cannot be made", {{"schedule", schedule}, {"message", message}});
            (void)service::notices(office).wrong_schedule(schedule, message, clock_.now());
        }
        for (auto const& schedule : schedules_of_nobody(session->workspace))
            log_.warning("nobody is told", {{"schedule", schedule}, {"message", "add owner to [delivery]"}});
        checked_ = session;
    }

    /// Workers finish what they are at, within the grace.
    void stop() {
        log_.info("service stops", {{"grace_seconds", std::to_string(options_.grace_seconds)}});
        children_.signal_all(SIGTERM);
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(options_.grace_seconds);
        bool killed = false;
        while (children_.running() > 0) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
            int const signal = signals_.wait(killed ? 100ms : std::clamp(left, 0ms, 100ms));
            bool const now = signal == SIGTERM || signal == SIGINT || left <= 0ms;
            if (now && !killed) {
                log_.warning("workers killed: their jobs are handed back");
                children_.signal_all(SIGKILL);
                killed = true;
            }
            for (auto const& gone : children_.collect()) lost_.push_back(gone);
        }
        try {
            if (!database_) database_.emplace(open_database(workspace_.read()->workspace));
            take_back();
            store::Services(*database_).stop(process_name(), clock_.now());
        } catch (Error const& e) { // the leases run out by themselves
            log_.error("store cannot be used", {{"message", e.to_string()}});
        }
        log_.info("service stopped");
    }

    Signals signals_; // first: what is started later inherits it
    SystemClock clock_;
    ServeOptions options_;
    service::Log log_;
    LiveWorkspace workspace_;
    std::optional<store::Database> database_;
    Children children_;
    std::vector<Children::End> lost_; // whose jobs are not taken back yet
    std::string problem_;
    std::shared_ptr<Session const> checked_; // whose schedules were looked at
};

} // namespace

int serve(Common const& common, ServeOptions const& options) {
    if (!options.no_web) throw Error(ErrorCode::usage, "there is no web page yet: start it with deckle serve --no-web");
    Service(common, options).run();
    return ok;
}

int show_metrics(Common const& common) {
    Counter counter(common);
    std::cout << service::metrics(counter.office);
    return ok;
}

} // namespace deckle::app
