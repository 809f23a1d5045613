#include "sections.hpp"

namespace pipeline {

namespace block = deckle::block;
using deckle::Align;

namespace {

/// From what is won to the quota, step by step; of the next quarter when this one is over.
deckle::Chart chart_of(Page const& page) {
    auto const& [in, a, words, report] = page;
    Forecast const& f = a.ahead();
    Decimal const best = f.open_best.total() - f.open_committed.total();
    std::vector<Json> labels = {"Won", "Committed", "Best case"};
    deckle::Chart::Values values = {f.won.total(), f.open_committed.total(), best};
    if (f.quota) {
        Decimal const rest = f.quota.value() - f.best_case().total();
        labels.emplace_back(rest.is_negative() ? "Above quota" : "Missing");
        labels.emplace_back("Quota");
        values.emplace_back(rest);
        values.emplace_back(f.quota.value());
    } else {
        labels.emplace_back("In all");
        values.emplace_back(f.best_case().total());
    }
    deckle::Chart chart("waterfall");
    chart.categories(labels).series("", "actual", values).set("totals", Json::array({0, labels.size() - 1}));
    chart.set("now", 1).set("digits", 0).set("currency", words.currency).set("unit", words.chart_unit());
    if (words.thousands) chart.set("scale", 3);
    chart.set("height", 112);
    std::vector<std::pair<std::string, Json>> args = {{"won", words.money(f.won.total())},
                                                      {"committed", words.money(f.open_committed.total())},
                                                      {"best", words.money(best)}};
    if (f.quota) args.emplace_back("quota", words.money(f.quota.value()));
    chart.set("alt", leaf::text(f.quota ? "{won} won, {committed} committed, {best} more in the best case, against a "
                                          "quota of {quota}."
                                        : "{won} won, {committed} committed, {best} more in the best case.",
                                args));
    return chart;
}

Json table_of(Page const& page) {
    auto const& [in, a, words, report] = page;
    Forecast const *now = &a.now, *next = &a.next;
    block::Table table;
    table.column("");
    for (Forecast const* f : {now, next}) {
        table.column(f->quarter.name(), Align::right).column("Deals", Align::right);
        table.column("One-time", Align::right).column("Recurring", Align::right);
    }
    auto parts = [&](char const* label, auto const& get, std::string_view tone = {}) {
        std::vector<Json> cells = {label};
        for (Forecast const* f : {now, next}) {
            auto const [amount, deals] = get(*f);
            cells.push_back(words.cell(amount.total()));
            cells.push_back(deals < 0 ? Json("") : Words::count(deals));
            cells.push_back(words.cell(amount.one_time));
            cells.push_back(words.cell(amount.recurring));
        }
        table.row(cells, tone);
    };
    using Entry = std::pair<Parts, int>;
    parts("Won", [](Forecast const& f) { return Entry(f.won.amount, f.won.deals); });
    parts("Committed, still open",
          [](Forecast const& f) { return Entry(f.open_committed.amount, f.open_committed.deals); });
    parts(
        "Commit", [](Forecast const& f) { return Entry(f.commit(), f.won.deals + f.open_committed.deals); }, "strong");
    parts("Weighted forecast", [](Forecast const& f) { return Entry(f.weighted(), -1); });
    parts("Best case", [](Forecast const& f) { return Entry(f.best_case(), f.won.deals + f.open_best.deals); });
    parts("Open pipeline", [](Forecast const& f) { return Entry(f.open.amount, f.open.deals); });
    auto single = [&](char const* label, auto const& get, std::string_view tone = {}) {
        table.row({label, get(*now), "", "", "", get(*next), "", "", ""}, tone);
    };
    single("Quota", [&](Forecast const& f) { return words.cell(f.quota); });
    single(
        "Gap: quota less commit",
        [&](Forecast const& f) {
            Metric const gap = f.gap();
            return gap && gap.value().is_negative() ? Json("none") : words.cell(gap);
        },
        now->gap() && now->gap().value() > Decimal(0) ? "low" : "");
    single("Coverage: open / (quota less won)", [](Forecast const& f) { return Words::coverage(f.coverage()); });
    single("Coverage needed: 1 / win rate", [&](Forecast const&) { return Words::number(a.coverage_needed(), 2); });
    return table.json();
}

/// How the words above are meant, with the numbers that decide.
Json rules(Page const& page) {
    auto const& [in, a, words, report] = page;
    auto share = [](Decimal p) { return leaf::pct(p, {.digits = 0}); };
    std::vector<std::pair<std::string, Json>> args = {{"best", share(in.params.forecast.best_case_probability)}};
    std::string text = in.params.forecast.commit_flag
                           ? "Committed: the owner says so."
                           : "Committed: a probability of {commit} or more (the source has no field for it).";
    if (!in.params.forecast.commit_flag) args.emplace_back("commit", share(in.params.forecast.commit_probability));
    text +=
        " Best case: committed, or {best} and more. Weighted: each open deal times its probability, or its stage's.";
    if (a.behind.deals > 0) {
        text += " In no quarter: {behind} worth {value}, whose close date has passed before this one began.";
        args.emplace_back("behind", counted(a.behind.deals, "open deal", "open deals"));
        args.emplace_back("value", words.money(a.behind.total()));
    }
    if (a.now.unknown_chance > 0) {
        text += " {unknown} of the quarter have no known probability and weigh nothing.";
        args.emplace_back("unknown", counted(a.now.unknown_chance, "deal", "deals"));
    }
    if (in.undone > 0) {
        text += " {undone} moved on after {day}; the stage of then is not known, so they weigh nothing.";
        args.emplace_back("undone", counted(in.undone, "deal", "deals"));
        args.emplace_back("day", leaf::date(in.as_of));
    }
    return leaf::text(text, args);
}

} // namespace

void forecast_section(Page const& page) {
    std::vector<Json> blocks = {table_of(page), block::text(rules(page))};
    bool const something = page.a.ahead().quota || !page.a.ahead().best_case().total().is_zero();
    if (something) blocks.insert(blocks.begin(), block::chart(chart_of(page)));
    if (!page.in.has("quotas"))
        blocks.push_back(
            block::missing("Quotas", "the gap to quota, coverage, and each person's share of it", bind("quotas")));
    else if (!page.a.now.quota)
        blocks.push_back(block::callout(
            "soon", leaf::text("No quota touches {quarter}: add one to the quotas, for each person or with an empty "
                               "owner for the firm.",
                               {{"quarter", page.a.quarter.name()}})));
    page.report.section("forecast", leaf::text("How {quarter} fills up", {{"quarter", page.a.ahead().quarter.name()}}),
                        blocks, page.words.unit() + (something && page.words.thousands ? "; chart in thousands" : ""));
}

} // namespace pipeline
