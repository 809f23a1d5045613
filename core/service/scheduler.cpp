#include "service/scheduler.hpp"
#include "service/missed.hpp"
#include "service/notices.hpp"
#include "service/opening.hpp"
#include "service/plan.hpp"
#include "service/reminders.hpp"
#include "service/restatements.hpp"
#include <fmt/format.h>
#include <set>

namespace deckle::service {

using schedule::Firing;
using store::EditionState;

namespace {

constexpr std::size_t most_firings = 5000;          // older missed ones are not gone through one by one
constexpr std::chrono::minutes keep_up{5};          // how far `seen` may be behind when nothing fires
constexpr std::chrono::minutes clock_tolerance{10}; // between the services of one store

/// The clock was ahead when the schedule was seen last.
void put_back(Office& office, std::string const& name, Instant seen, Instant now) {
    office.database.transact([&] {
        store::Editions editions(office.database);
        if (!editions.advance(name, seen, now)) return;
        office.log.warning("clock set back",
                           {{"schedule", name}, {"message", "firings were dealt with until " + to_iso(seen)}});
        using enum EditionState;
        for (auto const& e : editions.list(
                 {.schedule = name, .states = {queued, held, waiting, failed, skipped}, .limit = most_firings})) {
            if (e.due <= now || e.trigger == "by hand" || e.trigger == "revision") continue;
            std::string const why = "the clock was ahead: due " + to_iso(e.due);
            (void)editions.step(e.id, {queued, held, waiting, failed, skipped}, {.to = skipped, .note = why}, now);
            office.log.warning("edition set aside", {{"schedule", name}, {"edition", e.id}, {"message", why}});
        }
    });
}

/// Why a firing is not made; empty: it is.
std::string why_not(data::Schedule const& s, store::ScheduleState const& state, Firing const& firing, bool newest,
                    Instant now) {
    if (state.paused) return fmt::format("paused by {}{}", state.by, state.note.empty() ? "" : ": " + state.note);
    if (now - firing.at <= missed_after || s.catch_up == data::CatchUp::all) return "";
    if (s.catch_up == data::CatchUp::once && newest) return "";
    return fmt::format("missed: nothing ran when it was due ({}); catch_up = \"{}\"", to_iso(firing.at),
                       s.catch_up == data::CatchUp::once ? "once" : "skip");
}

void deal_with(Office& office, std::string const& name, data::Schedule const& s, schedule::Schedule const& schedule,
               Instant now) {
    store::Editions editions(office.database);
    auto const state = editions.schedule(name);
    if (!state.seen) {
        if (editions.advance(name, std::nullopt, now)) office.log.info("schedule begins", {{"schedule", name}});
        return;
    }
    if (*state.seen > now + clock_tolerance) return put_back(office, name, *state.seen, now);
    if (*state.seen >= now) return;
    auto const firings = schedule::firings_between(schedule, *state.seen, now, most_firings);
    if (firings.empty() && now - *state.seen < keep_up) return;
    office.database.transact([&] {
        if (!editions.advance(name, *state.seen, now)) return; // another service was quicker
        std::vector<Missed> missed;
        std::set<std::string> made; // periods
        for (auto const& firing : firings) {
            bool const newest = &firing == &firings.back();
            bool const late = now - firing.at > missed_after;
            Due const due{name, edition_period(office.workspace, s, firing.nominal), firing.at,
                          late ? "catch-up" : "schedule", ""};
            std::string const why = why_not(s, state, firing, newest, now);
            bool const opened = why.empty() ? open_due(office, s, due, std::to_string(now.time_since_epoch().count()))
                                            : skip_due(office, s, due, why);
            if (why.empty() && opened) made.insert(due.period);
            if (late && !state.paused && opened) missed.push_back({firing.at, due.period, why.empty(), why});
            if (!opened)
                office.log.info("nothing new to make", {{"schedule", name},
                                                        {"period", due.period},
                                                        {"message", "there is an edition of that period already"}});
        }
        // What the newest makes was not missed, though an older firing of the same period was.
        std::erase_if(missed, [&](Missed const& m) { return !m.made && made.contains(m.period); });
        (void)tell_missed(office, name, missed);
    });
}

} // namespace

std::optional<Instant> tick(Office& office) {
    office.database.commit_to_disk(); // notices are claims; it cannot be asked for inside a transaction
    std::optional<Instant> next;
    Instant const now = office.clock.now();
    for (auto const& [name, s] : office.workspace.schedules) {
        try {
            auto const schedule = schedule_of(office.workspace, s);
            deal_with(office, name, s, schedule, now);
            auto const after = schedule::next_firings(schedule, now, 1);
            if (!after.empty() && (!next || after.front().at < *next)) next = after.front().at;
            if (after.empty()) (void)notices(office).never_again(name, now);
        } catch (Error const& e) { // its file of holidays; the others go on
            if (e.code() == ErrorCode::io) throw;
            if (notices(office).wrong_schedule(name, e.to_string(), now))
                office.log.error("schedule cannot be read", {{"schedule", name}, {"message", e.to_string()}});
        }
    }
    enqueue_reminders(office);
    enqueue_restatements(office);
    return next;
}

} // namespace deckle::service
