#include "ledger.hpp"
#include <map>
#include <unordered_map>

namespace cash_flow {
namespace {

/// Paid by the word of the source, where the applications do not tell (a payment history that begins later).
bool paid_by_source(Document const& d, Decimal applied_ever, Date as_of) {
    if (applied_ever >= d.total) return false; // the applications do tell
    if (d.paid_date) return *d.paid_date <= as_of;
    return d.marked_paid;
}

Decimal open_amount(Document const& d, std::vector<Application> const* applications,
                    std::span<std::uint32_t const> applied, Date as_of) {
    if (applications == nullptr) {
        if (d.paid_date && *d.paid_date > as_of) return d.total;
        if (d.balance) return *d.balance;
        return d.paid_date || d.marked_paid ? Decimal(0) : d.total;
    }
    Decimal until, ever;
    for (std::uint32_t const i : applied) {
        Application const& a = (*applications)[i];
        ever += a.amount;
        if (a.date <= as_of) until += a.amount;
    }
    if (paid_by_source(d, ever, as_of)) return 0;
    return d.total - until;
}

OpenItem item(Document const& d) {
    return {.id = d.id,
            .number = d.number,
            .party = d.party,
            .date = d.date,
            .due = d.due,
            .due_assumed = d.due_assumed,
            .open = {},
            .document_kind = d.kind,
            .currency = d.rates.currency,
            .discount_rate = d.discount_rate,
            .discount_date = d.discount_date,
            .hold = d.hold};
}

/// Converts and adds one open item, or lists it as unconverted.
void add(OpenLedger& out, OpenItem it, Rates const& rates, Decimal open) {
    if (open.is_zero()) return;
    if (!rates.balance) {
        out.unconverted.push_back({it.number, it.party, rates.currency, open});
        return;
    }
    it.open = convert(open, *rates.balance);
    out.items.push_back(std::move(it));
}

void add_memos(OpenLedger& out, std::vector<CreditMemo> const& memos, std::vector<Application> const* applications,
               Date as_of) {
    std::map<std::string, Decimal, std::less<>> used;
    bool any_link = false;
    if (applications != nullptr)
        for (Application const& a : *applications)
            if (!a.credit.empty()) {
                any_link = true;
                if (a.date <= as_of) used[a.credit] += a.amount;
            }
    for (CreditMemo const& m : memos) {
        if (m.date > as_of) continue;
        Decimal left = m.total;
        if (auto const it = used.find(m.id); it != used.end())
            left -= it->second;
        else if (!any_link && m.balance)
            left = *m.balance;
        add(out,
            {.kind = OpenKind::credit_memo,
             .id = m.id,
             .number = m.number,
             .party = m.party,
             .date = m.date,
             .due = m.date,
             .open = {},
             .currency = m.rates.currency},
            m.rates, -left);
    }
}

} // namespace

Applied::Applied(std::vector<Document> const& documents, std::vector<Application> const* applications) {
    std::unordered_map<std::string_view, std::uint32_t> groups;
    std::vector<std::uint32_t> size{0}; // by group
    std::vector<std::uint32_t> group_of_application;
    if (applications != nullptr)
        for (Application const& a : *applications) {
            std::uint32_t group = 0;
            if (!a.document.empty()) {
                group = groups.try_emplace(a.document, static_cast<std::uint32_t>(size.size())).first->second;
                if (group == size.size()) size.push_back(0);
                ++size[group];
            }
            group_of_application.push_back(group);
        }
    first_.assign(1, 0);
    for (std::uint32_t const n : size) first_.push_back(first_.back() + n);
    order_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t i = 0; i < group_of_application.size(); ++i)
        if (std::uint32_t const group = group_of_application[i]; group != 0) order_[next[group]++] = i;
    group_of_.reserve(documents.size());
    for (Document const& d : documents) {
        auto const it = groups.find(d.id);
        group_of_.push_back(it == groups.end() ? 0 : it->second);
    }
}

Decimal OpenLedger::total() const {
    Decimal sum;
    for (OpenItem const& i : items) sum += i.open;
    return sum;
}

Decimal OpenLedger::gross() const {
    Decimal sum;
    for (OpenItem const& i : items)
        if (!i.is_credit()) sum += i.open;
    return sum;
}

OpenLedger open_items(std::vector<Document> const& documents, std::vector<Application> const* applications,
                      Applied const& applied, std::vector<CreditMemo> const& memos, Date as_of) {
    OpenLedger out;
    for (std::size_t k = 0; k < documents.size(); ++k) {
        Document const& d = documents[k];
        if (d.date > as_of) continue;
        Decimal const open = open_amount(d, applications, applied.to(k), as_of);
        if (open.is_zero()) continue;
        OpenItem i = item(d);
        if (open.is_negative()) {
            if (d.kind == DocumentKind::deposit) continue;
            i.kind = d.total.is_negative() ? OpenKind::credit_memo : OpenKind::overpayment;
        }
        add(out, std::move(i), d.rates, open);
    }
    add_memos(out, memos, applications, as_of);
    if (applications != nullptr)
        for (Application const& a : *applications)
            if (a.document.empty() && a.date <= as_of && !a.is_credit)
                add(out,
                    {.kind = OpenKind::unapplied_payment,
                     .id = {},
                     .number = {},
                     .party = a.party,
                     .date = a.date,
                     .due = a.date,
                     .open = {},
                     .currency = a.rates.currency},
                    a.rates, -a.amount);
    return out;
}

std::vector<std::optional<Date>> paid_dates(std::vector<Document> const& documents,
                                            std::vector<Application> const* applications, Applied const& applied,
                                            Date as_of) {
    std::vector<std::optional<Date>> out;
    out.reserve(documents.size());
    for (std::size_t k = 0; k < documents.size(); ++k) {
        Document const& d = documents[k];
        std::optional<Date> paid;
        if (auto const positions = applied.to(k); !positions.empty()) {
            Decimal sum;
            Date last;
            for (std::uint32_t const i : positions)
                if (Application const& a = (*applications)[i]; a.date <= as_of) {
                    sum += a.amount;
                    last = std::max(last, a.date);
                }
            if (sum >= d.total && !d.total.is_zero()) paid = last;
        }
        if (!paid && d.paid_date && *d.paid_date <= as_of) paid = d.paid_date;
        out.push_back(paid);
    }
    return out;
}

Decimal billed(std::vector<Document> const& documents, Date first, Date last) {
    Decimal sum;
    for (Document const& d : documents)
        if (d.date >= first && d.date <= last && d.kind != DocumentKind::deposit && d.rates.flow)
            sum += convert(d.total, *d.rates.flow);
    return sum;
}

} // namespace cash_flow
