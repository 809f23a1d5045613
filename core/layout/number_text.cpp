#include "layout/number_text.hpp"
#include <algorithm>
#include <unicode/dcfmtsym.h>
#include <unicode/decimfmt.h>

namespace deckle::layout {
namespace {

icu::Locale locale_of(std::string const& language) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::forLanguageTag(language.empty() ? "en" : language, status);
    if (U_FAILURE(status) || locale.isBogus()) locale = icu::Locale::getEnglish();
    if (language.find("-nu-") == std::string::npos) {
        status = U_ZERO_ERROR;
        locale.setKeywordValue("numbers", "latn", status);
    }
    return locale;
}

} // namespace

struct NumberTexts::Format {
    std::unique_ptr<icu::DecimalFormat> format; // null: refused
    int places = 0;                             // of the value; digits beyond are rounded away
};

NumberTexts::NumberTexts() = default;
NumberTexts::~NumberTexts() = default;

std::optional<std::string> NumberTexts::text(Decimal const& value, std::string const& pattern,
                                             std::string const& language, bool all_places) {
    std::unique_ptr<Format>& slot = formats_[{pattern, language}];
    if (!slot) {
        slot = std::make_unique<Format>();
        UErrorCode status = U_ZERO_ERROR;
        icu::DecimalFormatSymbols symbols(locale_of(language), status);
        using Symbols = icu::DecimalFormatSymbols;
        if (symbols.getConstSymbol(Symbols::kMinusSignSymbol) == icu::UnicodeString(u'-')) {
            symbols.setSymbol(Symbols::kMinusSignSymbol, icu::UnicodeString(u'\u2212')); // a true minus
        }
        auto format =
            std::make_unique<icu::DecimalFormat>(icu::UnicodeString::fromUTF8(pattern), std::move(symbols), status);
        if (U_SUCCESS(status)) {
            format->setRoundingMode(icu::DecimalFormat::kRoundHalfUp);
            slot->places = format->getMaximumFractionDigits();
            for (std::int32_t by = format->getMultiplier(); by >= 10; by /= 10) ++slot->places;
            slot->format = std::move(format);
        }
    }
    if (!slot->format) return std::nullopt;
    Decimal const shown = slot->places < value.scale() ? value.rounded(slot->places) : value;
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    if (all_places) {
        icu::DecimalFormat padded(*slot->format);
        padded.setMinimumFractionDigits(padded.getMaximumFractionDigits());
        padded.format(shown.to_string(), out, nullptr, status);
    } else {
        slot->format->format(shown.to_string(), out, nullptr, status);
    }
    if (U_FAILURE(status)) return std::nullopt;
    std::string text;
    out.toUTF8String(text);
    return text;
}

} // namespace deckle::layout
