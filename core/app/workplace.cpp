#include "app/workplace.hpp"
#include "app/make_report.hpp"
#include "app/modules.hpp"
#include "app/resources.hpp"
#include "app/survey.hpp"
#include "base/file.hpp"
#include "store/services.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

namespace deckle::app {
namespace {

SystemClock const system_clock;

class JobWorkplace final : public service::Workplace {
public:
    JobWorkplace(std::shared_ptr<Session const> session, store::Store& ledger, report::Resources& resources,
                 service::Activity& activity, service::Log& log)
        : session_(std::move(session)), press_(*session_, ledger, resources, activity, log), log_(log) {}

    service::Office office(store::Database& database) override { return office_of(*session_, database, log_); }
    service::Press& press() override { return press_; }

private:
    std::shared_ptr<Session const> session_; // shared with the LiveWorkspace that read it
    ReportPress press_;
    service::Log& log_;
};

/// Of the files that are the configuration.
std::string configuration(std::filesystem::path const& folder) {
    std::string text;
    for (auto const* name : {"deckle.toml", "accounts.toml"}) {
        std::error_code failed;
        if (std::filesystem::exists(folder / name, failed)) text += read_file(folder / name);
        text += '\0';
    }
    return text;
}

} // namespace

LiveWorkspace::LiveWorkspace(Common common)
    : common_(std::move(common)), good_(std::make_shared<Session const>(common_)) {}

std::string LiveWorkspace::problem() const {
    std::lock_guard const lock(mutex_);
    return problem_;
}

std::shared_ptr<Session const> LiveWorkspace::read() {
    std::lock_guard const lock(mutex_);
    try {
        std::string text = configuration(common_.workspace);
        if (text == text_ && problem_.empty()) return good_;
        good_ = std::make_shared<Session const>(common_);
        text_ = std::move(text);
        problem_.clear();
    } catch (std::exception const& e) {
        problem_ = message_of(e);
    }
    return good_;
}

store::Database open_database(data::Workspace const& workspace) {
    store::Database database(open_place(workspace));
    database.commit_to_disk();
    return database;
}

service::Office office_of(Session const& session, store::Database& database, service::Log& log) {
    service::Office office{
        session.workspace,
        session.catalogue,
        installation().templates,
        database,
        system_clock,
        log,
        [&workspace = session.workspace](data::Channel const& channel) { return open_transport(workspace, channel); }};
    office.open_survey = [&session] { return std::make_unique<WorkspaceSurvey>(session); };
    return office;
}

std::string process_name() {
    char host[256] = "localhost";
    (void)::gethostname(host, sizeof host - 1);
    static auto const started = system_clock.now().time_since_epoch().count();
    return fmt::format("{}:{}:{:x}", host, ::getpid(), started % 0x1'0000'0000);
}

std::vector<std::string> take_back_lost(store::Database& database, service::Log& log) {
    constexpr int attempts = 1'000'000; // how often a job is tried is for the job to say
    // A lease from later than that is from a clock that was ahead.
    constexpr auto longest_lease = std::chrono::minutes(10);
    std::vector<std::string> workers;
    for (auto const& job : store::Queue(database).reap(attempts, longest_lease)) {
        log.warning("lease ran out", {{"job", job.key}, {"name", job.worker}});
        workers.push_back(job.worker);
    }
    return workers;
}

bool is_served(store::Database& database) {
    auto const now = system_clock.now();
    return std::ranges::any_of(store::Services(database).list(), [&](store::ServiceBeat const& s) {
        return !s.stopped && std::chrono::abs(now - s.seen) < std::chrono::minutes(1);
    });
}

void say_unless_served(store::Database& database) {
    if (!is_served(database))
        std::cerr << "No service is running: start deckle serve --no-web, or deckle work --once\n";
}

Counter::Counter(Common const& common)
    : session(common), database(open_database(session.workspace)), office(office_of(session, database, log)),
      formatter(session.workspace.company.locale, session.workspace.company.zone) {}

Workshops::Workshops(Common const& common, service::Log& log)
    : workspace_(common), database_(open_database(workspace_.read()->workspace)), ledger_(database_),
      resources_(installation().templates), log_(log) {}

std::shared_ptr<service::Workplace> Workshops::open() {
    return std::make_shared<JobWorkplace>(workspace_.read(), ledger_, resources_, activity_, log_);
}

} // namespace deckle::app
