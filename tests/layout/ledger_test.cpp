// Ledgers with rows of every height on pages of every height: what is brought forward was carried forward before,
// pages add up to the total, each piece has the rows that belong to it, and nothing runs off a page.
#include "layout/layout_fixture.hpp"
#include <cstdlib>
#include <gtest/gtest.h>
#include <sstream>

namespace deckle::layout {
namespace {

struct Book {
    int entries = 0, groups = 0, not_last = 1, last = 1, total = 0;
    std::string html;
};

/// Rows of one to three lines, some with a cell that spans two rows; entry i adds i - 3.
Book book(int seed, int page) {
    unsigned state = static_cast<unsigned>(seed) * 2654435761U + 1;
    auto roll = [&](unsigned sides) {
        state = state * 1664525U + 1013904223U;
        return static_cast<int>((state >> 16) % sides);
    };
    Book made;
    made.not_last = 1 + roll(3);
    made.last = 1 + roll(3);
    made.html =
        "<style>@page{size:400pt " + std::to_string(page) +
        "pt;margin:0} body{margin:0;font:10pt/1 'Deckle Square'} td{padding:0}"
        "table{border-spacing:0} p{margin:0} .e{-deckle-add:t attr(data-v)}"
        ".f{-deckle-show-on:first}.c{-deckle-show-on:continued}.l{-deckle-show-on:last}.n{-deckle-show-on:not-last}"
        ".b::after{content:'B=' -deckle-sum(t,before-page table,'0')}"
        ".u::after{content:'U=' -deckle-sum(t,up-to-page table,'0')}"
        ".p::after{content:'P=' -deckle-sum(t,page table,'0')}"
        ".t::after{content:'T=' -deckle-sum(t,table,'0')}</style>";
    for (int i = roll(4); i > 0; --i) made.html += "<p>before</p>";
    made.html += "<table><thead><tr class=f><td>first<tr class=c><td class=b></thead><tfoot><tr><td class=p>";
    for (int i = 0; i < made.not_last; ++i) made.html += "<tr class=n><td class=u>";
    for (int i = 0; i < made.last; ++i) made.html += "<tr class=l><td class=t>";
    made.html += "</tfoot>";
    made.groups = 1 + roll(3);
    for (int g = 0; g < made.groups; ++g) {
        made.html += "<tbody>";
        for (int rows = 1 + roll(12); rows > 0; --rows) {
            int const value = made.entries - 3;
            made.total += value;
            bool const span = rows > 1 && roll(8) == 0;
            made.html += "<tr class=e data-v=" + std::to_string(value) + "><td>e" + std::to_string(made.entries++);
            for (int lines = roll(3); lines > 0; --lines) made.html += "<br>x";
            if (span) made.html += "<td rowspan=2>s<br>s<br>s";
        }
    }
    made.html += "</table>";
    return made;
}

std::vector<int> values(std::string const& text, std::string const& mark) {
    std::vector<int> found;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        // the number is a run of its own after its mark; U+2212 is the minus of a negative one
        if (word != mark || !(words >> word)) continue;
        bool const negative = word.starts_with("\u2212");
        int const value = std::atoi(word.c_str() + (negative ? 3 : 0));
        found.push_back(negative ? -value : value);
    }
    return found;
}

TEST(Ledger, PagesAddUpAndEachPieceHasItsRows) {
    int several = 0;
    for (int seed = 0; seed < 60; ++seed) {
        int const height = 160 + 10 * (seed % 7);
        Book const made = book(seed, height);
        SCOPED_TRACE("seed " + std::to_string(seed) + " on " + std::to_string(height) + "pt");
        Rendered const r = render(made.html);
        EXPECT_FALSE(r.diagnostics.has("off-page"));
        std::vector<std::string> pieces;
        for (Page const& page : r.pages.pages) {
            std::string const text = text_of(page);
            if (text.find("P= ") != std::string::npos) pieces.push_back(text);
        }
        ASSERT_FALSE(pieces.empty());
        several += pieces.size() > 1 ? 1 : 0;
        int entry = 0, sum = 0, carried = 0;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            SCOPED_TRACE(pieces[i]);
            bool const first = i == 0, last = i + 1 == pieces.size();
            int here = 0, shown = 0;
            std::istringstream words(pieces[i]);
            for (std::string word; words >> word;) {
                if (word != "e" + std::to_string(entry)) continue;
                here += entry++ - 3;
                ++shown;
            }
            EXPECT_GT(shown, 0) << "a total is never alone";
            EXPECT_EQ(pieces[i].find("first ") != std::string::npos, first);
            EXPECT_EQ(values(pieces[i], "P="), std::vector<int>{here});
            EXPECT_EQ(values(pieces[i], "B="), first ? std::vector<int>{} : std::vector<int>{carried});
            carried += here;
            sum += here;
            auto const times = [](int count, int value) {
                return std::vector<int>(static_cast<std::size_t>(count), value);
            };
            EXPECT_EQ(values(pieces[i], "U="), last ? std::vector<int>{} : times(made.not_last, carried));
            EXPECT_EQ(values(pieces[i], "T="), last ? times(made.last, made.total) : std::vector<int>{});
        }
        EXPECT_EQ(entry, made.entries) << "an entry is lost";
        EXPECT_EQ(sum, made.total);
    }
    EXPECT_GT(several, 30);
}

