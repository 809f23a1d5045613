#include "css/styled.hpp"
#include <gtest/gtest.h>

using namespace deckle;
using css_test::Styled;

namespace {

TEST(Cascade, defaults_of_html) {
    Styled const s("<h1 id=a>t</h1><table><thead id=b><tr><th id=c>h</thead><tr id=d><td id=e>x</table><ul><li id=f>"
                   "<p id=g><b id=h><a id=i href=x>l</a></b><svg id=j></svg><title id=k></title>");
    EXPECT_EQ(s.style("a").display, css::Display::block);
    EXPECT_DOUBLE_EQ(s.style("a").font_size, 24);
    EXPECT_EQ(s.style("a").break_after, css::BreakKind::avoid);
    EXPECT_EQ(s.style("a").bookmark_level, 1);
    EXPECT_EQ(s.style("b").display, css::Display::table_header_group);
    EXPECT_EQ(s.style("c").text_align, css::TextAlign::center);
    EXPECT_EQ(s.style("c").font_weight, 700);
    EXPECT_EQ(s.style("e").vertical_align.kind, css::VerticalAlign::Kind::middle) << "from the row group";
    EXPECT_EQ(s.style("d").break_inside, css::BreakKind::avoid);
    EXPECT_EQ(s.style("f").display, css::Display::list_item);
    EXPECT_TRUE(s.style("i").underline);
    EXPECT_EQ(s.style("k").display, css::Display::none);
    EXPECT_EQ(s.cascade->style(s.document->root()).display, css::Display::block);
    EXPECT_EQ(s.cascade->style(*s.document->head()).display, css::Display::none);
}

TEST(Cascade, attributes_that_are_style) {
    Styled const s("<table id=t width=50% border=1 cellpadding=4 cellspacing=2><tr><td id=a align=right valign=top "
                   "nowrap bgcolor=#ff0000 width=40></table>"
                   "<ol start=5><li id=b value=9></ol><p id=c align=center dir=rtl lang=de hidden>");
    EXPECT_EQ(s.style("t").width, css::Length::pct(50));
    EXPECT_DOUBLE_EQ(s.style("t").border.top.width, 0.75);
    EXPECT_DOUBLE_EQ(s.style("t").border_spacing_x, 1.5);
    EXPECT_EQ(s.style("a").text_align, css::TextAlign::right);
    EXPECT_DOUBLE_EQ(s.style("a").padding.left.points, 3);
    EXPECT_EQ(s.style("a").width, css::Length::pt(30));
    EXPECT_EQ(s.style("a").white_space, css::WhiteSpace::nowrap);
    EXPECT_EQ(s.style("b").counter_set[0].value, 9);
    EXPECT_EQ(s.cascade->style(*s.element("b").parent).counter_reset[0].value, 4);
    EXPECT_EQ(s.style("c").direction, css::Direction::rtl);
    EXPECT_EQ(s.style("c").language, "de");
    EXPECT_EQ(s.style("c").display, css::Display::none);
    Styled const weak("<td id=y></td><table><tr><td id=x align=right></table>", "td{text-align:left}");
    EXPECT_EQ(weak.style().text_align, css::TextAlign::left) << "any rule of the author is stronger";
}

TEST(Cascade, pseudo_elements) {
    Styled const s("<p id=x>a<p id=y>b<p id=z>c", "#x::before{content:\"A\" counter(n);color:red} "
                                                  "#y:after{content:none} #z::after{color:red} #x::marker{color:blue}"
                                                  "#x{display:flex}");
    auto const* before = s.cascade->pseudo(s.element("x"), css::Pseudo::before);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->content->size(), 2u);
    EXPECT_EQ(before->display, css::Display::block) << "a flex item";
    EXPECT_EQ(s.style("x").color, (css::Color{0, 0, 0, 255}));
    EXPECT_FALSE(s.cascade->pseudo(s.element("x"), css::Pseudo::after));
    EXPECT_FALSE(s.cascade->pseudo(s.element("y"), css::Pseudo::after));
    EXPECT_FALSE(s.cascade->pseudo(s.element("z"), css::Pseudo::after));
    EXPECT_TRUE(s.cascade->pseudo(s.element("x"), css::Pseudo::marker));
    Styled const q("<q id=x>t</q>");
    EXPECT_EQ(q.cascade->pseudo(q.element("x"), css::Pseudo::before)->content->at(0).kind,
              css::ContentItem::Kind::open_quote);
}

