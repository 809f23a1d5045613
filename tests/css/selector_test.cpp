#include "css/styled.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using css_test::Styled;

namespace {

/// The ids of the elements that a selector matches, in order.
std::string matching(std::string const& selector, std::string const& html) {
    Styled const s(html, selector + "{z-index:7}");
    std::string out;
    for (char c = 'a'; c <= 'z'; ++c)
        if (auto const* e = s.document->by_id(std::string(1, c)); e && s.cascade->style(*e).z_index == 7) out += c;
    return out + (s.diagnostics.has("unknown-selector") ? "!" : "");
}

constexpr char const* list = "<ul id=u><li id=a><li id=b class='k last'><li id=c><li id=d title='x-y z'><li id=e></ul>";
constexpr char const* mixed =
    "<div id=r><h2 id=a></h2><p id=b>t</p><p id=c></p><h2 id=d></h2><p id=e><i id=f></i></p></div>";

struct Case {
    char const* selector;
    char const* html;
    char const* ids;
};
class Matches : public testing::TestWithParam<Case> {};
TEST_P(Matches, elements) {
    EXPECT_EQ(matching(GetParam().selector, GetParam().html), GetParam().ids) << GetParam().selector;
}

INSTANTIATE_TEST_SUITE_P(
    Selectors, Matches,
    testing::Values(
        Case{"li", list, "abcde"}, Case{"LI.k", list, "b"}, Case{".k.last", list, "b"}, Case{"#c", list, "c"},
        Case{"ul > li#c", list, "c"}, Case{"body li", list, "abcde"}, Case{"body > li", list, ""},
        Case{"li + li", list, "bcde"}, Case{".k ~ li", list, "cde"}, Case{"li:first-child", list, "a"},
        Case{"li:last-child", list, "e"}, Case{"li:nth-child(odd)", list, "ace"},
        Case{"li:nth-child(even)", list, "bd"}, Case{"li:nth-child(2n+1)", list, "ace"},
        Case{"li:nth-child(3)", list, "c"}, Case{"li:nth-child(n+4)", list, "de"},
        Case{"li:nth-child(-n+2)", list, "ab"}, Case{"li:nth-child( 2n - 1 )", list, "ace"},
        Case{"li:nth-last-child(2)", list, "d"}, Case{"li:nth-last-child(-n + 2)", list, "de"},
        Case{"li:nth-child(2 of :not(.k))", list, "c"}, Case{"li:not(.k)", list, "acde"},
        Case{"li:not(:first-child, :last-child)", list, "bcd"}, Case{":is(#a, .k)", list, "ab"},
        Case{":where(li):not(#a):not(#e)", list, "bcd"}, Case{"[title]", list, "d"}, Case{"[title=x-y]", list, ""},
        Case{"[title|=x]", list, "d"}, Case{"[title~=z]", list, "d"}, Case{"[title^='x-']", list, "d"},
        Case{"[title$='z']", list, "d"}, Case{"[title*='Y Z']", list, ""}, Case{"[title*='Y Z' i]", list, "d"},
        Case{"[title^='']", list, ""}, Case{"h2:first-of-type", mixed, "a"}, Case{"p:last-of-type", mixed, "e"},
        Case{"p:nth-of-type(2)", mixed, "c"}, Case{"p:nth-last-of-type(2)", mixed, "c"},
        Case{"i:only-child", mixed, "f"}, Case{"i:only-of-type", mixed, "f"}, Case{"p:empty", mixed, "c"},
        Case{"h2 + p", mixed, "be"}, Case{"h2 ~ p", mixed, "bce"}, Case{"div p > i", mixed, "f"},
        Case{"* > * > i", mixed, "f"}, Case{":root > body > div", mixed, "r"}, Case{"p:hover", mixed, ""},
        Case{"h2, i", mixed, "adf"}, Case{"a:link", "<a id=a href=x></a><a id=b></a>", "a"},
        Case{":lang(de)", "<p id=a lang=de-CH><b id=b></b></p><p id=c lang=den>", "ab"},
        Case{"linearGradient", "<svg><linearGradient id=a /></svg>", "a"}, Case{"p:unknown", mixed, "!"},
        Case{"p > ", mixed, "!"}, Case{"p, :bogus(1)", mixed, "!"}, Case{"p::bogus", mixed, "!"},
        Case{"..a", mixed, "!"}, Case{"li:nth-child(x)", list, "!"}, Case{"p:has(i)", mixed, "e"},
        Case{"div:has(> p)", mixed, "r"}, Case{"div:has(> i)", mixed, ""}, Case{"h2:has(+ p > i)", mixed, "d"},
        Case{"h2:has(~ h2)", mixed, "a"}, Case{"p:not(:has(*))", mixed, "bc"}, Case{"p:has(:has(i))", mixed, "!"},
        Case{":has(#f):not(html, body)", mixed, "er"}, Case{"li:nth-last-child(2 of :not(.k))", list, "d"},
        Case{"[TITLE]", list, "d"}, Case{"[title='X-Y Z' i]", list, "d"}, Case{"[title='X-Y Z' s]", list, ""},
        Case{"tbody tr:nth-child(even) td", "<table><tr><td id=a><tr><td id=b><tr><td id=c></table>", "b"},
        Case{".\\31 0", "<p id=a class=10>", "a"}));

TEST(Selectors, specificity_then_order) {
    auto const z = [](std::string const& sheet) {
        return *Styled("<p id=x class='k m' style=''>", sheet).style().z_index;
    };
    EXPECT_EQ(z("#x{z-index:1} .k.m{z-index:2} p{z-index:3}"), 1);
    EXPECT_EQ(z(".k{z-index:1} p{z-index:2}"), 1);
    EXPECT_EQ(z(".k{z-index:1} .m{z-index:2}"), 2);
    EXPECT_EQ(z(":is(#y,p){z-index:1} .k.m{z-index:2}"), 1) << ":is() weighs as its heaviest";
    EXPECT_EQ(z(":where(#x){z-index:1} p{z-index:2}"), 2);
    EXPECT_EQ(z(":not(#y){z-index:1} .k.m{z-index:2}"), 1);
    EXPECT_EQ(z("p{z-index:1 !important} #x{z-index:2}"), 1);
    EXPECT_EQ(z("p{z-index:1 ! important} #x{z-index:2!important}"), 2);
    EXPECT_EQ(z(".k.k.k{z-index:1} .k.m{z-index:2}"), 1);
}

TEST(Selectors, inline_style_and_important) {
    Styled const s("<p id=x style='z-index:3;order:4'>", "#x{z-index:1;order:1 !important}");
    EXPECT_EQ(s.style().z_index, 3);
    EXPECT_EQ(s.style().order, 1);
}

/// Rules are passed over by what ancestors are open; whatever follows a branch must not change that.
TEST(Selectors, ancestors_are_those_that_are_open) {
    Styled const s("<div class=a><p id=in><b>x</b></div><section id=s><p>t</p><div class=c><i id=deep>x</i></div>"
                   "<em id=late>y</em></section><p id=out>z",
                   ".a p{orphans:3} .a b{orphans:4} #s p + .c i{orphans:5} #s > p ~ em{orphans:6}"
                   "section div.c > i{widows:7} .a em, .c em, .c p{orphans:9} html body p{widows:8} svg p{widows:9}");
    EXPECT_EQ(s.style("in").orphans, 3);
    EXPECT_EQ(s.style("deep").orphans, 5);
    EXPECT_EQ(s.style("deep").widows, 7);
    EXPECT_EQ(s.style("late").orphans, 6);
    EXPECT_EQ(s.style("out").orphans, 2);
    EXPECT_EQ(s.style("out").widows, 8);
}

/// By the definition: every combination is tried. `parts` from the subject on, each with its relation to the next.
struct Part {
    std::string name;
    char relation = 0;
};
bool matches_by_definition(std::vector<Part> const& parts, std::size_t at, html::Element const& e) {
    if (parts[at].name != "*" && parts[at].name != e.name) return false;
    if (at + 1 == parts.size()) return true;
    auto const from = [&](html::Element const* other) { return other && matches_by_definition(parts, at + 1, *other); };
    switch (parts[at].relation) {
    case '>':
        return from(e.parent);
    case '+':
        return from(e.previous_element());
    case '~':
        for (auto const* other = e.previous_element(); other; other = other->previous_element())
            if (from(other)) return true;
        return false;
    default:
        for (auto const* other = e.parent; other; other = other->parent)
            if (from(other)) return true;
        return false;
    }
}

TEST(Selectors, combinators_as_defined_on_random_trees) {
    std::uint32_t state = 7;
    auto const below = [&](std::uint32_t n) {
        state = state * 1664525U + 1013904223U;
        return (state >> 16) % n;
    };
    char const* const names[] = {"b", "i", "u", "*"};
    int matched = 0;
    for (int round = 0; round < 300; ++round) {
        std::string html;
        std::vector<std::string> stack;
        int id = 0;
        for (int left = 40; left > 0; --left) {
            if (!stack.empty() && below(5) < 2) {
                html += "</x-" + stack.back() + ">";
                stack.pop_back();
                continue;
            }
            stack.push_back(names[below(3)]);
            html += "<x-" + stack.back() + " id=n" + std::to_string(id++) + ">";
        }
        std::vector<Part> parts;
        std::string selector;
        for (auto n = 2 + below(5); n > 0; --n) {
            std::string const name = names[below(4)];
            parts.push_back({name == "*" ? name : "x-" + name, " >+~"[below(4)]});
        }
        // the relation of a part is to the one on its left
        for (std::size_t k = 0; k < parts.size(); ++k)
            selector = parts[k].name + (k == 0 ? "" : std::string(1, parts[k - 1].relation)) + selector;
        Styled const s(html, selector + "{z-index:7}");
        for (int k = 0; k < id; ++k) {
            auto const& e = s.element("n" + std::to_string(k));
            bool const expected = matches_by_definition(parts, 0, e);
            matched += expected ? 1 : 0;
            ASSERT_EQ(s.cascade->style(e).z_index == 7, expected) << selector << " on n" << k << " of " << html;
        }
    }
    EXPECT_GT(matched, 500);
}

} // namespace
