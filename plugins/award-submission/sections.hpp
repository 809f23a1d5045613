/// The parts of the document, in the order they are printed. Each adds to the model.
#pragma once
#include "entry.hpp"

namespace award_submission {

[[nodiscard]] Json title(Entry const& entry);
[[nodiscard]] Json lead(Entry const& entry);

void key_figures(Entry const& entry, deckle::Report& report); // cover.cpp
void cover(Entry const& entry, deckle::Report& report);       // cover.cpp
void answers(Entry const& entry, deckle::Report& report);     // answers.cpp: the fields
void criteria(Entry const& entry, deckle::Report& report);    // answers.cpp
void evidence(Entry const& entry, deckle::Report& report);    // answers.cpp
void schedule(Entry const& entry, deckle::Report& report);    // schedule.cpp
void checklist(Entry const& entry, deckle::Report& report);   // plan.cpp
void ranking(Entry const& entry, deckle::Report& report);     // plan.cpp
void after_a_win(Entry const& entry, deckle::Report& report); // plan.cpp
void findings(Entry const& entry, deckle::Report& report);    // findings.cpp
void figures(Entry const& entry, deckle::Report& report);     // findings.cpp

/// How many rules have the verdict.
[[nodiscard]] std::int64_t count(Entry const& entry, Verdict verdict);
/// "1 day", "3 days" and the like.
[[nodiscard]] inline Json counted(std::int64_t n, std::string const& one, std::string const& many) {
    return leaf::text("{n} " + (n == 1 ? one : many), {{"n", leaf::num(n)}});
}
/// Texts that a merge field could not fill: the host's marker stands in them.
[[nodiscard]] std::int64_t texts_with_markers(Entry const& entry);

} // namespace award_submission
