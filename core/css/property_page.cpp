/// Paged media: https://www.w3.org/TR/css-break-3/ and https://www.w3.org/TR/css-page-3/
#include "css/property.hpp"
#include <algorithm>
#include <iterator>
#include <utility>

namespace deckle::css {
namespace {

using S = ComputedStyle;

constexpr Keyword<BreakKind> breaks[] = {{"auto", BreakKind::auto_},
                                         {"avoid", BreakKind::avoid},
                                         {"avoid-page", BreakKind::avoid_page},
                                         {"avoid-column", BreakKind::avoid_column},
                                         {"always", BreakKind::always},
                                         {"all", BreakKind::always},
                                         {"page", BreakKind::page},
                                         {"left", BreakKind::left},
                                         {"right", BreakKind::right},
                                         {"recto", BreakKind::recto},
                                         {"verso", BreakKind::verso},
                                         {"column", BreakKind::column}};
constexpr Keyword<BreakKind> breaks_inside[] = {{"auto", BreakKind::auto_},
                                                {"avoid", BreakKind::avoid},
                                                {"avoid-page", BreakKind::avoid_page},
                                                {"avoid-column", BreakKind::avoid_column}};
constexpr Keyword<BoxDecorationBreak> decoration_breaks[] = {{"slice", BoxDecorationBreak::slice},
                                                             {"clone", BoxDecorationBreak::clone}};

template <auto Member>
bool lines(Cursor& c, Context& x) {
    auto const n = read_integer(c, x);
    if (!n || *n < 1) return false;
    x.style.*Member = *n;
    return true;
}

bool page(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return x.style.page.clear(), true;
    return store(x.style.page, read_custom_ident(c));
}

/// https://www.w3.org/TR/css-page-3/#page-size-prop
bool page_size(Cursor& c, Context& x) {
    if (!x.page_size) return false; // only in @page
    struct Paper {
        std::string_view name;
        double width, height;
    };
    static constexpr double mm = 72 / 25.4;
    static constexpr Paper papers[] = {
        {"a3", 297 * mm, 420 * mm},     {"a4", 210 * mm, 297 * mm},     {"a5", 148 * mm, 210 * mm},
        {"a6", 105 * mm, 148 * mm},     {"b4", 250 * mm, 353 * mm},     {"b5", 176 * mm, 250 * mm},
        {"jis-b4", 257 * mm, 364 * mm}, {"jis-b5", 182 * mm, 257 * mm}, {"letter", 612, 792},
        {"legal", 612, 1008},           {"ledger", 792, 1224},          {"tabloid", 792, 1224}};
    double width = x.page_width, height = x.page_height;
    bool has_size = false;
    int turn = 0; // 1 portrait, 2 landscape
    bool any = false;
    for (; !c.done(); any = true) {
        if (!turn && c.take_ident("portrait"))
            turn = 1;
        else if (!turn && c.take_ident("landscape"))
            turn = 2;
        else if (!any && c.take_ident("auto"))
            return c.done();
        else if (has_size)
            return false;
        else if (c.peek().type == Token::Type::ident) {
            auto const* const paper =
                std::find_if(std::begin(papers), std::end(papers), [&](Paper const& p) { return c.peek().is(p.name); });
            if (paper == std::end(papers)) return false;
            c.take();
            width = paper->width, height = paper->height;
            has_size = true;
        } else {
            auto const w = read_length(c, x, Sign::not_negative);
            if (!w) return false;
            width = *w;
            height = read_length(c, x, Sign::not_negative).value_or(*w);
            has_size = true;
        }
    }
    if ((turn == 1 && width > height) || (turn == 2 && width < height)) std::swap(width, height);
    x.page_size[0] = Length::pt(width);
    x.page_size[1] = Length::pt(height);
    return any && width > 0 && height > 0;
}

bool bookmark_level(Cursor& c, Context& x) {
    if (c.take_ident("none")) return x.style.bookmark_level = 0, true;
    auto const n = read_integer(c, x);
    if (!n || *n < 1) return false;
    x.style.bookmark_level = *n;
    return true;
}

void copy_nothing(S&, S const&) {}

Property const table[] = {
    {"break-before", false, keyword<&S::break_before, breaks>, copy<&S::break_before>},
    {"break-after", false, keyword<&S::break_after, breaks>, copy<&S::break_after>},
    {"break-inside", false, keyword<&S::break_inside, breaks_inside>, copy<&S::break_inside>},
    {"page-break-before", false, keyword<&S::break_before, breaks>, copy<&S::break_before>},
    {"page-break-after", false, keyword<&S::break_after, breaks>, copy<&S::break_after>},
    {"page-break-inside", false, keyword<&S::break_inside, breaks_inside>, copy<&S::break_inside>},
    {"box-decoration-break", false, keyword<&S::box_decoration_break, decoration_breaks>,
     copy<&S::box_decoration_break>},
    {"orphans", true, lines<&S::orphans>, copy<&S::orphans>},
    {"widows", true, lines<&S::widows>, copy<&S::widows>},
    {"page", true, page, copy<&S::page>},
    {"size", false, page_size, copy_nothing},
    {"bookmark-level", false, bookmark_level, copy<&S::bookmark_level>},
};

} // namespace

std::span<Property const> page_properties() {
    return table;
}

} // namespace deckle::css
