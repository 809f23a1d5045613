#include "data/words.hpp"
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

// Edits to turn one into the other: insert, delete, replace, swap of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(now);
    }
    return last[b.size()];
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

std::optional<std::string> nearest(std::string_view word, std::vector<std::string> const& candidates) {
    std::string const wanted = letters(word);
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(2, wanted.size() / 3) + 1;
    for (auto const& candidate : candidates) {
        std::string const other = letters(candidate);
        std::size_t d = distance(wanted, other);
        // "Invoice" for "Invoice No": one name inside the other is near too, but less than a slip.
        bool const inside = std::min(wanted.size(), other.size()) >= 4 &&
                            (wanted.find(other) != std::string::npos || other.find(wanted) != std::string::npos);
        if (inside) d = std::min<std::size_t>(d, 2);
        if (d < best_distance) {
            best_distance = d;
            best = candidate;
        }
    }
    return best;
}

std::string hint(std::string_view word, std::vector<std::string> const& candidates) {
    if (auto const near = nearest(word, candidates)) return "; did you mean '" + *near + "'?";
    if (candidates.empty()) return {};
    std::string list = "; there is: ";
    std::size_t const shown = std::min<std::size_t>(candidates.size(), 8);
    for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + candidates[i];
    return shown < candidates.size() ? list + " and " + std::to_string(candidates.size() - shown) + " more" : list;
}

} // namespace deckle::data
