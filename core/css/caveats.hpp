/// Values that are understood but not done in full. Inside core/css only.
#pragma once
#include "base/diagnostics.hpp"
#include "css/tokenizer.hpp"
#include <string>
#include <string_view>

namespace deckle::css {

struct Caveat {
    Severity severity = Severity::note;
    std::string text; // what happens instead; empty = the value is done in full
};
/// A warning where the page will differ from what the author sees elsewhere, a note where only a wish is not met.
[[nodiscard]] Caveat caveat_of(std::string_view property, Tokens value);

} // namespace deckle::css
