/// The value types of computed styles. Lengths are points (1px = 0.75pt).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace deckle::css {

struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    friend bool operator==(Color, Color) = default;
};

/// A length, a percentage, their sum (calc), or a keyword; which keywords occur depends on the property.
struct Length {
    enum class Kind : std::uint8_t { value, auto_, none, content, min_content, max_content, fit_content };
    Kind kind = Kind::value;
    double points = 0;
    double percent = 0; // 50 for 50%

    [[nodiscard]] static Length automatic() { return {Kind::auto_}; }
    [[nodiscard]] static Length none() { return {Kind::none}; }
    [[nodiscard]] static Length pt(double points) { return {Kind::value, points}; }
    [[nodiscard]] static Length pct(double percent) { return {Kind::value, 0, percent}; }
    [[nodiscard]] bool is_auto() const { return kind == Kind::auto_; }
    [[nodiscard]] bool is_none() const { return kind == Kind::none; }
    [[nodiscard]] bool is_value() const { return kind == Kind::value; }
    [[nodiscard]] bool has_percent() const { return kind == Kind::value && percent != 0; }
    /// REQUIRES: is_value().
    [[nodiscard]] double resolve(double base) const { return points + percent * base / 100; }
    friend bool operator==(Length const&, Length const&) = default;
};

/// Sides and corners, clockwise from the top / top left.
template <class T>
struct Sides {
    T top{}, right{}, bottom{}, left{};
    friend bool operator==(Sides const&, Sides const&) = default;
};
struct CornerRadius {
    Length x, y;
    friend bool operator==(CornerRadius const&, CornerRadius const&) = default;
};
struct Corners {
    CornerRadius top_left, top_right, bottom_right, bottom_left;
    friend bool operator==(Corners const&, Corners const&) = default;
};

enum class BorderStyle : std::uint8_t { none, hidden, dotted, dashed, solid, double_, groove, ridge, inset, outset };
struct Border {
    double width = 0; // 0 when the style is none or hidden
    BorderStyle style = BorderStyle::none;
    Color color;
    friend bool operator==(Border const&, Border const&) = default;
};

/// An address as written and the file that wrote it (relative addresses are relative to that file).
struct Url {
    std::string url;
    std::string base;
    friend bool operator==(Url const&, Url const&) = default;
};

struct GradientStop {
    Color color;
    bool has_position = false;
    Length position; // along the gradient line; percent of its length
    friend bool operator==(GradientStop const&, GradientStop const&) = default;
};
struct Gradient {
    enum class Kind : std::uint8_t { linear, radial } kind = Kind::linear;
    bool repeating = false;
    // linear
    double angle = 180;     // degrees, 0 = to top, clockwise
    int to_x = 0, to_y = 0; // "to right top": 1, -1; both 0 = use `angle`
    // radial
    bool circle = false;
    enum class Extent : std::uint8_t { closest_side, closest_corner, farthest_side, farthest_corner, size };
    Extent extent = Extent::farthest_corner;
    Length radius_x, radius_y; // when extent is `size`
    Length center_x = Length::pct(50), center_y = Length::pct(50);
    std::vector<GradientStop> stops;
    friend bool operator==(Gradient const&, Gradient const&) = default;
};

enum class Repeat : std::uint8_t { repeat, no_repeat, space, round };
enum class Box : std::uint8_t { border_box, padding_box, content_box };
struct BackgroundLayer {
    enum class Kind : std::uint8_t { none, url, gradient } kind = Kind::none;
    Url url;
    Gradient gradient;
    Repeat repeat_x = Repeat::repeat, repeat_y = Repeat::repeat;
    Length position_x = Length::pct(0), position_y = Length::pct(0);
    enum class Size : std::uint8_t { explicit_, cover, contain } size = Size::explicit_;
    Length width = Length::automatic(), height = Length::automatic();
    Box origin = Box::padding_box, clip = Box::border_box;
    friend bool operator==(BackgroundLayer const&, BackgroundLayer const&) = default;
};

struct Shadow {
    double x = 0, y = 0, blur = 0, spread = 0;
    Color color;
    bool inset = false;
    friend bool operator==(Shadow const&, Shadow const&) = default;
};

/// One function of `transform`.
struct TransformFunction {
    enum class Kind : std::uint8_t { matrix, translate, scale, rotate, skew } kind = Kind::matrix;
    Length x, y;                       // translate
    double a = 1, b = 0, c = 0, d = 1; // matrix; scale: a, d; rotate: a degrees; skew: a, b degrees
    double e = 0, f = 0;               // matrix, points
    friend bool operator==(TransformFunction const&, TransformFunction const&) = default;
};

/// One piece of `content` or `string-set`. Attributes stay names, so that elements can share a style:
/// layout evaluates them against its element.
struct ContentItem {
    enum class Kind : std::uint8_t {
        string,   // text
        attr,     // name, text = fallback
        counter,  // name, style
        counters, // name, text = separator, style
        open_quote,
        close_quote,
        no_open_quote,
        no_close_quote,
        image,           // url
        string_ref,      // string(name, which)
        element_ref,     // element(name, which)
        target_counter,  // of the place `target` points at: name, style
        target_counters, // + text = separator
        target_text,     // of the place `target` points at: which
        leader,          // text = the pattern
        content,         // content(which) of the element itself, in string-set
        sum,             // -deckle-sum(name, extent scope, "pattern"): target = scope, text = pattern
        count,           // -deckle-count(), the same
    };
    enum class Which : std::uint8_t { first, start, last, first_except, text, before, after, first_letter };
    /// What of a scope is added up: all of it, what stands on this page, before it, up to its end, or up to here.
    enum class Extent : std::uint8_t { all, page, before_page, up_to_page, running, running_page };
    Kind kind = Kind::string;
    Which which = Which::first;
    Extent extent = Extent::all;
    std::string text, name;
    std::string style = "decimal"; // counter style
    Url url;
    bool target_is_attr = false; // target-*(attr(href)): `target` is the attribute's name
    std::string target;          // else the address, "#chapter"
    friend bool operator==(ContentItem const&, ContentItem const&) = default;
};
using ContentList = std::vector<ContentItem>;

struct CounterChange {
    std::string name;
    int value = 0;
    friend bool operator==(CounterChange const&, CounterChange const&) = default;
};

/// What an element adds to a named sum: `-deckle-add`. Attributes stay names, as in ContentItem.
struct SumEntry {
    enum class Source : std::uint8_t { literal, attribute, content };
    std::string name;
    Source source = Source::literal;
    std::string value;    // the number, or the attribute's name
    std::string fallback; // without the attribute; empty = none
    friend bool operator==(SumEntry const&, SumEntry const&) = default;
};

struct StringSet {
    std::string name;
    ContentList content;
    friend bool operator==(StringSet const&, StringSet const&) = default;
};

struct FontFeature {
    std::string tag; // four letters
    int value = 1;
    friend bool operator==(FontFeature const&, FontFeature const&) = default;
};

} // namespace deckle::css
