// A job is 'ready', 'leased', 'done' or 'dead'. The token counts up with every lease of a job.
#include "store/queue.hpp"
#include "store/sql.hpp"
#include <algorithm>
#include <Poco/Data/Statement.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Statement;

namespace {

constexpr std::chrono::milliseconds longest_delay = std::chrono::days(2); // of any job: a review lasts a day

}

bool Queue::enqueue(NewJob const& job) {
    return transacted(database_, [&] {
        std::int64_t const run_at = ms(database_.now() + job.delay);
        std::int64_t id = 0;
        Statement s = database_.sql(
            "INSERT INTO jobs (key, lane, run_at, payload) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING "
            "RETURNING id");
        s, bind(job.key), bind(job.lane), bind(run_at), bind(job.payload), into(id);
        for_rows(s, [] {});
        return id != 0;
    });
}

std::vector<Job> Queue::claim(std::string const& worker, std::vector<std::string> const& lanes, std::size_t most,
                              std::chrono::milliseconds lease) {
    return beside(database_, [&] {
        std::vector<Job> claimed;
        std::int64_t const now = ms(database_.now());
        for (auto const& lane : lanes) {
            if (claimed.size() == most) break;
            std::vector<std::pair<std::int64_t, Job>> due; // RETURNING has no order
            Job row;
            std::int64_t run_at = 0;
            row.worker = worker;
            Statement s = database_.sql(
                "WITH due AS MATERIALIZED (SELECT id FROM jobs WHERE state = 'ready' AND lane = ? AND run_at <= ? "
                "ORDER BY run_at, id LIMIT ? FOR UPDATE SKIP LOCKED) "
                "UPDATE jobs SET state = 'leased', attempt = attempt + 1, token = token + 1, worker = ?, "
                "leased_at = ?, lease_until = ? WHERE id IN (SELECT id FROM due) "
                "RETURNING run_at, id, key, lane, payload, token, attempt");
            s, bind(lane), bind(now), bind(static_cast<std::int64_t>(most - claimed.size())), bind(worker), bind(now),
                bind(now + lease.count()), into(run_at), into(row.id), into(row.key), into(row.lane), into(row.payload),
                into(row.token), into(row.attempt);
            for_rows(s, [&] { due.emplace_back(run_at, row); });
            std::ranges::sort(due, {}, [](auto const& d) { return std::pair(d.first, d.second.id); });
            for (auto& [at, job] : due) claimed.push_back(std::move(job));
        }
        return claimed;
    });
}

std::optional<Job> Queue::claim_one(std::string const& worker, std::string const& key,
                                    std::chrono::milliseconds lease) {
    return beside(database_, [&]() -> std::optional<Job> {
        std::int64_t const now = ms(database_.now());
        Job job;
        job.worker = worker;
        Statement s = database_.sql(
            "UPDATE jobs SET state = 'leased', attempt = attempt + 1, token = token + 1, worker = ?, leased_at = ?, "
            "lease_until = ? WHERE key = ? AND state = 'ready' AND run_at <= ? "
            "RETURNING id, key, lane, payload, token, attempt");
        s, bind(worker), bind(now), bind(now + lease.count()), bind(key), bind(now), into(job.id), into(job.key),
            into(job.lane), into(job.payload), into(job.token), into(job.attempt);
        for_rows(s, [] {});
        return job.id == 0 ? std::nullopt : std::optional(job);
    });
}

namespace {

/// Whether the statement, an UPDATE ... RETURNING id with its bindings, changed a row.
bool changed(Statement& s) {
    std::int64_t id = 0;
    s, into(id);
    for_rows(s, [] {});
    return id != 0;
}

} // namespace

bool Queue::renew(Job const& job, std::chrono::milliseconds lease) {
    return beside(database_, [&] {
        std::int64_t const until = ms(database_.now() + lease);
        Statement s = database_.sql(
            "UPDATE jobs SET lease_until = ? WHERE id = ? AND token = ? AND state = 'leased' RETURNING id");
        s, bind(until), bind(job.id), bind(job.token);
        return changed(s);
    });
}

bool Queue::complete(Job const& job) {
    return transacted(database_, [&] {
        std::int64_t const now = ms(database_.now());
        Statement s = database_.sql(
            "UPDATE jobs SET state = 'done', ended = ? WHERE id = ? AND token = ? AND state = 'leased' RETURNING id");
        s, bind(now), bind(job.id), bind(job.token);
        return changed(s);
    });
}

bool Queue::fail(Job const& job, std::string const& reason, std::optional<std::chrono::milliseconds> delay) {
    return transacted(database_, [&] {
        std::int64_t const now = ms(database_.now());
        Statement s =
            database_.sql("UPDATE jobs SET state = ?, reason = ?, run_at = ?, ended = ? WHERE id = ? AND token = ? AND "
                          "state = 'leased' RETURNING id");
        s, bind(std::string(delay ? "ready" : "dead")), bind(reason), bind(delay ? now + delay->count() : now),
            bind(delay ? std::int64_t{0} : now), bind(job.id), bind(job.token);
        return changed(s);
    });
}

