/// @font-face rules into a font set.
#pragma once
#include "layout/resources.hpp"
#include "text/font_set.hpp"

namespace deckle::layout {

/// Adds the first usable source of each rule; one without is the diagnostic "font-face".
void add_font_faces(std::vector<css::FontFace> const& faces, text::FontSet& fonts, Resources& resources,
                    Diagnostics& diagnostics);

} // namespace deckle::layout
