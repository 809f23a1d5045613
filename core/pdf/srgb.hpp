/// The colour space of everything Deckle draws. Inside core/pdf only.
#pragma once
#include <string>

namespace deckle::pdf {

/// An ICC profile of version 2.1 for sRGB: three primaries and a tone curve, 2.6 KB. The same bytes each time.
// https://www.color.org/specification/ICC.1-2001-04.pdf and IEC 61966-2-1
[[nodiscard]] std::string srgb_profile();

} // namespace deckle::pdf
