#include "inputs.hpp"
#include <algorithm>
#include <deckle/rows.hpp>
#include <set>

namespace pipeline {
namespace {

using deckle::Rows;
using Json = nlohmann::json;

Status status_of(std::string const& text) {
    return text == "won"           ? Status::won
           : text == "lost"        ? Status::lost
           : text == "no_decision" ? Status::no_decision
                                   : Status::open;
}

/// `dataset`: opportunities, or those of the previous run, which has fewer columns.
std::vector<Deal> read_deals(deckle::Job& job, std::string const& dataset) {
    Rows const rows(job, dataset);
    bool const all = dataset == "opportunities";
    std::optional<Rows::Field> nothing;
    auto wanted = [&](char const* name) { return all ? std::optional(rows.field(name)) : nothing; };
    auto const id = rows.field("id"), name = rows.field("name"), account = rows.field("account"),
               owner = rows.field("owner"), stage = rows.field("stage"), status = rows.field("status"),
               amount = rows.field("amount"), monthly = rows.field("monthly_amount"), term = rows.field("term_months"),
               created = rows.field("created_date"), expected = rows.field("expected_close_date"),
               original = rows.field("original_close_date"), closed = rows.field("closed_date"),
               stage_date = rows.field("stage_date");
    auto const contact = wanted("contact"), source = wanted("source"), campaign = wanted("campaign_id"),
               type = wanted("type"), probability = wanted("probability"), commit = wanted("commit"),
               activity = wanted("last_activity_date"), reason = wanted("loss_reason"), lost_to = wanted("lost_to"),
               step = wanted("next_step"), step_date = wanted("next_step_date");
    std::vector<Deal> out;
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        Deal d;
        d.id = id.text(i);
        d.name = name.text(i);
        d.account = account.text(i);
        d.owner = owner.text(i);
        d.stage = stage.text(i);
        d.status = status_of(status.text(i));
        d.one_time = amount.decimal(i).value_or(0);
        d.monthly = monthly.decimal(i).value_or(0);
        if (auto const months = term.integer(i); months && *months > 0) d.term = static_cast<int>(*months);
        d.created = created.date(i);
        d.stage_date = stage_date.date(i);
        d.expected = expected.date(i);
        d.original = original.date(i);
        d.closed = closed.date(i);
        if (all) {
            d.contact = contact->text(i);
            d.source = source->text(i);
            d.campaign = campaign->text(i);
            d.type = type->text(i);
            d.probability = probability->decimal(i);
            d.commit = commit->boolean(i);
            d.last_activity = activity->date(i);
            d.loss_reason = reason->text(i);
            d.lost_to = lost_to->text(i);
            d.next_step = step->text(i);
            d.next_step_date = step_date->date(i);
        }
        out.push_back(std::move(d));
        if (i % 1024 == 0) job.check_stop();
    }
    std::vector<std::optional<Decimal>*> probabilities;
    for (Deal& d : out) probabilities.push_back(&d.probability);
    as_ratios(probabilities);
    return out;
}

History read_history(deckle::Job& job, std::string const& dataset) {
    Rows const rows(job, dataset);
    auto const id = rows.field("opportunity_id"), date = rows.field("date"), stage = rows.field("stage"),
               amount = rows.field("amount"), expected = rows.field("expected_close_date");
    History out;
    for (std::int64_t i = 0; i < rows.count(); ++i)
        if (auto const day = date.date(i))
            out[id.text(i)].push_back({*day, stage.text(i), amount.decimal(i), expected.date(i)});
    for (auto& [deal, changes] : out)
        std::stable_sort(changes.begin(), changes.end(), [](auto const& x, auto const& y) { return x.date < y.date; });
    return out;
}

Stages read_stages(deckle::Job& job) {
    Rows const rows(job, "stages");
    auto const name = rows.field("name"), position = rows.field("position"), probability = rows.field("probability");
    Stages out;
    for (std::int64_t i = 0; i < rows.count(); ++i)
        out.push_back({name.text(i), static_cast<int>(position.integer(i).value_or(0)), probability.decimal(i)});
    std::stable_sort(out.begin(), out.end(), [](Stage const& x, Stage const& y) { return x.position < y.position; });
    std::vector<std::optional<Decimal>*> probabilities;
    for (Stage& s : out) probabilities.push_back(&s.probability);
    as_ratios(probabilities);
    return out;
}

/// Without a list of stages: those of the open deals, by their mean probability, then by name.
Stages stages_of(std::vector<Deal> const& deals) {
    std::map<std::string, std::pair<Decimal, int>> seen;
    for (Deal const& d : deals)
        if (d.is_open()) {
            auto& [sum, count] = seen[d.stage];
            sum += d.probability.value_or(0);
            ++count;
        }
    std::vector<std::pair<Decimal, std::string>> order;
    for (auto const& [name, entry] : seen) order.emplace_back(entry.first.divided_by(entry.second), name);
    std::sort(order.begin(), order.end());
    Stages out;
    for (auto const& [mean, name] : order) out.push_back({name, static_cast<int>(out.size()) + 1, {}});
    return out;
}

void read_money(deckle::Job& job, Inputs& in) {
    Rows const quotas(job, "quotas");
    auto const owner = quotas.field("owner"), start = quotas.field("start_date"), end = quotas.field("end_date"),
               amount = quotas.field("amount");
    for (std::int64_t i = 0; i < quotas.count(); ++i)
        if (start.date(i) && end.date(i) && *end.date(i) >= *start.date(i) && amount.decimal(i))
            in.quotas.push_back({owner.text(i), *start.date(i), *end.date(i), *amount.decimal(i)});

    Rows const sources(job, "sources");
    auto const source = sources.field("name"), channel = sources.field("channel");
    for (std::int64_t i = 0; i < sources.count(); ++i) in.channels[source.text(i)] = channel.text(i);

    Rows const campaigns(job, "campaigns");
    auto const id = campaigns.field("id"), name = campaigns.field("name"), from = campaigns.field("source"),
               first = campaigns.field("start_date"), last = campaigns.field("end_date"),
               cost = campaigns.field("cost"), funded = campaigns.field("funded");
    for (std::int64_t i = 0; i < campaigns.count(); ++i)
        in.campaigns.push_back({id.text(i), name.text(i), from.text(i), first.date(i), last.date(i),
                                cost.decimal(i).value_or(0), funded.decimal(i).value_or(0)});
}

void read_previous(deckle::Job& job, Inputs& in) {
    Rows const figures(job, "figures@previous");
    auto const day = figures.field("as_of");
    if (figures.count() > 0) in.previous_as_of = day.date(0);
    if (!in.previous_as_of || !in.has("opportunities@previous")) return;
    in.previous = at(read_deals(job, "opportunities@previous"), read_history(job, "stage_history@previous"), in.stages,
                     *in.previous_as_of);
}

/// Throws PluginError naming those there are.
void check_salesperson(std::string const& name, std::vector<Deal> const& deals, std::vector<Quota> const& quotas) {
    std::set<std::string> names;
    for (Deal const& d : deals) names.insert(d.owner);
    for (Quota const& q : quotas) names.insert(q.owner);
    names.erase("");
    if (names.contains(name)) return;
    std::string known;
    for (std::string const& n : names) known += (known.empty() ? "" : ", ") + n;
    throw deckle::PluginError("/salesperson", "There is no salesperson '" + name + "'; there are: " + known);
}

/// Leaves what is one person's.
void keep_only(std::string const& name, Inputs& in) {
    auto const others = [&](auto const& of) { return of.owner != name; };
    std::erase_if(in.deals, others);
    std::erase_if(in.start, others);
    std::erase_if(in.quotas, others);
    if (in.previous) std::erase_if(*in.previous, others);
}

} // namespace

