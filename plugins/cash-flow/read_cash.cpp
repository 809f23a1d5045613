#include "reading.hpp"
#include "schedule.hpp"

namespace cash_flow {

void Reader::cash() {
    std::map<std::string, std::string> line_of; // account number -> statement line
    {
        Rows const rows(job, "accounts");
        auto const number = rows.field("number"), name = rows.field("name"), line = rows.field("line");
        for (std::int64_t i = 0; i < rows.count(); ++i) {
            in.accounts.push_back({number.text(i), name.text(i), line.text(i)});
            line_of[number.text(i)] = line.text(i);
        }
    }
    Rows const accounts(job, "bank_accounts");
    auto const id = accounts.field("id"), name = accounts.field("name"), balance = accounts.field("balance"),
               of = accounts.field("balance_date"), restricted = accounts.field("restricted");
    for (std::int64_t i = 0; i < accounts.count(); ++i) {
        BankAccount a{id.text(i), name.text(i), {}, of.date(i), restricted.boolean(i)};
        if (auto const amount = balance.decimal(i)) {
            std::string const currency = accounts.currency("balance", i);
            if (auto const rate = rates.at(currency, in.as_of))
                a.balance = convert(*amount, *rate);
            else
                in.unconverted_bank.push_back({a.name, a.name, currency, *amount});
        }
        in.bank_accounts.push_back(std::move(a));
    }

    Rows const rows(job, "bank_transactions");
    auto const account = rows.field("account"), date = rows.field("date"), amount = rows.field("amount"),
               category = rows.field("category"), counter = rows.field("counter_account"),
               running = rows.field("balance"), text = rows.field("text");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto const day = date.date(i);
        auto const moved = amount.decimal(i);
        if (!day || !moved) continue;
        std::string const currency = rows.currency("amount", i);
        auto const rate = rates.at(currency, *day), rate_now = rates.at(currency, in.as_of);
        if (!rate || !rate_now) {
            if (*day <= in.as_of) in.unconverted_bank.push_back({text.text(i), account.text(i), currency, *moved});
            continue;
        }
        auto const line = line_of.find(counter.text(i));
        BankTransaction t{account.text(i),
                          *day,
                          convert(*moved, *rate),
                          category.text(i),
                          line == line_of.end() ? "" : line->second,
                          {}};
        if (auto const b = running.decimal(i)) t.balance = convert(*b, *rate_now);
        in.bank.push_back(std::move(t));
        seen("bank_transactions", *day);
    }
}

namespace {

std::string plain_category(std::string const& category) {
    return category.empty() ? "other" : category;
}

void read_credit(Reader& reader) {
    Inputs& in = reader.in;
    Rows const rows(reader.job, "credit_lines");
    auto const name = rows.field("name"), kind = rows.field("kind"), limit = rows.field("limit"),
               drawn = rows.field("drawn"), base = rows.field("borrowing_base"), rate = rows.field("advance_rate"),
               due = rows.field("due_date"), amount = rows.field("due_amount"), expires = rows.field("expires");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        CreditLine l{name.text(i),
                     limit.decimal(i).value_or(0),
                     drawn.decimal(i).value_or(0),
                     kind.text(i) == "distributor",
                     base.boolean(i),
                     rate.decimal(i),
                     due.date(i),
                     amount.decimal(i).value_or(0),
                     expires.date(i)};
        if (l.due_date && !l.due_amount.is_zero())
            in.scheduled.push_back({l.name, l.distributor ? "distributors" : "debt", *l.due_date, l.due_amount});
        in.lines.push_back(std::move(l));
    }
    Rows const cards(reader.job, "credit_cards");
    auto const c_name = cards.field("name"), c_limit = cards.field("limit"), c_balance = cards.field("balance"),
               c_due = cards.field("due_date"), c_amount = cards.field("due_amount"),
               c_payroll = cards.field("payroll_used");
    for (std::int64_t i = 0; i < cards.count(); ++i) {
        Decimal const balance = c_balance.decimal(i).value_or(0);
        CreditCard c{
            c_name.text(i),      c_limit.decimal(i), balance, c_due.date(i), c_amount.decimal(i).value_or(balance),
            c_payroll.boolean(i)};
        // a statement whose day is not known is due in a month's time
        Date const due_on = c.due_date && *c.due_date > in.as_of ? *c.due_date : in.as_of + 30;
        if (!c.due_amount.is_zero()) in.scheduled.push_back({c.name, "cards", due_on, c.due_amount});
        in.cards.push_back(std::move(c));
    }
    Rows const loans(reader.job, "loans");
    auto const l_name = loans.field("name"), l_payment = loans.field("payment"), l_cycle = loans.field("cycle"),
               l_next = loans.field("next_payment_date"), l_end = loans.field("end_date");
    for (std::int64_t i = 0; i < loans.count(); ++i)
        if (auto const next = l_next.date(i); next && l_payment.decimal(i))
            in.scheduled.push_back({l_name.text(i),
                                    "debt",
                                    *next,
                                    *l_payment.decimal(i),
                                    parse_cycle(l_cycle.text(i)).value_or(Cycle::monthly),
                                    {},
                                    l_end.date(i)});
}

