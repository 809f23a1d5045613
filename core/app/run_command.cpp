// deckle run: one report, recorded in the ledger, its files written only when all of it worked.
#include "app/generator.hpp"
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "app/session.hpp"
#include "app/snapshots.hpp"
#include "base/file.hpp"
#include "data/sha256.hpp"
#include "model/export.hpp"
#include <algorithm>
#include <ctime>
#include <deque>
#include <exception>
#include <fmt/format.h>
#include <future>
#include <iostream>

namespace deckle::app {
namespace {

namespace fs = std::filesystem;
using model::Json;

/// Wall and processor time of each stage, in the order in which they began first; for --timings.
class StageClock {
public:
    void begin(std::string_view stage) {
        auto const now = Times::now();
        if (current_ != nullptr) current_->second += now - since_;
        since_ = now;
        auto const same = [&](auto const& entry) { return entry.first == stage; };
        auto const known = std::find_if(stages_.begin(), stages_.end(), same);
        current_ = known != stages_.end() ? &*known : &stages_.emplace_back(stage, Times{});
    }
    void print(std::ostream& out) {
        begin("");
        for (auto const& [name, times] : stages_)
            if (!name.empty())
                out << fmt::format("{:<10}{:>9.1f} ms, of it{:>9.1f} ms of processor time in this process\n", name,
                                   times.wall * 1e3, times.processor * 1e3);
    }

private:
    struct Times { // seconds
        double wall = 0, processor = 0;
        static Times now() {
            auto seconds = [](clockid_t clock) {
                timespec t{};
                ::clock_gettime(clock, &t);
                return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
            };
            return {seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
        }
        Times operator-(Times o) const { return {wall - o.wall, processor - o.processor}; }
        void operator+=(Times o) {
            wall += o.wall;
            processor += o.processor;
        }
    };
    std::deque<std::pair<std::string, Times>> stages_; // stays put while current_ points into it
    std::pair<std::string, Times>* current_ = nullptr;
    Times since_;
};

struct Job {
    report::Request request;
    store::RunStart start;
    std::optional<store::Run> again; // --from-snapshot
};

/// What is to be made: from the command line, or from the earlier run with the command line on top.
Job plan(RunOptions const& options, Session const& session, LoadedReport const& loaded,
         std::optional<store::Run> again) {
    Job job;
    std::string period = options.period;
    if (period.empty() && again) period = again->period;
    if (period.empty()) throw Error(ErrorCode::usage, "which period? Add --period 2026-10");
    job.request.period = report::parse_period(period);
    job.request.as_of = job.request.period.end;
    if (again && options.period.empty()) job.request.as_of = again->as_of;
    if (!options.as_of.empty()) {
        auto const as_of = Date::parse(options.as_of);
        if (!as_of) throw Error(ErrorCode::usage, "--as-of " + options.as_of + ": not a date (YYYY-MM-DD)");
        job.request.as_of = *as_of;
    }
    job.request.formats = report::parse_formats(options.formats);
    job.request.attach = report::parse_attached(options.attach);
    job.request.pdf_a = options.pdf_a;
    job.request.revision = options.revision;
    job.start.started = SystemClock().now();
    job.request.now = again ? again->started : job.start.started;

    std::string defaults;
    if (again)
        defaults = again->params;
    else if (auto const it = session.workspace.reports.find(loaded.descriptor.id);
             it != session.workspace.reports.end())
        defaults = it->second;
    job.request.params = report::resolve_params(loaded.descriptor, defaults, parse_settings(options.set));

    job.start.report = loaded.descriptor.id;
    job.start.plugin_version = loaded.descriptor.version;
    job.start.plugin_hash = data::sha256_hex(read_file(loaded.plugin.plugin().library));
    job.start.period = period;
    job.start.as_of = job.request.as_of;
    job.start.params = job.request.params.dump();
    job.start.revision = options.revision;
    job.again = std::move(again);
    return job;
}

data::DatasetSet gather(Session const& session, LoadedReport const& loaded, Job const& job, store::Store& store,
                        Diagnostics& diagnostics) {
    if (job.again) return datasets_of(store, job.again->id);
    data::DatasetSet datasets =
        report::load_datasets(session.workspace, session.catalogue, loaded.descriptor, job.request.now, diagnostics);
    add_previous(loaded.descriptor, session.catalogue, job.request.as_of, store, datasets);
    return datasets;
}

/// Management's paragraph as it is now, or as it was in the run that is made again.
Json commentary_of(Session const& session, Job const& job, store::Store& store) {
    if (job.again) {
        auto const model = Json::parse(store.model(job.again->id), nullptr, false);
        auto const at = Json::json_pointer("/run/commentary");
        return model.is_object() && model.contains(at) ? model.at(at) : Json();
    }
    auto const c = session.open_commentaries().current(job.start.report, job.start.period);
    if (!c) return {};
    Date const day = to_local(c->written, session.workspace.company.zone).date;
    return {{"text", {{"$markdown", c->text}}}, {"author", c->author}, {"date", {{"$date", day.to_string()}}}};
}

store::RunEnd record_of(report::Result const& result) {
    store::RunEnd end;
    end.status = result.partial ? store::Status::partial : store::Status::ok;
    end.template_hash = result.template_hash;
    end.fonts_hash = result.fonts_hash;
    end.model = result.model.dump();
    for (auto const& f : model::figures(result.model))
        end.figures.push_back({f.id, f.version, f.period, f.value, f.unit});
    return end;
}

/// Writes the files; on a failure those already written are removed again.
void write_outputs(std::vector<report::Output> const& outputs, fs::path const& folder, store::RunEnd& end) {
    if (folder == "-") {
        if (outputs.size() != 1) throw Error(ErrorCode::usage, "--out - takes a single file; choose one with --format");
        std::cout.write(outputs[0].bytes.data(), static_cast<std::streamsize>(outputs[0].bytes.size()));
        return;
    }
    fs::create_directories(folder);
    std::vector<fs::path> written;
    try {
        for (auto const& output : outputs) {
            write_file(folder / output.name, output.bytes);
            written.push_back(folder / output.name);
            end.outputs.push_back({(folder / output.name).string(), output.format, data::sha256_hex(output.bytes),
                                   static_cast<std::int64_t>(output.bytes.size())});
        }
    } catch (...) {
        std::error_code ignored;
        for (auto const& path : written) fs::remove(path, ignored);
        throw;
    }
}

void print_answer(Common const& common, RunOptions const& options, std::string const& id, report::Result const& result,
                  store::RunEnd const& end, model::Formatter const& formatter) {
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
    if (options.report.empty() && !again) throw Error(ErrorCode::usage, "which report? See: deckle report list");
    if (again && !options.report.empty() && again->report != options.report)
        throw Error(ErrorCode::usage, "run " + again->id + " made report " + again->report + ", not " + options.report);
    if (not_started) std::rethrow_exception(not_started);
    LoadedReport loaded = started ? std::move(*started) : load_report(session.plugins, again->report);
    Job job = plan(options, session, loaded, std::move(again));
    if (options.timings) job.request.stage = [&](std::string_view stage) { clock.begin(stage); };

    std::string const id = store->start(job.start);
    store::RunEnd end;
    Diagnostics diagnostics;
    try {
        clock.begin("data");
        auto const datasets = gather(session, loaded, job, *store, diagnostics);
        job.request.commentary = commentary_of(session, job, *store);
        // Packed while the plugin works.
        auto snapshots = std::async(std::launch::async, [&] { return snapshots_of(datasets); });
        PluginGenerator generator(loaded.plugin, std::chrono::seconds(options.timeout_seconds));
        report::Resources resources(installation().templates);
        auto const result =
            report::run(session.workspace, loaded.descriptor, generator, datasets, job.request, resources, diagnostics);
        if (options.strict && (diagnostics.count(Severity::warning) > 0 || diagnostics.count(Severity::error) > 0)) {
            print_diagnostics(diagnostics);
            throw Error(ErrorCode::failed, "--strict: nothing was written because of the messages above");
        }
        clock.begin("ledger");
        end = record_of(result);
        end.snapshots = snapshots.get();
        write_outputs(result.outputs, options.out, end);
        end.finished = SystemClock().now();
        store->finish(id, end);
        print_diagnostics(diagnostics);
        print_answer(common, options, id, result, end,
                     model::Formatter(session.workspace.company.locale, session.workspace.company.zone));
        if (options.timings) clock.print(std::cerr);
        return result.partial ? partial : ok;
    } catch (std::exception const& e) {
        if (end.finished == Instant{}) {
            store::RunEnd failure;
            failure.status = store::Status::failed;
            failure.finished = SystemClock().now();
            auto const* const error = dynamic_cast<Error const*>(&e);
            failure.message = error != nullptr ? error->to_string() : e.what();
            store->finish(id, failure);
        }
        throw;
    }
}

} // namespace deckle::app
