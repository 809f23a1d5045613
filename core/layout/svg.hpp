/// SVG pictures -> page items. Paths, basic shapes, text, gradients, patterns, clip paths, symbols, images.
/// What is not supported (filters, masks, markers, animation, foreignObject) is reported as "svg-unsupported".
#pragma once
#include "base/diagnostics.hpp"
#include "css/cascade.hpp"
#include "html/document.hpp"
#include "layout/image.hpp"
#include "layout/page.hpp"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::text {
class FontSet;
class Shaper;
} // namespace deckle::text

namespace deckle::layout {

/// What drawing needs from outside.
struct DrawContext {
    text::FontSet& fonts;
    text::Shaper& shaper;
    Diagnostics& diagnostics;
    /// Images that are not data: addresses; null result or no function = left out with a diagnostic.
    std::function<std::shared_ptr<Image const>(std::string const& url, std::string const& base)> image = {};
    int nesting = 0; // pictures inside pictures: the caller leaves it
};

/// One picture: an <svg> element of a document, or a file of its own.
class Drawing {
public:
    /// REQUIRES: document and cascade outlive the drawing.
    Drawing(html::Element const& svg, css::Cascade const& cascade);
    /// Throws Error{data} when the text is no SVG, Error{limit} past a limit.
    Drawing(std::string_view text, std::string const& file, css::CascadeOptions const& options,
            Diagnostics& diagnostics);
    Drawing(Drawing const&) = delete;
    Drawing& operator=(Drawing const&) = delete;
    ~Drawing();

    /// Natural size in points from width and height (absent: percentages or missing), and width/height of the viewBox
    /// or of that size, 0 when unknown.
    [[nodiscard]] std::optional<double> width() const { return width_; }
    [[nodiscard]] std::optional<double> height() const { return height_; }
    [[nodiscard]] double ratio() const { return ratio_; }

    /// Appends the items, fitted into `viewport` (points on the page) by viewBox and preserveAspectRatio and clipped to
    /// it unless overflow is visible.
    void draw(Rect const& viewport, DrawContext& context, std::vector<Item>& out) const;

private:
    struct Own; // document and cascade of a file
    std::unique_ptr<Own> own_;
    html::Element const* root_ = nullptr;
    css::Cascade const* cascade_ = nullptr;
    std::optional<double> width_, height_;
    double ratio_ = 0;

    void measure();
};

} // namespace deckle::layout
