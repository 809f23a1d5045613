#include "service/opening.hpp"
#include "base/nearest.hpp"
#include "model/json.hpp"
#include "service/attention.hpp"
#include "service/closing.hpp"
#include "service/parts.hpp"
#include "service/plan.hpp"
#include "store/deliveries.hpp"
#include <algorithm>
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

/// Of an edition that was skipped: it was missed, paused, or put aside because the clock was ahead. One that was made
/// and whose condition was not met stays as it is.
bool may_be_made(store::Edition const& e) {
    return e.state == EditionState::skipped && (e.run.empty() || e.changed < e.due);
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
    if (!known || !may_be_made(*known)) return false;
    edition.id = known->id;
    edition.attempts = known->attempts;
    return make_again(office, edition, {EditionState::skipped}, "", due.trigger);
}

PartList parts_now(Office& office, data::Schedule const& s) {
    return list_parts(office.workspace, office.catalogue, s, office.clock.now());
}

/// The edition of the whole, of which nothing or not everything could be made.
void fail_whole(Office& office, data::Schedule const& s, Due const& due, std::string const& reason) {
    using enum EditionState;
    store::Editions editions(office.database);
    auto const now = office.clock.now();
    auto const edition = edition_of(s, due, {});
    (void)editions.open(edition, now);
    auto const stands = editions.of(edition).value();
    if (editions.step(stands.id, {queued, failed, skipped, stopped}, {.to = failed, .note = reason}, now))
        needs_person(office, Need::failed, due.schedule, due.period);
}

Due due_of(Json const& payload) {
    return {payload.at("schedule"), payload.at("period"), parse_instant(payload.at("at").get<std::string>()).value(),
            payload.at("trigger"), payload.at("by")};
}

/// Of the edition of the whole, which stands for parts that could not be read or were missed: they are made now.
void made_in_parts(Office& office, Due const& due) {
    using enum EditionState;
    store::Editions editions(office.database);
    if (auto const whole = editions.of({due.schedule, due.period, "", 1}))
        (void)editions.step(whole->id, {failed, skipped}, {.to = skipped, .by = due.by, .note = "made in parts"},
                            office.clock.now());
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
    queue.revoke("make/" + edition.id + "/");            // what is made from now on counts, not what began before
    for (int attempt = edition.attempts + 1;; ++attempt) // a job of that number may have died before it began
        if (queue.enqueue({fmt::format("make/{}/{}", edition.id, attempt), "make", payload, delay})) return;
}

std::string edition_id(store::Job const& job) {
    return Json::parse(job.payload).at("edition");
}

