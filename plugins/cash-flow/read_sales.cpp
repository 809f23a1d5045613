#include "reading.hpp"
#include "terms.hpp"

namespace cash_flow {
namespace {

/// The columns that invoices and bills have in common.
struct DocumentColumns {
    explicit DocumentColumns(Rows const& r, char const* id_name, char const* party_name)
        : rows(r), id(r.field("id")), number(r.field("number")), party_id(r.field(id_name)), party(r.field(party_name)),
          date(r.field("date")), due(r.field("due_date")), terms(r.field("terms")), rate(r.field("rate")),
          total(r.field("total")), balance(r.field("balance")), paid(r.field("paid_date")), status(r.field("status")) {}
    Rows const& rows;
    Rows::Field id, number, party_id, party, date, due, terms, rate, total, balance, paid, status;

    /// nullopt for void and draft documents, and rows without date or amount (the host has reported those).
    [[nodiscard]] std::optional<Document> read(std::int64_t row, Names const& names, ExchangeRates const& rates,
                                               Date as_of) const {
        std::string const state = status.text(row);
        auto const day = date.date(row);
        auto const amount = total.decimal(row);
        if (state == "void" || state == "draft" || !day || !amount) return std::nullopt;
        Document d;
        d.id = id.text(row);
        d.number = number.text(row).empty() ? d.id : number.text(row);
        d.party = names.of(party_id.text(row), party.text(row));
        d.date = *day;
        DueDate const when = due_date(*day, due.date(row), terms.text(row));
        d.due = when.date;
        d.due_assumed = when.assumed;
        d.rates = rates.document(rows.currency("total", row), rate.decimal(row), *day, as_of);
        d.total = d.net = *amount;
        d.balance = balance.decimal(row);
        d.paid_date = paid.date(row);
        d.marked_paid = state == "paid";
        return d;
    }
};

std::vector<Application> read_applications(Reader& reader, std::string const& dataset, char const* document_name,
                                           char const* id_name, char const* party_name, Names const& names) {
    Rows const rows(reader.job, dataset);
    auto const document = rows.field(document_name), party_id = rows.field(id_name), party = rows.field(party_name),
               date = rows.field("date"), amount = rows.field("amount"), rate = rows.field("rate"),
               kind = rows.field("kind");
    std::optional<Rows::Field> memo;
    if (dataset == "payments") memo = rows.field("credit_memo_id");
    std::vector<Application> out;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto const day = date.date(i);
        auto const sum = amount.decimal(i);
        if (!day || !sum) continue;
        out.push_back(
            {.document = document.text(i),
             .party = names.of(party_id.text(i), party.text(i)),
             .date = *day,
             .amount = *sum,
             .rates = reader.rates.document(rows.currency("amount", i), rate.decimal(i), *day, reader.in.as_of),
             .is_credit = kind.text(i) == "credit",
             .credit = memo ? memo->text(i) : ""});
        reader.seen(dataset, *day);
    }
    return out;
}

} // namespace

void Reader::sales() {
    {
        Rows const rows(job, "customers");
        auto const id = rows.field("id"), name = rows.field("name"), owner = rows.field("owner");
        for (std::int64_t i = 0; i < rows.count(); ++i) {
            customers.learn(id.text(i), name.text(i));
            if (!owner.text(i).empty()) in.owners[customers.of(id.text(i), name.text(i))] = owner.text(i);
        }
    }
    Rows const rows(job, "invoices");
    auto const id = rows.field("customer_id"), name = rows.field("customer"), kind = rows.field("kind"),
               agreement = rows.field("agreement_id"), subtotal = rows.field("subtotal"), tax = rows.field("tax");
    for (std::int64_t i = 0; i < rows.count(); ++i) customers.learn(id.text(i), name.text(i));
    DocumentColumns const columns(rows, "customer_id", "customer");
    std::map<std::string, Decimal> rate_of; // invoices of the period
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto d = columns.read(i, customers, rates, in.as_of);
        if (!d) continue;
        std::string const k = kind.text(i);
        d->kind = k == "deposit"                                   ? DocumentKind::deposit
                  : k == "agreement" || !agreement.text(i).empty() ? DocumentKind::agreement
                                                                   : DocumentKind::standard;
        d->net = subtotal.decimal(i).value_or(d->total - tax.decimal(i).value_or(0));
        if (d->date >= in.period.start && d->date <= in.period.end && d->date <= in.as_of && d->rates.flow &&
            d->kind != DocumentKind::deposit)
            rate_of[d->id] = *d->rates.flow;
        seen("invoices", d->date);
        in.invoices.push_back(std::move(*d));
    }
    in.payments = read_applications(*this, "payments", "invoice_id", "customer_id", "customer", customers);

    Rows const memos(job, "credit_memos");
    auto const m_id = memos.field("id"), m_number = memos.field("number"), m_customer_id = memos.field("customer_id"),
               m_customer = memos.field("customer"), m_date = memos.field("date"), m_rate = memos.field("rate"),
               m_total = memos.field("total"), m_balance = memos.field("balance"), m_status = memos.field("status");
    for (std::int64_t i = 0; i < memos.count(); ++i)
        if (auto const day = m_date.date(i); day && m_total.decimal(i) && m_status.text(i) != "void")
            in.credit_memos.push_back({m_id.text(i), m_number.text(i).empty() ? m_id.text(i) : m_number.text(i),
                                       customers.of(m_customer_id.text(i), m_customer.text(i)), *day,
                                       rates.document(memos.currency("total", i), m_rate.decimal(i), *day, in.as_of),
                                       *m_total.decimal(i), m_balance.decimal(i)});

    if (!in.has("invoice_lines", "recurring")) return;
    Rows const lines(job, "invoice_lines");
    auto const invoice = lines.field("invoice_id"), amount = lines.field("amount"), repeats = lines.field("recurring");
    in.recurring_billed = in.total_billed = Decimal(0);
    for (std::int64_t i = 0; i < lines.count(); ++i)
        if (auto const it = rate_of.find(invoice.text(i)); it != rate_of.end() && amount.decimal(i)) {
            Decimal const a = convert(*amount.decimal(i), it->second);
            *in.total_billed += a;
            if (repeats.boolean(i)) *in.recurring_billed += a;
        }
}

