// deckle report list|show, deckle template lint.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "app/session.hpp"
#include "base/file.hpp"
#include "delivery/letter.hpp"
#include "report/render.hpp"
#include <algorithm>
#include <iostream>
#include <optional>

namespace deckle::app {
namespace {

using model::Json;

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

bool is_bound(data::Workspace const* workspace, std::string const& dataset) {
    return workspace != nullptr && workspace->datasets.contains(dataset);
}

/// What the report takes and gives, with this workspace; without one nothing is bound.
Json describe(report::Descriptor const& descriptor, data::Workspace const* workspace) {
    auto const datasets_of = [&](std::vector<data::DatasetRequest> const& requests) {
        Json list = Json::array();
        for (auto const& request : requests) {
            Json columns = Json::array();
            for (auto const& column : request.columns)
                columns.push_back({{"name", column.name}, {"required", column.required}});
            list.push_back({{"name", request.name},
                            {"version", request.version},
                            {"required", request.required},
                            {"bound", is_bound(workspace, request.name)},
                            {"columns", columns}});
        }
        return list;
    };
    Json sections = Json::array();
    for (auto const& section : descriptor.sections)
        sections.push_back({{"id", section.id},
                            {"title", section.title},
                            {"needs", section.needs},
                            {"missing", workspace != nullptr ? missing_of(section, *workspace) : section.needs}});
    return {{"id", descriptor.id},
            {"version", descriptor.version},
            {"title", descriptor.title},
            {"summary", descriptor.summary},
            {"datasets", datasets_of(descriptor.datasets)},
            {"previous_datasets", datasets_of(descriptor.previous)},
            {"sections", sections},
            {"parameters", descriptor.params}};
}

/// "9 of 12 sections", or what it cannot do without: "no: bind invoices".
std::string producible(Json const& report) {
    std::vector<std::string> lacks;
    for (auto const& dataset : report["datasets"])
        if (dataset["required"] && !dataset["bound"]) lacks.push_back(dataset["name"]);
    if (!lacks.empty()) return "no: bind " + joined(lacks);
    auto const& sections = report["sections"];
    auto const there =
        std::count_if(sections.begin(), sections.end(), [](Json const& section) { return section["missing"].empty(); });
    if (sections.empty()) return "yes";
    return std::to_string(there) + " of " + counted(static_cast<std::int64_t>(sections.size()), "section");
}

} // namespace

int list_reports(Common const& common) {
    auto const plugins = open_plugins(common);
    std::optional<Session> session; // outside of a workspace the list is there too
    if (std::filesystem::exists(common.workspace / "deckle.toml")) session.emplace(common);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    int code = ok;
    for (auto const& file : plugins.list()) {
        try {
            auto const descriptor = load_report(plugins, file.id).descriptor;
            list.push_back(describe(descriptor, session ? &session->workspace : nullptr));
            rows.push_back({descriptor.id, descriptor.version, descriptor.title,
                            session ? producible(list.back()) : "no workspace", descriptor.summary});
        } catch (Error const& e) {
            std::cerr << e.to_string() << "\n";
            list.push_back({{"id", file.id}, {"error", e.what()}});
            rows.push_back({file.id, "broken", "", "", ""});
            code = failed;
        }
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Report"}, {"Version"}, {"Title"}, {"With this workspace"}, {"What it answers"}}, rows);
    return code;
}

int show_report(Common const& common, std::string const& name) {
    Session const session(common);
    auto const descriptor = load_report(session.plugins, name).descriptor;
    Json const properties = descriptor.params.value("properties", Json::object());
    Json const params = report::resolve_params(
        descriptor, session.workspace.reports.contains(name) ? session.workspace.reports.at(name) : "", {});
    Json described = describe(descriptor, &session.workspace);
    if (common.json) {
        described["values"] = params;
        std::cout << described.dump(2) << "\n";
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
    for (auto const& dataset : descriptor.datasets) {
        std::vector<std::string> required, optional;
        for (auto const& column : dataset.columns) (column.required ? required : optional).push_back(column.name);
        rows.push_back({dataset.name, dataset.required ? "required" : "optional",
                        is_bound(&session.workspace, dataset.name) ? "yes" : "no", joined(required), joined(optional)});
    }
    for (auto const& dataset : descriptor.previous)
        rows.push_back({report::previous_name(dataset.name), "optional", "by runs", "", ""});
    print_table({{"Dataset"}, {"Need"}, {"Bound"}, {"Required columns"}, {"Optional columns"}}, rows);
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

namespace {

int answer(Diagnostics const& found) {
    for (auto const& d : found.items()) std::cout << d.to_string() << "\n";
    std::cerr << counted(static_cast<std::int64_t>(found.items().size()), "finding") << "\n";
    return found.count(Severity::error) + found.count(Severity::warning) > 0 ? failed : ok;
}

/// The templates of what leaves as mail.
int lint_mail(Session const& session) {
    templates::Folders const folders = {session.workspace.root / "templates" / "mail",
                                        installation().templates / "mail"};
    auto const sample = delivery::sample_letter();
    Diagnostics found;
    for (char const* name : {"letter.html.mustache", "letter.txt.mustache"})
        templates::lint(name, folders, &sample, found);
    templates::lint("notice.html.mustache", folders, nullptr, found);
    return answer(found);
}

} // namespace

int lint_template(Common const& common, LintOptions const& options) {
    Session const session(common);
    if (options.report == "mail") return lint_mail(session);
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
    return answer(found);
}

} // namespace deckle::app