bool make_again(Office& office, store::Edition const& edition, std::vector<EditionState> const& from,
                std::string const& by, std::string const& note) {
    return office.database.transact([&] {
        store::EditionStep const step{.to = EditionState::queued,
                                      .by = by,
                                      .note = note,
                                      .params = edition.params,
                                      .recipients = edition.to,
                                      .due = edition.due};
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
        return open_part(office, s, due, parts_now(office, s).good.at(0));
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
    auto const [parts, problems] = parts_now(office, known->second);
    if (parts.empty()) // nobody would get anything: an export that went wrong, more often than not
        throw Error(ErrorCode::data, problems.empty() ? fmt::format("the dataset {} has no row to make a report for",
                                                                    known->second.each->dataset)
                                                      : problems);
    office.database.transact([&] {
        for (Part const& part : parts) (void)open_part(office, known->second, due, part);
        if (problems.empty())
            made_in_parts(office, due);
        else
            fail_whole(office, known->second, due, problems);
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
        (void)queue.fail(job, reason, back_off(office.retry_after, job.attempt));
        return;
    }
    office.database.transact([&] {
        if (queue.fail(job, reason, std::nullopt)) fail_whole(office, s, due, reason);
    });
}

namespace {

struct Request {
    Office& office;
    data::Schedule const& schedule;
    Due due;

    /// Why it is not made, when it is not; else `made` has it.
    std::string make(Part const& part, bool alone, std::vector<store::Edition>& made) {
        using enum EditionState;
        store::Editions editions(office.database);
        auto const take = [&](store::Edition const& e) {
            made.push_back(editions.find(e.id));
            return std::string();
        };
        if (open_part(office, schedule, due, part)) return take(editions.of(edition_of(schedule, due, part)).value());
        auto const newest = editions.newest(due.schedule, due.period, part.id).value();
        if (newest.state == queued || newest.state == making) return "is being made already";
        if (newest.state == waiting)
            return "is made and waits: deckle schedule release " + newest.id + ", or stop it first";
        std::vector<EditionState> from = {held, failed, skipped};
        if (newest.state == delivering || newest.state == done) {
            if (!came_to_nothing(office.database, newest))
                return fmt::format("was sent already; for a corrected one: deckle schedule revise {} --period {}",
                                   due.schedule, due.period);
            cancel_failed(newest);
            from = {delivering, done};
        }
        if (alone) from.push_back(stopped); // among many it stays as somebody decided
        auto again = edition_of(schedule, due, part);
        again.id = newest.id;
        again.attempts = newest.attempts;
        if (newest.state == held) again.due = newest.due; // until it is given up
        if (make_again(office, again, from, due.by, "by hand")) return take(newest);
        return newest.state == stopped ? "was stopped; name it to make it all the same" : "is at work";
    }

private:
    /// What did not arrive is not sent as it was: it is made again.
    void cancel_failed(store::Edition const& e) const {
        store::Deliveries deliveries(office.database);
        for (auto const& d :
             deliveries.list({.edition = e.id, .states = {store::DeliveryState::failed}, .limit = 100'000}))
            deliveries.resolve(d.id, store::DeliveryState::cancelled, due.by, "made again", office.clock.now());
    }
};

Part part_named(std::vector<Part> const& parts, Asked const& asked) {
    auto const part = std::ranges::find(parts, asked.part, &Part::id);
    if (part != parts.end()) return *part;
    std::vector<std::string> ids;
    for (auto const& p : parts) ids.push_back(p.id);
    auto const like = nearest(asked.part, ids);
    throw Error(ErrorCode::usage, fmt::format("the schedule {} has no part '{}'{}", asked.schedule, asked.part,
                                              like ? "; did you mean '" + *like + "'?" : ""));
}

} // namespace

std::vector<store::Edition> run_now(Office& office, Asked const& asked) {
    auto const& s = schedule_named(office.workspace, asked.schedule);
    auto const now = office.clock.now();
    auto const today = to_local(now, s.zone).date;
    std::string const period =
        asked.period.empty() ? edition_period(office.workspace, s, today) : asked_period(asked.period, today);
    bool const all = s.each && asked.part.empty();
    auto [parts, problems] = parts_now(office, s);
    if (!problems.empty() && (all || std::ranges::find(parts, asked.part, &Part::id) == parts.end()))
        throw Error(ErrorCode::data, problems, s.each->position);
    if (!all) parts = {part_named(parts, asked)};
    if (parts.empty())
        throw Error(ErrorCode::refused, fmt::format("the dataset {} has no row to make a report for", s.each->dataset),
                    s.each->position);
    return office.database.transact([&] {
        Request request{office, s, {asked.schedule, period, now, "by hand", asked.by}};
        std::vector<store::Edition> made;
        std::string why;
        for (Part const& part : parts) {
            auto const id = [&] {
                return store::Editions(office.database).newest(asked.schedule, period, part.id).value().id;
            };
            if (auto const not_made = request.make(part, !all, made); !not_made.empty())
                why += fmt::format("{}{}, {}{}: edition {} {}", why.empty() ? "" : "\n", asked.schedule, period,
                                   part.id.empty() ? "" : ", " + part.id, id(), not_made);
        }
        if (made.empty()) throw Error(ErrorCode::refused, why);
        if (all) made_in_parts(office, request.due);
        return made;
    });
}

} // namespace deckle::service
