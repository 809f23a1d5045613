// Money and figures are TEXT (SQLite has no decimal type), dates ISO text, moments milliseconds since 1970 in UTC.
// Blobs are stored once by the hash of their bytes; Poco::Data writes one of no bytes as NULL.
#include "store/migrations.hpp"

namespace deckle::store {

std::vector<std::vector<std::string>> const& migrations() {
    static std::vector<std::vector<std::string>> const all = {
        {
            R"sql(CREATE TABLE runs (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, report TEXT NOT NULL,
                plugin_version TEXT NOT NULL, plugin_hash TEXT NOT NULL, period TEXT NOT NULL, as_of TEXT NOT NULL,
                params TEXT NOT NULL, revision INTEGER NOT NULL, started INTEGER NOT NULL, finished INTEGER,
                status TEXT NOT NULL, message TEXT NOT NULL DEFAULT '', template_hash TEXT NOT NULL DEFAULT '',
                fonts_hash TEXT NOT NULL DEFAULT '', model BLOB))sql",
            "CREATE INDEX runs_by_report ON runs (report, as_of, seq)",
            "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, bytes BLOB) WITHOUT ROWID",
            R"sql(CREATE TABLE snapshots (
                run TEXT NOT NULL REFERENCES runs (id), position INTEGER NOT NULL, dataset TEXT NOT NULL,
                source TEXT NOT NULL, row_count INTEGER NOT NULL, sha256 TEXT NOT NULL REFERENCES blobs (sha256),
                PRIMARY KEY (run, position)) WITHOUT ROWID)sql",
            R"sql(CREATE TABLE figures (
                run TEXT NOT NULL REFERENCES runs (id), position INTEGER NOT NULL, figure TEXT NOT NULL,
                version INTEGER NOT NULL, period TEXT NOT NULL, value TEXT, unit TEXT NOT NULL,
                PRIMARY KEY (run, position)) WITHOUT ROWID)sql",
            R"sql(CREATE TABLE outputs (
                run TEXT NOT NULL REFERENCES runs (id), position INTEGER NOT NULL, path TEXT NOT NULL,
                format TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
                PRIMARY KEY (run, position)) WITHOUT ROWID)sql",
        },
        {
            R"sql(CREATE TABLE commentaries (
                report TEXT NOT NULL, period TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
                author TEXT NOT NULL, written INTEGER NOT NULL, PRIMARY KEY (report, period, version)) WITHOUT ROWID)sql",
        },
        {
            // The pack that a run belongs to, and the run of that pack as a whole.
            "ALTER TABLE runs ADD COLUMN pack TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE runs ADD COLUMN pack_run TEXT NOT NULL DEFAULT ''",
        },
        {
            R"sql(CREATE TABLE hand_facts (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, period TEXT NOT NULL, at INTEGER NOT NULL,
                author TEXT NOT NULL, content TEXT NOT NULL))sql",
            "CREATE INDEX hand_facts_by_id ON hand_facts (id, period, seq)",
            "CREATE INDEX figures_by_name ON figures (figure)",
        },
        {
            R"sql(CREATE TABLE drafts (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, report TEXT NOT NULL, title TEXT NOT NULL,
                params TEXT NOT NULL, period TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL,
                version INTEGER NOT NULL, outcome TEXT NOT NULL DEFAULT '{}', submitted TEXT NOT NULL DEFAULT ''))sql",
            R"sql(CREATE TABLE draft_versions (
                draft TEXT NOT NULL REFERENCES drafts (id), version INTEGER NOT NULL, at INTEGER NOT NULL,
                author TEXT NOT NULL, action TEXT NOT NULL, field TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
                PRIMARY KEY (draft, version)) WITHOUT ROWID)sql",
            R"sql(CREATE TABLE draft_texts (
                draft TEXT NOT NULL REFERENCES drafts (id), field TEXT NOT NULL, version INTEGER NOT NULL,
                value TEXT NOT NULL, PRIMARY KEY (draft, field, version)) WITHOUT ROWID)sql",
            R"sql(CREATE TABLE draft_approvals (
                draft TEXT NOT NULL REFERENCES drafts (id), field TEXT NOT NULL, version INTEGER NOT NULL,
                text TEXT NOT NULL, PRIMARY KEY (draft, field, version)) WITHOUT ROWID)sql",
        },
        {
            // Who or what started a run, and what else its bytes depend on: formats, attached files, PDF/A.
            "ALTER TABLE runs ADD COLUMN started_by TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE runs ADD COLUMN options TEXT NOT NULL DEFAULT '{}'",
        },
        {
            // What runs by itself: queue, editions of schedules, deliveries, and the services at work.
            R"sql(CREATE TABLE jobs (
                id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, lane TEXT NOT NULL, run_at INTEGER NOT NULL,
                payload TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'ready', attempt INTEGER NOT NULL DEFAULT 0,
                token INTEGER NOT NULL DEFAULT 0, worker TEXT NOT NULL DEFAULT '', leased_at INTEGER NOT NULL DEFAULT 0,
                lease_until INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0,
                reason TEXT NOT NULL DEFAULT ''))sql",
            "CREATE INDEX jobs_due ON jobs (state, lane, run_at, id)",
            R"sql(CREATE TABLE editions (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, schedule TEXT NOT NULL, period TEXT NOT NULL,
                part TEXT NOT NULL, revision INTEGER NOT NULL, subject TEXT NOT NULL, params TEXT NOT NULL,
                recipients TEXT NOT NULL, started_as TEXT NOT NULL, started_by TEXT NOT NULL, due INTEGER NOT NULL,
                state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', run TEXT NOT NULL DEFAULT '',
                attempts INTEGER NOT NULL DEFAULT 0, release_at INTEGER, changed INTEGER NOT NULL,
                UNIQUE (schedule, period, part, revision)))sql",
            "CREATE INDEX editions_by_state ON editions (state, seq)",
            R"sql(CREATE TABLE edition_events (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, edition TEXT NOT NULL REFERENCES editions (id), at INTEGER NOT NULL,
                state TEXT NOT NULL, author TEXT NOT NULL, note TEXT NOT NULL))sql",
            "CREATE INDEX edition_events_by_edition ON edition_events (edition, seq)",
            R"sql(CREATE TABLE schedules (
                name TEXT PRIMARY KEY, seen INTEGER, paused INTEGER NOT NULL DEFAULT 0, changed INTEGER,
                author TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '') WITHOUT ROWID)sql",
            R"sql(CREATE TABLE deliveries (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, schedule TEXT NOT NULL, period TEXT NOT NULL,
                subject TEXT NOT NULL, revision INTEGER NOT NULL, recipient TEXT NOT NULL, channel TEXT NOT NULL,
                edition TEXT NOT NULL, run TEXT NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL,
                token INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, message_id TEXT NOT NULL,
                answer TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, changed INTEGER NOT NULL,
                UNIQUE (schedule, period, subject, revision, recipient, channel)))sql",
            "CREATE INDEX deliveries_by_edition ON deliveries (edition, seq)",
            "CREATE INDEX deliveries_by_state ON deliveries (state, seq)",
            R"sql(CREATE TABLE delivery_events (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, delivery TEXT NOT NULL REFERENCES deliveries (id), at INTEGER NOT NULL,
                state TEXT NOT NULL, author TEXT NOT NULL, note TEXT NOT NULL))sql",
            "CREATE INDEX delivery_events_by_delivery ON delivery_events (delivery, seq)",
            R"sql(CREATE TABLE services (
                name TEXT PRIMARY KEY, started INTEGER NOT NULL, seen INTEGER NOT NULL, stopped INTEGER) WITHOUT ROWID)sql",
        },
        {
            // Why an edition was asked for; what a run is for; which reminders were given.
            "ALTER TABLE editions ADD COLUMN note TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE runs ADD COLUMN purpose TEXT NOT NULL DEFAULT ''",
            R"sql(CREATE TABLE reminders (
                item TEXT NOT NULL, deadline TEXT NOT NULL, step INTEGER NOT NULL, given INTEGER NOT NULL,
                PRIMARY KEY (item, deadline, step)) WITHOUT ROWID)sql",
        },
        {
            // What was odd in a run, what the quality gates said, and how long it took.
            "ALTER TABLE runs ADD COLUMN diagnostics TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE runs ADD COLUMN gates TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE runs ADD COLUMN timings TEXT NOT NULL DEFAULT '{}'",
        },
        {
            // Whose store it is, of one that several could name.
            "CREATE TABLE store_company (name TEXT PRIMARY KEY) WITHOUT ROWID",
        },
        {
            // What was sent last of a part is asked of each that is made.
            "CREATE INDEX editions_by_part ON editions (schedule, part, seq)",
        },
    };
    return all;
}

} // namespace deckle::store
