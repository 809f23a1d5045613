// Several documents as one book.
#include "layout/book_fixture.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace deckle::layout {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char const* page_numbers =
    "<style>@page { size: 200pt 60pt; margin: 10pt; @bottom-left { content: counter(page) \"/\" counter(pages) } }"
    "* { font: 10pt/1 \"Deckle Square\"; margin: 0 } h2 { break-before: page }"
    "a::after { content: target-counter(attr(href), page) }</style>";

std::string chapter(std::string const& name, std::string const& body) {
    return fmt::format("<!--chapter {}: {} -->\n{}{}\n", name, name, page_numbers, body);
}

std::vector<std::string> links_of(Page const& page) {
    std::vector<std::string> uris;
    for (Item const& item : page.items)
        if (auto const* link = std::get_if<Link>(&item)) uris.push_back(link->uri);
    return uris;
}

} // namespace

TEST(Book, PagesAreNumberedThrough) {
    auto const book = render_book(chapter("a", "<h1>A</h1><h2>B</h2>") + chapter("b", "<h1>C</h1><h2>D</h2>"));
    ASSERT_EQ(book->pages.pages.size(), 4u);
    EXPECT_EQ(book->result.pages, 4u);
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_THAT(text_of(book->pages.pages[i]), HasSubstr(std::to_string(i + 1) + "/4")) << i;
    ASSERT_EQ(book->pages.outline.size(), 4u);
    EXPECT_EQ(book->pages.outline[2].title, "b"); // the chapter's title in place of its first heading
    EXPECT_EQ(book->pages.outline[2].page, 2u);
    EXPECT_EQ(book->pages.outline[3].title, "D");
    EXPECT_EQ(book->pages.outline[3].level, 2);
    EXPECT_EQ(book->pages.outline[3].page, 3u);
}

TEST(Book, OneDocumentIsWhatItIsAlone) {
    std::string const html = std::string(page_numbers) + "<h1>A</h1><h2 id=x>B</h2><p><a href='#x'>see</a></p>";
    auto const book = render_book("<!--chapter : -->\n" + html);
    auto const alone = render(html);
    EXPECT_EQ(dump_pages(book->pages), dump_pages(alone.pages));
}

/// Ten and more pages in front of a reference change its width, and so where its line breaks; that is settled first.
TEST(Book, ReferencesForwardAreRight) {
    std::string many;
    for (int i = 0; i < 11; ++i) many += "<h2>x</h2>";
    auto const book = render_book(chapter("", "<p><a href='#b/end'>see 12345678901 </a></p>") + chapter("a", many) +
                                  chapter("b", "<h1>C</h1><h2 id=end>D</h2>"));
    std::size_t const pages = book->pages.pages.size();
    EXPECT_THAT(text_of(book->pages.pages[0]), HasSubstr(std::to_string(pages)));
    EXPECT_THAT(text_of(book->pages.pages[pages - 1]), HasSubstr("D "));
    EXPECT_THAT(links_of(book->pages.pages[0]), testing::Each(std::string("#b/end")));
    EXPECT_TRUE(book->diagnostics.items().empty());
}

TEST(Book, EqualIdsOfTwoDocumentsAreTwoPlaces) {
    std::string const body = "<p><a href='#x'>see</a></p><h2 id=x>X</h2>";
    auto const book = render_book(chapter("a", body) + chapter("b", body));
    ASSERT_EQ(book->pages.pages.size(), 4u);
    EXPECT_THAT(links_of(book->pages.pages[0]), ElementsAre("#a/x"));
    EXPECT_THAT(links_of(book->pages.pages[2]), ElementsAre("#b/x"));
    EXPECT_THAT(text_of(book->pages.pages[0]), HasSubstr("2"));
    EXPECT_THAT(text_of(book->pages.pages[2]), HasSubstr("4"));
}

TEST(Book, AReferenceToNowhereIsReportedOnce) {
    auto const book = render_book(chapter("a", "<p><a href='#nowhere'>see</a></p>") + chapter("b", "<p>x</p>"));
    ASSERT_EQ(book->diagnostics.items().size(), 1u);
    EXPECT_EQ(book->diagnostics.items()[0].code, "missing-target");
    EXPECT_EQ(book->diagnostics.items()[0].position.file, "a.html");
}

/// What is tagged is so throughout: a document with too many rows takes the tags from the others too, and says so.
TEST(Book, TagsAreForAllOrForNone) {
    std::string rows = "<table>";
    for (std::size_t i = 0; i <= most_tagged_rows; ++i) rows += "<tr><td>1";
    Options options;
    options.tags = Tags::automatic;
    auto const tagged = render_book(chapter("a", "<p>x</p>") + chapter("b", "<p>y</p>"), options);
    auto const& nodes = tagged->pages.tree.nodes;
    ASSERT_EQ(nodes.size(), 5u);
    EXPECT_EQ(nodes[1].role, Role::document);
    EXPECT_EQ(nodes[3].role, Role::section);
    EXPECT_EQ(nodes[3].parent, 1u);
    EXPECT_EQ(nodes[4].parent, 3u);
    auto const plain = render_book(chapter("a", "<p>x</p>") + chapter("b", rows), options);
    EXPECT_EQ(plain->pages.tree.nodes.size(), 1u);
    ASSERT_EQ(plain->diagnostics.items().size(), 1u);
    EXPECT_EQ(plain->diagnostics.items()[0].code, "not-tagged");
}

TEST(Book, ADocumentKnowsWhichPagesAreLeft) {
    std::string const left = "<style>@page :left { margin-left: 50pt }</style>";
    auto const book = render_book(chapter("a", "<p>x</p>") + chapter("b", left + "<p>y</p>"));
    auto const x_of = [&](std::size_t page) {
        for (Item const& item : book->pages.pages[page].items)
            if (auto const* run = std::get_if<GlyphRun>(&item)) return run->origin.x;
        return 0.0;
    };
    EXPECT_EQ(x_of(0), 10);
    EXPECT_EQ(x_of(1), 50);
}

} // namespace deckle::layout
