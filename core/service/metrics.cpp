#include "service/metrics.hpp"
#include "service/missed.hpp"
#include "service/plan.hpp"
#include "store/deliveries.hpp"
#include "store/editions.hpp"
#include "store/services.hpp"
#include <fmt/format.h>
#include <map>

namespace deckle::service {
namespace {

/// A label's value: backslash, quote and line break are escaped.
std::string label(std::string const& text) {
    std::string out;
    for (char const c : text) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

double seconds(std::chrono::milliseconds span) {
    return static_cast<double>(span.count()) / 1000;
}

class Page {
public:
    void metric(std::string const& name, char const* help) {
        text_ += fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
        name_ = name;
    }
    void value(std::string const& labels, double n) {
        text_ += fmt::format("{}{} {}\n", name_, labels.empty() ? "" : "{" + labels + "}", n);
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_, name_;
};

void jobs(Page& page, store::Services& services) {
    auto const counts = services.jobs();
    std::map<std::string, std::int64_t> queued{{"deliver", 0}, {"make", 0}}, dead = queued;
    for (auto const& [lane, state, n] : counts) (state == "dead" ? dead : queued)[lane] += n;
    page.metric("deckle_jobs", "Jobs that wait or are being done.");
    for (auto const& [lane, n] : queued) page.value("lane=\"" + label(lane) + "\"", static_cast<double>(n));
    page.metric("deckle_jobs_dead", "Jobs that were given up.");
    for (auto const& [lane, n] : dead) page.value("lane=\"" + label(lane) + "\"", static_cast<double>(n));
    page.metric("deckle_jobs_oldest_wait_seconds", "How long the oldest job that is due has waited.");
    page.value("", seconds(services.oldest_wait().value_or(std::chrono::milliseconds(0))));
}

void states(Page& page, store::Services& services) {
    page.metric("deckle_editions", "Editions by state.");
    for (auto const& [what, state, n] : services.editions())
        page.value("state=\"" + label(state) + "\"", static_cast<double>(n));
    page.metric("deckle_deliveries", "Deliveries by channel and state.");
    for (auto const& [channel, state, n] : services.deliveries())
        page.value(fmt::format("channel=\"{}\",state=\"{}\"", label(channel), label(state)), static_cast<double>(n));
}

void heartbeats(Page& page, store::Services& services, Instant now) {
    page.metric("deckle_service_seen_seconds", "Since when each service has not been heard of.");
    for (auto const& s : services.list())
        if (!s.stopped) page.value("service=\"" + label(s.name) + "\"", seconds(now - s.seen));
}

void firings(Page& page, Office& office, Instant now) {
    page.metric("deckle_schedule_next_seconds", "Until the next firing of each schedule.");
    store::Editions editions(office.database);
    std::map<std::string, bool> readable;
    for (auto const& [name, s] : office.workspace.schedules) {
        try {
            auto const next = schedule::next_firings(schedule_of(office.workspace, s), now, 1);
            readable[name] = true;
            if (!next.empty()) page.value("schedule=\"" + label(name) + "\"", seconds(next.front().at - now));
        } catch (Error const&) { // its file of holidays
            readable[name] = false;
        }
    }
    page.metric("deckle_schedule_missing", "1 for a schedule of which what was due half an hour ago has not come.");
    for (auto const& due : last_due(office, std::chrono::minutes(30)))
        page.value("schedule=\"" + label(due.schedule) + "\"", due.missing ? 1 : 0);
    page.metric("deckle_schedule_readable",
                "0 for a schedule whose file of holidays cannot be read: it does not fire.");
    for (auto const& [name, good] : readable) page.value("schedule=\"" + label(name) + "\"", good ? 1 : 0);
    page.metric("deckle_schedule_paused", "1 for a schedule that is paused.");
    for (auto const& [name, s] : office.workspace.schedules)
        page.value("schedule=\"" + label(name) + "\"", editions.schedule(name).paused ? 1 : 0);
}

} // namespace

std::string metrics(Office& office) {
    Page page;
    Instant const now = office.clock.now();
    store::Services services(office.database);
    states(page, services);
    jobs(page, services);
    heartbeats(page, services, now);
    firings(page, office, now);
    return page.take();
}

} // namespace deckle::service
