/// Merge fields in texts: {{revenue.managed.2026|money}} becomes the fact, printed as everywhere.
#pragma once
#include "base/diagnostics.hpp"
#include "facts/expression.hpp"
#include "facts/fact_set.hpp"
#include <vector>

namespace deckle::facts {

/// What a text's facts are asked with.
struct Context {
    FactSet const& facts;
    Freshness freshness;
    model::Formatter const& formatter;
};

/// What is wrong with a text. Rules: fact.syntax, fact.missing, fact.stale, fact.na, fact.unit, fact.filter (errors)
/// and fact.contradiction (warning).
struct Issue {
    std::string rule;
    Severity severity = Severity::error;
    std::string message; // says where: "line 2, column 14: ..."
};

/// A merged piece of the text, in bytes; no value where a marker stands.
struct Piece {
    std::size_t begin = 0, end = 0;
    std::optional<Value> value;
    std::string name;  // as in the text, without the filter: "revenue.managed.2026"
    std::string label; // of the fact; empty for what is computed
};

struct Merged {
    std::string text;
    std::vector<Piece> pieces;
    std::vector<std::string> facts; // used, each once: "revenue.total.2025"
    std::vector<Issue> issues;
};

/// Replaces every merge field. One that cannot be (no such fact, too old, not understood) leaves a marker,
/// «missing: revenue.total.2027», and an issue.
[[nodiscard]] Merged merge(std::string_view text, Context const& context);

/// The value of one expression; without it `issue` says why.
struct Answer {
    std::optional<Value> value;
    std::vector<std::string> facts;
    std::optional<Issue> issue; // its message without a place
    std::string label;          // of the fact; empty for what is computed
};
[[nodiscard]] Answer evaluate(Expression const& expression, Context const& context);

/// Numbers typed by hand that say something else than a fact merged into the same text: the same unit, within 25%, but
/// not the fact rounded to the places typed. Years, dates, times, list numbers, ordinals, phone numbers and addresses
/// of the web are no such numbers.
[[nodiscard]] std::vector<Issue> contradictions(Merged const& merged, model::Formatter const& formatter);

} // namespace deckle::facts
