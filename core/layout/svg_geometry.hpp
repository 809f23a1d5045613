/// Geometry of SVG: matrices, bounding boxes, path data, basic shapes, viewBox. User units throughout.
#pragma once
#include "layout/page.hpp"
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::layout::svg {

[[nodiscard]] Point apply(Matrix const& m, Point p);
/// First `inner`, then `outer`.
[[nodiscard]] Matrix combine(Matrix const& outer, Matrix const& inner);
/// nullopt when the matrix flattens everything.
[[nodiscard]] std::optional<Matrix> inverse(Matrix const& m);
[[nodiscard]] bool is_identity(Matrix const& m);
/// By how much areas' sides grow on average.
[[nodiscard]] double scale_of(Matrix const& m);
[[nodiscard]] Path transformed(Path path, Matrix const& m);
/// Exact bounds of the outline, strokes not counted; width and height 0 for an empty path.
[[nodiscard]] Rect bounds(Path const& path);
[[nodiscard]] Rect bounds(Rect const& rect, Matrix const& m);
/// What the items cover together; text counts with the height of its font. Clips are not looked at.
[[nodiscard]] Rect bounds(std::span<Item const> items);

/// Path data; what comes after the first mistake is left out, as SVG says, and `ok` is false then.
/// https://www.w3.org/TR/SVG2/paths.html#PathDataBNF
[[nodiscard]] Path parse_path(std::string_view data, bool& ok);
/// Numbers with blanks and commas between; nullopt when anything else is there.
[[nodiscard]] std::optional<std::vector<double>> parse_numbers(std::string_view text);

[[nodiscard]] Path rect_path(Rect const& rect, double rx = 0, double ry = 0);
[[nodiscard]] Path ellipse_path(Point center, double rx, double ry);
[[nodiscard]] Path poly_path(std::vector<double> const& points, bool close);

/// What the stroke of a path covers, to be filled by the nonzero rule.
[[nodiscard]] Path stroke_area(Path const& path, Stroke const& stroke);

/// How `content` (a viewBox or an image's size) is fitted into `viewport`.
/// https://www.w3.org/TR/SVG2/coords.html#PreserveAspectRatioAttribute
struct Fit {
    bool none = false, slice = false;
    double x = 0.5, y = 0.5; // alignment, 0 = min, 1 = max
};
/// Anything not understood is the default, xMidYMid meet.
[[nodiscard]] Fit parse_fit(std::string_view text);
[[nodiscard]] Matrix fit(Rect const& content, Rect const& viewport, Fit const& how);

} // namespace deckle::layout::svg
