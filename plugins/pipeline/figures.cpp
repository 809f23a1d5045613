#include "sections.hpp"

namespace pipeline {

namespace {

struct Writer {
    Page const& page;

    void money(std::string const& id, std::string const& label, Metric const& value, std::vector<std::string> source,
               char const* formula, std::string const& period = {}) {
        put(id, label, value ? page.words.exact(value.value().rounded(4).trimmed()) : leaf::na(value.reason()),
            page.words.currency, std::move(source), formula, period);
    }
    void number(std::string const& id, std::string const& label, Metric const& value, int digits, char const* unit,
                std::vector<std::string> source, char const* formula, std::string const& period = {}) {
        put(id, label,
            value ? leaf::num(value.value().rounded(digits + 6).trimmed(), {.digits = digits})
                  : leaf::na(value.reason()),
            unit, std::move(source), formula, period);
    }
    void share(std::string const& id, std::string const& label, Metric const& value, std::vector<std::string> source,
               char const* formula, std::string const& period = {}) {
        put(id, label, value ? leaf::pct(value.value().rounded(8).trimmed()) : leaf::na(value.reason()), "ratio",
            std::move(source), formula, period);
    }
    void count(std::string const& id, std::string const& label, std::int64_t n, char const* formula) {
        number(id, label, Metric(Decimal(n)), 0, "deals", {"opportunities"}, formula);
    }
    void put(std::string const& id, std::string const& label, Json value, std::string const& unit,
             std::vector<std::string> source, std::string const& formula, std::string const& period) {
        page.report.figure({.id = id,
                            .version = 1,
                            .label = label,
                            .value = std::move(value),
                            .unit = unit,
                            .period = period.empty() ? page.in.period.label : period,
                            .complete = page.in.undone == 0,
                            .source = std::move(source),
                            .formula = formula});
    }
};

void of_quarter(Writer& w, Forecast const& f) {
    std::string const period = f.quarter.id();
    auto parts = [&](std::string const& id, std::string const& label, Parts const& p, char const* formula) {
        w.money(id, label, p.total(), {"opportunities"}, formula, period);
        w.money(id + ".one_time", label + ", one-time", p.one_time, {"opportunities"}, formula, period);
        w.money(id + ".recurring", label + ", recurring", p.recurring, {"opportunities"}, formula, period);
    };
    parts("pipeline.won", "Won", f.won.amount, "sum of deals won in the quarter");
    parts("pipeline.commit", "Commit", f.commit(), "won + open committed deals expected in the quarter");
    parts("pipeline.weighted", "Weighted forecast", f.weighted(),
          "won + sum of open deals expected in the quarter x probability");
    parts("pipeline.best_case", "Best case", f.best_case(), "won + open committed or likely deals of the quarter");
    parts("pipeline.open", "Open pipeline of the quarter", f.open.amount, "sum of open deals expected in the quarter");
    w.money("pipeline.quota", "Quota", f.quota, {"quotas"}, "sum of quotas of the quarter", period);
    w.money("pipeline.gap", "Gap to quota", f.gap(), {"opportunities", "quotas"}, "quota - commit", period);
    w.number("pipeline.coverage", "Coverage", f.coverage(), 2, "ratio", {"opportunities", "quotas"},
             "open pipeline of the quarter / (quota - won)", period);
}

} // namespace

void figures(Page const& page) {
    auto const& [in, a, words, report] = page;
    Writer w{page};
    of_quarter(w, a.now);
    of_quarter(w, a.next);
    std::vector<std::string> const deals = {"opportunities"}, moves = {"opportunities", "stage_history"};
    Closed const& c = a.closed;
    w.number("pipeline.coverage_needed", "Coverage needed", a.coverage_needed(), 2, "ratio", deals, "1 / win rate");
    w.share("pipeline.win_rate.count", "Win rate by count", c.win_rate(), deals,
            "won / (won + lost), closed in the window");
    w.share("pipeline.win_rate.value", "Win rate by value", c.win_rate_by_value(), deals,
            "won value / (won + lost value), closed in the window");
    w.money("pipeline.deal.average", "Average deal", c.average_deal(), deals, "won value / won deals");
    w.money("pipeline.deal.median", "Median deal", c.median_deal(), deals, "median of won values");
    w.number("pipeline.cycle.mean", "Sales cycle, mean", c.mean_cycle(), 1, "days", deals,
             "mean of closed - created, won");
    w.number("pipeline.cycle.median", "Sales cycle, median", c.median_cycle(), 1, "days", deals,
             "median of closed - created, won");
    w.money("pipeline.velocity", "Velocity, a day", a.velocity, deals,
            "open deals x average deal x win rate / mean cycle");

    w.count("pipeline.open.deals", "Open deals", a.open.deals, "count of open deals");
    w.money("pipeline.open.all", "Open pipeline", a.open.total(), deals, "sum of open deals");
    w.money("pipeline.open.weighted", "Open pipeline, weighted", a.open_weighted, deals,
            "sum of open deals x probability");
    w.money("pipeline.open.tcv", "Open pipeline, whole contracts", a.mix_open.tcv, deals, "one-time + monthly x term");
    w.money("pipeline.open.acv", "Open pipeline, recurring a year", a.mix_open.acv, deals, "monthly x 12");
    w.money("pipeline.open.first_year", "Open pipeline, first year", a.mix_open.first_year, deals,
            "one-time + monthly x 12");
    w.money("pipeline.open.one_time", "Open pipeline, one-time", a.mix_open.one_time, deals, "sum of one-time amounts");
    w.count("pipeline.stalled.deals", "Stalled deals", static_cast<std::int64_t>(a.stalled.size()),
            "longer in the stage than the limit, or silent");
    w.money("pipeline.stalled.value", "Stalled deals, value", a.stalled_value, deals, "sum of stalled deals");
    w.count("pipeline.clean.deals", "Open deals without a record error", a.clean, "open deals that break no rule");

    Metric const none = Metric::na("missing_dataset:stage_history");
    w.share("pipeline.slippage", "Slippage", a.slippage ? a.slippage->rate() : none, moves,
            "value that left the period / value expected in it at its start");
    w.money("pipeline.slipped", "Slipped", a.slippage ? Metric(a.slippage->slipped) : none, moves,
            "expected in the period at its start, now later");
    w.money("pipeline.pulled_in", "Pulled in", a.slippage ? Metric(a.slippage->pulled_in) : none, moves,
            "expected later at the start, now in the period or won in it");
    for (std::size_t i = 0; i < in.stages.size(); ++i)
        w.share("pipeline.conversion." + std::to_string(i + 1), "Went on from " + in.stages[i].name,
                in.has("stage_history") ? a.funnel.conversion(i) : none, moves,
                "reached the next stage / reached this one, closed in the window");
    w.share("pipeline.conversion.overall", "First stage to won", in.has("stage_history") ? a.funnel.overall() : none,
            moves, "won / reached the first stage");

    Metric const first = Metric::na(in.previous_as_of ? "missing_dataset:opportunities" : "no_history");
    static constexpr std::pair<Move, char const*> names[] = {
        {Move::added, "new"},         {Move::pulled_in, "pulled_in"}, {Move::dated_in, "dated_in"},
        {Move::reopened, "reopened"}, {Move::up, "amount_up"},        {Move::down, "amount_down"},
        {Move::slipped, "slipped"},   {Move::dated_out, "dated_out"}, {Move::won, "won"},
        {Move::lost, "lost"},         {Move::removed, "removed"}};
    std::vector<std::string> const both = {"opportunities", "opportunities@previous"};
    w.money("pipeline.change.before", "Open pipeline of the quarter in the last report",
            a.changes ? Metric(a.changes->before) : first, both, "open deals then expected in the quarter",
            a.quarter.id());
    for (auto const& [move, name] : names)
        w.money(std::string("pipeline.change.") + name, std::string("Change since the last report: ") + name,
                a.changes ? Metric(a.changes->sum(move)) : first, both, "signed; before + all changes = after",
                a.quarter.id());

    Sum created, won, lost;
    if (!a.months.empty()) {
        created = a.months.back().created;
        won = a.months.back().won;
        lost = a.months.back().lost;
    }
    w.money("pipeline.created", "Created in the month", created.total(), deals,
            "deals created in the month up to the as-of date");
    w.money("pipeline.closed", "Won and lost in the month", won.total() + lost.total(), deals,
            "deals closed in the month up to the as-of date");
}

} // namespace pipeline
