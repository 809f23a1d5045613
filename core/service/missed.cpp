#include "service/missed.hpp"
#include "base/text.hpp"
#include "model/formatter.hpp"
#include "service/notices.hpp"
#include "service/plan.hpp"
#include "store/editions.hpp"
#include "store/services.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace deckle::service {

using store::Edition;
using enum store::EditionState;

namespace {

constexpr std::chrono::days furthest{732};
constexpr std::chrono::minutes alive{2}; // since a service was heard of
constexpr std::size_t most = 100'000;    // editions of a schedule

/// What is known of the services: empty when one is at work.
std::string silence(Office& office) {
    model::Formatter const formatter(office.workspace.company.locale, office.workspace.company.zone);
    auto const services = store::Services(office.database).list();
    if (services.empty()) return "no service has ever run here (deckle serve --no-web)";
    auto const newest =
        std::ranges::max_element(services, {}, [](auto const& s) { return s.stopped.value_or(s.seen); });
    if (!newest->stopped && std::chrono::abs(office.clock.now() - newest->seen) < alive) return "";
    return newest->stopped ? fmt::format("no service runs since {}, when {} was stopped",
                                         formatter.datetime(*newest->stopped), newest->name)
                           : fmt::format("no service has been heard of since {} ({})", formatter.datetime(newest->seen),
                                         newest->name);
}

/// Of the editions of a period, of each part the one that counts: the newest that was sent, else the newest.
std::vector<Edition> counting(std::vector<Edition> const& editions) {
    std::map<std::string, Edition> parts;
    for (auto const& e : editions) { // newest first
        auto const [known, added] = parts.try_emplace(e.part, e);
        if (!added && e.state == done && known->second.state != done) known->second = e;
    }
    std::vector<Edition> all;
    for (auto& [part, e] : parts) all.push_back(std::move(e));
    return all;
}

/// What keeps an edition from its readers; nullopt when nothing does.
std::optional<LastDue> trouble(Office& office, Edition const& e) {
    LastDue t;
    t.missing = true;
    std::string const reason = e.reason.empty() ? "" : ": " + first_line(e.reason);
    switch (e.state) {
    case done:
    case stopped:
        return std::nullopt;
    case skipped:
        if (!e.reason.starts_with("missed")) return std::nullopt;
        t.state = "not made";
        t.why = first_line(e.reason);
        t.command = fmt::format("deckle schedule run {} --period {}", e.schedule, e.period);
        return t;
    case queued:
    case making:
        t.state = "not made";
        t.why = (e.state == making ? "it is being made"
                 : e.attempts > 0  ? fmt::format("it was tried {}, and is tried again",
                                                e.attempts == 1 ? "once" : fmt::format("{} times", e.attempts))
                                   : "nobody has begun with it") +
                reason;
        if (auto const none = silence(office); !none.empty()) t.why += "; " + none;
        t.command = "deckle serve --no-web";
        return t;
    case held:
        t.state = "held";
        t.why = (e.run.empty() ? "it cannot be made from what there is" : "a check keeps it back") + reason;
        t.command = e.run.empty() ? fmt::format("deckle schedule run {} --period {}", e.schedule, e.period)
                                  : "deckle schedule release " + e.id;
        return t;
    case waiting:
        if (e.release_at && *e.release_at > office.clock.now()) return std::nullopt; // it goes out by itself
        t.state = "waiting";
        t.why = "somebody has to release it";
        t.command = "deckle schedule release " + e.id;
        return t;
    case failed:
        t.state = "failed";
        t.why = "it could not be made" + reason;
        t.command = fmt::format("deckle schedule run {} --period {}", e.schedule, e.period);
        return t;
    case delivering:
        break;
    }
    std::map<store::DeliveryState, int> counts;
    int all = 0;
    for (auto const& d : store::Deliveries(office.database).list({.edition = e.id, .limit = most})) {
        ++counts[d.state];
        ++all;
    }
    using enum store::DeliveryState;
    t.state = counts[sent] > 0 ? "partly delivered" : "not delivered";
    for (auto const& [state, word] :
         {std::pair(unknown, "not known"), std::pair(store::DeliveryState::failed, "failed"),
          std::pair(pending, "pending"), std::pair(sending, "leaving")})
        if (counts[state] > 0) t.why += fmt::format("{}{} {}", t.why.empty() ? "" : ", ", counts[state], word);
    t.why += fmt::format(" of {} {}", all, all == 1 ? "delivery" : "deliveries");
    if (auto const none = silence(office); !none.empty() && counts[pending] > 0) t.why += "; " + none;
    t.command = "deckle delivery list --schedule " + e.schedule;
    return t;
}

LastDue not_made(Office& office, LastDue due, store::ScheduleState const& state) {
    due.missing = true;
    due.state = "not made";
    model::Formatter const formatter(office.workspace.company.locale, office.workspace.company.zone);
    auto const none = silence(office);
    due.why = state.seen ? fmt::format("its firings were dealt with until {} only", formatter.datetime(*state.seen))
                         : "nobody has ever looked at it";
    if (!none.empty()) due.why = none;
    due.command = none.empty() ? fmt::format("deckle schedule run {} --period {}", due.schedule, due.period)
                               : "deckle serve --no-web";
    return due;
}

LastDue last_due_of(Office& office, std::string const& name, data::Schedule const& s, Instant until) {
    LastDue due;
    due.schedule = name;
    store::Editions editions(office.database);
    auto const state = editions.schedule(name);
    auto const schedule = schedule_of(office.workspace, s);
    std::vector<schedule::Firing> firings;
    for (auto const back : {std::chrono::days(1), std::chrono::days(40), furthest}) // most fire within a month
        if (firings.empty()) firings = schedule::firings_between(schedule, until - back, until, 1);
    if (firings.empty()) {
        due.state = "not due";
        return due;
    }
    auto const& firing = firings.back();
    due.at = firing.at;
    due.period = edition_period(office.workspace, s, firing.nominal);
    auto const those = counting(editions.list({.schedule = name, .period = due.period, .limit = most}));
    for (auto const& e : those) due.editions.push_back(e.id);
    if (those.empty()) {
        auto const first = editions.first_due(name);
        bool const begun_before = first && *first < firing.at;
        bool const dealt_with = state.seen && *state.seen >= firing.at;
        if (state.paused || (dealt_with && !begun_before)) {
            due.state = state.paused ? "paused" : "not due";
            return due;
        }
        return not_made(office, due, state);
    }
    due.state = "delivered";
    std::size_t missing = 0;
    for (auto const& e : those) {
        auto const t = trouble(office, e);
        if (!t) {
            if (those.size() == 1 && e.state != done) due.state = to_string(e.state);
            continue;
        }
        if (missing++ > 0) continue;
        due.missing = true;
        due.state = t->state;
        due.why = (e.part.empty() ? "" : e.part + ": ") + t->why;
        due.command = t->command;
    }
    if (missing > 1) due.why += fmt::format("; and {} more of {} parts", missing - 1, those.size());
    return due;
}

} // namespace

