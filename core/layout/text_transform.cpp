#include "layout/text_transform.hpp"
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace deckle::layout {

std::string transform_text(std::string_view text, css::TextTransform transform, std::string const& language) {
    icu::UnicodeString units = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale =
        icu::Locale::forLanguageTag({language.data(), static_cast<std::int32_t>(language.size())}, status);
    if (U_FAILURE(status) || language.empty()) locale = icu::Locale::getRoot();
    switch (transform) {
    case css::TextTransform::none:
        return std::string(text);
    case css::TextTransform::uppercase:
        units.toUpper(locale);
        break;
    case css::TextTransform::lowercase:
        units.toLower(locale);
        break;
    case css::TextTransform::capitalize: {
        bool in_word = false;
        icu::UnicodeString result;
        for (std::int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
            UChar32 const c = units.char32At(i);
            bool const letter = u_isalnum(c) || u_getIntPropertyValue(c, UCHAR_GENERAL_CATEGORY) == U_NON_SPACING_MARK;
            result.append(letter && !in_word ? u_totitle(c) : c);
            in_word = letter || (in_word && (c == '\'' || c == 0x2019));
        }
        units = result;
        break;
    }
    }
    std::string out;
    units.toUTF8String(out);
    return out;
}

} // namespace deckle::layout
