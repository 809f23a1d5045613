#include "flows.hpp"
#include "recurring.hpp"
#include "schedule.hpp"
#include <algorithm>

namespace cash_flow {

Habits payment_habits(std::vector<Document> const& invoices, std::vector<std::optional<Date>> const& paid, Date as_of) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sums; // days late, invoices
    for (std::size_t i = 0; i < invoices.size(); ++i)
        if (paid[i] && *paid[i] <= as_of && *paid[i] > as_of.plus_months(-12)) {
            sums[invoices[i].party].first += *paid[i] - invoices[i].due;
            ++sums[invoices[i].party].second;
        }
    Habits out;
    for (auto const& [party, s] : sums) out[party] = static_cast<int>(Decimal(s.first).divided_by(s.second, 0).units());
    return out;
}

Collections Collections::read(std::vector<CollectionEvent> const& events, Date as_of) {
    std::vector<CollectionEvent const*> sorted;
    for (CollectionEvent const& e : events)
        if (e.date <= as_of) sorted.push_back(&e);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) { return a->date < b->date; });
    Collections out;
    for (CollectionEvent const* e : sorted) {
        std::string const key = e->invoice.empty() ? "@" + e->party : e->invoice;
        bool const open = e->status.empty() || e->status == "open";
        if (e->kind == "promise") {
            out.promises.erase(key);
            if (e->promised && (open || e->status == "broken")) out.promises[key] = {*e->promised, e->amount};
        } else if (e->kind == "dispute") {
            out.disputes.erase(key);
            if (open) out.disputes[key] = e->amount;
        }
    }
    return out;
}

Collections::Promise const* Collections::promise(OpenItem const& item) const {
    if (auto const it = promises.find(item.id); it != promises.end()) return &it->second;
    auto const it = promises.find("@" + item.party);
    return it == promises.end() ? nullptr : &it->second;
}

Decimal Collections::disputed(OpenItem const& item) const {
    auto it = disputes.find(item.id);
    if (it == disputes.end()) it = disputes.find("@" + item.party);
    if (it == disputes.end()) return 0;
    return it->second ? std::min(item.open, *it->second) : item.open;
}

std::vector<OpenItem> net_of_credits(std::vector<OpenItem> const& items) {
    std::map<std::string, Decimal> credits;
    std::vector<OpenItem> out;
    for (OpenItem const& i : items) {
        if (i.is_credit())
            credits[i.party] -= i.open;
        else
            out.push_back(i);
    }
    std::stable_sort(out.begin(), out.end(), [](OpenItem const& a, OpenItem const& b) { return a.due < b.due; });
    for (OpenItem& i : out) {
        auto const it = credits.find(i.party);
        if (it == credits.end()) continue;
        Decimal const used = std::min(it->second, i.open);
        i.open -= used;
        it->second -= used;
    }
    std::erase_if(out, [](OpenItem const& i) { return i.open.is_zero(); });
    return out;
}

namespace {

/// Half of an overdue, undated amount, evenly over the first four weeks.
void spread(std::vector<Flow>& out, OpenItem const& item, Decimal amount, std::vector<Week> const& weeks,
            NotCounted& left_out) {
    Decimal left = amount.divided_by(2, 2);
    left_out.overdue_undated += amount - left;
    int const parts = std::min<int>(4, static_cast<int>(weeks.size()));
    for (int k = 0; k < parts; ++k) {
        Decimal const part = k + 1 == parts ? left : left.divided_by(parts - k, 2);
        left -= part;
        out.push_back({weeks[static_cast<std::size_t>(k)].end, part, true, "overdue", item.party, item.number});
    }
}

} // namespace

std::vector<Flow> invoice_receipts(std::vector<OpenItem> const& items, Habits const& habits,
                                   Collections const& collections, std::vector<Week> const& weeks, Date as_of,
                                   NotCounted& left_out) {
    std::vector<Flow> out;
    for (OpenItem const& i : net_of_credits(items)) {
        Decimal const disputed = collections.disputed(i);
        left_out.disputed += disputed;
        Decimal open = i.open - disputed;
        if (open.is_zero()) continue;
        if (auto const* p = collections.promise(i); p != nullptr && p->date > as_of) {
            Decimal const promised = p->amount ? std::min(open, *p->amount) : open;
            out.push_back({p->date, promised, true, "invoices", i.party, i.number});
            open -= promised;
            if (open.is_zero()) continue;
        }
        auto const habit = habits.find(i.party);
        Date const expected = i.due + (habit == habits.end() ? 0 : habit->second);
        if (expected > as_of)
            out.push_back({expected, open, true, "invoices", i.party, i.number});
        else if (i.due > as_of)
            out.push_back({as_of + 1, open, true, "invoices", i.party, i.number});
        else
            spread(out, i, open, weeks, left_out);
    }
    return out;
}

std::vector<Flow> agreement_receipts(std::vector<Agreement> const& agreements, std::vector<Addition> const& additions,
                                     Habits const& habits, Date as_of, Date last) {
    std::map<std::string, std::vector<Addition>> by_agreement;
    for (Addition const& a : additions) by_agreement[a.agreement].push_back(a);
    std::vector<Flow> out;
    for (Agreement const& a : agreements) {
        auto const habit = habits.find(a.party);
        int const wait = a.terms_days.value_or(30) + (habit == habits.end() ? 0 : habit->second);
        for (Date const invoiced : occurrences(a.next_invoice.value_or(a.start), a.cycle, as_of + 1, last)) {
            if (!runs_on(a, invoiced)) continue;
            int const m = months(a.cycle);
            Decimal const amount = m > 0 ? (mrr(a, by_agreement[a.id], invoiced) * m).rounded(2) : a.amount;
            Date const expected = std::max(invoiced + wait, as_of + 1);
            if (amount > Decimal(0) && expected <= last)
                out.push_back({expected, amount, true, "agreements", a.party, a.name});
        }
    }
    return out;
}

std::vector<Flow> bill_payments(std::vector<OpenItem> const& items, Date as_of, NotCounted& left_out) {
    std::vector<Flow> out;
    for (OpenItem const& i : net_of_credits(items)) {
        if (i.hold) {
            left_out.held_bills += i.open;
            continue;
        }
        out.push_back({std::max(i.due, as_of + 1), i.open, false, "bills", i.party, i.number});
    }
    return out;
}

std::vector<Flow> scheduled_payments(std::vector<Scheduled> const& payments, Date as_of, Date last) {
    std::vector<Flow> out;
    for (Scheduled const& p : payments) {
        Date const from = std::max(as_of + 1, p.begin.value_or(as_of + 1));
        for (Date const d : occurrences(p.date, p.cycle, from, p.end ? std::min(*p.end, last) : last))
            out.push_back({d, p.amount, false, p.category, {}, p.name});
    }
    return out;
}

} // namespace cash_flow
