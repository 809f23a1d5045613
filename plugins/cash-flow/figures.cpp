#include "sections.hpp"

namespace cash_flow {

namespace {

struct Writer {
    Page const& page;

    void money(char const* id, char const* label, Metric const& value, std::vector<std::string> source,
               char const* formula) {
        put(id, label, value ? page.words.exact(value.value()) : leaf::na(value.reason()), page.words.currency,
            std::move(source), formula);
    }
    void number(char const* id, char const* label, Metric const& value, int digits, char const* unit,
                std::vector<std::string> source, char const* formula) {
        put(id, label,
            value ? leaf::num(value.value().rounded(digits + 6).trimmed(), {.digits = digits})
                  : leaf::na(value.reason()),
            unit, std::move(source), formula);
    }
    void share(char const* id, char const* label, Metric const& value, std::vector<std::string> source,
               char const* formula) {
        put(id, label, value ? leaf::pct(value.value().rounded(8).trimmed()) : leaf::na(value.reason()), "ratio",
            std::move(source), formula);
    }
    void put(std::string const& id, std::string const& label, Json value, std::string const& unit,
             std::vector<std::string> source, std::string const& formula, std::string const& period = {}) {
        page.report.figure({.id = id,
                            .version = 1,
                            .label = label,
                            .value = std::move(value),
                            .unit = unit,
                            .period = period.empty() ? page.in.period.label : period,
                            .complete = page.a.ar.unconverted.empty() && page.a.ap.unconverted.empty() &&
                                        page.in.unconverted_bank.empty(),
                            .source = std::move(source),
                            .formula = formula});
    }
};

Metric bound(bool has, Decimal value, char const* dataset) {
    return has ? Metric(value) : Metric::na(std::string("missing_dataset:") + dataset);
}

void buckets(Writer& w, char const* prefix, char const* name, Aging const& aging, bool has, char const* dataset) {
    static constexpr char const* ids[] = {"current", "1_30", "31_60", "61_90", "over_90", "unapplied"};
    static constexpr char const* labels[] = {"not yet due",
                                             "1 to 30 days past due",
                                             "31 to 60 days past due",
                                             "61 to 90 days past due",
                                             "more than 90 days past due",
                                             "unapplied credits"};
    for (std::size_t b = 0; b < bucket_count; ++b)
        w.money((std::string(prefix) + ".bucket." + ids[b]).c_str(), (std::string(name) + ", " + labels[b]).c_str(),
                bound(has, aging.sum.amounts[b], dataset), {dataset}, "sum of open items in the bucket");
}

} // namespace

void figures(Page const& page) {
    auto const& [in, a, words, report] = page;
    Writer w{page};
    Metric const cash = a.position.known ? Metric(a.position.cash) : Metric::na("missing_column:balance");
    bool const lines = in.has("credit_lines");
    w.money("cash.closing", "Cash", cash, {"bank_accounts", "bank_transactions"},
            "bank balances, without restricted accounts");
    w.money("cash.line.limit", "Lines of credit, limit", bound(lines, a.position.limit, "credit_lines"),
            {"credit_lines"}, "sum of bank lines");
    w.money("cash.line.drawn", "Lines of credit, drawn", bound(lines, a.position.drawn, "credit_lines"),
            {"credit_lines"}, "sum of bank lines");
    w.money("cash.line.available", "Available on lines of credit", bound(lines, a.position.available, "credit_lines"),
            {"credit_lines", "invoices"}, "min(limit, borrowing base) - drawn");
    w.money("cash.borrowing_base", "Borrowing base", Metric(a.base.base(in.params.borrowing.advance_rate)),
            {"invoices"}, "eligible A/R x advance rate");
    w.money("cash.liquidity", "Liquidity", a.position.known ? Metric(a.position.liquidity()) : cash,
            {"bank_transactions", "credit_lines"}, "cash + available");
    w.money("cash.cards", "Card debt", bound(in.has("credit_cards"), a.position.card_debt, "credit_cards"),
            {"credit_cards"}, "sum of balances");
    w.number("cash.runway", "Runway", a.ratios.runway, 1, "months", {"bank_transactions"},
             "cash / mean monthly net burn of 3 months");

    w.money("ar.total", "Receivables", Metric(a.ar.total()), {"invoices", "payments", "credit_memos"},
            "sum of open items");
    w.money("ar.overdue", "Overdue receivables", Metric(age(a.ar.items, in.as_of).sum.overdue()), {"invoices"},
            "open items past due");
    buckets(w, "ar", "Receivables", a.ar_aging, true, "invoices");
    w.share("ar.concentration", "Largest customer's share of receivables", a.ar_aging.concentration(), {"invoices"},
            "largest customer / total");
    w.money("ap.total", "Payables", bound(in.has("bills"), a.ap.total(), "bills"), {"bills", "bill_payments"},
            "sum of open items");
    w.money("ap.overdue", "Overdue payables", bound(in.has("bills"), age(a.ap.items, in.as_of).sum.overdue(), "bills"),
            {"bills"}, "open items past due");
    buckets(w, "ap", "Payables", a.ap_aging, in.has("bills"), "bills");

    Ratios const& r = a.ratios;
    w.number("cash.dso", "Days sales outstanding", r.dso, 1, "days", {"invoices", "payments"}, "A/R / sales x days");
    w.number("cash.dso.best", "Best possible DSO", r.best_dso, 1, "days", {"invoices"}, "current A/R / sales x days");
    w.number("cash.add", "Average days delinquent", r.days_delinquent, 1, "days", {"invoices"},
             "DSO - best possible DSO");
    w.number("cash.dso.count_back", "DSO by count-back", r.count_back, 1, "days", {"invoices"},
             "months of sales in A/R");
    w.share("cash.cei", "Collection effectiveness", r.cei, {"invoices", "payments"},
            "(opening A/R + sales - closing A/R) / (opening A/R + sales - closing current A/R)");
    w.number("cash.dpo", "Days payable outstanding", r.dpo, 1, "days", {"bills", "balances"},
             r.dpo_on_purchases ? "A/P / vendor bills x days" : "A/P / COGS x days");
    w.number("cash.dio", "Days inventory outstanding", r.dio, 1, "days", {"inventory", "balances"},
             "inventory / COGS x days");
    w.number("cash.ccc", "Cash conversion cycle", r.ccc, 1, "days", {"invoices", "bills", "balances"},
             "DSO + DIO - DPO");
    w.number("cash.current_ratio", "Current ratio", r.current, 2, "ratio", {"balances"},
             "current assets / current liabilities");
    w.number("cash.quick_ratio", "Quick ratio", r.quick, 2, "ratio", {"balances"},
             "(cash + A/R) / current liabilities");

    auto const m = in.has("balances")
                       ? movements(in.accounts, in.balances, in.period.start, in.period.end, in.fiscal_year)
                       : std::nullopt;
    auto statement = [&](char const* id, char const* label, auto const& value, char const* formula) {
        w.money(id, label,
                m ? Metric(value(indirect(*m)))
                  : Metric::na(in.has("balances") ? "no_history" : "missing_dataset:balances"),
                {"balances", "accounts"}, formula);
    };
    statement(
        "cash.cfo", "Cash from operations", [](Statement const& s) { return s.cfo; }, "indirect method");
    statement(
        "cash.cfi", "Cash from investing", [](Statement const& s) { return s.cfi; }, "indirect method");
    statement(
        "cash.cff", "Cash from financing", [](Statement const& s) { return s.cff; }, "indirect method");
    statement(
        "cash.unreconciled", "Unreconciled", [](Statement const& s) { return s.unreconciled; },
        "closing - opening cash - (CFO + CFI + CFF)");

    w.money("unbilled.total", "Unbilled work",
            a.unbilled ? Metric(a.unbilled->sum.total()) : Metric::na("missing_dataset:time_entries"),
            {"time_entries", "unbilled_items"}, "billable work on no invoice");
    w.number("unbilled.lag", "Billing lag", a.billing_lag, 1, "days", {"time_entries"},
             "mean(invoice date - work date)");
    auto recurring = [&](auto const& value) {
        return a.recurring && in.has("agreements") ? Metric(value(*a.recurring))
                                                   : Metric::na("missing_dataset:agreements");
    };
    w.money("recurring.mrr", "Monthly recurring revenue",
            recurring([](RecurringResult const& x) { return Metric(x.mrr); }), {"agreements", "agreement_additions"},
            "active agreements and additions by month");
    w.share("recurring.share", "Recurring share of revenue",
            a.recurring ? a.recurring->share : Metric::na("missing_column:kind"), {"invoices", "invoice_lines"},
            "recurring / total billed before tax");
    w.share("recurring.nrr", "Net revenue retention",
            recurring([](RecurringResult const& x) { return x.retention.net(); }), {"agreements"},
            "(start + expansion - contraction - churn) / start, 12 months");
    w.share("recurring.grr", "Gross revenue retention",
            recurring([](RecurringResult const& x) { return x.retention.gross(); }), {"agreements"},
            "(start - contraction - churn) / start, 12 months");

    Week const& low = a.base_case.weeks[a.base_case.lowest()];
    std::vector<std::string> const all = {"invoices",   "bank_transactions", "bills",
                                          "agreements", "payroll",           "standing_payments"};
    auto closing = [&](Decimal amount) {
        return a.position.known ? words.exact(amount) : leaf::na("missing_column:balance");
    };
    w.put("forecast.low", "Lowest cash of 13 weeks", closing(low.closing), words.currency, all,
          "minimum of closing cash by week");
    w.put("forecast.low_week", "Week of the lowest cash", leaf::date(low.start), "date", all, "first day of the week");
    w.put("forecast.cushion", "Cushion at the low point", closing(low.closing - in.params.minimum_cash), words.currency,
          all, "lowest cash - minimum cash");
    for (Week const& week : a.base_case.weeks) {
        std::string const of = week.start.to_string();
        w.put("forecast.receipts", "Receipts forecast", words.exact(week.receipts), words.currency, all,
              "expected in the week", of);
        w.put("forecast.payments", "Payments forecast", words.exact(week.payments), words.currency, all,
              "expected in the week", of);
        w.put("forecast.closing", "Closing cash forecast", closing(week.closing), words.currency, all,
              "opening + receipts - payments", of);
    }
}

} // namespace cash_flow
