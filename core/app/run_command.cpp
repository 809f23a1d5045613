// deckle run REPORT: one report, recorded in the ledger, its files written only when all of it worked.
#include "app/make_report.hpp"
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include <exception>
#include <future>
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;

void print_answer(Common const& common, RunOptions const& options, MadeReport const& made,
                  model::Formatter const& formatter) {
    auto const& [id, result, end] = made;
    if (common.json) {
        Json outputs = Json::array();
        for (auto const& o : end.outputs)
            outputs.push_back({{"path", o.path}, {"format", o.format}, {"sha256", o.sha256}, {"bytes", o.size}});
        Json const answer{{"run", id},
                          {"status", store::to_string(end.status)},
                          {"title", formatter.text(result.model.at("title"))},
                          {"pages", result.pages},
                          {"rows_read", result.model.at("run").at("rows_read")},
                          {"rows_rejected", result.model.at("run").at("rows_rejected")},
                          {"outputs", outputs}};
        std::cout << answer.dump(2) << "\n";
        return;
    }
    if (options.out != "-")
        for (auto const& o : end.outputs) std::cout << o.path << "\n";
    std::cerr << "Run " << id << ": " << formatter.text(result.model.at("title")) << "\n";
}

} // namespace

int run_report(Common const& common, RunOptions const& options) {
    StageClock clock;
    clock.begin("start");
    // The plugin's process starts while the workspace is read. What is wrong with the workspace is told first.
    auto reading = std::async(std::launch::async, [&] { return Session(common); });
    std::optional<LoadedReport> started;
    std::exception_ptr not_started;
    if (!options.report.empty()) {
        try {
            started = load_report(open_plugins(common), options.report);
        } catch (...) {
            not_started = std::current_exception();
        }
    }
    Session const session = reading.get();
    auto const store = session.open_store();
    std::optional<store::Run> again;
    if (!options.from_snapshot.empty()) again = store->run(options.from_snapshot);
    if (again && again->report.empty())
        throw Error(ErrorCode::usage, "run " + again->id +
                                          " is a pack; its reports have runs of their own: deckle runs show " +
                                          again->id);
    if (options.report.empty() && !again) throw Error(ErrorCode::usage, "which report? See: deckle report list");
    if (again && !options.report.empty() && again->report != options.report)
        throw Error(ErrorCode::usage, "run " + again->id + " made report " + again->report + ", not " + options.report);
    if (not_started) std::rethrow_exception(not_started);
    LoadedReport loaded = started ? std::move(*started) : load_report(session.plugins, again->report);
    ReportJob job = plan_report(options, session, loaded, std::move(again), SystemClock().now());
    report::Resources resources(installation().templates);
    Workshop workshop{session, *store, resources, clock};
    Diagnostics diagnostics;
    auto const made = [&] {
        try {
            return make_report(workshop, loaded, std::move(job), options, diagnostics);
        } catch (...) {
            print_diagnostics(diagnostics);
            throw;
        }
    }();
    print_diagnostics(diagnostics);
    print_answer(common, options, made,
                 model::Formatter(session.workspace.company.locale, session.workspace.company.zone));
    if (options.timings) clock.print(std::cerr);
    return made.result.partial ? partial : ok;
}

} // namespace deckle::app
