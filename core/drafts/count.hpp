/// How long a text is, by the rule of the form it goes into.
#pragma once
#include <deckle/model.hpp>
#include <string_view>

namespace deckle::drafts {

/// words: what stands between white space (Unicode), as word processors count. characters: code points, white space
/// included or not. x_weighted: the length that the network X counts against 280: in NFC, most scripts of alphabets 1,
/// others 2, an emoji with its whole sequence 2, an address of the web 23.
/// REQUIRES: UTF-8.
[[nodiscard]] int count(std::string_view text, Field::Unit unit);

/// "words", "characters", "characters without spaces", "characters as X counts".
[[nodiscard]] std::string_view unit_words(Field::Unit unit);
/// Of the report model: "words", "characters" ...; words for anything else.
[[nodiscard]] Field::Unit unit_of(std::string_view name);

} // namespace deckle::drafts
