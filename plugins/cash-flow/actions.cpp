// The alerts and what to do about them. Every alert is worded as something a person can do.
#include "analysis.hpp"
#include "words.hpp"
#include <algorithm>

namespace cash_flow {
namespace {

struct Builder {
    Inputs const& in;
    Analysis const& a;
    Words words;
    std::vector<Action> out = {};

    void add(Urgency urgency, int rank, Json what, std::string owner = {}, std::optional<Date> due = {}) {
        Week const& first = a.forecast.weeks.front();
        Date const friday = std::max(in.as_of + 1, first.start + (in.week_start == deckle::Weekday::sunday ? 5 : 4));
        Date const when = urgency == Urgency::now ? next_working_day(in.as_of) : due.value_or(friday);
        out.push_back({urgency, rank, std::move(what), owner.empty() ? in.params.owner : std::move(owner), when});
    }

    [[nodiscard]] std::string collector(std::string const& party) const {
        CollectionEvent const* last = nullptr;
        for (CollectionEvent const& e : in.collections)
            if (e.party == party && e.date <= in.as_of && !e.owner.empty() && (last == nullptr || e.date >= last->date))
                last = &e;
        if (last != nullptr) return last->owner;
        auto const it = in.owners.find(party);
        return it == in.owners.end() ? "" : it->second;
    }

    void cash() {
        if (!a.position.known) return;
        Decimal const minimum = in.params.minimum_cash;
        if (auto const zero = a.forecast.first_below(0)) {
            Week const& w = a.forecast.weeks[*zero];
            add(Urgency::now, 1,
                task("Find {gap}|: cash runs out in the week of {week}",
                     {{"gap", words.money(-a.forecast.weeks[a.forecast.lowest()].closing)},
                      {"week", leaf::date(w.start, "day")}}));
        } else if (auto const below = a.forecast.first_below(minimum)) {
            Week const& w = a.forecast.weeks[*below];
            add(*below < 4 ? Urgency::now : Urgency::this_week, *below < 4 ? 2 : 8,
                task("Close a gap of {gap}|: cash falls below the {minimum} minimum in the week of {week}",
                     {{"gap", words.money(minimum - a.forecast.weeks[a.forecast.lowest()].closing)},
                      {"minimum", words.money(minimum)},
                      {"week", leaf::date(w.start, "day")}}));
        }
        if (a.position.limit > Decimal(0) && a.next_payroll > Decimal(0) && a.position.available < a.next_payroll)
            add(Urgency::this_week, 12,
                task("Talk to the bank|: {left} is left on the line, less than one payroll of {payroll}",
                     {{"left", words.money(a.position.available)}, {"payroll", words.money(a.next_payroll)}}));
        for (LinePosition const& l : a.position.lines)
            if (l.line.expires && *l.line.expires <= in.as_of + 90)
                add(l.expired ? Urgency::now : Urgency::by_date, l.expired ? 6 : 36,
                    task(l.expired ? "Renew {line}|: it ended on {day}" : "Renew {line}|: it ends on {day}",
                         {{"line", l.line.name}, {"day", leaf::date(*l.line.expires)}}),
                    "", std::max(*l.line.expires - 30, in.as_of + 1));
    }

    void collect() {
        int calls = 0;
        Aging const by_due = age(a.ar.items, in.as_of);
        std::vector<AgingRow> late = by_due.rows;
        std::stable_sort(late.begin(), late.end(),
                         [](AgingRow const& x, AgingRow const& y) { return x.overdue() > y.overdue(); });
        for (AgingRow const& r : late) {
            std::optional<Date> broken;
            Decimal disputed;
            for (OpenItem const& i : a.ar.items) {
                if (i.party != r.party || i.is_credit()) continue;
                disputed += a.collections.disputed(i);
                if (auto const* p = a.collections.promise(i); p != nullptr && p->date <= in.as_of && i.due <= in.as_of)
                    broken = std::max(broken.value_or(p->date), p->date);
            }
            if (!disputed.is_zero())
                add(Urgency::this_week, 25,
                    task("Settle the dispute with {who}|: {amount} is held back",
                         {{"who", r.party}, {"amount", words.money(disputed)}}),
                    collector(r.party));
            if (r.overdue() <= Decimal(0) || (r.oldest_days <= in.params.overdue_days && !broken) || ++calls > 5)
                continue;
            std::vector<std::pair<std::string, Json>> args = {{"who", r.party},
                                                              {"amount", words.money(r.overdue())},
                                                              {"days", Words::counted(r.oldest_days, "day", "days")}};
            std::string sentence = "Call {who}|: {amount}, {days} overdue";
            if (broken) {
                sentence += ", promised for {day}, not received";
                args.emplace_back("day", leaf::date(*broken, "long"));
            }
            add(Urgency::now, 10 + calls, task(sentence, args), collector(r.party));
        }
        Metric const share = a.ar_aging.concentration();
        if (share && share.value() > in.params.concentration)
            add(Urgency::note, 45,
                task("Watch {who}|: it owes {amount}, {share} of all receivables",
                     {{"who", a.ar_aging.rows.front().party},
                      {"amount", words.money(a.ar_aging.rows.front().total())},
                      {"share", Words::percent(share, 0)}}),
                collector(a.ar_aging.rows.front().party));
        Metric const rise = difference(a.ratios.dso, a.ratios.dso_mean);
        if (rise && rise.value() > in.params.dso_rise)
            add(Urgency::this_week, 35,
                task("Find out why customers pay slower|: {dso} days of sales are open, {rise} more than usual",
                     {{"dso", Words::days(a.ratios.dso)}, {"rise", Words::days(rise)}}));
    }

