/// What is wrong with a release, rule by rule. Plain functions over the texts.
#pragma once
#include "release.hpp"

namespace press_release {

enum class Severity { error, warning, info };

struct Problem {
    std::string rule;
    Severity severity = Severity::warning;
    std::string field; // empty = the whole release
    std::string message;
};

struct LintInput {
    Record const& record;
    Texts const& texts;
    std::string company;
    Date as_of;
    bool preview = false;                        // merge fields still stand in the texts
    std::vector<std::string> private_facts = {}; // used and not marked public: "Q1:revenue.total.2024" as field:fact
};

/// All rules, in the order of the release.
[[nodiscard]] std::vector<Problem> lint(LintInput const& in);

// The groups, each in a file of its own.
void lint_form(LintInput const& in,
               std::vector<Problem>& out); // elements, lengths, timing, dateline, contacts
void lint_words(LintInput const& in,
                std::vector<Problem>& out); // voice, hype, capitals, AP
                                            // numerals, placeholders, claims
void lint_quotes(LintInput const& in,
                 std::vector<Problem>& out); // attribution, approval, marks
void lint_rules(LintInput const& in,
                std::vector<Problem>& out); // award, trademarks, listed firms,
                                            // social networks, facts

/// Every part of the release that readers see, by field id.
struct Part {
    std::string field, text;
};
[[nodiscard]] std::vector<Part> parts(Texts const& texts);

} // namespace press_release
