/// An SVG drawn with the square test font, as the text form of its items.
#pragma once
#include "html/parse.hpp"
#include "layout/layout.hpp"
#include "layout/svg.hpp"
#include "text/font_set.hpp"
#include "text/shaper.hpp"
#include <filesystem>
#include <string>

namespace deckle::layout {

struct Drawn {
    Diagnostics diagnostics;
    text::FontSet fonts;
    PageList pages;

    /// Inline in an HTML document, so that its style sheets apply.
    explicit Drawn(std::string const& svg, std::string const& css = {}, Rect viewport = {0, 0, 75, 75}) {
        fonts.add_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/fonts/square.ttf");
        auto const document = html::parse("<style>" + css + "</style>" + svg, "t.html", diagnostics);
        auto sheets = css::document_sheets(document, diagnostics);
        css::Cascade const cascade(document, std::move(sheets), {}, diagnostics);
        auto const* element = document.body()->first_element();
        while (element && element->tag != html::Tag::svg) element = element->next_element();
        if (!element) throw std::runtime_error("no svg in the test");
        text::Shaper shaper(fonts, diagnostics);
        DrawContext context{fonts, shaper, diagnostics};
        pages.pages.push_back({{100, 100}, {}});
        Drawing(*element, cascade).draw(viewport, context, pages.pages[0].items);
    }

    /// Without the page's own line and its indent.
    [[nodiscard]] std::string text() const {
        auto const all = dump_pages(pages);
        std::string out;
        for (std::size_t at = all.find('\n') + 1; at < all.size();) {
            auto const end = all.find('\n', at);
            out += all.substr(at + 2, end - at - 1);
            at = end + 1;
        }
        return out;
    }
    [[nodiscard]] std::string codes() const {
        std::string out;
        for (auto const& d : diagnostics.items()) out += (out.empty() ? "" : " ") + d.code;
        return out;
    }
};

/// Items of a picture of 100 x 100 user units, one unit = 0.75 pt, inside the outermost group.
inline std::string drawn(std::string const& content, std::string const& css = {}) {
    auto const text = Drawn("<svg width=100 height=100 overflow=visible>" + content + "</svg>", css).text();
    auto const first = text.find('\n');
    if (first == std::string::npos) return text;
    std::string out;
    for (std::size_t at = first + 1; at < text.size();) {
        auto const end = text.find('\n', at);
        out += text.substr(at + 2, end - at - 1);
        at = end + 1;
    }
    return out;
}

} // namespace deckle::layout
