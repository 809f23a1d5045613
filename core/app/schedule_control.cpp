// deckle schedule run|pause|resume|editions|show|release|stop: what a person does about what runs by itself.
#include "app/make_report.hpp"
#include "app/output.hpp"
#include "app/workplace.hpp"
#include "base/text.hpp"
#include "report/period.hpp"
#include "service/opening.hpp"
#include "service/plan.hpp"
#include "service/release.hpp"
#include "store/deliveries.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;
using store::Edition;

/// "2026-11-04 07:00", in the company's zone.
std::string local(Counter const& counter, Instant at) {
    auto const t = to_local(at, counter.session.workspace.company.zone);
    return fmt::format("{} {:02}:{:02}", t.date.to_string(), t.hour, t.minute);
}

Json edition_json(Edition const& e) {
    return {{"edition", e.id},
            {"schedule", e.schedule},
            {"period", e.period},
            {"part", e.part},
            {"revision", e.revision},
            {"subject", e.subject},
            {"trigger", e.trigger},
            {"by", e.by},
            {"due", to_iso(e.due)},
            {"state", to_string(e.state)},
            {"reason", e.reason},
            {"run", e.run},
            {"attempts", e.attempts},
            {"release_at", e.release_at ? Json(to_iso(*e.release_at)) : Json(nullptr)},
            {"changed", to_iso(e.changed)},
            {"params", Json::parse(e.params)},
            {"to", Json::parse(e.to)}};
}

std::string revision_text(Edition const& e) {
    return e.revision > 1 ? fmt::format("{} r{}", e.period, e.revision) : e.period;
}

/// The answer of a command that changed editions.
int answer(Common const& common, Counter& counter, std::vector<std::string> const& ids) {
    Json list = Json::array();
    for (auto const& id : ids) {
        auto const e = store::Editions(counter.database).find(id);
        list.push_back(edition_json(e));
        if (!common.json)
            std::cout << fmt::format("{} {}{}\n", e.id, to_string(e.state), e.part.empty() ? "" : " " + e.part);
    }
    if (common.json) std::cout << (ids.size() == 1 ? list[0] : list).dump(2) << "\n";
    say_unless_served(counter.database);
    return ok;
}