std::vector<LastDue> last_due(Office& office, std::chrono::milliseconds grace) {
    std::vector<LastDue> all;
    for (auto const& [name, s] : office.workspace.schedules) {
        try {
            all.push_back(last_due_of(office, name, s, office.clock.now() - grace));
        } catch (Error const& e) {
            if (e.code() == ErrorCode::io) throw;
            LastDue due; // its file of holidays
            due.schedule = name;
            due.state = "not known";
            due.why = e.to_string();
            due.command = "deckle schedule explain " + name;
            due.missing = true;
            all.push_back(due);
        }
    }
    return all;
}

std::string missing_key(Office& office, LastDue const& due) {
    return fmt::format("missed/{}/{}", due.schedule,
                       due.at ? to_iso(*due.at) : to_iso(office.clock.now()).substr(0, 10));
}

namespace {

/// The service has said it itself: that it is held, failed, waits, or could not be delivered.
bool was_told(Office& office, LastDue const& due) {
    static std::map<std::string, std::vector<std::string>> const needs = {
        {"failed", {"failed"}},
        {"held", {"held"}},
        {"waiting", {"waiting"}},
        {"not delivered", {"undelivered", "late", "unknown"}},
        {"partly delivered", {"undelivered", "unknown"}}};
    auto const known = needs.find(due.state);
    if (known == needs.end()) return false;
    return std::ranges::any_of(known->second, [&](std::string const& need) {
        return store::Deliveries(office.database).has_told(fmt::format("{}/{}/{}/", need, due.schedule, due.period));
    });
}

} // namespace

