/// Text in less room.
#pragma once
#include <string>
#include <string_view>

namespace deckle::store {

/// Deflated (zlib), behind its size; same text, same bytes.
[[nodiscard]] std::string pack(std::string_view text);
/// Throws Error{data} for bytes that pack() did not make.
[[nodiscard]] std::string unpack(std::string_view bytes);

} // namespace deckle::store
