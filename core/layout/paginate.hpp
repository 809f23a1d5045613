/// One pass over the document: pages made one by one.
#pragma once
#include "layout/context.hpp"
#include "layout/page.hpp"

namespace deckle::layout {

/// Gives every page, and at the end what had to wait for their number, to `sink`. Returns the facts for content in
/// the flow that shows page numbers; when they differ from `known`, another pass with them is needed. `breaks`, unless
/// null, gets a line for every page break.
[[nodiscard]] PageFacts paginate(Context& context, Context& margins, BoxTree const& tree, PageSink& sink,
                                 Metadata metadata, std::vector<PageBreak>* breaks);

} // namespace deckle::layout
