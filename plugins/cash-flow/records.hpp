/// The rows the calculations work on, as plain values: catalogue datasets after reading (read.cpp), before any figure.
/// Money is in the row's own currency where the struct has `Rates`, else in the company's currency.
#pragma once
#include <cstdint>
#include <deckle/date.hpp>
#include <deckle/decimal.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cash_flow {

using deckle::Date;
using deckle::Decimal;

/// Company currency for one unit of a document's currency; nullopt when no rate is known.
struct Rates {
    std::string currency;                        // ISO code, for the list of what could not be converted
    std::optional<Decimal> flow = Decimal(1);    // on the document's date: sales, purchases
    std::optional<Decimal> balance = Decimal(1); // on the as-of date: what is still open
};

enum class DocumentKind { standard, agreement, deposit };

/// An invoice or a vendor bill that is neither void nor draft.
struct Document {
    std::string id;
    std::string number;
    std::string party; // customer or vendor, as printed; the same text wherever the same party is meant
    Date date;
    Date due;
    bool due_assumed = false; // the source gave neither due date nor usable terms
    Rates rates = {};
    Decimal total;
    Decimal net;                         // before tax
    std::optional<Decimal> balance = {}; // open, by the source, when it was fetched
    std::optional<Date> paid_date = {};  // fully paid
    bool marked_paid = false;            // status "paid"
    DocumentKind kind = DocumentKind::standard;
    Decimal discount_rate = {};             // bills: 0.02 = 2 %
    std::optional<Date> discount_date = {}; // bills: last day for it
    bool hold = false;                      // bills: the firm does not pay it yet
};

/// Money or a credit applied to a document, or received and not applied (document empty).
struct Application {
    std::string document;
    std::string party;
    Date date;
    Decimal amount;
    Rates rates = {};
    bool is_credit = false;  // a credit memo was applied: no money moved
    std::string credit = {}; // id of that memo
};

struct CreditMemo {
    std::string id;
    std::string number;
    std::string party;
    Date date;
    Rates rates = {};
    Decimal total;
    std::optional<Decimal> balance = {};
};

struct BankAccount {
    std::string id;
    std::string name;
    std::optional<Decimal> balance; // company currency
    std::optional<Date> balance_date;
    bool restricted = false;
};

struct BankTransaction {
    std::string account;
    Date date;
    Decimal amount; // in positive
    std::string category;
    std::string counter_line; // statement line of the counter account, empty when unknown
    std::optional<Decimal> balance;
};

enum class Cycle { once, weekly, biweekly, semimonthly, monthly, quarterly, semiannual, annual };

struct Addition {
    std::string agreement;
    Decimal quantity; // beyond what the agreement includes
    Decimal unit_price;
    std::optional<Cycle> cycle; // nullopt: the agreement's
    bool counts = true;         // billable and not measured use
    std::optional<Date> effective;
    std::optional<Date> cancelled;
};

struct Agreement {
    std::string id;
    std::string name;
    std::string party;
    Date start;
    std::optional<Date> end;
    std::optional<Date> cancelled;
    std::string status; // active, cancelled, expired, inactive
    Decimal amount;     // each cycle, company currency
    Cycle cycle = Cycle::monthly;
    std::optional<Date> next_invoice;
    std::optional<int> terms_days;
    bool auto_renews = false;
    std::optional<int> notice_days = {};
};

/// One payment that is known in advance, or a series of them.
struct Scheduled {
    std::string name;
    std::string category; // payroll, rent, insurance, subscriptions, taxes, debt, capex, cards, other
    Date date;
    Decimal amount; // leaves the bank, positive
    Cycle cycle = Cycle::once;
    std::optional<Date> begin = {}; // nullopt: the series has run all along
    std::optional<Date> end = {};
};

struct CreditLine {
    std::string name;
    Decimal limit;
    Decimal drawn;
    bool distributor = false;
    bool borrowing_base = false;
    std::optional<Decimal> advance_rate = {};
    std::optional<Date> due_date = {};
    Decimal due_amount = {};
    std::optional<Date> expires = {};
};

struct CreditCard {
    std::string name;
    std::optional<Decimal> limit;
    Decimal balance;
    std::optional<Date> due_date = {};
    Decimal due_amount = {};
    bool payroll_used = false;
};

struct BillableWork { // time, product, expense or overage on no invoice
    std::string party;
    Date date;
    Decimal amount;
    std::string kind;                  // time, product, overage, expense, other
    std::optional<Date> invoiced = {}; // billed on that day
};

struct CollectionEvent {
    std::string party;
    std::string invoice; // empty: the whole account
    Date date;
    std::string kind; // call, email, letter, meeting, promise, dispute, note
    std::string owner;
    std::string contact;
    std::optional<Date> promised;
    std::optional<Decimal> amount; // promised or disputed
    std::string status;            // open, kept, broken, resolved
};

struct LedgerAccount {
    std::string number;
    std::string name;
    std::string line; // empty: unmapped
};

struct Balance {
    std::string account;
    Date date;      // month end
    Decimal amount; // debit positive
};

} // namespace cash_flow