    void bill() {
        if (!a.unbilled || a.unbilled->sum.oldest_days <= in.params.unbilled_days) return;
        add(Urgency::this_week, 20,
            task("Bill {total} of finished work|: it is on no invoice, the oldest {days} old",
                 {{"total", words.money(a.unbilled->sum.total())},
                  {"days", Words::counted(a.unbilled->sum.oldest_days, "day", "days")}}));
    }

    /// True when paying `amount` earlier keeps every week up to the due date above the minimum.
    [[nodiscard]] bool affordable(Decimal amount, Date from, Date due) const {
        return std::all_of(a.forecast.weeks.begin(), a.forecast.weeks.end(), [&](Week const& w) {
            return w.end < from || w.start > due || w.closing - amount >= in.params.minimum_cash;
        });
    }

    /// The three largest savings, and none that is small beside them.
    void discounts() {
        std::vector<OpenItem const*> list;
        auto saving = [](OpenItem const* i) { return (i->open * i->discount_rate).rounded(2); };
        for (OpenItem const& i : a.ap.items) {
            if (i.is_credit() || i.hold || !i.discount_date || *i.discount_date <= in.as_of) continue;
            Metric const yearly = annualized_discount(i.discount_rate, i.due - *i.discount_date);
            if (yearly && yearly.value() >= in.params.discount_hurdle && affordable(i.open, *i.discount_date, i.due))
                list.push_back(&i);
        }
        std::stable_sort(list.begin(), list.end(), [&](auto const* x, auto const* y) { return saving(x) > saving(y); });
        if (list.size() > 3) list.resize(3);
        for (OpenItem const* i : list)
            if (saving(i) * 10 >= saving(list.front()))
                add(Urgency::by_date, 30,
                    task("Pay {who} {amount}| early and save {saving} ({rate})",
                         {{"who", i->party},
                          {"amount", words.money(i->open)},
                          {"saving", words.money(saving(i))},
                          {"rate",
                           leaf::pct(i->discount_rate, {.digits = i->discount_rate.trimmed().scale() > 2 ? 1 : 0})}}),
                    "", *i->discount_date);
    }

    void pay() {
        std::map<std::string, std::pair<Decimal, int>> late; // distributors: overdue amount, oldest days
        for (OpenItem const& i : a.ap.items) {
            auto const vendor = in.vendors.find(i.party);
            if (vendor != in.vendors.end() && vendor->second.distributor && !i.is_credit() && i.due < in.as_of) {
                late[i.party].first += i.open;
                late[i.party].second = std::max(late[i.party].second, in.as_of - i.due);
            }
        }
        discounts();
        for (auto const& [party, sum] : late)
            add(sum.second > 30 ? Urgency::now : Urgency::this_week, sum.second > 30 ? 9 : 22,
                task(sum.second > 30 ? "Pay {who} {amount}|: {days} overdue at a distributor, which may stop shipping"
                                     : "Pay {who} {amount}|: {days} overdue at a distributor",
                     {{"who", party},
                      {"amount", words.money(sum.first)},
                      {"days", Words::counted(sum.second, "day", "days")}}));
        cards();
    }

