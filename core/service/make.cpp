#include "service/make.hpp"
#include "model/json.hpp"
#include "service/attention.hpp"
#include "service/claims.hpp"
#include "service/condition.hpp"
#include "service/gates.hpp"
#include "service/opening.hpp"
#include "service/parts.hpp"
#include "service/release.hpp"
#include "service/review.hpp"
#include "store/store.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::service {

using store::Edition;
using store::EditionState;
using enum store::EditionState;

namespace {

/// What is being made: the edition and the schedule as it is now.
struct Task {
    Office& office;
    store::Job const& job;
    Edition edition;
    data::Schedule const& schedule;

    /// From making, with what else belongs to it; the job is completed in the same transaction.
    template <class F>
    void finish(store::EditionStep step, F&& also) {
        office.database.transact([&] {
            complete(office, job);
            bool const mine = store::Editions(office.database).step(edition.id, {making}, step, office.clock.now());
            if (mine) also();
            office.log.info(mine ? "edition " + std::string(to_string(step.to)) : "edition was stopped meanwhile",
                            {{"edition", edition.id},
                             {"schedule", edition.schedule},
                             {"period", edition.period},
                             {"part", edition.part},
                             {"run", step.run.value_or("")},
                             {"message", step.note}});
        });
    }
    void finish(store::EditionStep step) {
        finish(std::move(step), [] {});
    }
    [[nodiscard]] Edition now_is() { return store::Editions(office.database).find(edition.id); }
};

/// As the ledger keeps it.
model::Json json_of(Verdict const& verdict) {
    model::Json list = model::Json::array();
    for (auto const& found : verdict.each)
        list.push_back({{"gate", found.gate},
                        {"good", found.good},
                        {"may_become_good", found.may_become_good},
                        {"reason", found.reason}});
    return list;
}

/// The report models of the edition that was sent last.
std::vector<model::Json> models_sent(store::Database& database, Edition const& edition) {
    std::vector<model::Json> models;
    auto const sent = store::Editions(database).last_sent(edition.schedule, edition.part);
    if (!sent || sent->run.empty()) return models;
    store::Store ledger(database);
    auto const add = [&](std::string const& run) {
        if (auto const model = ledger.model(run); !model.empty()) models.push_back(model::Json::parse(model));
    };
    auto const members = ledger.members(sent->run);
    for (auto const& run : members) add(run.id);
    if (members.empty()) add(sent->run);
    return models;
}

/// What it is made from may be right later: a source that does not answer, an export that is only half written.
bool may_be_read_later(Error const& e) {
    return e.code() == ErrorCode::data || e.code() == ErrorCode::io;
}

/// The first step of making. The schedule may have been corrected since the edition was opened: what is made once more
/// has the parameters and recipients of now. Throws as list_parts, and Error{data} when its row is gone.
store::EditionStep beginning(Office& office, data::Schedule const& schedule, Edition const& edition) {
    store::EditionStep step{.to = making, .attempt = true};
    if (edition.attempts == 0) return step;
    auto const parts = list_parts(office.workspace, office.catalogue, schedule, office.clock.now());
    auto const part = std::ranges::find(parts.good, edition.part, &Part::id);
    if (part == parts.good.end())
        throw Error(ErrorCode::data, parts.problems.empty()
                                         ? fmt::format("the dataset {} has no row '{}' any more",
                                                       schedule.each ? schedule.each->dataset : "", edition.part)
                                         : parts.problems);
    step.params = part->params;
    step.recipients = model::Json(part->to).dump();
    return step;
}

/// A gate keeps it back: made again later while that may help, else for a person to decide.
void hold(Task& task, Product const& product, Verdict const& verdict) {
    auto& office = task.office;
    auto const now = office.clock.now();
    auto const until = task.edition.due + task.schedule.give_up;
    if (verdict.may_become_good && now >= until) {
        std::string const reason = fmt::format("given up after {} attempts: {}", task.edition.attempts, verdict.reason);
        task.finish({.to = failed, .note = reason, .run = product.run},
                    [&] { needs_person(office, Need::failed, task.edition.schedule, task.edition.period); });
        return;
    }
    task.finish({.to = held, .note = verdict.reason, .run = product.run}, [&] {
        if (verdict.may_become_good)
            enqueue_make(office, task.edition, back_off(office.recheck, task.edition.attempts));
        needs_person(office, Need::held, task.edition.schedule, task.edition.period);
    });
}

} // namespace

