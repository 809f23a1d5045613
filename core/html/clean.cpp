#include "html/clean.hpp"
#include "base/text.hpp"
#include "html/entities.hpp"
#include <algorithm>
#include <array>

namespace deckle::html {
namespace {

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool starts_with_nocase(std::string_view text, std::size_t at, std::string_view lower) {
    if (text.size() - at < lower.size()) return false;
    return std::equal(lower.begin(), lower.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char l, char c) { return l == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c); });
}

/// End of what must not be touched when it starts at `at` (a '<'): comments, style, script. Else `at`.
std::size_t raw_end(std::string_view text, std::size_t at) {
    auto const until = [&](std::string_view end, std::size_t from) {
        for (auto p = text.find('<', from); p != std::string_view::npos; p = text.find('<', p + 1))
            if (starts_with_nocase(text, p, end)) return p;
        return text.size();
    };
    if (text.substr(at).starts_with("<!--")) {
        auto const end = text.find("-->", at + 4);
        return end == std::string_view::npos ? text.size() : end + 3;
    }
    if (starts_with_nocase(text, at, "<style")) return until("</style", at + 6);
    if (starts_with_nocase(text, at, "<script")) return until("</script", at + 7);
    return at;
}

/// https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
char32_t numeric_reference(std::uint64_t value) {
    static constexpr std::array<char16_t, 32> windows{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (value >= 0x80 && value <= 0x9F) return windows[value - 0x80];
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0xFFFD;
    return static_cast<char32_t>(value);
}

/// Markup characters stay references, so that they do not turn into markup.
void append_reference(std::string& out, std::string_view character) {
    if (character == "&")
        out += "&#38;";
    else if (character == "<")
        out += "&#60;";
    else if (character == ">")
        out += "&#62;";
    else if (character == "\"")
        out += "&#34;";
    else if (character == "'")
        out += "&#39;";
    else
        out += character;
}

class Cleaner {
public:
    Cleaner(std::string_view in, std::string const& file, Diagnostics& diagnostics)
        : in_(in), file_(file), diagnostics_(diagnostics) {}

    CleanText run() {
        out_.text.reserve(in_.size() + 64);
        if (in_.starts_with("\xEF\xBB\xBF")) at_ = 3, shifted();
        while (at_ < in_.size()) {
            auto const next = std::min(in_.find_first_of(std::string_view("&<\r\0", 4), at_), in_.size());
            out_.text += in_.substr(at_, next - at_);
            at_ = next;
            if (at_ == in_.size()) break;
            special();
        }
        return std::move(out_);
    }

private:
    void special() {
        switch (in_[at_]) {
        case '<': {
            auto const end = std::max(raw_end(in_, at_), at_ + 1);
            for (; at_ < end; ++at_) {
                if (in_[at_] == '\r' || in_[at_] == '\0')
                    control();
                else
                    out_.text += in_[at_];
            }
            break;
        }
        case '&':
            reference();
            break;
        default:
            control(), ++at_;
        }
    }

    /// CR LF and CR become LF, NUL becomes U+FFFD. Leaves `at_` on the last byte used.
    void control() {
        if (in_[at_] == '\0') {
            report("html-syntax", "a NUL character was replaced by U+FFFD");
            out_.text += "\xEF\xBF\xBD";
            shifted(1);
        } else {
            out_.text += '\n';
            if (at_ + 1 < in_.size() && in_[at_ + 1] == '\n') ++at_, shifted(1);
        }
    }

    void reference() {
        auto end = at_ + 1;
        if (end < in_.size() && in_[end] == '#') return number(end + 1);
        while (end < in_.size() && is_name_char(in_[end])) ++end;
        auto const name = in_.substr(at_ + 1, end - at_ - 1);
        bool const closed = end < in_.size() && in_[end] == ';';
        if (auto const text = entity_text(name); !text.empty() && closed) return replace(text, end + 1);
        if (!closed && entity_needs_no_semicolon(name) && (end == in_.size() || in_[end] != '=')) {
            report("html-entity", "&" + std::string(name) + " has no semicolon");
            return replace(entity_text(name), end);
        }
        if (closed && !name.empty()) report("html-entity", "unknown character name &" + std::string(name) + ";");
        out_.text += "&#38;";
        ++at_;
        shifted();
    }

    void number(std::size_t from) {
        auto end = from;
        bool const hex = end < in_.size() && (in_[end] == 'x' || in_[end] == 'X');
        if (hex) ++end;
        auto const digits = end;
        std::uint64_t value = 0;
        for (; end < in_.size(); ++end) {
            char const c = in_[end];
            unsigned digit = 0;
            if (c >= '0' && c <= '9')
                digit = static_cast<unsigned>(c - '0');
            else if (hex && c >= 'a' && c <= 'f')
                digit = static_cast<unsigned>(c - 'a') + 10;
            else if (hex && c >= 'A' && c <= 'F')
                digit = static_cast<unsigned>(c - 'A') + 10;
            else
                break;
            value = std::min<std::uint64_t>(value * (hex ? 16 : 10) + digit, 0x110000);
        }
        if (end == digits) {
            out_.text += "&#38;";
            ++at_;
            return shifted();
        }
        auto const c = numeric_reference(value);
        if (c == 0xFFFD) report("html-entity", "a character number that is no character was replaced by U+FFFD");
        std::string text;
        append_utf8(text, c);
        replace(text, end + (end < in_.size() && in_[end] == ';' ? 1 : 0));
    }

    void replace(std::string_view text, std::size_t end) {
        append_reference(out_.text, text);
        at_ = end;
        shifted();
    }

    void shifted(std::size_t more = 0) {
        out_.shifts.push_back({out_.text.size(), static_cast<std::ptrdiff_t>(at_ + more) -
                                                     static_cast<std::ptrdiff_t>(out_.text.size())});
    }

    void report(char const* code, std::string message) {
        auto const before = in_.substr(0, at_);
        auto const line = std::count(before.begin(), before.end(), '\n') + 1;
        auto const start = before.rfind('\n') + 1; // npos + 1 is 0
        diagnostics_.warning(code, std::move(message),
                             {file_, static_cast<int>(line), static_cast<int>(at_ - start + 1)});
    }

    std::string_view in_;
    std::string const& file_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    CleanText out_;
};

} // namespace

