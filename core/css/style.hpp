/// Computed style of one element, one pseudo-element or one page margin box. Lengths in points.
/// Styles are shared and immutable: elements with equal style usually point at the same object.
#pragma once
#include "css/values.hpp"
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deckle::css {

// clang-format off
enum class Display : std::uint8_t { none, contents, block, flow_root, inline_, inline_block, list_item, flex, inline_flex,
    table, inline_table, table_row_group, table_header_group, table_footer_group, table_row, table_cell,
    table_column_group, table_column, table_caption, grid };
enum class Float : std::uint8_t { none, left, right, footnote };
enum class Clear : std::uint8_t { none, left, right, both };
enum class PositionKind : std::uint8_t { static_, relative, absolute, fixed, running };
enum class Overflow : std::uint8_t { visible, hidden };          // auto, scroll and clip compute to hidden
enum class Visibility : std::uint8_t { visible, hidden, collapse };
enum class BoxSizing : std::uint8_t { content_box, border_box };
enum class BreakKind : std::uint8_t { auto_, avoid, avoid_page, avoid_column, always, page, left, right, recto, verso, column };
enum class FlexDirection : std::uint8_t { row, row_reverse, column, column_reverse };
enum class FlexWrap : std::uint8_t { nowrap, wrap, wrap_reverse };
enum class Justify : std::uint8_t { flex_start, flex_end, center, space_between, space_around, space_evenly };
enum class Align : std::uint8_t { auto_, stretch, flex_start, flex_end, center, baseline, space_between, space_around, space_evenly };
enum class FontStyle : std::uint8_t { normal, italic, oblique };
enum class TextAlign : std::uint8_t { start, end, left, right, center, justify };
enum class TextTransform : std::uint8_t { none, uppercase, lowercase, capitalize };
enum class WhiteSpace : std::uint8_t { normal, nowrap, pre, pre_wrap, pre_line, break_spaces };
enum class Hyphens : std::uint8_t { none, manual, auto_ };
enum class OverflowWrap : std::uint8_t { normal, break_word, anywhere };
enum class WordBreak : std::uint8_t { normal, break_all, keep_all };
enum class Direction : std::uint8_t { ltr, rtl };
enum class LineBreakRule : std::uint8_t { auto_, loose, normal, strict, anywhere };
enum class UnicodeBidi : std::uint8_t { normal, embed, isolate, override_, isolate_override, plaintext };
enum class DecorationStyle : std::uint8_t { solid, double_, dotted, dashed, wavy };
enum class ListPosition : std::uint8_t { outside, inside };
enum class TableLayout : std::uint8_t { auto_, fixed };
enum class CaptionSide : std::uint8_t { top, bottom };
enum class ObjectFit : std::uint8_t { fill, contain, cover, none, scale_down };
enum class BoxDecorationBreak : std::uint8_t { slice, clone };
enum class ShowOn : std::uint8_t { auto_, all, first, continued, not_last, last }; // pieces of a table
enum class LineCap : std::uint8_t { butt, round, square };
enum class LineJoin : std::uint8_t { miter, round, bevel };
enum class FillRule : std::uint8_t { nonzero, evenodd };
enum class TextAnchor : std::uint8_t { start, middle, end };
enum class DominantBaseline : std::uint8_t { auto_, middle, central, hanging, text_top, text_bottom };
// clang-format on

struct LineHeight {
    enum class Kind : std::uint8_t { normal, number, length } kind = Kind::normal;
    double value = 0; // factor of the font size, or points
    friend bool operator==(LineHeight const&, LineHeight const&) = default;
};

struct VerticalAlign {
    enum class Kind : std::uint8_t { baseline, sub, super, top, text_top, middle, bottom, text_bottom, length };
    Kind kind = Kind::baseline;
    Length length; // percent of the line height; positive raises
    friend bool operator==(VerticalAlign const&, VerticalAlign const&) = default;
};

/// SVG `fill` and `stroke`.
struct SvgPaint {
    enum class Kind : std::uint8_t { none, color, url } kind = Kind::none;
    Color color; // with kind url: the fallback
    bool has_fallback = false;
    std::string url; // "#id"
    friend bool operator==(SvgPaint const&, SvgPaint const&) = default;
};

/// Custom properties (--name), values as text after substitution.
using CustomProperties = std::map<std::string, std::string, std::less<>>;

/// Inherited properties.
struct InheritedStyle {
    Color color{0, 0, 0, 255};
    std::vector<std::string> font_family{"serif"}; // generic names as written: serif, sans-serif, monospace, ...
    double font_size = 12;
    int font_weight = 400;
    FontStyle font_style = FontStyle::normal;
    double font_stretch = 100; // percent
    std::vector<FontFeature>
        font_features; // font-variant-numeric, font-variant-caps, font-kerning, font-feature-settings
    LineHeight line_height;
    double letter_spacing = 0, word_spacing = 0;
    TextAlign text_align = TextAlign::start;
    std::optional<TextAlign> text_align_last; // absent = auto
    char32_t align_character = 0;             // of text-align: "."; 0 = none
    Length text_indent;
    TextTransform text_transform = TextTransform::none;
    WhiteSpace white_space = WhiteSpace::normal;
    double tab_size = 8; // spaces; a length is kept as its negative in points
    Hyphens hyphens = Hyphens::manual;
    OverflowWrap overflow_wrap = OverflowWrap::normal;
    WordBreak word_break = WordBreak::normal;
    Direction direction = Direction::ltr;
    LineBreakRule line_break = LineBreakRule::auto_;
    Length underline_offset = Length::automatic(); // of the underline's middle below the baseline
    std::string language;                          // from lang=""
    Visibility visibility = Visibility::visible;
    std::string list_style_type = "disc"; // a counter style; "none"; quoted strings start with '"'
    Url list_style_image;                 // empty = none
    ListPosition list_style_position = ListPosition::outside;
    std::vector<std::string> quotes{"\u201c", "\u201d", "\u2018", "\u2019"}; // pairs; empty = none
    bool border_collapse = false;
    double border_spacing_x = 0, border_spacing_y = 0;
    CaptionSide caption_side = CaptionSide::top;
    bool empty_cells_hide = false;
    int orphans = 2, widows = 2;
    std::string page; // named page; empty = auto
    // SVG (lengths in points; layout/svg converts to user units, 1 user unit = 0.75 pt)
    SvgPaint fill{SvgPaint::Kind::color, {0, 0, 0, 255}, false, {}};
    SvgPaint stroke;
    double fill_opacity = 1, stroke_opacity = 1;
    Length stroke_width = Length::pt(0.75);
    std::vector<Length> stroke_dasharray;
    Length stroke_dashoffset;
    LineCap stroke_linecap = LineCap::butt;
    LineJoin stroke_linejoin = LineJoin::miter;
    double stroke_miterlimit = 4;
    FillRule fill_rule = FillRule::nonzero, clip_rule = FillRule::nonzero;
    TextAnchor text_anchor = TextAnchor::start;
    DominantBaseline dominant_baseline = DominantBaseline::auto_;
    std::shared_ptr<CustomProperties const> custom; // shared down the tree; null = none
};

/// The rest. Boxes: percentages of margins and paddings refer to the width of the containing block.
struct OwnStyle {
    Display display = Display::inline_; // floats, absolutes, flex items and the root are already blockified
    Float float_ = Float::none;
    Clear clear = Clear::none;
    PositionKind position = PositionKind::static_;
    std::string running_name; // position: running(name)
    Sides<Length> inset{Length::automatic(), Length::automatic(), Length::automatic(), Length::automatic()};
    std::optional<int> z_index; // absent = auto
    Overflow overflow = Overflow::visible;
    Length width = Length::automatic(), height = Length::automatic();
    Length min_width = Length::automatic(), min_height = Length::automatic();
    Length max_width = Length::none(), max_height = Length::none();
    double aspect_ratio = 0; // 0 = auto
    BoxSizing box_sizing = BoxSizing::content_box;
    Sides<Length> margin, padding;
    Sides<Border> border;
    Corners radius;
    Border outline;
    double outline_offset = 0;
    Color background_color{0, 0, 0, 0};
    std::vector<BackgroundLayer> background; // first = topmost
    std::vector<Shadow> box_shadow;
    double opacity = 1;
    std::vector<TransformFunction> transform;
    Length transform_origin_x = Length::pct(50), transform_origin_y = Length::pct(50);
    VerticalAlign vertical_align;

    FlexDirection flex_direction = FlexDirection::row;
    FlexWrap flex_wrap = FlexWrap::nowrap;
    double flex_grow = 0, flex_shrink = 1;
    Length flex_basis = Length::automatic(); // auto, content or a length
    Justify justify_content = Justify::flex_start;
    Align align_items = Align::stretch, align_self = Align::auto_, align_content = Align::stretch;
    int order = 0;
    Length row_gap, column_gap;
    std::optional<int> column_count; // multi-column; absent = auto
    Length column_width = Length::automatic();

    TableLayout table_layout = TableLayout::auto_;
    ObjectFit object_fit = ObjectFit::fill;
    Length object_position_x = Length::pct(50), object_position_y = Length::pct(50);

    bool underline = false, overline = false, line_through = false;
    Color decoration_color;
    DecorationStyle decoration_style = DecorationStyle::solid;
    Length decoration_thickness = Length::automatic();
    bool text_overflow_ellipsis = false;
    UnicodeBidi unicode_bidi = UnicodeBidi::normal;

    BreakKind break_before = BreakKind::auto_, break_after = BreakKind::auto_, break_inside = BreakKind::auto_;
    BoxDecorationBreak box_decoration_break = BoxDecorationBreak::slice;

    /// nullopt: normal. For ::before, ::after and margin boxes that means no box; `none` gives an empty list.
    std::optional<ContentList> content;
    std::vector<CounterChange> counter_reset, counter_set, counter_increment;
    std::vector<StringSet> string_set;
    std::vector<SumEntry> sum_entries; // -deckle-add
    std::string sum_scope;             // -deckle-scope; empty = none
    ShowOn show_on = ShowOn::auto_;    // -deckle-show-on
    int bookmark_level = 0;            // 0 = none; h1..h6 have 1..6
    // SVG
    std::string clip_path, mask; // "#id" or empty
    Color stop_color{0, 0, 0, 255};
    double stop_opacity = 1;
    bool non_scaling_stroke = false; // vector-effect
};

struct ComputedStyle : InheritedStyle, OwnStyle {};

using StylePtr = std::shared_ptr<ComputedStyle const>; // shared by the elements that have it, owned by all of them

} // namespace deckle::css
