// deckle run --pack NAME: every report of the pack by itself, then all of them as one PDF. A report that fails is told
// on the cover and does not keep the others back.
#include "app/make_report.hpp"
#include "app/output.hpp"
#include "app/resources.hpp"
#include "base/nearest.hpp"
#include "report/pack.hpp"
#include <algorithm>
#include <deque>
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;

/// Throws Error{usage} for what a pack cannot have.
data::Pack const& check(data::Workspace const& workspace, RunOptions const& options) {
    auto const refuse = [](std::string const& what) { throw Error(ErrorCode::usage, what); };
    if (!options.report.empty())
        refuse("either --pack " + options.pack + " or the report " + options.report + ", not both");
    if (!options.set.empty()) refuse("--set is for one report; for a pack write it into deckle.toml: [reports.NAME]");
    if (!options.from_snapshot.empty()) refuse("--from-snapshot makes one report again, not a pack");
    if (options.out == "-") refuse("--out - takes a single file; a pack needs a folder");
    auto const pack = workspace.packs.find(options.pack);
    if (pack != workspace.packs.end()) return pack->second;
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

/// What came of each report.
struct Outcome {
    std::string id, run, title, problem; // title: what it answers
    store::Status status = store::Status::failed;
    std::vector<store::Output> outputs;
};

class PackRun {
public:
    PackRun(Workshop& workshop, RunOptions const& options, std::string run, Instant now)
        : workshop_(workshop), options_(options), run_(std::move(run)), now_(now),
          formatter_(workshop.session.workspace.company.locale, workshop.session.workspace.company.zone) {}

    /// Starts the report's plugin, so that it is known which datasets it wants.
    void add(std::string const& id) {
        Member& member = members_.emplace_back();
        member.outcome.id = member.part.id = member.part.title = id;
        try {
            member.loaded = load_report(workshop_.session.plugins, id);
            member.part.title = member.loaded->descriptor.title;
            workshop_.datasets->expect(member.loaded->descriptor.datasets);
        } catch (std::exception const& e) {
            member.part.problem = member.outcome.problem = message_of(e);
        }
    }

    void make() {
        for (Member& member : members_)
            if (member.loaded) make(member);
    }

    /// The PDF of the whole, if PDF is wanted. Throws Error{failed} when no report was made.
    store::RunEnd bind(report::Request const& request, std::size_t& pages) {
        store::RunEnd end;
        std::string problems;
        for (auto const& [outcome, part, loaded] : members_) {
            if (outcome.status != store::Status::ok) end.status = store::Status::partial;
            if (!outcome.problem.empty())
                problems += (problems.empty() ? "" : "\n") + outcome.id + ": " + outcome.problem;
        }
        if (std::all_of(members_.begin(), members_.end(), [](auto const& m) { return !m.part.problem.empty(); }))
            throw Error(ErrorCode::failed, "no report of the pack could be made:\n" + problems);
        end.message = problems;
        if (request.formats.contains(report::Format::pdf)) {
            workshop_.clock.begin("pack");
            std::vector<report::PackPart> parts;
            for (Member& member : members_) parts.push_back(std::move(member.part));
            Diagnostics diagnostics;
            auto pack = report::make_pack(workshop_.session.workspace, options_.pack, std::move(parts), request,
                                          workshop_.resources, diagnostics);
            print_diagnostics(diagnostics);
            if (pack.partial) end.status = store::Status::partial;
            end.template_hash = pack.template_hash;
            end.fonts_hash = pack.fonts_hash;
            end.model = pack.model.dump();
            pages = pack.pages;
            write_outputs({std::move(pack.pdf)}, options_.out, end);
        }
        return end;
    }

    void print(Common const& common, store::RunEnd const& end, std::size_t pages) const {
        for (auto const& [o, part, loaded] : members_)
            if (!o.problem.empty()) std::cerr << o.id << " is missing: " << o.problem << "\n";
        if (common.json) {
            Json reports = Json::array();
            for (auto const& [o, part, loaded] : members_) {
                Json report{{"report", o.id}, {"status", store::to_string(o.status)}, {"outputs", files(o.outputs)}};
                if (!o.run.empty()) report["run"] = o.run;
                if (!o.title.empty()) report["title"] = o.title;
                if (!o.problem.empty()) report["message"] = o.problem;
                reports.push_back(std::move(report));
            }
            std::cout
                << Json{{"run", run_},    {"pack", options_.pack},         {"status", store::to_string(end.status)},
                        {"pages", pages}, {"outputs", files(end.outputs)}, {"reports", reports}}
                       .dump(2)
                << "\n";
            return;
        }
        for (auto const& o : end.outputs) std::cout << o.path << "\n";
        for (auto const& [outcome, part, loaded] : members_)
            for (auto const& o : outcome.outputs) std::cout << o.path << "\n";
        for (auto const& [o, part, loaded] : members_)
            if (o.problem.empty()) std::cerr << "Run " << o.run << ": " << o.title << "\n";
        std::cerr << "Run " << run_ << ": pack " << options_.pack << ", " << store::to_string(end.status) << "\n";
    }

private:
    struct Member {
        Outcome outcome;
        report::PackPart part;
        std::optional<LoadedReport> loaded;
    };

    void make(Member& member) {
        auto& [outcome, part, loaded] = member;
        Diagnostics diagnostics;
        try {
            ReportJob job = plan_report(options_, workshop_.session, *loaded, {}, now_);
            job.start.pack = options_.pack;
            job.start.pack_run = run_;
            auto const request = job.request;
            auto made = make_report(workshop_, *loaded, std::move(job), options_, diagnostics);
            part = report::pack_part(workshop_.session.workspace, loaded->descriptor, request, made.result);
            outcome.run = made.run;
            outcome.title = formatter_.text(made.result.model.at("title"));
            outcome.status = made.end.status;
            outcome.outputs = std::move(made.end.outputs);
        } catch (std::exception const& e) {
            part.problem = outcome.problem = message_of(e);
        }
        if (!diagnostics.items().empty()) std::cerr << part.id << ":\n";
        print_diagnostics(diagnostics);
        loaded.reset(); // its process ends
    }

    static Json files(std::vector<store::Output> const& outputs) {
        Json list = Json::array();
        for (auto const& o : outputs)
            list.push_back({{"path", o.path}, {"format", o.format}, {"sha256", o.sha256}, {"bytes", o.size}});
        return list;
    }

    Workshop& workshop_;
    RunOptions const& options_;
    std::string run_;
    Instant now_;
    model::Formatter formatter_;
    std::deque<Member> members_;
};

} // namespace

