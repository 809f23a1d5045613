/// What the file says about itself and how one moves in it. Inside core/pdf only.
#pragma once
#include "pdf/objects.hpp"
#include "pdf/writer.hpp"
#include <map>
#include <string>

namespace deckle::pdf {

/// "D:20261031120000Z"
[[nodiscard]] std::string pdf_date(Instant instant);
/// The body of the Info dictionary.
[[nodiscard]] std::string info_body(layout::Metadata const& metadata, WriterOptions const& options);
/// The XMP packet. `pdf_a_part`: 2 or 3 for a file that says it is PDF/A-2b or 3b, 0 for one that does not.
// https://developer.adobe.com/xmp/docs/XMPSpecifications/
[[nodiscard]] std::string xmp_packet(layout::Metadata const& metadata, WriterOptions const& options, int pdf_a_part);
/// The body of a number tree of page labels.
[[nodiscard]] std::string page_labels(std::vector<PageLabel> labels);
struct WrittenAttachments {
    std::string names;         // of the name tree of embedded files
    std::vector<Object> files; // their file specifications
};
/// Throws Error{usage} for two of one name and for a name with a folder.
[[nodiscard]] WrittenAttachments write_attachments(Objects& objects, std::vector<Attachment> attachments,
                                                   Instant modified);
/// `uri` with everything escaped that a URI may not hold.
[[nodiscard]] std::string escape_uri(std::string_view uri);

} // namespace deckle::pdf
