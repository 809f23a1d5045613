/// From what is open, agreed and scheduled to dated flows of money.
#pragma once
#include "forecast.hpp"
#include "ledger.hpp"
#include <map>

namespace cash_flow {

/// Mean days between due date and full payment by customer, over invoices paid in the year up to `as_of`; negative when
/// they pay early. Whole days, half up. Customers without history are absent.
using Habits = std::map<std::string, int>;
[[nodiscard]] Habits payment_habits(std::vector<Document> const& invoices, std::vector<std::optional<Date>> const& paid,
                                    Date as_of);

/// What collections know about each open item, by the latest event up to the as-of date.
struct Collections {
    struct Promise {
        Date date;                     // promised for
        std::optional<Decimal> amount; // nullopt: all
    };
    std::map<std::string, Promise> promises;                // by invoice id, or customer with the prefix "@"
    std::map<std::string, std::optional<Decimal>> disputes; // alike; nullopt: all
    [[nodiscard]] static Collections read(std::vector<CollectionEvent> const& events, Date as_of);
    [[nodiscard]] Promise const* promise(OpenItem const& item) const;
    /// Disputed part of the item.
    [[nodiscard]] Decimal disputed(OpenItem const& item) const;
};

struct NotCounted { // left out of the base case, and why
    Decimal disputed;
    Decimal overdue_undated; // the half of overdue, undated invoices that is not expected
    Decimal held_bills;
};

/// Open invoices on their expected day: due date + the customer's habit; a promise that is still ahead wins. What
/// should have come already and has no promise: half of it spread evenly over weeks 1 to 4, the rest not counted.
/// Credits and unapplied payments lower the customer's oldest invoices.
[[nodiscard]] std::vector<Flow> invoice_receipts(std::vector<OpenItem> const& items, Habits const& habits,
                                                 Collections const& collections, std::vector<Week> const& weeks,
                                                 Date as_of, NotCounted& left_out);

/// Agreement invoices not raised yet: each billing date after `as_of`, then terms, then habit.
[[nodiscard]] std::vector<Flow> agreement_receipts(std::vector<Agreement> const& agreements,
                                                   std::vector<Addition> const& additions, Habits const& habits,
                                                   Date as_of, Date last);

/// Open bills on their due date, overdue ones the day after `as_of`; vendor credits lower the vendor's oldest bills.
[[nodiscard]] std::vector<Flow> bill_payments(std::vector<OpenItem> const& items, Date as_of, NotCounted& left_out);

/// Every occurrence after `as_of` up to `last`.
[[nodiscard]] std::vector<Flow> scheduled_payments(std::vector<Scheduled> const& payments, Date as_of, Date last);

/// Items that are owed, less the same party's credits, oldest due date first. Credits beyond what is owed are dropped.
[[nodiscard]] std::vector<OpenItem> net_of_credits(std::vector<OpenItem> const& items);

} // namespace cash_flow