void read_payroll(Reader& reader) {
    Rows const rows(reader.job, "payroll");
    auto const date = rows.field("date"), amount = rows.field("amount"), cycle = rows.field("cycle"),
               end = rows.field("end_date"), kind = rows.field("kind");
    std::optional<Date> last;
    bool repeats = false;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto const day = date.date(i);
        if (!day || !amount.decimal(i)) continue;
        Cycle const c = parse_cycle(cycle.text(i)).value_or(Cycle::once);
        std::string const what =
            kind.text(i).empty() || kind.text(i) == "regular" ? "Payroll" : "Payroll " + kind.text(i);
        reader.in.scheduled.push_back({what, "payroll", *day, *amount.decimal(i), c, *day, end.date(i)});
        last = std::max(last.value_or(*day), *day);
        repeats = repeats || (c != Cycle::once && !end.date(i));
    }
    if (!repeats) reader.in.payroll_until = last;
}

} // namespace

void Reader::schedule() {
    read_payroll(*this);
    read_credit(*this);
    Rows const rows(job, "standing_payments");
    auto const name = rows.field("name"), category = rows.field("category"), amount = rows.field("amount"),
               next = rows.field("next_date"), cycle = rows.field("cycle"), begin = rows.field("start_date"),
               end = rows.field("end_date"), method = rows.field("method");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto const day = next.date(i);
        if (!day || !amount.decimal(i) || method.text(i) == "card") continue; // a card is paid by its statement
        auto const rate = rates.at(rows.currency("amount", i), in.as_of);
        if (!rate) {
            in.unconverted_bank.push_back({name.text(i), name.text(i), rows.currency("amount", i), *amount.decimal(i)});
            continue;
        }
        in.scheduled.push_back({name.text(i), plain_category(category.text(i)), *day,
                                convert(*amount.decimal(i), *rate), parse_cycle(cycle.text(i)).value_or(Cycle::once),
                                begin.date(i), end.date(i)});
    }
    Rows const taxes(job, "tax_dates");
    auto const t_name = taxes.field("name"), t_due = taxes.field("due_date"), t_amount = taxes.field("amount"),
               t_paid = taxes.field("paid_date");
    for (std::int64_t i = 0; i < taxes.count(); ++i) {
        auto const due = t_due.date(i), paid = t_paid.date(i);
        if (!due || !t_amount.decimal(i) || (paid && *paid <= in.as_of)) continue;
        in.scheduled.push_back({t_name.text(i), "taxes", std::max(*due, in.as_of + 1), *t_amount.decimal(i)});
    }
}

} // namespace cash_flow
