/// Everything the report reads, in one value: the request's parameters and the datasets as records.
#pragma once
#include "aging.hpp"
#include "borrowing_base.hpp"
#include "forecast.hpp"
#include "statement.hpp"
#include <deckle/rows.hpp>
#include <map>

namespace cash_flow {

using deckle::Rows;

/// The parameters, as in the descriptor.
struct Params {
    Decimal minimum_cash;
    std::optional<Decimal> cash_today;
    AgeBy age_by = AgeBy::due;
    Credits credits = Credits::separate;
    bool average_balances = false;
    int dso_days = 90;
    BorrowingRules borrowing;
    int overdue_days = 60;
    Decimal concentration;
    int unbilled_days = 30;
    Scenario scenario = Scenario::base;
    Decimal hire_cost;
    int stale_days = 7;
    Decimal dso_rise;
    Decimal accuracy;
    Decimal discount_hurdle;
    int renewal_days = 90;
    bool usual_always = false, usual_never = false;
    std::string owner;
    [[nodiscard]] static Params read(deckle::Job const& job);
};

struct Contact {
    std::string name, phone, email;
};

struct Vendor {
    bool distributor = false, on_hold = false;
};

struct PreviousFigure {
    std::string id, period;
    std::optional<Decimal> value;
    Date as_of;
};

struct Inputs {
    Date as_of;
    deckle::Period period;
    std::string currency;
    deckle::Weekday week_start = deckle::Weekday::monday;
    FiscalYear fiscal_year;
    Params params;
    deckle::Bound has; // what the workspace binds

    std::vector<Document> invoices;
    std::vector<Application> payments;
    std::vector<CreditMemo> credit_memos;
    std::optional<Decimal> recurring_billed, total_billed; // of the period's invoice lines, before tax
    std::vector<Document> bills;
    std::vector<Application> bill_payments;
    std::map<std::string, Vendor> vendors;     // by party
    std::map<std::string, std::string> owners; // of customers, by party
    std::map<std::string, Contact> contacts;   // by company, as printed
    std::vector<CollectionEvent> collections;

    std::vector<BankAccount> bank_accounts;
    std::vector<BankTransaction> bank;
    std::vector<Unconverted> unconverted_bank;
    std::vector<CreditLine> lines;
    std::vector<CreditCard> cards;
    std::vector<Scheduled> scheduled;  // payroll, standing payments, taxes, loans, cards, distributor lines
    std::optional<Date> payroll_until; // last pay day known, when the calendar ends
    std::vector<Flow> milestones;      // invoices of won projects still to be raised: date = invoice date
    std::optional<Decimal> pipeline;   // weighted, expected to close inside the forecast

    std::vector<LedgerAccount> accounts;
    std::vector<Balance> balances;
    std::optional<Decimal> inventory;
    std::vector<Agreement> agreements;
    std::vector<Addition> additions;
    std::vector<BillableWork> work;
    std::vector<PreviousFigure> previous;
    std::map<std::string, Date> newest; // dataset -> its newest dated row up to the as-of date

    /// nullptr where the source gives no payments: then balances or paid dates decide.
    [[nodiscard]] std::vector<Application> const* payments_or_null() const {
        return has("payments") ? &payments : nullptr;
    }
    [[nodiscard]] std::vector<Application> const* bill_payments_or_null() const {
        return has("bill_payments") ? &bill_payments : nullptr;
    }
    Applied applied_to_invoices, applied_to_bills; // made when all is read
};

[[nodiscard]] Inputs read_inputs(deckle::Job& job);

} // namespace cash_flow
