/// The page that shows the HTML beside the PDF, and renews them.
#pragma once
#include <string>

namespace deckle::app {

[[nodiscard]] std::string preview_html(std::string const& title);
extern char const* const preview_script;
extern char const* const preview_style;

} // namespace deckle::app
