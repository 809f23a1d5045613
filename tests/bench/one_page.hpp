/// A one-page report with key figures, a chart and a table; each `variant` is another one.
#pragma once
#include "table_rows.hpp"
#include <nlohmann/json.hpp>

namespace deckle::bench {

using nlohmann::json;

/// "12,345.67" -> {"$money": ["12345.67", currency]}
inline json money_leaf(std::string text, std::string const& currency) {
    std::erase(text, ',');
    return {{"$money", {text, currency}}};
}

/// A table block of the rows [first, first + count), in typed cells.
inline json table_block(std::uint32_t first, std::uint32_t count, std::string const& currency) {
    json labels = json::array(), lines = json::array();
    for (std::size_t c = 0; c < columns.size(); ++c)
        labels.push_back({{"label", columns[c]}, {"align", c >= 4 ? "right" : "left"}});
    for (std::uint32_t i = first; i < first + count; ++i) {
        auto const cells = row(i);
        lines.push_back({{"cells",
                          {cells[0],
                           {{"$date", cells[1]}},
                           cells[2],
                           cells[3],
                           money_leaf(cells[4], currency),
                           money_leaf(cells[5], currency)}}});
    }
    return {{"table", {{"columns", std::move(labels)}, {"rows", std::move(lines)}}}};
}

inline json report_model(json blocks) {
    return {{"schema", "deckle.report/1"},
            {"title", "Ledger"},
            {"sections", {{{"id", "ledger"}, {"title", "Ledger"}, {"blocks", std::move(blocks)}}}},
            {"figures", json::array()}};
}

inline json one_page(std::uint32_t variant, std::string const& currency) {
    json months = json::array(), actual = json::array(), plan = json::array();
    for (std::uint32_t m = 1; m <= 12; ++m) {
        months.push_back({{"$date", fmt::format("2026-{:02}-01", m)}, {"style", "month_short"}});
        actual.push_back(std::to_string(180000 + (m + variant) * 7919 % 50000));
        plan.push_back(std::to_string(190000 + m * 1500 + variant));
    }
    json blocks = json::array();
    blocks.push_back({{"key_figures",
                       {{{"label", "Billed"}, {"value", money_leaf(money(31840000 + variant * 997), currency)}},
                        {{"label", "Open"}, {"value", money_leaf(money(9231050 + variant * 89), currency)}},
                        {{"label", "Overdue"}, {"value", money_leaf(money(1204500 + variant * 13), currency)}}}}});
    json const chart{{"kind", "bar"},
                     {"title", "Billed by month"},
                     {"unit", currency},
                     {"categories", months},
                     {"series",
                      {{{"name", "Actual"}, {"role", "actual"}, {"values", actual}},
                       {{"name", "Plan"}, {"role", "plan"}, {"values", plan}}}},
                     {"currency", currency},
                     {"alt", "Billed by month against plan"}};
    blocks.push_back({{"chart", {{"$chart", chart}}}});
    blocks.push_back(table_block(variant * 20, 15, currency));
    return report_model(std::move(blocks));
}

} // namespace deckle::bench
