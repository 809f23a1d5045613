#include "app/schedule_check.hpp"
#include "app/schedule_words.hpp"
#include "base/nearest.hpp"
#include "delivery/names.hpp"
#include "service/plan.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace deckle::app {

using model::Json;

namespace {

Json properties_of(report::Descriptor const& d) {
    return d.params.value("properties", Json::object());
}

/// What it throws gets the place of the schedule.
template <class F>
void at_schedule(data::Schedule const& s, F const& f) {
    try {
        f();
    } catch (Error const& e) {
        throw Error(e.code(), e.what(), s.position);
    }
}

} // namespace

void ScheduleCheck::names() {
    for (auto const& [key, text] : {std::pair("subject", &schedule_.subject), {"file_name", &schedule_.file_name}})
        if (auto const problem = delivery::name_template_problem(*text); !text->empty() && !problem.empty())
            throw Error(ErrorCode::usage, fmt::format("{} \"{}\": {}", key, *text, problem), schedule_.position);
    // A folder keeps what is in it, so a second file of that name would fail in every later month.
    auto const lacks = [&](char const* name) { return schedule_.file_name.find(name) == std::string::npos; };
    if (!schedule_.file_name.empty() && !schedule_.copies.empty()) {
        if (lacks("period") && lacks("as_of"))
            throw Error(ErrorCode::usage, "file_name needs {{period}}, since a folder never replaces a file",
                        schedule_.position);
        if (schedule_.each && lacks("part"))
            throw Error(ErrorCode::usage, "file_name needs {{part}}, since each part is a file", schedule_.position);
    }
    std::vector<std::string> wanted;
    for (auto const& [name, value] : schedule_.set) wanted.push_back(name);
    if (schedule_.each)
        for (auto const& [name, column] : schedule_.each->set) wanted.push_back(name);
    for (auto const& report : schedule_.reports)
        at_schedule(schedule_, [&] {
            if (wanted.empty())
                (void)session_.plugins.find(report); // no code is loaded
            else
                descriptors_.push_back(load_report(session_.plugins, report).descriptor);
        });
    for (auto const& name : wanted) {
        std::vector<std::string> known;
        for (auto const& d : descriptors_) {
            auto const properties = properties_of(d);
            for (auto const& [parameter, schema] : properties.items()) known.push_back(parameter);
        }
        if (std::ranges::find(known, name) == known.end())
            throw Error(ErrorCode::usage,
                        fmt::format("{} has no parameter '{}'{}", what_of(schedule_), name, suggestion(name, known)),
                        schedule_.position);
    }
}

std::string ScheduleCheck::title() {
    return load_report(session_.plugins, schedule_.report).descriptor.title;
}

void ScheduleCheck::values(service::Part const& part) {
    auto const all = Json::parse(part.params);
    for (auto const& d : descriptors_) {
        auto const properties = properties_of(d);
        std::map<std::string, std::string> set;
        for (auto const& [name, value] : all.items())
            if (properties.contains(name)) set[name] = value.get<std::string>();
        auto const& defaults = session_.workspace.reports;
        auto const own = defaults.find(d.id);
        try {
            (void)report::resolve_params(d, own == defaults.end() ? "" : own->second, set);
        } catch (Error const& e) {
            throw Error(e.code(), (part.id.empty() ? "" : "part " + part.id + ": ") + e.what(), schedule_.position);
        }
    }
}

std::vector<ScheduleProblem> schedule_problems(Session const& session) {
    std::vector<ScheduleProblem> problems;
    auto const check = [&](data::Schedule const& s) {
        (void)service::schedule_of(session.workspace, s); // its file of holidays
        ScheduleCheck parameters(session, s);
        parameters.names();
        if (s.each) return;
        for (auto const& part : service::read_parts(session.workspace, session.catalogue, s, SystemClock().now()))
            parameters.values(part);
    };
    std::map<std::string, std::string> files; // of the folders -> the schedule that writes them
    auto const check_files = [&](std::string const& name, data::Schedule const& s) {
        if (s.each) return; // its parts have names of their own
        for (auto const& channel : s.copies) {
            if (session.workspace.delivery.channels.at(channel).kind() != std::string_view("folder")) continue;
            auto const [known, is_first] =
                files.emplace(fmt::format("{}\n{}\n{}\n{}", channel, s.file_name, what_of(s), s.period), name);
            if (!is_first)
                throw Error(ErrorCode::usage,
                            fmt::format("the schedule {} writes files of the same name into the folder channel '{}', "
                                        "which never replaces one: give one of them a file_name",
                                        known->second, channel),
                            s.position);
        }
    };
    for (auto const& [name, s] : session.workspace.schedules) {
        try {
            check(s);
            check_files(name, s);
        } catch (Error const& e) {
            problems.push_back({name, e.to_string()});
        }
    }
    return problems;
}

std::vector<std::string> schedules_of_nobody(data::Workspace const& workspace) {
    std::vector<std::string> names;
    for (auto const& [name, s] : workspace.schedules)
        if (s.owner.empty() && workspace.delivery.owner.empty() && !workspace.delivery.channels.empty())
            names.push_back(name);
    return names;
}

} // namespace deckle::app