void make_edition(Office& office, Press& press, store::Job const& job) {
    store::Editions editions(office.database);
    Edition const edition = editions.find(edition_id(job));
    auto const known = office.workspace.schedules.find(edition.schedule);
    if (known == office.workspace.schedules.end())
        throw Error(ErrorCode::usage, "the schedule " + edition.schedule + " is not in deckle.toml any more");
    if (job.attempt > known->second.retries + 1) // its workers died of it
        throw Error(ErrorCode::failed, "each attempt ended its worker; the log of the edition says where");
    std::optional<Error> unread; // why it cannot be made now, after the attempts in a row
    auto const trying = [&](auto const& f) {
        try {
            f();
        } catch (Error const& e) {
            if (!may_be_read_later(e) || job.attempt <= known->second.retries) throw;
            unread = e;
        }
    };
    store::EditionStep first{.to = making, .attempt = true};
    trying([&] { first = beginning(office, known->second, edition); });
    if (!editions.step(edition.id, {queued, held, making}, first, office.clock.now())) { // stopped, or sent meanwhile
        office.database.transact([&] { complete(office, job); });
        return;
    }
    Task task{office, job, editions.find(edition.id), known->second};
    Product product;
    if (!unread) trying([&] { product = press.make(task.edition, task.schedule, job.token); });
    if (unread) return hold(task, {}, {.good = false, .reason = unread->to_string(), .each = {}});
    auto const now = office.clock.now();
    auto const verdict = judge(task.schedule, product, models_sent(office.database, edition), now, task.schedule.zone);
    store::Store(office.database).set_gates(product.run, json_of(verdict).dump(), verdict.good);
    if (!verdict.good) return hold(task, product, verdict);
    // After the gates: whether it is met is not known from bad data.
    if (auto const unmet_by = unmet(task.schedule, product))
        return task.finish({.to = skipped, .note = *unmet_by, .run = product.run});
    if (auto const why = cannot_leave(office, task.schedule, task.edition, product))
        return hold(task, product, {.good = false, .may_become_good = false, .reason = *why, .each = {}});
    if (task.schedule.review.mode == data::Review::Mode::none) {
        auto const messages = compose_messages(office, task.schedule, task.edition, product);
        return task.finish({.to = delivering, .run = product.run},
                           [&] { claim_messages(office, task.schedule, task.now_is(), product.run, messages); });
    }
    auto const release_at = review_until(task.schedule, now);
    task.finish({.to = waiting, .note = "for review", .run = product.run, .release_at = release_at}, [&] {
        if (release_at) enqueue_release(office, edition.id, *release_at - now);
        needs_person(office, Need::waiting, task.edition.schedule, task.edition.period);
    });
}

void fail_make(Office& office, store::Job const& job, std::string const& reason) {
    store::Queue queue(office.database);
    store::Editions editions(office.database);
    auto const now = office.clock.now();
    Edition const edition = editions.find(edition_id(job));
    auto const known = office.workspace.schedules.find(edition.schedule);
    bool const again = known != office.workspace.schedules.end() && job.attempt <= known->second.retries;
    auto const delay = again ? std::optional(back_off(office.retry_after, job.attempt)) : std::nullopt;
    office.database.transact([&] {
        if (!queue.fail(job, reason, delay)) return; // another worker has it
        if (!editions.step(edition.id, {queued, held, making},
                           {.to = again ? queued : failed,
                            .note = reason,
                            .run = again ? std::nullopt : std::optional<std::string>("")},
                           now))
            return;
        office.log.error(again ? "attempt failed" : "edition failed", {{"edition", edition.id},
                                                                       {"schedule", edition.schedule},
                                                                       {"period", edition.period},
                                                                       {"part", edition.part},
                                                                       {"job", job.key},
                                                                       {"message", reason}});
        if (!again) needs_person(office, Need::failed, edition.schedule, edition.period);
    });
}

std::chrono::milliseconds make_limit(Office& office, store::Job const& job) {
    auto const edition = store::Editions(office.database).find(edition_id(job));
    auto const known = office.workspace.schedules.find(edition.schedule);
    return known == office.workspace.schedules.end() ? data::Schedule().timeout : known->second.timeout;
}

} // namespace deckle::service