bool tell_missing(Office& office, LastDue const& due) {
    if (was_told(office, due)) return false;
    model::Formatter const formatter(office.workspace.company.locale, office.workspace.company.zone);
    auto const& schedules = office.workspace.schedules;
    auto const known = schedules.find(due.schedule);
    std::string const what = known == schedules.end()     ? due.schedule
                             : known->second.pack.empty() ? known->second.report
                                                          : title_of(office.workspace, "pack:" + known->second.pack);
    std::string const at = due.at ? formatter.datetime(*due.at) : "";
    std::string const period = period_words(due.period, formatter);
    Notice n;
    n.key = missing_key(office, due);
    n.subject = fmt::format("Missing: {}{}", what, period.empty() ? "" : ", " + period);
    n.what = fmt::format("{}{}, was due{} and has not come ({}): {}.", what, period.empty() ? "" : " for " + period,
                         at.empty() ? "" : " " + at, due.state, due.why);
    n.about = {{"Schedule", due.schedule}};
    if (!at.empty()) n.about.emplace_back("Due", at);
    for (auto const& edition : due.editions) n.about.emplace_back("Edition", edition);
    if (!due.command.empty()) n.now.emplace_back("What helps", due.command);
    n.now.emplace_back("See it all", "deckle schedule check");
    return notices(office).tell(n, due.schedule, office.clock.now());
}

bool tell_missed(Office& office, std::string const& schedule, std::vector<Missed> const& missed) {
    if (missed.empty()) return false;
    model::Formatter const formatter(office.workspace.company.locale, office.workspace.company.zone);
    auto const known = office.workspace.schedules.find(schedule);
    std::string const what = known == office.workspace.schedules.end() || known->second.pack.empty()
                                 ? known == office.workspace.schedules.end() ? schedule : known->second.report
                                 : title_of(office.workspace, "pack:" + known->second.pack);
    auto const& newest = missed.back();
    Notice n;
    n.key = fmt::format("missed/{}/{}", schedule, to_iso(newest.at));
    n.subject =
        fmt::format("{}: {}, {}", newest.made ? "Late" : "Missed", what, period_words(newest.period, formatter));
    // The last that was heard of any service before the firing, and the first afterwards.
    std::optional<Instant> from, back;
    for (auto const& s : store::Services(office.database).list()) {
        auto const end = s.stopped.value_or(s.seen);
        if (end < newest.at && (!from || end > *from)) from = end;
        if (s.started >= newest.at && (!back || s.started < *back)) back = s.started;
    }
    n.what = from && back
                 ? fmt::format("No service ran from {} until {}.", formatter.datetime(*from), formatter.datetime(*back))
             : back ? fmt::format("No service ran before {}.", formatter.datetime(*back))
                    : "The service did not come to it in time.";
    n.columns = {"Was due", "Period", "What becomes of it"};
    for (auto const& m : missed)
        n.rows.push_back(
            {formatter.datetime(m.at), period_words(m.period, formatter), m.made ? "is made now" : m.reason});
    n.about = {{"Schedule", schedule}};
    for (auto const& m : missed)
        if (!m.made)
            n.now.emplace_back("Make it after all",
                               fmt::format("deckle schedule run {} --period {}", schedule, m.period));
    if (n.now.size() > 3) n.now.resize(3);
    return notices(office).tell(n, schedule, office.clock.now());
}

} // namespace deckle::service
