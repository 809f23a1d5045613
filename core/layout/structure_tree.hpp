/// Box tree -> structure: what each element means for a reader who does not see the page.
#pragma once
#include "layout/box.hpp"

namespace deckle::layout {

/// Numbers the boxes (Box::node) and gives the tree they belong to. Elements say what they are by their tag, `role`,
/// `alt`, `aria-label`, `aria-hidden`, `scope`, `headers`, `lang`; boxes that only arrange things leave no trace.
/// A picture without a text in its place is the note "no-alternative".
// https://www.w3.org/TR/html-aam-1.0/
[[nodiscard]] Structure build_structure(BoxSource const& source, BoxTree const& tree);
/// True when the document's tables have more than `most` rows together; looks no further than that.
[[nodiscard]] bool has_more_rows(BoxTree const& tree, std::size_t most);
/// What was shown already and comes again is decoration: takes the numbers from `box` and all below it.
void clear_nodes(Box const& box);

} // namespace deckle::layout
