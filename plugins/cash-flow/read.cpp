#include "reading.hpp"

namespace cash_flow {

using Json = nlohmann::json;

void Names::learn(std::string const& id, std::string const& name) {
    if (id.empty() || name.empty() || by_id_.contains(id)) return;
    auto const [it, fresh] = id_of_.emplace(name, id);
    by_id_[id] = fresh || it->second == id ? name : name + " (" + id + ")";
}

std::string Names::of(std::string const& id, std::string const& name) const {
    if (auto const it = by_id_.find(id); it != by_id_.end()) return it->second;
    if (!name.empty()) return name;
    return id.empty() ? "(not named)" : id;
}

ExchangeRates::ExchangeRates(deckle::Job& job, std::string company) : company_(std::move(company)) {
    Rows const rows(job, "exchange_rates");
    auto const date = rows.field("date"), currency = rows.field("currency"), rate = rows.field("rate");
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (auto const d = date.date(i); d && rate.decimal(i)) rates_[currency.text(i)][*d] = *rate.decimal(i);
}

std::optional<Decimal> ExchangeRates::at(std::string const& currency, Date day) const {
    if (currency == company_) return Decimal(1);
    auto const it = rates_.find(currency);
    if (it == rates_.end()) return std::nullopt;
    auto const after = it->second.upper_bound(day);
    if (after == it->second.begin()) return std::nullopt;
    return std::prev(after)->second;
}

Rates ExchangeRates::document(std::string const& currency, std::optional<Decimal> own, Date day, Date as_of) const {
    if (currency == company_) return {currency, Decimal(1), Decimal(1)};
    auto const flow = own ? own : at(currency, day);
    auto const balance = at(currency, as_of);
    return {currency, flow ? flow : balance, balance ? balance : flow};
}

Params Params::read(deckle::Job const& job) {
    Json const& p = job.params();
    auto whole = [&](char const* name) { return p.at(name).get<int>(); };
    auto word = [&](char const* name) { return p.at(name).get<std::string>(); };
    Params out;
    out.minimum_cash = job.decimal_param("minimum_cash");
    if (p.contains("cash_today") && !p.at("cash_today").is_null()) out.cash_today = job.decimal_param("cash_today");
    out.age_by = word("ageing_by") == "invoice" ? AgeBy::invoice : AgeBy::due;
    out.credits = word("credits") == "aged" ? Credits::aged : Credits::separate;
    out.average_balances = word("dso_basis") == "average";
    out.dso_days = whole("dso_days");
    out.borrowing.advance_rate = job.decimal_param("advance_rate");
    out.borrowing.cross_age = job.decimal_param("cross_age");
    out.borrowing.concentration = job.decimal_param("lender_concentration");
    out.overdue_days = whole("overdue_days");
    out.concentration = job.decimal_param("concentration");
    out.unbilled_days = whole("unbilled_days");
    static std::map<std::string, Scenario> const scenarios = {{"base", Scenario::base},
                                                              {"collections_slip", Scenario::collections_slip},
                                                              {"payables_stretched", Scenario::payables_stretched},
                                                              {"one_more_hire", Scenario::one_more_hire},
                                                              {"top_customer_late", Scenario::top_customer_late}};
    auto const scenario = scenarios.find(word("scenario"));
    if (scenario == scenarios.end())
        throw deckle::PluginError("/scenario", "There is no scenario '" + word("scenario") + "'");
    out.scenario = scenario->second;
    out.hire_cost = job.decimal_param("hire_cost");
    out.stale_days = whole("stale_days");
    out.dso_rise = job.decimal_param("dso_rise");
    out.accuracy = job.decimal_param("accuracy");
    out.discount_hurdle = job.decimal_param("discount_hurdle");
    out.renewal_days = whole("renewal_days");
    out.usual_always = word("usual_flows") == "always";
    out.usual_never = word("usual_flows") == "never";
    out.owner = word("owner");
    return out;
}

Inputs read_inputs(deckle::Job& job) {
    Inputs in;
    in.as_of = job.as_of();
    in.period = job.period();
    in.currency = job.currency();
    in.week_start = job.week_start();
    in.fiscal_year = job.fiscal_year();
    in.params = Params::read(job);
    in.has = job.bound();

    ExchangeRates const rates(job, in.currency);
    Reader reader{job, in, rates, {}, {}};
    job.progress(0.1, "Reading sales");
    reader.sales();
    reader.collecting();
    job.check_stop();
    job.progress(0.2, "Reading purchases");
    reader.purchases();
    job.progress(0.3, "Reading cash");
    reader.cash();
    reader.schedule();
    job.check_stop();
    job.progress(0.4, "Reading the books");
    reader.books();
    reader.recurring();
    reader.work();
    reader.history();
    job.check_stop();
    in.applied_to_invoices = Applied(in.invoices, in.payments_or_null());
    in.applied_to_bills = Applied(in.bills, in.bill_payments_or_null());
    return in;
}

} // namespace cash_flow
