// deckle report list|show, deckle runs list|show, deckle template lint.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "app/session.hpp"
#include "base/file.hpp"
#include "report/render.hpp"
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::vector<std::string> missing_of(report::SectionNeeds const& section, data::Workspace const& workspace) {
    std::vector<std::string> missing;
    for (auto const& dataset : section.needs)
        if (!workspace.datasets.contains(dataset)) missing.push_back(dataset);
    return missing;
}

std::string type_of(Json const& property) {
    if (auto const it = property.find("enum"); it != property.end()) {
        std::vector<std::string> values;
        for (auto const& value : *it) values.push_back(value.is_string() ? value.get<std::string>() : value.dump());
        return joined(values);
    }
    auto const it = property.find("type");
    return it == property.end() ? ""
           : it->is_array()     ? joined(it->get<std::vector<std::string>>())
                                : it->get<std::string>();
}

Json run_json(store::Run const& run) {
    return {{"id", run.id},
            {"report", run.report},
            {"period", run.period},
            {"as_of", run.as_of.to_string()},
            {"revision", run.revision},
            {"pack", run.pack},
            {"pack_run", run.pack_run},
            {"status", store::to_string(run.status)},
            {"message", run.message},
            {"started", to_iso(run.started)},
            {"finished", run.finished ? Json(to_iso(*run.finished)) : Json(nullptr)},
            {"plugin_version", run.plugin_version},
            {"plugin_sha256", run.plugin_hash},
            {"template_sha256", run.template_hash},
            {"fonts_sha256", run.fonts_hash},
            {"params", Json::parse(run.params)}};
}

/// "monthly 1a2b3c4d": equal for what belongs together.
std::string pack_of(store::Run const& run) {
    if (run.pack.empty()) return "";
    return run.pack + " " + (run.pack_run.empty() ? run.id : run.pack_run);
}

} // namespace

