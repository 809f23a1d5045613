/// Text for other formats.
#pragma once
#include <string>
#include <string_view>

namespace deckle {

/// For text and quoted attribute values of HTML and XML: & < > " ' become character references.
[[nodiscard]] std::string escape_markup(std::string_view text);

/// In double quotes, as dumps show text: \n, \t, \" and \\ are escaped.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// As one word of a POSIX shell: quoted where it has to be. Control characters become blanks.
[[nodiscard]] std::string shell_word(std::string_view text);

/// For a part of a file name: letters and digits of any script and dots stay, everything else becomes one hyphen; none
/// stands at the ends. "report" when nothing is left.
[[nodiscard]] std::string file_word(std::string_view text);

/// Up to the first line feed: messages say in one line what is the matter.
[[nodiscard]] std::string first_line(std::string_view text);

/// At most so many bytes of UTF-8, with "..." where something is left out; never cut inside a character.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

/// ASCII, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Appends `c` as UTF-8; what is no Unicode scalar value becomes U+FFFD.
void append_utf8(std::string& out, char32_t c);

} // namespace deckle
