#include "schedule/schedule.hpp"
#include <fmt/format.h>
#include <iterator>
#include <map>

namespace deckle::schedule {
namespace {

constexpr int years_ahead = 10;

std::string clock(int hour, int minute) {
    return fmt::format("{:02}:{:02}", hour, minute);
}

void add_note(std::string& notes, std::string note) {
    notes += (notes.empty() ? "" : "; ") + std::move(note);
}

Firing firing_of(Schedule const& schedule, Date nominal, TimeOfDay time) {
    Firing firing;
    firing.nominal = nominal;
    Date day = nominal;
    if (schedule.shift != Shift::none && !schedule.calendar.is_business_day(nominal)) {
        bool const forward = schedule.shift == Shift::next;
        day = forward ? schedule.calendar.business_day_from(nominal) : schedule.calendar.business_day_until(nominal);
        add_note(firing.notes,
                 fmt::format("{}, {}: {} business day", schedule.calendar.holiday(nominal).value_or("weekend"),
                             nominal.to_string(), forward ? "next" : "previous"));
    }
    firing.at = from_local(day, time.hour, time.minute, 0, schedule.zone);
    firing.local = to_local(firing.at, schedule.zone);
    if (firing.local.hour != time.hour || firing.local.minute != time.minute)
        add_note(firing.notes,
                 fmt::format("{} does not exist that day: clocks go forward", clock(time.hour, time.minute)));
    else {
        auto const offset = [&](Instant at) { return to_local(at, schedule.zone).offset_minutes; };
        auto const later = firing.at + std::chrono::hours(3);
        int const back = offset(firing.at) - offset(later);
        auto const again = to_local(firing.at + std::chrono::minutes(back), schedule.zone);
        if (back > 0 && again.hour == time.hour && again.minute == time.minute)
            add_note(firing.notes, fmt::format("{} comes twice that day: the first", clock(time.hour, time.minute)));
    }
    return firing;
}

} // namespace

std::vector<Firing> next_firings(Schedule const& schedule, Instant after, std::size_t count) {
    // Two times in a gap are one firing, and so are days that are shifted to one: it is of the day itself, else of the
    // latest of them.
    std::map<Instant, Firing> found;
    Date const from = to_local(after, schedule.zone).date;
    int const slack = schedule.shift == Shift::none ? 2 : 100; // a firing may be shifted over a long holiday
    Date day = from - slack;
    Date const end = from.plus_months(12 * years_ahead);
    for (; day <= end; day = day + 1) {
        // Everything up to here is in order once no later day can be shifted before it.
        if (count > 0 && found.size() >= count) {
            Instant const last = std::next(found.begin(), static_cast<std::ptrdiff_t>(count) - 1)->first;
            if (from_local(day - slack, 0, 0, 0, schedule.zone) > last) break;
        }
        if (!schedule.when.fires_on(day, schedule.calendar)) continue;
        for (TimeOfDay const time : schedule.when.times()) {
            Firing firing = firing_of(schedule, day, time);
            if (firing.at <= after) continue;
            auto const [there, added] = found.try_emplace(firing.at, firing);
            bool const shifted = there->second.nominal != there->second.local.date;
            if (!added && shifted) there->second = std::move(firing);
        }
    }
    std::vector<Firing> firings;
    for (auto& [at, firing] : found) {
        if (firings.size() == count) break;
        firings.push_back(std::move(firing));
    }
    return firings;
}

std::vector<Firing> firings_between(Schedule const& schedule, Instant after, Instant until, std::size_t most) {
    std::vector<Firing> found;
    while (after < until) {
        auto const some = next_firings(schedule, after, 64);
        for (Firing const& firing : some) {
            if (firing.at > until) return found;
            found.push_back(firing);
            if (found.size() > most) found.erase(found.begin());
        }
        if (some.empty()) return found;
        after = some.back().at;
    }
    return found;
}

bool local_time_is_known(Instant at) {
    return at < Instant{std::chrono::sys_days{std::chrono::year{2038} / 1 / 1}};
}

} // namespace deckle::schedule
