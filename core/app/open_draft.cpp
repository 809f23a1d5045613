#include "app/open_draft.hpp"
#include "app/generator.hpp"
#include "app/resources.hpp"
#include "app/snapshots.hpp"

namespace deckle::app {

Desk::Desk(Common const& common, std::string const& day)
    : session(common), drafts(session.database()), as_of(day_of(day, session, "--as-of")),
      formatter(session.workspace.company.locale, session.workspace.company.zone) {}

facts::FactSet const& Desk::facts() {
    if (!facts_)
        facts_ = facts_of(session, as_of, from_local(as_of, 0, 0, 0, session.workspace.company.zone), diagnostics);
    return *facts_;
}

drafts::Document Desk::document(store::Draft const& draft) {
    return {draft, drafts.texts(draft.id), drafts.approvals(draft.id), context()};
}

report::Result Desk::make(LoadedReport& loaded, store::Draft const& draft, drafts::Document const* document,
                          std::set<report::Format> formats) {
    report::Request request;
    request.period = report::parse_period(draft.period);
    request.as_of = as_of;
    request.now = from_local(as_of, 0, 0, 0, session.workspace.company.zone); // the same day, the same bytes
    request.params = model::Json::parse(draft.params);
    request.formats = std::move(formats);
    if (document != nullptr) request.edits = document->edits();
    if (!draft.origin.empty()) request.origin = this->document(drafts.find(draft.origin)).as_origin();
    drafts::Document const fresh(draft, {}, {}, context());
    request.annotate = [&](model::Json& model) {
        (document != nullptr ? *document : fresh).annotate(model, session.workspace.root);
    };
    auto datasets = report::load_datasets(session.workspace, session.catalogue, without_facts(loaded.descriptor),
                                          request.now, diagnostics);
    put_facts(datasets, loaded.descriptor, facts(), session, request.now);
    if (loaded.descriptor.wants_previous) {
        auto const store = session.open_store();
        add_previous(loaded.descriptor, session.catalogue, as_of, *store, datasets);
    }
    PluginGenerator generator(loaded.plugin, plugin_time);
    report::Resources resources(installation().templates);
    return report::run(session.workspace, loaded.descriptor, generator, datasets, request, resources, diagnostics);
}

report::Result Desk::make(drafts::Document const& document, std::set<report::Format> formats) {
    auto loaded = load_report(session.plugins, document.draft().report);
    return make(loaded, document.draft(), &document, std::move(formats));
}

store::Act Desk::act(std::string const& by, std::string const& note) const {
    return {author(by, session.workspace), SystemClock().now(), note};
}

} // namespace deckle::app
