#include "aging.hpp"
#include "borrowing_base.hpp"
#include "ratios.hpp"
#include "support/printing.hpp"
#include "terms.hpp"
#include "unbilled.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cash_flow {
namespace {

using namespace plugin_tests;

using testing::ElementsAre;

Document invoice(std::string id, std::string party, Date date, Date due, Decimal total) {
    Document d;
    d.id = d.number = std::move(id);
    d.party = std::move(party);
    d.date = date;
    d.due = due;
    d.total = d.net = total;
    d.rates.currency = "USD";
    return d;
}
Application paid(std::string document, Date date, Decimal amount) {
    return {.document = std::move(document), .party = {}, .date = date, .amount = amount};
}

/// One invoice on each side of every bucket's edge, as of 2026-11-30.
struct Example {
    Date as_of = "2026-11-30"_day;
    Date early = "2026-08-01"_day;
    std::vector<Document> invoices = {invoice("1001", "A", early, "2026-12-05"_day, "4200.00"_d),
                                      invoice("1002", "C", early, "2026-11-30"_day, 900_d),
                                      invoice("1003", "A", early, "2026-11-29"_day, 350_d),
                                      invoice("1004", "A", early, "2026-10-31"_day, "1850.50"_d),
                                      invoice("1005", "B", early, "2026-10-30"_day, 2500_d),
                                      invoice("1006", "B", early, "2026-10-01"_day, 500_d),
                                      invoice("1007", "B", early, "2026-09-30"_day, 750_d),
                                      invoice("1008", "B", early, "2026-09-01"_day, 640_d),
                                      invoice("1009", "C", early, "2026-08-31"_day, 12500_d)};
    std::vector<Application> applications = {paid("1004", "2026-11-20"_day, "850.50"_d),
                                             {.document = "1005",
                                              .party = {},
                                              .date = "2026-11-21"_day,
                                              .amount = 300_d,
                                              .is_credit = true,
                                              .credit = "CM1"}};
    std::vector<CreditMemo> memos = {{"CM1", "CM1", "B", "2026-11-01"_day, {}, 300_d, {}},
                                     {"CM77", "CM77", "B", "2026-11-10"_day, {}, 200_d, {}}};
    [[nodiscard]] OpenLedger ledger(Date day) const {
        return open_items(invoices, &applications, Applied(invoices, &applications), memos, day);
    }
    [[nodiscard]] OpenLedger ledger() const { return ledger(as_of); }
};

TEST(Aging, PutsEachBoundaryInItsBucket) {
    Example const e;
    Aging const a = age(e.ledger().items, e.as_of);
    EXPECT_THAT(a.sum.amounts, ElementsAre(5100_d, 1350_d, 2700_d, 1390_d, 12500_d, -200_d));
    EXPECT_EQ(a.sum.total(), 22840_d);
    EXPECT_EQ(a.sum.overdue(), 17940_d);
    EXPECT_EQ(a.sum.oldest_days, 91);
    EXPECT_EQ(a.rows[0].party, "C");
    EXPECT_EQ(a.rows[0].total(), 13400_d);
    EXPECT_EQ(a.concentration().value().rounded(4), "0.5867"_d);
    EXPECT_EQ(a.share(current).value().rounded(4), "0.2233"_d);
}

TEST(Aging, CreditsMayBeAgedIntoTheirBucket) {
    Example const e;
    Aging const a = age(e.ledger().items, e.as_of, AgeBy::due, Credits::aged);
    EXPECT_THAT(a.sum.amounts, ElementsAre(5100_d, 1150_d, 2700_d, 1390_d, 12500_d, 0_d));
    EXPECT_EQ(a.sum.total(), 22840_d);
}

TEST(Aging, ByInvoiceDate) {
    Example const e; // all invoices are 121 days old
    EXPECT_THAT(age(e.ledger().items, e.as_of, AgeBy::invoice).sum.amounts,
                ElementsAre(0_d, 0_d, 0_d, 0_d, 23040_d, -200_d));
}

TEST(Aging, AnOldDateIgnoresLaterPaymentsAndCredits) {
    Example const e;
    OpenLedger const then = e.ledger("2026-11-19"_day);
    EXPECT_EQ(then.items[3].open, "1850.50"_d);
    EXPECT_EQ(then.items[4].open, 2500_d);
    EXPECT_EQ(then.total(), "23690.50"_d); // CM1 not used yet: -300, CM77 -200
    EXPECT_EQ(e.ledger("2026-07-01"_day).total(), 0_d);
}

TEST(Aging, NothingOpenHasNoShares) {
    Aging const a = age({}, "2026-11-30"_day);
    EXPECT_EQ(a.sum.total(), 0_d);
    EXPECT_FALSE(a.share(days_over_90));
    EXPECT_EQ(a.concentration().reason(), "zero_denominator");
}

TEST(Aging, OverpaidInvoiceIsUnappliedAndOverpaidDepositIsNot) {
    std::vector<Document> documents = {invoice("1", "A", "2026-10-01"_day, "2026-10-31"_day, 100_d),
                                       invoice("2", "B", "2026-10-01"_day, "2026-10-31"_day, 100_d)};
    documents[1].kind = DocumentKind::deposit;
    std::vector<Application> const applications = {
        paid("1", "2026-11-01"_day, 130_d),
        paid("2", "2026-11-01"_day, 130_d),
        {.document = {}, .party = "C", .date = "2026-11-02"_day, .amount = 50_d}};
    OpenLedger const l = open_items(documents, &applications, Applied(documents, &applications), {}, "2026-11-30"_day);
    ASSERT_EQ(l.items.size(), 2U);
    EXPECT_EQ(l.items[0].kind, OpenKind::overpayment);
    EXPECT_EQ(l.items[0].open, -30_d);
    EXPECT_EQ(l.items[1].kind, OpenKind::unapplied_payment);
    EXPECT_EQ(age(l.items, "2026-11-30"_day).sum.amounts[unapplied], -80_d);
}

TEST(Ledger, WithoutPaymentsTheSourcesOwnWordCounts) {
    std::vector<Document> d(4, invoice("1", "A", "2026-10-01"_day, "2026-10-31"_day, 100_d));
    d[0].balance = 40_d;
    d[1].paid_date = "2026-11-05"_day;
    d[2].marked_paid = true;
    auto total = [&](Date day) { return open_items(d, nullptr, Applied(d, nullptr), {}, day).total(); };
    EXPECT_EQ(total("2026-11-30"_day), 140_d); // 40 + 100 that nothing says is paid
    EXPECT_EQ(total("2026-11-01"_day), 240_d); // and the second was open then
}

TEST(Ledger, PaidInvoiceWhosePaymentsAreOlderThanTheHistoryIsNotOpen) {
    std::vector<Document> d = {invoice("1", "A", "2025-01-01"_day, "2025-01-31"_day, 100_d)};
    d[0].marked_paid = true;
    d[0].paid_date = "2025-03-01"_day;
    std::vector<Application> const none;
    EXPECT_TRUE(open_items(d, &none, Applied(d, &none), {}, "2026-11-30"_day).items.empty());
    EXPECT_EQ(open_items(d, &none, Applied(d, &none), {}, "2025-02-01"_day).total(), 100_d);
}

TEST(Ledger, ForeignMoneyIsConvertedOrListed) {
    std::vector<Document> d = {invoice("1", "A", "2026-10-01"_day, "2026-10-31"_day, "100.10"_d),
                               invoice("2", "A", "2026-10-01"_day, "2026-10-31"_day, 70_d)};
    d[0].rates = {"EUR", "1.10"_d, "1.20"_d};
    d[1].rates = {"JPY", std::nullopt, std::nullopt};
    OpenLedger const l = open_items(d, nullptr, Applied(d, nullptr), {}, "2026-11-30"_day);
    EXPECT_EQ(l.total(), "120.12"_d);
    ASSERT_EQ(l.unconverted.size(), 1U);
    EXPECT_EQ(l.unconverted[0].currency, "JPY");
    EXPECT_EQ(l.unconverted[0].amount, 70_d);
    EXPECT_EQ(billed(d, "2026-10-01"_day, "2026-10-31"_day), "110.11"_d);
}

TEST(Ledger, PaidDateIsThatOfTheLastPaymentNeeded) {
    std::vector<Document> const d = {invoice("1", "A", "2026-10-01"_day, "2026-10-31"_day, 100_d)};
    std::vector<Application> const a = {paid("1", "2026-11-05"_day, 60_d), paid("1", "2026-11-20"_day, 40_d)};
    EXPECT_EQ(paid_dates(d, &a, Applied(d, &a), "2026-11-30"_day)[0], "2026-11-20"_day);
    EXPECT_EQ(paid_dates(d, &a, Applied(d, &a), "2026-11-10"_day)[0], std::nullopt);
}

TEST(Terms, AsPeopleWriteThem) {
    EXPECT_EQ(parse_terms("Net 30")->net_days, 30);
    EXPECT_EQ(parse_terms("45 days")->net_days, 45);
    EXPECT_EQ(parse_terms("Due on receipt")->net_days, 0);
    auto const discount = parse_terms("2% / 10 net 30");
    ASSERT_TRUE(discount);
    EXPECT_EQ(discount->discount_rate, "0.02"_d);
    EXPECT_EQ(discount->discount_days, 10);
    EXPECT_EQ(discount->net_days, 30);
    EXPECT_EQ(parse_terms("1.5/15, n45")->discount_rate, "0.015"_d);
    EXPECT_FALSE(parse_terms(""));
    EXPECT_FALSE(parse_terms("as agreed"));
    EXPECT_EQ(due_date("2026-11-01"_day, std::nullopt, "Net 30").date, "2026-12-01"_day);
    EXPECT_TRUE(due_date("2026-11-01"_day, std::nullopt, "as agreed").assumed);
    EXPECT_EQ(due_date("2026-11-01"_day, std::nullopt, "").date, "2026-11-01"_day);
    EXPECT_FALSE(due_date("2026-11-01"_day, "2026-11-09"_day, "Net 30").assumed);
}

TEST(Terms, AnnualizedDiscount) {
    EXPECT_EQ(annualized_discount("0.02"_d, 20).value().rounded(3), "0.372"_d);
    EXPECT_FALSE(annualized_discount("0.02"_d, 0));
    EXPECT_FALSE(annualized_discount(1_d, 20));
}

TEST(BorrowingBase, WorkedExample) {
    BorrowingBase const b{60000_d, 9000_d, 4000_d, 2000_d, 0_d};
    EXPECT_EQ(b.eligible(), 45000_d);
    EXPECT_EQ(b.base("0.8"_d), 36000_d);
    EXPECT_EQ(availability(50000_d, 22000_d, b.base("0.8"_d)), 14000_d);
    EXPECT_EQ(availability(50000_d, 22000_d, std::nullopt), 28000_d);
    EXPECT_EQ(availability(20000_d, 22000_d, std::nullopt), -2000_d);
}

TEST(BorrowingBase, StepsInOrder) {
    Date const as_of = "2026-11-30"_day;
    auto item = [&](std::string party, int age, Decimal open) {
        OpenItem i;
        i.party = std::move(party);
        i.date = as_of - age;
        i.due = i.date + 30;
        i.open = open;
        if (open.is_negative()) i.kind = OpenKind::credit_memo;
        return i;
    };
    // A: 1,000 of 5,000 past 90 days (20 %): the other 4,000 are cross-aged. B: 90 days is not past 90.
    // C: also a vendor. D: a credit lowers what is eligible.
    std::vector<OpenItem> const items = {item("A", 91, 1000_d), item("A", 10, 4000_d), item("B", 90, 3000_d),
                                         item("C", 5, 6000_d),  item("D", 5, 4000_d),  item("D", 100, -500_d)};
    BorrowingRules rules;
    rules.concentration = 1_d;
    BorrowingBase const b = borrowing_base(items, {{"C", 2500_d}, {"Z", 900_d}}, as_of, rules);
    EXPECT_EQ(b.receivables, 17500_d);
    EXPECT_EQ(b.over_age, 1000_d);
    EXPECT_EQ(b.cross_aged, 4000_d);
    EXPECT_EQ(b.contra, 2500_d);
    EXPECT_EQ(b.concentrated, 0_d);
    EXPECT_EQ(b.eligible(), 10000_d);
    rules.concentration = "0.3"_d; // 3,000 each: C and D keep 500 less
    EXPECT_EQ(borrowing_base(items, {{"C", 2500_d}}, as_of, rules).concentrated, 1000_d);
    EXPECT_EQ(borrowing_base({}, {}, as_of, rules).base("0.8"_d), 0_d);
}

TEST(Unbilled, WorkedExampleAndAges) {
    Date const as_of = "2026-11-30"_day;
    std::vector<BillableWork> const work = {{"A", as_of, "6.5"_d * 150_d, "time", {}},
                                            {"A", as_of - 31, 3_d * 125_d, "time", {}},
                                            {"B", as_of - 95, 80_d, "product", as_of - 1},
                                            {"B", as_of - 2, 70_d, "overage", as_of + 3},
                                            {"C", as_of + 1, 999_d, "time", {}}};
    Unbilled const u = unbilled(work, as_of, 30);
    EXPECT_EQ(u.by_kind.at("time"), 1350_d);
    EXPECT_EQ(u.sum.total(), 1420_d); // what was invoiced later was unbilled then
    EXPECT_EQ(u.over, 375_d);
    EXPECT_EQ(u.sum.oldest_days, 31);
    EXPECT_EQ(u.rows[0].party, "A");
    EXPECT_EQ(billing_lag(work, as_of - 30, as_of).value(), 94_d);
    EXPECT_FALSE(billing_lag({}, as_of - 30, as_of));
}

TEST(Ratios, ReceivablesOfTheExample) {
    Example const e;
    Aging const a = age(e.ledger().items, e.as_of);
    Metric const dso = days_of(a.sum.total(), 60000_d, 90, "no_revenue");
    EXPECT_EQ(dso.value().rounded(1), "34.3"_d);
    EXPECT_EQ(days_of(e.ledger().gross(), 60000_d, 90, "no_revenue").value().rounded(1), "34.6"_d);
    Metric const best = days_of(a.sum.amounts[current], 60000_d, 90, "no_revenue");
    EXPECT_EQ(best.value(), "7.65"_d);
    EXPECT_EQ(best.value().rounded(1), "7.7"_d);
    EXPECT_EQ(difference(dso, best).value().rounded(1), "26.6"_d);
}

} // namespace
} // namespace cash_flow
