#include "model/tables.hpp"
#include "model/number_pattern.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace deckle::model {
namespace {

constexpr std::size_t longest_name = 31; // of a sheet, in UTF-16 units

std::string places(int digits) {
    return digits > 0 ? "." + std::string(static_cast<std::size_t>(digits), '0') : "";
}

int places_of(std::string_view decimal) {
    auto const dot = decimal.find('.');
    return dot == std::string_view::npos ? 0 : static_cast<int>(decimal.size() - dot - 1);
}

/// Literal text of a number format.
std::string literal(std::string_view text) {
    if (text.empty()) return {};
    std::string quoted = "\"";
    for (char const c : text)
        if (c != '"') quoted += c;
    return quoted + "\"";
}

/// As the locale writes the currency: "$"#,##0.00
std::string money_pattern(std::string const& currency, Formatter const& formatter) {
    std::string const one = formatter.money(Decimal(1), currency);
    auto const first = one.find('1'), last = one.find_last_of("0123456789");
    return literal(std::string_view(one).substr(0, first)) + "#,##0" + places(currency_digits(currency)) +
           literal(std::string_view(one).substr(last + 1));
}

DataCell cell_of(Json const& value, Formatter const& formatter) {
    using Kind = DataCell::Kind;
    if (value.is_number()) return {Kind::number, value.dump(), ""};
    auto const type = value.is_object() ? leaf_type(value) : std::string_view();
    if (type.empty()) return {Kind::text, formatter.text(value), ""};
    Json const& main = value.begin().value();
    if (type == "money") return {Kind::number, main.at(0), money_pattern(main.at(1), formatter)};
    if (type == "num") {
        std::string const text = main;
        return {Kind::number, text, "#,##0" + places(value.value("digits", places_of(text)))};
    }
    if (type == "pct") return {Kind::number, main, "0" + places(value.value("digits", 1)) + "%"};
    if (type == "date") return {Kind::date, main, "yyyy-mm-dd"};
    if (type == "datetime") return {Kind::datetime, main, "yyyy-mm-dd hh:mm"};
    return {Kind::text, formatter.text(value), ""};
}

/// The page may show thousands; here values are whole, so their unit is the currency itself.
std::string unit_of(Json const& table, Formatter const& formatter) {
    if (!table.contains("unit")) return {};
    std::set<std::string> currencies;
    bool scaled = false;
    for (auto const* part : {"rows", "footer"})
        for (auto const& row : table.value(part, Json::array()))
            for (auto const& cell : row.at("cells")) {
                if (!cell.is_object() || cell.value("scale", 0) == 0) continue;
                scaled = true;
                if (leaf_type(cell) == "money") currencies.insert(cell.begin().value().at(1).get<std::string>());
            }
    return scaled ? fmt::format("{}", fmt::join(currencies, ", ")) : formatter.text(table["unit"]);
}

/// What Excel accepts, cut between words where that is near.
std::string sheet_name(std::string const& wanted, std::string const& ending) {
    constexpr std::string_view refused = "[]:*?/\\", instead = "(),  --";
    std::string name;
    std::size_t units = 0;
    bool cut = false;
    for (std::size_t i = 0; i < wanted.size() && !cut;) {
        auto const first = static_cast<unsigned char>(wanted[i]);
        std::size_t const length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        units += first >= 0xF0 ? 2 : 1;
        cut = units + ending.size() > longest_name;
        if (cut) break;
        auto const at = refused.find(wanted[i]);
        name += first < 0x20                   ? " "
                : at != std::string_view::npos ? std::string(1, instead[at])
                                               : wanted.substr(i, length);
        i += length;
    }
    if (auto const space = name.rfind(' '); cut && space != std::string::npos && space > name.size() / 2)
        name.resize(space);
    auto const edge = [](char c) { return std::string_view("' ,-").find(c) != std::string_view::npos; };
    while (!name.empty() && edge(name.front())) name.erase(0, 1);
    while (!name.empty() && edge(name.back())) name.pop_back();
    return (name.empty() ? "Table" : name) + ending;
}

/// "Cash", then "Cash (2)"; case makes no difference to Excel, and "History" is its own.
std::string unique_name(std::string const& wanted, std::set<std::string>& taken) {
    for (int n = 1;; ++n) {
        std::string const name = sheet_name(wanted, n == 1 ? "" : fmt::format(" ({})", n));
        std::string folded = name;
        std::transform(folded.begin(), folded.end(), folded.begin(), [](unsigned char c) {
            return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
        });
        if (taken.insert(folded).second) return name;
    }
}

DataTable figures_table(Json const& report_model, Formatter const& formatter) {
    DataTable table{
        "Figures",
        "",
        "",
        {"Figure", "Value", "Unit", "Period", "Complete", "Not available because", "Id", "Version", "Formula"},
        {},
        0};
    auto const list = report_model.value("figures", Json::array());
    auto const exact = figures(report_model);
    for (std::size_t i = 0; i < exact.size(); ++i) {
        Figure const& figure = exact[i];
        auto const text = [](std::string value) { return DataCell{DataCell::Kind::text, std::move(value), ""}; };
        table.rows.push_back({text(figure.label),
                              figure.value ? cell_of(list[i].at("value"), formatter) : text(""),
                              text(figure.unit),
                              text(figure.period),
                              text(figure.complete ? "yes" : "no"),
                              text(figure.reason),
                              text(figure.id),
                              {DataCell::Kind::number, std::to_string(figure.version), "0"},
                              text(figure.formula)});
    }
    return table;
}

} // namespace

std::vector<DataTable> data_tables(Json const& report_model, Formatter const& formatter) {
    std::vector<DataTable> tables;
    for (auto const& section : report_model.value("sections", Json::array()))
        for (auto const& block : section.at("blocks")) {
            if (!block.contains("table")) continue;
            Json const& source = block["table"];
            DataTable table;
            table.section = formatter.text(section.value("title", Json("")));
            if (source.contains("caption")) table.caption = formatter.text(source["caption"]);
            table.unit = unit_of(source, formatter);
            for (auto const& column : source.at("columns")) table.columns.push_back(formatter.text(column.at("label")));
            for (auto const* part : {"rows", "footer"})
                for (auto const& row : source.value(part, Json::array())) {
                    auto& cells = table.rows.emplace_back();
                    for (auto const& cell : row.at("cells")) cells.push_back(cell_of(cell, formatter));
                }
            table.footer = source.value("footer", Json::array()).size();
            tables.push_back(std::move(table));
        }
    return tables;
}

Workbook workbook(Json const& report_model, Formatter const& formatter, Instant created) {
    Workbook book;
    auto const& run = report_model.at("run");
    book.title = text_of(run, "report_title") + ", " + formatter.text(run.at("period"));
    book.author = text_of(run, "company");
    book.created = created;
    book.zone = formatter.zone();
    std::set<std::string> taken{"history"};
    book.sheets.push_back({unique_name("Figures", taken), figures_table(report_model, formatter)});
    for (auto& table : data_tables(report_model, formatter)) {
        std::string name = unique_name(table.caption.empty() ? table.section : table.caption, taken);
        book.sheets.push_back({std::move(name), std::move(table)});
    }
    return book;
}

} // namespace deckle::model
