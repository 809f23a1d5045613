/// What every report says in the same words.
#pragma once
#include "metric.hpp"
#include "model.hpp"

namespace deckle::words {

/// How to bind a dataset, for a section that misses it.
[[nodiscard]] inline std::string bind(std::string const& dataset) {
    return "[datasets." + dataset + "] in deckle.toml, then: deckle data preview " + dataset;
}

/// "1 day", "3 days" and the like.
[[nodiscard]] inline Json counted(std::int64_t n, std::string const& one, std::string const& many) {
    return leaf::text("{n} " + (n == 1 ? one : many), {{"n", leaf::num(n)}});
}

[[nodiscard]] inline Json number(Metric const& m, int digits) {
    return m ? leaf::num(m.value(), {.digits = digits}) : leaf::na(m.reason());
}
[[nodiscard]] inline Json percent(Metric const& m, int digits = 1) {
    return m ? leaf::pct(m.value(), {.digits = digits}) : leaf::na(m.reason());
}
/// The currency as a unit in a heading.
[[nodiscard]] inline std::string unit(std::string const& currency) {
    return currency == "USD" ? "dollars" : currency;
}

/// A sentence in two parts, split at '|': what to do (`head`, which templates set in bold) and why (`rest`).
[[nodiscard]] inline Json task(std::string const& pattern, std::vector<std::pair<std::string, Json>> const& args) {
    std::size_t const split = pattern.find('|');
    auto part = [&](std::string const& text) {
        std::vector<std::pair<std::string, Json>> used;
        for (auto const& a : args)
            if (text.find("{" + a.first + "}") != std::string::npos) used.push_back(a);
        return leaf::text(text, used);
    };
    std::string const rest = split == std::string::npos ? "" : pattern.substr(split + 1);
    return leaf::text("{head}{rest}", {{"head", part(pattern.substr(0, split))}, {"rest", part(rest)}});
}

} // namespace deckle::words
