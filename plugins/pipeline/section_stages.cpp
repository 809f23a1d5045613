#include "sections.hpp"

namespace pipeline {

namespace block = deckle::block;
using deckle::Align;

namespace {

Json stage_table(Page const& page) {
    auto const& [in, a, words, report] = page;
    bool const history = in.has("stage_history");
    block::Table table;
    table.column("Stage").column("Probability", Align::right).column("Deals", Align::right);
    table.column("Value", Align::right).column("Weighted", Align::right).column("Days so far", Align::right);
    if (history) table.column("Usual days", Align::right);
    table.column("Stalled", Align::right);
    if (history) table.column("Reached", Align::right).column("Went on", Align::right);
    for (std::size_t i = 0; i < a.stages.size(); ++i) {
        StageRow const& s = a.stages[i];
        bool const listed = i < in.stages.size();
        std::vector<Json> cells = {listed ? Words::named(s.stage, "unknown") : Json("Stages not in the list"),
                                   s.probability ? leaf::pct(*s.probability, {.digits = 0}) : Json(""),
                                   Words::count(s.open.deals),
                                   words.cell(s.open.total()),
                                   words.cell(s.weighted),
                                   s.open.deals == 0 ? Json("") : Words::number(s.mean_days, 1)};
        if (history) cells.push_back(listed ? Words::number(s.usual_days, 1) : Json(""));
        cells.push_back(Words::count_or_blank(s.stalled));
        if (history) {
            cells.push_back(listed ? Words::count(a.funnel.reached[i]) : Json(""));
            cells.push_back(listed ? Words::percent(a.funnel.conversion(i)) : Json(""));
        }
        table.row(cells);
    }
    std::vector<Json> total = {
        "All open", "", Words::count(a.open.deals), words.cell(a.open.total()), words.cell(a.open_weighted), ""};
    if (history) total.emplace_back("");
    total.push_back(Words::count_or_blank(static_cast<int>(a.stalled.size())));
    if (history) {
        total.push_back(leaf::text("{n} won", {{"n", Words::count(a.funnel.reached.back())}}));
        total.push_back(Words::percent(a.funnel.overall()));
    }
    table.footer(total);
    return table.json();
}

deckle::Chart funnel_chart(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> labels;
    deckle::Chart::Values values;
    for (std::size_t i = 0; i < in.stages.size(); ++i) {
        labels.push_back(Words::named(in.stages[i].name, "unknown"));
        values.emplace_back(a.funnel.reached[i]);
    }
    labels.emplace_back("Won");
    values.emplace_back(a.funnel.reached.back());
    deckle::Chart chart("bar");
    chart.categories(labels).series("", "actual", values).set("digits", 0).set("unit", "deals");
    chart.set("title", leaf::text("How far the deals came that closed in {n} months",
                                  {{"n", Words::count(in.params.window_months)}}));
    chart.set("alt",
              leaf::text("Of {all} closed deals, {won} were won.", {{"all", Words::count(a.funnel.reached.front())},
                                                                    {"won", Words::count(a.funnel.reached.back())}}));
    return chart;
}

} // namespace

void stages(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> blocks = {stage_table(page)};
    if (in.stages_guessed)
        blocks.push_back(block::missing("The list of stages",
                                        "the stages in your order, with the probability of each; here they stand by "
                                        "the mean probability of their deals",
                                        bind("stages")));
    if (in.has("stage_history") && !a.funnel.reached.empty() && a.funnel.reached.front() > 0) {
        blocks.push_back(block::text(leaf::text(
            "Reached and went on: the {n} deals closed since {day}; a stage that was skipped counts as reached. "
            "Usual days: median of won deals.",
            {{"n", Words::count(a.funnel.reached.front())}, {"day", leaf::date(a.window_start)}})));
        blocks.push_back(block::chart(funnel_chart(page)));
    } else if (!in.has("stage_history")) {
        blocks.push_back(block::missing("Conversion",
                                        "how many deals go on from each stage, and how many days a stage usually takes",
                                        bind("stage_history")));
    }
    report.section("stages", "Stages and conversion", blocks, words.unit());
}

void stalled(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (a.stalled.empty()) {
        report.section("stalled", "Stalled deals",
                       {block::text(a.open.deals == 0 ? "There is no open deal." : "No open deal stands still.")});
        return;
    }
    block::Table table;
    table.column("Deal").column("Owner").column("Stage").column("Days", Align::right);
    table.column("Limit", Align::right)
        .column("Silent", Align::right)
        .column("Next step")
        .column("Value", Align::right);
    std::size_t shown = 0;
    Decimal rest;
    bool any_estimate = false;
    for (OpenDeal const& o : a.stalled) {
        if (++shown > in.params.rows) {
            rest += o.value;
            continue;
        }
        Deal const& d = *o.deal;
        any_estimate = any_estimate || o.age.estimated;
        Json step = "missing";
        if (!d.next_step.empty() && d.next_step_date)
            step = leaf::text("{step}, {day}", {{"step", d.next_step}, {"day", Words::day(d.next_step_date)}});
        else if (!d.next_step.empty())
            step = d.next_step;
        else if (d.next_step_date)
            step = Words::day(d.next_step_date);
        bool const missing = d.next_step.empty() && !d.next_step_date;
        Json days = o.age.days ? Words::count(*o.age.days) : leaf::na("missing_column:stage_date");
        if (o.age.estimated) days = leaf::text("about {n}", {{"n", days}});
        table.row({title_of(d), Words::named(d.owner, "nobody"), Words::named(d.stage, "unknown"), days,
                   o.age.limit ? leaf::num(o.age.limit.value(), {.digits = 0}) : Json(""),
                   o.age.silent ? Words::count(*o.age.silent) : Json(""), step, words.cell(o.value)},
                  missing ? "bad" : "");
    }
    if (shown > in.params.rows)
        table.row({counted(static_cast<std::int64_t>(shown - in.params.rows), "more deal", "more deals"), "", "", "",
                   "", "", "", words.cell(rest)});
    table.footer({"All stalled deals", "", "", "", "", "", "", words.cell(a.stalled_value)});
    std::vector<Json> blocks = {table.json()};
    std::string text = "Stalled: longer in its stage than the limit of {factor} times what won deals took there, or "
                       "silent for {days} days or more.";
    if (any_estimate) text += " \"About\": counted from the last activity, since the day it entered is not known.";
    blocks.push_back(block::text(leaf::text(text, {{"factor", leaf::num(in.params.stall.factor.trimmed())},
                                                   {"days", Words::count(in.params.stall.silent_days)}})));
    report.section("stalled", "Stalled deals", blocks, words.unit());
}

} // namespace pipeline
