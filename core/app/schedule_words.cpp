#include "app/schedule_words.hpp"
#include "app/output.hpp"
#include "base/duration.hpp"
#include "service/condition.hpp"
#include "service/gates.hpp"
#include "service/review.hpp"
#include <fmt/format.h>

namespace deckle::app {

using model::Json;

namespace {

std::string offset_text(int minutes) {
    return fmt::format("UTC{}{:02}:{:02}", minutes < 0 ? "-" : "+", std::abs(minutes) / 60, std::abs(minutes) % 60);
}

/// The next two changes of the clocks; a zone without daylight saving says so.
std::string clock_words(std::string const& zone, Instant from) {
    auto const offsets = zone_offsets(zone, from, from + std::chrono::days(400));
    if (offsets.size() < 2) return offset_text(offsets.front().minutes) + " all year";
    std::string words;
    for (std::size_t i = 1; i < offsets.size() && i < 3; ++i) {
        auto const& [at, minutes, abbreviation] = offsets[i];
        auto const before = to_local(at - std::chrono::milliseconds(1), zone);
        int const change = minutes - offsets[i - 1].minutes;
        words +=
            fmt::format("{}clocks go {} {} on {} to {}", words.empty() ? "" : "; ", change > 0 ? "forward" : "back",
                        duration_words(std::chrono::minutes(std::abs(change))), before.date.to_string(), abbreviation);
    }
    return words;
}

char const* word_of(data::CatchUp catch_up) {
    switch (catch_up) {
    case data::CatchUp::once:
        return "once";
    case data::CatchUp::all:
        return "all";
    case data::CatchUp::skip:
        return "skip";
    }
    return "";
}

char const* catch_up_words(data::CatchUp catch_up) {
    switch (catch_up) {
    case data::CatchUp::once:
        return "the newest is made up for, older ones are recorded as skipped";
    case data::CatchUp::all:
        return "each is made up for";
    case data::CatchUp::skip:
        return "none is made up for; each is recorded as skipped";
    }
    return "";
}

char const* shift_words(std::string const& shift) {
    if (shift == "next") return "fires on the next business day instead";
    if (shift == "previous") return "fires on the previous business day instead";
    return "fires on any day that it names";
}

std::string kind_of(data::Workspace const& workspace, std::string const& channel) {
    auto const it = workspace.delivery.channels.find(channel);
    return it == workspace.delivery.channels.end() ? "not in [delivery]" : it->second.kind();
}

std::vector<std::string> ways(data::Workspace const& workspace, data::Schedule const& s) {
    std::vector<std::string> list;
    if (!s.to.empty() || s.each) {
        auto const channel = mail_channel(workspace, s);
        list.push_back(channel.empty() ? "mail: [delivery] has no channel for it"
                                       : fmt::format("mail by {} ({})", channel, kind_of(workspace, channel)));
    }
    for (auto const& name : s.copies) list.push_back(fmt::format("copy to {} ({})", name, kind_of(workspace, name)));
    return list;
}

} // namespace

std::string what_of(data::Schedule const& s) {
    return s.pack.empty() ? s.report : "pack " + s.pack;
}

std::string local_text(Instant at, std::string const& zone) {
    static constexpr char const* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (!schedule::local_time_is_known(at)) return "-";
    auto const t = to_local(at, zone);
    return fmt::format("{} {} {:02}:{:02} {}", days[static_cast<int>(t.date.weekday()) - 1], t.date.to_string(), t.hour,
                       t.minute, t.abbreviation);
}

std::string pause_words(store::ScheduleState const& state, std::string const& zone) {
    if (!state.paused) return {};
    return "paused" + (state.by.empty() ? "" : " by " + state.by) +
           (state.changed ? " since " + local_text(*state.changed, zone) : "") +
           (state.note.empty() ? "" : ": " + state.note);
}

std::string mail_channel(data::Workspace const& workspace, data::Schedule const& s) {
    if (!s.via.empty()) return s.via;
    for (auto const& [name, channel] : workspace.delivery.channels)
        if (channel.is_mail()) return name;
    return {};
}

std::vector<Rule> rules_of(data::Workspace const& workspace, data::Schedule const& s, store::ScheduleState const& state,
                           Instant from) {
    std::vector<Rule> rules = {{"Zone", s.zone + ", " + clock_words(s.zone, from)}};
    rules.push_back({"Holidays", (s.holidays.empty() ? "weekends only" : "of " + s.holidays.filename().string()) +
                                     "; " + shift_words(s.shift)});
    rules.push_back({"Missed", std::string("when nothing ran, ") + catch_up_words(s.catch_up)});
    rules.push_back({"Making", fmt::format("{} at most, {} after a failure; {}", duration_words(s.timeout),
                                           s.retries == 0   ? std::string("not tried again")
                                           : s.retries == 1 ? std::string("tried once more")
                                                            : fmt::format("tried {} times more", s.retries),
                                           "what is held back fails after " + duration_words(s.give_up))});
    if (!s.set.empty()) {
        std::vector<std::string> set;
        for (auto const& [name, value] : s.set) set.push_back(name + " = " + value);
        rules.push_back({"Parameters", joined(set)});
    }
    if (s.only_if) rules.push_back({"Condition", service::condition_words(s)});
    auto const gates = service::gate_words(s.gates);
    rules.push_back({"Gates", gates.empty() ? "none" : joined(gates)});
    if (auto const review = service::review_words(s); !review.empty())
        rules.push_back(
            {"Review", review + "; asked: " +
                           (s.reviewer.empty() ? workspace.delivery.owner.empty() ? std::string("nobody yet")
                                                                                  : joined(workspace.delivery.owner)
                                               : joined(s.reviewer))});
    auto const out = ways(workspace, s);
    rules.push_back({"Leaves as", out.empty() ? "nothing: it is made and kept" : joined(out)});
    if (auto const pause = pause_words(state, s.zone); !pause.empty()) rules.push_back({"Paused", pause});
    return rules;
}

Json rules_json(data::Workspace const& workspace, data::Schedule const& s, store::ScheduleState const& state) {
    Json gates{{"complete", s.gates.complete}, {"ties_out", s.gates.ties_out}, {"not_empty", s.gates.not_empty}};
    if (s.gates.fresh) gates["fresh_seconds"] = s.gates.fresh->count();
    if (!s.gates.may_be_empty.empty()) gates["may_be_empty"] = s.gates.may_be_empty;
    for (auto const& [connection, age] : s.gates.fresh_of) gates["fresh_seconds"][connection] = age.count();
    Json json{{"makes", what_of(s)},
              {"reports", s.reports},
              {"when", s.when},
              {"zone", s.zone},
              {"shift", s.shift},
              {"period", s.period},
              {"holidays", s.holidays.empty() ? Json() : Json(s.holidays.filename().string())},
              {"set", s.set},
              {"to", s.to},
              {"via", mail_channel(workspace, s)},
              {"copies", s.copies},
              {"catch_up", word_of(s.catch_up)},
              {"timeout_seconds", s.timeout.count()},
              {"retries", s.retries},
              {"give_up_seconds", s.give_up.count()},
              {"gates", gates},
              {"condition", s.only_if ? Json(service::condition_words(s)) : Json()},
              {"review", s.review.mode == data::Review::Mode::none ? Json("none")
                         : s.review.mode == data::Review::Mode::required
                             ? Json("required")
                             : Json(fmt::format("optional until {:02}:{:02}", s.review.hour, s.review.minute))},
              {"reviewer", s.reviewer},
              {"paused", state.paused}};
    if (state.paused) json["paused_by"] = state.by, json["paused_note"] = state.note;
    if (s.each) json["each"] = {{"dataset", s.each->dataset}, {"id", s.each->id}, {"to", s.each->to}};
    return json;
}

} // namespace deckle::app
