/// Tables as data, without layout: what goes into CSV files and workbooks.
#pragma once
#include "base/zone.hpp"
#include "model/export.hpp"
#include "model/formatter.hpp"
#include "model/json.hpp"
#include <string>
#include <vector>

namespace deckle::model {

struct DataCell {
    enum class Kind { text, number, date, datetime } kind = Kind::text;
    std::string text;    // number: the exact decimal; date: 2026-10-31; datetime: 2026-10-31T07:00:00Z; text as printed
    std::string pattern; // number format of spreadsheets, such as #,##0.00; empty = none
};

struct DataTable {
    std::string section, caption; // titles; the caption may be empty
    std::string unit;             // of the values here, which are never scaled: "dollars", "USD"; may be empty
    std::vector<std::string> columns;
    std::vector<std::vector<DataCell>> rows; // footer included
    std::size_t footer = 0;                  // of the rows, how many at the end are totals
};

/// Every table block, in the model's order. REQUIRES: a valid model.
[[nodiscard]] std::vector<DataTable> data_tables(Json const& report_model, Formatter const& formatter);

struct Sheet {
    std::string name; // valid and unlike the others, as spreadsheets want it: 31 characters, none of []:*?/\ ...
    DataTable table;
};

/// Key figures, then a sheet for each table.
struct Workbook {
    std::string title, author;
    Instant created{};
    std::string zone; // of the datetimes
    std::vector<Sheet> sheets;
};

/// `run` of the model gives title and author. REQUIRES: a valid model with `run`.
[[nodiscard]] Workbook workbook(Json const& report_model, Formatter const& formatter, Instant created);

} // namespace deckle::model
