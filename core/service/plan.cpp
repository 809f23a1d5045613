#include "service/plan.hpp"
#include "base/file.hpp"
#include "base/nearest.hpp"
#include "report/period.hpp"
#include "schedule/period_rule.hpp"
#include "schedule/words.hpp"
#include <fmt/format.h>

namespace deckle::service {
namespace {

schedule::Calendar calendar_of(std::filesystem::path const& file) {
    if (file.empty()) return {};
    std::string text = read_file(file);
    if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3); // as editors of Windows write it
    return schedule::lower(file.extension().string()) == ".ics" ? schedule::Calendar::from_ics(text, file.string())
                                                                : schedule::Calendar::from_text(text, file.string());
}

} // namespace

schedule::Schedule schedule_of(data::Workspace const& workspace, data::Schedule const& configured) {
    using schedule::Shift;
    schedule::Schedule schedule;
    try {
        schedule.when = schedule::When::parse(configured.when, workspace.company.fiscal_year_start);
    } catch (Error const& e) {
        throw Error(ErrorCode::usage, e.what(), configured.position);
    }
    schedule.zone = configured.zone;
    try {
        schedule.calendar = calendar_of(configured.holidays);
    } catch (Error const& e) { // also one that cannot be read: it is the configuration that is wrong, not the store
        throw Error(ErrorCode::usage, e.to_string(), configured.position);
    }
    schedule.shift = configured.shift == "next"       ? Shift::next
                     : configured.shift == "previous" ? Shift::previous
                                                      : Shift::none;
    return schedule;
}

std::string period_of(data::Workspace const& workspace, data::Schedule const& configured,
                      schedule::Firing const& firing) {
    return schedule::period_for(schedule::parse_period_rule(configured.period).value(), firing.nominal,
                                workspace.company.fiscal_year_start);
}

std::string edition_period(data::Workspace const& workspace, data::Schedule const& configured, Date nominal) {
    auto const rule = schedule::parse_period_rule(configured.period).value();
    std::string period = schedule::period_for(rule, nominal, workspace.company.fiscal_year_start);
    bool const over = (nominal + 1).first_of_month() != nominal.first_of_month(); // the month's last day
    if (rule == schedule::PeriodRule::this_month && !over) period += "@" + nominal.to_string();
    return period;
}

PeriodAsOf split_period(std::string const& edition_period) {
    auto const at = edition_period.find('@');
    if (at == std::string::npos) return {edition_period, ""};
    return {edition_period.substr(0, at), edition_period.substr(at + 1)};
}

std::string period_words(std::string const& edition_period, model::Formatter const& formatter) {
    auto const [period, as_of] = split_period(edition_period);
    auto const day = Date::parse(as_of);
    return day ? period + ", as of " + formatter.date(*day) : period;
}

std::string asked_period(std::string const& period, Date today) {
    auto const [label, as_of] = split_period(period);
    auto const span = report::parse_period(label);
    auto const day = as_of.empty() ? span.start : Date::parse(as_of);
    if (!day || *day < span.start || *day > span.end)
        throw Error(ErrorCode::usage, fmt::format("--period {}: '{}' is no day of {}, such as {}@{}", period, as_of,
                                                  label, label, span.start.to_string()));
    if (*day > today)
        throw Error(ErrorCode::refused, fmt::format("{} has not begun: there is nothing to report on yet", period));
    return as_of.empty() && span.end > today ? label + "@" + today.to_string() : period;
}

data::Schedule const& schedule_named(data::Workspace const& workspace, std::string const& name) {
    auto const& schedules = workspace.schedules;
    if (auto const it = schedules.find(name); it != schedules.end()) return it->second;
    std::vector<std::string> names;
    for (auto const& [known, s] : schedules) names.push_back(known);
    auto const like = nearest(name, names);
    throw Error(ErrorCode::usage, "there is no schedule '" + name + "' in deckle.toml" +
                                      (like ? "; did you mean '" + *like + "'?" : "; add [schedules." + name + "]"));
}

} // namespace deckle::service
