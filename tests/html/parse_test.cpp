#include "html/parse.hpp"
#include <gtest/gtest.h>

using namespace deckle;

namespace {

html::Document parse(std::string_view text) {
    static Diagnostics ignored;
    return html::parse(text, "t.html", ignored);
}

TEST(Html, positions_of_elements_and_text) {
    auto const document = parse("<body>\n<p>&check;x<b\n  class=a>y</b>\n   <i>z</i>");
    auto const* p = document.body()->first_element();
    EXPECT_EQ(p->line, 2u);
    EXPECT_EQ(p->column, 1u);
    auto const* b = p->first_element();
    EXPECT_EQ(b->line, 2u);
    EXPECT_EQ(b->column, 12u) << "an entity before it counts as written";
    auto const* i = b->next_element();
    EXPECT_EQ(i->line, 4u);
    EXPECT_EQ(i->column, 4u);
    EXPECT_EQ(document.position(*i).to_string(), "t.html:4:4");
}

TEST(Html, classes_ids_and_order) {
    auto const document = parse("<div id=a class=' one  two\n'><p><p><p></div><div id=a>");
    auto const* a = document.by_id("a");
    ASSERT_TRUE(a);
    EXPECT_EQ(a->classes.size(), 2u);
    EXPECT_TRUE(a->has_class("two"));
    EXPECT_FALSE(a->has_class("on"));
    EXPECT_EQ(a->child_count, 3u);
    EXPECT_EQ(a->first_element()->next_element()->sibling, 1u);
    EXPECT_EQ(a, document.body()->first_element()) << "the first of an id wins";
    EXPECT_EQ(document.root().index, 0u);
    EXPECT_EQ(document.element_count(), 8u);
}

TEST(Html, missing_attribute_and_empty_attribute) {
    auto const document = parse("<input disabled value='' data-x=1>");
    auto const* input = document.body()->first_element();
    EXPECT_EQ(input->attribute("disabled"), "");
    EXPECT_EQ(input->attribute("value"), "");
    EXPECT_EQ(input->attribute("data-x"), "1");
    EXPECT_FALSE(input->attribute("name"));
}

TEST(Html, not_utf8_is_an_error_with_its_place) {
    Diagnostics diagnostics;
    try {
        (void)html::parse("<p>a\nb\xE9 c", "bad.html", diagnostics);
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::data);
        EXPECT_EQ(e.position().to_string(), "bad.html:2:2");
    }
    for (char const* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"})
        EXPECT_THROW((void)html::parse(bad, "b", diagnostics), Error);
}

TEST(Html, limits) {
    Diagnostics diagnostics;
    std::string deep;
    for (int i = 0; i < 600; ++i) deep += "<div>";
    EXPECT_THROW((void)html::parse(deep, "d", diagnostics), Error);
    EXPECT_NO_THROW((void)html::parse(deep, "d", diagnostics, {.depth = 700}));
    try {
        (void)html::parse(deep, "d", diagnostics);
        FAIL();
    } catch (Error const& e) {
        EXPECT_EQ(e.code(), ErrorCode::limit);
        EXPECT_NE(std::string(e.what()).find("512"), std::string::npos);
    }
    EXPECT_THROW((void)html::parse("12345678901", "d", diagnostics, {.bytes = 10}), Error);
    EXPECT_THROW((void)html::parse("<p><p><p>", "d", diagnostics, {.elements = 5}), Error);
}

TEST(Html, diagnostics_say_what_was_repaired) {
    struct Case {
        char const* text;
        char const* code;
    };
    for (auto const& c :
         {Case{"<b><p>x</b>", "html-structure"}, Case{"<table>x<tr><td>y</table>", "html-structure"},
          Case{"a &unknown; b", "html-entity"}, Case{"&copy 2026", "html-entity"}, Case{"</div>", "html-structure"},
          Case{"<body>x<body class=y>", "html-structure"}, Case{"<div/>x", "html-structure"},
          Case{"<p><b>x</p><p>y</b>", "html-structure"}, Case{"<td>x", "html-structure"}}) {
        Diagnostics diagnostics;
        (void)html::parse(c.text, "d", diagnostics);
        EXPECT_TRUE(diagnostics.has(c.code)) << c.text;
    }
    Diagnostics clean;
    (void)html::parse(
        "<!doctype html><html><head><title>x</title></head><body><section><p>a<p>b <table><tr><td>c</table>"
        "<svg><path d='M0 0'/></svg></section></body></html>",
        "d", clean);
    EXPECT_TRUE(clean.empty()) << clean.items().front().to_string();
}

TEST(Html, templates_are_no_part_of_the_tree) {
    auto const document = parse("<template id=t><p id=inside>x<template><b id=deep></template></template><p>y");
    auto const* t = document.by_id("t");
    ASSERT_TRUE(t);
    EXPECT_EQ(t->first, nullptr);
    EXPECT_EQ(document.by_id("inside"), nullptr);
    ASSERT_TRUE(document.template_content(*t));
    EXPECT_EQ(document.template_content(*t)->first_element()->id, "inside");
    EXPECT_EQ(document.body()->text_content(), "y");
    EXPECT_EQ(document.element_count(), 5u);
}

TEST(Html, what_is_lost_or_moved_is_reported) {
    for (auto const* text :
         {"<title>x<p>y", "<!-- x <p>y", "<p>x<b", "<p a=1 a=2>", "<?php echo 1 ?>x", "<![CDATA[x]]>", "</>", "<!x>",
          "<table><colgroup>x<tr>", "<select><b>x</b></select>", "<form><form>", "</p x=y>", "<svg><p>x",
          "<body>x</body>y", "<p>x<!doctype html>", "<a>x<a>y", "<p><b>x</p>y", "<template></p></template>"}) {
        Diagnostics diagnostics;
        (void)html::parse(text, "d", diagnostics);
        EXPECT_FALSE(diagnostics.empty()) << text;
    }
}

TEST(Html, many_attributes_and_repeated_frames_stay_cheap) {
    std::string text = "<p";
    for (int i = 0; i < 100'000; ++i) text += " a" + std::to_string(i) + "=1";
    text += ">";
    for (int i = 0; i < 20'000; ++i) text += "<body b" + std::to_string(i) + ">";
    Diagnostics diagnostics;
    auto const document = html::parse(text, "d", diagnostics);
    EXPECT_EQ(document.body()->first_element()->attributes.size(), 500u);
    EXPECT_EQ(document.body()->attributes.size(), 500u);
    EXPECT_TRUE(diagnostics.has("html-syntax"));
}

TEST(Html, line_ends_count_as_one) {
    auto const document = parse("<p>\r\n\r<b>x\r\ny</b>\n<i>");
    auto const* b = document.body()->first_element()->first_element();
    EXPECT_EQ(b->line, 3u);
    EXPECT_EQ(b->text_content(), "x\ny");
    EXPECT_EQ(b->next_element()->line, 5u);
}

TEST(Html, fifty_thousand_rows) {
    std::string text = "<table><tbody>";
    for (int i = 0; i < 50000; ++i)
        text += "<tr><td>a</td><td>b</td><td>c</td><td>d</td><td>e</td><td class=n>1</td></tr>\n";
    Diagnostics diagnostics;
    auto const document = html::parse(text, "big", diagnostics);
    EXPECT_EQ(document.element_count(), 50000u * 7 + 5);
    EXPECT_TRUE(diagnostics.empty());
}

TEST(Svg, xml_files) {
    Diagnostics diagnostics;
    auto const document = html::parse_svg("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY c \"red\">]>\n"
                                          "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'>"
                                          "<style><![CDATA[.a > .b{fill:red}]]></style><g><path d='M0 0'/></g></svg>",
                                          "f.svg", diagnostics);
    auto const& svg = document.root();
    EXPECT_EQ(svg.tag, html::Tag::svg);
    EXPECT_EQ(svg.attribute("viewBox"), "0 0 2 2");
    EXPECT_EQ(svg.first_element()->text_content(), ".a > .b{fill:red}");
    EXPECT_EQ(svg.first_element()->next_element()->first_element()->tag, html::Tag::path);
    EXPECT_TRUE(svg.first_element()->svg);
    EXPECT_THROW((void)html::parse_svg("<html/>", "f.svg", diagnostics), Error);
    EXPECT_THROW((void)html::parse_svg("", "f.svg", diagnostics), Error);
}

TEST(Svg, no_outside_entities) {
    Diagnostics diagnostics;
    auto const document = html::parse_svg(
        "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg><text>&x;</text></svg>", "f.svg", diagnostics);
    EXPECT_EQ(document.root().text_content(), "");
}

} // namespace
