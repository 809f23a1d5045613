/// Pages to a PDF 1.7 file. The only folder that knows libharu.
#pragma once
#include "base/diagnostics.hpp"
#include "base/zone.hpp"
#include "layout/page.hpp"
#include "pdf/attachment.hpp"
#include <memory>
#include <string>
#include <vector>

namespace deckle::pdf {

class SubsetCache; // subset.hpp

/// Numbering shown by viewers from page `first` (from 0) on.
struct PageLabel {
    std::size_t first = 0;
    enum class Style : std::uint8_t {
        none,
        decimal,
        roman_lower,
        roman_upper,
        letters_lower,
        letters_upper
    } style = Style::decimal;
    std::string prefix; // UTF-8
    int start = 1;
};

struct WriterOptions {
    Instant created{}; // creation and modification date; an input, so that the same pages give the same bytes
    std::string producer = "Deckle";
    std::vector<PageLabel> labels;
    SubsetCache* subsets = nullptr; // of the documents of this thread; null = this document's own
    std::vector<Attachment> attachments;
    /// PDF/A-2b, or 3b with attachments: XMP says so, an output intent gives the colours their meaning. What a page
    /// holds against the rules (a CMYK image, a character without glyph) is the error diagnostic "not-pdf-a", and the
    /// file then does not claim to be one.
    // ISO 19005-2, ISO 19005-3
    bool pdf_a = false;
};

/// Takes pages in order and gives the finished file back. The faces and images of the items must outlive take().
/// Not thread-safe; several writers may work at once.
/// A page whose side is not in 3..14,400 points throws Error{usage}. Links to anchors that do not exist, coordinates
/// that are not numbers and the like are diagnostics, and the item is left out.
// ISO 32000-1
class Writer final : public layout::PageSink {
public:
    Writer(WriterOptions options, Diagnostics& diagnostics);
    ~Writer() override;
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;

    void structure(layout::Structure&& structure) override;
    void page(layout::Page&& page) override;
    void append(std::size_t page, std::vector<layout::Item>&& items) override;
    void finish(std::vector<layout::OutlineEntry>&& outline, layout::Metadata&& metadata) override;

    /// The fonts that are in the file, in the order of their first glyphs.
    [[nodiscard]] std::vector<text::Face const*> faces() const;
    /// The file's bytes. REQUIRES: finish() was called; once.
    [[nodiscard]] std::string take();

private:
    struct Document;
    std::unique_ptr<Document> document_;
};

} // namespace deckle::pdf
