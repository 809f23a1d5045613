/// Styled document -> pages, for print. Pages are produced one by one and handed to the sink as soon as they are
/// finished; what is not supported, missing or runs off the page is in `diagnostics`. Same input, same pages.
/// A page always consumes something, nothing is lost and nothing loops, whatever the style sheet asks for.
#pragma once
#include "base/diagnostics.hpp"
#include "layout/page.hpp"
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::html {
class Document;
}
namespace deckle::css {
class Cascade;
class SheetCache;
} // namespace deckle::css
namespace deckle::text {
class FontSet;
}

namespace deckle::layout {

inline constexpr Size letter{612, 792};
inline constexpr Size a4{595.2755905511812, 841.8897637795276};

/// Past one of them the work ends with Error{limit}, which names the option that raises it ("max-pages").
struct Limits {
    std::size_t bytes = 64u << 20;    // max-bytes: of the document; a larger file it refers to is left out
    std::size_t elements = 4'000'000; // max-elements
    std::size_t depth = 512;          // max-depth: elements inside one another
    std::size_t nesting = 500;        // boxes inside boxes; deeper content is left out with an error diagnostic
    std::size_t boxes = 8'000'000;    // max-boxes
    std::size_t pages = 20'000;       // max-pages
    std::size_t pixels = 100'000'000; // max-pixels: of all images that are decoded; one past it is left out with a
                                      // diagnostic
    double seconds = 0;               // max-seconds, by Options::clock; 0 = no limit
};

using AnchorPages = std::map<std::string, std::size_t, std::less<>>; // page from 1

/// Where a document stands among several that make one book; layout_book() fills it in.
struct BookPlace {
    std::size_t before = 0;               // pages in front of it
    std::size_t total = 0;                // of the book; 0 = the document is alone, or the total is not known yet
    AnchorPages const* anchors = nullptr; // of the book; null = the document is alone
};

/// Where a document may take its images and style sheets from. Nothing else is read, and never the network.
struct Options {
    std::filesystem::path base;               // relative references start here; empty = they are reported as missing
    std::vector<std::filesystem::path> roots; // folders whose files may be read; `base` counts as one of them
    Size page = letter;                       // when no @page rule gives a size
    bool explain_breaks = false;              // fill Result::breaks
    bool strict = false;                      // a warning or error diagnostic becomes Error{failed}
    Limits limits;
    std::string user_agent, user_agent_file; // a style sheet instead of the built-in one, and its name for messages
    std::function<double()> clock;           // seconds since the work began, for limits.seconds
    css::SheetCache* sheets = nullptr;       // of the documents of this thread; null = none
    Tags tags = Tags::off;                   // whether the sink is given the document's structure
    BookPlace place;                         // of layout_book()
};

/// Why a page ended where it did, when another follows: where, what did not fit or who asked for the break, and what
/// kept the page from ending elsewhere.
struct PageBreak {
    std::size_t page = 0; // from 1
    std::string text;     // "ends before <tr> at ledger.html:57: it does not fit, 4.2pt are missing"
};

struct Result {
    std::size_t pages = 0;
    std::vector<PageBreak> breaks; // with Options::explain_breaks
};

/// Lays the document out and gives its pages, then outline and metadata, to `sink`.
/// Throws Error{limit} past a limit, and Error{failed} in strict mode.
[[nodiscard]] Result layout_document(html::Document const& document, css::Cascade const& cascade, text::FontSet& fonts,
                                     Options const& options, PageSink& sink, Diagnostics& diagnostics);

/// The whole way from HTML text: parse, cascade over its <style> and <link> sheets, layout.
/// `name` stands in positions of diagnostics.
[[nodiscard]] Result layout_html(std::string_view html, std::string const& name, text::FontSet& fonts,
                                 Options const& options, PageSink& sink, Diagnostics& diagnostics);

/// One document of a book.
struct Chapter {
    std::string name;  // its anchors are "name/id" for the book, its beginning is "name"; empty = they are as written
    std::string title; // of its bookmark, in place of its first heading; empty = its bookmarks are as they are
    std::string_view html;
    std::string file;               // for positions of diagnostics
    text::FontSet* fonts = nullptr; // its own, since @font-face adds to it
};

/// Several documents as one: each keeps its style sheets, what names places (ids, links, header cells) and its own
/// :first page; page numbers, left and right pages, counter(pages), links and target-counter() go through the book.
/// The book's metadata are those of the first chapter. Only one chapter is held at a time.
/// REQUIRES: names differ, at most one is empty. Throws as layout_document.
[[nodiscard]] Result layout_book(std::vector<Chapter> const& chapters, Options const& options, PageSink& sink,
                                 Diagnostics& diagnostics);

/// The box tree of an HTML text, one line a box: kind, element with its place in the source, and the style's
/// differences from the parent's. To see why layout does what it does.
[[nodiscard]] std::string dump_boxes(std::string_view html, std::string const& name, text::FontSet& fonts,
                                     Options const& options, Diagnostics& diagnostics);

/// A sink that keeps everything, for tests and small documents.
struct PageList : PageSink {
    std::vector<Page> pages;
    std::vector<OutlineEntry> outline;
    Metadata metadata;
    Structure tree;

    void structure(Structure&& found) override;
    void page(Page&& page) override;
    void append(std::size_t page, std::vector<Item>&& items) override;
    void finish(std::vector<OutlineEntry>&& entries, Metadata&& data) override;
};

/// The pages as text, one line an item with its position, in painting order: what golden tests compare.
[[nodiscard]] std::string dump_pages(PageList const& pages);

} // namespace deckle::layout
