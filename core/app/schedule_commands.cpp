// deckle schedule list|explain: when reports come by themselves, for which period, to whom.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/session.hpp"
#include "base/nearest.hpp"
#include "service/plan.hpp"
#include <fmt/format.h>
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;
using service::period_of;
using service::schedule_of;

std::string what_of(data::Schedule const& s) {
    return s.pack.empty() ? s.report : "pack " + s.pack;
}

/// "Thu 2026-12-03 07:00 CST"; "-" where the zone's rules are not known.
std::string local_text(schedule::Firing const& firing) {
    static constexpr char const* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (!schedule::local_time_is_known(firing.at)) return "-";
    auto const& t = firing.local;
    return fmt::format("{} {} {:02}:{:02} {}", days[static_cast<int>(t.date.weekday()) - 1], t.date.to_string(), t.hour,
                       t.minute, t.abbreviation);
}

/// The file a recipient gets.
std::string file_of(data::Workspace const& workspace, data::Schedule const& s, std::string const& period) {
    return report::file_name(workspace.company.name, s.pack.empty() ? s.report : s.pack + "-pack", period, 1, "pdf");
}

std::string joined(std::vector<std::string> const& texts) {
    std::string out;
    for (auto const& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

Instant start_of(ExplainOptions const& options, std::string const& zone) {
    if (options.from.empty()) return SystemClock().now();
    auto const day = Date::parse(options.from);
    if (!day) throw Error(ErrorCode::usage, "--from " + options.from + ": not a date (YYYY-MM-DD)");
    return from_local(*day, 0, 0, 0, zone) - std::chrono::milliseconds(1);
}

/// Prints the firings of one schedule, or adds them to `list`.
void explain(data::Workspace const& workspace, std::string const& name, data::Schedule const& s,
             ExplainOptions const& options, Json* list) {
    auto const schedule = schedule_of(workspace, s);
    auto const firings =
        schedule::next_firings(schedule, start_of(options, s.zone), static_cast<std::size_t>(options.count));
    Json answer{{"schedule", name}, {"makes", what_of(s)}, {"when", s.when}, {"zone", s.zone},
                {"shift", s.shift}, {"period", s.period},  {"to", s.to},     {"firings", Json::array()}};
    std::vector<std::vector<std::string>> rows;
    for (auto const& firing : firings) {
        auto const period = period_of(workspace, s, firing);
        auto const file = file_of(workspace, s, period);
        answer["firings"].push_back({{"at", to_iso(firing.at)},
                                     {"local", local_text(firing)},
                                     {"period", period},
                                     {"file", file},
                                     {"notes", firing.notes}});
        rows.push_back({local_text(firing), to_iso(firing.at), period, file, firing.notes});
    }
    if (list != nullptr) {
        list->push_back(std::move(answer));
        return;
    }
    std::cout << name << ": " << what_of(s) << ", " << s.when << ", " << s.zone;
    if (!s.holidays.empty()) std::cout << ", holidays of " << s.holidays.filename().string();
    if (s.shift != "none") std::cout << ", else the " << s.shift << " business day";
    std::cout << "\nTo: " << (s.to.empty() ? "nobody yet" : joined(s.to)) << "\n\n";
    print_table({{"Local time"}, {"UTC"}, {"Period"}, {"File"}, {"Note"}}, rows);
    if (firings.size() < static_cast<std::size_t>(options.count)) std::cout << "No further firing within ten years\n";
}

} // namespace

int list_schedules(Common const& common) {
    Session const session(common);
    auto const& workspace = session.workspace;
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (auto const& [name, s] : workspace.schedules) {
        auto const next = schedule::next_firings(schedule_of(workspace, s), SystemClock().now(), 1);
        std::string const at = next.empty() ? "never" : local_text(next.front());
        list.push_back({{"schedule", name},
                        {"makes", what_of(s)},
                        {"when", s.when},
                        {"zone", s.zone},
                        {"to", s.to},
                        {"next", next.empty() ? Json() : Json(to_iso(next.front().at))}});
        rows.push_back({name, what_of(s), s.when, at, joined(s.to)});
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
    if (!options.schedule.empty() && !schedules.contains(options.schedule)) {
        std::vector<std::string> names;
        for (auto const& [name, s] : schedules) names.push_back(name);
        auto const like = nearest(options.schedule, names);
        throw Error(ErrorCode::usage,
                    "there is no schedule '" + options.schedule + "' in deckle.toml" +
                        (like ? "; did you mean '" + *like + "'?" : "; add [schedules." + options.schedule + "]"));
    }
    Json list = Json::array();
    bool first = true;
    for (auto const& [name, s] : schedules) {
        if (!options.schedule.empty() && name != options.schedule) continue;
        if (!common.json && !std::exchange(first, false)) std::cout << "\n";
        explain(session.workspace, name, s, options, common.json ? &list : nullptr);
    }
    if (common.json) std::cout << list.dump(2) << "\n";
    return ok;
}

} // namespace deckle::app
