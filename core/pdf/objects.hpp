/// libharu's object layer: it numbers the objects, keeps the page tree and writes the file; what stands in a dictionary
/// is our own text. Inside core/pdf only, and the only header that includes libharu's.
#pragma once
#include <cstdint>
#include <deque>
#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::pdf {

/// An indirect dictionary or stream. Owned by its Objects.
struct Object {
    HPDF_Dict dictionary = nullptr;
    std::uint32_t number = 0;

    /// "12 0 R"
    [[nodiscard]] std::string reference() const { return std::to_string(number) + " 0 R"; }
};

enum class Compression : std::uint8_t { flate, none };

class Objects {
public:
    Objects();

    /// `body` is the inside of a dictionary, without << and >>.
    Object add(std::string body);
    /// A number for a dictionary whose body is known later.
    Object reserve() { return add({}); }
    void set(Object object, std::string body);
    /// `body` holds the dictionary's entries but for /Length and /Filter. Flate is dropped where it saves nothing.
    Object add_stream(std::string body, std::string_view data, Compression compression = Compression::flate);
    /// Samples of 8 bits, predicted row by row as PNG does, which halves photographs and leaves flat pictures small.
    Object add_samples(std::string body, std::string_view samples, int width, int channels);

    /// REQUIRES: sides in 3..14,400.
    HPDF_Page add_page(double width, double height, std::string_view content);
    void append_content(HPDF_Page page, std::string_view content);
    void add_to_array(HPDF_Dict dictionary, char const* key, Object object);
    /// An entry that is a reference, and one that is a dictionary of its own.
    void add_reference(HPDF_Dict dictionary, char const* key, Object object);
    void add_dictionary(HPDF_Dict dictionary, char const* key, std::string body);
    [[nodiscard]] static std::uint32_t number_of(HPDF_Dict dictionary) {
        return dictionary->header.obj_id & 0x00FFFFFFU;
    }

    /// Objects that are no streams and may be very many: they are packed into compressed streams as they come, at a few
    /// bytes each, where libharu takes 300. Numbered one after the other from first_packed() on.
    /// REQUIRES: no other object is added after the first.
    [[nodiscard]] std::uint32_t first_packed() const;
    void add_packed(std::string_view value);

    [[nodiscard]] HPDF_Doc document() const { return document_.get(); }
    [[nodiscard]] HPDF_Dict catalog() const { return document_->catalog; }
    /// The file. Its /ID is a digest of all that stands before the cross-reference stream.
    [[nodiscard]] std::string write(Object info);
    /// Throws Error{failed} when libharu has met an error: its first one sticks.
    void check(char const* what) const;

private:
    HPDF_Dict raw(std::string body);
    void pack();
    void fill(HPDF_Dict stream, std::string body, std::string_view data, Compression compression);
    struct Free {
        void operator()(HPDF_Doc document) const { HPDF_Free(document); }
    };
    std::unique_ptr<HPDF_Doc_Rec, Free> document_;
    std::deque<std::string> bodies_; // dictionaries point at them
    std::string compressed_;

    struct Packed {
        std::string bytes;                 // compressed
        std::size_t offset = 0, count = 0; // of the first object in it; how many
    };
    std::vector<Packed> packed_;
    std::string index_, values_; // of the one being filled
    std::size_t filled_ = 0, packed_count_ = 0;
};

/// A text string: ASCII as a literal, anything else as UTF-16 with a byte order mark.
[[nodiscard]] std::string text_string(std::string_view utf8);
/// Bytes as a literal string.
[[nodiscard]] std::string byte_string(std::string_view bytes);
/// The digits of a hexadecimal string, with a byte order mark in front if `mark`.
void append_utf16_hex(std::string& out, std::string_view utf8, bool mark);

} // namespace deckle::pdf
