#include "layout/counters.hpp"
#include "base/text.hpp"
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

namespace deckle::layout {
namespace {

/// Counters end at the limits of int instead of wrapping round.
int sum(int a, int b) {
    int out = 0;
    if (!__builtin_add_overflow(a, b, &out)) return out;
    return a < 0 ? std::numeric_limits<int>::min() : std::numeric_limits<int>::max();
}

std::string roman(int value, bool upper) {
    if (value <= 0 || value > 3999) return std::to_string(value);
    static constexpr std::array<std::pair<int, char const*>, 13> steps{{{1000, "m"},
                                                                        {900, "cm"},
                                                                        {500, "d"},
                                                                        {400, "cd"},
                                                                        {100, "c"},
                                                                        {90, "xc"},
                                                                        {50, "l"},
                                                                        {40, "xl"},
                                                                        {10, "x"},
                                                                        {9, "ix"},
                                                                        {5, "v"},
                                                                        {4, "iv"},
                                                                        {1, "i"}}};
    std::string text;
    for (auto const& [step, letters] : steps) {
        for (; value >= step; value -= step) text += letters;
    }
    if (upper) {
        for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

std::string alphabetic(int value, char first) {
    if (value <= 0) return std::to_string(value);
    std::string text;
    for (; value > 0; value = (value - 1) / 26) text.insert(text.begin(), static_cast<char>(first + (value - 1) % 26));
    return text;
}

std::string greek(int value) {
    if (value <= 0) return std::to_string(value);
    std::string text;
    for (; value > 0; value = (value - 1) / 24) {
        int letter = 0x3B1 + (value - 1) % 24;
        if (letter >= 0x3C2) ++letter; // final sigma is no number
        text.insert(0, {static_cast<char>(0xC0 | (letter >> 6)), static_cast<char>(0x80 | (letter & 0x3F))});
    }
    return text;
}

} // namespace

void Counters::leave() {
    for (auto& [name, stack] : stacks_) {
        while (!stack.empty() && stack.back().depth >= depth_) stack.pop_back();
    }
    --depth_;
}

void Counters::reset(std::string const& name, int value) {
    auto& stack = stacks_[name];
    if (!stack.empty() && stack.back().depth == depth_) {
        stack.back().value = value;
    } else {
        stack.push_back({value, depth_});
    }
}

void Counters::increment(std::string const& name, int by) {
    auto& stack = stacks_[name];
    if (stack.empty()) stack.push_back({0, depth_});
    stack.back().value = sum(stack.back().value, by);
}

void Counters::set(std::string const& name, int value) {
    auto& stack = stacks_[name];
    if (stack.empty()) stack.push_back({0, depth_});
    stack.back().value = value;
}

void Counters::apply(css::OwnStyle const& style) {
    for (css::CounterChange const& change : style.counter_reset) reset(change.name, change.value);
    for (css::CounterChange const& change : style.counter_increment) increment(change.name, change.value);
    for (css::CounterChange const& change : style.counter_set) set(change.name, change.value);
}

int Counters::value(std::string_view name) const {
    auto found = stacks_.find(name);
    return found == stacks_.end() || found->second.empty() ? 0 : found->second.back().value;
}

std::vector<int> Counters::values(std::string_view name) const {
    std::vector<int> all;
    if (auto found = stacks_.find(name); found != stacks_.end()) {
        for (Instance const& instance : found->second) all.push_back(instance.value);
    }
    if (all.empty()) all.push_back(0);
    return all;
}

std::map<std::string, std::vector<int>, std::less<>> Counters::all() const {
    std::map<std::string, std::vector<int>, std::less<>> out;
    for (auto const& [name, stack] : stacks_) {
        if (!stack.empty()) out.emplace(name, values(name));
    }
    return out;
}

namespace {

/// Decimal with other digits.
struct Digits {
    std::string_view style;
    char32_t zero;
};
constexpr std::array<Digits, 5> other_digits{
    {{"arabic-indic", 0x660}, {"persian", 0x6F0}, {"devanagari", 0x966}, {"bengali", 0x9E6}, {"thai", 0xE50}}};
constexpr std::array<char const*, 10> cjk_digits{"\u3007", "\u4e00", "\u4e8c", "\u4e09", "\u56db",
                                                 "\u4e94", "\u516d", "\u4e03", "\u516b", "\u4e5d"};

std::string with_digits(int value, std::string_view style) {
    std::string const decimal = std::to_string(value);
    std::string out;
    for (char c : decimal) {
        if (c == '-') {
            out += c;
        } else if (style == "cjk-decimal") {
            out += cjk_digits[static_cast<std::size_t>(c - '0')];
        } else {
            auto const* const digits = std::find_if(other_digits.begin(), other_digits.end(),
                                                    [&](Digits const& d) { return d.style == style; });
            append_utf8(out, digits->zero + static_cast<char32_t>(c - '0'));
        }
    }
    return out;
}

} // namespace

std::string counter_text(int value, std::string_view style) {
    if (style == "none") return "";
    if (style == "disc") return "\u2022";
    if (style == "circle") return "\u25e6";
    if (style == "square") return "\u25aa";
    if (style == "lower-roman") return roman(value, false);
    if (style == "upper-roman") return roman(value, true);
    if (style == "lower-alpha" || style == "lower-latin") return alphabetic(value, 'a');
    if (style == "upper-alpha" || style == "upper-latin") return alphabetic(value, 'A');
    if (style == "lower-greek") return greek(value);
    if (style == "decimal-leading-zero") {
        std::string text = std::to_string(std::abs(std::int64_t{value}));
        if (text.size() < 2) text.insert(0, "0");
        return value < 0 ? "-" + text : text;
    }
    bool const digits = style == "cjk-decimal" || std::any_of(other_digits.begin(), other_digits.end(),
                                                              [&](Digits const& d) { return d.style == style; });
    return digits ? with_digits(value, style) : std::to_string(value);
}

bool is_bullet(std::string_view style) {
    return style == "disc" || style == "circle" || style == "square";
}

std::string marker_text(int value, std::string_view style) {
    if (style.empty() || style == "none") return "";
    if (style.front() == '"') {
        style.remove_prefix(1);
        if (!style.empty() && style.back() == '"') style.remove_suffix(1);
        return std::string(style);
    }
    return counter_text(value, style) + (is_bullet(style) ? "\u00a0" : ".\u00a0");
}

} // namespace deckle::layout
