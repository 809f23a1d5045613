/// HTML text -> element tree, as the HTML Standard builds it, whatever the text; see tree_builder.hpp for what is left
/// out.
#pragma once
#include "base/diagnostics.hpp"
#include "html/document.hpp"
#include <cstddef>
#include <string>
#include <string_view>

namespace deckle::html {

struct Limits {
    std::size_t bytes = 64u << 20;
    std::size_t depth = 512;
    std::size_t elements = 4'000'000;
};

/// `file` names the source in positions. Throws Error{data} for text that is not UTF-8 and Error{limit} past a limit;
/// everything else that is odd is repaired and reported ("html-syntax", "html-entity", "html-structure").
[[nodiscard]] Document parse(std::string_view text, std::string file, Diagnostics& diagnostics, Limits limits = {});

/// An SVG file; the root of the result is its <svg>. Throws Error{data} when there is none.
[[nodiscard]] Document parse_svg(std::string_view text, std::string file, Diagnostics& diagnostics, Limits limits = {});

/// The tree as indented text, for tests and debugging.
[[nodiscard]] std::string dump(Document const& document);

} // namespace deckle::html
