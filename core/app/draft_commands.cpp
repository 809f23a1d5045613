// deckle draft new|list|show|log|diff|set|edit|take: writing.
#include "app/generator.hpp"
#include "app/open_draft.hpp"
#include "app/output.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "drafts/count.hpp"
#include "drafts/export.hpp"
#include "drafts/states.hpp"
#include "drafts/text_file.hpp"
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iostream>
#include <iterator>
#include <sys/wait.h>

namespace deckle::app {

using model::Json;

namespace {

namespace fs = std::filesystem;

/// The model's field; throws Error{usage} naming the nearest one.
Json const& field_of(Json const& model, std::string const& id) {
    static Json const none = Json::array();
    std::vector<std::string> ids;
    auto const& fields = model.contains("fields") ? model["fields"] : none;
    for (Json const& field : fields) {
        if (field.at("id") == id) return field;
        ids.push_back(field.at("id"));
    }
    throw Error(ErrorCode::usage, fmt::format("the document has no field '{}'{}", id, suggestion(id, ids)));
}

/// Keeps the losers' texts as files and says so. Returns the exit code.
int tell_conflicts(Desk const& desk, store::Draft const& draft, store::Saved const& saved) {
    if (saved.conflicts.empty()) return ok;
    auto const folder = desk.session.workspace.root / ".deckle" / "conflicts";
    fs::create_directories(folder);
    for (auto const& conflict : saved.conflicts) {
        auto path = folder / fmt::format("{}-{}-v{}.txt", draft.id, conflict.field, saved.version);
        for (int n = 2; fs::exists(path); ++n)
            path = folder / fmt::format("{}-{}-v{}-{}.txt", draft.id, conflict.field, saved.version, n);
        write_file(path, conflict.value + "\n");
        std::cerr << fmt::format(
            "{}: {} changed this text meanwhile (version {}); yours is not saved, it is kept in {}\n", conflict.field,
            conflict.now.author, conflict.now.version, path.string());
    }
    return refused;
}

int answer_saved(Desk const& desk, Common const& common, store::Draft const& draft, store::Saved const& saved) {
    if (common.json) {
        Json conflicts = Json::array();
        for (auto const& c : saved.conflicts)
            conflicts.push_back({{"field", c.field}, {"by", c.now.author}, {"version", c.now.version}});
        std::cout << Json{{"draft", draft.id},
                          {"version", saved.version},
                          {"saved", saved.fields},
                          {"conflicts", conflicts}}
                         .dump(2)
                  << "\n";
    } else if (saved.fields.empty() && saved.conflicts.empty()) {
        std::cerr << "Nothing changed\n";
    } else if (!saved.fields.empty()) {
        std::cerr << fmt::format("Draft {}, version {}: {}\n", draft.id, saved.version, fmt::join(saved.fields, ", "));
    }
    return tell_conflicts(desk, draft, saved);
}

/// Runs $VISUAL or $EDITOR on a file.
void run_editor(fs::path const& file) {
    char const* editor = std::getenv("VISUAL");
    if (editor == nullptr || *editor == '\0') editor = std::getenv("EDITOR");
    if (editor == nullptr || *editor == '\0')
        throw Error(ErrorCode::usage, "which editor? Set EDITOR, or use `deckle draft set`");
    std::string quoted;
    for (char const c : file.string()) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    int const status = std::system((std::string(editor) + " '" + quoted + "'").c_str());
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw Error(ErrorCode::failed,
                    fmt::format("the editor ({}) failed; what it wrote is in {}", editor, file.string()));
}

/// What stays true: the document's name and what was chosen, "Award submission, channel-100".
std::string title_of(report::Descriptor const& descriptor, std::vector<std::string> const& settings) {
    std::string title = descriptor.title;
    for (auto const& [name, value] : parse_settings(settings))
        if (!value.empty()) title += ", " + value;
    return title;
}

Json draft_json(store::Draft const& draft) {
    return {{"id", draft.id},
            {"report", draft.report},
            {"title", draft.title},
            {"state", draft.state},
            {"version", draft.version},
            {"period", draft.period},
            {"origin", draft.origin.empty() ? Json() : Json(draft.origin)},
            {"params", Json::parse(draft.params)},
            {"outcome", Json::parse(draft.outcome)}};
}

} // namespace

int new_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    auto loaded = load_report(desk.session.plugins, options.report);
    if (!loaded.descriptor.is_document)
        throw Error(ErrorCode::usage, options.report + " is a report, made with `deckle run`; drafts are of documents");
    store::Draft draft;
    draft.report = loaded.descriptor.id;
    draft.period =
        options.period.empty() ? desk.as_of.to_string().substr(0, 7) : report::parse_period(options.period).label;
    auto const& reports = desk.session.workspace.reports;
    auto const defaults = reports.find(draft.report);
    draft.params = report::resolve_params(loaded.descriptor, defaults == reports.end() ? "" : defaults->second,
                                          parse_settings(options.set))
                       .dump();
    if (!options.from.empty()) draft.origin = desk.drafts.find(options.from).id;
    auto const made = desk.make(loaded, draft, nullptr, {});
    draft.title = options.title.empty() ? title_of(loaded.descriptor, options.set) : options.title;
    auto const texts = drafts::first_texts(made.model);
    if (texts.empty())
        throw Error(ErrorCode::plugin, "the plugin " + draft.report + " gave no fields, so there is nothing to edit");
    draft.id = desk.drafts.create(draft, texts, desk.act(options.by, options.note));
    print_diagnostics(desk.diagnostics);
    if (common.json)
        std::cout << draft_json(desk.drafts.find(draft.id)).dump(2) << "\n";
    else
        std::cout << draft.id << "\n";
    std::cerr << fmt::format("Draft {}: {}, {}\n", draft.id, draft.title,
                             counted(static_cast<std::int64_t>(texts.size()), "field"));
    return ok;
}

