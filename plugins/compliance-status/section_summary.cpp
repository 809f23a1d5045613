#include "sections.hpp"
#include <algorithm>

namespace compliance {

using deckle::Align;

namespace {

std::vector<std::string> program_names(Analysis const& a, Light light) {
    std::vector<std::string> out;
    for (ProgramStatus const& p : a.programs)
        if (p.light == light) out.push_back(p.program->name);
    return out;
}

int programs_in(Analysis const& a, Light light) {
    auto const it = a.totals.programs.find(light);
    return it == a.totals.programs.end() ? 0 : it->second;
}

} // namespace

Json title(Inputs const& in, Analysis const& a, Words const& words) {
    int const all = static_cast<int>(a.programs.size()), red = programs_in(a, Light::red),
              amber = programs_in(a, Light::amber);
    if (all == 0) return "No program is recorded";
    Args args = {{"n", count(red)}, {"all", count(all)}, {"benefit", words.money(a.totals.benefit_late)}};
    if (red > 0) {
        char const* verb = red == 1 ? "is" : "are";
        std::string pattern = std::string("{n} of {all} programs ") + verb + " late";
        if (a.totals.benefit_late.is_zero())
            args.pop_back();
        else
            pattern += ", and {benefit} a year is at risk";
        return leaf::text(pattern, args);
    }
    if (amber > 0)
        return leaf::text(std::string("Nothing is late; {n} of {all} programs ") + (amber == 1 ? "has" : "have") +
                              " a deadline by {date}",
                          {{"n", count(amber)}, {"all", count(all)}, {"date", leaf::date(in.as_of + 90, "long")}});
    return leaf::text("Nothing is late or due by {date} in {all}",
                      {{"date", leaf::date(in.as_of + 90, "long")}, {"all", counted(all, "program", "programs")}});
}

Json lead(Inputs const& in, Analysis const& a, Words const& words) {
    std::string pattern;
    Args args;
    if (auto const red = program_names(a, Light::red); !red.empty()) {
        pattern += "Late: {late}. ";
        args.emplace_back("late", names(red, 4));
    }
    if (auto const amber = program_names(a, Light::amber); !amber.empty()) {
        pattern += a.totals.benefit_soon.is_zero() ? "Due by {date}: {soon}. "
                                                   : "Due by {date}: {soon}, worth {benefit} a year. ";
        args.emplace_back("date", leaf::date(in.as_of + 90, "day"));
        args.emplace_back("soon", names(amber, 4));
        if (!a.totals.benefit_soon.is_zero()) args.emplace_back("benefit", words.money(a.totals.benefit_soon));
    }
    if (a.totals.open.total().is_zero()) {
        pattern += a.totals.counted.is_zero() ? "No requirement is recorded."
                                              : "Nothing is left to pay or to do by the estimates.";
    } else {
        pattern += "To close everything that is open costs {cost}: {fees} in fees and {hours} hours.";
        args.emplace_back("cost", words.money(a.totals.open.total()));
        args.emplace_back("fees", words.money(a.totals.open.fees));
        args.emplace_back("hours", leaf::num(a.totals.open.hours, {.digits = 0}));
    }
    return leaf::text(pattern, args);
}

void key_figures(Page const& page) {
    auto const& [in, a, words, report] = page;
    Totals const& t = a.totals;
    std::vector<block::KeyFigure> list;
    block::KeyFigure score{"Requirements met", deckle::words::percent(t.score(), 0)};
    if (t.score())
        score.note = leaf::text("{met} of {all}, people counted one by one",
                                {{"met", leaf::num(t.met.rounded(1).trimmed())}, {"all", leaf::num(t.counted)}});
    list.push_back(std::move(score));

    block::KeyFigure risk{"Benefit at risk, a year", words.money(t.benefit_late)};
    risk.note = leaf::text("of {all}; {soon} more is due by {date}", {{"all", words.money(t.benefit)},
                                                                      {"soon", words.money(t.benefit_soon)},
                                                                      {"date", leaf::date(in.as_of + 90, "day")}});
    if (t.benefit_late > Decimal(0)) risk.tone = "bad";
    list.push_back(std::move(risk));

    block::KeyFigure late{"Late or lapsed", count(t.late),
                          leaf::text("{soon} by {date}", {{"soon", counted(t.soon, "more is due", "more are due")},
                                                          {"date", leaf::date(in.as_of + 90, "day")}})};
    if (t.late > 0) late.tone = "bad";
    list.push_back(std::move(late));

    Metric const returns = a.returns();
    block::KeyFigure back{"Return on compliance",
                          returns ? leaf::num(returns.value(), {.digits = 1}) : leaf::na(returns.reason())};
    if (returns)
        back.note = leaf::text("{benefit} of benefit for {cost} a year",
                               {{"benefit", words.money(t.benefit)}, {"cost", words.money(a.year())}});
    list.push_back(std::move(back));
    report.section("today", "Compliance at a glance", {block::key_figures(list)});
}

namespace {

Json list_of(std::vector<Action> const& actions) {
    return actions.empty() ? block::text("Nothing: everything is in order, and no notice waits for an answer.")
                           : deckle::action_list(actions);
}

/// The most important ones and the rest, each most urgent first.
std::pair<std::vector<Action>, std::vector<Action>> first_page(std::vector<Action> const& all) {
    std::vector<Action> ranked = all;
    std::stable_sort(ranked.begin(), ranked.end(), [](Action const& x, Action const& y) {
        return std::tuple(x.rank, x.due) < std::tuple(y.rank, y.due);
    });
    auto const cut = ranked.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(6, ranked.size()));
    std::pair out{std::vector<Action>(ranked.begin(), cut), std::vector<Action>(cut, ranked.end())};
    auto urgent = [](Action const& x, Action const& y) {
        return std::tuple(x.urgency, x.due, x.rank) < std::tuple(y.urgency, y.due, y.rank);
    };
    std::stable_sort(out.first.begin(), out.first.end(), urgent);
    std::stable_sort(out.second.begin(), out.second.end(), urgent);
    return out;
}

} // namespace

