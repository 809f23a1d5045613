/// Builders for the report model (core/sdk/schema/report-model-1.json): leaves, blocks, figures, the report itself.
/// All are plain nlohmann::json in the end; what no builder covers is written as JSON beside them.
///
///     Report report(leaf::text("Cash stays above the {min} minimum", {{"min", leaf::money(min, "USD", {.digits =
///     0})}})); report.section("position", "Where we stand",
///                    {block::key_figures({{"Cash today", leaf::money(cash, "USD")}}),
///                     block::Table().column("Customer").column("Balance", Align::right)
///                         .row({"Acme", leaf::money(balance, "USD")}).json()});
///     report.figure({.id = "cash.dso", .label = "Days sales outstanding", .value = leaf::num(dso), .unit = "days",
///                    .period = "2026-10", .source = {"invoices"}, .formula = "A/R / sales x days"});
///     job.write(report.json());
#pragma once
#include "date.hpp"
#include "decimal.hpp"
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle {

using Json = nlohmann::json;

/// Typed values that the host formats by locale. Plain strings are plain text.
namespace leaf {

struct MoneyStyle {
    std::optional<int> digits = {}; // places shown; the currency's own when absent
    int scale = 0;                  // 3 = in thousands; then no symbol
    bool symbol = true;
    bool accounting = false; // negatives in parentheses
    bool sign = false;       // explicit +
};
struct NumberStyle {
    std::optional<int> digits = {};
    bool sign = false;
};

inline Json money(Decimal amount, std::string_view currency, MoneyStyle const& style = {}) {
    Json leaf{{"$money", Json::array({amount.to_string(), std::string(currency)})}};
    if (style.digits) leaf["digits"] = *style.digits;
    if (style.scale != 0) leaf["scale"] = style.scale;
    if (!style.symbol) leaf["symbol"] = false;
    if (style.accounting) leaf["accounting"] = true;
    if (style.sign) leaf["sign"] = true;
    return leaf;
}

namespace detail {
inline Json number(char const* kind, Decimal value, NumberStyle const& style) {
    Json leaf{{kind, value.to_string()}};
    if (style.digits) leaf["digits"] = *style.digits;
    if (style.sign) leaf["sign"] = true;
    return leaf;
}
} // namespace detail

inline Json num(Decimal value, NumberStyle const& style = {}) {
    return detail::number("$num", value, style);
}
/// A ratio: 0.31 prints as 31.0%.
inline Json pct(Decimal ratio, NumberStyle const& style = {}) {
    return detail::number("$pct", ratio, style);
}

/// `style`: "long" October 31, 2026 | "medium" Oct 31, 2026 | "day" Oct 31 | "month" October 2026 | "month_short" Oct |
/// "month_year" Oct 2026.
inline Json date(Date day, std::string_view style = "medium") {
    Json leaf{{"$date", day.to_string()}};
    if (style != "medium") leaf["style"] = std::string(style);
    return leaf;
}
/// `style`: "medium" Nov 1, 2026 06:00 CDT | "short" Nov 1 06:00 CDT.
inline Json datetime(std::chrono::sys_time<std::chrono::milliseconds> at, std::string_view style = "medium") {
    auto const day = std::chrono::floor<std::chrono::days>(at);
    auto const seconds = static_cast<int>(std::chrono::floor<std::chrono::seconds>(at - day).count());
    auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    std::string const date = Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count())).to_string();
    Json leaf{
        {"$datetime", date + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) + "Z"}};
    if (style != "medium") leaf["style"] = std::string(style);
    return leaf;
}
/// Undefined, and why ("no_revenue"): never 0 or blank.
inline Json na(std::string_view reason) {
    return Json{{"$na", std::string(reason)}};
}
/// A sentence with leaves inside: text("{n} are due", {{"n", num(3)}}); {{ and }} are literal braces.
inline Json text(std::string_view pattern, std::vector<std::pair<std::string, Json>> const& args = {}) {
    Json leaf{{"$text", std::string(pattern)}};
    for (auto const& [name, value] : args) leaf["args"][name] = value;
    return leaf;
}
inline Json markdown(std::string_view source) {
    return Json{{"$markdown", std::string(source)}};
}
inline Json image(std::string_view path) {
    return Json{{"$image", std::string(path)}};
}

} // namespace leaf

/// A chart; made from exact numbers, drawn by the host. nullopt leaves a gap.
class Chart {
public:
    using Values = std::vector<std::optional<Decimal>>;
    /// `kind`: bar, stacked_bar, line, step, waterfall, sparkline.
    explicit Chart(std::string_view kind) : spec_{{"kind", std::string(kind)}, {"series", Json::array()}} {}

