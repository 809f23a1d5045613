#include "sections.hpp"
#include <algorithm>

namespace cash_flow {

namespace block = deckle::block;
using deckle::Align;

namespace {

/// Weeks of another year say so once.
Json week_label(Week const& w, Week const* before) {
    bool const new_year = before != nullptr && before->start.year() != w.start.year();
    return leaf::date(w.start, new_year ? "medium" : "day");
}

deckle::Chart step_chart(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<Json> labels;
    deckle::Chart::Values actual, expected;
    for (Week const& w : a.actual) {
        labels.push_back(leaf::date(w.start, "day"));
        actual.emplace_back(w.closing);
        expected.emplace_back(std::nullopt);
    }
    for (Week const& w : a.forecast.weeks) {
        labels.push_back(leaf::date(w.start, "day"));
        actual.emplace_back(std::nullopt);
        expected.emplace_back(w.closing);
    }
    deckle::Chart chart("step");
    std::size_t const low = a.forecast.lowest();
    chart.categories(labels);
    if (!a.actual.empty()) chart.series("", "actual", actual);
    chart.series("", "forecast", expected);
    chart.set("now", a.actual.size());
    Json const low_label = leaf::text("{low} low", {{"low", words.label(a.forecast.weeks[low].closing)}});
    if (!a.actual.empty())
        chart.mark(0, a.actual.size() - 1, leaf::text("{cash} today", {{"cash", words.label(a.position.cash)}}),
                   "strong");
    chart.mark(a.actual.empty() ? 0 : 1, a.actual.size() + low, low_label, "bad");
    if (in.params.minimum_cash > Decimal(0))
        chart.band(0, in.params.minimum_cash,
                   leaf::text("minimum {min}", {{"min", words.label(in.params.minimum_cash)}}));
    if (words.thousands) chart.set("scale", 3);
    chart.set("digits", 0).set("currency", words.currency).set("unit", words.weekly_unit());
    chart.set("height", 146);
    chart.set("alt",
              leaf::text("Cash at the end of each week: {n} actual weeks and 13 of forecast, against a minimum of "
                         "{minimum}. Lowest {low} in the week of {week}.",
                         {{"n", Words::count(static_cast<std::int64_t>(a.actual.size()))},
                          {"minimum", words.money(in.params.minimum_cash)},
                          {"low", words.money(a.forecast.weeks[low].closing)},
                          {"week", leaf::date(a.forecast.weeks[low].start)}}));
    return chart;
}

Json week_table(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.column("Week of");
    for (char const* label : {"Receipts", "Payments", "Net", "Closing cash", "Cushion", "Liquidity"})
        table.column(label, Align::right);
    Forecast const& f = a.forecast;
    for (std::size_t i = 0; i < f.weeks.size(); ++i) {
        Week const& w = f.weeks[i];
        bool const below = w.closing < in.params.minimum_cash;
        table.row({week_label(w, i == 0 ? nullptr : &f.weeks[i - 1]), words.weekly(w.receipts),
                   words.weekly(w.payments), words.weekly(w.net()), words.weekly(w.closing),
                   words.weekly(w.closing - in.params.minimum_cash), words.weekly(w.closing + a.position.available)},
                  below             ? "bad"
                  : i == f.lowest() ? "low"
                                    : "");
    }
    table.footer({leaf::text("13 weeks, {unit}", {{"unit", words.weekly_unit()}}), words.weekly(f.receipts()),
                  words.weekly(f.payments()), words.weekly(f.receipts() - f.payments()), "", "", ""});
    return table.json();
}

struct LineName {
    char const* id;
    char const* label;
};
constexpr LineName receipt_lines[] = {{"invoices", "Open invoices, on the day expected"},
                                      {"overdue", "Overdue without a date, half of it"},
                                      {"agreements", "Agreement invoices to come"},
                                      {"milestones", "Project milestones to come"},
                                      {"usual_receipts", "Up to the usual weekly receipts"}};
constexpr LineName payment_lines[] = {{"bills", "Vendor bills"},
                                      {"payroll", "Payroll"},
                                      {"rent", "Rent"},
                                      {"insurance", "Insurance"},
                                      {"subscriptions", "Subscriptions"},
                                      {"utilities", "Utilities"},
                                      {"vehicles", "Vehicles"},
                                      {"taxes", "Taxes"},
                                      {"debt", "Loans and lines of credit"},
                                      {"distributors", "Distributor lines"},
                                      {"cards", "Credit cards"},
                                      {"capex", "Equipment"},
                                      {"owners", "Owners"},
                                      {"other", "Other"},
                                      {"usual_payments", "Up to the usual weekly payments"}};

/// Money of one line in weeks 1 to 4, 5 to 8 and 9 to 13, and in all.
Json composition(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("What the forecast is made of").unit(words.weekly_unit()).column("");
    for (char const* label : {"Weeks 1 to 4", "Weeks 5 to 8", "Weeks 9 to 13", "13 weeks"})
        table.column(label, Align::right);
    auto sums = [&](char const* line, bool receipt) {
        std::array<Decimal, 4> s{};
        for (Flow const& f : a.flows) {
            if (f.receipt != receipt || (line != nullptr && f.line != line)) continue;
            std::size_t const part = f.date <= a.forecast.weeks[3].end ? 0 : f.date <= a.forecast.weeks[7].end ? 1 : 2;
            s[part] += f.amount;
            s[3] += f.amount;
        }
        return s;
    };
    auto add = [&](char const* label, std::array<Decimal, 4> const& s, char const* tone) {
        if (!s[3].is_zero() || std::string_view(tone) == "strong")
            table.row({label, words.weekly(s[0]), words.weekly(s[1]), words.weekly(s[2]), words.weekly(s[3])}, tone);
    };
    for (LineName const& l : receipt_lines) add(l.label, sums(l.id, true), "");
    add("Receipts", sums(nullptr, true), "strong");
    for (LineName const& l : payment_lines) add(l.label, sums(l.id, false), "");
    add("Payments", sums(nullptr, false), "strong");
    auto const in_all = sums(nullptr, true), out_all = sums(nullptr, false);
    table.footer({"Net", words.weekly(in_all[0] - out_all[0]), words.weekly(in_all[1] - out_all[1]),
                  words.weekly(in_all[2] - out_all[2]), words.weekly(in_all[3] - out_all[3])});
    return table.json();
}

Json scenario_table(Page const& page) {
    auto const& [in, a, words, report] = page;
    block::Table table;
    table.caption("If something goes otherwise").unit(words.weekly_unit());
    table.column("Scenario").column("").column("Lowest cash", Align::right).column("Week of");
    table.column("Below minimum from").column("After 13 weeks", Align::right);
    for (ScenarioResult const& s : a.scenarios) {
        Week const& low = s.forecast.weeks[s.forecast.lowest()];
        auto const below = s.forecast.first_below(in.params.minimum_cash);
        Json meaning = s.meaning;
        if (s.scenario == Scenario::one_more_hire)
            meaning = leaf::text("{cost} a month more", {{"cost", words.money(in.params.hire_cost)}});
        if (s.scenario == Scenario::top_customer_late)
            meaning = a.top_customer.empty() ? Json("No customer owes anything")
                                             : leaf::text("{who} pays 30 days late", {{"who", a.top_customer}});
        table.row({s.name, meaning, words.weekly(low.closing), leaf::date(low.start, "day"),
                   below ? leaf::date(s.forecast.weeks[*below].start, "day") : Json("never"),
                   words.weekly(s.forecast.weeks.back().closing)},
                  below                              ? "bad"
                  : s.scenario == in.params.scenario ? "strong"
                                                     : "");
    }
    return table.json();
}

Json not_counted(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<std::pair<std::string, Json>> args;
    std::string sentence;
    auto add = [&](char const* name, char const* text, Decimal amount) {
        if (amount.is_zero()) return;
        sentence += (sentence.empty() ? "" : "; ") + std::string(text);
        args.emplace_back(name, words.money(amount));
    };
    add("undated", "{undated} overdue without a promise (the other half is spread over weeks 1 to 4)",
        a.left_out.overdue_undated);
    add("disputed", "{disputed} in dispute", a.left_out.disputed);
    add("unbilled", "{unbilled} of work not yet invoiced", a.unbilled ? a.unbilled->sum.total() : Decimal(0));
    add("pipeline", "{pipeline} of open pipeline, weighted", in.pipeline.value_or(0));
    add("held", "{held} of bills on hold", a.left_out.held_bills);
    // What nobody has billed yet is not known, but how much of it usually comes is.
    Date const since = in.as_of - 90;
    if (in.has("bills") && !a.filled_payments)
        add("to_come", "bills that vendors have not sent yet, lately {to_come} a month",
            billed(in.bills, since + 1, in.as_of).divided_by(3, 2));
    if (in.has("agreements") && !a.filled_receipts) {
        std::vector<Document> single = in.invoices;
        std::erase_if(single, [](Document const& d) { return d.kind == DocumentKind::agreement; });
        add("to_bill", "invoices outside agreements that are still to come, lately {to_bill} a month",
            billed(single, since + 1, in.as_of).divided_by(3, 2));
    }
    return sentence.empty() ? Json("Everything known is counted.") : leaf::text("Not counted: " + sentence + ".", args);
}

Json accuracy(Page const& page) {
    auto const& [in, a, words, report] = page;
    if (!a.previous_as_of)
        return block::text("This is the first run: from the next one on, its forecast is compared with what happened.");
    if (a.variances.empty())
        return block::text(leaf::text("The last forecast, of {day}, has no whole week behind it yet.",
                                      {{"day", leaf::date(*a.previous_as_of)}}));
    block::Table table;
    table.caption(
        leaf::text("The last forecast, of {day}, against what happened", {{"day", leaf::date(*a.previous_as_of)}}));
    table.unit(words.weekly_unit()).column("Week of").column("");
    for (char const* label : {"Forecast", "Actual", "Difference", "Accuracy"}) table.column(label, Align::right);
    std::optional<Date> shown;
    for (Variance const& v : a.variances) {
        Json const label = v.line == "receipts" ? "Receipts" : v.line == "payments" ? "Payments" : "Closing cash";
        Metric const right = v.accuracy();
        table.row({shown == v.week ? Json("") : leaf::date(v.week, "day"), label, words.weekly(v.forecast),
                   words.weekly(v.actual), words.weekly(v.actual - v.forecast), Words::percent(right, 0)},
                  right && right.value() < in.params.accuracy ? "soon" : "");
        shown = v.week;
    }
    return table.json();
}

Json assumptions(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<std::pair<std::string, Json>> args;
    std::string sentence = "Invoices come on their due date plus the days the customer was late on average over the "
                           "last year; a promise that "
                           "is still ahead wins. Bills go out on their due date, overdue ones next week.";
    if (a.filled_receipts) {
        sentence +=
            " No agreements are bound: each week is filled up to the usual receipts of {receipts} by the bank's last "
            "{weeks} weeks.";
        args.emplace_back("receipts", words.money(a.usual.receipts));
    }
    if (a.filled_payments) {
        sentence +=
            " Not all payments are bound: each week is filled up to the usual payments of {payments} by the bank's "
            "last {weeks} weeks.";
        args.emplace_back("payments", words.money(a.usual.payments));
    }
    if (!args.empty()) args.emplace_back("weeks", Words::count(a.usual.weeks));
    return leaf::text(sentence, args);
}

} // namespace

void weeks(Page const& page) {
    Json note = leaf::text("{unit}; open pipeline not counted", {{"unit", page.words.weekly_unit()}});
    for (ScenarioResult const& s : page.a.scenarios)
        if (s.scenario == page.in.params.scenario && s.scenario != Scenario::base)
            note = leaf::text("{unit}; scenario: {name}", {{"unit", page.words.weekly_unit()}, {"name", s.name}});
    page.report.section("weeks", "Cash at the end of each week", {block::chart(step_chart(page)), week_table(page)},
                        note);
}

void forecast_detail(Page const& page) {
    std::vector<Json> blocks = {block::text(assumptions(page)), scenario_table(page), composition(page),
                                block::text(not_counted(page)), accuracy(page)};
    static constexpr std::pair<char const*, char const*> sources[] = {
        {"payroll", "Payroll by pay day"},
        {"standing_payments", "Rent, insurance and subscriptions"},
        {"tax_dates", "Tax payments"}};
    for (auto const& [dataset, shows] : sources)
        if (!page.in.has(dataset) && !page.a.filled_payments)
            blocks.push_back(block::missing(shows, "these payments week by week; without them the forecast is too high",
                                            bind(dataset)));
    page.report.section("forecast", "How the forecast is made", blocks);
}

} // namespace cash_flow
