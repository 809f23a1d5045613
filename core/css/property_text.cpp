/// Text, lists, tables.
#include "css/property.hpp"

namespace deckle::css {
namespace {

using S = ComputedStyle;

constexpr Keyword<TextAlign> aligns[] = {{"start", TextAlign::start},   {"end", TextAlign::end},
                                         {"left", TextAlign::left},     {"right", TextAlign::right},
                                         {"center", TextAlign::center}, {"justify", TextAlign::justify}};
constexpr Keyword<TextTransform> transforms[] = {{"none", TextTransform::none},
                                                 {"uppercase", TextTransform::uppercase},
                                                 {"lowercase", TextTransform::lowercase},
                                                 {"capitalize", TextTransform::capitalize}};
constexpr Keyword<WhiteSpace> spaces[] = {
    {"normal", WhiteSpace::normal},     {"nowrap", WhiteSpace::nowrap},     {"pre", WhiteSpace::pre},
    {"pre-wrap", WhiteSpace::pre_wrap}, {"pre-line", WhiteSpace::pre_line}, {"break-spaces", WhiteSpace::break_spaces}};
constexpr Keyword<Hyphens> hyphen_words[] = {
    {"none", Hyphens::none}, {"manual", Hyphens::manual}, {"auto", Hyphens::auto_}};
constexpr Keyword<OverflowWrap> overflow_wraps[] = {
    {"normal", OverflowWrap::normal}, {"break-word", OverflowWrap::break_word}, {"anywhere", OverflowWrap::anywhere}};
constexpr Keyword<WordBreak> word_breaks[] = {
    {"normal", WordBreak::normal}, {"break-all", WordBreak::break_all}, {"keep-all", WordBreak::keep_all}};
constexpr Keyword<Direction> directions[] = {{"ltr", Direction::ltr}, {"rtl", Direction::rtl}};
constexpr Keyword<UnicodeBidi> bidis[] = {{"normal", UnicodeBidi::normal},
                                          {"embed", UnicodeBidi::embed},
                                          {"isolate", UnicodeBidi::isolate},
                                          {"bidi-override", UnicodeBidi::override_},
                                          {"isolate-override", UnicodeBidi::isolate_override},
                                          {"plaintext", UnicodeBidi::plaintext}};
constexpr Keyword<LineBreakRule> line_breaks[] = {{"auto", LineBreakRule::auto_},
                                                  {"loose", LineBreakRule::loose},
                                                  {"normal", LineBreakRule::normal},
                                                  {"strict", LineBreakRule::strict},
                                                  {"anywhere", LineBreakRule::anywhere}};
constexpr Keyword<DecorationStyle> decoration_styles[] = {{"solid", DecorationStyle::solid},
                                                          {"double", DecorationStyle::double_},
                                                          {"dotted", DecorationStyle::dotted},
                                                          {"dashed", DecorationStyle::dashed},
                                                          {"wavy", DecorationStyle::wavy}};
constexpr Keyword<VerticalAlign::Kind> vertical_aligns[] = {
    {"baseline", VerticalAlign::Kind::baseline}, {"sub", VerticalAlign::Kind::sub},
    {"super", VerticalAlign::Kind::super},       {"top", VerticalAlign::Kind::top},
    {"text-top", VerticalAlign::Kind::text_top}, {"middle", VerticalAlign::Kind::middle},
    {"bottom", VerticalAlign::Kind::bottom},     {"text-bottom", VerticalAlign::Kind::text_bottom}};
constexpr Keyword<ListPosition> list_positions[] = {{"outside", ListPosition::outside},
                                                    {"inside", ListPosition::inside}};
constexpr Keyword<TableLayout> table_layouts[] = {{"auto", TableLayout::auto_}, {"fixed", TableLayout::fixed}};
constexpr Keyword<bool> collapses[] = {{"collapse", true}, {"separate", false}};
constexpr Keyword<CaptionSide> caption_sides[] = {{"top", CaptionSide::top}, {"bottom", CaptionSide::bottom}};
constexpr Keyword<bool> empty_cells_words[] = {{"show", false}, {"hide", true}};
constexpr Keyword<bool> text_overflows[] = {{"clip", false}, {"ellipsis", true}};

/// The character that `text` is; 0 when it is none or several.
char32_t single_character(std::string_view text) {
    auto const bits = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    if (text.empty()) return 0;
    std::size_t const size = bits(0) < 0x80 ? 1 : bits(0) < 0xE0 ? 2 : bits(0) < 0xF0 ? 3 : 4;
    if (text.size() != size) return 0;
    char32_t character = size == 1 ? bits(0) : bits(0) & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) character = character << 6 | (bits(i) & 0x3FU);
    return character;
}

/// A keyword, one character as a string, or both in any order.
// https://www.w3.org/TR/css-text-4/#character-alignment
bool align(Cursor& c, Context& x) {
    std::optional<TextAlign> word;
    char32_t character = 0;
    for (int part = 0; part < 2 && !c.done(); ++part) {
        if (!word && (word = read_keyword<TextAlign>(c, aligns))) continue;
        if (character != 0 || c.peek().type != Token::Type::string) break;
        character = single_character(c.take().text);
        if (character == 0) return false;
    }
    if (!word && character == 0) return false;
    x.style.text_align = word.value_or(TextAlign::right);
    x.style.align_character = character;
    return true;
}

bool align_last(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return x.style.text_align_last.reset(), true;
    auto const v = read_keyword<TextAlign>(c, aligns);
    if (v) x.style.text_align_last = *v;
    return v.has_value();
}

template <auto Member>
bool spacing(Cursor& c, Context& x) {
    if (c.take_ident("normal")) return x.style.*Member = 0, true;
    return store(x.style.*Member, read_length(c, x));
}

bool indent(Cursor& c, Context& x) {
    return store(x.style.text_indent, read_length_percentage(c, x));
}

/// Only whether lines wrap: what is kept of white space stays as it is.
bool text_wrap(Cursor& c, Context& x) {
    auto& to = x.style.white_space;
    if (c.take_ident("nowrap")) {
        to = to == WhiteSpace::pre_wrap || to == WhiteSpace::pre ? WhiteSpace::pre : WhiteSpace::nowrap;
        return true;
    }
    if (!c.take_ident("wrap") && !c.take_ident("balance") && !c.take_ident("pretty") && !c.take_ident("stable"))
        return false;
    if (to == WhiteSpace::nowrap) to = WhiteSpace::normal;
    if (to == WhiteSpace::pre) to = WhiteSpace::pre_wrap;
    return true;
}

bool tab_size(Cursor& c, Context& x) {
    if (number<&S::tab_size>(c, x)) return true;
    auto const length = read_length(c, x, Sign::not_negative);
    if (length) x.style.tab_size = -*length;
    return length.has_value();
}

bool decoration_lines(Cursor& c, Context& x) {
    x.style.underline = x.style.overline = x.style.line_through = false;
    if (c.take_ident("none")) return true;
    bool any = false;
    for (;; any = true) {
        if (c.take_ident("underline"))
            x.style.underline = true;
        else if (c.take_ident("overline"))
            x.style.overline = true;
        else if (c.take_ident("line-through"))
            x.style.line_through = true;
        else
            return any;
    }
}

bool thickness(Cursor& c, Context& x) {
    if (c.take_ident("auto") || c.take_ident("from-font"))
        return x.style.decoration_thickness = Length::automatic(), true;
    return store(x.style.decoration_thickness, read_length_percentage(c, x, Sign::not_negative));
}

bool underline_offset(Cursor& c, Context& x) {
    if (c.take_ident("auto")) return x.style.underline_offset = Length::automatic(), true;
    return store(x.style.underline_offset, read_length_percentage(c, x));
}

bool decoration(Cursor& c, Context& x) {
    x.style.underline = x.style.overline = x.style.line_through = false;
    x.style.decoration_style = DecorationStyle::solid;
    x.style.decoration_color = x.style.color;
    x.style.decoration_thickness = Length::automatic();
    bool any = false;
    while (!c.done()) {
        if (c.take_ident("none")) {
        } else if (c.take_ident("underline"))
            x.style.underline = true;
        else if (c.take_ident("overline"))
            x.style.overline = true;
        else if (c.take_ident("line-through"))
            x.style.line_through = true;
        else if (!keyword<&S::decoration_style, decoration_styles>(c, x) && !color<&S::decoration_color>(c, x) &&
                 !thickness(c, x))
            return false;
        any = true;
    }
    return any;
}

bool vertical_align(Cursor& c, Context& x) {
    auto& to = x.style.vertical_align;
    if (auto const word = read_keyword<VerticalAlign::Kind>(c, vertical_aligns)) return to = {*word, {}}, true;
    auto const length = read_length_percentage(c, x);
    if (length) to = {VerticalAlign::Kind::length, *length};
    return length.has_value();
}

bool list_type(Cursor& c, Context& x) {
    if (c.peek().type == Token::Type::string) {
        x.style.list_style_type = '"' + std::string(c.take().text);
        return true;
    }
    auto const name = read_custom_ident(c);
    if (name) x.style.list_style_type = lower_case(*name);
    return name.has_value();
}

bool list_image(Cursor& c, Context& x) {
    if (c.take_ident("none")) return x.style.list_style_image = {}, true;
    return store(x.style.list_style_image, read_url(c, x));
}

bool list_style(Cursor& c, Context& x) {
    x.style.list_style_type = "disc";
    x.style.list_style_image = {};
    x.style.list_style_position = ListPosition::outside;
    bool typed = false;
    while (!c.done()) {
        if (keyword<&S::list_style_position, list_positions>(c, x)) continue;
        if (c.peek().type == Token::Type::url) {
            if (!list_image(c, x)) return false;
        } else if (typed || !list_type(c, x))
            return false;
        else
            typed = true;
    }
    return true;
}

bool border_spacing(Cursor& c, Context& x) {
    if (!store(x.style.border_spacing_x, read_length(c, x, Sign::not_negative))) return false;
    x.style.border_spacing_y = x.style.border_spacing_x;
    return c.done() || store(x.style.border_spacing_y, read_length(c, x, Sign::not_negative));
}

bool text_language(Cursor& c, Context& x) {
    if (c.peek().type != Token::Type::string) return false;
    x.style.language = c.take().text;
    return true;
}

bool skip_ink(Cursor& c, Context&) {
    return c.take_ident("auto") || c.take_ident("none") || c.take_ident("all");
}
void copy_nothing(S&, S const&) {}

Property const table[] = {
    {"color", true, color<&S::color>, copy<&S::color>},
    {"text-align", true, align, copy<&S::text_align, &S::align_character>},
    {"text-align-last", true, align_last, copy<&S::text_align_last>},
    {"text-indent", true, indent, copy<&S::text_indent>},
    {"text-transform", true, keyword<&S::text_transform, transforms>, copy<&S::text_transform>},
    {"letter-spacing", true, spacing<&S::letter_spacing>, copy<&S::letter_spacing>},
    {"word-spacing", true, spacing<&S::word_spacing>, copy<&S::word_spacing>},
    {"white-space", true, keyword<&S::white_space, spaces>, copy<&S::white_space>},
    {"text-wrap", true, text_wrap, copy<&S::white_space>},
    {"tab-size", true, tab_size, copy<&S::tab_size>},
    {"hyphens", true, keyword<&S::hyphens, hyphen_words>, copy<&S::hyphens>},
    {"-webkit-hyphens", true, keyword<&S::hyphens, hyphen_words>, copy<&S::hyphens>},
    {"overflow-wrap", true, keyword<&S::overflow_wrap, overflow_wraps>, copy<&S::overflow_wrap>},
    {"word-wrap", true, keyword<&S::overflow_wrap, overflow_wraps>, copy<&S::overflow_wrap>},
    {"word-break", true, keyword<&S::word_break, word_breaks>, copy<&S::word_break>},
    {"direction", true, keyword<&S::direction, directions>, copy<&S::direction>},
    {"unicode-bidi", false, keyword<&S::unicode_bidi, bidis>, copy<&S::unicode_bidi>},
    {"line-break", true, keyword<&S::line_break, line_breaks>, copy<&S::line_break>},
    {"text-decoration", false, decoration,
     copy<&S::underline, &S::overline, &S::line_through, &S::decoration_style, &S::decoration_color,
          &S::decoration_thickness>},
    {"text-decoration-line", false, decoration_lines, copy<&S::underline, &S::overline, &S::line_through>},
    {"text-decoration-color", false, color<&S::decoration_color>, copy<&S::decoration_color>},
    {"text-decoration-style", false, keyword<&S::decoration_style, decoration_styles>, copy<&S::decoration_style>},
    {"text-decoration-thickness", false, thickness, copy<&S::decoration_thickness>},
    {"text-underline-offset", true, underline_offset, copy<&S::underline_offset>},
    {"text-decoration-skip-ink", true, skip_ink, copy_nothing},
    {"text-overflow", false, keyword<&S::text_overflow_ellipsis, text_overflows>, copy<&S::text_overflow_ellipsis>},
    {"vertical-align", false, vertical_align, copy<&S::vertical_align>},
    {"list-style", true, list_style, copy<&S::list_style_type, &S::list_style_image, &S::list_style_position>},
    {"list-style-type", true, list_type, copy<&S::list_style_type>},
    {"list-style-image", true, list_image, copy<&S::list_style_image>},
    {"list-style-position", true, keyword<&S::list_style_position, list_positions>, copy<&S::list_style_position>},
    {"table-layout", false, keyword<&S::table_layout, table_layouts>, copy<&S::table_layout>},
    {"border-collapse", true, keyword<&S::border_collapse, collapses>, copy<&S::border_collapse>},
    {"border-spacing", true, border_spacing, copy<&S::border_spacing_x, &S::border_spacing_y>},
    {"caption-side", true, keyword<&S::caption_side, caption_sides>, copy<&S::caption_side>},
    {"empty-cells", true, keyword<&S::empty_cells_hide, empty_cells_words>, copy<&S::empty_cells_hide>},
    {"-deckle-language", true, text_language, copy<&S::language>},
};

} // namespace

std::span<Property const> text_properties() {
    return table;
}

} // namespace deckle::css
