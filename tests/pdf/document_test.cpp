#include "base/error.hpp"
#include "pdf/document.hpp"
#include "pdf_fixture.hpp"
#include <thread>

namespace deckle::pdf {
namespace {

using namespace layout;
using namespace std::chrono_literals;

constexpr Size small{300, 200};

/// A document with everything of its own: fonts, shaper, writer.
std::string independent_document() {
    text::FontSet fonts;
    fonts.add_standard();
    Diagnostics diagnostics;
    text::Shaper shaper(fonts, diagnostics);
    text::StyledRun run;
    run.text = "Threads: AVATAR 123";
    run.font = &fonts.font({});
    run.size = 10;
    auto const shaped = shaper.shape({&run, 1});
    Page page{small, {}};
    for (text::Piece& piece : shaped.pieces(shaped.line(0, 1000))) {
        GlyphRun glyphs;
        glyphs.face = piece.face;
        glyphs.size = piece.size;
        glyphs.origin = {20, 20};
        glyphs.glyphs = std::move(piece.glyphs);
        glyphs.text = shaped.text();
        page.items.emplace_back(std::move(glyphs));
    }
    Writer writer({}, diagnostics);
    writer.page(std::move(page));
    writer.finish({}, {});
    return writer.take();
}

class DocumentTest : public PdfTest {
protected:
    Page text_page(std::string const& text) {
        Page page{small, {}};
        add_text(page, 20, 40, text);
        return page;
    }
    std::vector<Page> text_pages(int count) {
        std::vector<Page> pages;
        for (int i = 0; i < count; ++i) pages.push_back(text_page("page " + std::to_string(i + 1)));
        return pages;
    }
};

TEST_F(DocumentTest, MetadataInInfoAndXmp) {
    WriterOptions options;
    options.created = Instant{std::chrono::sys_days{2026y / 10 / 31} + 12h};
    Metadata const metadata{"Liquidität <Q3> 日本", "Prairie & Co", "Cash", "cash, flow", "en-US"};
    std::string const bytes = write(text_pages(1), {}, metadata, options);
    expect_valid(bytes);
    std::string const info = run(bytes, "TZ=UTC pdfinfo -isodates %");
    for (char const* const line :
         {"Title:           Liquidität <Q3> 日本", "Author:          Prairie & Co", "Keywords:        cash, flow",
          "Producer:        Deckle", "CreationDate:    2026-10-31T12:00:00Z", "ModDate:         2026-10-31T12:00:00Z",
          "PDF version:     1.7", "Page size:       300 x 200 pts"})
        EXPECT_NE(info.find(line), std::string::npos) << line << "\n" << info;
    std::string const xmp = run(bytes, "pdfinfo -meta %");
    EXPECT_NE(xmp.find("Liquidität &lt;Q3&gt; 日本"), std::string::npos);
    EXPECT_NE(xmp.find("<dc:language><rdf:Bag><rdf:li>en-US"), std::string::npos);
    EXPECT_NE(bytes.find("/DisplayDocTitle true"), std::string::npos);
    EXPECT_NE(bytes.find("/Lang"), std::string::npos);
}

TEST_F(DocumentTest, SameInputSameBytes) {
    auto const make = [this] { return write(text_pages(3), {{1, "One", 0, {0, 0}}}, {"T", "", "", "", "en"}); };
    std::string const first = make();
    EXPECT_EQ(first, make());
    EXPECT_NE(first, write(text_pages(2)));
    EXPECT_NE(first.find("/ID"), std::string::npos);
}

TEST_F(DocumentTest, ManyThreadsManyDocuments) {
    std::string const expected = independent_document();
    expect_valid(expected);
    std::vector<int> different(4);
    std::vector<std::thread> threads;
    for (int& count : different)
        threads.emplace_back([&] {
            for (int round = 0; round < 10; ++round) count += independent_document() == expected ? 0 : 1;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(different, std::vector<int>(4));
}

TEST_F(DocumentTest, LinksInsideAndOutside) {
    auto pages = text_pages(2);
    pages[0].items.emplace_back(Link{{20, 30, 60, 12}, "https://example.com/a b?q=é(1)"});
    pages[0].items.emplace_back(Link{{20, 50, 60, 12}, "#total (é)"});
    pages[0].items.emplace_back(Link{{20, 70, 60, 12}, "#nowhere"});
    pages[1].items.emplace_back(Anchor{"total (é)", {20, 100}});
    pages[1].items.emplace_back(Anchor{"a", {0, 0}});
    std::string const bytes = write(std::move(pages));
    expect_valid(bytes);
    std::string const urls = run(bytes, "pdfinfo -url %");
    EXPECT_NE(urls.find("https://example.com/a%20b?q=%C3%A9(1)"), std::string::npos) << urls;
    std::string const destinations = run(bytes, "pdfinfo -dests %");
    EXPECT_NE(destinations.find("2 [ XYZ   20  100 null      ]"), std::string::npos) << destinations;
    ASSERT_EQ(diagnostics.items().size(), 1U);
    EXPECT_EQ(diagnostics.items()[0].code, "link-target");
}

TEST_F(DocumentTest, LinksInGroupsMoveAlong) {
    auto pages = text_pages(1);
    auto group = std::make_unique<Group>();
    group->transform = {2, 0, 0, 2, 10, 20};
    group->opacity = 0.5;
    group->items.emplace_back(Link{{5, 5, 10, 10}, "https://example.com"});
    pages[0].items.emplace_back(std::move(group));
    EXPECT_NE(write(std::move(pages)).find("/Rect[20 150 40 170]"), std::string::npos);
}

TEST_F(DocumentTest, ManyAnchors) {
    auto pages = text_pages(1);
    for (int i = 0; i < 2000; ++i) pages[0].items.emplace_back(Anchor{"n" + std::to_string(i), {0, i * 0.1}});
    std::string const bytes = write(std::move(pages));
    expect_valid(bytes);
    std::string const list = run(bytes, "pdfinfo -dests %");
    EXPECT_EQ(std::ranges::count(list, '\n'), 2001);
}

TEST_F(DocumentTest, OutlineIsNested) {
    std::string const bytes = write(text_pages(3), {{1, "Über 資金", 0, {0, 10}},
                                                    {3, "deep (skips 2)", 0, {0, 50}},
                                                    {2, "second", 1, {0, 10}},
                                                    {1, "End", 2, {0, 10}},
                                                    {1, "lost", 9, {0, 0}}});
    expect_valid(bytes);
    EXPECT_TRUE(diagnostics.has("outline-page"));
    std::string const json = run(bytes, "qpdf --json --json-key=outlines %");
    EXPECT_NE(json.find("Über 資金"), std::string::npos);
    std::size_t const first = json.find("Über 資金"), second = json.find("\"second\""),
                      deep = json.find("deep (skips 2)");
    ASSERT_TRUE(second != std::string::npos && deep != std::string::npos);
    EXPECT_LT(deep, first) << "kids are printed before their parent's title";
    EXPECT_LT(second, first);
    EXPECT_EQ(json.find("lost"), std::string::npos);
}

TEST_F(DocumentTest, AppendedItemsComeOnTop) {
    Writer writer({}, diagnostics);
    Page first = text_page("1 of");
    first.items.emplace_back(FillRect{{0, 0, 10, 10}, {255, 0, 0, 255}});
    writer.page(std::move(first));
    writer.page(text_page("2 of"));
    for (std::size_t i = 0; i < 2; ++i) {
        Page more{small, {}};
        add_text(more, 60, 40, "12", family("Liberation Sans", 700));
        writer.append(i, std::move(more.items));
        Page black{small, {}};
        black.items.emplace_back(FillRect{{5, 5, 10, 10}, {0, 0, 0, 255}});
        writer.append(i, std::move(black.items));
    }
    writer.append(0, {});
    writer.finish({}, {});
    std::string const bytes = writer.take();
    expect_valid(bytes);
    EXPECT_EQ(text_of(bytes), "1 of 12\n2 of 12\n");
    std::string const p = pixels(bytes);
    EXPECT_EQ(static_cast<unsigned char>(p[7 * 300 + 7]), 0);
    EXPECT_NE(static_cast<unsigned char>(p[2 * 300 + 2]), 0);
}

TEST_F(DocumentTest, PageLabels) {
    WriterOptions options;
    options.labels = {{0, PageLabel::Style::roman_lower, "", 1}, {2, PageLabel::Style::decimal, "A-", 5}};
    std::string const bytes = write(text_pages(3), {}, {}, options);
    std::string const json = run(bytes, "qpdf --json --json-key=pagelabels %");
    EXPECT_NE(json.find("\"/S\": \"/r\""), std::string::npos) << json;
    EXPECT_NE(json.find("A-"), std::string::npos);
    expect_valid(bytes);
}

TEST_F(DocumentTest, NineThousandPages) {
    Writer writer({}, diagnostics);
    for (int i = 0; i < 9000; ++i) writer.page(Page{small, {}});
    writer.append(8999, std::move(text_page("last").items));
    writer.finish({}, {});
    std::string const bytes = writer.take();
    expect_valid(bytes);
    EXPECT_NE(run(bytes, "pdfinfo %").find("Pages:           9000"), std::string::npos);
    EXPECT_EQ(run(bytes, "pdftotext -f 9000 % -").substr(0, 4), "last");
}

TEST_F(DocumentTest, RefusesWhatNoPdfCanHold) {
    Writer writer({}, diagnostics);
    try {
        writer.page(Page{{612, 14'401}, {}});
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_NE(std::string(error.what()).find("14401.0"), std::string::npos);
    }
    EXPECT_THROW(writer.page(Page{{2.9, 100}, {}}), Error);
    EXPECT_THROW(writer.page(Page{{std::nan(""), 100}, {}}), Error);
    EXPECT_THROW(writer.finish({}, {}), Error);
}

TEST(Document, Pieces) {
    EXPECT_EQ(escape_uri("mailto:a@b.example?subject=x%20y"), "mailto:a@b.example?subject=x%20y");
    EXPECT_EQ(pdf_date(Instant{std::chrono::sys_days{2026y / 11 / 1} + 11h + 5ms}), "D:20261101110000Z");
}

} // namespace
} // namespace deckle::pdf
