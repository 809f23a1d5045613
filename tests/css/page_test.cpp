#include "css/styled.hpp"
#include <cmath>
#include <gtest/gtest.h>

using namespace deckle;
using css::MarginBox;
using css_test::Styled;

namespace {

css::StylePtr const& box(css::PageStyle const& page, MarginBox which) {
    return page.margin_boxes[static_cast<std::size_t>(which)];
}

TEST(Page, sizes) {
    auto const size = [](std::string const& value) {
        Styled const s("<p>", "@page{size:" + value + "}");
        auto const& p = s.cascade->page_style({});
        return std::to_string(std::lround(p.width)) + "x" + std::to_string(std::lround(p.height)) +
               (s.diagnostics.empty() ? "" : "!");
    };
    EXPECT_EQ(size("a4"), "595x842");
    EXPECT_EQ(size("A4 landscape"), "842x595");
    EXPECT_EQ(size("landscape letter"), "792x612");
    EXPECT_EQ(size("landscape"), "842x595");
    EXPECT_EQ(size("100mm"), "283x283");
    EXPECT_EQ(size("4in 6in"), "288x432");
    EXPECT_EQ(size("auto"), "595x842");
    EXPECT_EQ(size("foo"), "595x842!");
    EXPECT_EQ(size("a4 a5"), "595x842!");
}

TEST(Page, selectors_by_weight) {
    Styled const s("<p>", "@page{margin:1pt}@page:right{margin:2pt}@page:left{margin:3pt}@page:first{margin:4pt}@page:"
                          "blank{margin:5pt}@page wide{margin:6pt}"
                          "@page wide:first{margin:7pt}@page:nth(3){margin:8pt}");
    auto const margin = [&](css::PageQuery const& q) { return s.cascade->page_style(q).style->margin.top.points; };
    EXPECT_EQ(margin({"", 0, false, false}), 4);
    EXPECT_EQ(margin({"", 1, true, false}), 3);
    EXPECT_EQ(margin({"", 4, false, false}), 2);
    EXPECT_EQ(margin({"", 1, true, true}), 5);
    EXPECT_EQ(margin({"wide", 1, true, false}), 6);
    EXPECT_EQ(margin({"wide", 0, false, false}), 7);
    EXPECT_EQ(margin({"", 2, false, false}), 8);
    EXPECT_EQ(&s.cascade->page_style({"", 4, false, false}), &s.cascade->page_style({"", 6, false, false}))
        << "made once";
}

TEST(Page, default_margin) {
    EXPECT_EQ(Styled("<p>").cascade->page_style({}).style->margin.left.points, 54);
}

TEST(Page, margin_boxes) {
    Styled const s("<p>", ":root{--brand:#123456;font-size:8pt}@page{color:red;@top-left{content:string(title)}@top-"
                          "right{content:element(head);vertical-align:bottom}"
                          "@bottom-center{content:\"Page \" counter(page) \" of \" "
                          "counter(pages);color:var(--brand);width:50%}@bottom-left{content:none}@left-top{color:blue}"
                          "@bogus{content:''}}@page:first{@top-left{content:none}}");
    auto const& page = s.cascade->page_style({"", 1, true, false});
    ASSERT_TRUE(box(page, MarginBox::top_left));
    EXPECT_EQ(box(page, MarginBox::top_left)->color, (css::Color{255, 0, 0, 255}));
    EXPECT_EQ(box(page, MarginBox::top_left)->text_align, css::TextAlign::left);
    EXPECT_EQ(box(page, MarginBox::top_right)->content->at(0).kind, css::ContentItem::Kind::element_ref);
    EXPECT_EQ(box(page, MarginBox::top_right)->vertical_align.kind, css::VerticalAlign::Kind::bottom);
    auto const& center = box(page, MarginBox::bottom_center);
    EXPECT_EQ(center->content->size(), 4u);
    EXPECT_EQ(center->text_align, css::TextAlign::center);
    EXPECT_EQ(center->vertical_align.kind, css::VerticalAlign::Kind::middle);
    EXPECT_EQ(center->color, (css::Color{0x12, 0x34, 0x56, 255}));
    EXPECT_EQ(center->font_size, 8);
    EXPECT_FALSE(box(page, MarginBox::bottom_left));
    EXPECT_FALSE(box(page, MarginBox::left_top)) << "no content, no box";
    EXPECT_FALSE(box(s.cascade->page_style({}), MarginBox::top_left)) << ":first takes it away";
    EXPECT_TRUE(s.diagnostics.has("unknown-at-rule"));
    for (std::size_t i = 0; i < css::margin_box_count; ++i) {
        Styled const each("<p>",
                          "@page{@" + std::string(css::margin_box_name(static_cast<MarginBox>(i))) + "{content:'x'}}");
        EXPECT_TRUE(each.cascade->page_style({}).margin_boxes[i]);
        EXPECT_TRUE(each.diagnostics.empty());
    }
}

TEST(Page, wrong_selector_is_reported) {
    Styled const s("<p>", "@page :third{margin:0}@page{size:1pt 2pt 3pt}");
    EXPECT_TRUE(s.diagnostics.has("unknown-selector"));
    EXPECT_TRUE(s.diagnostics.has("unknown-value"));
}

} // namespace