Locator::Locator(std::string_view text) {
    lines_.push_back(0);
    for (auto p = text.find('\n'); p != std::string_view::npos; p = text.find('\n', p + 1)) lines_.push_back(p + 1);
}

Locator::Place Locator::at(std::size_t offset) const {
    auto const line = std::ranges::upper_bound(lines_, offset) - lines_.begin();
    return {static_cast<std::uint32_t>(line),
            static_cast<std::uint32_t>(offset - lines_[static_cast<std::size_t>(line - 1)] + 1)};
}

std::size_t CleanText::original(std::size_t offset) const {
    auto const after = std::ranges::upper_bound(shifts, offset, {}, &Shift::at);
    if (after == shifts.begin()) return offset;
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(offset) + std::prev(after)->delta);
}

CleanText clean(std::string_view text, std::string const& file, Diagnostics& diagnostics) {
    if (auto const bad = invalid_utf8(text); bad != std::string_view::npos) {
        auto const place = Locator(text).at(bad);
        throw Error(ErrorCode::data, "the text is not UTF-8; save the file as UTF-8",
                    {file, static_cast<int>(place.line), static_cast<int>(place.column)});
    }
    return Cleaner(text, file, diagnostics).run();
}

std::size_t invalid_utf8(std::string_view text) {
    std::size_t i = 0;
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    while (i < text.size()) {
        unsigned const c = byte(i);
        if (c < 0x80) {
            ++i;
            continue;
        }
        std::size_t const length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        if (c < 0xC2 || c > 0xF4 || i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(i + k) & 0xC0) != 0x80) return i;
        unsigned const second = byte(i + 1);
        if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
            (c == 0xF4 && second > 0x8F))
            return i;
        i += length;
    }
    return std::string_view::npos;
}

} // namespace deckle::html
