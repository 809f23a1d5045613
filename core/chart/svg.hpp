/// SVG text: elements with presentation attributes only, numbers with one decimal, so the same chart is the same bytes.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::chart {

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool overlaps(Box const& other) const {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }
};

struct Point {
    double x = 0, y = 0;
};

enum class Anchor { start, middle, end };

// Inks of the house style; the brand comes from the theme.
namespace ink {
constexpr std::string_view text = "#1c2733", quiet = "#5b6773", rule = "#9aa6b2", hairline = "#e3e7ec",
                           previous = "#a9b3bd", falling = "#7b8794", bad = "#b4472e", band = "#f6e4de",
                           soon = "#7a5600";
}

/// User units: 7.4 pt or more when 700 units are printed 178 mm wide (A4 with 16 mm margins).
constexpr double quiet_size = 10.3, value_size = 10.6;

/// Advance of `text` in Inter with tabular digits; other scripts by class of character. Within a few percent.
[[nodiscard]] double text_width(std::string_view text, double size, bool bold = false);
/// `text` cut with an ellipsis to at most `width`.
[[nodiscard]] std::string fitted(std::string const& text, double width, double size, bool bold = false);
/// What `text` covers when written at (x, baseline y).
[[nodiscard]] Box text_box(std::string_view text, double x, double y, Anchor anchor, double size, bool bold = false);

[[nodiscard]] std::string number(double value);

class Svg {
public:
    void rect(Box const& box, std::string_view fill, std::string_view stroke = {}, double stroke_width = 1);
    void line(Point from, Point to, std::string_view stroke, double width, std::string_view dashes = {});
    /// Open runs of points; `dashes` as in stroke-dasharray.
    void path(std::vector<std::vector<Point>> const& runs, std::string_view stroke, double width,
              std::string_view dashes = {});
    void circle(Point center, double radius, std::string_view fill);
    void text(std::string_view text, double x, double y, Anchor anchor, double size, std::string_view fill,
              bool bold = false);
    /// Diagonal lines inside `box` and its outline: the notation's forecast. Plain paths, so every viewer draws them.
    void hatched(Box const& box, std::string_view stroke);

    [[nodiscard]] std::string const& body() const { return body_; }

private:
    std::string body_;
};

/// A lighter shade: `share` 0 is the color, 1 is white. REQUIRES: #rrggbb.
[[nodiscard]] std::string lighter(std::string const& color, double share);

} // namespace deckle::chart
