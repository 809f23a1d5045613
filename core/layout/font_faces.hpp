/// @font-face rules into a font set.
#pragma once
#include "layout/resources.hpp"
#include "text/font_set.hpp"

namespace deckle::css {
class Cascade;
}

namespace deckle::layout {

/// Adds the first usable source of each rule; one without is the diagnostic "font-face".
void add_font_faces(css::Cascade const& cascade, text::FontSet& fonts, Resources& resources, Diagnostics& diagnostics);

} // namespace deckle::layout