/// Those that are named, or of a schedule and period in these states. Throws Error{refused} when there are none.
std::vector<std::string> chosen(Counter& counter, ScheduleOptions const& options,
                                std::vector<store::EditionState> states) {
    bool const by_schedule = !options.schedule.empty() || !options.period.empty();
    if (by_schedule != options.editions.empty() ||
        (by_schedule && (options.schedule.empty() || options.period.empty())))
        throw Error(ErrorCode::usage, "which? Name editions, or add --schedule and --period");
    std::vector<std::string> ids;
    for (auto const& id : options.editions) ids.push_back(store::Editions(counter.database).find(id).id);
    if (!by_schedule) return ids;
    (void)service::schedule_named(counter.session.workspace, options.schedule);
    if (!options.states.empty()) states.clear();
    for (auto const& state : options.states) states.push_back(store::edition_state(state));
    std::string words;
    for (auto const state : states) words += (words.empty() ? "" : " or ") + std::string(to_string(state));
    for (auto const& e :
         store::Editions(counter.database)
             .list({.schedule = options.schedule, .period = options.period, .states = states, .limit = 100'000}))
        ids.push_back(e.id);
    if (ids.empty())
        throw Error(ErrorCode::refused,
                    fmt::format("nothing of {}, {} is {}", options.schedule, options.period, words));
    std::ranges::reverse(ids); // oldest first
    return ids;
}

} // namespace

int run_schedule(Common const& common, ScheduleOptions const& options) {
    Counter counter(common);
    auto const by = author(options.by, counter.session.workspace);
    auto const [period, as_of] = service::split_period(options.period);
    if (!period.empty()) (void)report::parse_period(period);
    if (!as_of.empty() && !Date::parse(as_of))
        throw Error(ErrorCode::usage, "--period " + options.period + ": the day after @ is none (2026-10@2026-10-20)");
    std::vector<std::string> ids;
    for (auto const& e : service::run_now(counter.office, {options.schedule, options.period, options.part, by}))
        ids.push_back(e.id);
    return answer(common, counter, ids);
}

int pause_schedule(Common const& common, ScheduleOptions const& options, bool paused) {
    Counter counter(common);
    auto const by = author(options.by, counter.session.workspace);
    (void)service::schedule_named(counter.session.workspace, options.schedule);
    store::Editions(counter.database).pause(options.schedule, paused, by, options.note, counter.clock.now());
    if (common.json)
        std::cout << Json{{"schedule", options.schedule}, {"paused", paused}, {"by", by}, {"note", options.note}}.dump(
                         2)
                  << "\n";
    else
        std::cout << options.schedule << (paused ? " paused: its firings are recorded as skipped\n" : " goes on\n");
    return ok;
}

int list_editions(Common const& common, ScheduleOptions const& options) {
    Counter counter(common);
    store::EditionFilter filter{.schedule = options.schedule, .limit = static_cast<std::size_t>(options.limit)};
    for (auto const& state : options.states) filter.states.push_back(store::edition_state(state));
    auto const editions = store::Editions(counter.database).list(filter);
    if (common.json) {
        Json list = Json::array();
        for (auto const& e : editions) list.push_back(edition_json(e));
        std::cout << list.dump(2) << "\n";
        return ok;
    }
    std::vector<std::vector<std::string>> rows;
    for (auto const& e : editions)
        rows.push_back({e.id, e.schedule, revision_text(e), e.part, std::string(to_string(e.state)),
                        local(counter, e.due), e.run, shortened(first_line(e.reason), 100)});
    print_table({{"Edition"}, {"Schedule"}, {"Period"}, {"Part"}, {"State"}, {"Due"}, {"Run"}, {"Why"}}, rows);
    return ok;
}

int show_edition(Common const& common, std::string const& id) {
    Counter counter(common);
    auto const e = store::Editions(counter.database).find(id);
    auto const events = store::Editions(counter.database).log(e.id);
    auto const deliveries = store::Deliveries(counter.database).list({.edition = e.id, .limit = 10'000});
    std::vector<std::string> files;
    if (!e.run.empty())
        for (auto const& output : store::Store(counter.database).outputs(e.run))
            files.push_back(place_of(output, counter.office.workspace).string());
    if (common.json) {
        Json shown = edition_json(e);
        shown["log"] = Json::array();
        for (auto const& event : events)
            shown["log"].push_back(
                {{"at", to_iso(event.at)}, {"state", to_string(event.state)}, {"by", event.by}, {"note", event.note}});
        shown["files"] = files;
        shown["deliveries"] = Json::array();
        for (auto const& d : deliveries)
            shown["deliveries"].push_back({{"delivery", d.id},
                                           {"recipient", d.recipient},
                                           {"channel", d.channel},
                                           {"state", to_string(d.state)},
                                           {"attempts", d.attempts},
                                           {"answer", d.answer}});
        std::cout << shown.dump(2) << "\n";
        return ok;
    }
    std::cout << fmt::format("Edition {}: {}, {}{}{}\n{}{}\nDue {}, {}{}\n", e.id, e.subject, revision_text(e),
                             e.part.empty() ? "" : ", " + e.part, e.run.empty() ? "" : ", run " + e.run,
                             to_string(e.state), e.reason.empty() ? "" : ": " + e.reason, local(counter, e.due),
                             e.trigger, e.by.empty() ? "" : " by " + e.by);
    for (auto const& file : files) std::cout << "File " << file << "\n";
    if (e.release_at) std::cout << "Goes out by itself at " << local(counter, *e.release_at) << "\n";
    std::cout << "\n";
    std::vector<std::vector<std::string>> rows;
    for (auto const& event : events)
        rows.push_back({local(counter, event.at), std::string(to_string(event.state)), event.by, event.note});
    print_table({{"When"}, {"State"}, {"By"}, {"Note"}}, rows);
    if (deliveries.empty()) return ok;
    std::cout << "\n";
    rows.clear();
    for (auto const& d : deliveries)
        rows.push_back(
            {d.id, d.recipient, d.channel, std::string(to_string(d.state)), std::to_string(d.attempts), d.answer});
    print_table({{"Delivery"}, {"Recipient"}, {"Channel"}, {"State"}, {"Tried", true}, {"Answer"}}, rows);
    return ok;
}

int release_editions(Common const& common, ScheduleOptions const& options) {
    Counter counter(common);
    auto const by = author(options.by, counter.session.workspace);
    auto const ids = chosen(counter, options, {store::EditionState::waiting});
    counter.database.transact([&] { // all or none
        for (auto const& id : ids) service::release_edition(counter.office, id, by, options.note);
    });
    return answer(common, counter, ids);
}

int stop_editions(Common const& common, ScheduleOptions const& options) {
    Counter counter(common);
    auto const by = author(options.by, counter.session.workspace);
    auto const ids = chosen(counter, options, {store::EditionState::waiting, store::EditionState::held});
    counter.database.transact([&] {
        for (auto const& id : ids) service::stop_edition(counter.office, id, by, options.note);
    });
    return answer(common, counter, ids);
}

} // namespace deckle::app
