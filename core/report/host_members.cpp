#include "report/host_members.hpp"

namespace deckle::report {

using model::Json;

namespace {

/// How far the company's clocks are from UTC, around the as-of date: a plugin reads no zone data.
Json offsets(std::string const& zone, Date as_of) {
    Json list = Json::array();
    Instant const from = from_local(as_of.plus_months(-24), 0, 0, 0, "UTC");
    Instant const until = from_local(as_of.plus_months(120), 0, 0, 0, "UTC");
    for (ZoneOffset const& offset : zone_offsets(zone, from, until))
        list.push_back({{"from", to_iso(offset.from)}, {"minutes", offset.minutes}, {"name", offset.abbreviation}});
    return list;
}

} // namespace

std::string request_json(data::Workspace const& workspace, Descriptor const& descriptor,
                         data::DatasetSet const& datasets, Request const& request) {
    auto const& company = workspace.company;
    Json bound = Json::object();
    auto describe = [&](std::string const& name) {
        auto const* dataset = datasets.find(name);
        bound[name] = dataset == nullptr
                          ? Json{{"bound", false}}
                          : Json{{"bound", true}, {"rows", dataset->table.rows}, {"columns", dataset->bound}};
    };
    for (auto const& dataset : descriptor.datasets) describe(dataset.name);
    if (descriptor.wants_previous) describe(previous_name("figures"));
    for (auto const& dataset : descriptor.previous) describe(previous_name(dataset.name));
    return Json{
        {"report", descriptor.id},
        {"period",
         {{"start", request.period.start.to_string()},
          {"end", request.period.end.to_string()},
          {"label", request.period.label}}},
        {"as_of", request.as_of.to_string()},
        {"now", to_iso(request.now)},
        {"seed", 0},
        {"locale", company.locale},
        {"zone", company.zone},
        {"zone_offsets", offsets(company.zone, request.as_of)},
        {"currency", company.currency},
        {"week_start", company.week_start},
        {"fiscal_year_start", company.fiscal_year_start},
        {"company", {{"name", company.name}}},
        {"params", request.params},
        {"datasets", bound},
        {"edits", request.edits},
        {"origin", request.origin},
    }
        .dump();
}

namespace {

/// "a.csv", "a.csv, b.csv" or "a.csv ... z.csv (24 files)": the ledger keeps the whole list.
std::string short_list(std::string const& files) {
    auto const first = files.find(", ");
    auto const last = files.rfind(", ");
    if (first == last) return files;
    std::size_t n = 1;
    for (auto at = first; at != std::string::npos; at = files.find(", ", at + 2)) ++n;
    std::string const end = files.substr(last + 2);
    return files.substr(0, first) + " … " + end.substr(end.rfind('/') + 1) + " (" + std::to_string(n) + " files)";
}

Json count_leaf(std::int64_t n) {
    return {{"$num", std::to_string(n)}};
}

Json period_leaf(Period const& period) {
    if (period.start.first_of_month() == period.end.first_of_month())
        return {{"$date", period.start.to_string()}, {"style", "month"}};
    return period.label;
}

} // namespace

Json run_member(data::Workspace const& workspace, Descriptor const& descriptor, data::DatasetSet const& datasets,
                Request const& request) {
    Json theme = Json::object(); // what is empty is absent, so that a template's section on it is skipped
    if (!workspace.theme.confidentiality.empty()) theme["confidentiality"] = workspace.theme.confidentiality;
    Json sources = Json::array();
    Json bad_rows = Json::array();
    std::int64_t read = 0;
    std::int64_t rejected = 0;
    for (auto const& [name, dataset] : datasets.datasets) {
        if (name.ends_with(previous_name(""))) continue;
        auto const& s = dataset.source;
        sources.push_back({{"name", s.name},
                           {"dataset", name},
                           {"connector", s.connector},
                           {"file", short_list(s.file)},
                           {"fetched", {{"$datetime", to_iso(s.fetched)}, {"style", "short"}}},
                           {"rows", count_leaf(s.rows)},
                           {"rejected", count_leaf(s.rejected)}});
        read += s.rows;
        rejected += s.rejected;
        for (auto const& bad : dataset.bad)
            bad_rows.push_back({{"dataset", name},
                                {"file", bad.file},
                                {"row", bad.row},
                                {"column", bad.column},
                                {"text", bad.text},
                                {"reason", bad.reason}});
    }
    Json run{{"company", workspace.company.name},
             {"currency", workspace.company.currency},
             {"paper", workspace.company.paper},
             {"report", descriptor.id},
             {"report_title", descriptor.title},
             {"period", period_leaf(request.period)},
             {"as_of", {{"$date", request.as_of.to_string()}, {"style", "long"}}},
             {"revision", request.revision},
             {"revised", request.revision > 1}, // Mustache cannot compare
             {"correction", nullptr},
             {"sources", sources},
             {"rows_read", read},
             {"rows_rejected", rejected},
             {"bad_rows", bad_rows},
             {"partial", datasets.partial()},
             {"theme", theme}};
    if (request.revision > 1)
        run["correction"] = {{"revision", request.revision},
                             {"reason", request.correction.empty() ? Json() : Json(request.correction)}};
    if (!request.commentary.is_null()) run["commentary"] = request.commentary;
    return run;
}

Json checks_member(Json const& report_model) {
    auto const checks = report_model.find("checks");
    if (checks == report_model.end() || checks->empty()) return nullptr;
    std::int64_t hold = 0;
    Json failed = Json::array();
    for (auto const& check : *checks) {
        if (check.at("ok").get<bool>())
            ++hold;
        else
            failed.push_back(check);
    }
    return {{"hold", count_leaf(hold)}, {"failed", std::move(failed)}};
}

} // namespace deckle::report
