/// The little of the Compact Font Format that embedding needs. Inside core/pdf only.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace deckle::pdf {

/// The CID of each glyph of a CID-keyed CFF font; empty when the font is keyed by names, or broken.
// https://adobe-type-tools.github.io/font-tech-notes/pdfs/5176.CFF.pdf
[[nodiscard]] std::vector<std::uint16_t> cff_charset_if_cid_keyed(std::string_view cff);

} // namespace deckle::pdf
