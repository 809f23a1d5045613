// deckle runs list|show|diff|verify: what was made, from what, and whether it can be made again.
#include "app/make_pack.hpp"
#include "app/make_report.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "data/sha256.hpp"
#include "model/export.hpp"
#include "store/figure_changes.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <set>

namespace deckle::app {
namespace {

using model::Json;

std::string pack_of(store::Run const& run) {
    if (run.pack.empty()) return "";
    return run.pack + " " + (run.pack_run.empty() ? run.id : run.pack_run);
}

Json run_json(store::Run const& run) {
    return {{"id", run.id},
            {"report", run.report},
            {"period", run.period},
            {"as_of", run.as_of.to_string()},
            {"revision", run.revision},
            {"started_by", run.started_by},
            {"pack", run.pack},
            {"pack_run", run.pack_run},
            {"purpose", run.purpose},
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

/// "+3.2": the difference of two decimals; empty for dates and what is not there.
std::string change_of(store::Compared const& figure) {
    auto const change = store::difference(figure);
    return !change ? "" : (*change > Decimal() ? "+" : "") + change->to_string();
}

std::string shown(bool there, std::optional<std::string> const& value) {
    return !there ? "-" : value.value_or("n/a");
}

} // namespace

int list_runs(Common const& common, ListRunsOptions const& options) {
    Session const session(common);
    auto const runs = session.open_store()->runs(
        {.report = options.report, .limit = static_cast<std::size_t>(options.limit), .comparisons = true});
    if (common.json) {
        Json list = Json::array();
        for (auto const& run : runs) list.push_back(run_json(run));
        std::cout << list.dump(2) << "\n";
        return ok;
    }
    std::vector<std::vector<std::string>> rows;
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    for (auto const& run : runs)
        rows.push_back(
            {run.id,
             (run.report.empty() ? "(the pack)" : run.report) + (run.purpose.empty() ? "" : " (" + run.purpose + ")"),
             pack_of(run), run.period, run.as_of.to_string(), std::to_string(run.revision),
             run.status == store::Status::started ? "unfinished" : std::string(store::to_string(run.status)),
             formatter.datetime(run.started), first_line(run.message)});
    print_table(
        {{"Run"}, {"Report"}, {"Pack"}, {"Period"}, {"As of"}, {"Rev", true}, {"Status"}, {"Started"}, {"Message"}},
        rows);
    return ok;
}

namespace {

/// What was odd, what the gates said, and where the time went.
void print_notes(Json const& shown) {
    std::vector<std::vector<std::string>> rows;
    for (auto const& d : shown["diagnostics"])
        rows.push_back(
            {d["severity"], d.value("file", "") + (d.contains("line") ? ":" + d["line"].dump() : ""), d["message"]});
    if (!rows.empty()) {
        std::cout << "\n";
        print_table({{"Message"}, {"Where"}, {"What"}}, rows);
    }
    rows.clear();
    for (auto const& g : shown["gates"])
        rows.push_back({g.value("gate", ""), g.value("good", false) ? "good" : "bad", g.value("reason", "")});
    if (!rows.empty()) {
        std::cout << "\n";
        print_table({{"Gate"}, {"Verdict"}, {"Why"}}, rows);
    }
    std::string times;
    for (auto const& [stage, ms] : shown["timings"].items())
        times += (times.empty() ? "" : ", ") + stage + " " + ms.dump() + " ms";
    if (!times.empty()) std::cout << "\nTime: " << times << "\n";
}

} // namespace

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
        shown["outputs"].push_back({{"path", place_of(o, session.workspace).string()},
                                    {"format", o.format},
                                    {"sha256", o.sha256},
                                    {"bytes", o.size}});
    auto const notes = store->notes(run.id);
    shown["diagnostics"] = Json::parse(notes.diagnostics);
    shown["gates"] = Json::parse(notes.gates);
    shown["timings"] = Json::parse(notes.timings); // ms
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
         {"id", "report", "purpose", "pack", "pack_run", "period", "as_of", "revision", "status", "message", "started",
          "finished", "plugin_version", "plugin_sha256", "template_sha256", "fonts_sha256"}) {
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
    print_notes(shown);
    std::cerr << counted(static_cast<std::int64_t>(shown.value("figures", Json::array()).size()), "figure")
              << "; all of it with --json\n";
    return ok;
}

namespace {

/// What differs between two runs of one report, or of packs report by report.
struct Difference {
    store::Store& store;
    bool packs;
    Json figures = Json::array(), alone = Json::array();
    std::vector<std::vector<std::string>> rows = {};
    std::int64_t same = 0;
    std::set<std::string> other_data = {}; // datasets

