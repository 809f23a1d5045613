#include "service/release.hpp"
#include "base/text.hpp"
#include "model/json.hpp"
#include "service/attention.hpp"
#include "service/claims.hpp"
#include "service/closing.hpp"
#include "service/opening.hpp"
#include "store/store.hpp"
#include <fmt/format.h>

namespace deckle::service {

using model::Json;
using enum store::EditionState;

namespace {

/// The step a person asks for. Throws Error{refused} when the edition is in none of the states `from`.
void decide(Office& office, std::string const& id, std::vector<store::EditionState> const& from,
            store::EditionStep const& step, char const* what) {
    store::Editions editions(office.database);
    if (editions.step(id, from, step, office.clock.now())) return;
    auto const e = editions.find(id);
    throw Error(ErrorCode::refused, fmt::format("The edition {} is {}: it cannot be {}", id, to_string(e.state), what));
}

/// True when nothing of the edition has left, or will; else it ends as its other deliveries do. Throws Error{refused}
/// when there is nothing to cancel.
bool cancel_pending(Office& office, store::Edition const& e, std::string const& by, std::string const& note) {
    using enum store::DeliveryState;
    store::Deliveries deliveries(office.database);
    auto const now = office.clock.now();
    bool nothing_left = true, any = false;
    auto const all = deliveries.list({.edition = e.id, .limit = 100'000});
    for (auto const& d : all) {
        if (d.state == pending) {
            deliveries.resolve(d.id, cancelled, by, note, now);
            any = true;
        }
        nothing_left = nothing_left && (d.state == pending || d.state == cancelled);
    }
    if (!all.empty() && !any)
        throw Error(ErrorCode::refused,
                    "The edition " + e.id + " has left as far as it will: see `deckle schedule show " + e.id + "`");
    if (!nothing_left) (void)close_edition(office.database, e.id, now);
    return nothing_left;
}

} // namespace

void enqueue_release(Office& office, std::string const& edition, std::chrono::milliseconds delay) {
    store::Queue queue(office.database);
    queue.revoke("release/" + edition + "/");
    std::string const payload = Json{{"edition", edition}}.dump();
    for (int n = 1;; ++n)
        if (queue.enqueue({fmt::format("release/{}/{}", edition, n), "make", payload,
                           std::max(delay, std::chrono::milliseconds(0))}))
            return;
}

void run_release(Office& office, Press& press, store::Job const& job) {
    store::Editions editions(office.database);
    auto const edition = editions.find(edition_id(job));
    auto const known = office.workspace.schedules.find(edition.schedule);
    if (known == office.workspace.schedules.end())
        throw Error(ErrorCode::usage, "the schedule " + edition.schedule + " is not in deckle.toml any more");
    auto const now = office.clock.now();
    if (edition.state == waiting && edition.release_at && *edition.release_at > now) { // the database's clock is ahead
        if (!store::Queue(office.database).fail(job, "its time has not come", *edition.release_at - now))
            throw LeaseLost(job);
        return;
    }
    bool const due = edition.state == delivering || (edition.state == waiting && edition.release_at);
    if (!due) return office.database.transact([&] { complete(office, job); });
    Product const product = press.made(edition);
    auto const messages = compose_messages(office, known->second, edition, product);
    office.database.transact([&] {
        complete(office, job);
        if (edition.state == waiting &&
            !editions.step(edition.id, {waiting}, {.to = delivering, .note = "nobody stopped it in time"}, now))
            return;
        auto const is = editions.find(edition.id);
        if (is.state != delivering) return; // stopped meanwhile
        claim_messages(office, known->second, is, product.run, messages);
        office.log.info("edition delivering", {{"edition", edition.id}, {"schedule", edition.schedule}});
    });
}

void fail_release(Office& office, store::Job const& job, std::string const& reason) {
    store::Queue queue(office.database);
    store::Editions editions(office.database);
    auto const now = office.clock.now();
    auto const id = edition_id(job);
    bool const again = job.attempt < usual_attempts;
    office.database.transact([&] {
        if (!queue.fail(job, reason, again ? std::optional(back_off(office.retry_after, job.attempt)) : std::nullopt))
            return;
        office.log.error("release failed", {{"edition", id}, {"job", job.key}, {"message", reason}});
        // It is made, so a person can release it again.
        if (again ||
            !editions.step(id, {waiting, delivering}, {.to = held, .note = "it could not leave: " + reason}, now))
            return;
        auto const e = editions.find(id);
        needs_person(office, Need::held, e.schedule, e.period);
    });
}

void release_edition(Office& office, std::string const& edition, std::string const& by, std::string const& note) {
    office.database.transact([&] {
        auto const e = store::Editions(office.database).find(edition);
        if (!office.workspace.schedules.contains(e.schedule))
            throw Error(ErrorCode::refused,
                        fmt::format("The edition {} is of the schedule {}, which is not in deckle.toml any "
                                    "more: add it back under that name, then release it",
                                    e.id, e.schedule));
        if (e.run.empty() && (e.state == held || e.state == failed))
            throw Error(ErrorCode::refused,
                        fmt::format("The edition {} could not be made, so there is nothing to release: {}", e.id,
                                    first_line(e.reason)));
        decide(office, e.id, {held, waiting, failed},
               {.to = delivering, .by = by, .note = note.empty() ? "released" : note}, "released");
        store::Queue(office.database).revoke("make/" + e.id + "/"); // what was looked at leaves, not another one
        if (!e.run.empty()) store::Store(office.database).release(e.run);
        enqueue_release(office, e.id, {});
    });
}

void stop_edition(Office& office, std::string const& edition, std::string const& by, std::string const& note) {
    office.database.transact([&] {
        auto const e = store::Editions(office.database).find(edition);
        store::Queue queue(office.database);
        for (auto const* job : {"make/", "release/"}) queue.revoke(job + e.id + "/"); // also from who is at it
        if (e.state == delivering && !cancel_pending(office, e, by, note)) return;
        decide(office, e.id, {queued, making, held, waiting, failed, delivering},
               {.to = stopped, .by = by, .note = note}, "stopped");
    });
}

} // namespace deckle::service
