#include "layout/layout_fixture.hpp"
#include <gtest/gtest.h>

namespace deckle::layout {
namespace {

TEST(Pagination, OneParagraphOnOnePage) {
    Rendered const r = render("<style>@page{size:200pt 100pt;margin:0} body{margin:0;font:10pt/1 "Deckle Square"}</style><p>abc def");
    ASSERT_EQ(r.pages.pages.size(), 1U);
    EXPECT_EQ(text_of(r.pages.pages[0]), "abc def ");
}

} // namespace
} // namespace deckle::layout
