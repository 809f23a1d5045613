/// Markdown that people write (CommonMark 0.30, with tables and strikethrough): as HTML, as plain text, and what in it
/// is not allowed. Throws Error{data} only when the parser gives up (out of memory).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::templates {

/// No raw HTML (it prints as the text it is), links only to http, https, mailto and #fragments (others print as their
/// text), no images (their text instead); headings begin at h3, below those of the page.
[[nodiscard]] std::string markdown_to_html(std::string_view markdown);

/// For mail and web forms: paragraphs parted by an empty line, "- " and "1. " before items, "text (address)" for a
/// link,
/// "| " between the cells of a table.
[[nodiscard]] std::string markdown_to_text(std::string_view markdown);

struct MarkdownFinding {
    std::string rule; // markdown.html, markdown.link, markdown.image
    std::size_t line = 0;
    std::string message; // what is wrong and what to do
};
/// What markdown_to_html leaves out, in the order of the text.
[[nodiscard]] std::vector<MarkdownFinding> markdown_findings(std::string_view markdown);

} // namespace deckle::templates
