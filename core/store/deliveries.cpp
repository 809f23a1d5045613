#include "store/deliveries.hpp"
#include "base/hash.hpp"
#include "store/ids.hpp"
#include "store/lookup.hpp"
#include "store/sql.hpp"
#include <fmt/format.h>
#include <Poco/Data/Statement.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Statement;

namespace {

constexpr StateWords<DeliveryState, 6> delivery_words = {{
    {DeliveryState::pending, "pending"},
    {DeliveryState::sending, "sending"},
    {DeliveryState::sent, "sent"},
    {DeliveryState::failed, "failed"},
    {DeliveryState::unknown, "unknown"},
    {DeliveryState::cancelled, "cancelled"},
}};

} // namespace

std::string_view to_string(DeliveryState state) {
    return word_of(delivery_words, state);
}

DeliveryState delivery_state(std::string_view word) {
    return state_of(delivery_words, word, "delivery");
}

// What is claimed must still be claimed after a power cut.
Deliveries::Deliveries(Database& database) : database_(database) {
    database_.commit_to_disk();
}

template <class... Binding>
std::vector<Delivery> Deliveries::select(std::string const& where, Binding const&... bindings) {
    std::vector<Delivery> all;
    Delivery row;
    std::string state;
    std::int64_t created = 0, changed = 0;
    Statement s = database_.sql(
        "SELECT id, schedule, period, subject, revision, recipient, channel, edition, run, content, state, attempts, "
        "message_id, answer, created, changed FROM deliveries " +
        where);
    ((void)(s, bindings), ...);
    s, into(row.id), into(row.schedule), into(row.period), into(row.subject), into(row.revision), into(row.recipient),
        into(row.channel), into(row.edition), into(row.run), into(row.content), into(state), into(row.attempts),
        into(row.message_id), into(row.answer), into(created), into(changed);
    for_rows(s, [&] {
        row.state = delivery_state(state);
        row.created = at_ms(created);
        row.changed = at_ms(changed);
        all.push_back(row);
    });
    return all;
}

std::optional<std::string> Deliveries::claim(Delivery const& d, Instant now_is) {
    return transacted(database_, [&]() -> std::optional<std::string> {
        std::string id = run_id(now_is);
        for (int later = 1; !select("WHERE id = ?", bind(id)).empty(); ++later) id = run_id(now_is, later);
        std::string const identity = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", d.schedule, d.period, d.subject,
                                                 d.revision, d.recipient, d.channel, ms(now_is));
        std::string const message_id = fmt::format("{}.{:016x}@{}", id, hash64(identity), d.message_id);
        std::string const state = "pending";
        std::string claimed;
        Statement s = database_.sql(
            "INSERT INTO deliveries (id, schedule, period, subject, revision, recipient, channel, edition, run, "
            "content, state, message_id, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (schedule, period, subject, revision, recipient, channel) DO NOTHING RETURNING id");
        s, bind(id), bind(d.schedule), bind(d.period), bind(d.subject), bind(d.revision), bind(d.recipient),
            bind(d.channel), bind(d.edition), bind(d.run), bind(d.content), bind(state), bind(message_id),
            bind(ms(now_is)), bind(ms(now_is)), into(claimed);
        for_rows(s, [] {});
        if (claimed.empty()) return std::nullopt;
        record(id, DeliveryState::pending, "", "claimed", now_is);
        return id;
    });
}

std::optional<std::string> Deliveries::renew(Delivery const& d, Instant now_is) {
    return transacted(database_, [&]() -> std::optional<std::string> {
        std::string id;
        Statement s = database_.sql(
            "UPDATE deliveries SET state = 'pending', answer = '', content = ?, edition = ?, run = ?, changed = ? "
            "WHERE schedule = ? AND period = ? AND subject = ? AND revision = ? AND recipient = ? AND channel = ? AND "
            "state = 'cancelled' AND NOT EXISTS (SELECT 1 FROM delivery_events e WHERE e.delivery = deliveries.id AND "
            "e.state IN ('sent', 'unknown')) RETURNING id");
        s, bind(d.content), bind(d.edition), bind(d.run), bind(ms(now_is)), bind(d.schedule), bind(d.period),
            bind(d.subject), bind(d.revision), bind(d.recipient), bind(d.channel), into(id);
        for_rows(s, [] {});
        if (id.empty()) return std::nullopt;
        record(id, DeliveryState::pending, "", "claimed again", now_is);
        return id;
    });
}

Delivery Deliveries::find(std::string const& id) {
    return guarded(database_, [&] {
        return the_one(select("WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 6", bind(id), bind(id + "~")), id,
                       {"delivery", "deliveries", "deckle delivery list"});
    });
}

bool Deliveries::has_told(std::string const& key) {
    return guarded(database_, [&] {
        std::int64_t told = 0;
        database_.sql("SELECT count(*) FROM deliveries WHERE schedule = '' AND period >= ? AND period < ? AND "
                      "state = 'sent'"),
            bind(key), bind(key + "~"), into(told), now;
        return told > 0;
    });
}