Params Params::read(deckle::Job const& job) {
    Json const& p = job.params();
    auto word = [&](char const* name) { return p.at(name).get<std::string>(); };
    static std::map<std::string, Basis> const bases = {
        {"first_year", Basis::first_year}, {"tcv", Basis::tcv}, {"acv", Basis::acv}, {"one_time", Basis::one_time}};
    Params out;
    auto const basis = bases.find(word("value"));
    if (basis == bases.end()) throw deckle::PluginError("/value", "There is no value '" + word("value") + "'");
    out.basis = out.forecast.basis = basis->second;
    out.no_decision_is_lost = word("no_decision") == "lost";
    out.window_months = p.at("window_months").get<int>();
    out.forecast.commit_probability = job.decimal_param("commit_probability");
    out.forecast.best_case_probability = job.decimal_param("best_case_probability");
    out.stall.factor = job.decimal_param("stalled_factor");
    out.stall.silent_days = p.at("stalled_days").get<int>();
    out.rows = p.at("rows").get<std::size_t>();
    out.owner = word("owner");
    out.salesperson = word("salesperson");
    return out;
}

Inputs read_inputs(deckle::Job& job) {
    Inputs in;
    in.as_of = job.as_of();
    in.period = job.period();
    in.currency = job.currency();
    in.fiscal_year = job.fiscal_year();
    in.params = Params::read(job);
    in.has = job.bound();
    in.params.forecast.commit_flag = in.has("opportunities", "commit");

    job.progress(0.1, "Reading deals");
    std::vector<Deal> const deals = read_deals(job, "opportunities");
    in.history = read_history(job, "stage_history");
    in.stages = read_stages(job);
    if (in.stages.empty()) {
        in.stages = stages_of(deals);
        in.stages_guessed = true;
    }
    job.check_stop();
    in.deals = at(deals, in.history, in.stages, in.as_of);
    in.start = at(deals, in.history, in.stages, in.period.start - 1);
    read_money(job, in);
    job.check_stop();
    job.progress(0.4, "Reading the last report");
    read_previous(job, in);
    if (auto const& name = in.params.salesperson; !name.empty()) {
        check_salesperson(name, deals, in.quotas);
        keep_only(name, in);
    }
    in.undone = static_cast<int>(
        std::count_if(in.deals.begin(), in.deals.end(), [](Deal const& d) { return d.is_open() && d.stage.empty(); }));
    return in;
}

} // namespace pipeline
