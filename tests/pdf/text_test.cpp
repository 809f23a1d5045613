#include "layout/layout.hpp"
#include "pdf_fixture.hpp"
#include "text/utf8.hpp"

namespace deckle::pdf {
namespace {

using namespace layout;

class TextTest : public PdfTest {
protected:
    std::string from_html(std::string const& style, std::string const& body, Tags tags) {
        Writer writer({}, diagnostics);
        Options options;
        options.tags = tags;
        std::string const html = "<!DOCTYPE html><html lang=\"en\"><style>@page { size: 400pt 200pt; margin: 20pt }"
                                 "p { font: 12pt 'DejaVu Sans'; " +
                                 style + " }</style>" + body;
        (void)layout_html(html, "test.html", fonts, options, writer, diagnostics);
        return writer.take();
    }
    /// Without the marks of direction that pdftotext adds, lines joined.
    static std::string plain(std::string const& text) {
        std::string out;
        for (std::size_t i = 0; i < text.size();) {
            std::size_t const begin = i;
            char32_t const c = text::next_character(text, i);
            bool const no_break = c == 0xA0;
            bool const direction = (c >= 0x202A && c <= 0x202E) || c == 0x200E || c == 0x200F || c == '\f';
            if (c == '\n') {
                if (!out.empty() && out.back() != ' ') out += ' ';
            } else if (no_break) {
                out += ' ';
            } else if (!direction) {
                out.append(text, begin, i - begin);
            }
        }
        while (out.ends_with(' ')) out.pop_back();
        return out;
    }
    /// The text of all elements of the structure.
    static std::string structure_text(std::string const& bytes) {
        std::string const tree = run(bytes, "pdfinfo -struct-text %");
        std::string out;
        for (std::size_t at = 0; (at = tree.find('"', at)) != std::string::npos;) {
            std::size_t const end = tree.find("\"\n", at + 1);
            out += tree.substr(at + 1, end - at - 1);
            at = end + 1;
        }
        return out;
    }
};

struct Case {
    char const* name;
    char const* style;
    char const* body;
    char const* copied; // nullptr: the body between its tags
};

void PrintTo(Case const& c, std::ostream* out) {
    *out << c.name;
}

std::string source_of(Case const& c) {
    if (c.copied != nullptr) return c.copied;
    std::string const body = c.body;
    std::size_t const begin = body.find('>') + 1;
    return body.substr(begin, body.find('<', begin) - begin);
}

constexpr Case cases[] = {
    {"ligatures", "", "<p>office fluffy affine five flow</p>", nullptr},
    {"ligatures_serif", "font-family: 'Liberation Serif'", "<p>office fluffy affine</p>", nullptr},
    {"ligatures_cff", "font-family: Inter", "<p>office fluffy -> difficult</p>", nullptr},
    {"alternates", "font-family: Inter; font-variant-numeric: tabular-nums slashed-zero", "<p>1,000.10 x 20</p>",
     nullptr},
    {"composed", "", "<p>Crème brûlée e\u0301te\u0301</p>", nullptr},
    {"marks_without_composed_form", "", "<p>x g\u0303</p>", nullptr},
    {"greek_cyrillic", "", "<p>Λογαριασμός Счёт №5</p>", nullptr},
    {"arabic", "", "<p dir=rtl>مرحبا بالعالم سلام</p>", nullptr},
    {"hebrew", "", "<p dir=rtl>שלום עולם</p>", nullptr},
    {"hebrew_marks", "", "<p dir=rtl>שָׁלוֹם</p>", nullptr},
    {"devanagari", "font-family: 'Lohit Devanagari'", "<p>हिन्दी में क्षत्रिय कर्म</p>", nullptr},
    {"japanese", "font-family: IPAGothic", "<p>売上高は前年比１２％増</p>", nullptr},
    {"emoji", "", "<p>good 😀 bad 😁 x</p>", nullptr},
    {"narrow_spacing", "letter-spacing: 0.4pt", "<p>letter spaced office</p>", nullptr},
    {"wide_spacing", "letter-spacing: 4pt", "<p>letter spaced office</p>", nullptr},
    {"word_spacing", "word-spacing: 2pt", "<p>words with room</p>", nullptr},
    {"justified", "text-align: justify; width: 200pt",
     "<p>justified lines are stretched so that both sides of the text are even and tidy at the end</p>", nullptr},
    {"no_break_space", "", "<p>12\u00A0500\u00A0kg</p>", "12 500 kg"},
    {"zero_width", "", "<p>zero\u200Bwidth</p>", "zerowidth"},
    {"uppercase_copies_as_shown", "text-transform: uppercase", "<p>straße</p>", "STRASSE"},
    {"generated", "", "<style>p::before { content: '§ ' } p::after { content: ' (end)' }</style><p>text</p>",
     "§ text (end)"},
    {"counter", "",
     "<style>p { counter-increment: n } p::before { content: counter(n, upper-roman) '. ' }</style><p>a</p>", "I. a"},
    {"markers", "", "<ol style=\"font: 12pt 'DejaVu Sans'; margin-left: 30pt\"><li>one</ol>", "1. one"},
    {"hard_hyphen", "", "<p>hand-made</p>", nullptr},
};

class Extracted : public TextTest, public testing::WithParamInterface<Case> {};

TEST_P(Extracted, IsTheSource) {
    Case const& c = GetParam();
    std::string const expected = source_of(c);
    for (Tags const tags : {Tags::off, Tags::on}) {
        std::string const bytes = from_html(c.style, c.body, tags);
        expect_valid(bytes);
        std::string copied = plain(run(bytes, "pdftotext % -"));
        EXPECT_EQ(copied, expected) << (tags == Tags::on ? "tagged" : "untagged");
        // pdfinfo gives runs that read from right to left as they stand, from left to right.
        if (tags == Tags::on && expected == plain(structure_text(bytes))) continue;
        EXPECT_TRUE(tags == Tags::off || std::string_view(c.body).find("dir=rtl") != std::string_view::npos)
            << structure_text(bytes);
    }
    EXPECT_TRUE(diagnostics.empty()) << diagnostics.items().front().to_string();
}
INSTANTIATE_TEST_SUITE_P(All, Extracted, testing::ValuesIn(cases),
                         [](auto const& test) { return std::string(test.param.name); });

TEST_F(TextTest, ArabicMarksStayWithTheirLetters) {
    // pdftotext puts marks that stand higher or lower into lines of their own; what is written is right.
    std::string const source = "مَرْحَبًا";
    std::string const seen = structure_text(from_html("", "<p dir=rtl>" + source + "</p>", Tags::on));
    std::string reading;
    for (std::size_t end = seen.size(); end > 0;) {
        std::size_t begin = end - 1;
        while ((static_cast<unsigned char>(seen[begin]) & 0xC0U) == 0x80U) --begin;
        reading += seen.substr(begin, end - begin);
        end = begin;
    }
    EXPECT_EQ(reading, source);
}

TEST_F(TextTest, ADividedWordKeepsItsSoftHyphen) {
    // ISO 32000-1, 14.8.2.2.3: the hyphen at a line's end is U+00AD, which readers leave out when they join the lines.
    std::string const bytes = from_html("width: 60pt", "<p>un&shy;be&shy;liev&shy;able</p>", Tags::on);
    std::string text = run(bytes, "pdftotext -raw % -");
    EXPECT_NE(text.find("\u00AD\n"), std::string::npos) << text;
    for (std::size_t at; (at = text.find("\u00AD\n")) != std::string::npos;) text.erase(at, 3);
    EXPECT_EQ(plain(text), "unbelievable");
}

TEST_F(TextTest, WhatNoFontHasIsNamed) {
    std::string const bytes = from_html("", "<p>missing \U00013080 glyph</p>", Tags::on);
    EXPECT_EQ(plain(run(bytes, "pdftotext % -")), "missing \U00013080 glyph");
    EXPECT_TRUE(diagnostics.has("missing-glyph"));
}

} // namespace
} // namespace deckle::pdf
