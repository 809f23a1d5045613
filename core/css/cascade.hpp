/// Rules + element tree -> the computed style of every element.
#pragma once
#include "base/diagnostics.hpp"
#include "css/style.hpp"
#include "css/stylesheet.hpp"
#include "html/document.hpp"
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace deckle::css {

enum class Pseudo : std::uint8_t { before, after, marker, first_line, first_letter, footnote_call, footnote_marker };

struct CascadeOptions {
    double font_size = 12;                            // of `medium`, points
    double page_width = 595.28, page_height = 841.89; // when @page gives no size
    /// Advance of "0" in points for `ch`, height of "x" for `ex`; without them half the font size.
    std::function<double(ComputedStyle const&)> zero_advance, x_height;
    StyleSheet const* user_agent = nullptr; // instead of the built-in one; of Origin::user_agent
    /// Called now and then; it throws when the work takes too long.
    std::function<void()> check_time;
};

// clang-format off
enum class MarginBox : std::uint8_t { top_left_corner, top_left, top_center, top_right, top_right_corner,
    right_top, right_middle, right_bottom, bottom_right_corner, bottom_right, bottom_center, bottom_left,
    bottom_left_corner, left_bottom, left_middle, left_top };
// clang-format on
inline constexpr std::size_t margin_box_count = 16;
[[nodiscard]] std::string_view margin_box_name(MarginBox box);

/// Which page is asked for.
struct PageQuery {
    std::string name;      // named page, empty = none
    std::size_t index = 0; // from 0; index 0 is :first
    bool left = false;     // else :right
    bool blank = false;    // made only to reach a left or right page
};

/// One page: margins, padding, border and background are those of `style`.
struct PageStyle {
    double width = 0, height = 0; // points, orientation applied
    StylePtr style;
    /// Null where no box is generated (no `content`, or none).
    std::array<StylePtr, margin_box_count> margin_boxes;
    /// The footnote area (@footnote), null when not styled.
    StylePtr footnote_area;
};

/// All styles of one document, computed at construction. Immutable afterwards, except page_style() and style_below()
/// which keep what they made: one thread at a time. REQUIRES: document and diagnostics outlive it.
class Cascade {
public:
    Cascade(html::Document const& document, std::vector<StyleSheet> sheets, CascadeOptions options,
            Diagnostics& diagnostics);
    Cascade(Cascade&&) noexcept;
    Cascade& operator=(Cascade&&) noexcept;
    ~Cascade();

    [[nodiscard]] ComputedStyle const& style(html::Element const& element) const;
    [[nodiscard]] StylePtr style_ptr(html::Element const& element) const;
    /// Null when there is no such box: for before and after no `content`, else no rule matches.
    [[nodiscard]] ComputedStyle const* pseudo(html::Element const& element, Pseudo which) const;
    [[nodiscard]] StylePtr pseudo_ptr(html::Element const& element, Pseudo which) const;
    /// The style the element would have as a child of something with style `parent`: SVG's <use>. `parent` must come
    /// from this cascade. Kept, so one thread at a time.
    [[nodiscard]] StylePtr style_below(html::Element const& element, ComputedStyle const& parent) const;
    [[nodiscard]] PageStyle const& page_style(PageQuery const& query) const;
    [[nodiscard]] std::vector<FontFace> const& font_faces() const;
    [[nodiscard]] html::Document const& document() const;
    /// Where the declaration stands that gives the element this property: in a rule of a sheet, not in a `style`
    /// attribute. Looked up anew each time.
    [[nodiscard]] std::optional<Position> declared_at(html::Element const& element, std::string_view property) const;
    /// How many different styles there are.
    [[nodiscard]] std::size_t style_count() const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// Style of an anonymous box below `parent`: inherited properties from it, the rest initial.
[[nodiscard]] StylePtr anonymous_style(ComputedStyle const& parent, Display display);

/// The computed styles as text (those that differ from the parent's and the initial values), for tests and debugging.
[[nodiscard]] std::string dump(Cascade const& cascade);
[[nodiscard]] std::string dump(ComputedStyle const& style, ComputedStyle const& base);

} // namespace deckle::css