    void cards() {
        for (CreditCard const& c : in.cards)
            if (c.payroll_used)
                add(Urgency::now, 7, task("Move payroll off {card}|: wages were paid with it", {{"card", c.name}}));
        auto const last = in.has("balances")
                              ? movements(in.accounts, in.balances, in.as_of.first_of_month(), in.as_of, in.fiscal_year)
                              : std::nullopt;
        Decimal const running = last && last->income.contains("opex") ? last->income.at("opex") : Decimal(0);
        bool const over_line = a.position.limit > Decimal(0) && a.position.card_debt > a.position.drawn &&
                               a.position.available > a.position.card_debt;
        bool const over_month = running > Decimal(0) && a.position.card_debt > running;
        if (a.position.card_debt > Decimal(0) && (over_line || over_month))
            add(Urgency::this_week, 34,
                task(over_month
                         ? "Pay down the cards|: {debt} is owed on them, more than a month's running costs"
                         : "Move card debt to the line|: {debt} is owed on cards, more than on the line of credit",
                     {{"debt", words.money(a.position.card_debt)}}));
    }

    void renew() {
        if (!a.recurring) return;
        Decimal expired;
        for (Agreement const* g : a.recurring->expired) expired += a.recurring->mrr_by_agreement.at(g->id);
        if (a.recurring->expired.size() == 1) {
            Agreement const& g = *a.recurring->expired.front();
            add(Urgency::this_week, 28,
                task("Renew or cancel {name} with {who}|: it ended on {day} and is still active",
                     {{"name", g.name}, {"who", g.party}, {"day", leaf::date(*g.end)}}),
                collector(g.party));
        } else if (!a.recurring->expired.empty()) {
            add(Urgency::this_week, 28,
                task("Renew or cancel {n} agreements| that have ended and are still active, {mrr} a month",
                     {{"n", Words::count(static_cast<std::int64_t>(a.recurring->expired.size()))},
                      {"mrr", words.money(expired)}}));
        }
        int shown = 0;
        for (Agreement const* g : a.recurring->renewals)
            if (!g->auto_renews && ++shown <= 3)
                add(Urgency::by_date, 38,
                    task("Renew {name} with {who}|: {mrr} a month ends on {day}",
                         {{"name", g->name},
                          {"who", g->party},
                          {"mrr", words.money(a.recurring->mrr_by_agreement.at(g->id))},
                          {"day", leaf::date(*g->end)}}),
                    collector(g->party), std::max(*g->end - g->notice_days.value_or(30), in.as_of + 1));
    }

    void data() {
        static constexpr std::pair<char const*, char const*> watched[] = {{"bank_transactions", "the bank export"},
                                                                          {"payments", "customer payments"},
                                                                          {"time_entries", "time entries"}};
        for (auto const& [dataset, name] : watched) {
            if (!in.has(dataset)) continue;
            auto const newest = in.newest.find(dataset);
            if (newest == in.newest.end())
                add(Urgency::now, 16,
                    task("Refresh {name}|: it has no row up to {day}",
                         {{"name", name}, {"day", leaf::date(in.as_of)}}));
            else if (in.as_of - newest->second > in.params.stale_days)
                add(Urgency::now, 16,
                    task("Refresh {name}|: the newest row is of {day}",
                         {{"name", name}, {"day", leaf::date(newest->second)}}));
        }
        if (in.payroll_until && *in.payroll_until < a.forecast.weeks.back().start)
            add(Urgency::this_week, 24,
                task("Extend the payroll calendar|: its last pay day is {day}, so later weeks have no payroll",
                     {{"day", leaf::date(*in.payroll_until)}}));
        std::set<std::string> currencies;
        for (auto const* list : {&a.ar.unconverted, &a.ap.unconverted, &in.unconverted_bank})
            for (Unconverted const& u : *list) currencies.insert(u.currency);
        for (std::string const& c : currencies)
            add(Urgency::this_week, 26,
                task("Add an exchange rate for {currency}|: rows in it are in no total", {{"currency", c}}));
        Decimal forecast, missed;
        for (Variance const& v : a.variances)
            if (v.line != "closing") {
                forecast += v.forecast;
                missed += (v.actual - v.forecast).abs();
            }
        Metric const accuracy = difference(Decimal(1), ratio(missed, forecast, "no_history"));
        if (accuracy && accuracy.value() < in.params.accuracy)
            add(Urgency::this_week, 40,
                task("Check what the forecast rests on|: the last one was {accuracy} right",
                     {{"accuracy", Words::percent(std::max(accuracy.value(), Decimal(0)), 0)}}));
    }
};

} // namespace

std::vector<Action> actions(Inputs const& in, Analysis const& a) {
    Builder b{in, a, {in.currency, false}};
    b.cash();
    b.collect();
    b.bill();
    b.pay();
    b.renew();
    b.data();
    sort_by_urgency(b.out);
    return std::move(b.out);
}

} // namespace cash_flow
