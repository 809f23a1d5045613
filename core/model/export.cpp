#include "model/export.hpp"
#include "model/leaf.hpp"
#include "model/tables.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::model {
namespace {

constexpr std::string_view line_end = "\r\n";

/// What a leaf says exactly, without formatting.
std::string exact(Json const& value) {
    auto const type = leaf_type(value);
    if (value.is_object() && type == "money") return value["$money"].at(0).get<std::string>();
    if (value.is_object() && !type.empty()) {
        Json const& main = value.begin().value();
        if (type == "num" || type == "pct" || type == "date" || type == "datetime") return main.get<std::string>();
    }
    return value.is_number() ? value.dump() : value.is_string() ? value.get<std::string>() : std::string();
}

void add_row(std::string& out, std::vector<std::string> const& fields) {
    out += fmt::format("{}{}", fmt::join(fields, ","), line_end);
}

void add_table(std::string& out, DataTable const& table) {
    if (!out.empty()) out += line_end;
    std::string caption = table.section;
    if (!table.caption.empty()) caption += ": " + table.caption;
    if (!table.unit.empty()) caption += " (" + table.unit + ")";
    add_row(out, {csv_field(caption)});
    std::vector<std::string> fields;
    for (auto const& column : table.columns) fields.push_back(csv_field(column));
    add_row(out, fields);
    for (auto const& row : table.rows) {
        fields.clear();
        for (auto const& cell : row) fields.push_back(csv_field(cell.text, cell.kind != DataCell::Kind::text));
        add_row(out, fields);
    }
}

} // namespace

std::vector<Figure> figures(Json const& report_model) {
    std::vector<Figure> out;
    auto const list = report_model.find("figures");
    if (list == report_model.end()) return out;
    for (auto const& item : *list) {
        Figure figure;
        figure.id = item.at("id").get<std::string>();
        figure.version = item.at("version").get<int>();
        figure.label = item.at("label").get<std::string>();
        figure.unit = text_of(item, "unit");
        figure.period = text_of(item, "period");
        figure.formula = text_of(item, "formula");
        figure.complete = item.value("complete", true);
        figure.source = item.value("source", std::vector<std::string>{});
        Json const& value = item.at("value");
        auto const type = leaf_type(value);
        if (type == "na")
            figure.reason = value["$na"].get<std::string>();
        else if (type == "text")
            figure.value = value.is_object() ? value["$text"].get<std::string>() : value.get<std::string>();
        else
            figure.value = exact(value);
        if (figure.unit.empty())
            figure.unit = type == "money"  ? value["$money"][1].get<std::string>()
                          : type == "pct"  ? "ratio"
                          : type == "date" ? "date"
                                           : "";
        out.push_back(std::move(figure));
    }
    return out;
}

std::string figures_json(std::vector<Figure> const& figures) {
    Json list = Json::array();
    for (auto const& figure : figures) {
        Json item = {{"id", figure.id},
                     {"version", figure.version},
                     {"label", figure.label},
                     {"value", nullptr},
                     {"unit", figure.unit},
                     {"period", figure.period},
                     {"complete", figure.complete},
                     {"source", figure.source},
                     {"formula", figure.formula}};
        if (figure.value)
            item["value"] = *figure.value;
        else
            item["reason"] = figure.reason;
        list.push_back(std::move(item));
    }
    return list.dump(2) + "\n";
}

std::string figures_csv(std::vector<Figure> const& figures) {
    std::string out;
    add_row(out, {"id", "version", "label", "value", "unit", "period", "complete", "not_available_because", "source",
                  "formula"});
    for (auto const& figure : figures) {
        bool const number = figure.value && (Decimal::parse(*figure.value) || Date::parse(*figure.value));
        add_row(out, {csv_field(figure.id), std::to_string(figure.version), csv_field(figure.label),
                      csv_field(figure.value.value_or(""), number), csv_field(figure.unit), csv_field(figure.period),
                      figure.complete ? "yes" : "no", csv_field(figure.reason),
                      csv_field(fmt::format("{}", fmt::join(figure.source, " "))), csv_field(figure.formula)});
    }
    return out;
}

std::string tables_csv(Json const& report_model, Formatter const& formatter) {
    std::string out;
    for (auto const& table : data_tables(report_model, formatter)) add_table(out, table);
    return out;
}

// OWASP, CSV injection: a field that starts with one of = + - @ tab CR is run by spreadsheets.
std::string csv_field(std::string_view text, bool is_number) {
    std::string out;
    bool const dangerous = !is_number && !text.empty() &&
                           std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos &&
                           !Decimal::parse(text);
    if (dangerous) out += '\'';
    out += text;
    if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (char const c : out) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

} // namespace deckle::model
