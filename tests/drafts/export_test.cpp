#include "base/file.hpp"
#include "drafts/check.hpp"
#include "drafts/export.hpp"
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace deckle::drafts {
namespace {

using model::Json;
using testing::ElementsAre;
using testing::HasSubstr;

Json field(char const* id, char const* label, char const* text, Json const& more = Json::object()) {
    Json f{{"id", id}, {"label", label}, {"kind", "text"}, {"value", ""}, {"text", text}, {"count", 3}};
    if (more.is_object()) f.update(more);
    return f;
}

struct Export : testing::Test {
    model::Formatter formatter{"en_US", "UTC"};
    Json model = {{"title", "Our year: 2026"},
                  {"fields",
                   {field("Q1", "Name & size", "Tiny * IT\n1. first\n\n# no heading <b>", {{"section", "Company"}}),
                    field("Q2", "Story", "We *grew*.\n\n- one\n- two\n\n![x](http://e.example/x.png)",
                          {{"section", "Story"}, {"markdown", true}, {"limit", {{"max", 300}, {"unit", "words"}}}})}}};
};

TEST_F(Export, MarkdownReadsAsWritten) {
    EXPECT_EQ(to_markdown(model, formatter),
              "# Our year: 2026\n\n## Company\n\n### Name \\& size\n\nTiny \\* IT\\\n1\\. first\n\n\\# no heading "
              "\\<b\\>\n\n## Story\n\n### Story\n\nWe *grew*.\n\n- one\n- two\n\n![x](http://e.example/x.png)\n");
}

TEST_F(Export, PlainTextHasNoMarks) {
    EXPECT_EQ(to_plain_text(model, formatter),
              "Our year: 2026\n==============\n\nCompany\n-------\n\nName & size\n\nTiny * "
              "IT\n1. first\n\n# no heading <b>\n\nStory\n-----\n\nStory\n\nWe grew.\n\n"
              "- one\n- two\n\nx\n");
}

TEST_F(Export, HtmlHasOnlyOurOwnMarkup) {
    EXPECT_EQ(
        to_html_fragment(model, formatter),
        "<h1>Company</h1>\n<h2>Name &amp; size</h2>\n<p>Tiny * IT<br>1. first</p>\n<p># no heading &lt;b&gt;</p>\n"
        "<h1>Story</h1>\n<h2>Story</h2>\n<p>We "
        "<em>grew</em>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>x</p>\n");
}

TEST_F(Export, FormFieldsCountByTheirRule) {
    auto const fields = to_form_fields(model, formatter);
    EXPECT_EQ(fields[0].count, "3 words");
    EXPECT_EQ(fields[1].count, "3 of at most 300 words");
}

/// Headings and lists are styles, the XML is well-formed, every part that is named is there, and the bytes repeat.
TEST_F(Export, WordFileIsSoundAndRepeats) {
    std::string const docx = to_docx(model, formatter, Date::of("2026-11-22"));
    EXPECT_EQ(docx, to_docx(model, formatter, Date::of("2026-11-22")));
    auto const folder = std::filesystem::path(testing::TempDir()) / "deckle-docx-test";
    std::filesystem::create_directories(folder);
    write_file(folder / "a.docx", docx);
    write_file(folder / "check.py", R"(
import sys, zipfile, xml.etree.ElementTree as E
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
parts = {n: E.fromstring(z.read(n)) for n in z.namelist() if n.endswith(('.xml', '.rels'))}
names = set(z.namelist())
for override in parts['[Content_Types].xml'].iter('{http://schemas.openxmlformats.org/package/2006/content-types}Override'):
    assert override.get('PartName')[1:] in names, override.get('PartName')
for n, tree in parts.items():
    if n.endswith('.rels'):
        base = n.replace('_rels/', '').rsplit('/', 1)[0] + '/' if n != '_rels/.rels' else ''
        for r in tree:
            assert r.get('TargetMode') == 'External' or base + r.get('Target') in names or r.get('Target') in names, (n, r.attrib)
w = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
styles = {s.get(w + 'styleId') for s in parts['word/styles.xml'].iter(w + 'style')}
for p in parts['word/document.xml'].iter(w + 'p'):
    style = p.find(w + 'pPr/' + w + 'pStyle')
    text = ''.join(t.text or '' for t in p.iter(w + 't'))
    assert style is None or style.get(w + 'val') in styles, style.get(w + 'val')
    print('list' if p.find(w + 'pPr/' + w + 'numPr') is not None else style.get(w + 'val'), text, sep=': ')
print(parts['docProps/core.xml'].find('{http://purl.org/dc/terms/}created').text)
)");
    std::string const command = "cd '" + folder.string() + "' && python3 check.py a.docx > out.txt 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << read_file(folder / "out.txt");
    EXPECT_EQ(read_file(folder / "out.txt"), "Title: Our year: 2026\nHeading1: Company\nHeading2: Name & size\n"
                                             "FirstParagraph: Tiny * IT1. first\nBodyText: # no heading <b>\nHeading1: "
                                             "Story\nHeading2: Story\nFirstParagraph: We grew.\nlist: one\nlist: two\n"
                                             "FirstParagraph: x\n2026-11-22T00:00:00Z\n");
    std::filesystem::remove_all(folder);
}

struct Check : testing::Test {
    model::Formatter formatter{"en_US", "UTC"};
    std::vector<std::string> rules(Json more, char const* text) {
        facts::Merged merged;
        merged.text = text;
        std::vector<std::string> found;
        for (Json const& f : check_field(field("Q1", "Q", text, more), merged, formatter, DECKLE_SOURCE_DIR))
            found.push_back(f.at("rule").get<std::string>() + " " + f.at("severity").get<std::string>());
        return found;
    }
};

TEST_F(Check, EachKindHasItsRule) {
    EXPECT_THAT(rules({{"required", true}}, " \n"), ElementsAre("field.required error"));
    EXPECT_THAT(rules({}, ""), ElementsAre());
    EXPECT_THAT(rules({{"limit", {{"max", 2}, {"unit", "words"}}}}, "a b c"), ElementsAre("field.limit error"));
    EXPECT_THAT(rules({{"limit", {{"max", 3}, {"unit", "words"}}}}, "a b c"), ElementsAre());
    EXPECT_THAT(rules({{"kind", "number"}}, "about 5"), ElementsAre("field.number error"));
    EXPECT_THAT(rules({{"kind", "number"}}, "$1,200.50"), ElementsAre());
    EXPECT_THAT(rules({{"kind", "date"}}, "11/22/2026"), ElementsAre("field.date error"));
    EXPECT_THAT(rules({{"kind", "date"}}, "2026-11-22"), ElementsAre());
    EXPECT_THAT(rules({{"kind", "choice"}, {"choices", {"A", "B"}}}, "C"), ElementsAre("field.choice error"));
    EXPECT_THAT(rules({{"kind", "choice"}, {"choices", {"A", "B"}}}, "B"), ElementsAre());
    EXPECT_THAT(rules({{"kind", "file"}}, "README.md"), ElementsAre());
    EXPECT_THAT(rules({{"kind", "file"}}, "../README.md"), ElementsAre("field.file error"));
    EXPECT_THAT(rules({{"kind", "file"}}, "none.pdf"), ElementsAre("field.file error"));
    EXPECT_THAT(rules({{"markdown", true}}, "<br> [y](file:///y)"),
                ElementsAre("markdown.html warning", "markdown.link warning"));
}

} // namespace
} // namespace deckle::drafts
