/// Damaged documents: nothing may crash or hang, whatever stands in them. The same mutations every time.
#include "svg/drawn.hpp"
#include <gtest/gtest.h>
#include <random>

using namespace deckle;
using namespace deckle::layout;

namespace {

constexpr char const* seed =
    "<!doctype html><html><style>:root{--a:1pt}@page{size:a4;@top-left{content:counter(page)}}"
    ".x>td:nth-child(2n+1)::before{content:\"a\";width:calc(1pt + 2em)}</style><svg viewBox=\"0 0 100 100\"><defs>"
    "<linearGradient id=g><stop offset=0 stop-color=red /><stop offset=1 /></linearGradient><pattern id=p width=4 "
    "height=4 "
    "patternUnits=userSpaceOnUse patternTransform=\"rotate(45)\"><line y2=4 stroke=red /></pattern><clipPath "
    "id=c><circle r=5 />"
    "</clipPath><symbol id=s viewBox=\"0 0 2 2\"><rect width=2 height=2 /></symbol></defs><g fill=\"url(#g)\" "
    "clip-path=\"url(#c)\">"
    "<rect width=10 height=10 fill=\"url(#p)\" /><path d=\"M0 0C1 1 2 2 3 3A4 4 0 0 1 9 9z\" stroke=blue "
    "stroke-dasharray=\"1 2\" />"
    "</g><use href=\"#s\" width=5 height=5 /><text x=1 y=2 text-anchor=middle>a<tspan dx=1>b</tspan></text></svg>"
    "<table class=x><tr><td>a<td>b</table><p><b>x</p><ul><li>a<li>b</ul>";

constexpr char const* pieces[] = {"<svg>",
                                  "</svg>",
                                  "<table>",
                                  "<tr>",
                                  "<td>",
                                  "</p>",
                                  "<p>",
                                  "<use href='#s'/>",
                                  " id=s ",
                                  "calc(",
                                  "var(--a)",
                                  "url(#p)",
                                  "{",
                                  "}",
                                  "(",
                                  ")",
                                  ";",
                                  ":",
                                  "!important",
                                  "<pattern id=p width=1 height=1>",
                                  "<style>",
                                  "</style>",
                                  "'",
                                  "\"",
                                  "<!--",
                                  "&",
                                  "\\",
                                  "@page",
                                  "@media",
                                  "::before",
                                  "-1e9",
                                  "1e308",
                                  "NaN",
                                  "%",
                                  "<clipPath id=c>",
                                  "<g clip-path='url(#c)' transform='rotate(1'>",
                                  "<text x='1 2 3'>",
                                  "</b>",
                                  "<b>",
                                  "</table>"};

TEST(Mutations, of_a_document) {
    std::mt19937 random(20261031);
    auto const below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
    for (int round = 0; round < 400; ++round) {
        std::string text = seed;
        for (auto n = 1 + below(12); n > 0; --n) {
            auto const at = below(text.size());
            switch (below(4)) {
            case 0:
                text[at] = static_cast<char>(below(128));
                break;
            case 1:
                text.erase(at, below(20));
                break;
            case 2:
                text.insert(at, pieces[below(std::size(pieces))]);
                break;
            default:
                text.insert(at, text.substr(below(text.size()), below(200)));
            }
        }
        try {
            Diagnostics diagnostics;
            auto const document = html::parse(text, "m.html", diagnostics);
            css::Cascade const cascade(document, css::document_sheets(document, diagnostics), {}, diagnostics);
            (void)cascade.page_style({});
            EXPECT_FALSE(css::dump(cascade).empty());
        } catch (Error const&) { // a limit is a fair answer
        }
        try {
            (void)Drawn(text);
        } catch (std::runtime_error const&) { // so is the lack of an <svg>
        }
    }
}

} // namespace