TEST(Cascade, variables) {
    Styled const s("<div id=a><p id=x>", ":root{--brand:#1f4e79;--gap: 4pt;--deep:var(--gap)}#a{--gap:6pt}"
                                         "#x{color:var(--brand);margin:var(--deep) var(--gap);padding:var(--none, "
                                         "2pt);border:1pt solid var(--nope, var(--brand))}");
    EXPECT_EQ(s.style().color, (css::Color{0x1f, 0x4e, 0x79, 255}));
    EXPECT_DOUBLE_EQ(s.style().margin.top.points, 4) << "resolved where it is declared";
    EXPECT_DOUBLE_EQ(s.style().margin.left.points, 6);
    EXPECT_DOUBLE_EQ(s.style().padding.left.points, 2);
    EXPECT_EQ(s.style().border.top.color, s.style().color);
    EXPECT_TRUE(s.diagnostics.empty()) << s.messages();
}

TEST(Cascade, variables_that_cannot_work) {
    Styled const s("<div id=a><p id=x>", ":root{--a:var(--b);--b:var(--a);--c:3}#a{color:red;width:9pt}#x{width:5pt;"
                                         "width:var(--a);color:var(--gone);height:var(--c)}");
    EXPECT_TRUE(s.style().width.is_auto()) << "invalid at computed-value time is unset";
    EXPECT_EQ(s.style().color, (css::Color{255, 0, 0, 255}));
    EXPECT_TRUE(s.style().height.is_auto());
    EXPECT_TRUE(s.diagnostics.has("unknown-variable"));
    EXPECT_TRUE(s.diagnostics.has("unknown-value"));
    std::string bomb = ":root{--x0:aaaaaaaaaaaaaaaa;";
    for (int i = 1; i < 40; ++i)
        bomb +=
            "--x" + std::to_string(i) + ":var(--x" + std::to_string(i - 1) + ")var(--x" + std::to_string(i - 1) + ");";
    Styled const b("<p id=x>", bomb + "}#x{content:var(--x39)}");
    EXPECT_TRUE(b.diagnostics.has("unknown-variable"));
}

TEST(Cascade, inherit_initial_unset) {
    Styled const s("<div id=a><p id=x>",
                   "#a{border:2pt solid "
                   "red;color:blue;width:50pt;margin:7pt}#x{border:inherit;color:initial;width:inherit;margin:unset}");
    EXPECT_DOUBLE_EQ(s.style().border.left.width, 2);
    EXPECT_EQ(s.style().color, (css::Color{0, 0, 0, 255}));
    EXPECT_EQ(s.style().width, css::Length::pt(50));
    EXPECT_EQ(s.style().margin.top, css::Length::pt(0));
}

TEST(Cascade, equal_cells_share_one_style) {
    std::string html = "<table><tbody>";
    for (int i = 0; i < 2000; ++i) html += "<tr><td class=n>1<td>2<td style='color:red'>3";
    Styled const s(html, "td{padding:1pt}tr:nth-child(even) td{background:#eee}.n{text-align:right}");
    auto const* row = s.document->body()->first_element()->first_element()->first_element();
    auto const style = [&](html::Element const* r) { return &s.cascade->style(*r->first_element()); };
    EXPECT_EQ(style(row), style(row->next_element()->next_element()));
    EXPECT_NE(style(row), style(row->next_element()));
    EXPECT_LT(s.cascade->style_count(), 20u);
}

