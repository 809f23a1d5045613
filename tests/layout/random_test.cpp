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

/// Writes a document from a grammar of everything that flows, floats or is placed.
class Writer {
public:
    explicit Writer(unsigned seed) : dice_(seed) {}
    int words() const { return words_; }

    std::string document() {
        static int const heights[] = {7, 20, 33, 50, 90, 200};
        std::string html = "<style>@page{size:" + std::to_string(60 + dice_.roll(200)) + "pt " +
                           std::to_string(heights[dice_.roll(6)]) +
                           "pt;margin:0} @page wide{margin-bottom:1pt} "
                           "body{margin:0;font:10pt/1 'Deckle Square'} p,h2{margin:4pt 0;font:inherit}"
                           "td,th{padding:1pt}.n{counter-reset:n}.n>*{counter-increment:n}.n>*::before{"
                           "content:counters(n,\".\") \" \"}</style>";
        unsigned const blocks = 1 + dice_.roll(6);
        for (unsigned i = 0; i < blocks; ++i) html += block(3);
        return html;
    }

private:
    std::string word() { return "w" + std::to_string(words_++); }

    std::string piece() {
        switch (dice_.roll(16)) {
        case 0:
            return "<b style='padding:0 2pt'>" + word() + "</b> ";
        case 1:
            return "<span style='display:inline-block'>" + word() + "</span> ";
        case 2:
            return word() + "<br>";
        case 3:
            return "<span style='position:relative;top:1pt'>" + word() + "</span> ";
        case 4:
            return "<span style='float:right'>" + word() + "</span> ";
        case 5:
            return "<span style='position:relative'>" + word() + "<i style='position:absolute;top:0'>" + word() +
                   "</i></span> ";
        case 6:
            return "<span dir=rtl style='border:1pt solid'>" + word() + " \u05d0</span> ";
        case 7:
            return "<span style='display:inline-flex;gap:1pt'><i>" + word() + "</i><i>" + word() + "</i></span> ";
        case 8:
            return "<span style='white-space:pre'>" + word() + "\t" + word() + "</span> ";
        case 9:
            return "<span style='vertical-align:top;line-height:14pt;opacity:.5'>" + word() + "</span> ";
        default:
            return word() + " ";
        }
    }

    std::string text() {
        std::string out;
        unsigned const count = 1 + dice_.roll(6);
        for (unsigned i = 0; i < count; ++i) out += piece();
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
        if (dice_.chance(4)) out += "height:35pt;";
        if (dice_.chance(4)) out += "max-height:15pt;";
        if (dice_.chance(8)) out += "position:relative;";
        if (dice_.chance(5)) out += "overflow:hidden;";
        if (dice_.chance(5)) out += "orphans:3;widows:3;";
        if (dice_.chance(5)) out += "box-decoration-break:clone;";
        if (dice_.chance(3)) out += "transform:rotate(2deg);";
        if (dice_.chance(3)) out += "clear:both;";
        if (dice_.chance(3)) out += "direction:rtl;";
        if (dice_.chance(3)) out += "width:50%;";
        if (dice_.chance(2)) out += "page:wide;";
        if (dice_.chance(2)) out += "display:grid;";
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

    std::string flex(int depth) {
        static char const* const kinds[] = {"",
                                            "flex-direction:column",
                                            "flex-wrap:wrap",
                                            "flex-direction:row-reverse;gap:2pt",
                                            "flex-flow:wrap-reverse",
                                            "flex-flow:column wrap;height:40pt",
                                            "flex-wrap:wrap;min-height:60pt;align-content:center",
                                            "flex-direction:column-reverse;gap:3pt",
                                            "align-items:flex-end;justify-content:space-between"};
        return std::string("<div style=\"display:flex;") + kinds[dice_.roll(9)] + "\">" + blocks(depth - 1) + "</div>";
    }

    std::string floating(int depth) {
        static char const* const sides[] = {"float:left;width:40pt", "float:right;width:30pt", "float:left",
                                            "float:left;width:100%", "float:right;break-inside:avoid"};
        std::string const inside = dice_.chance(40) ? blocks(depth - 1) : text();
        return std::string("<div style='") + sides[dice_.roll(5)] + "'>" + inside + "</div>" + block(depth - 1);
    }

    std::string positioned(int depth) {
        static char const* const places[] = {"top:0;right:0", "bottom:0;left:0", "left:5pt", "top:10pt;width:30pt"};
        std::string const inside = dice_.chance(30) ? blocks(depth - 1) : text();
        return std::string("<div style='position:relative'><div style='position:absolute;") + places[dice_.roll(4)] +
               "'>" + inside + "</div>" + block(depth - 1) + "</div>";
    }

    std::string block(int depth) {
        if (depth <= 0) return "<p" + style() + ">" + text() + "</p>";
        switch (dice_.roll(13)) {
        case 0:
            return "<h2 style='break-after:avoid'>" + text() + "</h2>";
        case 1:
            return "<div" + style() + ">" + blocks(depth - 1) + "</div>";
        case 2:
            return "<ul><li>" + blocks(depth - 1) + "</li><li>" + text() + "</li></ul>";
        case 3:
            return table(depth);
        case 4:
        case 5:
            return flex(depth);
        case 6:
        case 7:
            return floating(depth);
        case 8:
            return positioned(depth);
        case 9:
            return "<div class=n>" + blocks(depth - 1) + "</div>";
        case 10:
            return "<div style='display:inline-block;width:50pt'>" + blocks(depth - 1) + "</div>";
        default:
            return "<p" + style() + ">" + text() + "</p>";
        }
    }

    Dice dice_;
    int words_ = 0;
};

/// What stands below the end of its page; transformed text is left out.
bool runs_off(std::vector<Item> const& items, double height) {
    for (Item const& item : items) {
        if (auto const* run = std::get_if<GlyphRun>(&item); run && run->origin.y > height + 1) return true;
        auto const* group = std::get_if<std::unique_ptr<Group>>(&item);
        if (group && (*group)->transform.b == 0 && runs_off((*group)->items, height)) return true;
    }
    return false;
}

class RandomDocuments : public testing::TestWithParam<unsigned> {};

TEST_P(RandomDocuments, KeepEveryWordOnce) {
    for (unsigned seed = GetParam() * 100; seed < GetParam() * 100 + 100; ++seed) {
        Writer writer(seed);
        std::string const html = writer.document();
        SCOPED_TRACE("seed " + std::to_string(seed) + ": " + html);
        Options options;
        options.limits.pages = 2000;
        Rendered rendered;
        ASSERT_NO_THROW(rendered = render(html, {}, options));
        std::map<std::string, int> count;
        for (Page const& page : rendered.pages.pages) {
            std::istringstream stream(text_of(page));
            for (std::string word; stream >> word;) ++count[word];
            if (runs_off(page.items, page.size.height)) {
                EXPECT_TRUE(rendered.diagnostics.has("off-page"));
            }
        }
        for (int i = 0; i < writer.words(); ++i) {
            ASSERT_EQ(count["w" + std::to_string(i)], 1) << "w" << i;
        }
        ASSERT_LE(rendered.pages.pages.size(), static_cast<std::size_t>(writer.words()) * 4 + 20);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomDocuments, testing::Range(0U, 4U));

} // namespace
} // namespace deckle::layout
