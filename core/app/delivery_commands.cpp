// deckle delivery list|show|resend|send|resolve: who got what, exactly, and what a person decides about the rest.
#include "app/options.hpp"
#include "app/output.hpp"
#include "app/session.hpp"
#include "app/workplace.hpp"
#include "base/text.hpp"
#include "service/claims.hpp"
#include "service/closing.hpp"
#include "store/deliveries.hpp"
#include "store/editions.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iostream>

namespace deckle::app {
namespace {

using model::Json;
using store::Delivery;
using State = store::DeliveryState;

constexpr std::size_t most_deliveries = 100'000;

/// 4 when somebody has not got it, or may not have.
int code_of(std::vector<Delivery> const& deliveries) {
    return std::ranges::any_of(deliveries,
                               [](Delivery const& d) { return d.state == State::failed || d.state == State::unknown; })
               ? partial
               : ok;
}

std::vector<State> states_of(std::vector<std::string> const& words) {
    std::vector<State> states;
    for (auto const& word : words) {
        try {
            states.push_back(store::delivery_state(word));
        } catch (Error const&) {
            throw Error(ErrorCode::usage,
                        "--state " + word + ": one of pending, sending, sent, failed, unknown, cancelled");
        }
    }
    return states;
}

Json json_of(Delivery const& d) {
    return {{"id", d.id},
            {"schedule", d.schedule},
            {"period", d.period},
            {"subject", d.subject},
            {"part", d.part()},
            {"revision", d.revision},
            {"recipient", d.recipient},
            {"channel", d.channel},
            {"edition", d.edition},
            {"run", d.run},
            {"state", to_string(d.state)},
            {"attempts", d.attempts},
            {"message_id", d.message_id},
            {"answer", d.answer},
            {"created", to_iso(d.created)},
            {"changed", to_iso(d.changed)}};
}

std::string whom(Delivery const& d) {
    return d.recipient.empty() ? d.channel : d.recipient;
}

std::string some(std::int64_t n) {
    return fmt::format("{} {}", n, n == 1 ? "delivery" : "deliveries");
}

/// What a person does next about those that did not arrive.
void advise(std::vector<Delivery> const& deliveries) {
    auto const n = [&](State state) {
        return static_cast<std::int64_t>(std::ranges::count(deliveries, state, &Delivery::state));
    };
    if (n(State::failed) > 0)
        std::cerr << some(n(State::failed)) << " failed; once the cause is gone: deckle delivery resend --failed\n";
    if (n(State::unknown) > 0)
        std::cerr << some(n(State::unknown))
                  << " may have arrived or not, and is not sent again by itself; find out: deckle delivery resolve "
                     "--help\n";
}

/// One step of a person, with all that belongs to it.
void decide(store::Database& database, std::string const& id, State to, std::string const& by,
            std::string const& note) {
    auto const now = SystemClock().now();
    database.transact([&] {
        store::Deliveries deliveries(database);
        deliveries.resolve(id, to, by, note, now);
        store::Queue queue(database);
        if (to == State::pending) service::enqueue_delivery(queue, id);
        (void)service::close_edition(database, deliveries.find(id).edition, now);
    });
}

} // namespace

int list_deliveries(Common const& common, DeliveryOptions const& options) {
    Session const session(common);
    auto& database = session.database();
    auto const deliveries = store::Deliveries(database).list({.schedule = options.schedule,
                                                              .edition = {},
                                                              .period = options.period,
                                                              .states = states_of(options.states),
                                                              .notices = options.notices,
                                                              .limit = options.limit});
    if (common.json) {
        Json list = Json::array();
        for (auto const& d : deliveries) list.push_back(json_of(d));
        std::cout << list.dump(2) << "\n";
        return code_of(deliveries);
    }
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    std::vector<TextColumn> columns = {{"Delivery"}, {"Schedule"},    {"Period"}, {"To"},
                                       {"State"},    {"Tried", true}, {"Since"},  {"Answer"}};
    std::vector<std::vector<std::string>> rows;
    bool const parts = std::ranges::any_of(deliveries, [](Delivery const& d) { return !d.part().empty(); });
    if (parts) columns.insert(columns.begin() + 3, {"Part"});
    for (auto const& d : deliveries) {
        rows.push_back({d.id, d.schedule.empty() ? d.subject : d.schedule,
                        d.revision > 1 ? fmt::format("{} r{}", d.period, d.revision) : d.period, whom(d),
                        std::string(to_string(d.state)), std::to_string(d.attempts),
                        formatter.datetime(d.changed, true), first_line(d.answer)});
        if (parts) rows.back().insert(rows.back().begin() + 3, d.part());
    }
    print_table(columns, rows);
    advise(deliveries);
    return code_of(deliveries);
}

int show_delivery(Common const& common, DeliveryOptions const& options) {
    Session const session(common);
    auto& database = session.database();
    store::Deliveries deliveries(database);
    auto const d = deliveries.find(options.ids.at(0));
    auto const log = deliveries.log(d.id);
    auto const content = Json::parse(d.content);
    if (common.json) {
        Json shown = json_of(d);
        shown["content"] = content;
        shown["log"] = Json::array();
        for (auto const& e : log)
            shown["log"].push_back(
                {{"at", to_iso(e.at)}, {"state", to_string(e.state)}, {"by", e.by}, {"note", e.note}});
        std::cout << shown.dump(2) << "\n";
        return code_of({d});
    }
    model::Formatter const formatter(session.workspace.company.locale, session.workspace.company.zone);
    auto const line = [](char const* label, std::string const& value) {
        if (!value.empty()) std::cout << fmt::format("{:<11} {}\n", label, value);
    };
    line("Delivery", d.id);
    line("State", std::string(to_string(d.state)));
    line("Answer", d.answer);
    line("Schedule", d.schedule);
    line("Makes", d.subject.substr(0, d.subject.find('#')));
    line("Part", d.part());
    line("Period", d.period);
    line("Revision", std::to_string(d.revision));
    line("To", d.recipient);
    line("Channel", d.channel);
    line("Edition", d.edition);
    line("Run", d.run);
    line("Message-ID", d.message_id);
    line("Subject", content.value("subject", ""));
    std::vector<std::vector<std::string>> rows;
    auto const file = [&](Json const& f, std::string const& name, char const* how) {
        if (f.is_object())
            rows.push_back({name, how, f.contains("bytes") ? f["bytes"].dump() : "", f["path"], f["sha256"]});
    };
    for (char const* part : {"html", "text"})
        if (content.contains(part)) file(content[part], part, "body");
    for (Json const& f : content.value("files", Json::array())) file(f, f["name"], "attached");
    for (Json const& f : content.value("links", Json::array())) file(f, f["name"], "linked");
    std::cout << "\n";
    print_table({{"Part"}, {"How"}, {"Bytes", true}, {"File"}, {"SHA-256"}}, rows);
    rows.clear();
    for (auto const& e : log)
        rows.push_back(
            {formatter.datetime(e.at), std::string(to_string(e.state)), e.by.empty() ? "Deckle" : e.by, e.note});
    std::cout << "\n";
    print_table({{"Time"}, {"State"}, {"By"}, {"Note"}}, rows);
    advise({d});
    return code_of({d});
}

int resend_deliveries(Common const& common, DeliveryOptions const& options) {
    Session const session(common);
    auto const by = author(options.by, session.workspace);
    auto& database = session.database();
    database.commit_to_disk();
    store::Deliveries deliveries(database);
    std::vector<State> states;
    if (options.failed) states.push_back(State::failed);
    if (options.pending) states.push_back(State::pending);
    if (states.empty() == options.ids.empty())
        throw Error(ErrorCode::usage,
                    "which? Name deliveries, or add --failed or --pending (with --schedule, --period)");
    std::vector<Delivery> chosen;
    for (auto const& id : options.ids) chosen.push_back(deliveries.find(id));
    if (!states.empty())
        chosen = deliveries.list({.schedule = options.schedule,
                                  .edition = {},
                                  .period = options.period,
                                  .states = states,
                                  .limit = most_deliveries});
    for (auto const& d : chosen) { // all or none
        bool const may_be = d.state == State::failed || d.state == State::pending;
        if (may_be && !session.workspace.delivery.channels.contains(d.channel))
            throw Error(
                ErrorCode::refused,
                fmt::format("The delivery {} leaves by the channel '{}', which is not in deckle.toml any more: add "
                            "[delivery.channels.{}] back under that name",
                            d.id, d.channel, d.channel));
        if (may_be) continue;
        throw Error(ErrorCode::refused,
                    d.state == State::unknown
                        ? fmt::format("The delivery {} to {} may have arrived: say first what became of it, with "
                                      "`deckle delivery resolve {} sent` or `again`",
                                      d.id, whom(d), d.id)
                        : fmt::format("The delivery {} to {} is {}: only one that failed is sent again", d.id, whom(d),
                                      to_string(d.state)));
    }
    std::int64_t due = 0; // pending, and no wait was left to shorten
    database.transact([&] {
        store::Queue queue(database);
        for (auto const& d : chosen) {
            if (d.state == State::pending)
                due += queue.hurry("deliver/" + d.id + "/") == 0 ? 1 : 0;
            else
                decide(database, d.id, State::pending, by, options.note.empty() ? "sent again" : options.note);
        }
    });
    if (common.json) {
        Json list = Json::array();
        for (auto const& d : chosen) list.push_back(d.id);
        std::cout << Json{{"resent", list}}.dump(2) << "\n";
    } else {
        auto const n = static_cast<std::int64_t>(chosen.size()) - due;
        if (n > 0 || due == 0) std::cerr << some(n) << " will be sent again\n";
        if (due > 0) std::cerr << some(due) << " due already: a worker takes it up, or is at it\n";
    }
    return ok;
}

int send_delivery(Common const& common, DeliveryOptions const& options) {
    Counter counter(common);
    auto const by = author(options.by, counter.session.workspace);
    auto const edition = store::Editions(counter.database).find(options.edition);
    Json list = Json::array();
    counter.database.transact([&] { // all or none
        for (auto const& address : options.to) list.push_back(service::send_also(counter.office, edition, address, by));
    });
    if (common.json)
        std::cout << Json{{"edition", edition.id}, {"deliveries", list}}.dump(2) << "\n";
    else
        std::cerr << some(static_cast<std::int64_t>(list.size())) << " will be sent\n";
    return ok;
}

int resolve_delivery(Common const& common, DeliveryOptions const& options) {
    Session const session(common);
    auto const by = author(options.by, session.workspace);
    auto& database = session.database();
    database.commit_to_disk();
    auto const d = store::Deliveries(database).find(options.ids.at(0));
    auto const to = options.verdict == "sent"    ? State::sent
                    : options.verdict == "again" ? State::pending
                                                 : State::cancelled;
    decide(database, d.id, to, by, options.note);
    auto const now_is = store::Deliveries(database).find(d.id);
    if (common.json)
        std::cout << json_of(now_is).dump(2) << "\n";
    else
        std::cerr << fmt::format("Delivery {} to {}: {}\n", d.id, whom(d), to_string(now_is.state));
    return ok;
}

} // namespace deckle::app
