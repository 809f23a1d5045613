#include "reading.hpp"
#include "schedule.hpp"
#include "terms.hpp"

namespace cash_flow {

void Reader::books() {
    Rows const rows(job, "balances");
    auto const account = rows.field("account"), date = rows.field("date"), amount = rows.field("amount");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (auto const day = date.date(i); day && amount.decimal(i)) {
            in.balances.push_back({account.text(i), *day, *amount.decimal(i)});
            seen("balances", *day);
        }
    Rows const stock(job, "inventory");
    auto const of = stock.field("date"), value = stock.field("value");
    std::optional<Date> newest;
    for (std::int64_t i = 0; i < stock.count(); ++i)
        if (auto const day = of.date(i); day && *day <= in.as_of && value.decimal(i)) {
            if (!newest || *day > *newest) in.inventory = Decimal(0);
            if (newest && *day < *newest) continue;
            newest = day;
            *in.inventory += *value.decimal(i);
        }
}

void Reader::recurring() {
    Rows const rows(job, "agreements");
    auto const id = rows.field("id"), name = rows.field("name"), customer_id = rows.field("customer_id"),
               customer = rows.field("customer"), start = rows.field("start_date"), end = rows.field("end_date"),
               cancelled = rows.field("cancelled_date"), status = rows.field("status"), amount = rows.field("amount"),
               cycle = rows.field("cycle"), next = rows.field("next_invoice_date"), terms = rows.field("terms"),
               renews = rows.field("auto_renews"), notice = rows.field("notice_days");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        auto const first = start.date(i);
        auto const each = amount.decimal(i);
        if (!first || !each) continue;
        auto const rate = rates.at(rows.currency("amount", i), in.as_of);
        std::string const party = customers.of(customer_id.text(i), customer.text(i));
        if (!rate) {
            in.unconverted_bank.push_back({name.text(i), party, rows.currency("amount", i), *each});
            continue;
        }
        auto const t = parse_terms(terms.text(i));
        auto const days = notice.integer(i);
        in.agreements.push_back({.id = id.text(i),
                                 .name = name.text(i),
                                 .party = party,
                                 .start = *first,
                                 .end = end.date(i),
                                 .cancelled = cancelled.date(i),
                                 .status = status.text(i),
                                 .amount = convert(*each, *rate),
                                 .cycle = parse_cycle(cycle.text(i)).value_or(Cycle::monthly),
                                 .next_invoice = next.date(i),
                                 .terms_days = t ? std::optional(t->net_days) : std::nullopt,
                                 .auto_renews = renews.boolean(i),
                                 .notice_days = days ? std::optional(static_cast<int>(*days)) : std::nullopt});
    }
    Rows const more(job, "agreement_additions");
    auto const agreement = more.field("agreement_id"), quantity = more.field("quantity"),
               included = more.field("included"), price = more.field("unit_price"), a_cycle = more.field("cycle"),
               billable = more.field("billable"), usage = more.field("usage"), from = more.field("effective_date"),
               until = more.field("cancelled_date");
    for (std::int64_t i = 0; i < more.count(); ++i)
        if (quantity.decimal(i) && price.decimal(i))
            in.additions.push_back({agreement.text(i), *quantity.decimal(i) - included.decimal(i).value_or(0),
                                    *price.decimal(i), parse_cycle(a_cycle.text(i)),
                                    billable.boolean(i, true) && !usage.boolean(i), from.date(i), until.date(i)});

    Rows const projects(job, "project_milestones");
    auto const p_project = projects.field("project"), p_id = projects.field("customer_id"),
               p_customer = projects.field("customer"), p_date = projects.field("invoice_date"),
               p_amount = projects.field("amount"), p_terms = projects.field("terms"),
               p_invoice = projects.field("invoice_id");
    for (std::int64_t i = 0; i < projects.count(); ++i)
        if (auto const day = p_date.date(i); day && p_amount.decimal(i) && p_invoice.text(i).empty()) {
            auto const t = parse_terms(p_terms.text(i));
            Date const invoiced = std::max(*day, in.as_of + 1);
            in.milestones.push_back({invoiced + (t ? t->net_days : 30), *p_amount.decimal(i), true, "milestones",
                                     customers.of(p_id.text(i), p_customer.text(i)), p_project.text(i)});
        }

    if (!in.has("opportunities")) return;
    Rows const deals(job, "opportunities");
    auto const d_status = deals.field("status"), d_amount = deals.field("amount"),
               d_chance = deals.field("probability"), d_close = deals.field("expected_close_date");
    in.pipeline = Decimal(0);
    for (std::int64_t i = 0; i < deals.count(); ++i)
        if (auto const close = d_close.date(i);
            d_status.text(i) == "open" && close && *close > in.as_of && *close <= in.as_of + 7 * forecast_weeks)
            *in.pipeline += (d_amount.decimal(i).value_or(0) * d_chance.decimal(i).value_or(0)).rounded(2);
}

void Reader::work() {
    std::map<std::string, Date> invoiced; // by invoice
    for (Document const& d : in.invoices) invoiced[d.id] = d.date;
    auto billed_on = [&](std::string const& invoice, std::optional<Date> day) -> std::optional<Date> {
        if (day || invoice.empty()) return day;
        auto const it = invoiced.find(invoice);
        return it == invoiced.end() ? in.as_of : it->second; // on an invoice that is not among the rows
    };
    Rows const time(job, "time_entries");
    auto const date = time.field("date"), id = time.field("customer_id"), name = time.field("customer"),
               hours = time.field("hours"), billable = time.field("billable"), rate = time.field("rate"),
               amount = time.field("amount"), status = time.field("status"), invoice = time.field("invoice_id"),
               on = time.field("invoice_date");
    for (std::int64_t i = 0; i < time.count(); ++i) {
        auto const day = date.date(i);
        std::string const kind = billable.text(i), state = status.text(i);
        if (!day || !(kind.empty() || kind == "billable") || state == "written_off") continue;
        auto billed = billed_on(invoice.text(i), on.date(i));
        if (!billed && state == "billed") billed = *day;
        Decimal const worth =
            amount.decimal(i).value_or((hours.decimal(i).value_or(0) * rate.decimal(i).value_or(0)).rounded(2));
        in.work.push_back({customers.of(id.text(i), name.text(i)), *day, worth, "time", billed});
        seen("time_entries", *day);
    }
    Rows const items(job, "unbilled_items");
    auto const i_date = items.field("date"), i_kind = items.field("kind"), i_id = items.field("customer_id"),
               i_name = items.field("customer"), i_amount = items.field("amount"),
               i_invoice = items.field("invoice_id"), i_on = items.field("invoice_date");
    for (std::int64_t i = 0; i < items.count(); ++i)
        if (auto const day = i_date.date(i); day && i_amount.decimal(i))
            in.work.push_back({customers.of(i_id.text(i), i_name.text(i)), *day, *i_amount.decimal(i),
                               i_kind.text(i).empty() ? "other" : i_kind.text(i),
                               billed_on(i_invoice.text(i), i_on.date(i))});
}

void Reader::history() {
    Rows const rows(job, "figures@previous");
    auto const id = rows.field("id"), period = rows.field("period"), value = rows.field("value"),
               as_of = rows.field("as_of");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (auto const day = as_of.date(i)) in.previous.push_back({id.text(i), period.text(i), value.decimal(i), *day});
}

} // namespace cash_flow
