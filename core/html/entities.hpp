/// Character references: https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace deckle::html {

/// UTF-8 for a name without '&' and ';' ("check"); empty when there is no such name.
[[nodiscard]] std::string_view entity_text(std::string_view name);
/// True for the old names that HTML5 accepts without ';' ("copy").
[[nodiscard]] bool entity_needs_no_semicolon(std::string_view name);

struct Reference {
    std::size_t length = 0; // bytes of the source, from the '&'; 0 = the '&' is just text
    std::string text;       // UTF-8
    std::string problem;    // empty when it is as it should be
};
/// The reference at the beginning of `text`, which starts with '&'.
[[nodiscard]] Reference read_reference(std::string_view text, bool in_attribute);

} // namespace deckle::html
