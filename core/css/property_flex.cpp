/// Flex containers, gaps, columns.
#include "css/property.hpp"

namespace deckle::css {
namespace {

using S = ComputedStyle;

constexpr Keyword<FlexDirection> directions[] = {{"row", FlexDirection::row},
                                                 {"row-reverse", FlexDirection::row_reverse},
                                                 {"column", FlexDirection::column},
                                                 {"column-reverse", FlexDirection::column_reverse}};
constexpr Keyword<FlexWrap> wraps[] = {
    {"nowrap", FlexWrap::nowrap}, {"wrap", FlexWrap::wrap}, {"wrap-reverse", FlexWrap::wrap_reverse}};
constexpr Keyword<Justify> justifies[] = {{"flex-start", Justify::flex_start},
                                          {"start", Justify::flex_start},
                                          {"left", Justify::flex_start},
                                          {"normal", Justify::flex_start},
                                          {"flex-end", Justify::flex_end},
                                          {"end", Justify::flex_end},
                                          {"right", Justify::flex_end},
                                          {"center", Justify::center},
                                          {"space-between", Justify::space_between},
                                          {"space-around", Justify::space_around},
                                          {"space-evenly", Justify::space_evenly}};
constexpr Keyword<Align> align_items[] = {{"stretch", Align::stretch},       {"normal", Align::stretch},
                                          {"flex-start", Align::flex_start}, {"start", Align::flex_start},
                                          {"self-start", Align::flex_start}, {"flex-end", Align::flex_end},
                                          {"end", Align::flex_end},          {"self-end", Align::flex_end},
                                          {"center", Align::center},         {"baseline", Align::baseline}};
constexpr Keyword<Align> align_selfs[] = {{"auto", Align::auto_},       {"stretch", Align::stretch},
                                          {"normal", Align::stretch},   {"flex-start", Align::flex_start},
                                          {"start", Align::flex_start}, {"flex-end", Align::flex_end},
                                          {"end", Align::flex_end},     {"center", Align::center},
                                          {"baseline", Align::baseline}};
constexpr Keyword<Align> align_contents[] = {{"stretch", Align::stretch},
                                             {"normal", Align::stretch},
                                             {"flex-start", Align::flex_start},
                                             {"start", Align::flex_start},
                                             {"flex-end", Align::flex_end},
                                             {"end", Align::flex_end},
                                             {"center", Align::center},
                                             {"space-between", Align::space_between},
                                             {"space-around", Align::space_around},
                                             {"space-evenly", Align::space_evenly}};

bool basis(Cursor& c, Context& x) {
    static constexpr Keyword<Length::Kind> words[] = {{"auto", Length::Kind::auto_},
                                                      {"content", Length::Kind::content},
                                                      {"min-content", Length::Kind::min_content},
                                                      {"max-content", Length::Kind::max_content},
                                                      {"fit-content", Length::Kind::fit_content}};
    if (auto const word = read_keyword<Length::Kind>(c, words)) return x.style.flex_basis = {*word}, true;
    return store(x.style.flex_basis, read_length_percentage(c, x, Sign::not_negative));
}

bool flex(Cursor& c, Context& x) {
    auto& s = x.style;
    auto const set = [&](double grow, double shrink, Length b) {
        s.flex_grow = grow, s.flex_shrink = shrink, s.flex_basis = b;
        return true;
    };
    if (c.take_ident("none")) return set(0, 0, Length::automatic());
    auto const only = c.mark();
    if (c.take_ident("auto") && c.done()) return set(1, 1, Length::automatic());
    c.reset(only);
    set(1, 1, Length::pt(0));
    bool has_numbers = false, has_basis = false;
    while (!c.done()) {
        if (auto const grow = has_numbers ? std::nullopt : read_number(c, x, Sign::not_negative)) {
            s.flex_grow = *grow;
            if (auto const shrink = read_number(c, x, Sign::not_negative)) s.flex_shrink = *shrink;
            has_numbers = true;
            // "1 1 0": a third number is the basis
            if (c.peek().type == Token::Type::number && c.peek().number == 0 && !has_basis) {
                c.take();
                s.flex_basis = Length::pt(0);
                has_basis = true;
            }
        } else if (!has_basis && basis(c, x))
            has_basis = true;
        else
            return false;
    }
    return has_numbers || has_basis;
}

bool flow(Cursor& c, Context& x) {
    x.style.flex_direction = FlexDirection::row;
    x.style.flex_wrap = FlexWrap::nowrap;
    bool any = false;
    while (keyword<&S::flex_direction, directions>(c, x) || keyword<&S::flex_wrap, wraps>(c, x)) any = true;
    return any;
}

bool order(Cursor& c, Context& x) {
    return store(x.style.order, read_integer(c, x));
}

template <auto Member>
bool gap_side(Cursor& c, Context& x) {
    if (c.take_ident("normal")) return x.style.*Member = Length::pt(0), true;
    return store(x.style.*Member, read_length_percentage(c, x, Sign::not_negative));
}

bool gap(Cursor& c, Context& x) {
    if (!gap_side<&S::row_gap>(c, x)) return false;
    x.style.column_gap = x.style.row_gap;
    return c.done() || gap_side<&S::column_gap>(c, x);
}

template <auto Member, auto const& Words>
bool aligned(Cursor& c, Context& x) {
    (void)(c.take_ident("safe") || c.take_ident("unsafe") || c.take_ident("first") || c.take_ident("last"));
    return keyword<Member, Words>(c, x);
}

bool place_content(Cursor& c, Context& x) {
    auto const begin = c.mark();
    if (!keyword<&S::align_content, align_contents>(c, x)) return false;
    if (c.done()) c.reset(begin);
    return keyword<&S::justify_content, justifies>(c, x);
}

bool column_count(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return x.style.column_count.reset(), true;
    auto const n = read_integer(c, x);
    if (!n || *n < 1) return false;
    x.style.column_count = *n;
    return true;
}
bool column_width(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return x.style.column_width = Length::automatic(), true;
    auto const v = read_length(c, x, Sign::not_negative);
    if (v) x.style.column_width = Length::pt(*v);
    return v.has_value();
}
bool columns(Cursor& c, Context& x) {
    x.style.column_count.reset();
    x.style.column_width = Length::automatic();
    bool any = false;
    while (!c.done()) {
        if (!c.take_ident("auto") && !column_count(c, x) && !column_width(c, x)) return false;
        any = true;
    }
    return any;
}

Property const table[] = {
    {"flex", false, flex, copy<&S::flex_grow, &S::flex_shrink, &S::flex_basis>},
    {"flex-grow", false, number<&S::flex_grow>, copy<&S::flex_grow>},
    {"flex-shrink", false, number<&S::flex_shrink>, copy<&S::flex_shrink>},
    {"flex-basis", false, basis, copy<&S::flex_basis>},
    {"flex-flow", false, flow, copy<&S::flex_direction, &S::flex_wrap>},
    {"flex-direction", false, keyword<&S::flex_direction, directions>, copy<&S::flex_direction>},
    {"flex-wrap", false, keyword<&S::flex_wrap, wraps>, copy<&S::flex_wrap>},
    {"justify-content", false, aligned<&S::justify_content, justifies>, copy<&S::justify_content>},
    {"align-items", false, aligned<&S::align_items, align_items>, copy<&S::align_items>},
    {"align-self", false, aligned<&S::align_self, align_selfs>, copy<&S::align_self>},
    {"align-content", false, aligned<&S::align_content, align_contents>, copy<&S::align_content>},
    {"place-content", false, place_content, copy<&S::align_content, &S::justify_content>},
    {"order", false, order, copy<&S::order>},
    {"gap", false, gap, copy<&S::row_gap, &S::column_gap>},
    {"row-gap", false, gap_side<&S::row_gap>, copy<&S::row_gap>},
    {"column-gap", false, gap_side<&S::column_gap>, copy<&S::column_gap>},
    {"columns", false, columns, copy<&S::column_count, &S::column_width>},
    {"column-count", false, column_count, copy<&S::column_count>},
    {"column-width", false, column_width, copy<&S::column_width>},
};

} // namespace

std::span<Property const> flex_properties() {
    return table;
}

} // namespace deckle::css
