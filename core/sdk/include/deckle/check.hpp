/// Checks of a report's own totals: two ways to one number that have to agree to the last digit. The page shows those
/// that do not, and a schedule holds such a report back. Only for what really is computed twice.
///
///     deckle::add_check(report, {.id = "ar.aging", .label = "Ageing buckets add up to open receivables",
///                                .expected = open, .actual = buckets, .currency = "USD"});
#pragma once
#include "model.hpp"

namespace deckle {

struct Check {
    std::string id; // "ar.aging"
    Json label;
    Decimal expected, actual;
    std::string currency = {}; // empty = a count
    Json note = nullptr;       // where to look when it fails
};

/// To `checks` of the model.
inline void add_check(Report& report, Check const& c) {
    auto const amount = [&](Decimal const& d) {
        return c.currency.empty() ? leaf::num(d.trimmed()) : leaf::money(d.trimmed(), c.currency);
    };
    Json item{{"id", c.id},
              {"label", c.label},
              {"ok", c.expected == c.actual},
              {"expected", amount(c.expected)},
              {"actual", amount(c.actual)},
              {"difference", amount(c.actual - c.expected)}};
    if (!c.note.is_null()) item["note"] = c.note;
    Json list = report.json().value("checks", Json::array());
    list.push_back(std::move(item));
    report.set("checks", list);
}

} // namespace deckle
