#include "service/jobs.hpp"
#include "service/attention.hpp"
#include "service/deliver.hpp"
#include "service/make.hpp"
#include "service/notices.hpp"
#include "service/opening.hpp"
#include "service/release.hpp"
#include "service/reminders.hpp"
#include "service/restatements.hpp"

namespace deckle::service {
namespace {

enum class Kind { fire, make, release, deliver, attention, reminders, restate };

Kind kind_of(store::Job const& job) {
    if (job.key.starts_with("fire/")) return Kind::fire;
    if (job.key.starts_with("make/")) return Kind::make;
    if (job.key.starts_with("release/")) return Kind::release;
    if (job.key.starts_with("deliver/")) return Kind::deliver;
    if (job.key.starts_with("attention/")) return Kind::attention;
    if (job.key.starts_with("reminders/")) return Kind::reminders;
    if (job.key.starts_with("restate/")) return Kind::restate;
    throw Error(ErrorCode::data, "the queue holds a job of an unknown kind: " + job.key);
}

/// Tried again a few times; the next day makes up for it.
void fail_daily(Office& office, store::Job const& job, std::string const& reason) {
    auto const again =
        job.attempt < usual_attempts ? std::optional(back_off(office.retry_after, job.attempt)) : std::nullopt;
    office.database.transact([&] {
        if (!store::Queue(office.database).fail(job, reason, again)) return;
        office.log.error("attempt failed", {{"job", job.key}, {"message", reason}});
        if (!again) (void)notices(office).daily_failed(job.key, reason, office.clock.now());
    });
}

} // namespace

std::chrono::milliseconds limit_of(Office& office, store::Job const& job) {
    return kind_of(job) == Kind::make ? make_limit(office, job) : std::chrono::minutes(15);
}

void run_job(Office& office, Press& press, store::Job const& job) {
    switch (kind_of(job)) {
    case Kind::fire:
        return fire(office, job);
    case Kind::make:
        return make_edition(office, press, job);
    case Kind::release:
        return run_release(office, press, job);
    case Kind::deliver:
        return deliver(office, job);
    case Kind::attention:
        return run_attention(office, job);
    case Kind::reminders:
        return run_reminders(office, *office.open_survey(), job);
    case Kind::restate:
        return run_restatements(office, *office.open_survey(), job);
    }
}

void fail_job(Office& office, store::Job const& job, std::string const& reason) {
    switch (kind_of(job)) {
    case Kind::fire:
        return fail_fire(office, job, reason);
    case Kind::make:
        return fail_make(office, job, reason);
    case Kind::release:
        return fail_release(office, job, reason);
    case Kind::deliver:
        return fail_deliver(office, job, reason);
    case Kind::attention:
        return fail_attention(office, job, reason);
    case Kind::reminders:
    case Kind::restate:
        return fail_daily(office, job, reason);
    }
}

} // namespace deckle::service
