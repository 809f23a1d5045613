/// One font file at one style.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

struct hb_blob_t;
struct hb_face_t;
struct hb_font_t;

namespace deckle::text {

/// Lengths in em (1 = the font size). Depths and positions below the baseline are positive where the name says so.
struct FaceMetrics {
    float ascent = 0.8F;  // above the baseline
    float descent = 0.2F; // below the baseline, positive
    float line_gap = 0;
    float x_height = 0.5F;
    float cap_height = 0.7F;
    float underline_offset = 0.1F; // middle of the line below the baseline, positive
    float underline_thickness = 0.05F;
    float strikeout_offset = 0.25F; // middle of the line above the baseline
    float strikeout_thickness = 0.05F;
    float zero_advance = 0.5F;                        // of '0': the CSS unit ch
    float italic_angle = 0;                           // degrees, counter-clockwise from the vertical
    float x_min = 0, y_min = 0, x_max = 1, y_max = 1; // bounding box of all glyphs, y upwards
};

/// Immutable once it is in a FontSet, so several threads may read it. Lives as long as its FontSet.
class Face {
public:
    /// Maps the file. Throws Error{io} when it cannot be read, Error{data} when it is no usable TrueType/OpenType font.
    static std::unique_ptr<Face> open(std::filesystem::path const& path, unsigned index = 0);
    /// A font in memory, such as a data: URI. `name` stands for the path in messages.
    static std::unique_ptr<Face> from_bytes(std::string bytes, std::string const& name);
    ~Face();
    Face(Face const&) = delete;
    Face& operator=(Face const&) = delete;

    /// What @font-face says the face is, instead of what its file says.
    void declare(int weight, bool italic) {
        weight_ = weight;
        italic_ = italic;
    }
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    [[nodiscard]] std::string const& family() const { return family_; }
    [[nodiscard]] std::string const& postscript_name() const { return postscript_name_; }
    [[nodiscard]] int weight() const { return weight_; } // 100..900
    [[nodiscard]] bool italic() const { return italic_; }
    [[nodiscard]] bool is_cff() const { return is_cff_; }
    /// A variable font; only its default style is used.
    [[nodiscard]] bool is_variable() const { return is_variable_; }
    [[nodiscard]] bool is_monospaced() const { return is_monospaced_; }
    [[nodiscard]] unsigned upem() const { return upem_; }
    [[nodiscard]] FaceMetrics const& metrics() const { return metrics_; }
    /// The whole font file.
    [[nodiscard]] std::string_view bytes() const;
    /// XXH3 of the file, for the record of a run.
    [[nodiscard]] std::uint64_t content_hash() const;

    /// Glyph of a character, 0 when the face has none.
    [[nodiscard]] std::uint16_t glyph(char32_t character) const;
    /// True when the face has substitutions under a feature tag such as "smcp".
    [[nodiscard]] bool substitutes(char const* feature) const;
    /// Advance in font units.
    [[nodiscard]] int advance(std::uint16_t glyph) const;

    [[nodiscard]] hb_face_t* hb_face() const { return face_; }
    [[nodiscard]] hb_font_t* hb_font() const { return font_; } // scaled to font units

private:
    Face() = default;
    void load(std::string const& name, unsigned index);

    std::filesystem::path path_;
    std::string owned_;
    std::string family_, postscript_name_;
    int weight_ = 400;
    bool italic_ = false, is_cff_ = false, is_monospaced_ = false, is_variable_ = false;
    unsigned upem_ = 1000;
    FaceMetrics metrics_;
    mutable std::once_flag hashed_;
    mutable std::uint64_t hash_ = 0;
    hb_blob_t* blob_ = nullptr;
    hb_face_t* face_ = nullptr;
    hb_font_t* font_ = nullptr;
};

} // namespace deckle::text
