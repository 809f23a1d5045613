#include "pdf/cff.hpp"
#include <gtest/gtest.h>
#include <string>

namespace deckle::pdf {
namespace {

std::string bytes(std::initializer_list<int> values) {
    std::string out;
    for (int const value : values) out += static_cast<char>(value);
    return out;
}

/// A CFF table as far as the charset: `glyphs` glyphs, keyed by CID or by names.
std::string table(int glyphs, std::string const& charset, bool cid_keyed) {
    std::string const head = bytes({1, 0, 4, 1}) + bytes({0, 1, 1, 1, 2}) + "N";
    std::size_t const top_size = (cid_keyed ? 5 : 0) + 4 + 4;
    std::size_t const charset_at = head.size() + 5 + top_size;
    std::size_t const char_strings_at = charset_at + charset.size();
    auto const number = [](std::size_t value) {
        return bytes({28, static_cast<int>(value >> 8), static_cast<int>(value & 255)});
    };
    std::string top;
    if (cid_keyed) top += bytes({139, 139, 139, 12, 30}); // 0 0 0 ROS
    top += number(charset_at) + bytes({15});
    top += number(char_strings_at) + bytes({17});
    std::string out = head + bytes({0, 1, 1, 1, static_cast<int>(1 + top_size)}) + top + charset;
    out += bytes({0, glyphs, 1});
    for (int i = 0; i <= glyphs; ++i) out += bytes({1 + i});
    return out + std::string(static_cast<std::size_t>(glyphs), '\x0E');
}

using Cids = std::vector<std::uint16_t>;

TEST(Cff, CharsetFormats) {
    EXPECT_EQ(cff_charset_if_cid_keyed(table(4, bytes({0, 0, 7, 1, 0, 0, 9}), true)), (Cids{0, 7, 256, 9}));
    EXPECT_EQ(cff_charset_if_cid_keyed(table(5, bytes({1, 0, 7, 1, 2, 0, 1}), true)), (Cids{0, 7, 8, 512, 513}));
    EXPECT_EQ(cff_charset_if_cid_keyed(table(4, bytes({2, 0, 3, 0, 2}), true)), (Cids{0, 3, 4, 5}));
}

TEST(Cff, NamedFontsHaveNoCids) {
    EXPECT_TRUE(cff_charset_if_cid_keyed(table(4, bytes({2, 0, 3, 0, 2}), false)).empty());
}

TEST(Cff, BrokenTablesGiveNothing) {
    std::string const good = table(5, bytes({1, 0, 7, 1, 2, 0, 1}), true);
    for (std::size_t size = 0; size + 5 < good.size(); ++size)
        EXPECT_TRUE(cff_charset_if_cid_keyed(std::string_view(good).substr(0, size)).empty()) << size;
    for (std::size_t at = 0; at < good.size(); ++at)
        for (int const value : {0, 1, 127, 255}) {
            std::string broken = good;
            broken[at] = static_cast<char>(value);
            (void)cff_charset_if_cid_keyed(broken); // must not read outside, whatever it says
        }
}

} // namespace
} // namespace deckle::pdf
