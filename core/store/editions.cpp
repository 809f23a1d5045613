#include "store/editions.hpp"
#include "store/ids.hpp"
#include "store/lookup.hpp"
#include "store/sql.hpp"
#include <Poco/Data/Statement.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Statement;

namespace {

constexpr StateWords<EditionState, 9> edition_words = {{
    {EditionState::queued, "queued"},
    {EditionState::making, "making"},
    {EditionState::held, "held"},
    {EditionState::waiting, "waiting"},
    {EditionState::delivering, "delivering"},
    {EditionState::done, "done"},
    {EditionState::failed, "failed"},
    {EditionState::skipped, "skipped"},
    {EditionState::stopped, "stopped"},
}};

} // namespace

std::string_view to_string(EditionState state) {
    return word_of(edition_words, state);
}

EditionState edition_state(std::string_view word) {
    return state_of(edition_words, word, "edition");
}

template <class... Binding>
std::vector<Edition> Editions::select(std::string const& where, Binding const&... bindings) {
    std::vector<Edition> all;
    Edition row;
    std::string state;
    std::int64_t due = 0, changed = 0;
    Nullable<std::int64_t> release_at;
    Statement s = database_.sql(
        "SELECT id, schedule, period, part, revision, subject, params, recipients, started_as, started_by, note, due, "
        "state, "
        "reason, run, attempts, release_at, changed FROM editions " +
        where);
    ((void)(s, bindings), ...);
    s, into(row.id), into(row.schedule), into(row.period), into(row.part), into(row.revision), into(row.subject),
        into(row.params), into(row.to), into(row.trigger), into(row.by), into(row.note), into(due), into(state),
        into(row.reason), into(row.run), into(row.attempts), into(release_at), into(changed);
    for_rows(s, [&] {
        row.due = at_ms(due);
        row.state = edition_state(state);
        row.release_at = at_ms(release_at);
        row.changed = at_ms(changed);
        all.push_back(row);
    });
    return all;
}

std::optional<std::string> Editions::open(Edition const& e, Instant now_is) {
    return transacted(database_, [&]() -> std::optional<std::string> {
        std::string id = run_id(now_is);
        for (int later = 1; !select("WHERE id = ?", bind(id)).empty(); ++later) id = run_id(now_is, later);
        std::string const state = "queued";
        std::string opened;
        Statement s = database_.sql(
            "INSERT INTO editions (id, schedule, period, part, revision, subject, params, recipients, started_as, "
            "started_by, note, due, state, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (schedule, period, part, revision) DO NOTHING RETURNING id");
        s, bind(id), bind(e.schedule), bind(e.period), bind(e.part), bind(e.revision), bind(e.subject), bind(e.params),
            bind(e.to), bind(e.trigger), bind(e.by), bind(e.note), bind(ms(e.due)), bind(state), bind(ms(now_is)),
            into(opened);
        for_rows(s, [] {});
        if (opened.empty()) return std::nullopt;
        database_.sql("INSERT INTO edition_events (edition, at, state, author, note) VALUES (?, ?, ?, ?, ?)"), bind(id),
            bind(ms(now_is)), bind(state), bind(e.by), bind(e.note.empty() ? e.trigger : e.trigger + ": " + e.note),
            now;
        return id;
    });
}

std::optional<Edition> Editions::of(EditionKey const& key) {
    return guarded(database_, [&]() -> std::optional<Edition> {
        auto found = select("WHERE schedule = ? AND period = ? AND part = ? AND revision = ?", bind(key.schedule),
                            bind(key.period), bind(key.part), bind(key.revision));
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    });
}

Edition Editions::find(std::string const& id) {
    return guarded(database_, [&] {
        return the_one(select("WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 6", bind(id), bind(id + "~")), id,
                       {"edition", "editions", "deckle schedule editions"});
    });
}

std::optional<Edition> Editions::newest(std::string const& schedule, std::string const& period,
                                        std::string const& part) {
    return guarded(database_, [&]() -> std::optional<Edition> {
        auto found = select("WHERE schedule = ? AND period = ? AND part = ? ORDER BY revision DESC LIMIT 1",
                            bind(schedule), bind(period), bind(part));
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    });
}

std::optional<Edition> Editions::last_sent(std::string const& schedule, std::string const& part) {
    return guarded(database_, [&]() -> std::optional<Edition> {
        auto found = select("WHERE schedule = ? AND part = ? AND state IN (" +
                                quoted(std::vector{EditionState::delivering, EditionState::done}) +
                                ") ORDER BY seq DESC LIMIT 1",
                            bind(schedule), bind(part));
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    });
}

