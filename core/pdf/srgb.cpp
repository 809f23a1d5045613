// A profile is a header of 128 bytes, a table of tags (signature, offset, length) and their data, each on a multiple of
// four bytes. Numbers are big-endian; XYZ values are fixed-point with sixteen bits after the point.
#include "pdf/srgb.hpp"
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::pdf {
namespace {

void put16(std::string& out, std::uint32_t value) {
    out += static_cast<char>(value >> 8 & 0xFFU);
    out += static_cast<char>(value & 0xFFU);
}
void put32(std::string& out, std::uint32_t value) {
    put16(out, value >> 16);
    put16(out, value & 0xFFFFU);
}
void put_fixed(std::string& out, double value) {
    put32(out, static_cast<std::uint32_t>(std::lround(value * 65536)));
}

using Xyz = std::array<double, 3>;
constexpr Xyz d50{0.9642, 1.0, 0.8249};
// The primaries of IEC 61966-2-1, adapted from D65 to D50 with the Bradford matrix; they add up to D50.
constexpr Xyz red{0.43607, 0.22249, 0.01392}, green{0.38515, 0.71687, 0.09708}, blue{0.14307, 0.06061, 0.71410};

std::string xyz(Xyz const& value) {
    std::string out("XYZ \0\0\0\0", 8);
    for (double const v : value) put_fixed(out, v);
    return out;
}

/// textDescriptionType: ASCII, then no Unicode and no Macintosh form.
std::string description(std::string_view text) {
    std::string out("desc\0\0\0\0", 8);
    put32(out, static_cast<std::uint32_t>(text.size() + 1));
    out += text;
    return out.append(1 + 4 + 4 + 2 + 1 + 67, '\0');
}

std::string plain_text(std::string_view text) {
    std::string out("text\0\0\0\0", 8);
    out += text;
    return out += '\0';
}

std::string tone_curve() {
    constexpr std::uint32_t points = 1024;
    std::string out("curv\0\0\0\0", 8);
    put32(out, points);
    for (std::uint32_t i = 0; i < points; ++i) {
        double const v = i / double{points - 1};
        double const linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        put16(out, static_cast<std::uint32_t>(std::lround(linear * 65535)));
    }
    return out;
}

} // namespace

std::string srgb_profile() {
    std::vector<std::pair<std::string_view, std::string>> const tags = {{"desc", description("sRGB IEC61966-2.1")},
                                                                        {"cprt", plain_text("Public domain")},
                                                                        {"wtpt", xyz(d50)},
                                                                        {"rXYZ", xyz(red)},
                                                                        {"gXYZ", xyz(green)},
                                                                        {"bXYZ", xyz(blue)},
                                                                        {"rTRC", tone_curve()},
                                                                        {"gTRC", {}},
                                                                        {"bTRC", {}}}; // one curve for all three
    std::string table, data;
    auto const begin = static_cast<std::uint32_t>(128 + 4 + 12 * tags.size());
    put32(table, static_cast<std::uint32_t>(tags.size()));
    std::uint32_t offset = 0, length = 0;
    for (auto const& [signature, bytes] : tags) {
        if (!bytes.empty()) {
            data.append((4 - data.size() % 4) % 4, '\0');
            offset = begin + static_cast<std::uint32_t>(data.size());
            length = static_cast<std::uint32_t>(bytes.size());
            data += bytes;
        }
        table += signature;
        put32(table, offset);
        put32(table, length);
    }
    data.append((4 - data.size() % 4) % 4, '\0');

    std::string profile;
    put32(profile, begin + static_cast<std::uint32_t>(data.size()));
    put32(profile, 0);          // no colour management module is preferred
    put32(profile, 0x02100000); // version 2.1
    profile += "mntrRGB XYZ ";
    for (std::uint32_t const part : {2026U, 1U, 1U, 0U, 0U, 0U}) put16(profile, part); // the date
    profile += "acsp";
    profile.append(64 - profile.size(), '\0'); // platform, flags, device, attributes
    put32(profile, 0);                         // perceptual
    for (double const v : d50) put_fixed(profile, v);
    profile.append(128 - profile.size(), '\0');
    return profile + table + data;
}

} // namespace deckle::pdf
