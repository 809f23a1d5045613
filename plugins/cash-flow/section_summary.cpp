#include "sections.hpp"
#include <algorithm>

namespace cash_flow {

namespace block = deckle::block;

Json title(Inputs const& in, Analysis const& a, Words const& words) {
    Forecast const& f = a.forecast;
    if (!a.position.known)
        return leaf::text("The next 13 weeks bring in {in} and take out {out}; today's cash is not known",
                          {{"in", words.money(f.receipts())}, {"out", words.money(f.payments())}});
    Week const& low = f.weeks[f.lowest()];
    Decimal const minimum = in.params.minimum_cash;
    std::vector<std::pair<std::string, Json>> args = {
        {"low", words.money(low.closing)}, {"minimum", words.money(minimum)}, {"week", leaf::date(low.start, "day")}};
    if (a.position.cash.is_negative())
        return leaf::text("Cash is overdrawn by {over} today; the low point is {low}, in the week of {week}",
                          {{"over", words.money(-a.position.cash)}, args[0], args[2]});
    if (auto const zero = f.first_below(0)) {
        if (*zero == f.lowest())
            return leaf::text("Cash runs out in the week of {week}, with {gap} missing",
                              {args[2], {"gap", words.money(-low.closing)}});
        return leaf::text("Cash runs out in the week of {first}; the low point is {low}, in the week of {week}",
                          {{"first", leaf::date(f.weeks[*zero].start, "day")}, args[0], args[2]});
    }
    if (auto const below = f.first_below(minimum)) {
        if (*below == f.lowest())
            return leaf::text("Cash falls {gap} below the {minimum} minimum in the week of {week}",
                              {{"gap", words.money(minimum - low.closing)}, args[1], args[2]});
        return leaf::text(
            "Cash falls below the {minimum} minimum in the week of {first}; the low point is {low}, in the "
            "week of {week}",
            {{"first", leaf::date(f.weeks[*below].start, "day")}, args[0], args[1], args[2]});
    }
    if (minimum.is_zero())
        return leaf::text("Cash stays above zero; the low point is {low}, in the week of {week}", {args[0], args[2]});
    return leaf::text("Cash stays above the {minimum} minimum; the low point is {low}, in the week of {week}", args);
}

namespace {

struct Deciders {
    std::vector<std::string> names; // customers whose open invoices keep cash above the minimum
    Decimal amount;                 // what they are expected to pay up to the low week
    Decimal lowest;                 // lowest cash without it
};

/// Adds the customers that are expected to pay most, up to three, until cash falls below the minimum without them.
Deciders deciders(Inputs const& in, Analysis const& a) {
    std::map<std::string, Decimal> expected;
    Date const until = a.forecast.weeks[a.forecast.lowest()].end;
    for (Flow const& f : a.flows)
        if (f.receipt && (f.line == "invoices" || f.line == "overdue") && f.date <= until)
            expected[f.party] += f.amount;
    std::vector<std::pair<Decimal, std::string>> order;
    for (auto const& [party, amount] : expected) order.emplace_back(amount, party);
    std::stable_sort(order.begin(), order.end(), [](auto const& x, auto const& y) { return x.first > y.first; });

    Deciders out;
    std::vector<Flow> flows = a.flows;
    for (std::size_t i = 0; i < order.size() && i < 3; ++i) {
        out.names.push_back(order[i].second);
        out.amount += order[i].first;
        std::erase_if(flows, [&](Flow const& f) {
            return f.party == order[i].second && (f.line == "invoices" || f.line == "overdue");
        });
        Forecast const without = forecast(a.position.cash, flows, empty_weeks(in.as_of, in.week_start));
        out.lowest = without.weeks[without.lowest()].closing;
        if (out.lowest < in.params.minimum_cash) break;
    }
    return out;
}

Json who_decides(Inputs const& in, Analysis const& a, Words const& words) {
    Deciders const d = deciders(in, a);
    if (d.names.empty()) return nullptr;
    std::vector<std::pair<std::string, Json>> args = {{"amount", words.money(d.amount)},
                                                      {"short", words.money(in.params.minimum_cash - d.lowest)},
                                                      {"a", d.names[0]}};
    if (d.names.size() > 1) args.emplace_back("b", d.names[1]);
    if (d.names.size() > 2) args.emplace_back("c", d.names[2]);
    bool const falls = d.lowest < in.params.minimum_cash;
    if (!falls) {
        args.erase(args.begin() + 1);
        args.emplace_back("low", words.money(d.lowest));
        std::erase_if(args, [](auto const& x) { return x.first == "a" || x.first == "b" || x.first == "c"; });
        return leaf::text(d.names.size() == 1
                              ? "Even without the {amount} of the largest payer, cash stays at {low} or more."
                          : d.names.size() == 2
                              ? "Even without the {amount} of the two largest payers, cash stays at {low} or more."
                              : "Even without the {amount} of the three largest payers, cash stays at {low} or more.",
                          args);
    }
    static constexpr char const* who[] = {"One customer decides it: if {a} does not pay its {amount}, ",
                                          "Two customers decide it: if {a} and {b} do not pay their {amount}, ",
                                          "Three customers decide it: if {a}, {b} and {c} do not pay their {amount}, "};
    char const* const then =
        in.params.minimum_cash.is_zero() ? "cash falls {short} below zero." : "cash falls {short} below the minimum.";
    return leaf::text(std::string(who[d.names.size() - 1]) + then, args);
}

} // namespace

Json lead(Inputs const& in, Analysis const& a, Words const& words) {
    if (!a.position.known)
        return leaf::text(
            "The bank export has no balance. Set cash_today to the balance of {day}, or map a balance column "
            "of bank_transactions or bank_accounts.",
            {{"day", leaf::date(in.as_of, "long")}});
    Week const& low = a.forecast.weeks[a.forecast.lowest()];
    Decimal const cushion = low.closing - in.params.minimum_cash;
    Decimal const liquidity = low.closing + a.position.available;
    std::vector<std::pair<std::string, Json>> args = {{"liquidity", words.money(liquidity)}};
    std::string sentence;
    if (cushion.is_negative()) {
        Decimal const overdue = a.ar_aging.sum.overdue();
        args = {};
        sentence = a.position.limit.is_zero() ? "There is no line of credit to draw on."
                   : liquidity >= in.params.minimum_cash
                       ? "The undrawn line covers it: liquidity is then {liquidity}."
                       : "The undrawn line does not cover it: liquidity is then {liquidity}.";
        if (!a.position.limit.is_zero()) args.emplace_back("liquidity", words.money(liquidity));
        if (overdue > Decimal(0)) {
            sentence += " Customers are late with {overdue}.";
            args.emplace_back("overdue", words.money(overdue));
        }
        return leaf::text(sentence, args);
    }
    if (a.position.limit.is_zero()) {
        sentence = "That leaves a cushion of {cushion}; no line of credit is counted.";
        args = {{"cushion", words.money(cushion)}};
    } else {
        sentence = "That leaves a cushion of {cushion}, and {liquidity} of liquidity with the undrawn line.";
        args.emplace_back("cushion", words.money(cushion));
    }
    Json const decides = in.params.scenario == Scenario::base ? who_decides(in, a, words) : Json();
    if (!decides.is_null()) {
        sentence += " " + decides.at("$text").get<std::string>();
        for (auto const& [name, value] : decides.at("args").items()) args.emplace_back(name, value);
    }
    return leaf::text(sentence, args);
}

void key_figures(Page const& page) {
    auto const& [in, a, words, report] = page;
    std::vector<block::KeyFigure> list;

    block::KeyFigure cash{"Cash", a.position.known ? words.money(a.position.cash) : leaf::na("missing_column:balance")};
    Date const before = in.as_of.first_of_month() - 1;
    if (Metric const then = cash_on(in, a.position, before); then && a.position.known) {
        Decimal const change = a.position.cash - then.value();
        cash.note = leaf::text(change.is_negative() ? "{change} less than at the end of {month}"
                                                    : "{change} more than at the end of {month}",
                               {{"change", words.money(change.abs())}, {"month", leaf::date(before, "month")}});
    }
    list.push_back(std::move(cash));

    bool const line = !a.position.limit.is_zero();
    block::KeyFigure available{"Available on the line",
                               line ? words.money(a.position.available) : leaf::na("missing_dataset:credit_lines")};
    if (line && in.has("credit_cards"))
        available.note = leaf::text("of {limit}; card debt {cards}", {{"limit", words.money(a.position.limit)},
                                                                      {"cards", words.money(a.position.card_debt)}});
    else if (line)
        available.note = leaf::text("of {limit}", {{"limit", words.money(a.position.limit)}});
    list.push_back(std::move(available));

    block::KeyFigure dso{"Days sales outstanding", Words::days(a.ratios.dso)};
    if (Metric const rise = difference(a.ratios.dso, a.ratios.dso_mean)) {
        dso.note = rise.value().rounded(1).is_zero()
                       ? Json("as usual")
                       : leaf::text(rise.value().is_negative() ? "{days} days faster than usual"
                                                               : "{days} days slower than usual",
                                    {{"days", leaf::num(rise.value().abs(), {.digits = 1})}});
        if (rise.value() > in.params.dso_rise) dso.tone = "soon";
    }
    list.push_back(std::move(dso));

    Decimal const overdue = age(a.ar.items, in.as_of).sum.overdue();
    block::KeyFigure late{"Overdue receivables", words.money(overdue)};
    Metric const share = ratio(overdue, a.ar.total());
    Metric const largest = a.ar_aging.concentration();
    if (!share)
        late.note = "nothing is open";
    else if (largest)
        late.note = leaf::text("{share} of all; the largest customer owes {largest}",
                               {{"share", Words::percent(share, 0)}, {"largest", Words::percent(largest, 0)}});
    list.push_back(std::move(late));
    report.section("today", "Cash today", {block::key_figures(list)});
}

void needs_you(Page const& page) {
    deckle::needs_you(page.report, page.a.actions, 4, false);
}

void all_actions(Page const& page) {
    deckle::all_actions(page.report, page.a.actions);
}

} // namespace cash_flow
