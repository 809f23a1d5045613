/// Addresses of the web in running text, as X finds them (with or without https://).
#pragma once
#include <unicode/unistr.h>

namespace deckle::drafts {

/// UTF-16 units of the address that begins at `at`; 0 when none does.
[[nodiscard]] std::int32_t web_address(icu::UnicodeString const& text, std::int32_t at);

} // namespace deckle::drafts
