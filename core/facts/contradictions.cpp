// A number is read with what stands around it: a sign or word of its unit, a multiplier, and for counts a word of what
// is counted. What cannot be told to be of the same unit is left alone.
#include "base/text.hpp"
#include "data/values.hpp"
#include "facts/merge.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace deckle::facts {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}
std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}
bool is_month(std::string const& word) {
    static std::set<std::string> const names = {"january", "february", "march",     "april",   "may",      "june",
                                                "july",    "august",   "september", "october", "november", "december",
                                                "jan",     "feb",      "mar",       "apr",     "jun",      "jul",
                                                "aug",     "sep",      "sept",      "oct",     "nov",      "dec"};
    return names.contains(word);
}
std::string singular(std::string word) {
    if (word == "people" || word == "staff" || word == "employees") return "person";
    if (word == "clients" || word == "client") return "customer";
    if (word == "endpoints" || word == "endpoint" || word == "seats" || word == "seat") return "device";
    if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
    return word == "employee" ? "person" : word;
}

enum class Kind { count, money, ratio };

struct Typed {
    std::size_t begin = 0, end = 0;
    Decimal value, quantum; // rounded to
    Kind kind = Kind::count;
    std::string currency;        // sign or code
    std::set<std::string> words; // around a count, singular
};

/// Reads the numbers of a text, outside the merged pieces.
class Scanner {
public:
    Scanner(Merged const& merged, char point) : text_(merged.text), pieces_(merged.pieces), point_(point) {}

