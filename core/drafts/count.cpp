// The weights and the form of addresses are those of twitter-text 3.1.0, configuration 3; its oracle table is in
// tests/drafts/x_counts/. Emoji sequences are those of the Unicode version that ICU has.
// https://github.com/twitter/twitter-text/tree/master/config
#include "drafts/count.hpp"
#include "drafts/web_address.hpp"
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

namespace deckle::drafts {
namespace {

/// Calls `each` with every code point.
template <class F>
void for_code_points(std::string_view text, F&& each) {
    auto const unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) each(unicode.char32At(i));
}

int words(std::string_view text) {
    int n = 0;
    bool inside = false;
    for_code_points(text, [&](UChar32 c) {
        bool const space = u_isUWhiteSpace(c) != 0;
        n += !space && !inside ? 1 : 0;
        inside = !space;
    });
    return n;
}

int characters(std::string_view text, bool with_spaces) {
    int n = 0;
    for_code_points(text, [&](UChar32 c) { n += with_spaces || u_isUWhiteSpace(c) == 0 ? 1 : 0; });
    return n;
}

/// UTF-16 units of the longest emoji that begins at `at`; 0 when there is none.
std::int32_t emoji(icu::UnicodeString const& text, std::int32_t at) {
    constexpr std::int32_t longest = 28; // flags of regions have 14, families fewer
    if (text.charAt(at) < 0x80 &&
        !(at + 1 < text.length() && (text.charAt(at + 1) == 0xFE0F || text.charAt(at + 1) == 0x20E3)))
        return 0;
    for (std::int32_t n = std::min(longest, text.length() - at); n > 0; --n)
        if (u_stringHasBinaryProperty(text.getBuffer() + at, n, UCHAR_RGI_EMOJI) != 0)
            return n == 1 && at + 1 < text.length() && text.charAt(at + 1) == 0xFE0F ? 2 : n; // asked for as an emoji
    bool const keycap = u_strchr(u"0123456789#*", text.charAt(at)) != nullptr && at + 1 < text.length() &&
                        text.charAt(at + 1) == 0x20E3;
    return keycap ? 2 : 0;
}

int x_weighted(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* const nfc = icu::Normalizer2::getNFCInstance(status);
    auto const text =
        nfc->normalize(icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())}), status);
    auto const is_light = [](UChar32 c) {
        return c <= 4351 || (c >= 8192 && c <= 8205) || (c >= 8208 && c <= 8223) || (c >= 8242 && c <= 8247);
    };
    int length = 0;
    for (std::int32_t i = 0; i < text.length();) {
        if (auto const address = web_address(text, i); address > 0) {
            length += 23;
            i += address;
        } else if (auto const sequence = emoji(text, i); sequence > 0) {
            length += 2;
            i += sequence;
        } else {
            length += is_light(text.char32At(i)) ? 1 : 2;
            i = text.moveIndex32(i, 1);
        }
    }
    return length;
}

} // namespace

int count(std::string_view text, Field::Unit unit) {
    switch (unit) {
    case Field::Unit::words:
        return words(text);
    case Field::Unit::characters:
        return characters(text, true);
    case Field::Unit::characters_without_spaces:
        return characters(text, false);
    case Field::Unit::x_weighted:
        return x_weighted(text);
    }
    return 0;
}

std::string_view unit_words(Field::Unit unit) {
    constexpr std::string_view names[] = {"words", "characters", "characters without spaces", "characters as X counts"};
    return names[static_cast<int>(unit)];
}

Field::Unit unit_of(std::string_view name) {
    if (name == "characters") return Field::Unit::characters;
    if (name == "characters_without_spaces") return Field::Unit::characters_without_spaces;
    if (name == "x_weighted") return Field::Unit::x_weighted;
    return Field::Unit::words;
}

} // namespace deckle::drafts
