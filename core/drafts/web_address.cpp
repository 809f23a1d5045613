// An address is [http[s]://]domain[:port][/path][?query]; the domain ends in a known top-level domain. Without a
// protocol its letters are Latin. The path may hold balanced parentheses and does not end in punctuation.
#include "drafts/web_address.hpp"
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::drafts {
namespace {

/// Sorted; made by tests/drafts/x_counts/make.mjs.
constexpr std::u16string_view top_level_domains[] = {
#include "drafts/top_level_domains.inc"
};

bool is_alnum(char16_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_latin(char16_t c) {
    return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF) ||
           (c >= 0x300 && c <= 0x36F);
}
bool is_one_of(char16_t c, std::u16string_view set) {
    return set.find(c) != std::u16string_view::npos;
}
bool is_foreign(char16_t c) { // letters of any script, no spaces, no marks of direction
    return c > 0x7F && c != 0x85 && c != 0xA0 && c != 0x1680 && c != 0x180E && !(c >= 0x2000 && c <= 0x206F) &&
           c != 0x3000 && c != 0xFEFF && c < 0xFFFE && c != 0x61C;
}

class Reader {
public:
    Reader(icu::UnicodeString const& text, std::int32_t at)
        : text_(text.getBuffer(), static_cast<std::size_t>(text.length())), start_(static_cast<std::size_t>(at)),
          at_(start_) {}

    std::size_t read() {
        char16_t const before = start_ == 0 ? u' ' : text_[start_ - 1];
        if (is_alnum(before) || is_one_of(before, u"@＠$#＃") || before >= 0xFFFE || before == 0xFEFF) return 0;
        bool const protocol = take_protocol();
        bool const inside = !protocol && before == '_' && start_ > 1 && is_alnum(text_[start_ - 2]); // a_b.example.com
        if (!protocol && !inside && is_one_of(before, u"-_./")) return 0;
        if (!domain(protocol, inside ? 3 : 2)) return 0;
        if (peek() == ':' && peek(1) >= '0' && peek(1) <= '9')
            for (++at_; peek() >= '0' && peek() <= '9';) ++at_;
        bool const with_path = peek() == '/';
        if (with_path) path();
        if (peek() == '?' && (protocol || with_path)) query();
        return at_ - start_;
    }

private:
    [[nodiscard]] char16_t peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : u'\0';
    }
    static std::u16string lower(std::u16string_view word) {
        std::u16string out(word);
        for (char16_t& c : out)
            if (c >= 'A' && c <= 'Z') c = static_cast<char16_t>(c + 32);
        return out;
    }
    bool take_protocol() {
        for (std::u16string_view protocol : {u"https://", u"http://"})
            if (lower(text_.substr(at_, protocol.size())) == protocol) {
                at_ += protocol.size();
                return true;
            }
        return false;
    }
    static bool is_top_level(std::u16string_view label) {
        std::u16string const word = lower(label);
        return std::ranges::binary_search(top_level_domains, std::u16string_view(word)) ||
               (word.starts_with(u"xn--") && word.size() > 4);
    }
    /// The longest run of at least so many labels that ends in a top-level domain.
    bool domain(bool protocol, int least_labels) {
        std::size_t end = at_;
        std::size_t best = 0;
        for (int labels = 1;; ++labels) {
            std::size_t const first = end;
            while (end < text_.size() &&
                   (is_alnum(text_[end]) || text_[end] == '-' || (protocol && text_[end] == '_') ||
                    (protocol || labels > 1 ? is_foreign(text_[end]) : is_latin(text_[end]))))
                ++end;
            if (end == first || text_[first] == '-' || text_[first] == '_' || text_[end - 1] == '-') break;
            char16_t const next = end < text_.size() ? text_[end] : u' ';
            if (labels >= least_labels && is_top_level(text_.substr(first, end - first)) && !is_one_of(next, u"@+-"))
                best = end;
            if (next != '.') break;
            ++end;
        }
        if (best != 0) at_ = best;
        return best != 0;
    }
    static bool in_path(char16_t c) {
        return is_alnum(c) || is_latin(c) || (c >= 0x400 && c <= 0x4FF) || c == 0x2013 ||
               is_one_of(c, u"!*';:=+,.$/%#[]-_~@|&");
    }
    static bool ends_path(char16_t c) {
        return is_alnum(c) || is_latin(c) || (c >= 0x400 && c <= 0x4FF) || is_one_of(c, u"+-=_#/");
    }
    void path() {
        std::size_t best = ++at_;
        std::size_t depth = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            char16_t const c = text_[i];
            if (c == '(') {
                if (++depth > 2) break;
            } else if (c == ')') {
                if (depth == 0) break;
                if (--depth == 0) best = i + 1;
            } else if (!in_path(c)) {
                break;
            } else if (depth == 0 && ends_path(c)) {
                best = i + 1;
            }
        }
        at_ = best;
    }
    void query() {
        std::size_t best = at_;
        for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
            char16_t const c = text_[i];
            if (!is_alnum(c) && !is_one_of(c, u"!?*'@();:&=+$/%#[]-_.,~|")) break;
            if (is_alnum(c) || is_one_of(c, u"-_&=#/")) best = i + 1;
        }
        at_ = best;
    }

    std::u16string_view text_;
    std::size_t start_, at_;
};

} // namespace

std::int32_t web_address(icu::UnicodeString const& text, std::int32_t at) {
    return static_cast<std::int32_t>(Reader(text, at).read());
}

} // namespace deckle::drafts
