// Voice, praise, capitals, placeholders, claims about the future, and AP's
// numerals.
#include "lint.hpp"
#include "text.hpp"
#include <algorithm>
#include <array>
#include <set>

namespace press_release {
namespace {

template <std::size_t N>
std::string found(std::string const& text, std::array<char const*, N> const& list) {
    std::string hits;
    for (char const* word : list)
        if (find_word(text, word) != std::string::npos) hits += (hits.empty() ? "" : ", ") + std::string(word);
    return hits;
}

void each_outside(std::vector<Problem>& out, Part const& part) {
    std::string const outside = outside_quotes(part.text), text = lower(outside);
    static constexpr std::array persons{"i", "we", "us", "our", "ours", "my", "me", "you", "your", "yours"};
    std::string hits;
    for (char const* word : persons) { // "U.S." is no "us"
        for (auto at = find_word(text, word); at != std::string::npos; at = find_word(text, word, at + 1)) {
            bool const dotted =
                (at > 0 && text[at - 1] == '.') || (std::string_view(word) == "i" && outside[at] != 'I');
            bool const country = std::string_view(word) == "us" && outside.substr(at, 2) == "US";
            if (dotted || country) continue;
            hits += (hits.empty() ? "" : ", ") + std::string(word);
            break;
        }
    }
    if (!hits.empty())
        out.push_back(
            {"voice.person", Severity::warning, part.field, "First or second person outside a quote: " + hits});
    static constexpr std::array hype{
        "leading",          "industry-leading", "world-class",   "best-in-class",   "cutting-edge",
        "state-of-the-art", "groundbreaking",   "revolutionary", "game-changing",   "unparalleled",
        "unrivaled",        "premier",          "innovative",    "next-generation", "seamless",
        "turnkey",          "synergy",          "excited",       "thrilled",        "proud",
        "unique",           "amazing",          "best"};
    if (auto const words = found(text, hype); !words.empty())
        out.push_back({"style.hype", Severity::warning, part.field, "Praise that an editor strikes out: " + words});
    if (part.field != "headline" && outside.find('!') != std::string::npos)
        out.push_back({"style.exclamation", Severity::warning, part.field, "An exclamation mark outside a quote"});
    static constexpr std::array future{"will",    "guaranteed",  "guarantee", "guarantees",
                                       "expects", "anticipates", "forecasts"};
    if (auto const words = found(text, future); !words.empty())
        out.push_back({"claim.forward", Severity::warning, part.field,
                       "Speaks of the future (" + words + "): say what is so today, or quote someone"});
}

void capitals_in(LintInput const& in, std::vector<Problem>& out, Part const& part) {
    static std::set<std::string> const usual{"HIPAA",  "CMMC", "NIST", "CJIS",  "FERPA", "SaaS",  "NYSE",
                                             "NASDAQ", "NASA", "HTTP", "HTTPS", "FAQ",   "COBIT", "GDPR"};
    std::string hits;
    for (std::string word : words(part.text)) {
        while (!word.empty() &&
               !((word.back() >= 'A' && word.back() <= 'Z') || (word.back() >= 'a' && word.back() <= 'z')))
            word.pop_back();
        auto const first = std::find_if(word.begin(), word.end(),
                                        [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
        word.erase(word.begin(), first);
        bool const all =
            word.size() >= 4 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!all || usual.contains(word)) continue;
        bool const named = std::any_of(in.record.trademarks.begin(), in.record.trademarks.end(),
                                       [&](std::string const& t) { return t.find(word) != std::string::npos; }) ||
                           in.company.find(word) != std::string::npos;
        if (!named) hits += (hits.empty() ? "" : ", ") + word;
    }
    if (!hits.empty()) out.push_back({"style.capitals", Severity::warning, part.field, "Words in capitals: " + hits});
}

void placeholders(LintInput const& in, std::vector<Problem>& out, Part const& part) {
    static constexpr std::array marks{"[", "TK", "TBD", "XX", "XXX", "lorem ipsum", "Lorem ipsum", "<insert", "«"};
    std::string hits;
    for (char const* mark : marks) {
        bool const letters = (mark[0] >= 'A' && mark[0] <= 'Z') || mark[0] == 'l';
        if ((letters ? find_word(part.text, mark) : part.text.find(mark)) != std::string::npos)
            hits += (hits.empty() ? "" : ", ") + std::string(mark);
    }
    if (!in.preview && part.text.find("{{") != std::string::npos)
        hits += (hits.empty() ? "" : ", ") + std::string("{{");
    if (!hits.empty())
        out.push_back({"text.placeholder", Severity::error, part.field, "A placeholder is left: " + hits});
}

/// One to nine are words, 10 and above are figures; % goes with a figure.
void numerals(std::vector<Problem>& out, Part const& part) {
    static std::set<std::string> const units{"percent", "million", "billion", "trillion", "a.m.",    "p.m.",
                                             "inch",    "inches",  "feet",    "miles",    "degrees", "years-old",
                                             "cents",   "dollars", "p.m",     "a.m"};
    static std::set<std::string> const months{"Jan.", "Feb.", "March", "April", "May",  "June",
                                              "July", "Aug.", "Sept.", "Oct.",  "Nov.", "Dec."};
    static std::set<std::string> const spelled{"ten",     "eleven",    "twelve",   "thirteen", "fourteen", "fifteen",
                                               "sixteen", "seventeen", "eighteen", "nineteen", "twenty",   "thirty",
                                               "forty",   "fifty",     "sixty",    "seventy",  "eighty",   "ninety"};
    auto const list = words(part.text);
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string const& word = list[i];
        std::string const next = i + 1 < list.size() ? list[i + 1] : "", before = i > 0 ? list[i - 1] : "";
        bool const counts = !next.empty() && next[0] >= 'a' && next[0] <= 'z' && !units.contains(next);
        if (word.size() == 1 && word[0] >= '1' && word[0] <= '9' && counts && !months.contains(before) &&
            before != "at" && before != "No.")
            out.push_back({"ap.numeral", Severity::warning, part.field,
                           "AP spells out numbers below 10: \"" + word + " " + next + "\""});
        std::string stem = word.substr(0, word.find('-'));
        bool const starts = before.empty() || before.back() == '.' || before.back() == '?' || before.back() == '!';
        if (spelled.contains(stem) && !starts)
            out.push_back(
                {"ap.numeral", Severity::warning, part.field, "AP writes figures from 10 on: \"" + word + "\""});
        std::string bare = next;
        while (!bare.empty() && (bare.back() == '.' || bare.back() == ',')) bare.pop_back();
        bool const figure = !word.empty() && word.back() >= '0' && word.back() <= '9';
        if (figure && (bare == "percent" || bare == "per"))
            out.push_back(
                {"ap.percent", Severity::warning, part.field, "AP writes the sign with a figure: \"" + word + "%\""});
        if (word == "US" || word == "USA")
            out.push_back({"ap.us", Severity::warning, part.field, "AP writes U.S. in texts"});
    }
}

/// ", IA" in a text: a postal code, and no abbreviation.
void postal_states(std::vector<Problem>& out, Part const& part) {
    for (auto at = part.text.find(", "); at != std::string::npos; at = part.text.find(", ", at + 1)) {
        std::string const code = part.text.substr(at + 2, 2);
        auto const after = at + 4;
        bool const ends = after >= part.text.size() || !((part.text[after] >= 'A' && part.text[after] <= 'Z') ||
                                                         (part.text[after] >= 'a' && part.text[after] <= 'z'));
        bool const upper =
            code.size() == 2 && code == capitals(code) && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A';
        if (upper && ends && ap_state(code) != code)
            out.push_back({"ap.state", Severity::warning, part.field,
                           "\"" + code + "\" is a postal code; AP writes " + ap_state(code)});
    }
}

} // namespace

void lint_words(LintInput const& in, std::vector<Problem>& out) {
    for (Part const& part : parts(in.texts)) {
        each_outside(out, part);
        capitals_in(in, out, part);
        placeholders(in, out, part);
        numerals(out, part);
        postal_states(out, part);
    }
}

} // namespace press_release
