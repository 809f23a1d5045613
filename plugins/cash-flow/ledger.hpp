/// What is open on a date: documents less what was applied to them up to that date.
///     open = total - payments applied <= as-of - credits applied <= as-of
/// Later payments are ignored, so an old as-of date shows an invoice open that has been paid since.
#pragma once
#include "records.hpp"
#include <span>

namespace cash_flow {

/// amount x rate, to cents; unchanged at rate 1.
[[nodiscard]] inline Decimal convert(Decimal amount, Decimal rate) {
    return rate == Decimal(1) ? amount : (amount * rate).rounded(2);
}

enum class OpenKind { document, credit_memo, unapplied_payment, overpayment };

/// One row of the aging, in company currency. Credits are negative.
struct OpenItem {
    OpenKind kind = OpenKind::document;
    std::string id;
    std::string number;
    std::string party;
    Date date;
    Date due;
    bool due_assumed = false;
    Decimal open;
    DocumentKind document_kind = DocumentKind::standard;
    std::string currency = {}; // of the document
    Decimal discount_rate = {};
    std::optional<Date> discount_date = {};
    bool hold = false;

    [[nodiscard]] bool is_credit() const { return kind != OpenKind::document; }
};

/// A row that is left out of the totals for want of an exchange rate; in its own currency.
struct Unconverted {
    std::string number;
    std::string party;
    std::string currency;
    Decimal amount;
};

struct OpenLedger {
    std::vector<OpenItem> items; // in the order of the documents, then credits
    std::vector<Unconverted> unconverted;
    [[nodiscard]] Decimal total() const;
    /// Without unapplied credits.
    [[nodiscard]] Decimal gross() const;
};

/// Which applications belong to which document: made once, for all the days a report asks about. Copies are safe, it
/// holds positions only.
class Applied {
public:
    Applied() = default;
    Applied(std::vector<Document> const& documents, std::vector<Application> const* applications);
    /// Positions in `applications`, in their order.
    [[nodiscard]] std::span<std::uint32_t const> to(std::size_t document) const {
        std::uint32_t const group = group_of_[document];
        return std::span(order_).subspan(first_[group], first_[group + 1] - first_[group]);
    }

private:
    std::vector<std::uint32_t> group_of_; // by document; group 0 is empty
    std::vector<std::uint32_t> first_;    // by group, where its positions begin in order_; one more at the end
    std::vector<std::uint32_t> order_;
};

/// `applications` == nullptr: the source gave none; then the document's own balance or paid date decides.
/// A document with a negative total, or that was over-paid, is a credit; an over-paid deposit is the customer's money
/// (a liability) and is left out.
/// `applied` is made from the same documents and applications.
[[nodiscard]] OpenLedger open_items(std::vector<Document> const& documents,
                                    std::vector<Application> const* applications, Applied const& applied,
                                    std::vector<CreditMemo> const& memos, Date as_of);

/// When each document was fully paid, in the order of `documents`; nullopt while it is open.
[[nodiscard]] std::vector<std::optional<Date>> paid_dates(std::vector<Document> const& documents,
                                                          std::vector<Application> const* applications,
                                                          Applied const& applied, Date as_of);

/// Sum of the documents dated inside [first, last], in company currency; deposits and what has no rate left out.
[[nodiscard]] Decimal billed(std::vector<Document> const& documents, Date first, Date last);

} // namespace cash_flow
