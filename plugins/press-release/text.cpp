#include "text.hpp"
#include <algorithm>
#include <array>

namespace press_release {
namespace {

/// Length of the white space at `at`: ASCII, U+0085, U+00A0, U+1680, U+2000 to
/// U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
std::size_t space_at(std::string_view s, std::size_t at) {
    unsigned char const c = static_cast<unsigned char>(s[at]);
    if (c == ' ' || (c >= 9 && c <= 13)) return 1;
    auto const two = s.substr(at, 2), three = s.substr(at, 3);
    if (two == "\xc2\x85" || two == "\xc2\xa0") return 2;
    if (three == "\xe1\x9a\x80" || three == "\xe2\x81\x9f" || three == "\xe3\x80\x80") return 3;
    if (three.size() == 3 && three.substr(0, 2) == "\xe2\x80") {
        auto const last = static_cast<unsigned char>(three[2]);
        if ((last >= 0x80 && last <= 0x8a) || last == 0xa8 || last == 0xa9 || last == 0xaf) return 3;
    }
    return 0;
}

constexpr std::string_view open_mark = "“", close_mark = "”";

/// Calls `each(piece, depth)` for the text outside (0) and inside marks; the
/// marks themselves are given to neither. Returns the depth left open; `nested`
/// is set when a curly mark opens within another.
template <class Each>
int walk(std::string_view text, bool& nested, Each each) {
    int depth = 0;
    bool straight = false;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, 3) == open_mark) {
            nested = nested || depth > 0;
            ++depth;
            i += 3;
        } else if (text.substr(i, 3) == close_mark) {
            depth = std::max(0, depth - 1);
            if (depth == 0 && !straight) each('\0', -1);
            i += 3;
        } else if (text[i] == '"') {
            straight = !straight;
            depth += straight ? 1 : -1;
            depth = std::max(0, depth);
            if (depth == 0) each('\0', -1);
            ++i;
        } else {
            each(text[i], depth);
            ++i;
        }
    }
    return depth;
}

bool word_char(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '_';
}

} // namespace

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    for (std::size_t i = 0; i < text.size();) {
        if (auto const n = space_at(text, i); n > 0) {
            if (!word.empty()) out.push_back(std::move(word));
            word.clear();
            i += n;
        } else {
            word += text[i++];
        }
    }
    if (!word.empty()) out.push_back(std::move(word));
    return out;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> paragraphs(std::string_view text) {
    std::vector<std::string> out;
    std::string current;
    auto flush = [&] {
        auto const first = current.find_first_not_of(" \t\r\n");
        if (first != std::string::npos)
            out.push_back(current.substr(first, current.find_last_not_of(" \t\r\n") - first + 1));
        current.clear();
    };
    for (std::size_t i = 0; i <= text.size();) {
        auto const end = std::min(text.find('\n', i), text.size());
        auto const line = text.substr(i, end - i);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            flush();
        else
            current += (current.empty() ? "" : " ") + std::string(line);
        i = end + 1;
    }
    flush();
    return out;
}

std::size_t sentences(std::string_view text) {
    static constexpr std::array abbreviations{"inc", "co",  "corp", "ltd", "llc", "st",  "mr",   "mrs", "ms",
                                              "dr",  "no",  "u.s",  "jan", "feb", "aug", "sept", "oct", "nov",
                                              "dec", "a.m", "p.m",  "jr",  "sr",  "vs",  "neb",  "ill", "minn",
                                              "wis", "mo",  "kan",  "s.d", "n.d", "d.c"};
    auto const list = words(text);
    std::size_t count = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string word = list[i];
        while (!word.empty() && (word.back() == '"' || word.back() == ')' || word.ends_with("”")))
            word.resize(word.size() - (word.ends_with("”") ? 3 : 1));
        if (word.empty()) continue;
        bool const last = i + 1 == list.size();
        char const end = word.back();
        if (end != '.' && end != '!' && end != '?') {
            count += last ? 1 : 0;
            continue;
        }
        std::string const stem = lower(word.substr(0, word.size() - 1));
        bool const short_form = end == '.' && std::any_of(abbreviations.begin(), abbreviations.end(),
                                                          [&](char const* a) { return stem == a; });
        if (last || !short_form) ++count;
    }
    return count;
}

std::string outside_quotes(std::string_view text) {
    std::string out;
    bool nested = false;
    walk(text, nested, [&](char c, int depth) {
        if (depth == -1) out += ' ';
        if (depth == 0) out += c;
    });
    return out;
}

std::vector<std::string> quoted(std::string_view text) {
    std::vector<std::string> out;
    std::string current;
    bool nested = false;
    walk(text, nested, [&](char c, int depth) {
        if (depth > 0) current += c;
        if (depth != -1 || current.empty()) return;
        out.push_back(std::move(current));
        current.clear();
    });
    if (!current.empty()) out.push_back(std::move(current));
    return out;
}

bool nested_double_quotes(std::string_view text) {
    bool nested = false;
    for (std::string const& paragraph : paragraphs(text)) walk(paragraph, nested, [](char, int) {});
    return nested;
}

bool balanced_quotes(std::string_view text) {
    bool nested = false;
    auto const list = paragraphs(text);
    return std::all_of(list.begin(), list.end(),
                       [&](std::string const& p) { return walk(p, nested, [](char, int) {}) == 0; });
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
    for (auto at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        auto const mark = [&](std::size_t i) { return i < text.size() && text.substr(i, 2) == "\xe2\x80"; }; // “ ” ’ –
        bool const starts =
            at == 0 || !word_char(static_cast<unsigned char>(text[at - 1])) || (at >= 3 && mark(at - 3));
        bool const ends = end == text.size() || !word_char(static_cast<unsigned char>(text[end])) || mark(end);
        if (starts && ends) return at;
    }
    return std::string_view::npos;
}

std::size_t links(std::string_view text) {
    std::size_t n = 0;
    for (auto const scheme : {"http://", "https://"})
        for (auto at = text.find(scheme); at != std::string_view::npos; at = text.find(scheme, at + 1)) ++n;
    return n;
}

} // namespace press_release
