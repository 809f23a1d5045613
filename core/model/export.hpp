/// What the model holds as data: key figures and tables, without any layout.
#pragma once
#include "model/formatter.hpp"
#include "model/json.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::model {

/// One key figure, comparable between firms by id and version.
struct Figure {
    std::string id;
    int version = 1;
    std::string label;
    std::optional<std::string> value; // exact decimal or ISO date; nullopt when not available
    std::string reason;               // why not
    std::string unit;                 // ISO currency code, "ratio", "days", "date" ...
    std::string period;
    bool complete = true;
    std::vector<std::string> source; // datasets
    std::string formula;
};

/// In the model's order. REQUIRES: a valid model.
[[nodiscard]] std::vector<Figure> figures(Json const& report_model);
[[nodiscard]] std::string figures_json(std::vector<Figure> const& figures);
/// RFC 4180 with header and CRLF; a text cell that a spreadsheet would run as a formula gets a leading apostrophe,
/// numbers stay numbers.
[[nodiscard]] std::string figures_csv(std::vector<Figure> const& figures);

/// Every table block: a line with its caption and unit, the header, rows and footer; tables are parted by an empty
/// line. Values are exact, unformatted and never scaled (1234.50, 2026-10-31, 0.31), so that of a page's "thousand
/// dollars" only the currency remains; other leaves as text.
[[nodiscard]] std::string tables_csv(Json const& report_model, Formatter const& formatter);

/// One RFC 4180 field. `is_number`: written as it is, like a text that is a number.
[[nodiscard]] std::string csv_field(std::string_view text, bool is_number = false);

} // namespace deckle::model
