/// The sections in the order they are printed. Each adds its section to the model.
#pragma once
#include "analysis.hpp"
#include "words.hpp"

namespace pipeline {

struct Page {
    Inputs const& in;
    Analysis const& a;
    Words words;
    deckle::Report& report;
};

/// The message of the report: will the quarter be made.
[[nodiscard]] Json title(Page const& page);
[[nodiscard]] Json lead(Page const& page);

void key_figures(Page const& page);      // section_summary.cpp
void needs_you(Page const& page);        // section_summary.cpp
void forecast_section(Page const& page); // section_forecast.cpp
void what_changed(Page const& page);     // section_changes.cpp
void slipped(Page const& page);          // section_changes.cpp
void stages(Page const& page);           // section_stages.cpp
void stalled(Page const& page);          // section_stages.cpp
void selling(Page const& page);          // section_selling.cpp
void people(Page const& page);           // section_people.cpp
void lead_sources(Page const& page);     // section_people.cpp
void recurring(Page const& page);        // section_people.cpp
void lost_reasons(Page const& page);     // section_selling.cpp
void records(Page const& page);          // section_records.cpp
void all_actions(Page const& page);      // section_summary.cpp
void figures(Page const& page);          // figures.cpp

} // namespace pipeline