    std::vector<Typed> numbers() {
        std::vector<Typed> found;
        for (std::size_t at = 0; at < text_.size();) {
            if (!is_digit(text_[at])) {
                ++at;
                continue;
            }
            std::size_t end = at;
            while (end < text_.size() && (is_digit(text_[end]) || ((text_[end] == ',' || text_[end] == '.') &&
                                                                   end + 1 < text_.size() && is_digit(text_[end + 1]))))
                ++end;
            if (auto typed = read(at, end)) found.push_back(std::move(*typed));
            at = end;
        }
        return found;
    }

private:
    [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    [[nodiscard]] char before(std::size_t i) const { return i == 0 ? '\0' : text_[i - 1]; }
    [[nodiscard]] std::string_view rest(std::size_t i) const {
        return std::string_view(text_).substr(std::min(i, text_.size()));
    }

    /// The word that begins at or after blanks at `i`; moves `i` behind it.
    std::string word_after(std::size_t& i) const {
        while (at(i) == ' ' || at(i) == '-') ++i;
        if (rest(i).starts_with("\xc2\xa0")) i += 2;
        std::size_t const start = i;
        while (is_letter(at(i))) ++i;
        return lower(std::string_view(text_).substr(start, i - start));
    }
    std::string word_before(std::size_t& i) const {
        while (i > 0 && (text_[i - 1] == ' ' || text_[i - 1] == '.' || text_[i - 1] == ':')) --i;
        std::size_t const end = i;
        while (i > 0 && is_letter(text_[i - 1])) --i;
        return lower(std::string_view(text_).substr(i, end - i));
    }
    [[nodiscard]] bool in_address(std::size_t i) const {
        auto const start = text_.find_last_of(" \t\n", i);
        auto const from = start == std::string::npos ? 0 : start + 1;
        auto const word = std::string_view(text_).substr(from, text_.find_first_of(" \t\n", i) - from);
        return word.find("://") != std::string_view::npos || word.find('@') != std::string_view::npos ||
               word.starts_with("www.");
    }
    [[nodiscard]] bool begins_list_item(std::size_t begin, std::size_t end) const {
        auto const line = begin == 0 ? std::string::npos : text_.rfind('\n', begin - 1);
        auto const head = std::string_view(text_).substr(line == std::string::npos ? 0 : line + 1,
                                                         begin - (line == std::string::npos ? 0 : line + 1));
        return head.find_first_not_of(" \t#*->(") == std::string_view::npos && (at(end) == '.' || at(end) == ')');
    }
    [[nodiscard]] bool is_merged(std::size_t begin, std::size_t end) const {
        return std::ranges::any_of(pieces_, [&](Piece const& p) { return p.begin < end && begin < p.end; });
    }

    /// A sign or code of money right before the number; empty when there is none.
    [[nodiscard]] std::string money_before(std::size_t begin) const {
        auto const head = std::string_view(text_).substr(0, begin);
        for (std::string_view sign : {"$", "\xe2\x82\xac", "\xc2\xa3", "\xc2\xa5"})
            if (head.ends_with(sign)) return std::string(sign);
        std::size_t const blank = head.ends_with(' ') ? 1 : 0;
        if (head.size() >= 3 + blank) {
            auto const code = head.substr(head.size() - blank - 3, 3);
            if (data::is_currency(code)) return std::string(code);
        }
        return {};
    }

    std::optional<Typed> read(std::size_t begin, std::size_t end) {
        std::string_view const digits = std::string_view(text_).substr(begin, end - begin);
        char const previous = before(begin);
        std::string const sign = money_before(begin);
        if (is_merged(begin, end) || in_address(begin) || begins_list_item(begin, end)) return std::nullopt;
        if (sign.empty() &&
            (is_letter(previous) && !std::string_view(text_).substr(0, begin).ends_with("\xe2\x80\x93")))
            return std::nullopt;
        if (previous == '/' || previous == '#' || previous == '_' || previous == ':' || previous == '+')
            return std::nullopt;
        if (previous == '-' && begin >= 2 && (is_digit(text_[begin - 2]) || is_letter(text_[begin - 2])))
            return std::nullopt;
        if ((at(end) == '/' || at(end) == ':' || at(end) == '-') && is_digit(at(end + 1))) return std::nullopt;
        if (rest(end).starts_with("\xe2\x80\x93") && is_digit(at(end + 3))) return std::nullopt; // 10–15
        std::string reason;
        auto const value = data::parse_number(digits, point_, reason);
        if (!value) return std::nullopt;
        std::size_t const blank = sign.size() == 3 && sign[0] >= 'A' && sign[0] <= 'Z' && previous == ' ' ? 1 : 0;
        Typed typed{.begin = begin - sign.size() - blank,
                    .end = end,
                    .value = *value,
                    .quantum = Decimal(1),
                    .currency = {},
                    .words = {}};
        int power = -value->scale(); // of the last digit typed
        std::size_t next = end;
        std::string word = word_after(next);
        if (word == "st" || word == "nd" || word == "rd" || word == "th") return std::nullopt;
        auto const multiply = [&](int by) {
            power += by;
            for (int i = 0; i < by; ++i) typed.value = typed.value * Decimal(10);
            typed.end = next;
            word = word_after(next);
        };
        bool const attached = is_letter(at(end)); // k of 120k
        bool multiplied = true;
        if (word == "k" || word == "thousand")
            multiply(3);
        else if (word == "million" || word == "mm" || word == "mn" || (word == "m" && (!sign.empty() || attached)))
            multiply(6);
        else if (word == "billion" || word == "bn" || (word == "b" && !sign.empty()))
            multiply(9);
        else if (attached)
            return std::nullopt; // 3D, 5pm
        else
            multiplied = false;
        std::size_t percent = typed.end;
        while (at(percent) == ' ') ++percent;
        if (at(percent) == '%' || word == "percent" || word == "pct" ||
            (word == "per" && rest(next).starts_with(" cent"))) {
            typed.kind = Kind::ratio;
            typed.end = at(percent) == '%' ? percent + 1 : next + (word == "per" ? 5 : 0);
            typed.value = typed.value * Decimal::of("0.01");
            power -= 2;
        } else if (!sign.empty() || word == "dollars" || word == "euros" || word == "pounds" ||
                   currency_word(typed.end)) {
            typed.kind = Kind::money;
            typed.currency = !sign.empty()       ? sign
                             : word == "dollars" ? "$"
                             : word == "euros"   ? "\xe2\x82\xac"
                             : word == "pounds"  ? "\xc2\xa3"
                                                 : text_.substr(typed.end + 1, 3);
        } else if (!multiplied && skip_count(begin, end, digits, word)) {
            return std::nullopt;
        }
        if (typed.kind == Kind::count) collect_words(typed);
        if (!multiplied && typed.kind != Kind::ratio && value->scale() == 0 && *value >= Decimal(1000)) {
            std::string const plain = value->to_string(); // 4,300,000 is taken as rounded, to two digits at the least
            auto const last = plain.find_last_not_of('0');
            power = static_cast<int>(plain.size() - std::max<std::size_t>(last + 1, 2));
        }
        for (; power > 0; --power) typed.quantum = typed.quantum * Decimal(10);
        for (; power < 0; ++power) typed.quantum = typed.quantum * Decimal::of("0.1");
        return typed;
    }

    [[nodiscard]] bool currency_word(std::size_t end) const {
        return at(end) == ' ' && end + 4 <= text_.size() &&
               data::is_currency(std::string_view(text_).substr(end + 1, 3)) && !is_letter(at(end + 4));
    }

    /// Of bare numbers: years, days, times, phone numbers, references.
    [[nodiscard]] bool skip_count(std::size_t begin, std::size_t end, std::string_view digits,
                                  std::string const& after) const {
        if (digits.size() == 4 && digits >= "1900" && digits <= "2099") return true;
        std::size_t i = begin;
        std::string const earlier = word_before(i);
        if (is_month(earlier) || is_month(after)) return true;
        if (after == "a" && rest(end).starts_with(" a.m")) return true;
        if (after == "p" && rest(end).starts_with(" p.m")) return true;
        if (after == "am" || after == "pm" || after == "o") return true;
        if (at(end) == ' ' && is_digit(at(end + 1))) return true; // 515 555 0160
        if (before(begin) == ' ' && begin >= 2 && is_digit(text_[begin - 2])) return true;
        if (before(begin) == '(' && at(end) == ')') return true;
        static std::set<std::string> const references = {"no",       "number",  "page", "section", "version", "item",
                                                         "question", "chapter", "step", "room",    "suite",   "phase",
                                                         "tier",     "level",   "top",  "line",    "column",  "route"};
        return references.contains(earlier);
    }

    void collect_words(Typed& typed) const {
        std::size_t i = typed.end;
        for (int n = 0; n < 3; ++n)
            if (std::string const word = word_after(i); !word.empty()) typed.words.insert(singular(word));
        i = typed.begin;
        for (int n = 0; n < 4; ++n)
            if (std::string const word = word_before(i); !word.empty()) typed.words.insert(singular(word));
    }

    std::string const& text_;
    std::vector<Piece> const& pieces_;
    char point_;
};

/// What a counted fact counts: the words of its unit, its label and the end of its name.
std::set<std::string> counted_words(Piece const& piece) {
    static std::set<std::string> const empty_words = {"with",  "last", "total", "under",  "average", "median",
                                                      "first", "from", "that",  "number", "active",  "count"};
    std::set<std::string> words;
    std::string word;
    std::string const id = piece.name.substr(0, piece.name.find_first_of("0123456789"));
    for (char const c : lower(piece.value->unit + " " + piece.label + " " + id) + " ") {
        if (is_letter(c)) {
            word += c;
            continue;
        }
        if (word.size() > 3 && !empty_words.contains(word)) words.insert(singular(word));
        word.clear();
    }
    return words;
}

bool same_unit(Typed const& typed, Piece const& piece, model::Formatter const& formatter) {
    Value const& value = *piece.value;
    if (value.is_ratio()) return typed.kind == Kind::ratio;
    if (value.is_money())
        return typed.kind == Kind::money &&
               (typed.currency == value.unit ||
                formatter.money(Decimal(0), value.unit).find(typed.currency) != std::string::npos);
    if (typed.kind != Kind::count) return false;
    auto const words = counted_words(piece);
    return std::ranges::any_of(typed.words, [&](std::string const& word) { return words.contains(word); });
}

Decimal absolute(Decimal d) {
    return d.is_negative() ? -d : d;
}

bool says_the_same(Typed const& typed, Decimal fact) {
    Decimal const distance = absolute(absolute(fact) - typed.value);
    return distance + distance <= typed.quantum;
}

} // namespace

