#include "app/make_report.hpp"
#include "app/facts.hpp"
#include "app/generator.hpp"
#include "app/modules.hpp"
#include "app/snapshots.hpp"
#include "base/file.hpp"
#include "data/sha256.hpp"
#include "model/export.hpp"
#include <array>
#include <future>
#include <iostream>

namespace deckle::app {

namespace fs = std::filesystem;
using model::Json;

namespace {

data::DatasetSet gather(Workshop& workshop, LoadedReport const& loaded, ReportJob const& job,
                        Diagnostics& diagnostics) {
    auto& [session, store, resources, clock, shared, say] = workshop;
    if (job.again) return datasets_of(store, job.again->id);
    bool const document = loaded.descriptor.is_document;
    auto const wanted = document ? without_facts(loaded.descriptor) : loaded.descriptor;
    data::DatasetSet datasets = shared != nullptr ? shared->load(wanted.datasets, diagnostics)
                                                  : report::load_datasets(session.workspace, session.catalogue, wanted,
                                                                          job.request.now, diagnostics);
    if (document)
        put_facts(datasets, loaded.descriptor, facts_of(session, job.request.as_of, job.request.now, diagnostics),
                  session, job.request.now);
    add_previous(loaded.descriptor, session.catalogue, job.request.as_of, store, datasets);
    return datasets;
}

/// Management's paragraph as it is now, or as it was in the run that is made again.
Json commentary_of(Session const& session, ReportJob const& job, store::Store& store) {
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

std::string json_of(Diagnostics const& diagnostics) {
    Json list = Json::array();
    for (auto const& d : diagnostics.items()) {
        constexpr std::array words = {"note", "warning", "error"};
        Json item = {
            {"severity", words[static_cast<std::size_t>(d.severity)]}, {"code", d.code}, {"message", d.message}};
        if (!d.position.file.empty()) item["file"] = d.position.file;
        if (d.position.line > 0) item["line"] = d.position.line;
        if (d.position.column > 0) item["column"] = d.position.column;
        list.push_back(std::move(item));
    }
    for (auto const& [code, n] : diagnostics.suppressed())
        list.push_back({{"severity", "note"}, {"code", code}, {"message", "and " + std::to_string(n) + " more"}});
    return list.dump(-1, ' ', false, Json::error_handler_t::replace);
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

/// By their keys in deckle.toml.
Json settings_of(data::Workspace const& workspace) {
    auto const& [name, currency, zone, locale, paper, year, week] = workspace.company;
    auto const& [brand, logo, confidentiality] = workspace.theme;
    std::error_code none;
    return {{"company.name", name},
            {"company.currency", currency},
            {"company.zone", zone},
            {"company.locale", locale},
            {"company.paper", paper},
            {"company.fiscal_year_start", year},
            {"company.week_start", week},
            {"theme.brand", brand},
            {"theme.logo", fs::is_regular_file(logo, none) ? data::sha256_hex(read_file(logo)) : ""},
            {"theme.confidentiality", confidentiality}};
}

} // namespace

std::vector<std::string> changed_settings(store::Run const& run, Json const& model, data::Workspace const& workspace) {
    auto before = Json::parse(run.options).value("settings", Json::object());
    if (before.empty() && model.contains("run")) { // a run of before they were recorded: what its pages say
        Json const& said = model.at("run");
        before = {{"company.name", said.value("company", "")},
                  {"company.currency", said.value("currency", "")},
                  {"company.paper", said.value("paper", "")},
                  {"theme.confidentiality", said.value("/theme/confidentiality"_json_pointer, "")}};
    }
    auto const now = settings_of(workspace);
    std::vector<std::string> changed;
    for (auto const& [key, value] : before.items())
        if (now.contains(key) && now.at(key) != value) changed.push_back(key);
    return changed;
}

report::Request plan_request(RunOptions const& options, Instant now) {
    if (!options.correction.empty() && options.revision < 2)
        throw Error(ErrorCode::usage, "--correction is of a corrected issue: add --revision 2");
    report::Request request;
    request.period = report::parse_period(options.period);
    request.as_of = request.period.end;
    if (!options.as_of.empty()) {
        auto const as_of = Date::parse(options.as_of);
        if (!as_of) throw Error(ErrorCode::usage, "--as-of " + options.as_of + ": not a date (YYYY-MM-DD)");
        request.as_of = *as_of;
    }
    request.formats = report::parse_formats(options.formats);
    request.attach = report::parse_attached(options.attach);
    request.pdf_a = options.pdf_a;
    request.revision = options.revision;
    request.correction = options.correction;
    request.now = now;
    request.write_workbook = write_xlsx;
    return request;
}

std::string recorded(RunOptions const& options, data::Workspace const& workspace) {
    Json json{{"formats", options.formats},
              {"attach", options.attach},
              {"pdf_a", options.pdf_a},
              {"settings", settings_of(workspace)}};
    if (!options.correction.empty()) json["correction"] = options.correction;
    return json.dump();
}

RunOptions recorded_options(store::Run const& run) {
    Json const recorded = Json::parse(run.options);
    RunOptions options;
    options.formats = recorded.value("formats", options.formats);
    options.attach = recorded.value("attach", options.attach);
    options.pdf_a = recorded.value("pdf_a", options.pdf_a);
    options.correction = recorded.value("correction", options.correction);
    options.period = run.period;
    options.as_of = run.as_of.to_string();
    options.revision = run.revision;
    return options;
}

ReportJob plan_report(RunOptions const& options, Session const& session, LoadedReport const& loaded,
                      std::optional<store::Run> again, Instant now) {
    ReportJob job;
    RunOptions wanted = options;
    if (again && wanted.period.empty()) {
        wanted.period = again->period;
        if (wanted.as_of.empty()) wanted.as_of = again->as_of.to_string();
    }
    if (wanted.period.empty()) throw Error(ErrorCode::usage, "which period? Add --period 2026-10");
    job.request = plan_request(wanted, again ? again->started : now);

    std::string defaults;
    if (again)
        defaults = again->params;
    else if (auto const it = session.workspace.reports.find(loaded.descriptor.id);
             it != session.workspace.reports.end())
        defaults = it->second;
    job.request.params = report::resolve_params(loaded.descriptor, defaults, parse_settings(options.set));

    job.start.started = now;
    job.start.report = loaded.descriptor.id;
    job.start.plugin_version = loaded.descriptor.version;
    job.start.plugin_hash = data::sha256_hex(read_file(loaded.plugin.plugin().library));
    job.start.period = wanted.period;
    job.start.as_of = job.request.as_of;
    job.start.params = job.request.params.dump();
    job.start.revision = options.revision;
    job.start.started_by = options.started_by.empty() ? account() : options.started_by;
    job.start.options = recorded(options, session.workspace);
    job.again = std::move(again);
    return job;
}

MadeReport make_report(Workshop& workshop, LoadedReport& loaded, ReportJob job, RunOptions const& options,
                       Diagnostics& diagnostics) {
    auto& [session, store, resources, clock, shared, say] = workshop;
    StageClock own; // of this report alone
    job.request.stage = [&](std::string_view stage) {
        own.begin(stage);
        if (options.timings) clock.begin(stage);
    };
    clock.about(job.start.report);
    MadeReport made;
    made.run = store.start(job.start);
    try {
        clock.begin("data");
        own.begin("data");
        auto const datasets = gather(workshop, loaded, job, diagnostics);
        job.request.commentary = commentary_of(session, job, store);
        // Packed while the plugin works.
        auto snapshots = std::async(std::launch::async, [&] { return snapshots_of(datasets); });
        PluginGenerator generator(loaded.plugin, std::chrono::seconds(options.timeout_seconds), say);
        made.result =
            report::run(session.workspace, loaded.descriptor, generator, datasets, job.request, resources, diagnostics);
        if (options.strict && (diagnostics.count(Severity::warning) > 0 || diagnostics.count(Severity::error) > 0))
            throw Error(ErrorCode::failed, "--strict: nothing was written because of the messages above");
        clock.begin("ledger");
        own.begin("ledger");
        made.end = record_of(made.result);
        made.end.snapshots = snapshots.get();
        write_outputs(made.result.outputs, options.out, made.end);
        if (options.out == "-") {
            auto const& printed = made.result.outputs.front();
            made.end.outputs.push_back({"-", printed.format, data::sha256_hex(printed.bytes),
                                        static_cast<std::int64_t>(printed.bytes.size())});
        }
        made.end.finished = SystemClock().now();
        made.end.diagnostics = json_of(diagnostics);
        made.end.timings = own.json();
        record_end(workshop, made.run, made.end);
    } catch (std::exception const& e) {
        if (made.end.finished == Instant{})
            record_failure(store, made.run, message_of(e), json_of(diagnostics), own.json());
        throw;
    }
    return made;
}

Remade remake_report(Workshop& workshop, LoadedReport& loaded, store::Run const& run, Diagnostics& diagnostics) {
    RunOptions const options = recorded_options(run);
    ReportJob job = plan_report(options, workshop.session, loaded, run, run.started);
    auto const datasets = gather(workshop, loaded, job, diagnostics);
    job.request.commentary = commentary_of(workshop.session, job, workshop.store);
    PluginGenerator generator(loaded.plugin, std::chrono::seconds(options.timeout_seconds));
    auto result = report::run(workshop.session.workspace, loaded.descriptor, generator, datasets, job.request,
                              workshop.resources, diagnostics);
    return {std::move(job.request), std::move(result)};
}

void write_outputs(std::vector<report::Output> const& outputs, fs::path const& folder, store::RunEnd& end) {
    if (folder == "-") {
        if (outputs.size() != 1) throw Error(ErrorCode::usage, "--out - takes a single file; choose one with --format");
        std::cout.write(outputs[0].bytes.data(), static_cast<std::streamsize>(outputs[0].bytes.size()));
        return;
    }
    if (outputs.empty()) return;
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

void record_end(Workshop& workshop, std::string const& run, store::RunEnd& end) {
    fs::path const& root = workshop.session.workspace.root;
    auto const written = end.outputs;
    for (auto& output : end.outputs) {
        if (output.path == "-") continue;
        auto const path = fs::absolute(output.path).lexically_normal();
        auto const below = path.lexically_relative(root);
        output.path = (below.empty() || *below.begin() == ".." ? path : below).string();
    }
    workshop.store.finish(run, end);
    end.outputs = written;
}

fs::path place_of(store::Output const& output, data::Workspace const& workspace) {
    return output.path == "-" ? fs::path(output.path) : workspace.root / output.path;
}

void record_failure(store::Store& store, std::string const& run, std::string const& message,
                    std::string const& diagnostics, std::string const& timings) {
    store::RunEnd failure;
    failure.status = store::Status::failed;
    failure.finished = SystemClock().now();
    failure.message = message;
    failure.diagnostics = diagnostics;
    failure.timings = timings;
    store.finish(run, failure);
}

std::string message_of(std::exception const& error) {
    auto const* const known = dynamic_cast<Error const*>(&error);
    return known != nullptr ? known->to_string() : error.what();
}

} // namespace deckle::app