TEST(Cascade, svg_attributes) {
    Styled const s("<svg id=s width=100 height=50% viewBox='0 0 1 1'><g id=g fill=red stroke-width=2 "
                   "font-size=10><text id=t class=a style='fill:lime'>x</text>"
                   "<path id=p fill=none transform='translate(10,20) rotate(45 1 2)' stroke='url(#h)'/></g></svg>",
                   ".a{fill:blue} path{stroke-width:4}");
    EXPECT_EQ(s.style("s").width, css::Length::pt(75));
    EXPECT_EQ(s.style("s").height, css::Length::pct(50));
    EXPECT_EQ(s.style("t").fill.color, (css::Color{0, 255, 0, 255}));
    EXPECT_DOUBLE_EQ(s.style("t").font_size, 7.5);
    EXPECT_EQ(s.style("p").fill.kind, css::SvgPaint::Kind::none);
    EXPECT_DOUBLE_EQ(s.style("p").stroke_width.points, 3) << "rules are stronger than attributes";
    EXPECT_EQ(s.style("p").stroke.url, "#h");
    EXPECT_EQ(s.style("p").transform.size(), 4u);
    EXPECT_TRUE(s.diagnostics.empty()) << s.messages();
}

TEST(Cascade, inline_style_diagnostics_name_the_element) {
    Styled const s("<p>\n<b style='colour:red'>x");
    EXPECT_NE(s.messages().find("t.html:2:"), std::string::npos) << s.messages();
}

TEST(Cascade, layers) {
    auto const width = [](std::string const& sheet) {
        Styled const s("<p id=x class=c style='height:1pt'>", sheet);
        EXPECT_TRUE(s.diagnostics.empty()) << s.messages();
        return s.style().width.points;
    };
    EXPECT_DOUBLE_EQ(width("p{width:1pt}@layer a{#x{width:2pt}}"), 1) << "what is in no layer is the strongest";
    EXPECT_DOUBLE_EQ(width("@layer a{#x{width:1pt}}@layer b{p{width:2pt}}"), 2) << "layers before specificity";
    EXPECT_DOUBLE_EQ(width("@layer b, a;@layer a{p{width:1pt}}@layer b{#x{width:2pt}}"), 1);
    EXPECT_DOUBLE_EQ(width("@layer a{@layer b{#x{width:1pt}}p{width:2pt}}"), 2);
    EXPECT_DOUBLE_EQ(width("@layer a{@layer b{p{width:1pt}}}@layer a.b{p{width:2pt}}@layer a.c{}"), 2);
    EXPECT_DOUBLE_EQ(width("@layer{#x{width:1pt}}@layer{p{width:2pt}}"), 2) << "each without a name is one of its own";
    EXPECT_DOUBLE_EQ(width("@layer a{p{width:1pt!important}}@layer b{#x{width:2pt!important}}p{width:3pt!important}"),
                     1)
        << "important: the other way round";
    css::Loader const load = [](std::string const& url, std::string const&) {
        return css::Loaded{url, "#x{width:7pt}"};
    };
    Styled const imported("<p id=x>", "@import 'a.css' layer(base);@layer top{p{width:8pt}}", {}, load);
    EXPECT_DOUBLE_EQ(imported.style().width.points, 8) << imported.messages();
}

TEST(Cascade, revert_goes_back_to_the_user_agent) {
    Styled const s("<h1 id=x class=a>t</h1><b id=y>u</b>",
                   "h1{font-size:10pt;margin:1pt;color:red}.a{margin:revert;color:revert;display:inline}"
                   "#x{display:revert}#y{font-weight:300}b{font-weight:revert}#y{font-weight:revert}");
    EXPECT_DOUBLE_EQ(s.style().margin.top.points, 6.7) << "in the font size that the element has";
    EXPECT_EQ(s.style().color, (css::Color{0, 0, 0, 255}));
    EXPECT_EQ(s.style().display, css::Display::block);
    EXPECT_EQ(s.style("y").font_weight, 700);
    Styled const size("<h1 id=x>t</h1>", "h1{font-size:10pt}#x{font-size:revert}");
    EXPECT_DOUBLE_EQ(size.style().font_size, 24);
}