void Reader::collecting() {
    Rows const rows(job, "collections");
    auto const date = rows.field("date"), id = rows.field("customer_id"), name = rows.field("customer"),
               invoice = rows.field("invoice_id"), kind = rows.field("kind"), owner = rows.field("owner"),
               contact = rows.field("contact"), promised = rows.field("promised_date"),
               promised_amount = rows.field("promised_amount"), disputed = rows.field("disputed_amount"),
               status = rows.field("status");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (auto const day = date.date(i)) {
            in.collections.push_back({customers.of(id.text(i), name.text(i)), invoice.text(i), *day, kind.text(i),
                                      owner.text(i), contact.text(i), promised.date(i),
                                      kind.text(i) == "dispute" ? disputed.decimal(i) : promised_amount.decimal(i),
                                      status.text(i)});
            seen("collections", *day);
        }

    Rows const people(job, "contacts");
    auto const person = people.field("name"), company_id = people.field("company_id"),
               company = people.field("company"), role = people.field("role"), phone = people.field("phone"),
               email = people.field("email"), primary = people.field("primary");
    std::map<std::string, int> rank; // accounts payable first, then the primary contact
    for (std::int64_t i = 0; i < people.count(); ++i) {
        std::string const party = customers.of(company_id.text(i), company.text(i));
        int const r = role.text(i) == "accounts_payable" ? 3 : primary.boolean(i) ? 2 : 1;
        if (int& best = rank[party]; r > best) {
            best = r;
            in.contacts[party] = {person.text(i), phone.text(i), email.text(i)};
        }
    }
}

void Reader::purchases() {
    {
        Rows const rows(job, "vendors");
        auto const id = rows.field("id"), name = rows.field("name"), distributor = rows.field("distributor"),
                   hold = rows.field("on_hold");
        for (std::int64_t i = 0; i < rows.count(); ++i) {
            vendors.learn(id.text(i), name.text(i));
            in.vendors[vendors.of(id.text(i), name.text(i))] = {distributor.boolean(i), hold.boolean(i)};
        }
    }
    Rows const rows(job, "bills");
    auto const id = rows.field("vendor_id"), name = rows.field("vendor"), rate = rows.field("discount_rate"),
               until = rows.field("discount_date"), terms = rows.field("terms"), hold = rows.field("hold");
    for (std::int64_t i = 0; i < rows.count(); ++i) vendors.learn(id.text(i), name.text(i));
    DocumentColumns const columns(rows, "vendor_id", "vendor");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto d = columns.read(i, vendors, rates, in.as_of);
        if (!d) continue;
        d->discount_rate = rate.decimal(i).value_or(0);
        d->discount_date = until.date(i);
        if (auto const t = parse_terms(terms.text(i)); t && t->discount_days > 0) {
            if (!rate.decimal(i)) d->discount_rate = t->discount_rate;
            if (!d->discount_date) d->discount_date = d->date + t->discount_days;
        }
        d->hold = hold.boolean(i);
        seen("bills", d->date);
        in.bills.push_back(std::move(*d));
    }
    in.bill_payments = read_applications(*this, "bill_payments", "bill_id", "vendor_id", "vendor", vendors);
}

} // namespace cash_flow
