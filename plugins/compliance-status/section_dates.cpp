#include "ics.hpp"
#include "sections.hpp"

namespace compliance {

using deckle::Align;

void late(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.column("Requirement")
        .column("Program")
        .column("Was due")
        .column("Late by", Align::right)
        .column("Who")
        .column("Owner");
    int rows = 0;
    for (Group const& g : a.groups) {
        if (light(g.worst->status) != Light::red) continue;
        ++rows;
        Json what = g.requirement->name;
        if (!g.requirement->mandatory) what = leaf::text("{name} (recommended)", {{"name", g.requirement->name}});
        table.row({what, g.program->name, day(g.worst->date),
                   g.worst->date ? days(in.as_of - *g.worst->date) : Json(""), names(g.people()), g.requirement->owner},
                  g.requirement->mandatory ? "bad" : "");
    }
    report.section("late", "Late and lapsed", {rows == 0 ? block::text("Nothing is late.") : table.json()});
}

namespace {

Json event_text(Event const& e, std::vector<std::string> const& who) {
    Args args = {{"what", e.what}};
    char const* pattern = "{what} is due";
    switch (e.kind) {
    case EventKind::due:
        break;
    case EventKind::expires:
        pattern = "{what} expires";
        break;
    case EventKind::window_opens:
        pattern = "{what} can be renewed from here on";
        break;
    case EventKind::certificate_ends:
        pattern = "{what}, certificate ends";
        break;
    case EventKind::program_renews:
        pattern = "The program renews";
        args.clear();
        break;
    case EventKind::control_test:
        pattern = "Control test: {what}";
        break;
    }
    if (who.empty()) return leaf::text(pattern, args);
    args.emplace_back("who", names(who));
    return leaf::text(std::string(pattern) + ": {who}", args);
}

} // namespace

void calendar(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.column("Day").column("In days", Align::right).column("What").column("Program").column("Owner");
    int rows = 0;
    int shown_band = 0;
    for (std::size_t i = 0; i < a.events.size();) {
        Event const& e = a.events[i];
        std::vector<std::string> who;
        std::size_t next = i;
        for (; next < a.events.size() && a.events[next].date == e.date && a.events[next].kind == e.kind &&
               a.events[next].what == e.what && a.events[next].program == e.program;
             ++next)
            if (!a.events[next].person.empty()) who.push_back(a.events[next].person);
        i = next;
        int const b = band(e.date, in.as_of);
        if (b == 0) continue;
        if (b != shown_band)
            table.row({b == 30   ? "Next 30 days"
                       : b == 60 ? "31 to 60 days"
                                 : "61 to 90 days",
                       "", "", "", ""},
                      "strong");
        shown_band = b;
        table.row({e.at ? leaf::datetime(*e.at, "short") : leaf::date(e.date, "day"), count(e.date - in.as_of),
                   event_text(e, who), e.program, e.owner});
        ++rows;
    }
    std::vector<Json> blocks = {rows == 0 ? block::text("No day of the next 90 matters.") : table.json()};
    for (Requirement const* r : in.unread_times)
        blocks.push_back(block::callout(
            "soon", leaf::text("The time of {what}, \"{time}\", could not be read; {date} is taken as it is written.",
                               {{"what", r->name}, {"time", r->due_time}, {"date", day(r->due)}})));
    report.section(
        "calendar", "The next 90 days", blocks,
        a.events.empty()
            ? Json(nullptr)
            : leaf::text("{n} in the calendar file due.ics, with reminders 30, 7 and 1 days before",
                         {{"n", counted(static_cast<std::int64_t>(a.events.size()), "date is", "dates are")}}));
}

} // namespace compliance
