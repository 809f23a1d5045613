/// Facts: named statements about the firm that documents draw on, each with where it comes from and how long it holds.
#pragma once
#include "base/date.hpp"
#include "facts/period.hpp"
#include "model/formatter.hpp"
#include <optional>
#include <string>
#include <variant>

namespace deckle::facts {

/// A number with its unit, a date or words. Unit: an ISO 4217 code is money, "percent" a ratio (0.31 is 31%), anything
/// else is counted (people, days).
struct Value {
    std::variant<std::string, Decimal, Date> content;
    std::string unit;
    std::optional<int> digits; // shown; absent: the currency's own, 1 of a percent, as given of a count

    [[nodiscard]] Decimal const* number() const { return std::get_if<Decimal>(&content); }
    [[nodiscard]] Date const* day() const { return std::get_if<Date>(&content); }
    [[nodiscard]] std::string const* words() const { return std::get_if<std::string>(&content); }
    [[nodiscard]] bool is_money() const;
    [[nodiscard]] bool is_ratio() const { return number() != nullptr && unit == "percent"; }

    friend bool operator==(Value const& a, Value const& b) { return a.content == b.content && a.unit == b.unit; }
};

/// Where a fact comes from; of two with the same id and period the one further up is used.
enum class Origin {
    hand,    // deckle facts set
    figure,  // a figure of an earlier run: [facts."x"] figure = "report:figure"
    sql,     // a query over datasets: [facts."x"] sql = "SELECT ..."
    dataset, // the dataset facts
};
[[nodiscard]] std::string_view to_string(Origin origin);

struct Fact {
    std::string id;    // revenue.managed
    Period period;     // may be "always"
    std::string label; // "Managed services revenue"
    Value value;
    std::string source;                     // who says so: "General ledger"
    std::string evidence;                   // where the proof lies
    std::optional<Date> as_of, valid_until; // the last day it may be used
    bool is_public = false;
    Origin origin = Origin::dataset;
    std::string place; // of this value, for people: "records/facts.csv", "run k3f9a2b1"

    /// As a merge field names it: "revenue.managed.2026", or the id alone.
    [[nodiscard]] std::string name() const;
};

/// Two sources that say different things.
struct Conflict {
    Fact used, other;
};

/// A source that could not be asked, or a value that could not be taken.
struct Trouble {
    std::string id; // empty: a whole source
    std::string message;
};

/// How a fact prints when a merge field does not say otherwise.
[[nodiscard]] std::string print(Value const& value, model::Formatter const& formatter);

} // namespace deckle::facts
