#include "data/snapshot.hpp"
#include "store/ids.hpp"
#include "store/lookup.hpp"
#include "store/packed.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"
#include <fmt/format.h>

namespace deckle::store {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::BLOB;
using Poco::Data::Statement;

Status status_of(std::string const& text) {
    for (Status const s : {Status::started, Status::ok, Status::partial, Status::failed, Status::held})
        if (to_string(s) == text) return s;
    throw Error(ErrorCode::data, "The run ledger holds the unknown status '" + text + "'");
}

constexpr char const* run_columns =
    "SELECT id, report, plugin_version, plugin_hash, period, as_of, params, revision, started, finished, status, "
    "message, template_hash, fonts_hash, pack, pack_run, started_by, options, purpose FROM runs ";

struct RunRow { // the targets of run_columns
    Run run;
    std::string as_of, status;
    std::int64_t started = 0;
    Nullable<std::int64_t> finished;

    void into_row(Statement& s) {
        s, into(run.id), into(run.report), into(run.plugin_version), into(run.plugin_hash), into(run.period),
            into(as_of), into(run.params), into(run.revision), into(started), into(finished), into(status),
            into(run.message), into(run.template_hash), into(run.fonts_hash), into(run.pack), into(run.pack_run),
            into(run.started_by), into(run.options), into(run.purpose);
    }
    [[nodiscard]] Run value() const {
        Run r = run;
        r.as_of = Date::of(as_of);
        r.status = status_of(status);
        r.started = Instant(std::chrono::milliseconds(started));
        if (!finished.isNull()) r.finished = Instant(std::chrono::milliseconds(finished.value()));
        return r;
    }
};

bool exists(Database& database, std::string const& id) {
    std::int64_t n = 0;
    database.sql("SELECT count(*) FROM runs WHERE id = ?"), bind(id), into(n), now;
    return n != 0;
}

template <class... Binding>
std::vector<Run> select_runs(Database& database, std::string const& where, Binding const&... bindings) {
    std::vector<Run> all;
    RunRow row;
    Statement s = database.sql(run_columns + where);
    ((void)(s, bindings), ...);
    row.into_row(s);
    for_rows(s, [&] { all.push_back(row.value()); });
    return all;
}

void write_snapshots(Database& database, std::string const& id, std::vector<Snapshot> const& snapshots) {
    std::int64_t position = 0;
    for (Snapshot const& snapshot : snapshots) {
        std::string const sha256 = data::sha256_hex(snapshot.bytes);
        database.sql("INSERT INTO blobs (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING"), bind(sha256),
            bind(blob(snapshot.bytes)), now;
        database.sql("INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)"), bind(id), bind(position++),
            bind(snapshot.dataset), bind(snapshot.source), bind(snapshot.rows), bind(sha256), now;
    }
}
void write_figures(Database& database, std::string const& id, std::vector<Figure> const& figures) {
    std::int64_t position = 0;
    for (Figure const& f : figures) {
        Nullable<std::string> value;
        if (f.value) value = *f.value;
        database.sql("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?)"), bind(id), bind(position++), bind(f.id),
            bind(f.version), bind(f.period), bind(value), bind(f.unit), now;
    }
}
void write_outputs(Database& database, std::string const& id, std::vector<Output> const& outputs) {
    std::int64_t position = 0;
    for (Output const& o : outputs)
        database.sql("INSERT INTO outputs VALUES (?, ?, ?, ?, ?, ?)"), bind(id), bind(position++), bind(o.path),
            bind(o.format), bind(o.sha256), bind(o.size), now;
}

} // namespace

