/// Declarations -> one computed style. Inside core/css only.
#pragma once
#include "base/diagnostics.hpp"
#include "css/sheet_data.hpp"
#include <vector>

namespace deckle::css {

/// A declaration and the sheet it stands in.
struct Applied {
    Declaration const* declaration;
    SheetData const* sheet;
    bool unitless = false; // from an SVG attribute
};

struct ComputeOptions {
    CascadeOptions const* cascade;
    double root_font_size;
    bool blockify = false;
    Length* page_size = nullptr; // for @page
    double viewport_width = 0, viewport_height = 0; // of vw and vh: the first page's area; 0 = the page
};

/// `declarations` in the order of the cascade, last wins. Starts from what is inherited from `parent`.
[[nodiscard]] ComputedStyle compute(std::vector<Applied> const& declarations, ComputedStyle const& parent,
                                    ComputeOptions const& options, Diagnostics& diagnostics);
/// The same from a style that already holds defaults (margin boxes).
void compute_into(ComputedStyle& style, std::vector<Applied> const& declarations, ComputedStyle const& parent,
                  ComputeOptions const& options, Diagnostics& diagnostics);

[[nodiscard]] Display blockified(Display display);
/// Whether children of such a box are blocks: flex containers and grids.
[[nodiscard]] bool blockifies(Display display);

} // namespace deckle::css
