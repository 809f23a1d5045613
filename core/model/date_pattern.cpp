#include "model/date_pattern.hpp"
#include "base/error.hpp"
#include <fmt/format.h>
#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <vector>

namespace deckle::model {
namespace {

constexpr std::array<char const*, 6> skeletons{"yMMMMd", "yMMMd", "MMMd", "yMMMM", "MMM", "yMMM"}; // order of DateStyle

std::vector<std::string> month_names(icu::DateFormatSymbols const& symbols,
                                     icu::DateFormatSymbols::DtContextType context,
                                     icu::DateFormatSymbols::DtWidthType width) {
    std::int32_t count = 0;
    auto const* names = symbols.getMonths(count, context, width);
    std::vector<std::string> out(static_cast<std::size_t>(count));
    for (std::int32_t i = 0; i < count; ++i) names[i].toUTF8String(out[static_cast<std::size_t>(i)]);
    return out;
}

} // namespace

struct DatePatterns::Loaded {
    std::array<std::string, skeletons.size()> patterns;
    std::vector<std::string> wide, abbreviated, standalone_wide, standalone_abbreviated;

    explicit Loaded(std::string const& locale_name) {
        using Symbols = icu::DateFormatSymbols;
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale const locale(locale_name.c_str());
        std::unique_ptr<icu::DateTimePatternGenerator> const generator(
            icu::DateTimePatternGenerator::createInstance(locale, status));
        Symbols const symbols(locale, status);
        if (U_FAILURE(status))
            throw Error(ErrorCode::failed, fmt::format("ICU: dates of {}: {}", locale_name, u_errorName(status)));
        for (std::size_t i = 0; i < skeletons.size(); ++i)
            generator->getBestPattern(icu::UnicodeString(skeletons[i]), status).toUTF8String(patterns[i]);
        wide = month_names(symbols, Symbols::FORMAT, Symbols::WIDE);
        abbreviated = month_names(symbols, Symbols::FORMAT, Symbols::ABBREVIATED);
        standalone_wide = month_names(symbols, Symbols::STANDALONE, Symbols::WIDE);
        standalone_abbreviated = month_names(symbols, Symbols::STANDALONE, Symbols::ABBREVIATED);
    }

    [[nodiscard]] std::string field(char letter, std::size_t length, Date day) const {
        auto const month = day.month() - 1;
        if (letter == 'y')
            return length == 2 ? fmt::format("{:02}", day.year() % 100) : fmt::format("{:0{}}", day.year(), length);
        if (letter == 'd') return fmt::format("{:0{}}", day.day(), length);
        if (letter == 'M' && length >= 3) return length == 3 ? abbreviated[month] : wide[month];
        if (letter == 'L' && length >= 3) return length == 3 ? standalone_abbreviated[month] : standalone_wide[month];
        return letter == 'M' || letter == 'L' ? fmt::format("{:0{}}", day.month(), length) : std::string();
    }
};

DatePatterns::DatePatterns(std::string icu_locale) : locale_(std::move(icu_locale)) {}
DatePatterns::~DatePatterns() = default;

// Patterns: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
std::string DatePatterns::format(Date day, DateStyle style) const {
    if (!loaded_) loaded_ = std::make_unique<Loaded>(locale_);
    std::string const& pattern = loaded_->patterns[static_cast<std::size_t>(style)];
    std::string out;
    bool quoted = false;
    for (std::size_t i = 0; i < pattern.size();) {
        char const c = pattern[i];
        if (c == '\'') {
            bool const doubled = i + 1 < pattern.size() && pattern[i + 1] == '\'';
            if (doubled)
                out += '\'';
            else
                quoted = !quoted;
            i += doubled ? 2 : 1;
        } else if (!quoted && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
            auto const end = std::min(pattern.find_first_not_of(c, i), pattern.size());
            out += loaded_->field(c, end - i, day);
            i = end;
        } else {
            out += c;
            ++i;
        }
    }
    return out;
}

} // namespace deckle::model
