// deckle schedule check|revise|restated, deckle reminders list: whether what was due has come, what has changed since
// it was sent, what is due next.
#include "app/output.hpp"
#include "app/survey.hpp"
#include "app/workplace.hpp"
#include "base/duration.hpp"
#include "base/text.hpp"
#include "model/export.hpp"
#include "model/formatter.hpp"
#include "service/deliver.hpp"
#include "service/missed.hpp"
#include "service/notices.hpp"
#include "service/plan.hpp"
#include "service/reminders.hpp"
#include "service/restatements.hpp"
#include "store/reminders.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <map>

namespace deckle::app {
namespace {

using model::Json;

/// Sends what was claimed for these keys, without a service. What cannot leave now stays in the queue. Returns how many
/// are still to be sent, or may have been.
int send_now(Counter& counter, std::vector<std::string> const& keys) {
    store::Queue queue(counter.database);
    store::Deliveries deliveries(counter.database);
    auto const of = [&](std::string const& key) { return deliveries.list({.period = key, .notices = true}); };
    int left = 0;
    for (auto const& key : keys)
        for (auto const& d : of(key)) {
            if (d.state != store::DeliveryState::pending) continue;
            auto const job = queue.claim_one(process_name(), "deliver/" + d.id + "/1", std::chrono::minutes(5));
            if (!job) continue; // a service is at it
            try {
                service::deliver(counter.office, *job);
            } catch (Error const& e) {
                service::fail_deliver(counter.office, *job, e.to_string());
            }
        }
    for (auto const& key : keys)
        for (auto const& d : of(key)) {
            if (d.state == store::DeliveryState::sent) continue;
            ++left;
            std::cerr << fmt::format("notice {} to {}: {}{}\n", d.id, d.recipient.empty() ? d.channel : d.recipient,
                                     store::to_string(d.state), d.answer.empty() ? "" : ", " + d.answer);
        }
    return left;
}

/// Without a place where a mail would go, it is not pretended that one was sent.
void require_way(Counter& counter) {
    auto notices = service::notices(counter.office);
    for (auto const& [name, s] : counter.session.workspace.schedules) {
        if (notices.channel(name).empty())
            throw Error(ErrorCode::usage,
                        "--notify: there is no channel for it; add [delivery.channels.mail] to deckle.toml");
        if (notices.owners(name).empty())
            throw Error(ErrorCode::usage, "--notify: there is nobody to tell; add owner = [\"...\"] to [delivery]");
    }
}

Json item_json(service::DueItem const& item, service::Standing const& s) {
    return {{"item", item.id},
            {"what", item.what},
            {"left", item.left},
            {"owner", item.owner},
            {"day", item.day.to_string()},
            {"at", item.at ? Json(to_iso(*item.at)) : Json()},
            {"stated", item.stated},
            {"days", s.days},
            {"passed", s.passed},
            {"next", s.steps},
            {"silent", s.silent}};
}

} // namespace

int check_schedules(Common const& common, CheckOptions const& options) {
    auto const grace = parse_duration(options.grace);
    if (!grace) throw Error(ErrorCode::usage, "--grace " + options.grace + ": no span of time such as 30m, 2h or 1d");
    Counter counter(common);
    if (options.notify) require_way(counter);
    auto const all = service::last_due(counter.office, *grace);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    bool missing = false;
    for (auto const& due : all) {
        missing = missing || due.missing;
        list.push_back({{"schedule", due.schedule},
                        {"due", due.at ? Json(to_iso(*due.at)) : Json()},
                        {"period", due.period},
                        {"state", due.state},
                        {"missing", due.missing},
                        {"why", due.why},
                        {"command", due.command},
                        {"editions", due.editions}});
        rows.push_back({due.schedule, due.at ? counter.formatter.datetime(*due.at) : "", due.period,
                        (due.missing ? "MISSING: " : "") + due.state, shortened(due.why, 100)});
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Schedule"}, {"Was due"}, {"Period"}, {"State"}, {"Why"}}, rows);
    if (!common.json)
        for (auto const& due : all)
            if (due.missing && !due.command.empty()) std::cerr << due.schedule << ": " << due.command << "\n";
    if (options.notify) {
        std::vector<std::string> keys;
        for (auto const& due : all) {
            if (!due.missing) continue;
            (void)service::tell_missing(counter.office, due);
            keys.push_back(service::missing_key(counter.office, due));
        }
        if (send_now(counter, keys) > 0) return failed;
    }
    return missing ? partial : ok;
}

int revise_schedule(Common const& common, ScheduleOptions const& options) {
    Counter counter(common);
    auto const by = author(options.by, counter.session.workspace);
    auto const editions =
        service::revise(counter.office, {options.schedule, options.period, options.part, options.reason, by});
    Json list = Json::array();
    for (auto const& e : editions) {
        list.push_back({{"edition", e.id},
                        {"schedule", e.schedule},
                        {"period", e.period},
                        {"part", e.part},
                        {"revision", e.revision},
                        {"reason", e.note},
                        {"state", store::to_string(e.state)}});
        if (!common.json)
            std::cout << fmt::format("{} {}{}, revision {}: {}\n", e.id, e.period, e.part.empty() ? "" : ", " + e.part,
                                     e.revision, store::to_string(e.state));
    }
    if (common.json) std::cout << list.dump(2) << "\n";
    say_unless_served(counter.database);
    return ok;
}

namespace {

/// By "REPORT:FIGURE", as the run that was sent calls them.
std::map<std::string, std::string> labels_of(store::Store& ledger, std::string const& id) {
    std::map<std::string, std::string> labels;
    auto const add = [&](store::Run const& run) {
        auto const model = Json::parse(ledger.model(run.id), nullptr, false);
        if (!model.is_object()) return;
        for (auto const& f : model::figures(model)) labels.emplace(run.report + ":" + f.id, f.label);
    };
    auto const run = ledger.run(id);
    if (!run.report.empty()) add(run);
    for (auto const& member : ledger.members(id)) add(member);
    return labels;
}

} // namespace

int show_restated(Common const& common, ScheduleOptions const& options) {
    Counter counter(common);
    auto const& workspace = counter.session.workspace;
    if (!options.schedule.empty()) (void)service::schedule_named(workspace, options.schedule);
    WorkspaceSurvey survey(counter.session);
    store::Store ledger(counter.database);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> commands;
    std::int64_t looked_at = 0;
    bool problem = false;
    for (auto const& [name, s] : workspace.schedules) {
        if (options.schedule.empty() ? !s.watch : name != options.schedule) continue;
        for (auto const& r : service::restated(counter.office, survey, name, s.watch.value_or(data::Watch()))) {
            ++looked_at;
            auto const& e = r.edition;
            Json figures = Json::array();
            std::map<std::string, std::string> labels;
            if (!r.figures.empty()) labels = labels_of(ledger, e.run);
            for (auto const& [report, c] : r.figures) {
                auto const change = store::difference(c);
                auto const& label = labels[report + ":" + c.id];
                figures.push_back({{"report", report},
                                   {"figure", c.id},
                                   {"label", label},
                                   {"period", c.period},
                                   {"unit", c.unit},
                                   {"unit_sent", c.unit_before()},
                                   {"sent", c.before ? Json(*c.before) : Json()},
                                   {"now", c.after ? Json(*c.after) : Json()},
                                   {"difference", change ? Json(change->to_string()) : Json()}});
                auto const text = [&](bool there, std::optional<std::string> const& value, std::string const& unit) {
                    return there ? service::figure_text(workspace, value, unit) : "-";
                };
                rows.push_back({name, e.part.empty() ? e.period : e.period + ", " + e.part, report + ":" + c.id, label,
                                c.period, text(c.in_before, c.before, c.unit_before()),
                                text(c.in_after, c.after, c.unit),
                                change ? service::change_text(workspace, *change, c.unit) : ""});
            }
            if (!r.problem.empty()) std::cerr << name << ", " << e.period << ": not looked at: " << r.problem << "\n";
            problem = problem || !r.problem.empty();
            if (!r.figures.empty())
                commands.push_back(fmt::format("deckle schedule revise {} --period {}{} --reason \"...\"", name,
                                               e.period, e.part.empty() ? "" : " --part " + shell_word(e.part)));
            list.push_back({{"schedule", name},
                            {"edition", e.id},
                            {"period", e.period},
                            {"part", e.part},
                            {"revision", e.revision},
                            {"figures", figures},
                            {"within", r.within},
                            {"problem", r.problem}});
        }
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else if (!rows.empty())
        print_table({{"Schedule"},
                     {"Period"},
                     {"Figure"},
                     {"Label"},
                     {"Of"},
                     {"Sent", true},
                     {"Now", true},
                     {"Difference", true}},
                    rows);
    if (!common.json) {
        if (looked_at == 0)
            std::cerr << "No period that was sent is watched: add watch = { periods = 3 } to a schedule\n";
        else if (rows.empty())
            std::cerr << counted(looked_at, "edition") << " looked at: nothing has changed beyond the threshold\n";
        for (auto const& command : commands) std::cerr << "To send it corrected: " << command << "\n";
    }
    return problem ? partial : ok;
}

int list_reminders(Common const& common) {
    Counter counter(common);
    auto const& workspace = counter.session.workspace;
    WorkspaceSurvey survey(counter.session);
    std::vector<std::string> problems;
    auto const items = service::due_items(counter.office, survey, problems);
    store::Reminders reminders(counter.database);
    auto const days = workspace.reminders.value_or(data::ReminderSettings()).days;
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& item : items) {
        auto const s = service::standing(item, days, reminders.given(item.id, item.deadline()), counter.clock.now(),
                                         workspace.company.zone);
        list.push_back(item_json(item, s));
        std::string what = item.what;
        if (!item.left.empty()) what += "; " + item.left;
        rows.push_back({item.day.to_string() + (item.stated.empty() ? "" : " " + item.stated),
                        s.passed ? "passed" : std::to_string(s.days), what,
                        s.silent.empty() ? "in the next mail" : s.silent});
    }
    if (common.json)
        std::cout << Json{{"items", list}, {"problems", problems}, {"wanted", workspace.reminders.has_value()}}.dump(2)
                  << "\n";
    else
        print_table({{"Due"}, {"Days", true}, {"What"}, {"Reminder"}}, rows);
    for (auto const& problem : problems) std::cerr << "not looked at: " << problem << "\n";
    if (!workspace.reminders) std::cerr << "No reminders are sent: add [reminders] to deckle.toml\n";
    return problems.empty() ? ok : partial;
}

} // namespace deckle::app
