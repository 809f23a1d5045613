#include "data/connectors/encoding.hpp"
#include "data/values.hpp"
#include "data/words.hpp"
#include <gtest/gtest.h>

namespace deckle::data {
namespace {

std::string number(std::string_view text, char point = '.') {
    std::string reason;
    auto const n = parse_number(text, point, reason);
    return n ? n->to_string() : "! " + reason;
}

TEST(Numbers, as_people_write_them) {
    struct {
        char const* text;
        char const* value;
    } const cases[] = {
        {"5", "5"},
        {"1,234.50", "1234.50"},
        {"1,234,567", "1234567"},
        {"-5", "-5"},
        {"+5", "5"},
        {"5-", "-5"},
        {"(5.00)", "-5.00"},
        {"($1,234.50)", "-1234.50"},
        {"-$5", "-5"},
        {"$-5", "-5"},
        {"US$ 5", "5"},
        {"USD 5.10", "5.10"},
        {"5.10 USD", "5.10"},
        {"5 \xe2\x82\xac", "5"},
        {"\xe2\x88\x92"
         "5",
         "-5"},
        {"12.5%", "0.125"},
        {"-3 %", "-0.03"},
        {".5", "0.5"},
        {"007", "7"},
        {"1 234", "1234"},
        {"1\xc2\xa0"
         "234",
         "1234"},
        {"1'234.5", "1234.5"},
        {"-0.00", "0.00"},
        {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
    };
    for (auto const& c : cases) EXPECT_EQ(number(c.text), c.value) << c.text;
}

TEST(Numbers, decimal_comma) {
    EXPECT_EQ(number("1.234,50", ','), "1234.50");
    EXPECT_EQ(number("1 234,5", ','), "1234.5");
    EXPECT_EQ(number("1.234", ','), "1234");
    EXPECT_EQ(number("-,5", ','), "-0.5");
}

TEST(Numbers, a_wrong_separator_is_refused_and_never_read_as_another_number) {
    EXPECT_EQ(number("1,50"), "! is not a number with decimal separator '.'");
    EXPECT_EQ(number("1.50", ','), "! is not a number with decimal separator ','");
    EXPECT_EQ(number("1,2345.0"), "! is not a number");
    EXPECT_EQ(number("12,34,567"), "! is not a number");
    EXPECT_EQ(number("1234,567"), "! is not a number");
}

TEST(Numbers, what_is_no_number) {
    for (char const* text :
         {"", "-", "abc", "INV123", "12a", "1e5", "1.2.3", "--5", "()", "$", "%", "1,", "NaN", "0x10"})
        EXPECT_EQ(number(text).substr(0, 1), "!") << text;
    EXPECT_EQ(number("100000000000000000000000000000000000000"), "! has more than 38 digits");
    EXPECT_EQ(number("0.1234567890123456789"), "! has more than 18 places after the decimal separator");
    EXPECT_EQ(number("0.1234567890123456780"), "0.123456789012345678");
}

std::string date(char const* pattern, std::string_view text) {
    std::string reason;
    auto const p = *pattern == '\0' ? DatePattern() : DatePattern::compile(pattern, reason).value();
    auto const d = p.date(text);
    return d ? d->to_string() : "-";
}

TEST(Dates, the_calendar_date_as_written) {
    EXPECT_EQ(date("", "2026-10-31"), "2026-10-31");
    EXPECT_EQ(date("", " 2026-10-31T00:00:00Z "), "2026-10-31");
    EXPECT_EQ(date("", "2026-10-31T23:59:59.1234567-05:00"), "2026-10-31");
    EXPECT_EQ(date("", "2026-10-31 12:00"), "2026-10-31");
    EXPECT_EQ(date("", "/Date(1539993600000+0000)/"), "2018-10-20");
    EXPECT_EQ(date("", "/Date(-86400000)/"), "1969-12-31");
    EXPECT_EQ(date("M/D/YYYY", "1/5/2026"), "2026-01-05");
    EXPECT_EQ(date("M/D/YYYY", "10/31/2026 12:00:00 AM"), "2026-10-31");
    EXPECT_EQ(date("DD.MM.YYYY", "05.01.2026"), "2026-01-05");
    EXPECT_EQ(date("YYYYMMDD", "20260105"), "2026-01-05");
    EXPECT_EQ(date("D-MMM-YY", "5-Jan-26"), "2026-01-05");
    EXPECT_EQ(date("MMM D, YYYY", "September 5, 2026"), "2026-09-05");
    EXPECT_EQ(date("M/D/YY", "1/5/99"), "1999-01-05");
    EXPECT_EQ(date("D. M. YYYY", "29. 2. 2028"), "2028-02-29");
}

TEST(Dates, what_is_no_date) {
    for (char const* text :
         {"2026-02-29", "2026-13-01", "31/10/2026", "2026-10-31X", "2026-10-31T25:00", "", "20261031"})
        EXPECT_EQ(date("", text), "-") << text;
    for (char const* text : {"31/12/2026", "1/5/26", "2026-01-05", "1/5/20266", "1/5/2026 noon", "0/5/2026"})
        EXPECT_EQ(date("M/D/YYYY", text), "-") << text;
    EXPECT_EQ(date("D-MMM-YY", "5-Jax-26"), "-");
    EXPECT_EQ(date("", "/Date(99999999999999999)/"), "-");
}

TEST(Dates, moments) {
    auto at = [](char const* pattern, char const* text) {
        std::string reason;
        auto const p = *pattern == '\0' ? DatePattern() : DatePattern::compile(pattern, reason).value();
        auto const i = p.datetime(text, "America/Chicago");
        return i ? to_iso(*i) : "-";
    };
    EXPECT_EQ(at("", "2026-07-01T12:00:00Z"), "2026-07-01T12:00:00Z");
    EXPECT_EQ(at("", "2026-07-01T12:00:00+02:00"), "2026-07-01T10:00:00Z");
    EXPECT_EQ(at("", "2026-07-01T12:00:00"), "2026-07-01T17:00:00Z");
    EXPECT_EQ(at("", "2026-01-01 12:00"), "2026-01-01T18:00:00Z");
    EXPECT_EQ(at("", "2026-01-01"), "2026-01-01T06:00:00Z");
    EXPECT_EQ(at("", "2026-01-01T00:00:00.25Z"), "2026-01-01T00:00:00.250Z");
    EXPECT_EQ(at("M/D/YYYY h:mm A", "7/1/2026 12:30 AM"), "2026-07-01T05:30:00Z");
    EXPECT_EQ(at("M/D/YYYY h:mm A", "7/1/2026 1:05 PM"), "2026-07-01T18:05:00Z");
    EXPECT_EQ(at("M/D/YYYY h:mm A", "7/1/2026 13:05 PM"), "-");
    EXPECT_EQ(at("YYYY-MM-DD HH:mm:ssZ", "2026-07-01 12:00:00-0500"), "2026-07-01T17:00:00Z");
    EXPECT_EQ(at("", "2026-07-01T12:60:00Z"), "-");
}

TEST(Dates, patterns_are_checked) {
    std::string reason;
    EXPECT_FALSE(DatePattern::compile("MM/YYYY", reason));
    EXPECT_NE(reason.find("one year, one month and one day"), std::string::npos);
    EXPECT_FALSE(DatePattern::compile("dd/MM/yyyy", reason));
    EXPECT_NE(reason.find("unknown letter 'd'"), std::string::npos);
    EXPECT_FALSE(DatePattern::compile("", reason));
}

TEST(Booleans, are_a_closed_list) {
    for (char const* text : {"yes", " TRUE ", "Y", "t", "1"}) EXPECT_EQ(parse_boolean(text), true) << text;
    for (char const* text : {"no", "False", "N", "f", "0"}) EXPECT_EQ(parse_boolean(text), false) << text;
    for (char const* text : {"", "2", "x", "on", "oui"}) EXPECT_EQ(parse_boolean(text), std::nullopt) << text;
}

TEST(Words, nearest_finds_slips_and_nothing_far_off) {
    EXPECT_EQ(hint("conection", {"connection", "columns"}), "; did you mean 'connection'?");
    EXPECT_EQ(hint("cvs", {"csv", "json"}), "; did you mean 'csv'?");
    EXPECT_EQ(hint("Invoice", {"Amount", "Invoice Number"}), "; did you mean 'Invoice Number'?");
    EXPECT_EQ(hint("xyz", {"a", "b"}), "; there is: a, b");
    EXPECT_EQ(trim("\xef\xbb\xbf\xc2\xa0 a b \t\xe2\x80\xaf"), "a b");
    EXPECT_EQ(trim(" \t "), "");
}

TEST(Encoding, utf8_is_checked_to_the_letter) {
    for (std::string_view good :
         {"", "plain ascii text of some length", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (std::string_view bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                 "\xf8\x88\x80\x80\x80", "\xc3", "abcdefgh\xe2\x82", "\xe9t\xe9"})
        EXPECT_FALSE(is_utf8(bad));
    std::string text;
    EXPECT_TRUE(append_utf8(text, "caf\xe9 \x80", Encoding::windows_1252));
    EXPECT_EQ(text, "caf\xc3\xa9 \xe2\x82\xac");
    EXPECT_FALSE(append_utf8(text, "\x81", Encoding::windows_1252));
    text.clear();
    EXPECT_TRUE(append_utf8(text, "\x80", Encoding::iso_8859_1));
    EXPECT_EQ(text, "\xc2\x80");
}

} // namespace
} // namespace deckle::data
