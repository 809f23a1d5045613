/// The run ledger: what went into each run and what came out, kept from the first run on.
#pragma once
#include "base/date.hpp"
#include "base/zone.hpp"
#include "data/table.hpp"
#include "store/database.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::store {

enum class Status {
    started, // not finished: still running, or the program died
    ok,
    partial, // made, but rows were rejected
    failed,
    held, // made, but a gate keeps it from being delivered
};
[[nodiscard]] std::string_view to_string(Status status);

/// What is known when a run begins.
struct RunStart {
    std::string report;                      // empty: the run is a pack as a whole
    std::string plugin_version, plugin_hash; // hash of the library, lower-case SHA-256
    std::string period;                      // label, "2026-10"
    Date as_of;
    std::string params = "{}"; // JSON
    int revision = 1;
    Instant started{};
    std::string pack = {};       // "monthly"; empty: the report was made by itself
    std::string pack_run = {};   // id of the run of the pack that a report's run belongs to
    std::string started_by = {}; // an account's name; empty: not known
    std::string options = "{}";  // JSON: what else the bytes depend on (formats, attach, pdf_a)
    /// Empty: to be read. These stand for no period: "comparison" with what was sent, "part" of many, "held" by a gate.
    std::string purpose = {};
};

struct Run : RunStart {
    std::string id;
    std::optional<Instant> finished;
    Status status = Status::started;
    std::string message; // why it failed, is partial or is held
    std::string template_hash, fonts_hash;
};

/// One input. `bytes` is opaque here (data::write_snapshot makes it); equal bytes are stored once.
struct Snapshot {
    std::string dataset;
    std::string source; // JSON: connection, connector, file, fetched
    std::int64_t rows = 0;
    std::string bytes;
};

struct SnapshotInfo {
    std::string dataset, source;
    std::int64_t rows = 0;
    std::string sha256; // of the bytes
};

/// One key figure; `value` is an exact decimal or an ISO date, absent when not available.
struct Figure {
    std::string id;
    int version = 1;
    std::string period;
    std::optional<std::string> value;
    std::string unit;
};

/// A figure in the run that made it.
struct RunFigure {
    Figure figure;
    std::string run;
    Date as_of;
};

struct Output {
    std::string path; // below the workspace relative to it, else absolute; "-" is standard output
    std::string format, sha256;
    std::int64_t size = 0;
};

/// What is known when a run ends.
struct RunEnd {
    Status status = Status::ok; // not `started`
    Instant finished{};
    std::string message;
    std::string template_hash, fonts_hash;
    std::string model; // JSON; empty when there is none
    std::vector<Snapshot> snapshots;
    std::vector<Figure> figures;
    std::vector<Output> outputs;
    std::string diagnostics = "[]", timings = "{}"; // as in RunNotes
};

/// What was odd in a run, and how long it took; JSON.
struct RunNotes {
    std::string diagnostics = "[]"; // [{severity, message, file, line, column}]; file, line and column when known
    std::string gates = "[]";       // [{gate, good, may_become_good, reason}]; empty: nobody asked
    std::string timings = "{}";     // {stage: milliseconds}
};

struct RunFilter {
    std::string report = {}; // empty = all
    std::size_t limit = 50;
    std::string pack_run = {}; // only the runs that belong to this run of a pack
    bool comparisons = false;  // those made for comparison too
};

/// Every function throws Error{io} when the database fails; each that writes is one transaction, or part of the
/// caller's.
class Store {
public:
    explicit Store(Database& database) : database_(database) {}

    /// Records the run as started and returns its id: eight letters and digits that sort by start time.
    std::string start(RunStart const& run);
    /// Everything else, in one transaction. Throws Error{usage} when the run is unknown or already finished.
    void finish(std::string const& id, RunEnd const& end);

    /// Newest first.
    [[nodiscard]] std::vector<Run> runs(RunFilter const& filter);
    /// By id or unique prefix. Throws Error{usage} for none and for several, naming them.
    [[nodiscard]] Run run(std::string const& id_or_prefix);
    /// The runs of a pack's reports that made something, in the pack's order. REQUIRES: a full id.
    [[nodiscard]] std::vector<Run> members(std::string const& pack_run);
    /// The newest run with a report (ok, partial or held; not for comparison) whose as-of date is before `before`.
    [[nodiscard]] std::optional<Run> previous(std::string const& report, Date before);

    /// REQUIRES of the rest: a full id. The model is empty when the run has none.
    [[nodiscard]] std::string model(std::string const& id);
    [[nodiscard]] RunNotes notes(std::string const& id);
    /// Of a run that is finished: what the quality gates said, JSON as in RunNotes. Those that are not `good` keep its
    /// figures, and those of the other runs of its pack, from standing for their period, until a person releases it.
    void set_gates(std::string const& id, std::string const& gates, bool good);
    void release(std::string const& id);
    /// Of the runs for comparison that are older than this one and like it (report, period, day, parameters, revision)
    /// nothing is kept: made every day, they would be most of the ledger.
    void forget_earlier_comparisons(std::string const& id);
    [[nodiscard]] std::vector<SnapshotInfo> snapshots(std::string const& id);
    [[nodiscard]] std::string snapshot_bytes(std::string const& sha256);
    [[nodiscard]] std::vector<Figure> figures(std::string const& id);
    [[nodiscard]] std::vector<Output> outputs(std::string const& id);

    /// One figure of a report through time: of each period the newest run that is ok or partial, not for comparison.
    [[nodiscard]] std::vector<RunFigure> figure_history(std::string const& report, std::string const& figure);

private:
    Database& database_;
};

/// The dataset `figures@previous`: columns id, period, value (decimal, null when not available or no number), unit,
/// as_of. No rows when `run` is absent.
[[nodiscard]] data::Table figures_table(Store& store, std::optional<Run> const& run);

} // namespace deckle::store
