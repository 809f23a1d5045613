#include "schedule/words.hpp"
#include "schedule/calendar.hpp"
#include <algorithm>
#include <array>
#include <charconv>

namespace deckle::schedule {
namespace {

/// The index of the name that `word` is, whole or by its first three letters; -1 for none.
int find_name(auto const& names, std::string_view word) {
    std::string const small = lower(word);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (small == names[i] || (small.size() == 3 && names[i].starts_with(small))) return static_cast<int>(i);
    return -1;
}

} // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t i = 0; (i = text.find_first_not_of(" \t\r\n,", i)) != std::string_view::npos;) {
        auto const end = std::min(text.find_first_of(" \t\r\n,", i), text.size());
        words.push_back(lower(text.substr(i, end - i)));
        i = end;
    }
    return words;
}

int whole_number(std::string_view text) {
    int n = -1;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc{} && end == text.data() + text.size() && n >= 0 ? n : -1;
}

std::optional<Weekday> parse_weekday(std::string_view word) {
    static constexpr std::array<std::string_view, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                                           "friday", "saturday", "sunday"};
    int const i = find_name(names, word);
    return i < 0 ? std::nullopt : std::optional(static_cast<Weekday>(i + 1));
}

std::optional<unsigned> parse_month(std::string_view word) {
    static constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
    int const i = find_name(names, word);
    return i < 0 ? std::nullopt : std::optional(static_cast<unsigned>(i + 1));
}

std::optional<int> parse_ordinal(std::string_view word) {
    std::string const small = lower(word);
    if (small == "last") return -1;
    if (small.size() < 3) return std::nullopt;
    int const n = whole_number(std::string_view(small).substr(0, small.size() - 2));
    bool const teen = n % 100 >= 11 && n % 100 <= 13;
    std::string_view const ending = teen ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
    if (n < 1 || n > 31 || !small.ends_with(ending)) return std::nullopt;
    return n;
}

std::optional<Date> nth_weekday(Date month_start, Weekday weekday, int nth) {
    Date const last = month_start.last_of_month();
    Date const day = nth > 0 ? (month_start + 6).week_start(weekday) + 7 * (nth - 1) : last.week_start(weekday);
    return day <= last ? std::optional(day) : std::nullopt;
}

} // namespace deckle::schedule
