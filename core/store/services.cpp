#include "store/services.hpp"
#include "store/sql.hpp"
#include <Poco/Data/Statement.h>

namespace deckle::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Statement;

void Services::begin(std::string const& name, Instant now_is) {
    transacted(database_, [&] {
        database_.sql("DELETE FROM services WHERE seen < ?"), bind(ms(now_is - std::chrono::days(365))), now;
        beat(name, now_is);
    });
}

void Services::beat(std::string const& name, Instant now_is) {
    transacted(database_, [&] {
        database_.sql("INSERT INTO services (name, started, seen) VALUES (?, ?, ?) "
                      "ON CONFLICT (name) DO UPDATE SET seen = ?, stopped = NULL"),
            bind(name), bind(ms(now_is)), bind(ms(now_is)), bind(ms(now_is)), now;
    });
}

void Services::stop(std::string const& name, Instant now_is) {
    transacted(database_, [&] {
        database_.sql("UPDATE services SET seen = ?, stopped = ? WHERE name = ?"), bind(ms(now_is)), bind(ms(now_is)),
            bind(name), now;
    });
}

std::vector<ServiceBeat> Services::list() {
    return guarded(database_, [&] {
        std::vector<ServiceBeat> all;
        ServiceBeat row;
        std::int64_t started = 0, seen = 0;
        Nullable<std::int64_t> stopped;
        Statement s = database_.sql("SELECT name, started, seen, stopped FROM services ORDER BY seen DESC");
        s, into(row.name), into(started), into(seen), into(stopped);
        for_rows(s, [&] {
            row.started = at_ms(started);
            row.seen = at_ms(seen);
            row.stopped = at_ms(stopped);
            all.push_back(row);
        });
        return all;
    });
}

std::vector<Count> Services::count(std::string const& sql) {
    return guarded(database_, [&] {
        std::vector<Count> all;
        Count row;
        Statement s = database_.sql(sql);
        s, into(row.what), into(row.state), into(row.n);
        for_rows(s, [&] { all.push_back(row); });
        return all;
    });
}

std::vector<Count> Services::jobs() {
    return count("SELECT lane, state, count(*) FROM jobs WHERE state <> 'done' GROUP BY lane, state ORDER BY 1, 2");
}

std::vector<Count> Services::editions() {
    return count("SELECT '', state, count(*) FROM editions GROUP BY state ORDER BY 2");
}

std::vector<Count> Services::deliveries() {
    return count("SELECT channel, state, count(*) FROM deliveries GROUP BY channel, state ORDER BY 1, 2");
}

std::optional<std::chrono::milliseconds> Services::oldest_wait() {
    return guarded(database_, [&]() -> std::optional<std::chrono::milliseconds> {
        Instant const now_is = database_.now();
        Nullable<std::int64_t> oldest;
        database_.sql("SELECT min(run_at) FROM jobs WHERE state = 'ready' AND run_at <= ?"), bind(ms(now_is)),
            into(oldest), now;
        if (oldest.isNull()) return std::nullopt;
        return now_is - at_ms(oldest.value());
    });
}

} // namespace deckle::store
