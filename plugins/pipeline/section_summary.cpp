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
    if (a.over)
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
    std::vector<std::pair<std::string, Json>> args = {{"won", words.money(f.won.total())}};
    std::string text;
    if (a.over) {
        text = "{won} was won in {quarter}.";
        args.emplace_back("quarter", a.quarter.name());
        if (f.open.deals > 0) {
            text += f.open.deals == 1 ? " {left} worth {open}, expected in it, is still open."
                                      : " {left} worth {open}, expected in it, are still open.";
            args.emplace_back("left", counted(f.open.deals, "deal", "deals"));
            args.emplace_back("open", words.money(f.open.total()));
        }
    } else {
        text = "With {days} to go, {won} is won";
        args.emplace_back("days", counted(a.quarter.end - in.as_of, "day", "days"));
        text += f.open_committed.total().is_zero() ? " and nothing more is committed."
                                                   : " and {committed} more is committed.";
        if (!f.open_committed.total().is_zero()) args.emplace_back("committed", words.money(f.open_committed.total()));
        if (Metric const has = f.coverage(), needed = a.coverage_needed(); has) {
            text += " The {open} still open in the quarter covers the rest of the quota {coverage} times";
            args.emplace_back("open", words.money(f.open.total()));
            args.emplace_back("coverage", Words::number(has, 1));
            if (needed) {
                text += "; at a win rate of {rate} it takes {needed}";
                text += has.value() >= needed.value() ? ", so it is enough" : "";
                args.emplace_back("rate", Words::percent(a.closed.win_rate(), 0));
                args.emplace_back("needed", Words::number(needed, 1));
            }
            text += ".";
        }
    }
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
    std::vector<block::KeyFigure> list;
    Forecast const& f = a.now;
    Decimal const sure = a.over ? f.won.total() : f.commit().total();
    block::KeyFigure committed{a.over ? "Won" : "Won and committed", words.money(sure)};
    if (f.quota)
        committed.note = leaf::text("{share} of the {quota} quota",
                                    {{"share", Words::percent(deckle::ratio(sure, f.quota.value()), 0)},
                                     {"quota", words.money(f.quota.value())}});
    list.push_back(std::move(committed));

    if (f.quota) {
        Decimal const gap = f.quota.value() - sure, below = f.quota.value() - f.weighted().total();
        block::KeyFigure missing{a.over ? "Short of quota" : "Gap to quota", words.money(std::max(gap, Decimal(0)))};
        if (!a.over)
            missing.note = leaf::text(below.is_negative() ? "weighted forecast {x} above quota"
                                                          : "weighted forecast {x} below quota",
                                      {{"x", words.money(below.abs())}});
        if (gap > Decimal(0)) missing.tone = a.over || below > Decimal(0) ? "bad" : "soon";
        list.push_back(std::move(missing));
    } else {
        list.push_back({"Weighted forecast", words.money(f.weighted().total()),
                        leaf::text("best case {best}", {{"best", words.money(f.best_case().total())}})});
    }

    Metric const has = a.ahead().coverage(), needed = a.coverage_needed();
    if (a.ahead().quota) {
        block::KeyFigure coverage{leaf::text("Coverage of {quarter}", {{"quarter", a.ahead().quarter.name()}}),
                                  Words::coverage(has)};
        if (needed)
            coverage.note = leaf::text("{needed} needed at this win rate", {{"needed", Words::number(needed, 2)}});
        if (has && needed && has.value() < needed.value()) coverage.tone = "bad";
        list.push_back(std::move(coverage));
    } else {
        list.push_back({"Open pipeline", words.money(a.open.total()), counted(a.open.deals, "deal", "deals")});
    }

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
    report.section("today", "The quarter at a glance", {block::key_figures(list)});
}

void needs_you(Page const& page) {
    deckle::needs_you(page.report, page.a.actions, 4, true);
}

void all_actions(Page const& page) {
    deckle::all_actions(page.report, page.a.actions);
}

} // namespace pipeline
