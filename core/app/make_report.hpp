/// Makes one report: data, plugin, page and PDF, files and the ledger's entry. By itself or as a part of a pack.
#pragma once
#include "app/output.hpp"
#include "app/session.hpp"
#include "app/stage_clock.hpp"
#include "data/shared.hpp"
#include "report/resources.hpp"

namespace deckle::app {

/// What the reports of one command share.
struct Workshop {
    Session const& session;
    store::Store& store;
    report::Resources& resources;
    StageClock& clock;
    data::SharedDatasets* datasets = nullptr; // null: the report reads its own
    Say say = say_on_terminal;                // what is odd on the way
};

struct ReportJob {
    report::Request request;
    store::RunStart start;
    std::optional<store::Run> again; // made from the data of this earlier run
};

/// Period, dates, formats as the command line has them; `options.period` is not empty. Throws Error{usage}.
[[nodiscard]] report::Request plan_request(RunOptions const& options, Instant now);

/// What the bytes depend on beside data, parameters and dates, for store::RunStart::options: the options, and settings
/// of the workspace.
[[nodiscard]] std::string recorded(RunOptions const& options, data::Workspace const& workspace);
/// The options of a run, with its dates and revision.
[[nodiscard]] RunOptions recorded_options(store::Run const& run);
/// The recorded settings that are others today: "company.locale". Of an older run, `model` being its own, as far as
/// that tells them.
[[nodiscard]] std::vector<std::string> changed_settings(store::Run const& run, model::Json const& model,
                                                        data::Workspace const& workspace);

/// What is to be made: from the command line, or from the earlier run with the command line on top. `now` is when the
/// run starts. Throws Error{usage} for what the command line has wrong.
[[nodiscard]] ReportJob plan_report(RunOptions const& options, Session const& session, LoadedReport const& loaded,
                                    std::optional<store::Run> again, Instant now);

struct MadeReport {
    std::string run; // id in the ledger
    report::Result result;
    store::RunEnd end; // with the files that were written
};

/// Files are written only when all of it worked. On a failure the ledger has its reason and the Error goes on; what was
/// odd on the way is in `diagnostics` in either case.
[[nodiscard]] MadeReport make_report(Workshop& workshop, LoadedReport& loaded, ReportJob job, RunOptions const& options,
                                     Diagnostics& diagnostics);

struct Remade {
    report::Request request;
    report::Result result;
};

/// The outputs of an earlier run made again from its own data, parameters and options; nothing is written or recorded.
/// REQUIRES: `run` is of the report that is loaded.
[[nodiscard]] Remade remake_report(Workshop& workshop, LoadedReport& loaded, store::Run const& run,
                                   Diagnostics& diagnostics);

/// Writes the files into the folder, "-" being standard output, and lists them in `end`; on a failure those already
/// written are removed again.
void write_outputs(std::vector<report::Output> const& outputs, std::filesystem::path const& folder, store::RunEnd& end);
/// The ledger's entry of a run that made something: files inside the workspace by their path in it, so that they are
/// found when it has moved; `end` keeps the paths as they were written.
void record_end(Workshop& workshop, std::string const& run, store::RunEnd& end);
/// Where a recorded file is; "-" when it went to standard output.
[[nodiscard]] std::filesystem::path place_of(store::Output const& output, data::Workspace const& workspace);
/// The ledger's entry of a run that broke off.
/// `diagnostics` and `timings` as in store::RunNotes.
void record_failure(store::Store& store, std::string const& run, std::string const& message,
                    std::string const& diagnostics = "[]", std::string const& timings = "{}");
/// "file:line: message" of an Error, else what() says.
[[nodiscard]] std::string message_of(std::exception const& error);

} // namespace deckle::app
