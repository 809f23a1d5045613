/// What the file says about itself and how one moves in it. Inside core/pdf only.
#pragma once
#include "pdf/writer.hpp"
#include <map>
#include <string>

namespace deckle::pdf {

/// "D:20261031120000Z"
[[nodiscard]] std::string pdf_date(Instant instant);
/// The body of the Info dictionary.
[[nodiscard]] std::string info_body(layout::Metadata const& metadata, WriterOptions const& options);
/// The XMP packet. https://developer.adobe.com/xmp/docs/XMPSpecifications/
[[nodiscard]] std::string xmp_packet(layout::Metadata const& metadata, WriterOptions const& options);
/// The body of a number tree of page labels.
[[nodiscard]] std::string page_labels(std::vector<PageLabel> labels);
/// `uri` with everything escaped that a URI may not hold.
[[nodiscard]] std::string escape_uri(std::string_view uri);

} // namespace deckle::pdf
