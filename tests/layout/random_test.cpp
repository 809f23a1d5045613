// Random documents of every box type, nested, on small pages: all words are there, once, and layout ends.
#include "layout/layout_fixture.hpp"
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace deckle::layout {
namespace {

/// The same sequence on every machine.
class Dice {
public:
    explicit Dice(unsigned seed) : state_(seed * 2654435761U + 1) {}
    unsigned roll(unsigned sides) {
        state_ = state_ * 1664525U + 1013904223U;
        return (state_ >> 16) % sides;
    }
    bool chance(unsigned percent) { return roll(100) < percent; }

private:
    unsigned state_;
};

class Writer {
public:
    explicit Writer(unsigned seed) : dice_(seed) {}
    int words() const { return words_; }

    std::string document() {
        static int const heights[] = {7, 20, 33, 50, 90, 200};
        std::string html = "<style>@page{size:" + std::to_string(60 + dice_.roll(200)) + "pt " +
                           std::to_string(heights[dice_.roll(6)]) +
                           "pt;margin:0} body{margin:0;font:10pt/1 'Deckle Square'} p,h2{margin:4pt 0;font:inherit}"
                           "td,th{padding:1pt}</style>";
        unsigned const blocks = 1 + dice_.roll(6);
        for (unsigned i = 0; i < blocks; ++i) html += block(3);
        return html;
    }

private:
    std::string text() {
        std::string out;
        unsigned const count = 1 + dice_.roll(6);
        for (unsigned i = 0; i < count; ++i) {
            std::string const word = "w" + std::to_string(words_++);
            switch (dice_.roll(9)) {
            case 0:
                out += "<b style='padding:0 2pt'>" + word + "</b> ";
                break;
            case 1:
                out += "<span style='display:inline-block'>" + word + "</span> ";
                break;
            case 2:
                out += word + "<br>";
                break;
            case 3:
                out += "<span style='position:relative;top:1pt'>" + word + "</span> ";
                break;
            default:
                out += word + " ";
                break;
            }
        }
        return out;
    }

    std::string style() {
        std::string out = " style='";
        if (dice_.chance(15)) out += "break-inside:avoid;";
        if (dice_.chance(10)) out += "break-after:avoid;";
        if (dice_.chance(5)) out += "break-before:page;";
        if (dice_.chance(3)) out += "break-before:right;";
        if (dice_.chance(15)) out += "margin:7pt 0;";
        if (dice_.chance(5)) out += "margin-top:-3pt;";
        if (dice_.chance(15)) out += "padding:3pt;";
        if (dice_.chance(15)) out += "border:1pt solid;";
        if (dice_.chance(8)) out += "min-height:25pt;";
        if (dice_.chance(8)) out += "position:relative;";
        if (dice_.chance(5)) out += "overflow:hidden;";
        if (dice_.chance(5)) out += "orphans:3;widows:3;";
        if (dice_.chance(5)) out += "box-decoration-break:clone;";
        return out + "'";
    }

    std::string blocks(int depth) {
        std::string out;
        unsigned const count = 1 + dice_.roll(4);
        for (unsigned i = 0; i < count; ++i) out += block(depth);
        return out;
    }

    std::string cell(int depth) { return depth > 0 && dice_.chance(40) ? blocks(depth - 1) : text(); }

    std::string table(int depth) {
        std::string out = "<table" + style() + ">";
        if (dice_.chance(30)) out += "<caption>" + text() + "</caption>";
        unsigned const rows = 1 + dice_.roll(8), columns = 1 + dice_.roll(3);
        for (unsigned r = 0; r < rows; ++r) {
            out += "<tr" + std::string(dice_.chance(10) ? " style='break-after:avoid'" : "") + ">";
            for (unsigned c = 0; c < columns; ++c) {
                out += "<td";
                if (dice_.chance(10)) out += " rowspan=" + std::to_string(1 + dice_.roll(4));
                if (dice_.chance(10)) out += " colspan=2";
                out += ">" + cell(depth) + "</td>";
            }
            out += "</tr>";
        }
        return out + "</table>";
    }

    std::string block(int depth) {
        if (depth <= 0) return "<p" + style() + ">" + text() + "</p>";
        switch (dice_.roll(9)) {
        case 0:
            return "<h2 style='break-after:avoid'>" + text() + "</h2>";
        case 1:
            return "<div" + style() + ">" + blocks(depth - 1) + "</div>";
        case 2:
            return "<ul><li>" + blocks(depth - 1) + "</li><li>" + text() + "</li></ul>";
        case 3:
            return table(depth);
        case 4:
            return "<div style='display:flex'>" + block(depth - 1) + block(depth - 1) + "</div>";
        case 5:
            return "<div style='display:flex;flex-direction:column'>" + blocks(depth - 1) + "</div>";
        case 6:
            return "<div style='display:flex;flex-wrap:wrap'>" + blocks(depth - 1) + "</div>";
        case 7:
            return "<div style='float:left;width:40pt'>" + text() + "</div>" + block(depth - 1);
        default:
            return "<p" + style() + ">" + text() + "</p>";
        }
    }

    Dice dice_;
    int words_ = 0;
};

class RandomDocuments : public testing::TestWithParam<unsigned> {};

TEST_P(RandomDocuments, KeepEveryWordOnce) {
    for (unsigned seed = GetParam() * 100; seed < GetParam() * 100 + 100; ++seed) {
        Writer writer(seed);
        std::string const html = writer.document();
        SCOPED_TRACE("seed " + std::to_string(seed) + ": " + html);
        Options options;
        options.limits.pages = 2000;
        Rendered const rendered = render(html, {}, options);
        std::map<std::string, int> count;
        for (Page const& page : rendered.pages.pages) {
            std::istringstream stream(text_of(page));
            for (std::string word; stream >> word;) ++count[word];
        }
        for (int i = 0; i < writer.words(); ++i) {
            ASSERT_EQ(count["w" + std::to_string(i)], 1) << "w" << i;
        }
        ASSERT_LE(rendered.pages.pages.size(), static_cast<std::size_t>(writer.words()) * 3 + 10);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomDocuments, testing::Range(0U, 3U));

} // namespace
} // namespace deckle::layout
