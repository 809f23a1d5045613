/// Exact decimals as text by a pattern of ICU ("#,##0.00;(#,##0.00)") with the separators and signs of a language.
/// Digits are Latin unless the language asks for others ("ar-u-nu-arab").
// https://unicode-org.github.io/icu/userguide/format_parse/numbers/legacy-numberformat.html
#pragma once
#include <deckle/decimal.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace deckle::layout {

class NumberTexts {
public:
    NumberTexts();
    ~NumberTexts();
    NumberTexts(NumberTexts const&) = delete;
    NumberTexts& operator=(NumberTexts const&) = delete;

    /// Rounded half away from zero to the places of the pattern; never minus zero. `all_places`: as wide as numbers of
    /// this size get. nullopt when ICU refuses the pattern.
    [[nodiscard]] std::optional<std::string> text(Decimal const& value, std::string const& pattern,
                                                  std::string const& language, bool all_places = false);

private:
    struct Format;
    std::map<std::pair<std::string, std::string>, std::unique_ptr<Format>> formats_; // by pattern and language
};

} // namespace deckle::layout
