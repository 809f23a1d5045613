/// Eligibility: rules over facts.
///
///     rule    = value op literal | value "in" "(" item {"," item} ")"
///     value   = what evaluate() takes: revenue.managed.2025, growth(revenue.total,2024,2025)
///     op      = ">=" | "<=" | ">" | "<" | "=" | "!="
///     item    = literal | number ".." number            both ends belong to it
///     literal = number ["%"] | YYYY-MM-DD | words | "words"
///
/// A day compared with a whole number is compared by its year. Words are compared whatever their case.
#pragma once
#include "facts.hpp"

namespace award_submission {

enum class Verdict { pass, fail, unknown };

struct Ruling {
    Verdict verdict = Verdict::unknown;
    Value value;          // of the left side
    std::string reason;   // of unknown: a name for leaf::na
    bool readable = true; // false: the rule itself is not written as above
};

/// `unit`: what the rule's value is in; a fact in another unit is unknown. Empty = any. An empty rule is left to a
/// person.
[[nodiscard]] Ruling judge(std::string_view rule, std::string_view unit, Facts const& facts);

} // namespace award_submission