std::vector<Issue> contradictions(Merged const& merged, model::Formatter const& formatter) {
    char const point = formatter.number(Decimal::of("0.5"), {.digits = 1}).find(',') == std::string::npos ? '.' : ',';
    std::vector<Piece> facts;
    for (Piece const& piece : merged.pieces)
        if (piece.value && piece.value->number() != nullptr) facts.push_back(piece);
    std::vector<Issue> issues;
    if (facts.empty()) return issues;
    for (Typed const& typed : Scanner(merged, point).numbers()) {
        Piece const* near = nullptr;
        bool same = false;
        for (Piece const& piece : facts) {
            if (!same_unit(typed, piece, formatter)) continue;
            Decimal const fact = absolute(*piece.value->number());
            same = same || says_the_same(typed, fact);
            if (near == nullptr && absolute(fact - typed.value) * Decimal(4) <= fact) near = &piece;
        }
        if (same || near == nullptr) continue;
        issues.push_back({"fact.contradiction", Severity::warning,
                          fmt::format("\"{}\" is typed by hand, but {} is {}: merge the fact, or say what else it is",
                                      merged.text.substr(typed.begin, typed.end - typed.begin), near->name,
                                      merged.text.substr(near->begin, near->end - near->begin))});
    }
    return issues;
}

} // namespace deckle::facts