TEST(Cascade, nested_rules) {
    Styled const s("<div id=a class=card><p id=x class=on>t<b id=y>u</b></p></div><p id=z>",
                   ".card{width:1pt; p{width:2pt; &.on{height:3pt} > b{width:4pt} b &{color:red}}"
                   "@media print{p{z-index:5}} @media screen{p{z-index:6}} & + p{width:7pt} .other &{width:9pt}}");
    EXPECT_TRUE(s.diagnostics.empty()) << s.messages();
    EXPECT_DOUBLE_EQ(s.style("a").width.points, 1);
    EXPECT_DOUBLE_EQ(s.style("x").width.points, 2);
    EXPECT_DOUBLE_EQ(s.style("x").height.points, 3);
    EXPECT_DOUBLE_EQ(s.style("y").width.points, 4);
    EXPECT_EQ(s.style("x").z_index, 5);
    EXPECT_DOUBLE_EQ(s.style("z").width.points, 7);
}

TEST(Cascade, units_of_the_page_area) {
    Styled const s("<p id=x>", "@page{size:200pt 100pt;margin:10pt 20pt}"
                               "#x{width:50vw;height:10vh;margin-left:1vmin;margin-right:2dvh;padding:2q 1ic 2ex}");
    EXPECT_DOUBLE_EQ(s.style().width.points, 80);
    EXPECT_DOUBLE_EQ(s.style().height.points, 8);
    EXPECT_DOUBLE_EQ(s.style().margin.left.points, 0.8);
    EXPECT_NEAR(s.style().padding.top.points, 2 * 72 / 101.6, 1e-9);
    EXPECT_DOUBLE_EQ(s.style().padding.bottom.points, 12);
}

TEST(Cascade, sides_by_the_direction_of_text) {
    Styled const s("<p id=x dir=rtl><b id=y>", "p,b{margin-inline-start:3pt;padding-inline:4pt 5pt;"
                                               "border-inline-end:6pt solid;inset-inline-start:7pt}b{direction:ltr}");
    EXPECT_DOUBLE_EQ(s.style().margin.right.points, 3);
    EXPECT_DOUBLE_EQ(s.style().padding.right.points, 4);
    EXPECT_DOUBLE_EQ(s.style().padding.left.points, 5);
    EXPECT_DOUBLE_EQ(s.style().border.left.width, 6);
    EXPECT_DOUBLE_EQ(s.style().inset.right.points, 7);
    EXPECT_DOUBLE_EQ(s.style("y").margin.left.points, 3);
    EXPECT_DOUBLE_EQ(s.style("y").border.right.width, 6);
}

TEST(Cascade, fallbacks_of_the_environment) {
    Styled const s("<p id=x>", "#x{padding:env(safe-area-inset-top, 3pt);color:color-mix(in srgb, red 25%, blue)}");
    EXPECT_DOUBLE_EQ(s.style().padding.left.points, 3);
    EXPECT_EQ(s.style().color, (css::Color{64, 0, 191, 255}));
    EXPECT_TRUE(s.diagnostics.empty()) << s.messages();
}

TEST(Cascade, dump) {
    Styled const s("<body><p id=x class=a>t</p>", ".a{color:red;margin:0}.a::before{content:'>'}");
    EXPECT_EQ(css::dump(*s.cascade), "html{display: block}\n  head{display: none}\n  body{display: block}\n"
                                     "    p#x{display: block; color: #ff0000}\n      ::before{content: \">\"}\n");
}

TEST(Cascade, anonymous) {
    Styled const s("<p id=x>", "#x{color:red;border:1pt solid;padding:3pt}");
    auto const style = css::anonymous_style(s.style(), css::Display::table_cell);
    EXPECT_EQ(style->color, s.style().color);
    EXPECT_EQ(style->border.top.width, 0);
    EXPECT_EQ(style->display, css::Display::table_cell);
}

} // namespace