bool Queue::give_back(Job const& job) {
    return transacted(database_, [&] {
        Statement s = database_.sql(
            "UPDATE jobs SET state = 'ready', attempt = attempt - 1 WHERE id = ? AND token = ? AND state = 'leased' "
            "RETURNING id");
        s, bind(job.id), bind(job.token);
        return changed(s);
    });
}

std::vector<Job> Queue::reap(int attempts, std::chrono::milliseconds longest) {
    return transacted(database_, [&] {
        std::vector<Job> taken;
        std::int64_t const now = ms(database_.now());
        database_.sql("UPDATE jobs SET run_at = ? WHERE state = 'ready' AND run_at > ?"), bind(now),
            bind(now + longest_delay.count()), Poco::Data::Keywords::now;
        Job row;
        Statement s =
            database_.sql("UPDATE jobs SET state = CASE WHEN attempt >= ? THEN 'dead' ELSE 'ready' END, "
                          "reason = 'its worker, ' || worker || ', has not been heard of', run_at = ?, ended = ? "
                          "WHERE state = 'leased' AND (lease_until < ? OR leased_at > ?) "
                          "RETURNING id, key, lane, payload, token, attempt, worker");
        s, bind(attempts), bind(now), bind(now), bind(now), bind(now + longest.count()), into(row.id), into(row.key),
            into(row.lane), into(row.payload), into(row.token), into(row.attempt), into(row.worker);
        for_rows(s, [&] { taken.push_back(row); });
        return taken;
    });
}

std::vector<Job> Queue::abandon(std::string const& worker, std::string const& reason, bool counts) {
    return transacted(database_, [&] {
        std::vector<Job> taken;
        std::int64_t const now = ms(database_.now());
        Job row;
        row.worker = worker;
        Statement s = database_.sql("UPDATE jobs SET state = 'ready', attempt = attempt - ?, reason = ?, run_at = ? "
                                    "WHERE state = 'leased' AND worker = ? "
                                    "RETURNING id, key, lane, payload, token, attempt");
        s, bind(counts ? 0 : 1), bind(reason), bind(now), bind(worker), into(row.id), into(row.key), into(row.lane),
            into(row.payload), into(row.token), into(row.attempt);
        for_rows(s, [&] { taken.push_back(row); });
        return taken;
    });
}

std::int64_t Queue::depth(std::string const& lane) {
    return guarded(database_, [&] {
        std::int64_t n = 0;
        database_.sql("SELECT count(*) FROM jobs WHERE state IN ('ready', 'leased') AND lane = ?"), bind(lane), into(n),
            now;
        return n;
    });
}

std::vector<DeadJob> Queue::dead() {
    return guarded(database_, [&] {
        std::vector<DeadJob> all;
        DeadJob row;
        std::int64_t died = 0;
        Statement s = database_.sql(
            "SELECT id, key, lane, payload, token, attempt, reason, ended FROM jobs WHERE state = 'dead' ORDER BY id");
        s, into(row.id), into(row.key), into(row.lane), into(row.payload), into(row.token), into(row.attempt),
            into(row.reason), into(died);
        for_rows(s, [&] {
            row.died = at_ms(died);
            all.push_back(row);
        });
        return all;
    });
}

bool Queue::revive(std::string const& key) {
    return transacted(database_, [&] {
        std::int64_t const now = ms(database_.now());
        Statement s = database_.sql(
            "UPDATE jobs SET state = 'ready', attempt = 0, run_at = ?, ended = 0 WHERE key = ? AND state = 'dead' "
            "RETURNING id");
        s, bind(now), bind(key);
        return changed(s);
    });
}

std::int64_t Queue::hurry(std::string const& key_begins) {
    return transacted(database_, [&] {
        std::int64_t const now = ms(database_.now());
        std::int64_t id = 0, n = 0;
        Statement s = database_.sql("UPDATE jobs SET run_at = ? WHERE state = 'ready' AND key >= ? AND key < ? AND "
                                    "run_at > ? RETURNING id");
        s, bind(now), bind(key_begins), bind(key_begins + "~"), bind(now), into(id);
        for_rows(s, [&] { ++n; });
        return n;
    });
}

void Queue::revoke(std::string const& key_begins) {
    transacted(database_, [&] {
        std::int64_t const now_is = ms(database_.now());
        database_.sql(
            "UPDATE jobs SET state = 'done', token = token + 1, ended = ? WHERE state IN ('ready', 'leased') AND "
            "key >= ? AND key < ?"),
            bind(now_is), bind(key_begins), bind(key_begins + "~"), now;
    });
}

void Queue::tidy(std::chrono::milliseconds age) {
    transacted(database_, [&] {
        std::int64_t const before = ms(database_.now() - age);
        database_.sql("UPDATE jobs SET payload = '' WHERE state = 'done' AND ended < ? AND payload <> ''"),
            bind(before), now;
    });
}

} // namespace deckle::store
