/// A handful of facts, asked on November 22, 2026.
#pragma once
#include "facts/merge.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::facts {

inline Fact fact(std::string id, std::string const& period, std::string label, Value value,
                 char const* as_of = "2026-10-31") {
    Fact fact;
    fact.id = std::move(id);
    fact.period = parse_period(period).value();
    fact.label = std::move(label);
    fact.value = std::move(value);
    fact.source = "Test";
    fact.as_of = Date::of(as_of);
    return fact;
}

inline Value usd(char const* amount) {
    return {Decimal::of(amount), "USD", {}};
}
inline Value count(char const* number, char const* unit = "customers") {
    return {Decimal::of(number), unit, {}};
}

struct FactsTest : testing::Test {
    std::vector<Fact> all = {
        fact("revenue.total", "2023", "Total revenue", usd("1000000")),
        fact("revenue.total", "2025", "Total revenue", usd("4268437.16")),
        fact("revenue.total", "2026", "Total revenue", usd("5591652.68")),
        fact("revenue.total", "LTM 2025-10", "Total revenue", usd("4208412.74")),
        fact("revenue.total", "LTM 2026-10", "Total revenue", usd("4460714.25")),
        fact("revenue.recurring", "2025", "Recurring revenue", usd("2608584.16")),
        fact("revenue.cloud", "2025", "Cloud revenue", usd("0")),
        fact("revenue.cloud", "2026", "Cloud revenue", usd("120000")),
        fact("profit", "2025", "Profit", usd("-20000")),
        fact("profit", "2026", "Profit", usd("30000")),
        fact("revenue.small", "2023", "Small", usd("1000000")),
        fact("revenue.small", "2026", "Small", usd("1728000")),
        fact("margin.gross", "2026-10", "Gross margin", {Decimal::of("0.4401"), "percent", {}}),
        fact("customers.active", "2025-10", "Customers with an agreement", count("83"), "2025-10-31"),
        fact("customers.active", "2026-10", "Customers with an agreement", count("88")),
        fact("seats.managed", "2026-10", "Seats under management", count("2126", "devices")),
        fact("company.owner", "", "Owner", {std::string("Dana Whitfield"), "", {}}),
        fact("company.founded", "", "Founded", {Date::of("2008-04-01"), "", {}}),
        fact("certificates", "2025", "Certificates", count("4", "people"), "2025-09-30"),
    };
    model::Formatter formatter{"en_US", "America/Chicago"};

    Merged merged(std::string_view text) {
        set = FactSet(all, {});
        return merge(text, {set, {Date::of("2026-11-22"), 400}, formatter});
    }
    std::string text(std::string_view source) {
        Merged const m = merged(source);
        for (Issue const& issue : m.issues) ADD_FAILURE() << issue.rule << ": " << issue.message;
        return m.text;
    }
    /// The only issue of a text: "rule: message".
    std::string issue(std::string_view source) {
        Merged const m = merged(source);
        return m.issues.size() == 1 ? m.issues[0].rule + ": " + m.issues[0].message
                                    : std::to_string(m.issues.size()) + " issues";
    }
    FactSet set;
};

} // namespace deckle::facts