std::string Store::start(RunStart const& run) {
    return transacted(database_, [&] {
        std::string id = run_id(run.started);
        for (int later = 1; exists(database_, id); ++later) id = run_id(run.started, later);
        std::string const status(to_string(Status::started));
        database_.sql("INSERT INTO runs (id, report, plugin_version, plugin_hash, period, as_of, params, revision, "
                      "started, status, pack, pack_run, started_by, options, purpose) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            bind(id), bind(run.report), bind(run.plugin_version), bind(run.plugin_hash), bind(run.period),
            bind(run.as_of.to_string()), bind(run.params), bind(run.revision),
            bind(run.started.time_since_epoch().count()), bind(status), bind(run.pack), bind(run.pack_run),
            bind(run.started_by), bind(run.options), bind(run.purpose), now;
        return id;
    });
}

void Store::finish(std::string const& id, RunEnd const& end) {
    transacted(database_, [&] {
        Status const before = run(id).status;
        if (before != Status::started)
            throw Error(ErrorCode::usage, fmt::format("The run {} is already finished ({})", id, to_string(before)));
        Nullable<BLOB> model;
        if (!end.model.empty()) model = blob(pack(end.model));
        database_.sql("UPDATE runs SET finished = ?, status = ?, message = ?, template_hash = ?, fonts_hash = ?, "
                      "model = ?, diagnostics = ?, timings = ? WHERE id = ?"),
            bind(end.finished.time_since_epoch().count()), bind(std::string(to_string(end.status))), bind(end.message),
            bind(end.template_hash), bind(end.fonts_hash), bind(model), bind(end.diagnostics), bind(end.timings),
            bind(id), now;
        write_snapshots(database_, id, end.snapshots);
        write_figures(database_, id, end.figures);
        write_outputs(database_, id, end.outputs);
    });
}

std::vector<Run> Store::runs(RunFilter const& filter) {
    return guarded(database_, [&] {
        return select_runs(
            database_,
            "WHERE (?1 = '' OR report = ?1) AND (?2 = '' OR pack_run = ?2) AND (?3 = 1 OR purpose <> 'comparison') "
            "ORDER BY seq DESC LIMIT ?4",
            bind(filter.report), bind(filter.pack_run), bind(filter.comparisons ? 1 : 0),
            bind(static_cast<std::int64_t>(filter.limit)));
    });
}

Run Store::run(std::string const& id_or_prefix) {
    return guarded(database_, [&] {
        // A range, so that the index on id serves; ids are lower-case letters and digits.
        return the_one(
            select_runs(database_, "WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id DESC LIMIT 6", bind(id_or_prefix)),
            id_or_prefix, {"run", "runs", "deckle runs list"});
    });
}

std::vector<Run> Store::members(std::string const& pack_run) {
    return guarded(database_, [&] {
        return select_runs(database_, "WHERE pack_run = ? AND status IN ('ok', 'partial') ORDER BY seq",
                           bind(pack_run));
    });
}

std::optional<Run> Store::previous(std::string const& report, Date before) {
    return guarded(database_, [&]() -> std::optional<Run> {
        auto found =
            select_runs(database_,
                        "WHERE report = ? AND as_of < ? AND status IN ('ok', 'partial', 'held') AND purpose = '' "
                        "ORDER BY as_of DESC, seq DESC LIMIT 1",
                        bind(report), bind(before.to_string()));
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    });
}

std::string Store::model(std::string const& id) {
    return guarded(database_, [&]() -> std::string {
        Nullable<BLOB> packed;
        database_.sql("SELECT model FROM runs WHERE id = ?"), bind(id), into(packed), now;
        return packed.isNull() ? "" : unpack(bytes_of(packed.value()));
    });
}

RunNotes Store::notes(std::string const& id) {
    return guarded(database_, [&] {
        RunNotes notes;
        database_.sql("SELECT diagnostics, gates, timings FROM runs WHERE id = ?"), bind(id), into(notes.diagnostics),
            into(notes.gates), into(notes.timings), now;
        return notes;
    });
}

void Store::set_gates(std::string const& id, std::string const& gates, bool good) {
    transacted(database_, [&] {
        database_.sql("UPDATE runs SET gates = ? WHERE id = ?"), bind(gates), bind(id), now;
        if (good) return;
        database_.sql("UPDATE runs SET purpose = 'held' WHERE purpose = '' AND (id = ? OR pack_run = ?)"), bind(id),
            bind(id), now;
    });
}

void Store::release(std::string const& id) {
    transacted(database_, [&] {
        database_.sql("UPDATE runs SET purpose = '' WHERE purpose = 'held' AND (id = ? OR pack_run = ?)"), bind(id),
            bind(id), now;
    });
}

void Store::forget_earlier_comparisons(std::string const& id) {
    transacted(database_, [&] {
        std::vector<std::string> earlier;
        std::string row;
        Statement s = database_.sql(
            "SELECT o.id FROM runs o JOIN runs n ON n.id = ? WHERE o.purpose = 'comparison' AND o.seq < n.seq AND "
            "o.report = n.report AND o.period = n.period AND o.as_of = n.as_of AND o.params = n.params AND "
            "o.revision = n.revision AND o.status <> 'started'");
        s, bind(id), into(row);
        for_rows(s, [&] { earlier.push_back(row); });
        for (auto const& old : earlier) {
            for (char const* table : {"figures", "snapshots", "outputs"})
                database_.sql(fmt::format("DELETE FROM {} WHERE run = ?", table)), bind(old), now;
            database_.sql("DELETE FROM runs WHERE id = ? AND purpose = 'comparison'"), bind(old), now;
        }
    });
}

std::vector<SnapshotInfo> Store::snapshots(std::string const& id) {
    return guarded(database_, [&] {
        std::vector<SnapshotInfo> all;
        SnapshotInfo row;
        Statement s =
            database_.sql("SELECT dataset, source, row_count, sha256 FROM snapshots WHERE run = ? ORDER BY position");
        s, bind(id), into(row.dataset), into(row.source), into(row.rows), into(row.sha256);
        for_rows(s, [&] { all.push_back(row); });
        return all;
    });
}

std::string Store::snapshot_bytes(std::string const& sha256) {
    return guarded(database_, [&] {
        Nullable<BLOB> bytes;
        Statement s = database_.sql("SELECT bytes FROM blobs WHERE sha256 = ?");
        s, bind(sha256), into(bytes);
        if (s.execute() == 0) throw Error(ErrorCode::usage, "The run ledger holds no snapshot " + sha256);
        if (bytes.isNull()) return std::string();
        auto found = bytes_of(bytes.value());
        if (data::sha256_hex(found) != sha256)
            throw Error(ErrorCode::data, "The run ledger holds a damaged snapshot " + sha256);
        return found;
    });
}

std::vector<Figure> Store::figures(std::string const& id) {
    return guarded(database_, [&] {
        std::vector<Figure> all;
        Figure row;
        Nullable<std::string> value;
        Statement s =
            database_.sql("SELECT figure, version, period, value, unit FROM figures WHERE run = ? ORDER BY position");
        s, bind(id), into(row.id), into(row.version), into(row.period), into(value), into(row.unit);
        for_rows(s, [&] {
            row.value = value.isNull() ? std::nullopt : std::optional(value.value());
            all.push_back(row);
        });
        return all;
    });
}

std::vector<Output> Store::outputs(std::string const& id) {
    return guarded(database_, [&] {
        std::vector<Output> all;
        Output row;
        Statement s = database_.sql("SELECT path, format, sha256, size FROM outputs WHERE run = ? ORDER BY position");
        s, bind(id), into(row.path), into(row.format), into(row.sha256), into(row.size);
        for_rows(s, [&] { all.push_back(row); });
        return all;
    });
}

std::vector<RunFigure> Store::figure_history(std::string const& report, std::string const& figure) {
    return guarded(database_, [&] {
        std::vector<RunFigure> all;
        RunFigure row;
        Nullable<std::string> value;
        std::string as_of;
        Statement s = database_.sql(
            "SELECT figure, version, period, value, unit, run, as_of FROM (SELECT f.figure, f.version, f.period, "
            "f.value, f.unit, f.run, r.as_of, row_number() OVER (PARTITION BY f.period ORDER BY r.seq DESC, "
            "f.position) "
            "AS place FROM figures f JOIN runs r ON r.id = f.run WHERE f.figure = ? AND r.report = ? AND r.status IN "
            "('ok', 'partial') AND r.purpose = '') AS found WHERE place = 1 ORDER BY period");
        s, bind(figure), bind(report), into(row.figure.id), into(row.figure.version), into(row.figure.period),
            into(value), into(row.figure.unit), into(row.run), into(as_of);
        for_rows(s, [&] {
            row.figure.value = value.isNull() ? std::nullopt : std::optional(value.value());
            row.as_of = Date::of(as_of);
            all.push_back(row);
        });
        return all;
    });
}

} // namespace deckle::store
