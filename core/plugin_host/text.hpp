/// Text from a plugin made fit for a terminal and a log.
#pragma once
#include <string>
#include <string_view>

namespace deckle::plugin_host {

/// Control characters (but tab and newline) become '?', bytes that are no UTF-8 U+FFFD; at most `longest` bytes, with
/// "..." where it was cut.
[[nodiscard]] std::string printable(std::string_view text, std::size_t longest = 4096);

} // namespace deckle::plugin_host
