/// The parts of the report, in the order they are printed. Each adds its section to the model.
#pragma once
#include "analysis.hpp"
#include "words.hpp"

namespace compliance {

struct Page {
    Inputs const& in;
    Analysis const& a;
    Words words;
    deckle::Report& report;
};

/// The message of the report: how many programs are late, and what is at risk.
[[nodiscard]] Json title(Inputs const& in, Analysis const& a, Words const& words);
[[nodiscard]] Json lead(Inputs const& in, Analysis const& a, Words const& words);

void key_figures(Page const& page);       // section_summary.cpp
void needs_you(Page const& page);         // section_summary.cpp
void lights(Page const& page);            // section_summary.cpp
void late(Page const& page);              // section_dates.cpp
void calendar(Page const& page);          // section_dates.cpp
void notices(Page const& page);           // section_notices.cpp
void people(Page const& page);            // section_people.cpp
void cost_and_return(Page const& page);   // section_cost.cpp
void every_requirement(Page const& page); // section_requirements.cpp
void controls(Page const& page);          // section_controls.cpp
void evidence(Page const& page);          // section_evidence.cpp
void all_actions(Page const& page);       // section_summary.cpp
void figures(Page const& page);           // figures.cpp

} // namespace compliance
