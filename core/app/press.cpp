#include "app/press.hpp"
#include "app/make_pack.hpp"
#include "app/resources.hpp"
#include "base/file.hpp"
#include "data/sha256.hpp"
#include "service/plan.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::app {

namespace fs = std::filesystem;
using model::Json;
using service::Product;

namespace {

/// "pack:monthly" -> "pack", "monthly"
std::pair<std::string, std::string> kind_and_name(std::string const& subject) {
    auto const colon = subject.find(':');
    return {subject.substr(0, colon), colon == std::string::npos ? "" : subject.substr(colon + 1)};
}

RunOptions options_of(store::Edition const& edition, data::Schedule const& schedule) {
    RunOptions options;
    auto const [kind, name] = kind_and_name(edition.subject);
    (kind == "pack" ? options.pack : options.report) = name;
    auto const [period, as_of] = service::split_period(edition.period);
    options.period = period;
    options.as_of = as_of;
    options.formats = "pdf";
    options.revision = edition.revision;
    if (edition.revision > 1) options.correction = edition.note;
    options.started_by = edition.by.empty() ? "schedule " + edition.schedule : edition.by;
    options.timeout_seconds =
        static_cast<int>(std::min<std::int64_t>(options.timeout_seconds, schedule.timeout.count()));
    options.timings = true; // so that each stage is known as it begins
    for (auto const& [parameter, value] : schedule.set) options.set.push_back(parameter + "=" + value);
    Json const own = Json::parse(edition.params);
    for (auto const& [parameter, value] : own.items()) // these count more
        options.set.push_back(parameter + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    return options;
}

} // namespace

Product ReportPress::make(store::Edition const& edition, data::Schedule const& schedule, std::int64_t token) {
    resources_.forget_templates();
    RunOptions options = options_of(edition, schedule);
    auto const& workspace = session_.workspace;
    fs::path const folder = workspace.root / ".deckle" / "artifacts" / edition.id;
    options.out = folder / fmt::format("{}.{}", edition.attempts, token);
    StageClock clock([&](std::string_view stage, std::string const& about) {
        activity_.set(fmt::format("{} of {}", stage, about));
    });
    Instant const now = SystemClock().now();
    data::SharedDatasets datasets(workspace, session_.catalogue, now);
    Workshop workshop{
        session_, store_, resources_, clock, options.pack.empty() ? nullptr : &datasets, [&](std::string const& line) {
            log_.warning("odd", {{"edition", edition.id}, {"message", line}});
        }};
    Product product;
    store::RunEnd end;
    // One of many: its figures are not the company's, so no later run and no fact takes them for these.
    std::string const purpose = edition.part.empty() ? "" : "part";
    if (options.pack.empty()) {
        auto loaded = load_report(session_.plugins, options.report);
        ReportJob job = plan_report(options, session_, loaded, {}, now);
        job.start.purpose = purpose;
        Diagnostics diagnostics;
        auto made = make_report(workshop, loaded, std::move(job), options, diagnostics);
        for (auto const& line : lines_of(diagnostics)) workshop.say(line);
        product.run = made.run;
        product.runs = {made.run};
        product.models.push_back(std::move(made.result.model));
        end = std::move(made.end);
    } else {
        auto made = make_pack(workshop, options, "html", now, purpose);
        product.run = made.run;
        for (auto& member : made.members) {
            if (!member.problem.empty()) continue;
            product.runs.push_back(member.run);
            product.models.push_back(std::move(member.model));
        }
        end = std::move(made.end);
    }
    product.status = end.status;
    product.message = end.message;
    activity_.set("writing to the disk");
    for (auto const& output : end.outputs) {
        if (output.format != "pdf") continue;
        keep_on_disk(output.path);
        product.files.push_back({output.path, fs::path(output.path).filename().string(), "application/pdf",
                                 output.sha256, output.size, options.report});
    }
    for (auto const& f : {options.out, folder, folder.parent_path()}) keep_on_disk(f);
    activity_.set("");
    return product;
}

Product ReportPress::made(store::Edition const& edition) {
    if (edition.run.empty()) throw Error(ErrorCode::usage, "the edition " + edition.id + " was never made");
    store::Run const run = store_.run(edition.run);
    Product product;
    product.run = run.id;
    product.status = run.status;
    product.message = run.message;
    auto const add = [&](std::string const& id) {
        product.runs.push_back(id);
        product.models.push_back(model::parse_json(store_.model(id), "model of run " + id));
    };
    if (run.report.empty()) {
        for (auto const& member : store_.members(run.id)) add(member.id);
    } else {
        add(run.id);
    }
    for (auto const& output : store_.outputs(run.id)) {
        if (output.format != "pdf") continue;
        auto const path = place_of(output, session_.workspace);
        if (data::sha256_hex(read_file(path)) != output.sha256)
            throw Error(ErrorCode::io, path.string() + " is not as it was made: make the edition again");
        product.files.push_back(
            {path, path.filename().string(), "application/pdf", output.sha256, output.size, run.report});
    }
    return product;
}

} // namespace deckle::app