std::optional<Instant> Editions::first_due(std::string const& schedule) {
    return guarded(database_, [&] {
        Nullable<std::int64_t> due;
        database_.sql("SELECT min(due) FROM editions WHERE schedule = ?"), bind(schedule), into(due), now;
        return at_ms(due);
    });
}

std::vector<Edition> Editions::list(EditionFilter const& filter) {
    return guarded(database_, [&] {
        std::string where = "WHERE (? = '' OR schedule = ?) AND (? = '' OR period = ?)";
        if (!filter.states.empty()) where += " AND state IN (" + quoted(filter.states) + ")";
        return select(where + " ORDER BY seq DESC LIMIT ?", bind(filter.schedule), bind(filter.schedule),
                      bind(filter.period), bind(filter.period), bind(static_cast<std::int64_t>(filter.limit)));
    });
}

bool Editions::step(std::string const& id, std::vector<EditionState> const& from, EditionStep const& step,
                    Instant now_is) {
    return transacted(database_, [&] {
        std::string const state(to_string(step.to));
        std::string changed;
        Statement s =
            database_.sql("UPDATE editions SET state = ?, reason = ?, run = CASE WHEN ? = 1 THEN ? ELSE run END, "
                          "attempts = attempts + ?, release_at = ?, changed = ?, params = coalesce(?, params), "
                          "recipients = coalesce(?, recipients), due = coalesce(?, due) WHERE id = ? AND state IN (" +
                          quoted(from) + ") RETURNING id");
        auto const text = [](std::optional<std::string> const& value) {
            return value ? Nullable<std::string>(*value) : Nullable<std::string>();
        };
        auto const params = text(step.params), recipients = text(step.recipients);
        s, bind(state), bind(step.note), bind(step.run ? 1 : 0), bind(step.run.value_or("")),
            bind(step.attempt ? 1 : 0), bind(ms(step.release_at)), bind(ms(now_is)), bind(params), bind(recipients),
            bind(ms(step.due)), bind(id), into(changed);
        for_rows(s, [] {});
        if (changed.empty()) return false;
        database_.sql("INSERT INTO edition_events (edition, at, state, author, note) VALUES (?, ?, ?, ?, ?)"), bind(id),
            bind(ms(now_is)), bind(state), bind(step.by), bind(step.note), now;
        return true;
    });
}

std::vector<EditionEvent> Editions::log(std::string const& id) {
    return guarded(database_, [&] {
        std::vector<EditionEvent> all;
        EditionEvent row;
        std::int64_t at = 0;
        std::string state;
        Statement s =
            database_.sql("SELECT at, state, author, note FROM edition_events WHERE edition = ? ORDER BY seq");
        s, bind(id), into(at), into(state), into(row.by), into(row.note);
        for_rows(s, [&] {
            row.at = at_ms(at);
            row.state = edition_state(state);
            all.push_back(row);
        });
        return all;
    });
}

ScheduleState Editions::schedule(std::string const& name) {
    return guarded(database_, [&] {
        ScheduleState state;
        Nullable<std::int64_t> seen, changed;
        int paused = 0;
        Statement s = database_.sql("SELECT seen, paused, changed, author, note FROM schedules WHERE name = ?");
        s, bind(name), into(seen), into(paused), into(changed), into(state.by), into(state.note);
        for_rows(s, [] {});
        state.seen = at_ms(seen);
        state.paused = paused != 0;
        state.changed = at_ms(changed);
        return state;
    });
}

bool Editions::advance(std::string const& name, std::optional<Instant> before, Instant to) {
    return transacted(database_, [&] {
        database_.sql("INSERT INTO schedules (name) VALUES (?) ON CONFLICT (name) DO NOTHING"), bind(name), now;
        std::string changed;
        Statement s =
            database_.sql("UPDATE schedules SET seen = ? WHERE name = ? AND coalesce(seen, -1) = ? RETURNING name");
        s, bind(ms(to)), bind(name), bind(before ? ms(*before) : std::int64_t{-1}), into(changed);
        for_rows(s, [] {});
        return !changed.empty();
    });
}

void Editions::pause(std::string const& name, bool paused, std::string const& by, std::string const& note,
                     Instant now_is) {
    transacted(database_, [&] {
        database_.sql("INSERT INTO schedules (name) VALUES (?) ON CONFLICT (name) DO NOTHING"), bind(name), now;
        database_.sql("UPDATE schedules SET paused = ?, changed = ?, author = ?, note = ? WHERE name = ?"),
            bind(paused ? 1 : 0), bind(ms(now_is)), bind(by), bind(note), bind(name), now;
    });
}

} // namespace deckle::store
