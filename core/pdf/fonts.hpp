/// Fonts of one document: codes while pages are written, subsets and character maps at the end. Inside core/pdf only.
#pragma once
#include "pdf/objects.hpp"
#include "pdf/subset.hpp"
#include "text/face.hpp"
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace deckle::pdf {

/// A face as a Type0 font. Its codes are handed out in order of first use, one for each pair of glyph and text, so that
/// a glyph that stands for two texts (hyphen and soft hyphen, space and no-break space) copies right in both places.
/// At the end a code leads to the subset's glyph through the embedded CMap (CFF) or the CIDToGIDMap (TrueType).
class Font {
public:
    Font(text::Face const& face, std::string name, Object object);

    struct Code {
        std::uint16_t value = 0;
        std::uint16_t width = 0; // thousandths of an em, as the viewer will have it
    };
    /// `text` is what copying the glyph gives; empty = nothing.
    [[nodiscard]] Code code(std::uint16_t glyph, std::string_view text) {
        if (text.size() == 1 && static_cast<signed char>(text[0]) >= 0) {
            Ascii const& known = ascii_[static_cast<std::size_t>(text[0])];
            if (known.glyph == glyph && known.code.value != 0) return known.code;
        }
        return find_code(glyph, text);
    }
    [[nodiscard]] text::Face const& face() const { return face_; }
    /// A glyph without width and outline, to carry text that no other glyph can; 0 = the face has none.
    [[nodiscard]] std::uint16_t blank();
    /// The resource's name: "F1".
    [[nodiscard]] std::string const& name() const { return name_; }
    [[nodiscard]] Object object() const { return object_; }
    void write(Objects& objects, SubsetCache& subsets) const;

private:
    struct Ascii {
        std::uint16_t glyph = 0;
        Code code;
    };
    struct Use {
        std::uint16_t glyph = 0, width = 0;
        std::string text;
    };
    Code find_code(std::uint16_t glyph, std::string_view text);
    [[nodiscard]] std::string to_unicode() const;
    [[nodiscard]] std::string subset_tag() const;

    text::Face const& face_;
    std::string name_;
    Object object_;
    std::array<Ascii, 128> ascii_{};
    std::optional<std::uint16_t> blank_;
    std::vector<Use> uses_;                                // by code; 0 is not used
    std::unordered_map<std::string, std::uint16_t> codes_; // glyph's two bytes and text
};

class Fonts {
public:
    [[nodiscard]] Font& use(text::Face const& face, Objects& objects);
    /// The entries of the /Font resource dictionary of all pages.
    [[nodiscard]] std::string resources() const;
    void write(Objects& objects, SubsetCache& subsets) const;
    [[nodiscard]] std::vector<text::Face const*> faces() const;

private:
    std::vector<std::unique_ptr<Font>> fonts_;
    std::unordered_map<text::Face const*, Font*> by_face_;
};

} // namespace deckle::pdf
