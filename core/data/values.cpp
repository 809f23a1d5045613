#include "data/values.hpp"
#include "base/text.hpp"
#include "data/words.hpp"
#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace deckle::data {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::string_view currency_codes =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

// A currency code or sign at one end, and blanks: "USD", "$", "US$" and the signs of euro, pound and yen.
std::string_view without_currency(std::string_view s) {
    if (s.size() > 3 && is_currency(s.substr(0, 3)))
        s.remove_prefix(3);
    else if (s.size() > 3 && is_currency(s.substr(s.size() - 3)))
        s.remove_suffix(3);
    for (std::string_view sign : {"\xe2\x82\xac", "\xc2\xa3", "\xc2\xa5", "US$", "CA$", "A$", "NZ$", "$"}) {
        if (s.starts_with(sign)) s.remove_prefix(sign.size());
        if (s.ends_with(sign)) s.remove_suffix(sign.size());
    }
    return trim(s);
}

// Length of a thousands separator at the start of `s`, 0 if there is none.
std::size_t separator(std::string_view s, char point) {
    if (s.empty()) return 0;
    char const other = point == '.' ? ',' : '.';
    if (s[0] == other || s[0] == ' ' || s[0] == '\'') return 1;
    for (std::string_view wide : {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x99"}) // no-break blanks, right quote
        if (s.starts_with(wide)) return wide.size();
    return 0;
}

// Digits with one decimal point and correct groups; nothing else.
std::optional<Decimal> plain_number(std::string_view s, char point, std::string& reason) {
    int128 units = 0;
    int digits = 0, scale = 0, group = 0;
    bool grouped = false, after_point = false;
    auto not_a_number = [&]() -> std::optional<Decimal> {
        if (reason.empty()) reason = "is not a number";
        return std::nullopt;
    };
    if (s.empty() || !(is_digit(s[0]) || (s[0] == point && s.size() > 1))) return not_a_number();
    for (std::size_t i = 0; i < s.size();) {
        char const c = s[i];
        if (is_digit(c)) {
            if (units != 0 || c != '0') ++digits;
            if (after_point && scale == Decimal::max_scale) {
                if (c != '0') {
                    reason = "has more than 18 places after the decimal separator";
                    return std::nullopt;
                }
            } else {
                if (digits > 38) {
                    reason = "has more than 38 digits";
                    return std::nullopt;
                }
                units = units * 10 + (c - '0');
                scale += after_point ? 1 : 0;
            }
            ++group;
            ++i;
        } else if (c == point && !after_point) {
            if (grouped && group != 3) return not_a_number();
            after_point = true;
            ++i;
        } else if (auto const n = after_point ? 0 : separator(s.substr(i), point); n != 0) {
            if (grouped ? group != 3 : group < 1 || group > 3) return not_a_number();
            grouped = true;
            group = 0;
            i += n;
        } else {
            return not_a_number();
        }
    }
    if (grouped && !after_point && group != 3) {
        reason = std::string("is not a number with decimal separator '") + point + "'";
        return std::nullopt;
    }
    return Decimal::from_units(units, scale);
}

struct Scanner {
    std::string_view rest;

    bool literal(char c) {
        if (rest.empty() || rest[0] != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    // A number of `least` to `most` digits; -1 when there is none.
    int number(int least, int most) {
        int n = 0, value = 0;
        while (n < most && !rest.empty() && is_digit(rest[0])) {
            value = value * 10 + (rest[0] - '0');
            rest.remove_prefix(1);
            ++n;
        }
        return n >= least ? value : -1;
    }
};

constexpr std::string_view month_names[] = {"january", "february", "march",     "april",   "may",      "june",
                                            "july",    "august",   "september", "october", "november", "december"};

// A month's name, or at least its first three letters, with a full stop or without.
int month_name(Scanner& scan) {
    std::size_t n = 0;
    while (n < scan.rest.size() && is_letter(scan.rest[n])) ++n;
    std::string const word = fold(scan.rest.substr(0, n));
    if (word.size() < 3) return -1;
    for (int i = 0; i < 12; ++i)
        if (month_names[i].starts_with(word)) {
            scan.rest.remove_prefix(n);
            scan.literal('.');
            return i + 1;
        }
    return -1;
}

// "Z" or +hh:mm or +hhmm or +hh, in minutes.
std::optional<int> offset(Scanner& scan) {
    if (scan.literal('Z') || scan.literal('z')) return 0;
    int const sign = scan.literal('+') ? 1 : scan.literal('-') ? -1 : 0;
    if (sign == 0) return std::nullopt;
    int const hours = scan.number(2, 2);
    scan.literal(':');
    int const minutes = scan.rest.empty() || !is_digit(scan.rest[0]) ? 0 : scan.number(2, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
    return sign * (hours * 60 + minutes);
}

} // namespace

struct DatePattern::Parts {
    int year = -1, month = -1, day = -1;
    int hour = -1, minute = 0, second = 0, millisecond = 0;
    std::optional<int> offset_minutes;
    std::optional<bool> afternoon;

    // A time of day as it follows a date: 12:00, 12:00:00.123, with AM or PM, with an offset.
    bool time(Scanner& scan) {
        hour = scan.number(1, 2);
        if (hour < 0 || !scan.literal(':') || (minute = scan.number(2, 2)) < 0) return false;
        if (scan.literal(':')) {
            if ((second = scan.number(2, 2)) < 0) return false;
            if (scan.literal('.') || scan.literal(',')) {
                int digits = 0;
                for (; !scan.rest.empty() && is_digit(scan.rest[0]); ++digits, scan.rest.remove_prefix(1))
                    if (digits < 3) millisecond = millisecond * 10 + (scan.rest[0] - '0');
                if (digits == 0) return false;
                for (; digits < 3; ++digits) millisecond *= 10;
            }
        }
        scan.rest = trim(scan.rest);
        std::string const half = fold(scan.rest.substr(0, 2));
        if (half == "am" || half == "pm") {
            afternoon = half == "pm";
            scan.rest = trim(scan.rest.substr(2));
        }
        if (!scan.rest.empty()) {
            offset_minutes = offset(scan);
            if (!offset_minutes) return false;
        }
        return true;
    }

    // Applies AM/PM and checks the clock.
    bool settle() {
        if (afternoon) {
            if (hour < 1 || hour > 12) return false;
            hour = hour % 12 + (*afternoon ? 12 : 0);
        }
        return hour <= 23 && minute <= 59 && second <= 59;
    }

    [[nodiscard]] std::optional<Date> date() const {
        return month < 0 || day < 0 ? std::nullopt
                                    : Date::from_ymd(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    }
};

std::optional<Decimal> parse_number(std::string_view text, char point, std::string& reason) {
    reason.clear();
    std::string_view s = trim(text);
    bool negative = false;
    bool percent = false;
    if (s.size() >= 2 && s.front() == '(' && s.back() == ')') {
        negative = true;
        s = trim(s.substr(1, s.size() - 2));
    }
    auto take_sign = [&] {
        bool const minus_sign = s.starts_with("\xe2\x88\x92"); // U+2212
        if (s.empty() || (s[0] != '-' && s[0] != '+' && !minus_sign)) return;
        negative = negative != (s[0] != '+');
        s = trim(s.substr(minus_sign ? 3 : 1));
    };
    // Almost every cell is a plain number: only the rest is searched for signs.
    if (!s.empty() && (!is_digit(s.front()) || !is_digit(s.back()))) {
        take_sign();
        bool const signed_before = s.size() != trim(text).size();
        if (s.ends_with('%')) {
            percent = true;
            s = trim(s.substr(0, s.size() - 1));
        }
        if (!signed_before && s.ends_with('-')) {
            negative = true;
            s = trim(s.substr(0, s.size() - 1));
        }
        auto const bare = without_currency(s);
        if (bare.size() != s.size()) {
            s = bare;
            if (!signed_before) take_sign(); // $-5
        }
    }
    auto number = plain_number(s, point, reason);
    if (!number) return std::nullopt;
    if (percent) {
        auto const trimmed = number->trimmed();
        if (trimmed.scale() + 2 > Decimal::max_scale) {
            reason = "has more than 18 places after the decimal separator";
            return std::nullopt;
        }
        number = Decimal::from_units(trimmed.units(), trimmed.scale() + 2);
    }
    return negative ? -*number : *number;
}

bool is_currency(std::string_view code) {
    if (code.size() != 3 || code.find(' ') != std::string_view::npos) return false;
    auto const at = currency_codes.find(code);
    return at != std::string_view::npos && at % 4 == 0;
}

std::optional<bool> parse_boolean(std::string_view text) {
    std::string const s = fold(text);
    if (s == "yes" || s == "true" || s == "y" || s == "t" || s == "1") return true;
    if (s == "no" || s == "false" || s == "n" || s == "f" || s == "0") return false;
    return std::nullopt;
}

std::optional<DatePattern> DatePattern::compile(std::string_view pattern, std::string& reason) {
    static constexpr struct {
        std::string_view text;
        Token token;
    } known[] = {{"YYYY", {'Y', 4, 4, 0}}, {"YY", {'y', 2, 2, 0}}, {"MMM", {'m', 0, 0, 0}}, {"MM", {'M', 2, 2, 0}},
                 {"M", {'M', 1, 2, 0}},    {"DD", {'D', 2, 2, 0}}, {"D", {'D', 1, 2, 0}},   {"HH", {'H', 2, 2, 0}},
                 {"H", {'H', 1, 2, 0}},    {"hh", {'H', 2, 2, 0}}, {"h", {'H', 1, 2, 0}},   {"mm", {'i', 2, 2, 0}},
                 {"ss", {'s', 2, 2, 0}},   {"A", {'A', 0, 0, 0}},  {"Z", {'Z', 0, 0, 0}}};
    DatePattern made;
    made.text_ = pattern;
    for (std::size_t i = 0; i < pattern.size();) {
        auto const* it = std::find_if(std::begin(known), std::end(known),
                                      [&](auto const& k) { return pattern.substr(i).starts_with(k.text); });
        if (it != std::end(known)) {
            made.tokens_.push_back(it->token);
            i += it->text.size();
        } else if (is_letter(pattern[i]) && pattern[i] != 'T') {
            reason = "unknown letter '" + std::string(1, pattern[i]) + "' in the date pattern \"" +
                     std::string(pattern) + "\"; known are YYYY YY MM M MMM DD D HH H hh h A mm ss Z";
            return std::nullopt;
        } else {
            made.tokens_.push_back({0, 0, 0, pattern[i++]});
        }
    }
    auto count = [&](std::string_view kinds) {
        return std::count_if(made.tokens_.begin(), made.tokens_.end(),
                             [&](Token const& t) { return t.kind != 0 && kinds.find(t.kind) != kinds.npos; });
    };
    if (count("Yy") != 1 || count("Mm") != 1 || count("D") != 1) {
        reason = "the date pattern \"" + std::string(pattern) + "\" needs one year, one month and one day";
        return std::nullopt;
    }
    return made;
}

bool DatePattern::match(std::string_view text, Parts& parts) const {
    Scanner scan{trim(text)};
    auto time_after = [&] {
        if (scan.rest.empty()) return true;
        if (!scan.literal(' ') && !scan.literal('T')) return false;
        return parts.time(scan) && scan.rest.empty();
    };
    if (tokens_.empty()) {
        parts.year = scan.number(4, 4);
        if (!scan.literal('-')) return false;
        parts.month = scan.number(2, 2);
        if (!scan.literal('-')) return false;
        parts.day = scan.number(2, 2);
        return time_after() && parts.settle();
    }
    for (auto const& token : tokens_) {
        int* const part = token.kind == 'Y' || token.kind == 'y' ? &parts.year
                          : token.kind == 'M'                    ? &parts.month
                          : token.kind == 'D'                    ? &parts.day
                          : token.kind == 'H'                    ? &parts.hour
                          : token.kind == 'i'                    ? &parts.minute
                          : token.kind == 's'                    ? &parts.second
                                                                 : nullptr;
        if (part != nullptr) {
            if ((*part = scan.number(token.least, token.most)) < 0) return false;
            if (token.kind == 'y') *part += *part < 70 ? 2000 : 1900;
        } else if (token.kind == 'm') {
            if ((parts.month = month_name(scan)) < 0) return false;
        } else if (token.kind == 'A') {
            std::string const half = fold(scan.rest.substr(0, 2));
            if (half != "am" && half != "pm") return false;
            parts.afternoon = half == "pm";
            scan.rest.remove_prefix(2);
        } else if (token.kind == 'Z') {
            if (!(parts.offset_minutes = offset(scan))) return false;
        } else if (!scan.literal(token.literal)) {
            return false;
        }
    }
    if (parts.hour >= 0 ? !scan.rest.empty() : !time_after()) return false;
    return parts.settle();
}

namespace {

// /Date(1539993600000+0000)/: milliseconds since 1970 and the offset at which to read the calendar.
bool json_date(std::string_view text, std::int64_t& milliseconds, int& offset_minutes) {
    text = trim(text);
    if (!text.starts_with("/Date(") || !text.ends_with(")/")) return false;
    text = text.substr(6, text.size() - 8);
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    if (error != std::errc{} || std::abs(milliseconds) > 253'402'300'799'999) return false;
    Scanner scan{text.substr(static_cast<std::size_t>(end - text.data()))};
    offset_minutes = 0;
    if (scan.rest.empty()) return true;
    auto const minutes = offset(scan);
    offset_minutes = minutes.value_or(0);
    return minutes && scan.rest.empty();
}

} // namespace

std::optional<Date> DatePattern::date(std::string_view text) const {
    if (tokens_.empty()) {
        if (auto const plain = Date::parse(text)) return plain;
        std::int64_t ms = 0;
        int minutes = 0;
        if (json_date(text, ms, minutes)) {
            auto const local = std::chrono::milliseconds{ms} + std::chrono::minutes{minutes};
            return Date::from_days(static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(local).count()));
        }
    }
    Parts parts;
    return match(text, parts) ? parts.date() : std::nullopt;
}

std::optional<Instant> DatePattern::datetime(std::string_view text, std::string const& zone) const {
    if (tokens_.empty()) {
        std::int64_t ms = 0;
        int minutes = 0;
        if (json_date(text, ms, minutes)) return Instant{std::chrono::milliseconds{ms}};
    }
    Parts parts;
    if (!match(text, parts)) return std::nullopt;
    auto const date = parts.date();
    if (!date) return std::nullopt;
    int const hour = std::max(parts.hour, 0);
    auto const part = std::chrono::milliseconds{parts.millisecond};
    if (!parts.offset_minutes) return from_local(*date, hour, parts.minute, parts.second, zone) + part;
    return Instant{std::chrono::days{date->days()}} + std::chrono::hours{hour} +
           std::chrono::minutes{parts.minute - *parts.offset_minutes} + std::chrono::seconds{parts.second} + part;
}

} // namespace deckle::data
