#include "layout/layout.hpp"
#include "pdf_fixture.hpp"
#include <thread>

namespace deckle::pdf {
namespace {

using namespace layout;

class TagsTest : public PdfTest {
protected:
    std::string from_html(std::string const& html, Tags tags = Tags::on, WriterOptions options = {}) {
        Writer writer(std::move(options), diagnostics);
        Options layout_options;
        layout_options.tags = tags;
        (void)layout_html(html, "test.html", fonts, layout_options, writer, diagnostics);
        return writer.take();
    }
    /// Structure types, attributes and text, indented by level.
    static std::string tree(std::string const& bytes) {
        return run(bytes, "pdfinfo -struct-text % | grep -v '^ *Object '");
    }
    static std::string plain(std::string const& bytes) { return run(bytes, "qpdf --qdf --object-streams=disable % -"); }
    static std::size_t count(std::string const& text, std::string const& part) {
        std::size_t found = 0;
        for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
        return found;
    }
};

constexpr char const* head = "<!DOCTYPE html><html lang=\"en\"><head><title>T</title><style>"
                             "@page { size: 300pt 200pt; margin: 30pt; @top-left { content: \"running head\" } }"
                             "body { font: 10pt 'DejaVu Sans' } table, td, th { border: 1pt solid black }"
                             "thead { background: #ddd }</style></head><body>";

TEST_F(TagsTest, TextListsAndLinks) {
    std::string const bytes = from_html(std::string(head) + R"(<h1>Cash</h1>
<p>One sentence that is long enough to need a second line, with <a href="https://example.com">a link</a> in it.</p>
<ol><li>first</li></ol><figure><svg width="20" height="10" viewBox="0 0 20 10"><title>A chart</title>
<rect width="9" height="9"/><text x="1" y="9">in</text></svg><figcaption>Below</figcaption></figure>)");
    expect_valid(bytes);
    EXPECT_EQ(tree(bytes), R"(Document
  H1 (block)
    "Cash"
  P (block)
    "One sentence that is long enough to need a second line, with "
    Link (inline)
      "a link"
    " in it."
  L (block):
     /ListNumbering /Decimal
    LI (block)
      Lbl (block)
        "1. "
      LBody (block)
        "first"
  Figure
    "in"
    Caption
      "Below"
)");
    std::string const text = plain(bytes);
    EXPECT_NE(text.find("/Alt (A chart)"), std::string::npos);
    EXPECT_NE(text.find("/Marked true"), std::string::npos);
    EXPECT_NE(text.find("/Tabs /S"), std::string::npos);
    EXPECT_NE(text.find("/Lang (en)"), std::string::npos);
    EXPECT_NE(text.find("/DisplayDocTitle true"), std::string::npos);
    EXPECT_NE(text.find("/Contents (https://example.com)"), std::string::npos);
    EXPECT_EQ(count(text, "/Type /OBJR"), 1U);
}

/// Two documents with the same ids: one tree, one outline, links that stay in their own document.
TEST_F(TagsTest, ABookIsOneTree) {
    std::string const body = std::string(head) + "<h1>Cash</h1><p>see <a href='#t'>below</a></p><table id=t><tr>"
                                                 "<th id=h>a<td headers=h>1</table>";
    text::FontSet second(fonts);
    std::vector<Chapter> const chapters{{"one", "First", body, "one.html", &fonts},
                                        {"two", "Second", body, "two.html", &second}};
    Options options;
    options.tags = Tags::on;
    Writer writer({}, diagnostics);
    EXPECT_EQ(layout_book(chapters, options, writer, diagnostics).pages, 2U);
    std::string const bytes = writer.take();
    expect_valid(bytes);
    std::string const found = tree(bytes), text = plain(bytes);
    EXPECT_EQ(found.rfind("Document\n", 0), 0U) << found;
    EXPECT_EQ(count(found, "\n  Sect"), 1U) << found;
    EXPECT_EQ(count(found, "\"Cash\""), 2U) << found;
    for (char const* part :
         {"/Dest (one/t)", "/Dest (two/t)", "/ID (one/h)", "/ID (two/h)", "/Title (First)", "/Title (Second)"})
        EXPECT_EQ(count(text, part), 1U) << part;
    EXPECT_EQ(run(bytes, "pdffonts % | grep -c DejaVu"), run(from_html(body), "pdffonts % | grep -c DejaVu"))
        << "a face is in the file once";
    EXPECT_TRUE(diagnostics.items().empty());
}

TEST_F(TagsTest, TableAcrossPages) {
    std::string rows;
    for (int i = 0; i < 12; ++i) rows += "<tr><th>r" + std::to_string(i) + "</th><td colspan=2>v</td></tr>";
    std::string const bytes =
        from_html(std::string(head) + "<table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody>" + rows +
                  "</tbody></table>");
    expect_valid(bytes);
    std::string const found = tree(bytes);
    EXPECT_EQ(count(found, "Table (block)"), 1U) << found;
    EXPECT_EQ(count(found, "THead"), 1U) << "a header shown again is no content";
    EXPECT_EQ(count(found, "\"a\""), 1U) << found;
    EXPECT_EQ(count(found, "/Scope /Column"), 3U);
    EXPECT_EQ(count(found, "/Scope /Row"), 12U);
    EXPECT_EQ(count(found, "/ColSpan 2"), 12U);
    EXPECT_EQ(found.find("running head"), std::string::npos) << found;
    EXPECT_NE(run(bytes, "pdfinfo %").find("Pages:           2"), std::string::npos);
}

/// What is drawn, in or out of marked content: 1 = marked, 0 = an artifact, -1 = neither.
std::vector<int> paint_marks(std::string const& content) {
    std::vector<int> marks;
    int depth = 0, state = -1;
    std::size_t begin = 0;
    while (begin < content.size()) {
        std::size_t const end = std::min(content.find('\n', begin), content.size());
        std::string_view const line = std::string_view(content).substr(begin, end - begin);
        begin = end + 1;
        if (line.ends_with("BDC") || line.ends_with("BMC")) {
            if (depth++ == 0) state = line.find("MCID") != std::string_view::npos ? 1 : 0;
        } else if (line == "EMC") {
            if (--depth == 0) state = -1;
        } else if (line == "f" || line == "S" || line.ends_with("TJ") || line.ends_with("Tj") ||
                   line.ends_with(" Do")) {
            marks.push_back(state);
        }
    }
    EXPECT_EQ(depth, 0);
    return marks;
}

TEST_F(TagsTest, EverythingDrawnIsMarked) {
    std::string const bytes = from_html(
        std::string(head) + "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><u>under</u></td></tr></tbody>"
                            "</table><p style='overflow:hidden;background:#eee'>clipped</p>");
    std::string const text = plain(bytes);
    std::size_t const page = text.find("%% Contents for page 1"), begin = text.find("stream\n", page),
                      end = text.find("endstream", begin);
    std::vector<int> const marks = paint_marks(text.substr(begin + 7, end - begin - 7));
    EXPECT_EQ(std::ranges::count(marks, 1), 3) << "a, under, clipped";
    EXPECT_GE(std::ranges::count(marks, 0), 4) << "backgrounds, borders, the line below, the running head";
    EXPECT_EQ(std::ranges::count(marks, -1), 0);
}

TEST_F(TagsTest, OneElementOnTwoPages) {
    std::string words;
    for (int i = 0; i < 150; ++i) words += "word" + std::to_string(i) + " ";
    std::string const bytes = from_html(std::string(head) + "<p>" + words + "</p>");
    std::string const found = tree(bytes);
    EXPECT_EQ(count(found, "P (block)"), 1U);
    EXPECT_NE(run(bytes, "pdfinfo %").find("Pages:           3"), std::string::npos);
    EXPECT_EQ(count(plain(bytes), "/Type /MCR"), 2U) << "marks on other pages than the first";
    // Joined, the lines keep their words apart.
    std::string joined;
    for (std::size_t i = found.find('"'); i < found.size(); ++i)
        if (found[i] != '"' && found[i] != '\n' && !(found[i] == ' ' && found[i - 1] == '\n') &&
            !(found[i] == ' ' && !joined.empty() && joined.back() == ' '))
            joined += found[i];
    words.pop_back();
    EXPECT_EQ(joined, words);
}

TEST_F(TagsTest, BlendedGroupsKeepTheirText) {
    std::string const bytes = from_html(std::string(head) + "<p style='opacity:0.5'>faded <b>bold</b></p><p>plain</p>");
    expect_valid(bytes);
    EXPECT_EQ(tree(bytes), "Document\n  P (block)\n    \"faded bold\"\n  P (block)\n    \"plain\"\n");
    EXPECT_NE(plain(bytes).find("/Stm "), std::string::npos);
}

TEST_F(TagsTest, OffAndAutomatic) {
    std::string const html = std::string(head) + "<p>text</p>";
    EXPECT_EQ(plain(from_html(html, Tags::off)).find("StructTreeRoot"), std::string::npos);
    EXPECT_NE(plain(from_html(html, Tags::automatic)).find("StructTreeRoot"), std::string::npos);
    std::string table = "<!DOCTYPE html><table>";
    for (std::size_t i = 0; i <= most_tagged_rows; ++i) table += "<tr><td>x";
    EXPECT_EQ(from_html(table, Tags::automatic).find("StructTreeRoot"), std::string::npos);
    EXPECT_TRUE(diagnostics.has("not-tagged"));
    std::string const tagged = from_html(table, Tags::on);
    EXPECT_NE(tagged.find("StructTreeRoot"), std::string::npos);
    expect_valid(tagged);
}

TEST_F(TagsTest, SameBytesInEveryThread) {
    std::string const html = std::string(head) + "<h1>T</h1><p>a <a href='#x'>b</a></p><table><tr><th>c<td id=x>d"
                                                 "</table><p style='opacity:.4'>e</p>";
    auto const make = [&] {
        text::FontSet own;
        own.add_standard();
        Diagnostics found;
        WriterOptions options;
        options.pdf_a = true;
        options.attachments = {{"d.csv", "1,2\n", "", "", {}}};
        Writer writer(std::move(options), found);
        Options layout_options;
        layout_options.tags = Tags::on;
        (void)layout_html(html, "test.html", own, layout_options, writer, found);
        return writer.take();
    };
    std::string const expected = make();
    expect_valid(expected);
    std::vector<int> different(4);
    std::vector<std::thread> threads;
    for (int& n : different)
        threads.emplace_back([&] {
            for (int round = 0; round < 5; ++round) n += make() == expected ? 0 : 1;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(different, std::vector<int>(4));
}

} // namespace
} // namespace deckle::pdf
