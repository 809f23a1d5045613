#include "service/gates.hpp"
#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "model/formatter.hpp"
#include "model/json.hpp"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace deckle::service {
namespace {

using model::Json;

std::string report_of(Json const& model) {
    return model.at("run").at("report").get<std::string>();
}

/// "5 days 3 hours", "40 minutes".
std::string age_words(std::chrono::milliseconds age) {
    using namespace std::chrono;
    auto const hours = floor<std::chrono::hours>(age);
    if (hours < std::chrono::hours(1)) return duration_words(floor<minutes>(age));
    auto const days = floor<std::chrono::days>(hours);
    if (days.count() == 0) return duration_words(hours);
    auto const rest = hours - days;
    return duration_words(days) + (rest.count() == 0 ? "" : " " + duration_words(rest));
}

/// "invoices, bills, payments and 25 more".
std::string named(std::vector<std::string> const& names) {
    constexpr std::size_t longest = 4;
    auto const shown = std::min(names.size(), names.size() <= longest ? names.size() : longest - 1);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return shown == names.size() ? text : fmt::format("{} and {} more", text, names.size() - shown);
}

void add(GateFinding& finding, std::string const& reason) {
    finding.good = false;
    finding.reason += (finding.reason.empty() ? "" : "; ") + reason;
}

std::optional<std::chrono::seconds> allowed_age(data::Gates const& gates, std::string const& connection) {
    if (gates.fresh) return gates.fresh;
    auto const it = gates.fresh_of.find(connection);
    return it == gates.fresh_of.end() ? std::nullopt : std::optional(it->second);
}

/// Of one connection, what is older than it may be.
struct Stale {
    std::vector<std::string> datasets; // several reports of a pack read one dataset
    std::chrono::seconds allowed{};
    Instant oldest{};
    std::string file; // the oldest
};

GateFinding fresh(data::Gates const& gates, Product const& product, Instant now, std::string const& zone) {
    GateFinding finding{"fresh", true, true, {}};
    std::map<std::string, Stale> stale; // by connection
    for (auto const& model : product.models)
        for (auto const& source : model.at("run").at("sources")) {
            auto const name = source.at("name").get<std::string>(), dataset = source.at("dataset").get<std::string>();
            auto const allowed = allowed_age(gates, name);
            auto const fetched = parse_instant(source.at("fetched").at("$datetime").get<std::string>());
            if (!allowed || !fetched || now - *fetched <= *allowed) continue;
            auto& of = stale[name];
            if (std::ranges::find(of.datasets, dataset) != of.datasets.end()) continue;
            if (of.datasets.empty() || *fetched < of.oldest) {
                of.oldest = *fetched;
                of.file = source.at("file").get<std::string>();
            }
            of.datasets.push_back(dataset);
            of.allowed = *allowed;
        }
    for (auto const& [connection, of] : stale) {
        auto const local = to_local(of.oldest, zone);
        add(finding,
            fmt::format("{} of {} ({}{}) {} {} old, of {} {:02}:{:02} {} (allowed: {})", named(of.datasets), connection,
                        of.datasets.size() > 1 ? "oldest " : "", of.file, of.datasets.size() > 1 ? "are up to" : "is",
                        age_words(now - of.oldest), local.date.to_string(), local.hour, local.minute,
                        local.abbreviation, duration_words(of.allowed)));
    }
    return finding;
}

/// The pages by the page tree's own count; 0 when there is none.
// ISO 32000-1, 7.7.3.2
std::int64_t pages_of(std::string_view pdf) {
    for (auto at = pdf.find("/Type /Pages"); at != std::string_view::npos; at = pdf.find("/Type /Pages", at + 1)) {
        auto const begin = pdf.rfind(" obj", at), end = pdf.find("endobj", at);
        if (begin == std::string_view::npos || end == std::string_view::npos) continue;
        auto const object = pdf.substr(begin, end - begin);
        static constexpr std::string_view key = "/Count ";
        auto const count = object.find(key);
        if (count == std::string_view::npos) continue;
        std::int64_t n = 0;
        std::from_chars(object.data() + count + key.size(), object.data() + object.size(), n);
        if (n > 0) return n;
    }
    return 0;
}

/// What is wrong with a file; empty when nothing is.
std::string file_problem(delivery::File const& file) {
    try {
        std::string const bytes = read_file(file.path);
        if (static_cast<std::int64_t>(bytes.size()) != file.bytes)
            return fmt::format("{} has {} bytes, {} were made", file.name, bytes.size(), file.bytes);
        if (file.media_type != "application/pdf") return {};
        if (!bytes.starts_with("%PDF-") || bytes.find("%%EOF") == std::string::npos)
            return file.name + " is no whole PDF";
        return pages_of(bytes) == 0 ? file.name + " has no page" : "";
    } catch (Error const& e) {
        return e.what();
    }
}

GateFinding complete(data::Schedule const& schedule, Product const& product) {
    GateFinding finding{"complete", true, true, {}};
    for (auto const& report : schedule.reports)
        if (std::ranges::none_of(product.models, [&](Json const& model) { return report_of(model) == report; }))
            add(finding, "the report " + report + " is missing");
    for (auto const& model : product.models)
        for (auto const& source : model.at("run").at("sources"))
            if (auto const rejected = source.at("rejected").at("$num").get<std::string>(); rejected != "0")
                add(finding, fmt::format("{}: {} rows of {} could not be read", report_of(model), rejected,
                                         source.at("dataset").get<std::string>()));
    if (product.status != store::Status::ok && (finding.good || !product.message.empty()))
        add(finding,
            product.message.empty() ? "something could not be drawn; see the run's diagnostics" : product.message);
    if (product.files.empty()) {
        add(finding, "there is no file");
        finding.may_become_good = false;
    }
    for (auto const& file : product.files)
        if (auto const problem = file_problem(file); !problem.empty()) {
            add(finding, problem);
            finding.may_become_good = false;
        }
    return finding;
}

/// The model of that report; nullptr when there is none.
Json const* model_of(std::vector<Json> const& models, std::string const& report) {
    auto const it = std::ranges::find_if(models, [&](Json const& model) { return report_of(model) == report; });
    return it == models.end() ? nullptr : &*it;
}

std::vector<Json> checks_of(Json const& model) {
    return model.value("checks", Json::array()).get<std::vector<Json>>();
}

/// A check that was made when it was sent last and is not any more.
void find_lost_checks(GateFinding& finding, Json const& model, Json const& before) {
    auto const now = checks_of(model);
    for (auto const& check : checks_of(before)) {
        bool const is_made = std::ranges::any_of(now, [&](Json const& c) { return c.at("id") == check.at("id"); });
        if (is_made) continue;
        model::Formatter const formatter(before.at("run").value("locale", "en_US"), "UTC");
        add(finding,
            fmt::format("{}: {}: that was checked when it was sent last, and what the check needs is missing now",
                        report_of(model), formatter.text(check.at("label"))));
    }
}

GateFinding ties_out(Product const& product, std::vector<Json> const& sent) {
    GateFinding finding{"ties_out", true, true, {}};
    for (auto const& model : product.models) {
        if (auto const* before = model_of(sent, report_of(model))) find_lost_checks(finding, model, *before);
        auto const& run = model.at("run");
        std::optional<model::Formatter> formatter; // few reports need one
        for (auto const& check : checks_of(model)) {
            if (check.at("ok").get<bool>()) continue;
            if (!formatter) formatter.emplace(run.value("locale", "en_US"), "UTC");
            add(finding, fmt::format("{}: {}: expected {}, found {} (difference {})", report_of(model),
                                     formatter->text(check.at("label")), formatter->text(check.at("expected")),
                                     formatter->text(check.at("actual")), formatter->text(check.at("difference"))));
        }
    }
    return finding;
}

struct Content {
    std::size_t figures = 0, figures_with_value = 0, tables = 0, rows = 0;
};

/// Tables wherever the model has them: a report's own template may keep them outside sections.
void count_tables(Json const& node, Content& content) {
    if (!node.is_structured()) return;
    if (node.is_object())
        if (auto const table = node.find("table");
            table != node.end() && table->is_object() && table->contains("rows")) {
            ++content.tables;
            content.rows += table->at("rows").size();
        }
    for (auto const& child : node) count_tables(child, content);
}

std::string emptiness(Json const& model) {
    auto const& sources = model.at("run").at("sources");
    if (std::ranges::all_of(sources, [](Json const& s) { return s.at("rows").at("$num") == "0"; }))
        return sources.empty() ? "no source was read" : "none of its sources has a row";
    Content content;
    for (auto const& figure : model.value("figures", Json::array())) {
        ++content.figures;
        if (auto const& value = figure.at("value"); !value.is_object() || !value.contains("$na"))
            ++content.figures_with_value;
    }
    count_tables(model, content);
    if (content.figures > 0 && content.figures_with_value == 0)
        return fmt::format("none of its {} figures is available", content.figures);
    if (content.tables > 0 && content.rows == 0) return fmt::format("none of its {} tables has a row", content.tables);
    return {};
}

/// Rows that were read.
std::int64_t rows_of(Json const& source) {
    auto const text = source.at("rows").at("$num").get<std::string>();
    std::int64_t n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

/// An export that went wrong has a heading and no rows, or is cut off: the report is not empty, but wrong. `few`: that
/// a source has become less is said of it too; not so of a month that has just begun.
void find_lost_sources(GateFinding& finding, Json const& model, Json const& before, bool few,
                       std::vector<std::string> const& may_be_empty) {
    constexpr std::int64_t many = 20; // rows of which hardly half go at once
    for (auto const& source : model.at("run").at("sources")) {
        auto const dataset = source.at("dataset").get<std::string>();
        auto const& sources = before.at("run").at("sources");
        auto const known = std::ranges::find_if(sources, [&](Json const& s) { return s.at("dataset") == dataset; });
        if (known == sources.end() || std::ranges::find(may_be_empty, dataset) != may_be_empty.end()) continue;
        auto const was = rows_of(*known), is = rows_of(source);
        if (was == 0 || (is > 0 && (!few || was < many || is * 2 >= was))) continue;
        add(finding, fmt::format("{}: {} of {} ({}) has {}, and had {} when it was sent last", report_of(model),
                                 dataset, source.at("name").get<std::string>(), source.at("file").get<std::string>(),
                                 is == 0 ? "no rows" : fmt::format("{} rows only", is), was));
    }
}

GateFinding not_empty(data::Schedule const& schedule, Product const& product, std::vector<Json> const& sent) {
    auto const& gates = schedule.gates;
    bool const few = schedule.period != "this month";
    GateFinding finding{"not_empty", true, true, {}};
    for (auto const& model : product.models) {
        if (auto const why = emptiness(model); !why.empty())
            add(finding, "the report " + report_of(model) + " is empty: " + why);
        else if (auto const* before = model_of(sent, report_of(model)))
            find_lost_sources(finding, model, *before, few, gates.may_be_empty);
    }
    return finding;
}

} // namespace

Verdict judge(data::Schedule const& schedule, Product const& product, std::vector<Json> const& sent, Instant now,
              std::string const& zone) {
    auto const& gates = schedule.gates;
    Verdict verdict;
    if (gates.fresh || !gates.fresh_of.empty()) verdict.each.push_back(fresh(gates, product, now, zone));
    if (gates.complete) verdict.each.push_back(complete(schedule, product));
    if (gates.ties_out) verdict.each.push_back(ties_out(product, sent));
    if (gates.not_empty) verdict.each.push_back(not_empty(schedule, product, sent));
    for (auto const& finding : verdict.each) {
        if (finding.good) continue;
        verdict.good = false;
        verdict.may_become_good = verdict.may_become_good && finding.may_become_good;
        verdict.reason += (verdict.reason.empty() ? "" : "\n") + finding.gate + ": " + finding.reason;
    }
    return verdict;
}

std::vector<std::string> gate_words(data::Gates const& gates) {
    std::vector<std::string> words;
    if (gates.fresh) words.push_back("no source older than " + duration_words(*gates.fresh));
    for (auto const& [connection, age] : gates.fresh_of)
        words.push_back(connection + " not older than " + duration_words(age));
    if (gates.complete) words.emplace_back("complete");
    if (gates.ties_out) words.emplace_back("totals tie out");
    if (gates.not_empty)
        words.push_back(gates.may_be_empty.empty()
                            ? "not empty"
                            : fmt::format("not empty, but for {}", fmt::join(gates.may_be_empty, ", ")));
    return words;
}

} // namespace deckle::service
