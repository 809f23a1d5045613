/// Single-byte encodings of exports, and whether bytes are UTF-8.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace deckle::data {

enum class Encoding { utf8, windows_1252, iso_8859_1 };

/// "utf-8", "windows-1252" or "iso-8859-1".
[[nodiscard]] std::optional<Encoding> encoding_of(std::string_view name);
/// Well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);
[[nodiscard]] bool is_ascii(std::string_view bytes);
/// Appends `bytes` in UTF-8. False when windows-1252 does not define one of them. REQUIRES: not utf8.
[[nodiscard]] bool append_utf8(std::string& to, std::string_view bytes, Encoding encoding);
/// Appends one code point.
void append_code_point(std::string& to, char32_t code);

} // namespace deckle::data
