/// Chart spec ($chart of the report model) to SVG, in the field's notation (IBCS): actual solid, plan outlined,
/// forecast dashed or hatched, previous grey; labels on the marks; bars start at zero.
#pragma once
#include "base/diagnostics.hpp"
#include "model/formatter.hpp"
#include <string>

namespace deckle::chart {

struct Style {
    std::string brand = "#1f4e79"; // #rrggbb, templates::readable_brand of the theme
    double width = 0;              // of charts that do not say theirs; 0 = 700, a printed page
};

/// One `<svg>` element with role="img" and its text alternative; presentation attributes only, so that it can stand
/// inline in any page. `spec` is the object inside $chart. REQUIRES: a valid model. Text is 7.4 pt or more when the
/// default width of 700 is printed across a letter or A4 page. What cannot be drawn (no values) gives an SVG that says
/// so and a note in `diagnostics`.
[[nodiscard]] std::string to_svg(model::Json const& spec, model::Formatter const& formatter, Style const& style,
                                 Diagnostics& diagnostics);

/// For a page that is read on paper and on phones: the SVG, and behind it a second one with class "narrow", drawn for a
/// phone's width (theme.css shows one of them). A sparkline or a chart that says its width stays alone.
[[nodiscard]] std::string to_html(model::Json const& spec, model::Formatter const& formatter, Style const& style,
                                  Diagnostics& diagnostics);

/// What the chart shows, in one or two sentences: `alt` when given, else made from the data.
[[nodiscard]] std::string describe(model::Json const& spec, model::Formatter const& formatter);

} // namespace deckle::chart
