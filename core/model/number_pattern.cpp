#include "model/number_pattern.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <unicode/dcfmtsym.h>
#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>
#include <vector>

namespace deckle::model {
namespace {

using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;
using icu::number::Precision;

void check(UErrorCode status, std::string_view what) {
    if (U_FAILURE(status)) throw Error(ErrorCode::failed, fmt::format("ICU: {}: {}", what, u_errorName(status)));
}

std::string formatted(LocalizedNumberFormatter const& formatter, char const* number) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    formatter.formatDecimal(number, status).toString(status).toUTF8String(out);
    check(status, "formatting a number");
    return out;
}

/// A true minus for ASCII's and the no-break hyphen; the yen sign every font has for the full-width one.
void normalize(std::string& affix) {
    auto const replace = [&](std::string_view from, std::string_view to) {
        for (auto at = affix.find(from); at != std::string::npos; at = affix.find(from, at + to.size()))
            affix.replace(at, from.size(), to);
    };
    replace("-", "\u2212");
    replace("\u2011", "\u2212");
    replace("\uFFE5", "\u00A5");
}

NumberPattern::Affixes affixes(std::string const& sample, bool hidden) {
    auto const first = std::ranges::find_if(sample, is_digit);
    auto const last = std::find_if(sample.rbegin(), sample.rend(), is_digit).base();
    NumberPattern::Affixes out{{sample.begin(), first}, {last, sample.end()}};
    for (auto* affix : {&out.prefix, &out.suffix}) {
        normalize(*affix);
        if (!hidden) continue;
        for (std::string_view space : {"\u00A0", "\u202F", " "})
            for (auto at = affix->find(space); at != std::string::npos; at = affix->find(space))
                affix->erase(at, space.size());
    }
    return out;
}

/// The runs of digits and what stands between them.
struct Runs {
    std::vector<std::size_t> digits;
    std::vector<std::string> between;
};

Runs runs_of(std::string const& sample) {
    Runs out;
    bool in_digits = false;
    for (char const c : sample) {
        if (is_digit(c)) {
            if (!in_digits) out.digits.push_back(0);
            ++out.digits.back();
        } else if (!out.digits.empty()) {
            if (in_digits) out.between.emplace_back();
            out.between.back() += c;
        }
        in_digits = is_digit(c);
    }
    return out;
}

uint128 power_of_ten(int n) {
    uint128 power = 1;
    while (n-- > 0) power *= 10;
    return power;
}

std::string digits_of(uint128 value) {
    constexpr std::uint64_t chunk = 10'000'000'000'000'000'000ULL;
    if (value < chunk) return fmt::format_int(static_cast<std::uint64_t>(value)).str();
    std::string const low = fmt::format_int(static_cast<std::uint64_t>(value % chunk)).str();
    return digits_of(value / chunk) + std::string(19 - low.size(), '0') + low;
}

} // namespace

NumberPattern NumberPattern::learn(std::string const& icu_locale, NumberKind kind, std::string const& currency,
                                   bool accounting) {
    UErrorCode status = U_ZERO_ERROR;
    bool const money = kind == NumberKind::currency || kind == NumberKind::currency_hidden;
    auto formatter =
        NumberFormatter::withLocale(icu::Locale(icu_locale.c_str())).precision(Precision::fixedFraction(2));
    if (kind == NumberKind::percent) formatter = formatter.unit(icu::NoUnit::percent());
    if (money) formatter = formatter.unit(icu::CurrencyUnit(icu::StringPiece(currency), status));
    if (kind == NumberKind::currency_hidden) formatter = formatter.unitWidth(UNUM_UNIT_WIDTH_HIDDEN);
    check(status, "currency " + currency);
    auto const signs = formatter.sign(accounting ? UNUM_SIGN_ACCOUNTING : UNUM_SIGN_AUTO);
    auto const always = formatter.sign(accounting ? UNUM_SIGN_ACCOUNTING_ALWAYS : UNUM_SIGN_ALWAYS);

    bool const hidden = kind == NumberKind::currency_hidden;
    NumberPattern pattern;
    auto const sample = formatted(signs, "1234567890.12");
    pattern.positive = affixes(sample, hidden);
    pattern.negative = affixes(formatted(signs, "-1234567890.12"), hidden);
    pattern.plus = affixes(formatted(always, "1234567890.12"), hidden);

    auto const runs = runs_of(sample); // 1,234,567,890.12 -> 1 3 3 3 2
    auto const groups = runs.digits.size() - 1;
    pattern.decimal = runs.between[groups - 1];
    if (groups < 2) {
        pattern.primary = pattern.secondary = 0;
        return pattern;
    }
    pattern.group = runs.between[0];
    pattern.primary = static_cast<int>(runs.digits[groups - 1]);
    pattern.secondary = groups > 2 ? static_cast<int>(runs.digits[groups - 2]) : pattern.primary;
    pattern.minimum = runs_of(formatted(signs, "1234.12")).digits.size() > 2 ? 1 : 2;
    return pattern;
}

std::string NumberPattern::format(Decimal const& value, int shift, int digits, bool sign) const {
    bool const below_zero = value.is_negative();
    uint128 units = below_zero ? uint128{0} - static_cast<uint128>(value.units()) : static_cast<uint128>(value.units());
    int scale = value.scale() - shift;
    if (scale > digits) {
        int const drop = scale - digits;
        uint128 const power = power_of_ten(std::min(drop, 38));
        units = drop > 38 ? 0 : units / power + (units % power >= power - units % power ? 1 : 0);
        scale = digits;
    }
    bool const zero = units == 0;
    std::string number = digits_of(units);
    if (scale < 0) {
        if (!zero) number.append(static_cast<std::size_t>(-scale), '0');
        scale = 0;
    }
    auto const places = static_cast<std::size_t>(scale);
    if (number.size() <= places) number.insert(0, places + 1 - number.size(), '0');
    auto const whole = static_cast<int>(number.size() - places);

    Affixes const& around = zero ? positive : below_zero ? negative : sign ? plus : positive;
    std::string out;
    out.reserve(number.size() * 2 + around.prefix.size() + around.suffix.size());
    out += around.prefix;
    bool const grouped = primary > 0 && whole >= primary + minimum;
    for (int i = 0; i < whole; ++i) {
        int const left = whole - i; // digits from here to the decimal point
        if (grouped && i > 0 && (left == primary || (left > primary && (left - primary) % secondary == 0)))
            out += group;
        out += number[static_cast<std::size_t>(i)];
    }
    if (digits > 0) {
        out += decimal;
        out.append(number, static_cast<std::size_t>(whole), std::string::npos);
        out.append(static_cast<std::size_t>(digits) - places, '0');
    }
    return out += around.suffix;
}

int currency_digits(std::string const& currency) {
    UErrorCode status = U_ZERO_ERROR;
    auto code = icu::UnicodeString::fromUTF8(currency);
    auto const digits = ucurr_getDefaultFractionDigits(code.getTerminatedBuffer(), &status);
    return U_FAILURE(status) ? 2 : digits;
}

} // namespace deckle::model
