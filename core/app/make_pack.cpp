#include "app/make_pack.hpp"
#include "app/output.hpp"
#include "base/file.hpp"
#include "data/sha256.hpp"
#include <algorithm>
#include <deque>

namespace deckle::app {
namespace {

class PackRun {
public:
    PackRun(Workshop& workshop, RunOptions const& options, std::string const& member_formats, std::string run,
            Instant now, std::string purpose)
        : workshop_(workshop), options_(options), member_options_(options), run_(std::move(run)), now_(now),
          purpose_(std::move(purpose)),
          formatter_(workshop.session.workspace.company.locale, workshop.session.workspace.company.zone) {
        member_options_.formats = member_formats;
    }

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
        if (std::ranges::all_of(members_, [](auto const& m) { return !m.part.problem.empty(); }))
            throw Error(ErrorCode::failed, "no report of the pack could be made:\n" + problems);
        end.message = problems;
        if (request.formats.contains(report::Format::pdf)) {
            workshop_.clock.about(options_.pack);
            workshop_.clock.begin("pack");
            std::vector<report::PackPart> parts;
            for (Member& member : members_) parts.push_back(std::move(member.part));
            Diagnostics diagnostics;
            auto pack = report::make_pack(workshop_.session.workspace, options_.pack, std::move(parts), request,
                                          workshop_.resources, diagnostics);
            tell(diagnostics, "");
            if (pack.partial) end.status = store::Status::partial;
            end.template_hash = pack.template_hash;
            end.fonts_hash = pack.fonts_hash;
            end.model = pack.model.dump();
            pages = pack.pages;
            write_outputs({std::move(pack.pdf)}, options_.out, end);
        }
        return end;
    }

    std::vector<PackMember> outcomes() {
        std::vector<PackMember> all;
        for (Member& member : members_) all.push_back(std::move(member.outcome));
        return all;
    }

private:
    struct Member {
        PackMember outcome;
        report::PackPart part;
        std::optional<LoadedReport> loaded;
    };

    void make(Member& member) {
        auto& [outcome, part, loaded] = member;
        Diagnostics diagnostics;
        try {
            RunOptions const options = settings_of(*loaded);
            ReportJob job = plan_report(options, workshop_.session, *loaded, {}, now_);
            job.start.pack = options_.pack;
            job.start.pack_run = run_;
            job.start.purpose = purpose_;
            auto const request = job.request;
            auto made = make_report(workshop_, *loaded, std::move(job), options, diagnostics);
            part = report::pack_part(workshop_.session.workspace, loaded->descriptor, request, made.result);
            outcome.run = made.run;
            outcome.title = formatter_.text(made.result.model.at("title"));
            outcome.status = made.end.status;
            outcome.outputs = std::move(made.end.outputs);
            outcome.model = std::move(made.result.model);
        } catch (std::exception const& e) {
            part.problem = outcome.problem = message_of(e);
        }
        tell(diagnostics, part.id);
        loaded.reset(); // its process ends
    }

    void tell(Diagnostics const& diagnostics, std::string const& report) const {
        auto const lines = lines_of(diagnostics);
        if (!lines.empty() && !report.empty()) workshop_.say(report + ":");
        for (auto const& line : lines) workshop_.say(line);
    }

    /// With those parameters of the pack that the report has.
    [[nodiscard]] RunOptions settings_of(LoadedReport const& loaded) const {
        RunOptions options = member_options_;
        auto const known = loaded.descriptor.params.value("properties", model::Json::object());
        std::erase_if(options.set, [&](std::string const& setting) {
            return !known.contains(setting.substr(0, setting.find('=')));
        });
        return options;
    }

    Workshop& workshop_;
    RunOptions const& options_;
    RunOptions member_options_;
    std::string run_;
    Instant now_;
    std::string purpose_;
    model::Formatter formatter_;
    std::deque<Member> members_;
};

} // namespace

MadePack make_pack(Workshop& workshop, RunOptions const& options, std::string const& member_formats, Instant now,
                   std::string const& purpose) {
    report::Request const request = plan_request(options, now);
    store::RunStart start;
    start.period = options.period;
    start.as_of = request.as_of;
    start.revision = options.revision;
    start.started = now;
    start.pack = options.pack;
    start.options = recorded(options, workshop.session.workspace);
    start.started_by = options.started_by;
    start.purpose = purpose;
    MadePack made;
    made.run = workshop.store.start(start);
    try {
        PackRun work(workshop, options, member_formats, made.run, now, purpose);
        for (auto const& id : workshop.session.workspace.packs.at(options.pack).reports) work.add(id);
        work.make();
        made.end = work.bind(request, made.pages);
        made.end.finished = SystemClock().now();
        record_end(workshop, made.run, made.end);
        made.members = work.outcomes();
    } catch (std::exception const& e) {
        if (made.end.finished == Instant{}) record_failure(workshop.store, made.run, message_of(e));
        throw;
    }
    return made;
}

report::PackResult remake_pack(Workshop& workshop, store::Run const& run, std::vector<std::string>& changed,
                               Diagnostics& diagnostics) {
    std::vector<report::PackPart> parts;
    std::string const text = workshop.store.model(run.id);
    if (text.empty())
        throw Error(ErrorCode::usage, "run " + run.id +
                                          " made no PDF of the whole; its reports have runs of their own: "
                                          "deckle runs show " +
                                          run.id);
    auto const cover = model::parse_json(text, "the model of run " + run.id);
    for (auto const& missing : cover.at("missing")) {
        report::PackPart part;
        part.title = missing.at("title");
        part.problem = missing.at("why");
        parts.push_back(std::move(part));
    }
    for (auto const& member : workshop.store.members(run.id)) {
        auto loaded = load_report(workshop.session.plugins, member.report);
        if (data::sha256_hex(read_file(loaded.plugin.plugin().library)) != member.plugin_hash)
            changed.push_back("the plugin of " + member.report);
        auto made = remake_report(workshop, loaded, member, diagnostics);
        parts.push_back(report::pack_part(workshop.session.workspace, loaded.descriptor, made.request, made.result));
    }
    return report::make_pack(workshop.session.workspace, run.pack, std::move(parts),
                             plan_request(recorded_options(run), run.started), workshop.resources, diagnostics);
}

} // namespace deckle::app
