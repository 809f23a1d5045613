#include "service/worker.hpp"
#include <cstdlib>
#include <fmt/format.h>

namespace deckle::service {

using Clock_ = std::chrono::steady_clock;

Keeper::Keeper(OpenDatabase open, std::chrono::milliseconds lease, Activity const& activity, Log& log,
               std::function<void()> end)
    : open_(std::move(open)), lease_(lease), activity_(activity), log_(log), end_(std::move(end)),
      thread_([this] { run(); }) {}

Keeper::~Keeper() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Keeper::hold(store::Job const& job, std::chrono::milliseconds limit, Stuck stuck) {
    {
        std::lock_guard const lock(mutex_);
        held_ = Held{job, Clock_::now() + limit, limit, std::move(stuck)};
    }
    changed_.notify_one();
}

void Keeper::let_go() {
    std::lock_guard const lock(mutex_);
    held_.reset();
}

void Keeper::end_process() {
    std::_Exit(exit_stuck);
}

// The mutex is held all the time but while waiting: a job cannot be let go while it is being given up.
void Keeper::run() {
    std::optional<store::Database> database; // opened when first needed: most jobs are done before
    std::unique_lock lock(mutex_);
    auto renewed = Clock_::now();
    std::int64_t known = -1; // the lease that `renewed` is of
    while (!stopping_) {
        if (!held_) {
            changed_.wait(lock);
            continue;
        }
        if (known != held_->job.token + (held_->job.id << 20)) {
            known = held_->job.token + (held_->job.id << 20);
            renewed = Clock_::now();
        }
        auto const wake = std::min(held_->end, renewed + lease_ / 3);
        changed_.wait_until(lock, wake);
        if (!held_ || stopping_ || Clock_::now() < wake) continue;
        if (Clock_::now() >= held_->end) return end_stuck();
        renewed = Clock_::now();
        try {
            if (!database) database.emplace(open_());
            if (!store::Queue(*database).renew(held_->job, lease_))
                log_.warning("lease lost", {{"job", held_->job.key}});
        } catch (std::exception const& e) {
            log_.warning("lease not renewed", {{"job", held_->job.key}, {"message", e.what()}});
            database.reset();
        }
    }
}

void Keeper::end_stuck() {
    auto const at = activity_.text();
    std::string const reason = fmt::format("ended after {} s, its time-out: {}",
                                           std::chrono::duration_cast<std::chrono::seconds>(held_->limit).count(),
                                           at.empty() ? "it is not known where it was stuck" : "stuck in " + at);
    log_.error("job stuck", {{"job", held_->job.key}, {"message", reason}});
    try {
        auto database = open_();
        held_->stuck(database, reason);
    } catch (std::exception const& e) {
        log_.error("not recorded", {{"job", held_->job.key}, {"message", e.what()}});
    }
    end_();
}

namespace {

/// A job that nothing can be done about (its edition is not in the store, its kind is not known) ends, not its worker.
void give_up_or_again(Office& office, store::Job const& job, std::string const& reason) {
    try {
        fail_job(office, job, reason);
    } catch (Error const& e) {
        if (e.code() == ErrorCode::io) throw; // the store is away
        office.log.error("job given up", {{"job", job.key}, {"message", reason + "; " + e.to_string()}});
        (void)store::Queue(office.database).fail(job, reason, std::nullopt);
    }
}

} // namespace

bool Worker::work_one(std::function<std::shared_ptr<Workplace>()> const& open) {
    auto const jobs = store::Queue(database_).claim(settings_.name, settings_.lanes, 1, settings_.lease);
    if (jobs.empty()) return false;
    auto const& job = jobs.front();
    auto const place = open();
    Office office = place->office(database_);
    auto const begun = Clock_::now();
    struct LetGo {
        Keeper& keeper;
        ~LetGo() { keeper.let_go(); }
    } const let_go{keeper_};
    try {
        keeper_.hold(job, limit_of(office, job), [&](store::Database& database, std::string const& reason) {
            Office other = place->office(database);
            fail_job(other, job, reason);
        });
        run_job(office, place->press(), job);
        auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock_::now() - begun);
        log_.info("job ended", {{"job", job.key}, {"ms", std::to_string(took.count())}});
    } catch (LeaseLost const& e) {
        log_.warning("job dropped", {{"job", job.key}, {"message", e.what()}});
    } catch (std::exception const& e) {
        auto const* const known = dynamic_cast<Error const*>(&e);
        give_up_or_again(office, job, known != nullptr ? known->to_string() : e.what());
    }
    return true;
}

} // namespace deckle::service
