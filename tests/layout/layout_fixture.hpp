/// Lays HTML out in the square test font.
#pragma once
#include "layout/layout.hpp"
#include "text/font_set.hpp"
#include <filesystem>
#include <memory>
#include <string>

namespace deckle::layout {

struct Rendered {
    std::unique_ptr<text::FontSet> fonts; // the pages' glyphs refer to it
    PageList pages;
    Diagnostics diagnostics;
};

inline Rendered render(std::string const& html, std::filesystem::path const& base = {}, Options options = {}) {
    Rendered result;
    result.fonts = std::make_unique<text::FontSet>();
    result.fonts->add_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/fonts/square.ttf");
    options.base = base;
    (void)layout_html(html, "test.html", *result.fonts, options, result.pages, result.diagnostics);
    return result;
}

/// All text of a page in painting order, runs separated by a space.
inline void collect_text(std::vector<Item> const& items, std::string& text) {
    for (Item const& item : items) {
        if (auto const* run = std::get_if<GlyphRun>(&item)) text += run->text + " ";
        if (auto const* group = std::get_if<std::unique_ptr<Group>>(&item)) collect_text((*group)->items, text);
    }
}
inline std::string text_of(Page const& page) {
    std::string text;
    collect_text(page.items, text);
    return text;
}

} // namespace deckle::layout