void needs_you(Page const& page) {
    auto const [top, rest] = first_page(page.a.actions);
    Json note = nullptr;
    if (!rest.empty())
        note = leaf::text("{n} more under Actions", {{"n", count(static_cast<std::int64_t>(rest.size()))}});
    page.report.section("alerts", "What needs you", {list_of(top)}, note);
}

void lights(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (a.programs.empty()) {
        report.section("programs", "Programs",
                       {block::missing("Programs", "a light for each program and what decides it", bind("programs"))});
        return;
    }
    block::Table table;
    table.column("Status")
        .column("Program")
        .column("What decides it")
        .column("Met", Align::right)
        .column("Next date")
        .column("Benefit a year", Align::right);
    for (ProgramStatus const& p : a.programs) {
        Json decides = "Nothing is required";
        if (p.worst != nullptr) {
            auto const g = std::find_if(a.groups.begin(), a.groups.end(),
                                        [&](Group const& x) { return x.requirement == p.worst->requirement; });
            auto const who = g->people();
            Args args = {{"what", p.worst->requirement->name}, {"state", status_text(*p.worst, in.as_of)}};
            if (!who.empty()) args.emplace_back("who", names(who, 2));
            decides = p.light == Light::green
                          ? Json("Everything is complete")
                          : leaf::text(who.empty() ? "{what}: {state}" : "{what}: {state} for {who}", args);
        }
        table.row({light_text(p.light),
                   p.program->vendor.empty() || p.program->vendor == p.program->name
                       ? Json(p.program->name)
                       : leaf::text("{name}, {vendor}", {{"name", p.program->name}, {"vendor", p.program->vendor}}),
                   decides,
                   leaf::text("{met} of {all}",
                              {{"met", leaf::num(p.met.rounded(1).trimmed())}, {"all", leaf::num(p.counted)}}),
                   day(p.next), p.program->benefit ? words.total(*p.program->benefit) : leaf::na("no_benefit")},
                  tone(p.light));
    }
    report.section("programs", "Programs at a glance", {table.json()},
                   leaf::text("{unit}; the worst mandatory requirement decides", {{"unit", words.unit()}}));
}

void all_actions(Page const& page) {
    auto const [top, rest] = first_page(page.a.actions);
    if (rest.empty())
        page.report.section("actions", "Actions", {block::text("All that is to be done stands on the first page.")});
    else
        page.report.section("actions", "Actions", {list_of(rest)}, "who does what, by when, after the first page's");
}

} // namespace compliance