    void add(store::Run const& before, store::Run const& after) {
        for (auto const& c : store::compare(store.figures(before.id), store.figures(after.id))) {
            if (!c.changed()) {
                ++same;
                continue;
            }
            auto const change = change_of(c);
            figures.push_back({{"report", after.report},
                               {"id", c.id},
                               {"version", c.version},
                               {"unit", c.unit},
                               {"unit_before", c.unit_before()},
                               {"period", c.period},
                               {"before", c.before ? Json(*c.before) : Json()},
                               {"after", c.after ? Json(*c.after) : Json()},
                               {"change", change.empty() ? Json() : Json(change)}});
            rows.push_back({packs ? after.report + ":" + c.id : c.id, c.period,
                            c.other_unit ? *c.other_unit + " -> " + c.unit : c.unit, shown(c.in_before, c.before),
                            shown(c.in_after, c.after), change});
        }
        std::map<std::string, std::string> inputs; // dataset -> hash of what the earlier run read
        for (auto const& s : store.snapshots(before.id)) inputs[s.dataset] = s.sha256;
        for (auto const& s : store.snapshots(after.id)) {
            auto const known = inputs.find(s.dataset);
            if (known == inputs.end() || known->second != s.sha256) other_data.insert(s.dataset);
            if (known != inputs.end()) inputs.erase(known);
        }
        for (auto const& [dataset, hash] : inputs) other_data.insert(dataset);
    }
};

} // namespace

int diff_runs(Common const& common, DiffRunsOptions const& options) {
    Session const session(common);
    auto const store = session.open_store();
    auto const before = store->run(options.before), after = store->run(options.after);
    auto const made = [](store::Run const& r) { return r.report.empty() ? "the pack " + r.pack : r.report; };
    if (made(before) != made(after))
        throw Error(ErrorCode::usage, fmt::format("run {} made {}, run {} made {}: compare two runs of one report, or "
                                                  "of one pack",
                                                  before.id, made(before), after.id, made(after)));
    Difference difference{*store, before.report.empty()};
    if (difference.packs) {
        auto earlier = store->members(before.id);
        auto const alone = [&](store::Run const& run) {
            difference.alone.push_back({{"report", run.report}, {"run", run.id}});
        };
        for (auto const& member : store->members(after.id)) {
            auto const known = std::ranges::find(earlier, member.report, &store::Run::report);
            if (known == earlier.end()) {
                alone(member);
                continue;
            }
            difference.add(*known, member);
            earlier.erase(known);
        }
        for (auto const& member : earlier) alone(member);
    } else {
        difference.add(before, after);
    }
    if (common.json) {
        std::cout << Json{{"before", before.id},
                          {"after", after.id},
                          {"figures", difference.figures},
                          {"unchanged", difference.same},
                          {"in_one_only", difference.alone},
                          {"other_data", difference.other_data}}
                         .dump(2)
                  << "\n";
        return ok;
    }
    print_table({{"Figure"},
                 {"Period"},
                 {"Unit"},
                 {before.period + " " + before.id, true},
                 {after.period + " " + after.id, true},
                 {"Change", true}},
                difference.rows);
    for (auto const& one : difference.alone)
        std::cerr << one["report"].get<std::string>() << " is in one of them only, run "
                  << one["run"].get<std::string>() << "\n";
    std::vector<std::string> const names(difference.other_data.begin(), difference.other_data.end());
    std::cerr << counted(difference.same, "figure") << " the same; "
              << (names.empty() ? "the data are the same" : "other data: " + joined(names)) << "\n";
    return ok;
}

namespace {

struct MadeAgain {
    std::vector<report::Output> outputs;
    Json model;
    std::vector<std::string> changed; // what is another one than in that run: "the plugin", "a font"
};

MadeAgain made_again(Session const& session, store::Store& store, store::Run const& run) {
    StageClock clock;
    report::Resources resources(installation().templates);
    Workshop workshop{session, store, resources, clock};
    Diagnostics diagnostics;
    MadeAgain again;
    auto const differs = [&](std::string const& what, std::string const& before, std::string const& now) {
        if (!before.empty() && !now.empty() && before != now) again.changed.push_back(what);
    };
    if (run.report.empty()) {
        auto made = remake_pack(workshop, run, again.changed, diagnostics);
        differs("the template of the cover", run.template_hash, made.template_hash);
        differs("a font", run.fonts_hash, made.fonts_hash);
        again.outputs.push_back(std::move(made.pdf));
        again.model = std::move(made.model);
        return again;
    }
    LoadedReport loaded = load_report(session.plugins, run.report);
    auto made = remake_report(workshop, loaded, run, diagnostics).result;
    differs("the plugin", run.plugin_hash, data::sha256_hex(read_file(loaded.plugin.plugin().library)));
    differs("a template", run.template_hash, made.template_hash);
    differs("a font", run.fonts_hash, made.fonts_hash);
    again.outputs = std::move(made.outputs);
    again.model = std::move(made.model);
    return again;
}

/// Those that one of them does not have, or not so.
std::set<std::string> other_figures(std::vector<store::Figure> const& recorded, Json const& model) {
    std::multiset<std::vector<std::string>> left;
    auto const line = [](auto const& f) {
        return std::vector{f.id, std::to_string(f.version), f.period, f.unit, f.value ? "=" + *f.value : ""};
    };
    std::set<std::string> others;
    for (auto const& f : recorded) left.insert(line(f));
    for (auto const& f : model::figures(model))
        if (auto const same = left.find(line(f)); same != left.end())
            left.erase(same);
        else
            others.insert(f.id);
    for (auto const& f : left) others.insert(f.front());
    return others;
}

} // namespace

int verify_run(Common const& common, std::string const& id) {
    Session const session(common);
    auto const store = session.open_store();
    auto const run = store->run(id);
    if (run.status != store::Status::ok && run.status != store::Status::partial)
        throw Error(ErrorCode::usage, fmt::format("run {} made nothing ({})", run.id, store::to_string(run.status)));
    if (run.purpose == "comparison")
        throw Error(ErrorCode::usage, "run " + run.id + " was made to be compared with: of it only figures are kept");
    auto made = made_again(session, *store, run);
    std::string const model = store->model(run.id);
    for (auto const& key : changed_settings(run, Json::parse(model, nullptr, false), session.workspace))
        made.changed.push_back(key + " in deckle.toml");
    std::map<std::string, std::string> again; // file name -> hash
    for (auto const& o : made.outputs) again[o.name] = data::sha256_hex(o.bytes);
    bool all_same = true;
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& o : store->outputs(run.id)) {
        auto const path = place_of(o, session.workspace);
        bool const printed = path == "-";
        auto const found = printed ? again.begin() : again.find(path.filename().string());
        bool const same = found != again.end() && found->second == o.sha256;
        std::error_code none;
        bool const there = !printed && std::filesystem::is_regular_file(path, none);
        bool const intact = there && data::sha256_hex(read_file(path)) == o.sha256;
        all_same = all_same && same && (intact || !there);
        std::string const file = printed ? "printed" : !there ? "gone" : intact ? "as recorded" : "changed";
        list.push_back({{"path", path.string()}, {"sha256", o.sha256}, {"same", same}, {"file", file}});
        rows.push_back({path.filename().string(), o.sha256.substr(0, 12), same ? "the same" : "DIFFERENT", file});
        if (found != again.end()) again.erase(found);
    }
    for (auto const& [name, sha256] : again) { // the run made it then too
        all_same = false;
        list.push_back({{"path", name}, {"sha256", nullptr}, {"same", false}, {"file", "not in the ledger"}});
        rows.push_back({name, "", "DIFFERENT", "not in the ledger"});
    }
    auto const figures = other_figures(store->figures(run.id), made.model);
    bool const same_model = made.model.dump() == model;
    bool const same_ledger = figures.empty() && same_model;
    auto const& causes = made.changed;
    if (common.json) {
        std::cout << Json{{"run", run.id},       {"same", all_same && same_ledger},
                          {"outputs", list},     {"other_figures", figures},
                          {"model", same_model}, {"changed_since", causes}}
                         .dump(2)
                  << "\n";
    } else {
        print_table({{"Output"}, {"SHA-256"}, {"Made again"}, {"File"}}, rows);
        for (auto const& cause : causes) std::cerr << cause << " is another one than in that run\n";
        if (!figures.empty())
            std::cerr << "The ledger has other figures than are made again: "
                      << joined(std::vector<std::string>(figures.begin(), figures.end())) << "\n";
        if (!same_model) std::cerr << "The ledger has another report model than is made again\n";
        std::cerr << (all_same ? "Every output is the same to the byte\n" : "Not every output is the same\n");
    }
    return all_same && same_ledger ? ok : failed;
}

} // namespace deckle::app