    Chart& categories(std::vector<Json> const& labels) { return set("categories", Json(labels)); }
    /// `role`: actual, plan, forecast, previous.
    Chart& series(Json const& name, std::string_view role, Values const& values) {
        Json texts = Json::array();
        for (auto const& v : values) texts.push_back(v ? Json(v->to_string()) : Json());
        spec_["series"].push_back({{"name", name}, {"role", std::string(role)}, {"values", texts}});
        return *this;
    }
    /// A labelled band between two values ("minimum 250").
    Chart& band(Decimal from, Decimal to, Json const& label) {
        return set("band", {{"from", from.to_string()}, {"to", to.to_string()}, {"label", label}});
    }
    /// Names one point; `tone`: bad, soon, strong.
    Chart& mark(std::size_t series, std::size_t index, Json const& label, std::string_view tone) {
        spec_["marks"].push_back({{"series", series}, {"index", index}, {"label", label}, {"tone", std::string(tone)}});
        return *this;
    }
    /// Any further member: title, unit, now, totals, scale, digits, currency, width, height, alt.
    Chart& set(std::string const& member, Json const& value) {
        spec_[member] = value;
        return *this;
    }
    [[nodiscard]] Json json() const { return Json{{"$chart", spec_}}; }

private:
    Json spec_;
};

enum class Align { left, right, center };

/// The parts of a section; `tone` is bad, soon, info, strong or empty, as the schema allows.
namespace block {

inline Json text(Json const& content) {
    return Json{{"text", content}};
}
inline Json heading(Json const& content) {
    return Json{{"heading", {{"text", content}}}};
}
inline Json chart(Chart const& chart) {
    return Json{{"chart", chart.json()}};
}
inline Json callout(std::string_view tone, Json const& content) {
    return Json{{"callout", {{"tone", std::string(tone)}, {"text", content}}}};
}
inline Json page_break() {
    return Json{{"page_break", true}};
}
inline Json markdown(std::string_view source) {
    return Json{{"markdown", leaf::markdown(source)}};
}
/// What a section would show, and the command that binds its data.
inline Json missing(Json const& title, Json const& would_show, std::string_view command) {
    return Json{{"missing", {{"title", title}, {"would_show", would_show}, {"command", std::string(command)}}}};
}

struct KeyFigure {
    Json label;
    Json value;
    Json note = nullptr;
    std::string tone = {};
};
inline Json key_figures(std::vector<KeyFigure> const& figures) {
    Json list = Json::array();
    for (KeyFigure const& f : figures) {
        Json item{{"label", f.label}, {"value", f.value}};
        if (!f.note.is_null()) item["note"] = f.note;
        if (!f.tone.empty()) item["tone"] = f.tone;
        list.push_back(std::move(item));
    }
    return Json{{"key_figures", list}};
}

struct Action {
    Json when;
    Json what;
    Json owner = nullptr;
    Json due = nullptr;
    std::string tone = {};
};
inline Json actions(std::vector<Action> const& actions) {
    Json list = Json::array();
    for (Action const& a : actions) {
        Json item{{"when", a.when}, {"what", a.what}};
        if (!a.owner.is_null()) item["owner"] = a.owner;
        if (!a.due.is_null()) item["due"] = a.due;
        if (!a.tone.empty()) item["tone"] = a.tone;
        list.push_back(std::move(item));
    }
    return Json{{"actions", list}};
}

class Table {
public:
    Table& caption(Json const& content) { return set("caption", content); }
    Table& unit(Json const& content) { return set("unit", content); }
    Table& column(Json const& label, Align align = Align::left) {
        static constexpr char const* names[] = {"left", "right", "center"};
        table_["columns"].push_back({{"label", label}, {"align", names[static_cast<int>(align)]}});
        return *this;
    }
    /// The column added last is added up where the table is cut by a page end; see carry(). `pattern` is one of ICU,
    /// such as "#,##0.00;(#,##0.00)".
    Table& sum(std::string const& pattern = "#,##0.00") {
        table_["columns"].back()["sum"] = pattern;
        return *this;
    }
    /// On paper, pages after the first begin with a row of what is brought forward, and pages before the last end with
    /// what is carried forward: sums of the columns that have sum(), with these labels in the first column.
    Table& carry(Json const& brought, Json const& carried) {
        return set("carry", Json{{"brought", brought}, {"carried", carried}});
    }
    Table& row(std::vector<Json> const& cells, std::string_view tone = {}) {
        Json item{{"cells", Json(cells)}};
        if (!tone.empty()) item["tone"] = std::string(tone);
        table_["rows"].push_back(std::move(item));
        return *this;
    }
    Table& footer(std::vector<Json> const& cells) {
        table_["footer"].push_back({{"cells", Json(cells)}});
        return *this;
    }
    [[nodiscard]] Json json() const { return Json{{"table", table_}}; }

private:
    Table& set(char const* member, Json const& value) {
        table_[member] = value;
        return *this;
    }
    Json table_{{"columns", Json::array()}, {"rows", Json::array()}};
};

} // namespace block

