// deckle preview REPORT: a page of this machine's browser with the HTML beside the PDF. With --watch both are made anew
// from the same report model whenever a template or style sheet is saved; no data is read and no plugin runs.
#include "app/make_report.hpp"
#include "app/modules.hpp"
#include "app/output.hpp"
#include "app/preview_page.hpp"
#include "app/resources.hpp"
#include "report/render.hpp"
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <mutex>

namespace deckle::app {
namespace {

namespace fs = std::filesystem;
using model::Json;

constexpr long look_every = 100'000'000; // nanoseconds

/// The template files that a report may be made of, with their times: an editor's save changes it, whichever way the
/// editor saves.
std::map<fs::path, std::pair<fs::file_time_type, std::uintmax_t>> files_of(templates::Folders const& folders) {
    std::map<fs::path, std::pair<fs::file_time_type, std::uintmax_t>> found;
    std::error_code ignored;
    for (auto const& folder : folders)
        for (auto const& entry : fs::directory_iterator(folder, ignored))
            if (entry.is_regular_file(ignored))
                found[entry.path()] = {entry.last_write_time(ignored), entry.file_size(ignored)};
    return found;
}

/// What the browser is shown; made by one thread, read by those of the server.
class Page final : public preview::Site {
public:
    explicit Page(std::string title) : title_(std::move(title)) {}

    /// A page that could not be made leaves the one before in its place.
    void set(std::optional<report::Rendered> rendered, std::string problem) {
        std::lock_guard const lock(mutex_);
        if (rendered) rendered_ = std::move(*rendered);
        problem_ = std::move(problem);
        ++version_;
    }

    std::optional<preview::Answer> get(std::string const& path) override {
        std::lock_guard const lock(mutex_);
        if (path == "/")
            return preview::Answer{"text/html; charset=utf-8", preview_html(title_),
                                   "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                                   "frame-src 'self'"};
        if (path == "/preview.js") return preview::Answer{"text/javascript; charset=utf-8", preview_script};
        if (path == "/preview.css") return preview::Answer{"text/css; charset=utf-8", preview_style};
        if (path == "/state")
            return preview::Answer{"application/json", Json{{"version", version_}, {"problem", problem_}}.dump()};
        if (path == "/report.html")
            return preview::Answer{
                "text/html; charset=utf-8", rendered_.html,
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"};
        if (path == "/report.pdf") return preview::Answer{"application/pdf", rendered_.pdf};
        return std::nullopt;
    }

private:
    std::string title_;
    std::mutex mutex_;
    report::Rendered rendered_;
    std::string problem_;
    std::uint64_t version_ = 0;
};

/// The model of the newest run that has one, with what its request was; without any, of a run made now.
std::pair<Json, report::Request> newest(WatchOptions const& options, Session const& session, LoadedReport& loaded,
                                        report::Resources& resources) {
    auto const store = session.open_store();
    for (auto const& run : store->runs({options.report, 100})) {
        std::string const text = store->model(run.id);
        if (text.empty() || (!options.period.empty() && run.period != options.period)) continue;
        report::Request request;
        request.period = report::parse_period(run.period);
        request.as_of = run.as_of;
        request.revision = run.revision;
        std::cerr << "Shows run " << run.id << ", " << run.period << "\n";
        return {model::parse_json(text, "the model of run " + run.id), request};
    }
    RunOptions run;
    run.period = options.period;
    ReportJob job = plan_report(run, session, loaded, {}, SystemClock().now());
    job.request.formats = {}; // the model alone
    report::Request const request = job.request;
    StageClock clock;
    Workshop workshop{session, *store, resources, clock};
    Diagnostics diagnostics;
    auto made = make_report(workshop, loaded, std::move(job), run, diagnostics);
    print_diagnostics(diagnostics);
    std::cerr << "Made run " << made.run << ", " << run.period << "\n";
    return {std::move(made.result.model), request};
}

/// Signals that end the program, held back in every thread; asked for with a deadline.
class Interrupt {
public:
    Interrupt() {
        ::sigemptyset(&set_);
        ::sigaddset(&set_, SIGINT);
        ::sigaddset(&set_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    /// True when one came within the time.
    [[nodiscard]] bool within(long nanoseconds) const {
        timespec const most{0, nanoseconds};
        return ::sigtimedwait(&set_, nullptr, &most) > 0;
    }

private:
    sigset_t set_{};
};

} // namespace

int preview_report(Common const& common, WatchOptions const& options) {
    Interrupt const interrupt; // before there are threads
    Session const session(common);
    auto const descriptor_and_model = [&] {
        LoadedReport loaded = load_report(session.plugins, options.report);
        report::Resources resources(installation().templates);
        auto found = newest(options, session, loaded, resources);
        return std::tuple(loaded.descriptor, std::move(found.first), std::move(found.second));
    }();
    auto const& [descriptor, model, request_of_run] = descriptor_and_model;
    report::Request request = request_of_run;
    request.formats = {report::Format::pdf, report::Format::html};

    auto const folders = report::template_folders(session.workspace, descriptor, installation().templates);
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    report::Resources resources(installation().templates); // its fonts stay open
    Page page(descriptor.title);
    auto const render = [&] {
        resources.forget_templates();
        Diagnostics diagnostics;
        std::optional<report::Rendered> rendered;
        std::string problem;
        try {
            rendered =
                report::render(model, formatter, session.workspace, descriptor, request, {}, resources, diagnostics);
            for (auto const& d : diagnostics.items())
                if (d.severity != Severity::note) problem += d.to_string() + "\n";
        } catch (std::exception const& e) {
            problem = message_of(e) + "\n";
        }
        std::cerr << problem;
        page.set(std::move(rendered), std::move(problem));
    };
    render();
    auto files = files_of(folders);
    auto const server = serve_preview(page, options.port);
    std::cout << "http://127.0.0.1:" << server->port() << "/\n" << std::flush;
    while (!interrupt.within(look_every)) {
        if (!options.watch) continue;
        auto now = files_of(folders);
        if (now == files) continue;
        files = std::move(now);
        render();
    }
    return ok;
}

} // namespace deckle::app
