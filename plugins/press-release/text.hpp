/// Words, sentences and quotation marks of a text in UTF-8.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace press_release {

/// Between white space of any script, as word processors count.
[[nodiscard]] std::vector<std::string> words(std::string_view text);
/// Code points.
[[nodiscard]] std::size_t characters(std::string_view text);
/// Paragraphs, which empty lines divide, each trimmed.
[[nodiscard]] std::vector<std::string> paragraphs(std::string_view text);
/// Sentences that end in . ! or ?; "Inc.", "U.S." and "Dec." end none.
[[nodiscard]] std::size_t sentences(std::string_view text);
/// Without what stands in double quotation marks (straight or curly), nested
/// ones included.
[[nodiscard]] std::string outside_quotes(std::string_view text);
/// What stands in double quotation marks, without them; nested ones stay in the
/// outer.
[[nodiscard]] std::vector<std::string> quoted(std::string_view text);
/// A curly double quotation mark opens inside another.
[[nodiscard]] bool nested_double_quotes(std::string_view text);
/// Every double quotation mark that opens closes before the paragraph ends.
[[nodiscard]] bool balanced_quotes(std::string_view text);
/// ASCII letters in lower case.
[[nodiscard]] std::string lower(std::string_view text);
/// Where `word` stands in `text` as a word of its own; npos otherwise. Both as
/// written: fold them first.
[[nodiscard]] std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0);
/// Addresses that begin with http:// or https://.
[[nodiscard]] std::size_t links(std::string_view text);

} // namespace press_release