int list_drafts(Common const& common, DraftOptions const& options) {
    Session const session(common);
    store::Drafts drafts(session.database());
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& draft : drafts.all(options.report, options.state)) {
        auto const last = drafts.log(draft.id).back();
        Json item = draft_json(draft);
        item["changed"] = to_iso(last.at);
        item["by"] = last.author;
        list.push_back(std::move(item));
        rows.push_back({draft.id, draft.report, draft.title, draft.state, std::to_string(draft.version),
                        formatter.datetime(last.at), last.author});
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Draft"}, {"Document"}, {"Title"}, {"State"}, {"Version", true}, {"Changed"}, {"By"}}, rows);
    return ok;
}

int show_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const model = desk.make(document).model;
    auto const& draft = document.draft();
    if (!options.field.empty() && !common.json) {
        std::cout << field_of(model, options.field).at("text").get<std::string>() << "\n";
        return ok;
    }
    if (common.json) {
        Json shown = draft_json(draft);
        shown["fields"] = model.value("fields", Json::array());
        for (Json& field : shown["fields"]) {
            auto const it = document.parts().find(field.at("id").get<std::string>());
            if (it != document.parts().end()) field["facts"] = it->second.merged.facts;
        }
        shown["findings"] = Json::array();
        for (Json finding : model.value("findings", Json::array())) {
            finding["message"] = desk.formatter.text(finding["message"]);
            shown["findings"].push_back(std::move(finding));
        }
        shown["approval_stands"] = document.approval_stands();
        std::cout << shown.dump(2) << "\n";
        return ok;
    }
    std::cout << fmt::format("{}\n{} of {}, {}, version {}, {}\n", draft.title, draft.id, draft.report, draft.period,
                             draft.version, draft.state);
    if (!draft.origin.empty()) std::cout << "started from " << draft.origin << "\n";
    Json const outcome = Json::parse(draft.outcome);
    for (auto const& [name, value] : outcome.items()) std::cout << name << ": " << value.get<std::string>() << "\n";
    std::vector<std::vector<std::string>> rows;
    auto const counts = drafts::to_form_fields(model, desk.formatter);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        Json const& field = model["fields"][i];
        std::string approval;
        if (field.at("approved").is_object())
            approval = "approved by " + field["approved"].at("by").get<std::string>();
        else if (field.contains("approver"))
            approval = "waits for " + field["approver"].get<std::string>();
        rows.push_back(
            {counts[i].id, counts[i].label, counts[i].count.empty() ? counts[i].text : counts[i].count, approval});
    }
    std::cout << "\n";
    print_table({{"Field"}, {"Question"}, {"Length or value"}, {"Approval"}}, rows);
    auto const findings = drafts::finding_texts(model, desk.formatter, false);
    if (!findings.empty()) std::cout << "\n" << fmt::format("{}\n", fmt::join(findings, "\n"));
    print_diagnostics(desk.diagnostics);
    return ok;
}

int log_draft(Common const& common, DraftOptions const& options) {
    Session const session(common);
    store::Drafts drafts(session.database());
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    auto const log = drafts.log(drafts.find(options.id).id);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& entry : log) {
        list.push_back({{"version", entry.version},
                        {"at", to_iso(entry.at)},
                        {"by", entry.author},
                        {"action", entry.action},
                        {"field", entry.field},
                        {"state", entry.state},
                        {"note", entry.note},
                        {"fields", entry.fields}});
        std::string what = entry.field;
        if (entry.action != "new")
            what = entry.fields.empty() ? entry.field : fmt::format("{}", fmt::join(entry.fields, ", "));
        rows.push_back({std::to_string(entry.version), formatter.datetime(entry.at), entry.author, entry.action, what,
                        entry.state, entry.note});
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Version", true}, {"When"}, {"Who"}, {"What"}, {"Fields"}, {"State"}, {"Note"}}, rows);
    return ok;
}

