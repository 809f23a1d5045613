#include "position.hpp"
#include <algorithm>
#include <map>

namespace cash_flow {
namespace {

/// Exports run forward or backward; with one day only, the running balances tell.
bool runs_forward(std::vector<BankTransaction> const& t) {
    if (t.empty() || t.front().date != t.back().date) return t.empty() || t.front().date < t.back().date;
    for (std::size_t i = 1; i < t.size(); ++i)
        if (t[i].balance && t[i - 1].balance) return *t[i - 1].balance + t[i].amount == *t[i].balance;
    return true;
}

} // namespace

std::optional<Decimal> balance_on(BankAccount const& account, std::vector<BankTransaction> const& transactions,
                                  Date as_of) {
    std::vector<BankTransaction> ordered = transactions;
    if (!runs_forward(ordered)) std::reverse(ordered.begin(), ordered.end());
    std::stable_sort(ordered.begin(), ordered.end(), [](auto const& a, auto const& b) { return a.date < b.date; });

    std::optional<Decimal> running;
    Date running_date;
    Decimal first_balance; // before the first movement, for a date before all of them
    bool has_first = false;
    for (BankTransaction const& t : ordered) {
        if (t.balance && !has_first) {
            first_balance = *t.balance - t.amount;
            has_first = true;
        }
        if (t.date > as_of) break;
        if (t.balance) {
            running = *t.balance;
            running_date = t.date;
        } else if (running) {
            *running += t.amount;
        }
    }
    bool const stated = account.balance.has_value();
    Date const stated_date = account.balance_date.value_or(as_of);
    if (running && (!stated || stated_date > as_of || stated_date <= running_date)) return running;
    if (stated) {
        Decimal sum = *account.balance;
        for (BankTransaction const& t : ordered) {
            if (t.date > stated_date && t.date <= as_of) sum += t.amount;
            if (t.date <= stated_date && t.date > as_of) sum -= t.amount;
        }
        return sum;
    }
    return has_first && !ordered.empty() && ordered.front().date > as_of ? std::optional(first_balance) : std::nullopt;
}

Position position(std::vector<BankAccount> const& accounts, std::vector<BankTransaction> const& bank,
                  std::vector<CreditLine> const& lines, std::vector<CreditCard> const& cards, BorrowingBase const& base,
                  Decimal advance_rate, Date as_of) {
    Position out;
    std::map<std::string, std::vector<BankTransaction>> by_account;
    for (BankTransaction const& t : bank)
        by_account[accounts.size() == 1 && t.account.empty() ? accounts[0].id : t.account].push_back(t);
    std::vector<BankAccount> all = accounts;
    for (auto const& [id, list] : by_account)
        if (std::none_of(all.begin(), all.end(), [&](BankAccount const& a) { return a.id == id; }))
            all.push_back({id, id.empty() ? "Bank" : id, {}, {}, false});

    out.known = !all.empty();
    for (BankAccount const& a : all) {
        auto const balance = balance_on(a, by_account[a.id], as_of);
        if (balance)
            (a.restricted ? out.restricted : out.cash) += *balance;
        else
            out.known = false;
        out.accounts.push_back({a.name, balance, a.restricted});
    }
    for (CreditLine const& l : lines) {
        LinePosition p{l, {}, {}, l.expires && *l.expires < as_of};
        if (l.borrowing_base) p.base = base.base(l.advance_rate.value_or(advance_rate));
        if (!l.distributor) {
            if (!p.expired) p.available = std::max(Decimal(0), availability(l.limit, l.drawn, p.base));
            out.limit += l.limit;
            out.drawn += l.drawn;
            out.available += p.available;
        }
        out.lines.push_back(std::move(p));
    }
    for (CreditCard const& c : cards) out.card_debt += c.balance;
    return out;
}

} // namespace cash_flow