std::vector<Delivery> Deliveries::list(DeliveryFilter const& f) {
    return guarded(database_, [&] {
        std::string where = "WHERE (? = '' OR schedule = ?) AND (? = '' OR edition = ?) AND (? = '' OR period = ?)";
        if (!f.states.empty()) where += " AND state IN (" + quoted(f.states) + ")";
        if (!f.notices) where += " AND schedule <> ''";
        return select(where + " ORDER BY seq DESC LIMIT ?", bind(f.schedule), bind(f.schedule), bind(f.edition),
                      bind(f.edition), bind(f.period), bind(f.period), bind(static_cast<std::int64_t>(f.limit)));
    });
}

std::vector<DeliveryEvent> Deliveries::log(std::string const& id) {
    return guarded(database_, [&] {
        std::vector<DeliveryEvent> all;
        DeliveryEvent row;
        std::int64_t at = 0;
        std::string state;
        Statement s =
            database_.sql("SELECT at, state, author, note FROM delivery_events WHERE delivery = ? ORDER BY seq");
        s, bind(id), into(at), into(state), into(row.by), into(row.note);
        for_rows(s, [&] {
            row.at = at_ms(at);
            row.state = delivery_state(state);
            all.push_back(row);
        });
        return all;
    });
}

void Deliveries::record(std::string const& id, DeliveryState state, std::string const& by, std::string const& note,
                        Instant now_is) {
    database_.sql("INSERT INTO delivery_events (delivery, at, state, author, note) VALUES (?, ?, ?, ?, ?)"), bind(id),
        bind(ms(now_is)), bind(std::string(to_string(state))), bind(by), bind(note), now;
}

bool Deliveries::leaving(std::string const& id, std::int64_t token, Instant now_is) {
    return transacted(database_, [&] {
        std::string changed;
        Statement s = database_.sql(
            "UPDATE deliveries SET state = 'sending', token = ?, attempts = attempts + 1, changed = ? WHERE id = ? "
            "AND "
            "state = 'pending' RETURNING id");
        s, bind(token), bind(ms(now_is)), bind(id), into(changed);
        for_rows(s, [] {});
        if (changed.empty()) return false;
        record(id, DeliveryState::sending, "", "", now_is);
        return true;
    });
}

bool Deliveries::settle(std::string const& id, std::int64_t token, DeliveryState state, std::string const& answer,
                        Instant now_is, bool tried) {
    return transacted(database_, [&] {
        std::string const to(to_string(state));
        // By the token that made it leave; what has not left may be given up by anybody.
        std::string from = "state = 'sending' AND token = ?";
        if (state == DeliveryState::sent) from = "state IN ('sending', 'unknown') AND token = ?";
        if (state == DeliveryState::failed || state == DeliveryState::pending)
            from = "(state = 'pending' OR (state = 'sending' AND token = ?))";
        std::string changed;
        Statement s = database_.sql("UPDATE deliveries SET state = ?, answer = ?, changed = ?, attempts = attempts + "
                                    "CASE WHEN state = 'pending' THEN ? ELSE 0 END WHERE id = ? AND " +
                                    from + " RETURNING id");
        s, bind(to), bind(answer), bind(ms(now_is)), bind(tried ? 1 : 0), bind(id), bind(token), into(changed);
        for_rows(s, [] {});
        if (changed.empty()) return false;
        record(id, state, "", answer, now_is);
        return true;
    });
}

bool Deliveries::lost(std::string const& id, std::string const& why, Instant now_is) {
    return transacted(database_, [&] {
        std::string changed;
        Statement s = database_.sql(
            "UPDATE deliveries SET state = 'unknown', answer = ?, changed = ? WHERE id = ? AND state = 'sending' "
            "RETURNING id");
        s, bind(why), bind(ms(now_is)), bind(id), into(changed);
        for_rows(s, [] {});
        if (changed.empty()) return false;
        record(id, DeliveryState::unknown, "", why, now_is);
        return true;
    });
}

void Deliveries::resolve(std::string const& id, DeliveryState to, std::string const& by, std::string const& note,
                         Instant now_is) {
    transacted(database_, [&] {
        using enum DeliveryState;
        auto const found = select("WHERE id = ?", bind(id));
        if (found.empty()) throw Error(ErrorCode::usage, "There is no delivery " + id);
        DeliveryState const from = found.front().state;
        bool const allowed = (from == unknown && (to == sent || to == pending || to == cancelled)) ||
                             (from == failed && (to == pending || to == cancelled)) ||
                             (from == pending && to == cancelled);
        if (!allowed)
            throw Error(ErrorCode::refused,
                        fmt::format("The delivery {} is {}: it cannot become {}", id, to_string(from), to_string(to)));
        database_.sql("UPDATE deliveries SET state = ?, changed = ? WHERE id = ?"), bind(std::string(to_string(to))),
            bind(ms(now_is)), bind(id), now;
        record(id, to, by, note, now_is);
    });
}

} // namespace deckle::store
