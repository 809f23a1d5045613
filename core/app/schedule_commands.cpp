// deckle schedule list|explain: when reports come by themselves, for which period, who gets which file by which way,
// and what has to hold before.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/schedule_check.hpp"
#include "app/schedule_words.hpp"
#include "app/session.hpp"
#include "app/workplace.hpp"
#include "delivery/names.hpp"
#include "service/parts.hpp"
#include "service/plan.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;
using service::Part;
using service::schedule_of;

Instant start_of(ExplainOptions const& options, std::string const& zone) {
    if (options.from.empty()) return SystemClock().now();
    auto const day = Date::parse(options.from);
    if (!day) throw Error(ErrorCode::usage, "--from " + options.from + ": not a date (YYYY-MM-DD)");
    return from_local(*day, 0, 0, 0, zone) - std::chrono::milliseconds(1);
}

/// What is known of schedules in the store; nothing before there is one, and none is made for this.
class States {
public:
    explicit States(data::Workspace const& workspace) {
        bool const there = std::filesystem::exists(workspace.root / ".deckle" / "store.db");
        if (there || !workspace.store.postgresql.empty()) database_.emplace(open_database(workspace));
    }
    store::ScheduleState of(std::string const& schedule) {
        return database_ ? store::Editions(*database_).schedule(schedule) : store::ScheduleState{};
    }

private:
    std::optional<store::Database> database_;
};

class Explanation {
public:
    Explanation(Session const& session, std::string const& name, data::Schedule const& s, ExplainOptions const& options,
                store::ScheduleState state)
        : workspace_(session.workspace), name_(name), s_(s), options_(options), state_(std::move(state)) {
        ScheduleCheck check(session, s);
        check.names();
        title_ = s.pack.empty() ? check.title() : workspace_.packs.at(s.pack).title;
        if (title_.empty()) title_ = s.pack;
        start_ = start_of(options, s.zone);
        firings_ = schedule::next_firings(schedule_of(workspace_, s), start_, static_cast<std::size_t>(options.count));
        if (s.each && options.no_parts) return;
        try {
            parts_ = service::read_parts(workspace_, session.catalogue, s, SystemClock().now());
            for (Part const& part : parts_) check.values(part);
        } catch (Error const& e) {
            if (!s.each) throw;
            problem_ = e.to_string(); // the firings are worth seeing all the same
            parts_.clear();
        }
    }

    [[nodiscard]] bool good() const { return problem_.empty(); }

    [[nodiscard]] Json json() const {
        Json answer = rules_json(workspace_, s_, state_);
        answer["schedule"] = name_;
        answer["firings"] = Json::array();
        for (auto const& firing : firings_) {
            auto const period = service::edition_period(workspace_, s_, firing.nominal);
            Json files = Json::array();
            for (Part const& part : parts_)
                files.push_back(
                    {{"part", part.id}, {"file", file(period, part.id)}, {"to", part.to}, {"via", via(part)}});
            Json entry{{"at", to_iso(firing.at)},
                       {"local", local_text(firing.at, s_.zone)},
                       {"period", service::split_period(period).period},
                       {"edition", period},
                       {"notes", notes(firing)},
                       {"files", std::move(files)}};
            if (!s_.each) entry["file"] = file(period, "");
            answer["firings"].push_back(std::move(entry));
        }
        if (!problem_.empty()) answer["parts_problem"] = problem_;
        return answer;
    }

    void print() const {
        std::cout << name_ << ": " << what_of(s_) << ", " << s_.when << "\n";
        for (auto const& [rule, words] : rules_of(workspace_, s_, state_, start_))
            std::cout << fmt::format("  {:<12}{}\n", rule, words);
        std::cout << "\n";
        std::vector<std::vector<std::string>> rows;
        for (auto const& firing : firings_) {
            auto const period = service::edition_period(workspace_, s_, firing.nominal);
            rows.push_back(
                {local_text(firing.at, s_.zone), to_iso(firing.at), period, files_cell(period), notes(firing)});
        }
        print_table({{"Local time"}, {"UTC"}, {"Period"}, {"File"}, {"Note"}}, rows);
        if (firings_.size() < static_cast<std::size_t>(options_.count))
            std::cout << "No further firing within ten years\n";
        std::cout << "\n";
        print_recipients();
    }

private:
    /// Of a period there is one edition, whichever firing comes first.
    [[nodiscard]] std::string notes(schedule::Firing const& firing) const {
        bool const again =
            &firing != &firings_.front() && service::edition_period(workspace_, s_, (&firing - 1)->nominal) ==
                                                service::edition_period(workspace_, s_, firing.nominal);
        return firing.notes +
               (again ? (firing.notes.empty() ? "" : "; ") + std::string("that period is made before") : "");
    }
    /// What the recipient gets, of the first revision.
    [[nodiscard]] std::string file(std::string const& period, std::string const& part) const {
        auto const [name, as_of] = service::split_period(period);
        return delivery::file_name(s_.file_name,
                                   {{"company", workspace_.company.name},
                                    {"title", title_},
                                    {"report", s_.pack.empty() ? s_.report : s_.pack + "-pack"},
                                    {"pack", s_.pack},
                                    {"period", as_of.empty() ? name : name + "-as-of-" + as_of},
                                    {"part", part},
                                    {"revision", ""},
                                    {"as_of", as_of.empty() ? report::parse_period(name).end.to_string() : as_of}},
                                   "pdf");
    }
    [[nodiscard]] std::string via(Part const& part) const {
        return part.to.empty() ? "" : mail_channel(workspace_, s_);
    }
    [[nodiscard]] std::string files_cell(std::string const& period) const {
        if (!s_.each) return file(period, "");
        if (options_.no_parts) return "one for each row of " + s_.each->dataset;
        return problem_.empty() ? counted(static_cast<std::int64_t>(parts_.size()), "file") : "not known, see below";
    }

