// deckle run --pack NAME: every report of the pack by itself, then all of them as one PDF. A report that fails is told
// on the cover and does not keep the others back.
#include "app/make_pack.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "base/nearest.hpp"
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;

/// Throws Error{usage} for what a pack cannot have.
void check(data::Workspace const& workspace, RunOptions const& options) {
    auto const refuse = [](std::string const& what) { throw Error(ErrorCode::usage, what); };
    if (!options.report.empty())
        refuse("either --pack " + options.pack + " or the report " + options.report + ", not both");
    if (!options.set.empty()) refuse("--set is for one report; for a pack write it into deckle.toml: [reports.NAME]");
    if (!options.from_snapshot.empty()) refuse("--from-snapshot makes one report again, not a pack");
    if (options.out == "-") refuse("--out - takes a single file; a pack needs a folder");
    auto const pack = workspace.packs.find(options.pack);
    if (pack != workspace.packs.end()) return;
    std::vector<std::string> names;
    for (auto const& [name, p] : workspace.packs) names.push_back(name);
    auto const like = nearest(options.pack, names);
    throw Error(ErrorCode::usage,
                "there is no pack '" + options.pack + "' in deckle.toml" +
                    (like ? "; did you mean '" + *like + "'?" : "; add [packs." + options.pack + "]"));
}

/// The month before the one in which `now` falls for the company: "2026-10".
std::string last_month(Instant now, std::string const& zone) {
    return (to_local(now, zone).date.first_of_month() - 1).to_string().substr(0, 7);
}

Json files(std::vector<store::Output> const& outputs) {
    Json list = Json::array();
    for (auto const& o : outputs)
        list.push_back({{"path", o.path}, {"format", o.format}, {"sha256", o.sha256}, {"bytes", o.size}});
    return list;
}

void print(Common const& common, std::string const& pack, MadePack const& made) {
    for (auto const& m : made.members)
        if (!m.problem.empty()) std::cerr << m.id << " is missing: " << m.problem << "\n";
    if (common.json) {
        Json reports = Json::array();
        for (auto const& m : made.members) {
            Json report{{"report", m.id}, {"status", store::to_string(m.status)}, {"outputs", files(m.outputs)}};
            if (!m.run.empty()) report["run"] = m.run;
            if (!m.title.empty()) report["title"] = m.title;
            if (!m.problem.empty()) report["message"] = m.problem;
            reports.push_back(std::move(report));
        }
        Json const answer{{"run", made.run},
                          {"pack", pack},
                          {"status", store::to_string(made.end.status)},
                          {"pages", made.pages},
                          {"outputs", files(made.end.outputs)},
                          {"reports", reports}};
        std::cout << answer.dump(2) << "\n";
        return;
    }
    for (auto const& o : made.end.outputs) std::cout << o.path << "\n";
    for (auto const& m : made.members)
        for (auto const& o : m.outputs) std::cout << o.path << "\n";
    for (auto const& m : made.members)
        if (m.problem.empty()) std::cerr << "Run " << m.run << ": " << m.title << "\n";
    std::cerr << "Run " << made.run << ": pack " << pack << ", " << store::to_string(made.end.status) << "\n";
}

} // namespace

int run_pack(Common const& common, RunOptions options) {
    StageClock clock;
    clock.begin("start");
    Session const session(common);
    check(session.workspace, options);
    options.started_by = account();
    Instant const now = SystemClock().now();
    if (options.period.empty()) options.period = last_month(now, session.workspace.company.zone);
    (void)plan_request(options, now); // what the command line has wrong is told before the ledger is opened
    auto const store = session.open_store();
    report::Resources resources(installation().templates);
    data::SharedDatasets datasets(session.workspace, session.catalogue, now);
    Workshop workshop{session, *store, resources, clock, &datasets};
    auto const made = make_pack(workshop, options, options.formats, now);
    print(common, options.pack, made);
    if (options.timings) clock.print(std::cerr);
    return made.end.status == store::Status::ok ? ok : partial;
}

} // namespace deckle::app
