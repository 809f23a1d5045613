/// What the template of a letter sees.
#pragma once
#include "data/workspace.hpp"
#include "delivery/letter.hpp"
#include "model/formatter.hpp"

namespace deckle::delivery {

/// How much of each report the letter has room for.
struct Room {
    std::size_t reports = 1000, actions = 8, figures = 8;
    bool leads = true;
};

/// What is left out is counted: `more_actions` of a report, `more_reports`.
[[nodiscard]] model::Json letter_model(data::Workspace const& workspace, store::Edition const& edition,
                                       Product const& product, LetterTerms const& terms, Letter const& letter,
                                       Room const& room, model::Formatter const& formatter);

/// "October 2026", "Q4 2026"; with the as-of date when the edition's is not the period's end.
[[nodiscard]] std::string period_text(store::Edition const& edition, Product const& product,
                                      model::Formatter const& formatter);
/// The as-of date as the reports write it; empty without a report.
[[nodiscard]] std::string as_of_text(Product const& product, model::Formatter const& formatter);

} // namespace deckle::delivery