/// A number with a stable identity: two firms with equal id and version can be compared.
struct Figure {
    std::string id; // "cash.dso"
    int version = 1;
    Json label;
    Json value; // a leaf; leaf::na when undefined
    std::string unit;
    std::string period; // "2026-10"
    bool complete = true;
    std::vector<std::string> source = {}; // datasets
    std::string formula = {};
};

/// Of an editable document (descriptor kind "document"): one thing a person fills in. `value` is what a new draft
/// begins with; later the texts come with the request, see Edits in plugin.hpp.
struct Field {
    enum class Kind { text, number, choice, date, file };
    enum class Unit { words, characters, characters_without_spaces, x_weighted };
    struct Limit {
        int max = 0;
        Unit unit = Unit::words;
    };
    struct Offer { // an earlier text to take over
        Json label;
        std::string value;
    };
    std::string id; // letters, digits, - and _
    Json label;
    Kind kind = Kind::text;
    std::string value = {}; // may hold merge fields: {{revenue.total.2025|money}}
    std::string section = {};
    bool markdown = false;
    bool required = false;
    Json guidance = nullptr;
    std::optional<Limit> limit = {};
    std::vector<std::string> choices = {};
    std::optional<Decimal> weight = {};
    std::string approver = {}; // the one person whose approval it needs
    std::vector<Offer> offered = {};
};

/// What is wrong with an editable document and what to do; an error keeps it from being approved.
struct Finding {
    enum class Severity { error, warning, info };
    std::string rule; // "headline.length"
    Severity severity = Severity::warning;
    Json message;
    std::string field = {}; // id; empty = the whole document
};

class Report {
public:
    /// `title` is the message of the report, a sentence.
    explicit Report(Json const& title)
        : model_{{"schema", "deckle.report/1"},
                 {"title", title},
                 {"sections", Json::array()},
                 {"figures", Json::array()}} {}

    Report& lead(Json const& content) { return set("lead", content); }
    Report& section(std::string_view id, Json const& title, std::vector<Json> const& blocks,
                    Json const& note = nullptr) {
        Json item{{"id", std::string(id)}, {"title", title}, {"blocks", Json(blocks)}};
        if (!note.is_null()) item["note"] = note;
        model_["sections"].push_back(std::move(item));
        return *this;
    }
    Report& figure(Figure const& f) {
        model_["figures"].push_back({{"id", f.id},
                                     {"version", f.version},
                                     {"label", f.label},
                                     {"value", f.value},
                                     {"unit", f.unit},
                                     {"period", f.period},
                                     {"complete", f.complete},
                                     {"source", f.source},
                                     {"formula", f.formula}});
        return *this;
    }
    Report& field(Field const& f) {
        static constexpr char const* kinds[] = {"text", "number", "choice", "date", "file"};
        static constexpr char const* units[] = {"words", "characters", "characters_without_spaces", "x_weighted"};
        Json item{{"id", f.id}, {"label", f.label}, {"kind", kinds[static_cast<int>(f.kind)]}, {"value", f.value}};
        if (!f.section.empty()) item["section"] = f.section;
        if (f.markdown) item["markdown"] = true;
        if (f.required) item["required"] = true;
        if (!f.guidance.is_null()) item["guidance"] = f.guidance;
        if (f.limit) item["limit"] = {{"max", f.limit->max}, {"unit", units[static_cast<int>(f.limit->unit)]}};
        if (!f.choices.empty()) item["choices"] = f.choices;
        if (f.weight) item["weight"] = f.weight->to_string();
        if (!f.approver.empty()) item["approver"] = f.approver;
        for (Field::Offer const& o : f.offered) item["offered"].push_back({{"label", o.label}, {"value", o.value}});
        model_["fields"].push_back(std::move(item));
        return *this;
    }
    Report& finding(Finding const& f) {
        static constexpr char const* severities[] = {"error", "warning", "info"};
        Json item{{"rule", f.rule}, {"severity", severities[static_cast<int>(f.severity)]}, {"message", f.message}};
        if (!f.field.empty()) item["field"] = f.field;
        model_["findings"].push_back(std::move(item));
        return *this;
    }
    /// A further member, for the plugin's own template.
    Report& set(std::string const& member, Json const& value) {
        model_[member] = value;
        return *this;
    }
    [[nodiscard]] Json const& json() const { return model_; }

private:
    Json model_;
};

} // namespace deckle