int run_pack(Common const& common, RunOptions options) {
    StageClock clock;
    clock.begin("start");
    Session const session(common);
    auto const& pack = check(session.workspace, options);
    Instant const now = SystemClock().now();
    if (options.period.empty()) options.period = last_month(now, session.workspace.company.zone);
    report::Request request = plan_request(options, now);
    auto const store = session.open_store();
    report::Resources resources(installation().templates);
    data::SharedDatasets datasets(session.workspace, session.catalogue, now);
    Workshop workshop{session, *store, resources, clock, &datasets};

    store::RunStart start;
    start.period = options.period;
    start.as_of = request.as_of;
    start.revision = options.revision;
    start.started = now;
    start.pack = options.pack;
    start.started_by = account();
    std::string const run = store->start(start);
    store::RunEnd end;
    try {
        PackRun work(workshop, options, run, now);
        for (auto const& id : pack.reports) work.add(id);
        work.make();
        std::size_t pages = 0;
        end = work.bind(request, pages);
        end.finished = SystemClock().now();
        store->finish(run, end);
        work.print(common, end, pages);
    } catch (std::exception const& e) {
        if (end.finished == Instant{}) record_failure(*store, run, message_of(e));
        throw;
    }
    if (options.timings) clock.print(std::cerr);
    return end.status == store::Status::ok ? ok : partial;
}

} // namespace deckle::app
