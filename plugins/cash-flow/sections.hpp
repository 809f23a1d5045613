/// The parts of the report, in the order they are printed. Each adds its section to the model.
#pragma once
#include "analysis.hpp"
#include "words.hpp"

namespace cash_flow {

struct Page {
    Inputs const& in;
    Analysis const& a;
    Words words;
    deckle::Report& report;
};

/// The message of the report: lowest cash of the next 13 weeks, when, and against what.
[[nodiscard]] Json title(Inputs const& in, Analysis const& a, Words const& words);
[[nodiscard]] Json lead(Inputs const& in, Analysis const& a, Words const& words);

void key_figures(Page const& page);       // section_summary.cpp
void needs_you(Page const& page);         // section_summary.cpp
void weeks(Page const& page);             // section_forecast.cpp
void forecast_detail(Page const& page);   // section_forecast.cpp
void cash_today(Page const& page);        // section_cash.cpp
void statement(Page const& page);         // section_statement.cpp
void receivables(Page const& page);       // section_receivables.cpp
void payables(Page const& page);          // section_payables.cpp
void unbilled_work(Page const& page);     // section_payables.cpp
void working_capital(Page const& page);   // section_ratios.cpp
void recurring_revenue(Page const& page); // section_recurring.cpp
void all_actions(Page const& page);       // section_summary.cpp
void figures(Page const& page);           // figures.cpp

} // namespace cash_flow
