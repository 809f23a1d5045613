#include "text/line_break.hpp"
#include "base/error.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <numeric>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

namespace deckle::text {
namespace {

void check(UErrorCode status, char const* what) {
    if (U_FAILURE(status))
        throw Error(ErrorCode::failed,
                    fmt::format("ICU cannot {}: {}; is the package libicu72 complete?", what, u_errorName(status)));
}

/// Line breaking classes that occur in ASCII.
enum Class : std::uint8_t { AL, NU, SP, LF, HY, BA, OP, CP, CL, EX, IS, SY, QU, PR, PO, none };

constexpr std::array<Class, 128> ascii_classes = [] {
    std::array<Class, 128> table{};
    for (std::size_t c = 0; c < 128; ++c) table[c] = AL;
    for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = NU;
    auto const set = [&](std::string_view characters, Class value) {
        for (char const c : characters) table[static_cast<std::size_t>(c)] = value;
    };
    set(" ", SP);
    set("\n", LF);
    set("-", HY);
    set("|", BA);
    set("([{", OP);
    set(")]", CP);
    set("}", CL);
    set("!?", EX);
    set(",.:;", IS);
    set("/", SY);
    set("\"'", QU);
    set("$+\\", PR);
    set("%", PO);
    return table;
}();

} // namespace

void ascii_line_breaks(std::string_view text, std::vector<BreakAt>& out) {
    // What the number rule (LB25) has seen: nothing, "12.5" or "(12.5)".
    enum class Number : std::uint8_t { no, digits, closed } number = Number::no;
    Class before = none;       // last class that is no space
    bool spaces = false;       // spaces since `before`
    bool fresh_hyphen = false; // `before` is a hyphen at the start of the text or after a break
    auto const class_at = [&](std::size_t i) {
        return i < text.size() ? ascii_classes[static_cast<std::size_t>(text[i]) & 127U] : none;
    };
    auto const digit_at = [&](std::size_t i) { return class_at(i) == NU; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        Class const now = class_at(i);
        if (before == LF) {
            out.push_back({static_cast<std::uint32_t>(i), true});
            before = none;
            spaces = false;
            number = Number::no;
        }
        if (now == SP) {
            spaces = true;
            continue;
        }
        bool breaks = false;
        if (now == LF || (before == none && !spaces)) {
        } else if (spaces) {
            breaks = true;
            if (now == CL || now == CP || now == EX || now == SY || (now == IS && !digit_at(i + 1))) breaks = false;
            if (before == OP || (before == QU && now == OP)) breaks = false;
        } else {
            switch (now) {
            case CL:
            case CP:
            case EX:
            case IS:
            case SY:
            case QU:
            case BA:
            case HY:
                break;
            case AL:
                breaks = !(before == AL || before == NU || before == OP || before == QU || before == PR ||
                           before == PO || before == IS || before == CP || (before == HY && fresh_hyphen));
                break;
            case NU:
                breaks =
                    !(before == AL || before == NU || before == OP || before == QU || before == PR || before == PO ||
                      before == HY || before == CP || before == IS || (before == SY && number == Number::digits));
                break;
            case OP: {
                bool const number_next = digit_at(i + 1) || (class_at(i + 1) == IS && digit_at(i + 2));
                breaks = !(before == AL || before == NU || before == OP || before == QU ||
                           ((before == PR || before == PO) && number_next));
                break;
            }
            case PR:
            case PO:
                breaks = !(before == AL || before == OP || before == QU || number != Number::no);
                break;
            default:
                break;
            }
        }
        if (breaks) out.push_back({static_cast<std::uint32_t>(i), false});
        if (spaces) number = Number::no;
        if (now == NU)
            number = Number::digits;
        else if (number == Number::digits && (now == CL || now == CP))
            number = Number::closed;
        else if (!(number == Number::digits && (now == SY || now == IS)))
            number = Number::no;
        fresh_hyphen = now == HY && (before == none || breaks);
        before = now;
        spaces = false;
    }
}

LineBreaker::~LineBreaker() {
    for (auto const& [language, iterator] : iterators_) ubrk_close(iterator);
}

void LineBreaker::breaks(std::string_view text, std::string const& language, std::vector<BreakAt>& out) {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator*& iterator = iterators_[language];
    if (iterator == nullptr)
        iterator = ubrk_open(UBRK_LINE, language.empty() ? "en" : language.c_str(), nullptr, 0, &status);
    check(status, "open its line breaking rules");
    UText utext = UTEXT_INITIALIZER;
    utext_openUTF8(&utext, text.data(), static_cast<std::int64_t>(text.size()), &status);
    ubrk_setUText(iterator, &utext, &status);
    check(status, "read the text to break into lines");
    auto const end = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = ubrk_next(iterator); at != UBRK_DONE && at < end; at = ubrk_next(iterator))
        out.push_back({static_cast<std::uint32_t>(at), ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD});
    utext_close(&utext);
}

bool needs_bidi(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        auto const lead = static_cast<unsigned char>(text[i]);
        if (lead < 0xD6) { // below U+0580 there is no right-to-left character
            ++i;
            continue;
        }
        char32_t const c = next_character(text, i);
        if ((c >= 0x590 && c <= 0x8FF) || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
            (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
            (c >= 0x1E800 && c <= 0x1EFFF))
            return true;
    }
    return false;
}

void bidi_levels(std::string_view text, std::uint8_t base, std::vector<std::uint8_t>& levels) {
    levels.clear();
    if (text.empty()) return;
    std::u16string wide;
    std::vector<std::uint32_t> starts; // byte offset of each UTF-16 unit
    for (std::size_t i = 0; i < text.size();) {
        auto const begin = static_cast<std::uint32_t>(i);
        char32_t const c = next_character(text, i);
        if (c > 0xFFFF) {
            wide += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            starts.push_back(begin);
            wide += static_cast<char16_t>(0xDC00 + (c & 0x3FF));
        } else {
            wide += static_cast<char16_t>(c);
        }
        starts.push_back(begin);
    }
    UErrorCode status = U_ZERO_ERROR;
    UBiDi* const bidi = ubidi_open();
    ubidi_setPara(bidi, wide.data(), static_cast<std::int32_t>(wide.size()), base, nullptr, &status);
    UBiDiLevel const* const wide_levels = ubidi_getLevels(bidi, &status);
    levels.assign(text.size(), base);
    if (U_SUCCESS(status)) {
        for (std::size_t i = 0; i < starts.size(); ++i) {
            std::size_t const end = i + 1 < starts.size() ? starts[i + 1] : text.size();
            for (std::size_t byte = starts[i]; byte < end; ++byte) levels[byte] = wide_levels[i];
        }
    }
    ubidi_close(bidi);
    check(status, "order right-to-left text");
}

std::vector<std::uint32_t> visual_order(std::vector<std::uint8_t> const& levels) {
    std::vector<std::uint32_t> order(levels.size());
    std::iota(order.begin(), order.end(), 0U);
    if (levels.empty()) return order;
    std::uint8_t const highest = *std::ranges::max_element(levels);
    for (std::uint8_t level = highest; level > 0; --level)
        for (std::size_t i = 0; i < levels.size();) {
            if (levels[i] < level) {
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < levels.size() && levels[end] >= level) ++end;
            std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i),
                         order.begin() + static_cast<std::ptrdiff_t>(end));
            i = end;
        }
    return order;
}

} // namespace deckle::text
