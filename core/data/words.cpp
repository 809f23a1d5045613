#include "data/words.hpp"
#include "base/nearest.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Length of the multi-byte blank at the start or end of `s`, 0 if none.
std::size_t wide_blank(std::string_view s, bool at_end) {
    for (std::string_view blank : {"\xc2\xa0", "\xe2\x80\xaf", "\xef\xbb\xbf"})
        if (at_end ? s.ends_with(blank) : s.starts_with(blank)) return blank.size();
    return 0;
}

} // namespace

std::string_view trim(std::string_view s) {
    for (;;) {
        if (!s.empty() && is_blank(s.front()))
            s.remove_prefix(1);
        else if (auto const n = s.empty() || static_cast<unsigned char>(s.front()) < 0x80 ? 0 : wide_blank(s, false))
            s.remove_prefix(n);
        else
            break;
    }
    for (;;) {
        if (!s.empty() && is_blank(s.back()))
            s.remove_suffix(1);
        else if (auto const n = s.empty() || static_cast<unsigned char>(s.back()) < 0x80 ? 0 : wide_blank(s, true))
            s.remove_suffix(n);
        else
            break;
    }
    return s;
}

std::string fold(std::string_view text) {
    std::string folded(trim(text));
    std::transform(folded.begin(), folded.end(), folded.begin(), lower);
    return folded;
}

std::string letters(std::string_view text) {
    std::string kept;
    for (char const c : text) {
        char const l = lower(c);
        if ((l >= 'a' && l <= 'z') || (l >= '0' && l <= '9') || static_cast<unsigned char>(l) >= 0x80) kept += l;
    }
    return kept;
}

std::string hint(std::string_view word, std::vector<std::string> const& candidates) {
    auto near = nearest(word, candidates);
    // "Invoice" for "Invoice No": one name inside the other.
    std::string const wanted = letters(word);
    for (std::size_t i = 0; !near && i < candidates.size(); ++i) {
        std::string const other = letters(candidates[i]);
        bool const inside = wanted.find(other) != std::string::npos || other.find(wanted) != std::string::npos;
        if (inside && std::min(wanted.size(), other.size()) >= 4) near = candidates[i];
    }
    if (near) return "; did you mean '" + *near + "'?";
    if (candidates.empty()) return {};
    std::string list = "; there is: ";
    std::size_t const shown = std::min<std::size_t>(candidates.size(), 8);
    for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + candidates[i];
    return shown < candidates.size() ? list + " and " + std::to_string(candidates.size() - shown) + " more" : list;
}

} // namespace deckle::data
