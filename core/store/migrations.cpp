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
    };
    return all;
}

} // namespace deckle::store
