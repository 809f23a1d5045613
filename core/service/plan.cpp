#include "service/plan.hpp"
#include "base/file.hpp"
#include "schedule/period_rule.hpp"

namespace deckle::service {
namespace {

schedule::Calendar calendar_of(std::filesystem::path const& file) {
    if (file.empty()) return {};
    std::string const text = read_file(file);
    return file.extension() == ".ics" ? schedule::Calendar::from_ics(text, file.string())
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
    schedule.calendar = calendar_of(configured.holidays);
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

} // namespace deckle::service