int diff_draft(Common const& common, DraftOptions const& options) {
    Session const session(common);
    store::Drafts drafts(session.database());
    auto const draft = drafts.find(options.id);
    int to = options.versions.size() > 1 ? options.versions[1] : draft.version;
    int from = options.versions.empty() ? 0 : options.versions[0];
    if (options.versions.empty()) // what the last save changed
        for (auto const& entry : drafts.log(draft.id))
            if (!entry.fields.empty()) to = entry.version, from = std::max(entry.version - 1, 1);
    if (from < 1 || to < 1 || from > draft.version || to > draft.version)
        throw Error(ErrorCode::usage, fmt::format("the draft {} has the versions 1 to {}", draft.id, draft.version));
    auto const before = drafts.texts(draft.id, from);
    auto const after = drafts.texts(draft.id, to);
    Json changes = Json::array();
    for (auto const& [field, text] : after) {
        auto const it = before.find(field);
        std::string const old = it == before.end() ? "" : it->second.value;
        if (old == text.value) continue;
        changes.push_back({{"field", field}, {"before", old}, {"after", text.value}});
        if (!common.json) std::cout << field << ": " << drafts::word_diff(old, text.value) << "\n";
    }
    if (common.json)
        std::cout << Json{{"from", from}, {"to", to}, {"changes", changes}}.dump(2) << "\n";
    else
        std::cerr << fmt::format("Version {} to {}: {}\n", from, to,
                                 counted(static_cast<std::int64_t>(changes.size()), "field"));
    return ok;
}

int set_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    auto const draft = desk.drafts.find(options.id);
    if (!desk.drafts.texts(draft.id).contains(options.field)) // perhaps new in the plugin
        (void)field_of(desk.make(desk.document(draft)).model, options.field);
    if (options.file.empty() && !options.text)
        throw Error(ErrorCode::usage, "which text? Write it, or - for standard input, or --file FILE");
    std::string text = !options.file.empty() ? read_file(options.file) : *options.text;
    if (options.file.empty() && text == "-")
        text = {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    int const base = options.version > 0 ? options.version : draft.version;
    auto const saved = desk.drafts.save(draft.id, base, {{options.field, drafts::tidy(text)}}, "save",
                                        desk.act(options.by, options.note), drafts::editable_states());
    return answer_saved(desk, common, draft, saved);
}

int take_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const model = desk.make(document).model;
    Json const& field = field_of(model, options.field);
    auto const offered = field.value("offered", Json::array());
    if (offered.empty()) throw Error(ErrorCode::usage, fmt::format("nothing is offered for {}", options.field));
    if (options.offer < 1 || static_cast<std::size_t>(options.offer) > offered.size()) {
        std::string list;
        for (std::size_t i = 0; i < offered.size(); ++i)
            list += fmt::format("\n  {}  {}", i + 1, desk.formatter.text(offered[i].at("label")));
        throw Error(ErrorCode::usage, fmt::format("which text for {}? Add --offer N:{}", options.field, list));
    }
    Json const& offer = offered[static_cast<std::size_t>(options.offer - 1)];
    auto const saved =
        desk.drafts.save(document.draft().id, document.draft().version,
                         {{options.field, drafts::tidy(offer.at("value").get<std::string>())}}, "take",
                         desk.act(options.by, desk.formatter.text(offer.at("label"))), drafts::editable_states());
    return answer_saved(desk, common, document.draft(), saved);
}

int edit_draft(Common const& common, DraftOptions const& options) {
    Desk desk(common, options.as_of);
    auto const document = desk.document(desk.drafts.find(options.id));
    auto const& draft = document.draft();
    auto model = desk.make(document).model;
    if (!options.field.empty()) model["fields"] = Json::array({field_of(model, options.field)});
    std::map<std::string, store::DraftText> known;
    for (Json const& field : model.value("fields", Json::array())) {
        std::string const id = field.at("id");
        known[id] = {field.at("value").get<std::string>(), 0, ""};
    }
    auto const folder = desk.session.workspace.root / ".deckle" / "edit";
    fs::create_directories(folder);
    auto const file = folder / fmt::format("{}-v{}-{}.txt", draft.id, draft.version, ::getpid());
    write_file(file, drafts::write_text_file(draft, known, model, desk.formatter));
    run_editor(file);
    drafts::TextFile edited;
    try {
        edited = drafts::read_text_file(read_file(file), draft, known, file.string());
    } catch (Error const& e) {
        throw Error(e.code(), fmt::format("{}; nothing is saved, the file is kept", e.what()), e.position());
    }
    store::Texts changed;
    for (auto const& [id, text] : edited.texts)
        if (text != drafts::tidy(known[id].value)) changed[id] = text;
    auto const saved = desk.drafts.save(draft.id, edited.version, changed, "edit", desk.act(options.by, options.note),
                                        drafts::editable_states());
    fs::remove(file);
    return answer_saved(desk, common, draft, saved);
}

} // namespace deckle::app
