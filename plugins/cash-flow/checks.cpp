#include "checks.hpp"
#include <algorithm>
#include <deckle/check.hpp>

namespace cash_flow {
namespace {

class Checks {
public:
    explicit Checks(Page const& page) : page_(page) {}

    void add(std::string const& id, Json const& label, Decimal expected, Decimal actual, Json const& note = nullptr) {
        deckle::add_check(page_.report, {.id = id,
                                         .label = label,
                                         .expected = expected,
                                         .actual = actual,
                                         .currency = page_.words.currency,
                                         .note = note});
    }

private:
    Page const& page_;
};

void ledgers(Page const& page, Checks& checks) {
    auto const& a = page.a;
    auto const rows = [](Aging const& aging) {
        Decimal sum;
        for (AgingRow const& row : aging.rows) sum += row.total();
        return sum;
    };
    checks.add("ar.aging", "Ageing buckets add up to open receivables", a.ar.total(), a.ar_aging.sum.total());
    checks.add("ar.customers", "Customers add up to open receivables", a.ar.total(), rows(a.ar_aging));
    if (!page.in.has("bills")) return;
    checks.add("ap.aging", "Ageing buckets add up to open payables", a.ap.total(), a.ap_aging.sum.total());
    checks.add("ap.vendors", "Vendors add up to open payables", a.ap.total(), rows(a.ap_aging));
}

/// The bank's own running balance against its movements: a page of movements that is missing shows here.
void banks(Page const& page, Checks& checks) {
    auto const& in = page.in;
    Date const before = in.period.start - 1, end = std::min(in.period.end, in.as_of);
    int n = 0;
    for (BankAccount const& account : in.bank_accounts) {
        ++n;
        std::vector<BankTransaction> own;
        for (BankTransaction const& t : in.bank)
            if (t.account == account.id || (in.bank_accounts.size() == 1 && t.account.empty())) own.push_back(t);
        // Without running balances one end is computed from the other, and nothing is checked.
        if (std::none_of(own.begin(), own.end(),
                         [&](BankTransaction const& t) { return t.balance && t.date <= before; }))
            continue;
        auto const opening = balance_on(account, own, before), closing = balance_on(account, own, end);
        if (!opening || !closing) continue;
        Decimal moved = *opening;
        for (BankTransaction const& t : own)
            if (t.date > before && t.date <= end) moved += t.amount;
        checks.add("bank.movements." + std::to_string(n),
                   leaf::text("{account}: opening balance and movements give the closing balance",
                              {{"account", account.name.empty() ? account.id : account.name}}),
                   *closing, moved, "Is the export of the bank whole?");
    }
}

/// Newest day with a balance up to `day`.
std::optional<Date> newest(std::vector<Balance> const& balances, Date day) {
    std::optional<Date> out;
    for (Balance const& b : balances)
        if (b.date <= day) out = std::max(out.value_or(b.date), b.date);
    return out;
}

/// Of documents in other currencies the ledger holds what they were worth when booked, so the two differ rightly.
bool one_currency(OpenLedger const& ledger, std::string const& currency) {
    return ledger.unconverted.empty() && std::all_of(ledger.items.begin(), ledger.items.end(), [&](OpenItem const& i) {
               return i.currency.empty() || i.currency == currency;
           });
}

void control_account(Page const& page, Checks& checks, char const* id, char const* label, OpenLedger const& open,
                     LineAmounts const& sheet, char const* line, int sign) {
    auto const it = sheet.find(line);
    if (it == sheet.end() || !one_currency(open, page.words.currency)) return;
    checks.add(id, label, it->second * Decimal(sign), open.total(),
               "Documents that are in one of the two only, or booked on another day");
}

void books(Page const& page, Checks& checks) {
    auto const& in = page.in;
    if (!in.has("balances")) return;
    if (auto const day = newest(in.balances, in.as_of)) {
        auto const sheet = balance_sheet(in.accounts, in.balances, *day);
        control_account(page, checks, "ar.control", "Open receivables are those of the ledger",
                        receivables_on(in, *day), sheet, "receivables", 1);
        if (in.has("bills"))
            control_account(page, checks, "ap.control", "Open payables are those of the ledger", payables_on(in, *day),
                            sheet, "payables", -1);
    }
    auto const m = movements(in.accounts, in.balances, in.period.start, in.period.end, in.fiscal_year);
    if (!m) return;
    Statement const s = indirect(*m);
    Decimal direct_sum;
    for (StatementLine const& l : direct(*m)) direct_sum += l.amount;
    checks.add("statement.methods", "Cash from operations is alike by both methods", s.cfo, direct_sum);
    checks.add("statement.cash", "Operations, investing and financing explain the change in cash",
               s.closing - s.opening, s.net(), "Accounts without a statement line: deckle data accounts");
}

void forecast_adds_up(Page const& page, Checks& checks) {
    auto const& a = page.a;
    if (!a.position.known || a.base_case.weeks.empty()) return;
    Decimal closing = a.position.cash;
    for (Flow const& f : a.flows) closing += f.receipt ? f.amount : -f.amount;
    checks.add("forecast.weeks", "Cash today and every expected flow give the last week's cash", closing,
               a.base_case.weeks.back().closing);
}

void recurring(Page const& page, Checks& checks) {
    auto const& a = page.a;
    if (a.unbilled) {
        Decimal kinds;
        for (auto const& [kind, amount] : a.unbilled->by_kind) kinds += amount;
        checks.add("unbilled.kinds", "Kinds of unbilled work add up to its age groups", a.unbilled->sum.total(), kinds);
    }
    if (!a.recurring || !page.in.has("agreements")) return;
    Retention const& r = a.recurring->retention;
    checks.add("recurring.bridge", "Recurring revenue of a year ago and its changes give today's", a.recurring->mrr,
               r.start + r.expansion - r.contraction - r.churn + r.added);
}

} // namespace

void checks(Page const& page) {
    Checks list(page);
    ledgers(page, list);
    banks(page, list);
    books(page, list);
    forecast_adds_up(page, list);
    recurring(page, list);
}

} // namespace cash_flow
