#include "app/survey.hpp"
#include "app/facts.hpp"
#include "app/generator.hpp"
#include "app/make_report.hpp"
#include "app/resources.hpp"
#include "app/snapshots.hpp"
#include "drafts/document.hpp"
#include "model/export.hpp"
#include <algorithm>

namespace deckle::app {

using model::Json;

namespace {

void say_nothing(std::string const& /*line*/) {}

/// The model and the plugin's own files; no page is drawn.
report::Result generated(Session const& session, LoadedReport& loaded, ReportJob& job, Diagnostics& diagnostics) {
    auto const& descriptor = loaded.descriptor;
    auto const now = job.request.now;
    job.request.formats.clear();
    auto datasets = report::load_datasets(session.workspace, session.catalogue, descriptor, now, diagnostics);
    auto const store = session.open_store();
    add_previous(descriptor, session.catalogue, job.request.as_of, *store, datasets);
    PluginGenerator generator(loaded.plugin, plugin_time, say_nothing);
    report::Resources resources(installation().templates);
    return report::run(session.workspace, descriptor, generator, datasets, job.request, resources, diagnostics);
}

} // namespace

std::vector<service::DraftProgress> WorkspaceSurvey::drafts() {
    store::Drafts drafts(session_.database());
    auto const all = drafts.all();
    if (all.empty()) return {};
    Instant const now = SystemClock().now();
    Date const today = day_of("", session_, "--as-of");
    Diagnostics diagnostics;
    auto const facts = facts_of(session_, today, now, diagnostics);
    model::Formatter const formatter(session_.workspace.company.locale, session_.workspace.company.zone);
    facts::Context const context{facts, freshness_of(session_, today), formatter};
    std::vector<service::DraftProgress> progress;
    for (auto const& draft : all) {
        drafts::Document const document(draft, drafts.texts(draft.id), drafts.approvals(draft.id), context);
        auto const& parts = document.parts();
        auto const approved = std::ranges::count_if(parts, [](auto const& part) { return part.second.approved; });
        progress.push_back({draft.id, draft.report, draft.state, Json::parse(draft.params),
                            static_cast<std::size_t>(approved), parts.size()});
    }
    return progress;
}

std::optional<std::string> WorkspaceSurvey::calendar(std::string const& id) {
    auto loaded = load_report(session_.plugins, id);
    for (auto const& dataset : loaded.descriptor.datasets)
        if (dataset.required && !session_.workspace.datasets.contains(dataset.name)) return std::nullopt;
    Date const today = day_of("", session_, "--as-of");
    RunOptions options;
    options.period = today.to_string().substr(0, 7);
    options.as_of = today.to_string();
    ReportJob job = plan_report(options, session_, loaded, {}, SystemClock().now());
    Diagnostics diagnostics;
    auto const made = generated(session_, loaded, job, diagnostics);
    auto const file = std::ranges::find_if(made.outputs, [](auto const& o) { return o.name.ends_with(".ics"); });
    return file == made.outputs.end() ? std::nullopt : std::optional(file->bytes);
}

std::vector<store::Figure> WorkspaceSurvey::run_again(store::Run const& sent) {
    auto loaded = load_report(session_.plugins, sent.report);
    RunOptions options;
    options.period = sent.period;
    options.as_of = sent.as_of.to_string();
    options.revision = sent.revision;
    options.started_by = "watch over what was sent";
    ReportJob job = plan_report(options, session_, loaded, {}, SystemClock().now());
    job.request.params = Json::parse(sent.params);
    job.start.params = sent.params;
    job.start.pack = sent.pack;
    job.start.purpose = "comparison";
    auto const store = session_.open_store();
    std::string const id = store->start(job.start);
    store::RunEnd end;
    try {
        Diagnostics diagnostics;
        auto const made = generated(session_, loaded, job, diagnostics);
        end.status = made.partial ? store::Status::partial : store::Status::ok;
        end.message = "made again to be compared with run " + sent.id;
        for (auto const& f : model::figures(made.model))
            end.figures.push_back({f.id, f.version, f.period, f.value, f.unit});
        end.finished = SystemClock().now();
        store->finish(id, end);
        store->forget_earlier_comparisons(id);
    } catch (std::exception const& e) {
        if (end.finished == Instant{}) record_failure(*store, id, message_of(e));
        throw;
    }
    return end.figures;
}

} // namespace deckle::app
