/// Several documents in one text, each after a line <!--chapter NAME: TITLE -->.
#pragma once
#include "layout/layout_fixture.hpp"
#include <deque>

namespace deckle::layout {

struct RenderedBook {
    text::FontSet shared;
    std::deque<text::FontSet> fonts; // the pages' glyphs refer to them
    PageList pages;
    Diagnostics diagnostics;
    Result result;
};

inline std::unique_ptr<RenderedBook> render_book(std::string const& text, Options const& options = {}) {
    auto book = std::make_unique<RenderedBook>();
    book->shared.add_file(std::filesystem::path(DECKLE_SOURCE_DIR) / "tests/fonts/square.ttf");
    std::string const mark = "<!--chapter ";
    std::vector<Chapter> chapters;
    for (auto at = text.find(mark); at != std::string::npos;) {
        auto const name = at + mark.size(), colon = text.find(':', name), close = text.find("-->", colon);
        at = text.find(mark, close);
        Chapter chapter;
        chapter.name = text.substr(name, colon - name);
        chapter.title = close > colon + 2 ? text.substr(colon + 2, close - colon - 3) : "";
        chapter.html = std::string_view(text).substr(close + 4, at == std::string::npos ? at : at - close - 4);
        chapter.file = (chapter.name.empty() ? "cover" : chapter.name) + ".html";
        chapter.fonts = &book->fonts.emplace_back(book->shared);
        chapters.push_back(std::move(chapter));
    }
    book->result = layout_book(chapters, options, book->pages, book->diagnostics);
    return book;
}

} // namespace deckle::layout
