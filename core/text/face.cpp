#include "text/face.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <hb-ot.h>
#include <hb.h>
#include <vector>

namespace deckle::text {
namespace {

std::string name_of(hb_face_t* face, hb_ot_name_id_t id) {
    unsigned length = 0;
    unsigned const full = hb_ot_name_get_utf8(face, id, HB_LANGUAGE_INVALID, nullptr, nullptr);
    if (full == 0) return {};
    std::string text(full + 1, '\0');
    length = full + 1;
    hb_ot_name_get_utf8(face, id, HB_LANGUAGE_INVALID, &length, text.data());
    text.resize(length);
    return text;
}

bool has_table(hb_face_t* face, char const* tag) {
    hb_blob_t* const blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    bool const found = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return found;
}

/// A big-endian 16-bit signed value of a table, 0 when the table is too short.
int table_i16(hb_face_t* face, char const* tag, unsigned offset) {
    hb_blob_t* const blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    unsigned length = 0;
    auto const* const data = reinterpret_cast<unsigned char const*>(hb_blob_get_data(blob, &length));
    int const value = offset + 2 <= length ? static_cast<std::int16_t>(data[offset] << 8 | data[offset + 1]) : 0;
    hb_blob_destroy(blob);
    return value;
}

/// PostScript names may not hold white space or PDF delimiters.
std::string clean_postscript(std::string const& name) {
    std::string out;
    for (char const c : name)
        if (c > ' ' && c < 127 && std::string_view("()<>[]{}/%#").find(c) == std::string_view::npos) out += c;
    return out;
}

} // namespace

std::unique_ptr<Face> Face::open(std::filesystem::path const& path, unsigned index) {
    std::unique_ptr<Face> face(new Face);
    face->path_ = path;
    face->blob_ = hb_blob_create_from_file_or_fail(path.c_str());
    if (face->blob_ == nullptr)
        throw Error(ErrorCode::io,
                    fmt::format("cannot read the font file {}: is it there and readable?", path.string()));
    face->load(path.string(), index);
    return face;
}

std::unique_ptr<Face> Face::from_bytes(std::string bytes, std::string const& name) {
    std::unique_ptr<Face> face(new Face);
    face->path_ = name;
    face->owned_ = std::move(bytes);
    face->blob_ = hb_blob_create(face->owned_.data(), static_cast<unsigned>(face->owned_.size()),
                                 HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    face->load(name, 0);
    return face;
}

Face::~Face() {
    hb_font_destroy(font_);
    hb_face_destroy(face_);
    hb_blob_destroy(blob_);
}

std::string_view Face::bytes() const {
    unsigned length = 0;
    char const* const data = hb_blob_get_data(blob_, &length);
    return {data, length};
}

std::uint16_t Face::glyph(char32_t character) const {
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(font_, character, &glyph)) return 0;
    return static_cast<std::uint16_t>(glyph);
}

bool Face::substitutes(char const* feature) const {
    unsigned count = hb_ot_layout_table_get_feature_tags(face_, HB_OT_TAG_GSUB, 0, nullptr, nullptr);
    std::vector<hb_tag_t> tags(count);
    hb_ot_layout_table_get_feature_tags(face_, HB_OT_TAG_GSUB, 0, &count, tags.data());
    return std::ranges::find(tags, hb_tag_from_string(feature, -1)) != tags.end();
}

int Face::advance(std::uint16_t glyph) const {
    return hb_font_get_glyph_h_advance(font_, glyph);
}

void Face::load(std::string const& name, unsigned index) {
    if (std::string_view const start = bytes().substr(0, 4); start == "wOFF" || start == "wOF2")
        throw Error(ErrorCode::data, fmt::format("{} is a web font ({}), which is packed: unpack it to .ttf or .otf",
                                                 name, start == "wOFF" ? "WOFF" : "WOFF2"));
    if (index >= hb_face_count(blob_))
        throw Error(ErrorCode::data,
                    fmt::format("{} is not a TrueType or OpenType font: use a .ttf or .otf file", name));
    face_ = hb_face_create(blob_, index);
    hb_face_make_immutable(face_);
    is_variable_ = has_table(face_, "fvar");
    unsigned const glyphs = hb_face_get_glyph_count(face_);
    is_cff_ = has_table(face_, "CFF ");
    if (glyphs == 0 || glyphs > 65535 || !has_table(face_, "cmap") || (!is_cff_ && !has_table(face_, "glyf")))
        throw Error(
            ErrorCode::data,
            fmt::format("{} has no outlines or no character map that Deckle can use: fonts need a cmap table and "
                        "glyf or CFF outlines",
                        name));
    upem_ = hb_face_get_upem(face_);
    font_ = hb_font_create(face_);
    hb_font_set_scale(font_, static_cast<int>(upem_), static_cast<int>(upem_));
    hb_font_make_immutable(font_);

    family_ = name_of(face_, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    if (family_.empty()) family_ = name_of(face_, HB_OT_NAME_ID_FONT_FAMILY);
    if (family_.empty()) family_ = path_.stem().string();
    postscript_name_ = clean_postscript(name_of(face_, HB_OT_NAME_ID_POSTSCRIPT_NAME));
    if (postscript_name_.empty()) postscript_name_ = clean_postscript(family_);
    if (postscript_name_.empty()) postscript_name_ = "Font";
    postscript_name_.resize(std::min<std::size_t>(postscript_name_.size(), 100));

    float const weight = hb_style_get_value(font_, HB_STYLE_TAG_WEIGHT);
    weight_ = std::clamp(static_cast<int>(std::lround(weight)), 1, 1000);
    italic_ =
        hb_style_get_value(font_, HB_STYLE_TAG_ITALIC) != 0 || hb_style_get_value(font_, HB_STYLE_TAG_SLANT_ANGLE) != 0;
    is_monospaced_ = table_i16(face_, "post", 12) != 0 || table_i16(face_, "post", 14) != 0;

    auto const em = [this](double units) { return static_cast<float>(units / upem_); };
    auto const metric = [&](hb_ot_metrics_tag_t tag, float fallback) {
        hb_position_t value = 0;
        return hb_ot_metrics_get_position(font_, tag, &value) ? em(value) : fallback;
    };
    FaceMetrics& m = metrics_;
    m.ascent = metric(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, m.ascent);
    m.descent = std::abs(metric(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -m.descent));
    m.line_gap = metric(HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP, 0);
    m.x_height = metric(HB_OT_METRICS_TAG_X_HEIGHT, 0);
    if (m.x_height <= 0) m.x_height = 0.5F;
    m.cap_height = metric(HB_OT_METRICS_TAG_CAP_HEIGHT, 0);
    if (m.cap_height <= 0) m.cap_height = m.ascent * 0.9F;
    m.underline_thickness = metric(HB_OT_METRICS_TAG_UNDERLINE_SIZE, 0);
    if (m.underline_thickness <= 0) m.underline_thickness = 0.05F;
    // post.underlinePosition is the line's middle in OpenType fonts and its top in some; the difference is below sight.
    m.underline_offset = -metric(HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -0.1F);
    if (m.underline_offset <= 0) m.underline_offset = 0.1F;
    m.strikeout_thickness = metric(HB_OT_METRICS_TAG_STRIKEOUT_SIZE, 0);
    if (m.strikeout_thickness <= 0) m.strikeout_thickness = m.underline_thickness;
    m.strikeout_offset = metric(HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, 0);
    if (m.strikeout_offset <= 0) m.strikeout_offset = m.x_height / 2;
    std::uint16_t const zero = glyph(U'0');
    m.zero_advance = zero != 0 ? em(advance(zero)) : 0.5F;
    m.italic_angle = static_cast<float>(table_i16(face_, "post", 4)); // the whole degrees of a 16.16 number
    m.x_min = em(table_i16(face_, "head", 36));
    m.y_min = em(table_i16(face_, "head", 38));
    m.x_max = em(table_i16(face_, "head", 40));
    m.y_max = em(table_i16(face_, "head", 42));
}

std::uint64_t Face::content_hash() const {
    std::call_once(hashed_, [&] { hash_ = hash64(bytes()); });
    return hash_;
}

} // namespace deckle::text
