#include "pdf/fonts.hpp"
#include "base/error.hpp"
#include "pdf/numbers.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <hb.h>
#include <set>

// https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf 9.7 composite fonts, 9.10 extraction
namespace deckle::pdf {
namespace {

constexpr std::size_t map_block = 100; // entries that one beginbfchar may have

std::string cmap_head(std::string_view name, std::string_view ordering) {
    return fmt::format("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                       "/CIDSystemInfo <</Registry (Adobe) /Ordering ({1}) /Supplement 0>> def\n/CMapName /{0} def\n"
                       "/CMapType {2} def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
                       name, ordering, ordering == "UCS" ? 2 : 1);
}

/// "<00A7>"
std::string code_text(std::size_t code) {
    static constexpr char digits[] = "0123456789ABCDEF";
    return {'<', digits[code >> 12 & 15U], digits[code >> 8 & 15U], digits[code >> 4 & 15U], digits[code & 15U], '>'};
}

constexpr std::string_view cmap_tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

/// Lines in blocks of at most a hundred, as the format demands.
void append_blocks(std::string& out, std::vector<std::string> const& lines, std::string_view kind) {
    for (std::size_t i = 0; i < lines.size(); i += map_block) {
        std::size_t const end = std::min(lines.size(), i + map_block);
        out += fmt::format("{} begin{}\n", end - i, kind);
        for (std::size_t k = i; k < end; ++k) out += lines[k];
        out += fmt::format("end{}\n", kind);
    }
}

/// /W: "first [w w w] first [w]".
std::string width_array(std::map<std::uint16_t, std::uint16_t> const& widths) {
    std::string out = "/W[";
    int next = -1;
    for (auto const& [cid, width] : widths) {
        if (cid != next) {
            if (next >= 0) out += ']';
            append_integer(out, cid);
            out += '[';
        } else {
            out += ' ';
        }
        append_integer(out, width);
        next = cid + 1;
    }
    return out + (next >= 0 ? "]]\n" : "]\n");
}

} // namespace

Font::Font(text::Face const& face, std::string name, Object object)
    : face_(face), name_(std::move(name)), object_(object), uses_(1) {}

Font::Code Font::find_code(std::uint16_t glyph, std::string_view text) {
    std::string key{static_cast<char>(glyph >> 8), static_cast<char>(glyph & 0xFF)};
    key += text;
    auto const [it, added] = codes_.try_emplace(std::move(key), static_cast<std::uint16_t>(uses_.size()));
    if (added) {
        if (uses_.size() > 65'000)
            throw Error(
                ErrorCode::limit,
                fmt::format("more than 65,000 different characters of {} in one document: split it", face_.family()));
        double const width = std::round(face_.advance(glyph) * 1000.0 / face_.upem());
        uses_.push_back({glyph, static_cast<std::uint16_t>(std::clamp(width, 0.0, 65'535.0)), std::string(text)});
    }
    Code const code{it->second, uses_[it->second].width};
    if (text.size() == 1 && static_cast<signed char>(text[0]) >= 0)
        ascii_[static_cast<std::size_t>(text[0])] = {glyph, code};
    return code;
}

std::uint16_t Font::blank() {
    if (blank_) return *blank_;
    blank_ = 0;
    for (char32_t const invisible : {U'\u200C', U'\u200D', U'\u200B', U'\uFEFF', U'\u2060', U'\u200E', U'\u200F'}) {
        std::uint16_t const glyph = face_.glyph(invisible);
        hb_glyph_extents_t extents{};
        bool const empty = hb_font_get_glyph_extents(face_.hb_font(), glyph, &extents) == 0 ||
                           (extents.width == 0 && extents.height == 0);
        if (glyph != 0 && face_.advance(glyph) == 0 && empty) {
            blank_ = glyph;
            break;
        }
    }
    return *blank_;
}

std::string Font::subset_tag() const {
    std::uint64_t hash = 14695981039346656037ULL;
    auto const add = [&](unsigned byte) { hash = (hash ^ byte) * 1099511628211ULL; };
    for (char const c : face_.postscript_name()) add(static_cast<unsigned char>(c));
    for (Use const& use : uses_) {
        add(use.glyph & 0xFFU);
        add(use.glyph >> 8U);
    }
    std::string tag;
    for (int i = 0; i < 6; ++i, hash /= 26) tag += static_cast<char>('A' + hash % 26);
    return tag;
}

std::string Font::to_unicode() const {
    std::vector<std::string> lines;
    for (std::size_t code = 1; code < uses_.size(); ++code) {
        if (uses_[code].text.empty()) continue;
        std::string line = code_text(code) + " <";
        append_utf16_hex(line, uses_[code].text, false);
        lines.push_back(line + ">\n");
    }
    std::string out = cmap_head("Adobe-Identity-UCS", "UCS");
    append_blocks(out, lines, "bfchar");
    return out += cmap_tail;
}

void Font::write(Objects& objects, SubsetCache& subsets) const {
    std::set<std::uint16_t> glyphs;
    for (std::size_t code = 1; code < uses_.size(); ++code) glyphs.insert(uses_[code].glyph);
    auto const kept = subsets.of(face_, glyphs); // stays while it is in use
    Subset const& subset = *kept;
    std::string const base_font = subset_tag() + "+" + face_.postscript_name();

    Object const file = objects.add_stream(
        (face_.is_cff() ? "/Subtype/CIDFontType0C\n" : fmt::format("/Length1 {}\n", subset.size)) + subset.filter,
        subset.stream, Compression::none);
    auto const& m = face_.metrics();
    auto const units = [](float em) { return std::lround(em * 1000); };
    constexpr int symbolic = 4, fixed_pitch = 1, italic = 64;
    int const flags = symbolic | (face_.is_monospaced() ? fixed_pitch : 0) | (face_.italic() ? italic : 0);
    // Nobody measures the stems; viewers use the value only when the font is missing.
    double const stem = 50 + std::pow(face_.weight() / 65.0, 2);
    Object const descriptor =
        objects.add(fmt::format("/Type/FontDescriptor/FontName/{}/Flags {}/FontBBox[{} {} {} {}]/ItalicAngle {}/Ascent "
                                "{}/Descent {}/CapHeight {}"
                                "/StemV {}/{} {}\n",
                                base_font, flags, units(m.x_min), units(m.y_min), units(m.x_max), units(m.y_max),
                                std::lround(m.italic_angle), units(m.ascent), -units(m.descent), units(m.cap_height),
                                std::lround(stem), face_.is_cff() ? "FontFile3" : "FontFile2", file.reference()));

    // CFF: the embedded CMap leads from codes to CIDs, which are the subset's glyphs. TrueType: CIDs are the codes.
    std::map<std::uint16_t, std::uint16_t> widths;
    std::string encoding, mapping;
    if (face_.is_cff()) {
        std::vector<std::string> lines;
        for (std::size_t code = 1; code < uses_.size(); ++code) {
            std::uint16_t const cid = subset.ids.at(uses_[code].glyph);
            widths[cid] = uses_[code].width;
            std::string& line = lines.emplace_back(code_text(code));
            line += ' ';
            append_integer(line, cid);
            line += '\n';
        }
        std::string const name = "Deckle-" + base_font.substr(0, 6);
        std::string cmap = cmap_head(name, "Identity");
        append_blocks(cmap, lines, "cidchar");
        cmap += cmap_tail;
        encoding =
            objects
                .add_stream(fmt::format("/Type/CMap/CMapName/{}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                                        "/Supplement 0>>\n",
                                        name),
                            cmap)
                .reference();
    } else {
        std::string gids(2, '\0');
        for (std::size_t code = 1; code < uses_.size(); ++code) {
            std::uint16_t const gid = subset.ids.at(uses_[code].glyph);
            widths[static_cast<std::uint16_t>(code)] = uses_[code].width;
            gids += static_cast<char>(gid >> 8);
            gids += static_cast<char>(gid & 0xFF);
        }
        encoding = "/Identity-H";
        mapping = "/CIDToGIDMap " + objects.add_stream({}, gids).reference();
    }
    Object const descendant = objects.add(fmt::format(
        "/Type/Font/Subtype/{}/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        "/FontDescriptor {}{}\n{}",
        face_.is_cff() ? "CIDFontType0" : "CIDFontType2", base_font, descriptor.reference(), mapping,
        width_array(widths)));
    Object const unicode = objects.add_stream({}, to_unicode());
    objects.set(object_,
                fmt::format("/Type/Font/Subtype/Type0/BaseFont/{}/Encoding {}/DescendantFonts[{}]/ToUnicode {}\n",
                            base_font, encoding, descendant.reference(), unicode.reference()));
}

Font& Fonts::use(text::Face const& face, Objects& objects) {
    if (auto const it = by_face_.find(&face); it != by_face_.end()) return *it->second;
    fonts_.push_back(std::make_unique<Font>(face, "F" + std::to_string(fonts_.size() + 1), objects.reserve()));
    by_face_.emplace(&face, fonts_.back().get());
    return *fonts_.back();
}

std::vector<text::Face const*> Fonts::faces() const {
    std::vector<text::Face const*> faces;
    for (auto const& font : fonts_) faces.push_back(&font->face());
    return faces;
}

std::string Fonts::resources() const {
    std::string out;
    for (auto const& font : fonts_) out += "/" + font->name() + " " + font->object().reference() + "\n";
    return out;
}

void Fonts::write(Objects& objects, SubsetCache& subsets) const {
    for (auto const& font : fonts_) font->write(objects, subsets);
}

} // namespace deckle::pdf