    /// Who gets what by which way, with the names of the next firing's files.
    void print_recipients() const {
        if (!problem_.empty()) {
            std::cout << "Who gets it: the parts cannot be read, and nothing would be sent:\n" << problem_ << "\n";
            return;
        }
        if (s_.each && options_.no_parts) {
            std::cout << "Who gets it: the addresses in the dataset " << s_.each->dataset << " (--no-parts)\n";
            return;
        }
        if (firings_.empty()) return;
        auto const period = service::edition_period(workspace_, s_, firings_.front().nominal);
        std::vector<std::vector<std::string>> rows;
        auto const add = [&](Part const& part, std::string const& who, std::string const& way) {
            std::vector<std::string> row = {who, way, file(period, part.id)};
            if (s_.each) row.insert(row.begin(), part.id);
            rows.push_back(std::move(row));
        };
        for (Part const& part : parts_) {
            auto const channel = via(part);
            for (auto const& address : part.to) add(part, address, channel.empty() ? "no mail channel yet" : channel);
            for (auto const& copy : s_.copies) add(part, "-", copy);
            if (part.to.empty() && s_.copies.empty()) add(part, "nobody yet", "-");
        }
        std::vector<TextColumn> columns = {{"Recipient"}, {"By"}, {"File of the next firing"}};
        if (s_.each) columns.insert(columns.begin(), {"Part"});
        if (rows.empty())
            std::cout << "Nobody gets it: no row of the dataset " << s_.each->dataset << " is taken\n";
        else
            print_table(columns, rows);
    }

    data::Workspace const& workspace_;
    std::string const& name_;
    data::Schedule const& s_;
    ExplainOptions const& options_;
    store::ScheduleState state_;
    Instant start_{};
    std::vector<schedule::Firing> firings_;
    std::vector<Part> parts_;
    std::string title_;
    std::string problem_; // why the parts are not known
};

std::string recipients(data::Schedule const& s) {
    if (s.each && !s.each->to.empty()) return "each row of " + s.each->dataset;
    return joined(s.to);
}

} // namespace

int list_schedules(Common const& common) {
    Session const session(common);
    auto const& workspace = session.workspace;
    States states(workspace);
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& [name, s] : workspace.schedules) {
        ScheduleCheck(session, s).names();
        auto const state = states.of(name);
        std::vector<schedule::Firing> next;
        try {
            next = schedule::next_firings(schedule_of(workspace, s), SystemClock().now(), 1);
        } catch (Error const& e) {
            throw Error(e.code(), fmt::format("[schedules.{}] {}", name, e.to_string()), s.position);
        }
        std::string const at = next.empty() ? "never" : local_text(next.front().at, s.zone);
        Json entry = rules_json(workspace, s, state);
        entry["schedule"] = name;
        entry["next"] = next.empty() ? Json() : Json(to_iso(next.front().at));
        list.push_back(std::move(entry));
        rows.push_back({name, what_of(s), s.when, state.paused ? "paused" : at, recipients(s)});
    }
    if (common.json)
        std::cout << list.dump(2) << "\n";
    else
        print_table({{"Schedule"}, {"Makes"}, {"When"}, {"Next"}, {"To"}}, rows);
    return ok;
}

int explain_schedules(Common const& common, ExplainOptions const& options) {
    Session const session(common);
    auto const& schedules = session.workspace.schedules;
    if (!options.schedule.empty()) (void)service::schedule_named(session.workspace, options.schedule);
    States states(session.workspace);
    Json list = Json::array();
    bool first = true, good = true;
    for (auto const& [name, s] : schedules) {
        if (!options.schedule.empty() && name != options.schedule) continue;
        Explanation const explanation(session, name, s, options, states.of(name));
        good = good && explanation.good();
        if (common.json) {
            list.push_back(explanation.json());
            continue;
        }
        if (!std::exchange(first, false)) std::cout << "\n";
        explanation.print();
    }
    if (common.json) std::cout << list.dump(2) << "\n";
    return good ? ok : failed;
}

} // namespace deckle::app
