#include "service/jobs.hpp"
#include "service/deliver.hpp"
#include "service/make.hpp"
#include "service/opening.hpp"
#include "service/release.hpp"

namespace deckle::service {
namespace {

enum class Kind { fire, make, release, deliver };

Kind kind_of(store::Job const& job) {
    if (job.key.starts_with("fire/")) return Kind::fire;
    if (job.key.starts_with("make/")) return Kind::make;
    if (job.key.starts_with("release/")) return Kind::release;
    if (job.key.starts_with("deliver/")) return Kind::deliver;
    throw Error(ErrorCode::data, "the queue holds a job of an unknown kind: " + job.key);
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
    }
}

} // namespace deckle::service
