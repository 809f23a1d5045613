/// The ledger as an HTML page: header, zebra and borders, as a report writer would write it.
#pragma once
#include "table_rows.hpp"

namespace deckle::bench {

inline std::string table_page(std::uint32_t rows) {
    std::string html = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ledger</title><style>
@page { size: A4; margin: 15mm }
body { margin: 0; font: 8pt/1.2 "Liberation Sans" }
table { width: 100%; border-collapse: collapse }
th, td { border: 0.5pt solid #777; padding: 1.5pt 3pt; text-align: left }
th { background: #ccd9e6 }
tbody tr:nth-child(even) { background: #f2f2f2 }
.n { text-align: right }
</style></head><body><table><thead><tr>)";
    for (std::size_t c = 0; c < columns.size(); ++c)
        html += fmt::format("<th{}>{}</th>", c >= 4 ? " class=\"n\"" : "", columns[c]);
    html += "</tr></thead><tbody>\n";
    for (std::uint32_t i = 0; i < rows; ++i) {
        auto const cells = row(i);
        html += "<tr>";
        for (std::size_t c = 0; c < cells.size(); ++c)
            html.append(c >= 4 ? "<td class=\"n\">" : "<td>").append(cells[c]).append("</td>");
        html += "</tr>\n";
    }
    return html + "</tbody></table></body></html>\n";
}

} // namespace deckle::bench
