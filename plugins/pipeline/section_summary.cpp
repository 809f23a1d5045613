#include "sections.hpp"
#include <algorithm>

namespace pipeline {

namespace block = deckle::block;

Json title(Page const& page) {
    auto const& [in, a, words, report] = page;
    Forecast const& f = a.now;
    std::vector<std::pair<std::string, Json>> args = {{"quarter", a.quarter.name()}};
    auto with = [&](char const* text, std::vector<std::pair<std::string, Json>> const& more) {
        for (auto const& m : more) args.push_back(m);
        return leaf::text(text, args);
    };
    Decimal const commit = f.commit().total(), weighted = f.weighted().total();
    if (!f.quota)
        return with("{quarter} stands at {commit} won or committed and {weighted} weighted; no quota is known",
                    {{"commit", words.money(commit)}, {"weighted", words.money(weighted)}});
    Decimal const quota = f.quota.value();
    if (f.quota_met())
        return with("{quarter} is made: {won} is won against a quota of {quota}",
                    {{"won", words.money(f.won.total())}, {"quota", words.money(quota)}});
    if (in.as_of >= a.quarter.end)
        return with("{quarter} ended {gap} short of its {quota} quota",
                    {{"gap", words.money(quota - f.won.total())}, {"quota", words.money(quota)}});
    Json const gap = words.money(quota - commit);
    if (commit >= quota)
        return with("{quarter} is on course: {commit} is won or committed against a quota of {quota}",
                    {{"commit", words.money(commit)}, {"quota", words.money(quota)}});
    if (weighted >= quota)
        return with("{quarter} can be made: the weighted forecast is {weighted} against a quota of {quota}; {gap} is "
                    "not committed yet",
                    {{"weighted", words.money(weighted)}, {"quota", words.money(quota)}, {"gap", gap}});
    if (f.best_case().total() >= quota)
        return with("{quarter} is made only if the best case comes true: {commit} of the {quota} quota is won or "
                    "committed, {gap} is missing",
                    {{"commit", words.money(commit)}, {"quota", words.money(quota)}, {"gap", gap}});
    return with("{quarter} falls {short} short of its quota even in the best case; {commit} of {quota} is won or "
                "committed",
                {{"short", words.money(quota - f.best_case().total())},
                 {"commit", words.money(commit)},
                 {"quota", words.money(quota)}});
}

Json lead(Page const& page) {
    auto const& [in, a, words, report] = page;
    Forecast const& f = a.now;
    int const days = a.quarter.end - in.as_of;
    std::vector<std::pair<std::string, Json>> args = {{"won", words.money(f.won.total())},
                                                      {"open", words.money(f.open.total())},
                                                      {"quarter", a.quarter.name()},
                                                      {"days", counted(days, "day", "days")}};
    std::string text = days > 0 ? "With {days} to go, {won} is won" : "{won} was won in {quarter}";
    if (days > 0) {
        text += f.open_committed.total().is_zero() ? " and nothing more is committed."
                                                   : " and {committed} more is committed.";
        if (!f.open_committed.total().is_zero()) args.emplace_back("committed", words.money(f.open_committed.total()));
    } else {
        text += ".";
        std::erase_if(args, [](auto const& x) { return x.first == "days"; });
    }
    Metric const coverage = f.coverage(), needed = a.coverage_needed();
    if (coverage && days > 0) {
        text += " The {open} still open in the quarter covers the rest of the quota {coverage} times";
        args.emplace_back("coverage", Words::number(coverage, 1));
        if (needed) {
            text += coverage.value() >= needed.value() ? "; at a win rate of {rate} it takes {needed}, so it is enough."
                                                       : "; at a win rate of {rate} it takes {needed}.";
            args.emplace_back("rate", Words::percent(a.closed.win_rate(), 0));
            args.emplace_back("needed", Words::number(needed, 1));
        } else {
            text += ".";
        }
    } else {
        std::erase_if(args, [](auto const& x) { return x.first == "open"; });
    }
    if (days > 0) std::erase_if(args, [](auto const& x) { return x.first == "quarter"; });
    text += " {next} has {next_weighted} weighted";
    args.emplace_back("next", a.next_quarter.name());
    args.emplace_back("next_weighted", words.money(a.next.weighted().total()));
    if (a.next.quota) {
        text += " against a quota of {next_quota}";
        args.emplace_back("next_quota", words.money(a.next.quota.value()));
    }
    if (a.stalled.empty()) return leaf::text(text + ".", args);
    text += "; {stalled} of all that is open stands still.";
    args.emplace_back("stalled", words.money(a.stalled_value));
    return leaf::text(text, args);
}

void key_figures(Page const& page) {
    auto const& [in, a, words, report] = page;
    Forecast const& f = a.now;
    std::vector<block::KeyFigure> list;
    Decimal const commit = f.commit().total();
    block::KeyFigure committed{"Won and committed", words.money(commit)};
    if (f.quota)
        committed.note = leaf::text("{share} of the {quota} quota",
                                    {{"share", Words::percent(deckle::ratio(commit, f.quota.value()), 0)},
                                     {"quota", words.money(f.quota.value())}});
    list.push_back(std::move(committed));

    Metric const gap = f.gap();
    block::KeyFigure missing{"Gap to quota", gap ? words.money(std::max(gap.value(), Decimal(0))) : words.money(gap)};
    if (gap) {
        Decimal const weighted = f.quota.value() - f.weighted().total();
        missing.note = weighted.is_negative()
                           ? leaf::text("weighted forecast {x} above quota", {{"x", words.money(-weighted)}})
                           : leaf::text("weighted forecast {x} below quota", {{"x", words.money(weighted)}});
        if (gap.value() > Decimal(0)) missing.tone = weighted > Decimal(0) ? "bad" : "soon";
    }
    list.push_back(std::move(missing));

    Metric const has = f.coverage(), needed = a.coverage_needed();
    block::KeyFigure coverage{"Coverage", Words::coverage(has)};
    if (needed) coverage.note = leaf::text("{needed} needed at this win rate", {{"needed", Words::number(needed, 2)}});
    if (has && needed && has.value() < needed.value()) coverage.tone = "bad";
    list.push_back(std::move(coverage));

    Metric const rate = a.closed.win_rate();
    block::KeyFigure win{"Win rate", Words::percent(rate, 0)};
    Metric const change =
        a.window_before_known ? difference(rate, a.closed_before.win_rate()) : Metric::na("no_history");
    if (rate && change)
        win.note = leaf::text("{won} of {all} in {n} months; {before} before",
                              {{"won", Words::count(a.closed.won)},
                               {"all", Words::count(a.closed.won + a.closed.lost)},
                               {"n", Words::count(in.params.window_months)},
                               {"before", Words::percent(a.closed_before.win_rate(), 0)}});
    else if (rate)
        win.note = leaf::text("{won} of {all} in {n} months", {{"won", Words::count(a.closed.won)},
                                                               {"all", Words::count(a.closed.won + a.closed.lost)},
                                                               {"n", Words::count(in.params.window_months)}});
    list.push_back(std::move(win));
    report.section("today", "Today", {block::key_figures(list)});
}

namespace {

Json when(Action const& action) {
    switch (action.urgency) {
    case Urgency::now:
        return "Now";
    case Urgency::this_week:
        return "This week";
    case Urgency::by_date:
        return leaf::text("By {day}", {{"day", leaf::date(action.due, "day")}});
    case Urgency::note:
        return "Watch";
    }
    return "";
}

std::string tone(Action const& action) {
    return action.urgency == Urgency::now ? "bad" : action.urgency == Urgency::note ? "" : "soon";
}

Json listed(Action const& x) {
    return block::actions({{.when = when(x),
                            .what = x.what,
                            .owner = x.owner,
                            .due = leaf::date(x.due, "day"),
                            .tone = tone(x)}})["actions"][0];
}

} // namespace

void needs_you(Page const& page) {
    std::vector<Action> top = page.a.actions;
    std::stable_sort(top.begin(), top.end(), [](Action const& x, Action const& y) { return x.rank < y.rank; });
    std::size_t const shown = 4;
    std::size_t const rest = top.size() > shown ? top.size() - shown : 0;
    if (top.size() > shown) top.resize(shown);
    std::stable_sort(top.begin(), top.end(), [](Action const& x, Action const& y) {
        return std::pair(x.urgency, x.rank) < std::pair(y.urgency, y.rank);
    });
    if (top.empty()) {
        page.report.section("alerts", "What needs you", {block::text("Nothing: no alert is open.")});
        return;
    }
    Json list = Json::array();
    for (Action const& x : top) list.push_back(listed(x));
    Json note = nullptr;
    if (rest > 0) note = leaf::text("{n} more under Actions", {{"n", Words::count(static_cast<std::int64_t>(rest))}});
    page.report.section("alerts", "What needs you", {Json{{"actions", list}}}, note);
}

void all_actions(Page const& page) {
    Json list = Json::array();
    for (Action const& x : page.a.actions) list.push_back(listed(x));
    page.report.section("actions", "Actions",
                        {list.empty() ? block::text("Nothing is to be done.") : Json{{"actions", list}}},
                        "who does what, by when");
}

} // namespace pipeline