TEST(Ledger, TinyPagesLoseNothing) {
    for (int seed = 0; seed < 40; ++seed) {
        Book const made = book(seed, 7 + 6 * (seed % 8));
        SCOPED_TRACE("seed " + std::to_string(seed));
        Rendered const r = render(made.html);
        std::string all;
        for (Page const& page : r.pages.pages) all += text_of(page);
        for (int i = 0; i < made.entries; ++i) {
            std::string const word = "e" + std::to_string(i) + " ";
            std::size_t const at = all.find(word);
            ASSERT_NE(at, std::string::npos) << word;
            EXPECT_EQ(all.find(word, at + 1), std::string::npos) << word << "stands twice";
        }
        EXPECT_LE(r.pages.pages.size(), 250U);
    }
}

TEST(Ledger, SumsAreExact) {
    std::string body = "<style>td{padding:0} .e{-deckle-add:t attr(v)} .t::after{content:-deckle-sum(t)}"
                       ".q::after{content:-deckle-sum(t, \"#,##0.00;(#,##0.00)\")}</style><table>";
    for (int i = 0; i < 10; ++i) body += "<tr class=e v=0.1><td>";
    body += "<tr class=e v=99999999999999999999><td><tr class=e v=-99999999999999999999><td>";
    body += "<tr class=e v=-1234.565><td></table><p class=t></p><p class=q lang=de></p>";
    Rendered const r = render(body);
    EXPECT_EQ(text_of(r.pages.pages.at(0)), "\u22121,233.565 (1.233,57) ");
    EXPECT_TRUE(render("<style>p{-deckle-add:t content()}</style><p>99999999999999999999999999999999999999"
                       "<p>99999999999999999999999999999999999999<p>0.000001")
                    .diagnostics.has("bad-sum-value"))
        << "what cannot be added up exactly is said";
}

TEST(Ledger, ARowThatIsCutCountsWhereItBegins) {
    Rendered const r = render("<style>@page{size:200pt 50pt;margin:0 0 10pt;@bottom-left{content:-deckle-count(n,page);"
                              "font:10pt/1 'Deckle Square'}} body{margin:0;font:10pt/1 'Deckle Square'} td{padding:0}"
                              "table{border-spacing:0} tr{-deckle-add:n "
                              "1}</style><table><tr><td>a<br>b<br>c<br>d<br>e<br>f<tr><td>g</table>");
    ASSERT_EQ(r.pages.pages.size(), 2U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "a b c d 1 ");
    EXPECT_EQ(text_of(r.pages.pages[1]), "e f g 1 ");
}

} // namespace
} // namespace deckle::layout
