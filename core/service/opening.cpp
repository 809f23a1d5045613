#include "service/opening.hpp"
#include "base/nearest.hpp"
#include "model/json.hpp"
#include "service/notices.hpp"
#include "service/parts.hpp"
#include "service/plan.hpp"
#include <fmt/format.h>

namespace deckle::service {

using model::Json;
using store::EditionState;

namespace {

std::string subject_of(data::Schedule const& s) {
    return s.pack.empty() ? "report:" + s.report : "pack:" + s.pack;
}

store::Edition edition_of(data::Schedule const& s, Due const& due, Part const& part) {
    store::Edition e;
    e.schedule = due.schedule;
    e.period = due.period;
    e.part = part.id;
    e.subject = subject_of(s);
    e.params = part.params;
    e.to = Json(part.to).dump();
    e.trigger = due.trigger;
    e.by = due.by;
    e.due = due.at;
    return e;
}

/// One that was put aside because the clock was ahead, and is due now.
bool set_aside(store::Edition const& e) {
    return e.state == EditionState::skipped && e.changed < e.due;
}

bool open_part(Office& office, data::Schedule const& s, Due const& due, Part const& part) {
    store::Editions editions(office.database);
    store::Edition edition = edition_of(s, due, part);
    if (auto const id = editions.open(edition, office.clock.now())) {
        edition.id = *id;
        enqueue_make(office, edition);
        office.log.info("edition opened", {{"schedule", due.schedule},
                                           {"period", due.period},
                                           {"part", part.id},
                                           {"edition", *id},
                                           {"trigger", due.trigger}});
        return true;
    }
    auto const known = editions.of(edition);
    return known && set_aside(*known) && make_again(office, *known, {EditionState::skipped}, "", due.trigger);
}

std::vector<Part> parts_now(Office& office, data::Schedule const& s) {
    return read_parts(office.workspace, office.catalogue, s, office.clock.now());
}

Due due_of(Json const& payload) {
    return {payload.at("schedule"), payload.at("period"), parse_instant(payload.at("at").get<std::string>()).value(),
            payload.at("trigger"), payload.at("by")};
}

void enqueue_fire(Office& office, Due const& due, std::string const& once) {
    Json const payload{{"schedule", due.schedule},
                       {"period", due.period},
                       {"at", to_iso(due.at)},
                       {"trigger", due.trigger},
                       {"by", due.by}};
    (void)store::Queue(office.database)
        .enqueue({.key = fmt::format("fire/{}/{}/{}", due.schedule, to_iso(due.at), once),
                  .lane = "make",
                  .payload = payload.dump()});
}

} // namespace

void enqueue_make(Office& office, store::Edition const& edition, std::chrono::milliseconds delay) {
    store::Queue queue(office.database);
    std::string const payload = Json{{"edition", edition.id}}.dump();
    for (int attempt = edition.attempts + 1;; ++attempt) // a job of that number may have died before it began
        if (queue.enqueue({fmt::format("make/{}/{}", edition.id, attempt), "make", payload, delay})) return;
}

bool make_again(Office& office, store::Edition const& edition, std::vector<EditionState> const& from,
                std::string const& by, std::string const& note) {
    return office.database.transact([&] {
        store::EditionStep const step{.to = EditionState::queued, .by = by, .note = note};
        if (!store::Editions(office.database).step(edition.id, from, step, office.clock.now())) return false;
        enqueue_make(office, edition);
        office.log.info("edition to be made again", {{"schedule", edition.schedule},
                                                     {"period", edition.period},
                                                     {"part", edition.part},
                                                     {"edition", edition.id}});
        return true;
    });
}

bool open_due(Office& office, data::Schedule const& s, Due const& due, std::string const& once) {
    return office.database.transact([&] {
        if (s.each) {
            enqueue_fire(office, due, once);
            return true;
        }
        return open_part(office, s, due, parts_now(office, s).at(0));
    });
}

bool skip_due(Office& office, data::Schedule const& s, Due const& due, std::string const& why) {
    return office.database.transact([&] {
        store::Editions editions(office.database);
        auto const now = office.clock.now();
        auto const id = editions.open(edition_of(s, due, {}), now);
        if (!id) return false;
        (void)editions.step(*id, {EditionState::queued}, {.to = EditionState::skipped, .note = why}, now);
        office.log.warning("edition skipped",
                           {{"schedule", due.schedule}, {"period", due.period}, {"edition", *id}, {"message", why}});
        return true;
    });
}

void fire(Office& office, store::Job const& job) {
    Due const due = due_of(Json::parse(job.payload));
    auto const known = office.workspace.schedules.find(due.schedule);
    bool const each = known != office.workspace.schedules.end() && known->second.each;
    if (!each) throw Error(ErrorCode::usage, "the schedule " + due.schedule + " does not make parts any more");
    auto const parts = parts_now(office, known->second);
    office.database.transact([&] {
        for (Part const& part : parts) (void)open_part(office, known->second, due, part);
        if (parts.empty())
            (void)skip_due(office, known->second, due,
                           fmt::format("the dataset {} has no row to make a report for", known->second.each->dataset));
        complete(office, job);
    });
}

void fail_fire(Office& office, store::Job const& job, std::string const& reason) {
    Due const due = due_of(Json::parse(job.payload));
    auto const known = office.workspace.schedules.find(due.schedule);
    data::Schedule const gone;
    auto const& s = known == office.workspace.schedules.end() ? gone : known->second;
    store::Queue queue(office.database);
    if (known != office.workspace.schedules.end() && job.attempt <= s.retries) {
        (void)queue.fail(job, reason, back_off(office, job.attempt));
        return;
    }
    office.database.transact([&] {
        if (!queue.fail(job, reason, std::nullopt)) return;
        store::Editions editions(office.database);
        auto const now = office.clock.now();
        auto const edition = edition_of(s, due, {});
        (void)editions.open(edition, now);
        auto stands = editions.of(edition).value();
        using enum EditionState;
        if (!editions.step(stands.id, {queued, failed, skipped, stopped}, {.to = failed, .note = reason}, now)) return;
        (void)notices(office).failed(editions.find(stands.id), now);
    });
}

std::optional<store::Edition> run_now(Office& office, Asked const& asked) {
    auto const& s = schedule_named(office.workspace, asked.schedule);
    auto const now = office.clock.now();
    std::string const period =
        asked.period.empty() ? edition_period(office.workspace, s, to_local(now, s.zone).date) : asked.period;
    Due const due{asked.schedule, period, now, "by hand", asked.by};
    if (s.each && asked.part.empty()) {
        enqueue_fire(office, due, "by hand");
        return std::nullopt;
    }
    auto const parts = parts_now(office, s);
    auto const part = std::ranges::find(parts, asked.part, &Part::id);
    if (part == parts.end()) {
        std::vector<std::string> ids;
        for (auto const& p : parts) ids.push_back(p.id);
        auto const like = nearest(asked.part, ids);
        throw Error(ErrorCode::usage, fmt::format("the schedule {} has no part '{}'{}", asked.schedule, asked.part,
                                                  like ? "; did you mean '" + *like + "'?" : ""));
    }
    return office.database.transact([&] {
        using enum EditionState;
        store::Editions editions(office.database);
        if (open_part(office, s, due, *part)) return editions.of(edition_of(s, due, *part));
        auto const newest = editions.newest(asked.schedule, period, asked.part).value();
        auto const refuse = [&](std::string const& why) {
            throw Error(ErrorCode::refused, fmt::format("{}, {}{}: edition {} {}", asked.schedule, period,
                                                        asked.part.empty() ? "" : ", " + asked.part, newest.id, why));
        };
        if (newest.state == queued || newest.state == making) refuse("is being made already");
        if (newest.state == waiting)
            refuse("is made and waits: deckle schedule release " + newest.id + ", or stop it first");
        if (newest.state == delivering || newest.state == done)
            refuse(fmt::format("was sent already; for a corrected one: deckle schedule revise {} --period {}",
                               asked.schedule, period));
        if (!make_again(office, newest, {held, failed, skipped, stopped}, asked.by, "by hand")) refuse("is at work");
        return std::optional(editions.find(newest.id));
    });
}

} // namespace deckle::service
