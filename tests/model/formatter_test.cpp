#include "base/error.hpp"
#include "model/formatter.hpp"
#include <gtest/gtest.h>
#include <random>
#include <unicode/dcfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

namespace deckle::model {
namespace {

struct Row {
    char const* locale;
    char const* leaf;
    char const* expected;
};

/// The table below writes a plain space for ICU's no-break ones.
std::string with_plain_spaces(std::string text) {
    for (std::string_view space : {"\u00A0", "\u202F"})
        for (auto at = text.find(space); at != std::string::npos; at = text.find(space))
            text.replace(at, space.size(), " ");
    return text;
}

class Leaf : public testing::TestWithParam<Row> {};

TEST_P(Leaf, IsWrittenAsTheLocaleDoes) {
    Formatter const formatter(GetParam().locale, "America/Chicago");
    EXPECT_EQ(with_plain_spaces(formatter.text(Json::parse(GetParam().leaf))), with_plain_spaces(GetParam().expected))
        << GetParam().locale << " " << GetParam().leaf;
}

INSTANTIATE_TEST_SUITE_P(
    Money, Leaf,
    testing::Values(Row{"en_US", R"({"$money":["1234.50","USD"]})", "$1,234.50"},
                    Row{"en_US", R"({"$money":["-1234.50","USD"]})", "−$1,234.50"},
                    Row{"en_US", R"({"$money":["-1234.50","USD"],"accounting":true})", "($1,234.50)"},
                    Row{"en_US", R"({"$money":["-1234.50","USD"],"accounting":true,"symbol":false})", "(1,234.50)"},
                    Row{"en_US", R"({"$money":["-1234500","USD"],"accounting":true,"scale":3,"digits":1})",
                        "(1,234.5)"},
                    Row{"en_US", R"({"$money":["-0.001","USD"]})", "$0.00"},
                    Row{"en_US", R"({"$money":["-0.001","USD"],"accounting":true})", "$0.00"},
                    Row{"en_US", R"({"$money":["-0.005","USD"]})", "−$0.01"},
                    Row{"en_US", R"({"$money":["2.345","USD"]})", "$2.35"},
                    Row{"en_US", R"({"$money":["2.665","USD"]})", "$2.67"},
                    Row{"en_US", R"({"$money":["250000","USD"],"digits":0})", "$250,000"},
                    Row{"en_US", R"({"$money":["318400.00","USD"],"scale":3})", "318.4"},
                    Row{"en_US", R"({"$money":["318449.99","USD"],"scale":3,"digits":0})", "318"},
                    Row{"en_US", R"({"$money":["-49","USD"],"scale":3})", "0.0"},
                    Row{"en_US", R"({"$money":["12","USD"],"sign":true})", "+$12.00"},
                    Row{"en_US", R"({"$money":["0","USD"],"sign":true})", "$0.00"},
                    Row{"en_US", R"({"$money":["1234.5","JPY"]})", "¥1,235"},
                    Row{"en_US", R"({"$money":["1.5","KWD"]})", "KWD 1.500"},
                    Row{"en_US", R"({"$money":["123456789012345678901234567890.12","USD"]})",
                        "$123,456,789,012,345,678,901,234,567,890.12"},
                    Row{"en_GB", R"({"$money":["-1234.50","GBP"]})", "−£1,234.50"},
                    Row{"en_GB", R"({"$money":["-1234.50","GBP"],"accounting":true})", "(£1,234.50)"},
                    Row{"en_GB", R"({"$money":["1234.50","USD"]})", "US$1,234.50"},
                    Row{"de_DE", R"({"$money":["-1234.50","EUR"]})", "−1.234,50 €"},
                    Row{"de_DE", R"({"$money":["-1234.50","EUR"],"accounting":true})", "−1.234,50 €"},
                    Row{"de_DE", R"({"$money":["1234.50","EUR"],"symbol":false})", "1.234,50"},
                    Row{"ja_JP", R"({"$money":["-1234.50","JPY"]})", "−¥1,235"},
                    Row{"ja_JP", R"({"$money":["-1234.50","JPY"],"accounting":true})", "(¥1,235)"},
                    Row{"fr_FR", R"({"$money":["-1234.50","EUR"]})", "−1 234,50 €"},
                    Row{"de_CH", R"({"$money":["-1234.50","CHF"]})", "CHF−1’234.50"},
                    Row{"de_CH", R"({"$money":["1234.50","CHF"]})", "CHF 1’234.50"},
                    Row{"es_ES", R"({"$money":["1234.50","EUR"]})", "1234,50 €"},
                    Row{"es_ES", R"({"$money":["12345.50","EUR"]})", "12.345,50 €"},
                    Row{"en_IN", R"({"$money":["1234567.50","INR"]})", "₹12,34,567.50"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, Leaf,
    testing::Values(Row{"en_US", R"({"$num":"12.5"})", "12.5"}, Row{"en_US", R"({"$num":"41.60"})", "41.60"},
                    Row{"en_US", R"({"$num":"-1234.55","digits":1})", "−1,234.6"},
                    Row{"en_US", R"({"$num":"-0.04","digits":1})", "0.0"},
                    Row{"en_US", R"({"$num":"12.5","digits":3})", "12.500"},
                    Row{"en_US", R"({"$num":"5","sign":true})", "+5"},
                    Row{"en_US", R"({"$num":"99999999999999999999999999999999999999","digits":2})",
                        "99,999,999,999,999,999,999,999,999,999,999,999,999.00"},
                    Row{"de_DE", R"({"$num":"-1234.5"})", "−1.234,5"}, Row{"en_US", R"({"$pct":"0.31"})", "31.0%"},
                    Row{"en_US", R"({"$pct":"-0.00049"})", "0.0%"}, Row{"en_US", R"({"$pct":"-0.0005"})", "−0.1%"},
                    Row{"en_US", R"({"$pct":"0.4667","digits":0})", "47%"},
                    Row{"en_US", R"({"$pct":"0.039","sign":true})", "+3.9%"},
                    Row{"en_US", R"({"$pct":"12"})", "1,200.0%"}, Row{"de_DE", R"({"$pct":"0.31"})", "31,0 %"},
                    Row{"fr_FR", R"({"$pct":"0.31"})", "31,0 %"}, Row{"ja_JP", R"({"$pct":"0.31"})", "31.0%"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, Leaf,
    testing::Values(Row{"en_US", R"({"$date":"2026-10-31","style":"long"})", "October 31, 2026"},
                    Row{"en_US", R"({"$date":"2026-10-31"})", "Oct 31, 2026"},
                    Row{"en_US", R"({"$date":"2026-10-31","style":"day"})", "Oct 31"},
                    Row{"en_US", R"({"$date":"2026-10-31","style":"month"})", "October 2026"},
                    Row{"en_US", R"({"$date":"2026-10-31","style":"month_short"})", "Oct"},
                    Row{"en_US", R"({"$date":"2026-10-31","style":"month_year"})", "Oct 2026"},
                    Row{"en_GB", R"({"$date":"2026-10-01"})", "1 Oct 2026"},
                    Row{"de_DE", R"({"$date":"2026-10-31","style":"long"})", "31. Oktober 2026"},
                    Row{"de_DE", R"({"$date":"2026-10-31"})", "31. Okt. 2026"},
                    Row{"ja_JP", R"({"$date":"2026-10-31"})", "2026年10月31日"},
                    Row{"ja_JP", R"({"$date":"2026-10-31","style":"month"})", "2026年10月"},
                    Row{"fr_FR", R"({"$date":"2026-10-31","style":"long"})", "31 octobre 2026"},
                    Row{"th_TH", R"({"$date":"2026-10-31","style":"long"})", "31 ตุลาคม 2026"},
                    Row{"en_US", R"({"$datetime":"2026-11-01T11:00:00Z"})", "Nov 1, 2026 05:00 CST"},
                    Row{"en_US", R"({"$datetime":"2026-10-31T11:00:00Z","style":"short"})", "Oct 31 06:00 CDT"}));

INSTANTIATE_TEST_SUITE_P(
    Others, Leaf,
    testing::Values(
        Row{"en_US", R"({"$na":"no_revenue"})", "n/a"}, Row{"en_US", R"("plain")", "plain"},
        Row{"en_US", "2026", "2026"}, Row{"en_US", "true", "true"}, Row{"en_US", "null", ""},
        Row{"en_US", R"({"$text":"{a} of {{{b}}}","args":{"a":{"$money":["5","USD"],"digits":0},"b":"two"}})",
            "$5 of {two}"},
        Row{"de_DE", R"({"$text":"x {a}","args":{"a":{"$text":"y {b}","args":{"b":{"$num":"1.5"}}}}})", "x y 1,5"},
        Row{"en_US", R"({"$chart":{"kind":"bar","series":[],"title":"T"}})", "T"}));

std::string icu_money(std::string const& locale, std::string const& currency, std::string const& amount,
                      bool accounting, int digits) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale const icu_locale(locale.c_str());
    icu::DecimalFormatSymbols symbols(icu_locale, status);
    symbols.setSymbol(icu::DecimalFormatSymbols::kMinusSignSymbol, icu::UnicodeString(char16_t{0x2212}));
    std::string out;
    icu::number::NumberFormatter::withLocale(icu_locale)
        .symbols(symbols)
        .unit(icu::CurrencyUnit(icu::StringPiece(currency), status))
        .precision(icu::number::Precision::fixedFraction(digits))
        .roundingMode(UNUM_ROUND_HALFUP)
        .sign(accounting ? UNUM_SIGN_ACCOUNTING_NEGATIVE : UNUM_SIGN_NEGATIVE)
        .formatDecimal(amount, status)
        .toString(status)
        .toUTF8String(out);
    EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status);
    if (auto const yen = out.find("\uFFE5"); yen != std::string::npos) out.replace(yen, 3, "\u00A5");
    return out;
}

TEST(Formatter, IsEqualToIcuOverManyAmounts) {
    std::mt19937_64 random(20261031);
    for (auto const* locale :
         {"en_US", "en_GB", "de_DE", "ja_JP", "fr_FR", "de_CH", "es_ES", "pl_PL", "sv_SE", "en_IN", "nl_NL", "pt_BR"}) {
        Formatter const formatter(locale, "UTC");
        for (auto const* currency : {"USD", "EUR", "JPY", "GBP"}) {
            for (int i = 0; i < 150; ++i) {
                auto const units = static_cast<std::int64_t>(random() >> (random() % 60)) * (i % 2 == 0 ? 1 : -1);
                auto const amount = Decimal::from_units(units, static_cast<int>(random() % 7));
                int const digits = static_cast<int>(random() % 4);
                bool const accounting = i % 3 == 0;
                NumberStyle style;
                style.digits = digits;
                style.accounting = accounting;
                ASSERT_EQ(formatter.money(amount, currency, style),
                          icu_money(locale, currency, amount.to_string(), accounting, digits))
                    << locale << " " << amount.to_string() << " digits " << digits;
            }
        }
    }
}

TEST(Formatter, DatesAreEqualToIcuForEveryMonth) {
    struct Style {
        DateStyle style;
        char const* skeleton;
    };
    for (auto const* locale :
         {"en_US", "en_GB", "de_DE", "ja_JP", "fr_FR", "de_CH", "es_ES", "pl_PL", "sv_SE", "cs_CZ", "ru_RU"}) {
        Formatter const formatter(locale, "UTC");
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale const icu_locale(locale);
        std::unique_ptr<icu::DateTimePatternGenerator> const generator(
            icu::DateTimePatternGenerator::createInstance(icu_locale, status));
        for (auto const& [style, skeleton] :
             {Style{DateStyle::long_, "yMMMMd"}, Style{DateStyle::medium, "yMMMd"}, Style{DateStyle::day, "MMMd"},
              Style{DateStyle::month, "yMMMM"}, Style{DateStyle::month_short, "MMM"},
              Style{DateStyle::month_year, "yMMM"}}) {
            icu::SimpleDateFormat format(generator->getBestPattern(icu::UnicodeString(skeleton), status), icu_locale,
                                         status);
            format.setTimeZone(*icu::TimeZone::getGMT());
            for (unsigned month = 1; month <= 12; ++month) {
                Date const day = *Date::from_ymd(2026, month, month + 5);
                icu::UnicodeString text;
                format.format(static_cast<UDate>(day.days()) * 86'400'000.0, text);
                std::string expected;
                text.toUTF8String(expected);
                ASSERT_EQ(formatter.date(day, style), expected) << locale << " " << skeleton;
            }
        }
    }
}

TEST(Formatter, KeepsNumberAndSymbolOnOneLine) {
    EXPECT_EQ(Formatter("de_DE", "UTC").money(Decimal::of("1.5"), "EUR"), "1,50\u00A0€");
    EXPECT_EQ(Formatter("fr_FR", "UTC").number(Decimal::of("12345.5")), "12\u202F345,5");
}

TEST(Formatter, RefusesUnknownLocalesAndZones) {
    EXPECT_THROW(Formatter("xx_YY", "UTC"), Error);
    EXPECT_THROW(Formatter("en_US", "Chicago"), Error);
    EXPECT_THROW(Formatter("en_US@numbers=thai", "UTC"), Error);
    EXPECT_EQ(Formatter("en-US", "UTC").language_tag(), "en-US");
}

TEST(Formatter, RefusesWhatIsNoLeaf) {
    Formatter const formatter("en_US", "UTC");
    EXPECT_THROW((void)formatter.text(Json::array()), Error);
    EXPECT_THROW((void)formatter.text(Json::parse(R"({"a":1})")), Error);
    EXPECT_THROW((void)formatter.text(Json::parse(R"({"$num":"1e5"})")), Error);
    EXPECT_THROW((void)formatter.text(Json::parse(R"({"$money":["NaN","USD"]})")), Error);
}

TEST(Formatter, SaysReasonsInWords) {
    EXPECT_EQ(reason_text("no_revenue"), "no revenue");
    EXPECT_EQ(reason_text("missing_column:due"), "column due is missing");
}

} // namespace
} // namespace deckle::model