int list_reports(Common const& common) {
    auto const plugins = open_plugins(common);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    int code = ok;
    for (auto const& file : plugins.list()) {
        try {
            auto const descriptor = load_report(plugins, file.id).descriptor;
            list.push_back({{"id", descriptor.id},
                            {"version", descriptor.version},
                            {"title", descriptor.title},
                            {"summary", descriptor.summary}});
            rows.push_back({descriptor.id, descriptor.version, descriptor.title, descriptor.summary});
        } catch (Error const& e) {
            std::cerr << e.to_string() << "\n";
            list.push_back({{"id", file.id}, {"error", e.what()}});
            rows.push_back({file.id, "broken", "", ""});
            code = failed;
        }
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Report"}, {"Version"}, {"Title"}, {"What it answers"}}, rows);
    return code;
}

int show_report(Common const& common, std::string const& name) {
    Session const session(common);
    auto const descriptor = load_report(session.plugins, name).descriptor;
    Json const properties = descriptor.params.value("properties", Json::object());
    Json const params = report::resolve_params(
        descriptor, session.workspace.reports.contains(name) ? session.workspace.reports.at(name) : "", {});
    if (common.json) {
        Json sections = Json::array();
        for (auto const& section : descriptor.sections)
            sections.push_back({{"id", section.id},
                                {"title", section.title},
                                {"needs", section.needs},
                                {"missing", missing_of(section, session.workspace)}});
        std::cout << Json{{"id", descriptor.id},       {"version", descriptor.version},
                          {"title", descriptor.title}, {"summary", descriptor.summary},
                          {"sections", sections},      {"parameters", descriptor.params},
                          {"values", params}}
                         .dump(2)
                  << "\n";
        return ok;
    }
    std::cout << descriptor.title << " (" << descriptor.id << " " << descriptor.version << ")\n"
              << descriptor.summary << "\n\n";
    std::vector<std::vector<std::string>> rows;
    for (auto const& section : descriptor.sections) {
        auto const missing = missing_of(section, session.workspace);
        rows.push_back({section.title, missing.empty() ? "yes" : "no: bind " + joined(missing)});
    }
    print_table({{"Section"}, {"With this workspace"}}, rows);
    std::cout << "\n";
    rows.clear();
    for (auto const& [key, property] : properties.items()) {
        Json const& value = params.contains(key) ? params[key] : Json(nullptr);
        rows.push_back({key,
                        value.is_null()     ? ""
                        : value.is_string() ? value.get<std::string>()
                                            : value.dump(),
                        type_of(property), property.value("description", "")});
    }
    print_table({{"Parameter"}, {"Value", true}, {"Type"}, {"Meaning"}}, rows);
    return ok;
}

int list_runs(Common const& common, ListRunsOptions const& options) {
    Session const session(common);
    auto const runs = session.open_store()->runs({options.report, static_cast<std::size_t>(options.limit)});
    if (common.json) {
        Json list = Json::array();
        for (auto const& run : runs) list.push_back(run_json(run));
        std::cout << list.dump(2) << "\n";
        return ok;
    }
    std::vector<std::vector<std::string>> rows;
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    for (auto const& run : runs)
        rows.push_back({run.id, run.report.empty() ? "(the pack)" : run.report, pack_of(run), run.period,
                        run.as_of.to_string(), std::to_string(run.revision),
                        run.status == store::Status::started ? "unfinished" : std::string(store::to_string(run.status)),
                        formatter.datetime(run.started), run.message.substr(0, run.message.find('\n'))});
    print_table(
        {{"Run"}, {"Report"}, {"Pack"}, {"Period"}, {"As of"}, {"Rev", true}, {"Status"}, {"Started"}, {"Message"}},
        rows);
    return ok;
}

int show_run(Common const& common, std::string const& id) {
    Session const session(common);
    auto const store = session.open_store();
    auto const run = store->run(id);
    Json shown = run_json(run);
    for (auto const& s : store->snapshots(run.id)) {
        Json const source = Json::parse(s.source);
        shown["inputs"].push_back({{"dataset", s.dataset},
                                   {"rows", s.rows},
                                   {"sha256", s.sha256},
                                   {"connector", source.value("connector", "")},
                                   {"file", source.value("file", "")},
                                   {"fetched", source.value("fetched", "")},
                                   {"rejected", source.value("rejected", 0)}});
    }
    for (auto const& f : store->figures(run.id))
        shown["figures"].push_back({{"id", f.id},
                                    {"version", f.version},
                                    {"period", f.period},
                                    {"value", f.value ? Json(*f.value) : Json(nullptr)},
                                    {"unit", f.unit}});
    for (auto const& o : store->outputs(run.id))
        shown["outputs"].push_back({{"path", o.path}, {"format", o.format}, {"sha256", o.sha256}, {"bytes", o.size}});
    if (run.report.empty())
        for (auto const& member : store->runs({.limit = 1000, .pack_run = run.id}))
            shown["runs"].push_back({{"id", member.id},
                                     {"report", member.report},
                                     {"status", store::to_string(member.status)},
                                     {"message", member.message}});
    if (common.json) {
        std::cout << shown.dump(2) << "\n";
        return ok;
    }
    for (auto const* member :
         {"id", "report", "pack", "pack_run", "period", "as_of", "revision", "status", "message", "started", "finished",
          "plugin_version", "plugin_sha256", "template_sha256", "fonts_sha256"}) {
        Json const& value = shown[member];
        std::string const text = value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
        if (!text.empty()) std::cout << member << ": " << text << "\n";
    }
    std::cout << "params: " << shown["params"].dump() << "\n";
    std::vector<std::vector<std::string>> rows;
    if (shown.contains("runs")) {
        for (auto const& member : shown["runs"])
            rows.push_back({member["id"], member["report"], member["status"], member["message"]});
        std::cout << "\n";
        print_table({{"Run"}, {"Report"}, {"Status"}, {"Message"}}, rows);
        rows.clear();
    }
    for (auto const& input : shown.value("inputs", Json::array()))
        rows.push_back({input["dataset"], input["rows"].dump(), input["rejected"].dump(), input["connector"],
                        input["file"], input["sha256"].get<std::string>().substr(0, 12)});
    std::cout << "\n";
    print_table({{"Input"}, {"Rows", true}, {"Rejected", true}, {"Connector"}, {"File"}, {"SHA-256"}}, rows);
    rows.clear();
    for (auto const& output : shown.value("outputs", Json::array()))
        rows.push_back({output["path"], output["bytes"].dump(), output["sha256"].get<std::string>().substr(0, 12)});
    std::cout << "\n";
    print_table({{"Output"}, {"Bytes", true}, {"SHA-256"}}, rows);
    std::cerr << counted(static_cast<std::int64_t>(shown.value("figures", Json::array()).size()), "figure")
              << "; all of it with --json\n";
    return ok;
}

int lint_template(Common const& common, LintOptions const& options) {
    Session const session(common);
    auto const descriptor = load_report(session.plugins, options.report).descriptor;
    std::string text;
    if (!options.model.empty())
        text = read_file(options.model);
    else {
        auto const store = session.open_store();
        for (auto const& run : store->runs({options.report, 100}))
            if (text = store->model(run.id); !text.empty()) break;
    }
    model::Json sample;
    if (!text.empty())
        sample = model::parse_json(text, options.model.empty() ? "the newest run's model" : options.model);
    else
        std::cerr << "No run of " << options.report << " yet: names are not checked (give --model, or run it once)\n";
    Diagnostics found;
    templates::lint(report::template_name(descriptor),
                    report::template_folders(session.workspace, descriptor, installation().templates),
                    text.empty() ? nullptr : &sample, found);
    for (auto const& d : found.items()) std::cout << d.to_string() << "\n";
    std::cerr << counted(static_cast<std::int64_t>(found.items().size()), "finding") << "\n";
    return found.count(Severity::error) + found.count(Severity::warning) > 0 ? failed : ok;
}

} // namespace deckle::app
