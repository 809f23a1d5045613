/// The fragmentation protocol. Every layout function takes the space it may fill and where to go on, and gives back a
/// fragment and where to go on next. It never writes outside the room it was given while there is another way:
///
/// - A box that does not fit breaks inside (Laid::token) or asks to begin on the next page (Laid::empty). Each break
///   has a Quality; a parent that knows a better place, before the box or further up (Laid::inside of what is already
///   placed), lays itself out again with Space::stop at that place. Such a repeat happens at most once a level.
/// - With Space::top nothing stands above on this page, so the box must place something: then it may exceed the room.
///   That is the rule by which every page consumes something.
/// - Margins: a box's top margin, with those of first children that touch it, is known before its layout
///   (top_margins()), so its position is final when it is laid out; bottom margins come back in Laid::bottom.
// https://www.w3.org/TR/css-break-3/
#pragma once
#include "layout/floats.hpp"
#include "layout/fragment.hpp"
#include "layout/token.hpp"
#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace deckle::layout {

inline constexpr double unlimited = std::numeric_limits<double>::infinity();
inline constexpr double tolerance = 0.001; // points; sums of rounded lengths may differ by less

/// How good a break is; a greater one is preferred, and the later of equal ones.
enum class Quality : std::uint8_t { last_resort, avoided, lines_alone, perfect };

/// A place to break: before `box`, before its line or row `index`, or somewhere inside (`inner`).
struct BreakPoint {
    Box const* box = nullptr;
    bool before = false;
    std::size_t index = 0;
    std::unique_ptr<BreakPoint> inner;
    Quality quality = Quality::perfect;
};
using BreakPointPtr = std::unique_ptr<BreakPoint>;

/// Margins that touch.
struct MarginStrut {
    double positive = 0, negative = 0;
    void add(double margin) {
        if (margin >= 0) {
            positive = std::max(positive, margin);
        } else {
            negative = std::min(negative, margin);
        }
    }
    void add(MarginStrut const& other) {
        positive = std::max(positive, other.positive);
        negative = std::min(negative, other.negative);
    }
    [[nodiscard]] double sum() const { return positive + negative; }
};

/// Widths around the character that the cells of a column are aligned on: the greatest of all of them.
struct Aligned {
    double before = 0, after = 0; // `after` begins with the character
};

struct Space {
    double width = 0;                 // content width of the containing block
    std::optional<double> height;     // its content height, when definite: for percentages
    double room = unlimited;          // from the box's top border edge to the end of the page
    double page = unlimited;          // room on an empty page
    bool top = false;                 // nothing stands above on this page
    Floats* floats = nullptr;         // of the formatting context the box stands in; null: a context of its own
    Point at;                         // the box's border box corner in that context
    BreakPoint const* stop = nullptr; // break there: decided by an earlier attempt
    // Sizes that the parent's algorithm decides, border box.
    std::optional<double> fixed_width, fixed_height;
    bool shrink = false;              // width: auto means as wide as the content
    Insets const* border = nullptr;   // collapsed borders instead of the style's
    Aligned const* aligned = nullptr; // text-align: "." of a cell
};

/// A positioned box that its containing block lays out when its own size is known.
struct Pending {
    Box const* box = nullptr;
    Point at; // where it would stand, in the coordinates of the fragment that reports it
};

struct Laid {
    Fragment fragment;
    bool empty = false;                                  // nothing was placed: break before the box
    TokenPtr token;                                      // null: finished
    Quality quality = Quality::perfect;                  // of the break, with `token`
    BreakPointPtr inside;                                // the best break within what was placed
    Insets margin;                                       // used values
    MarginStrut bottom;                                  // with those of last children that touch it
    std::optional<double> first_baseline, last_baseline; // from the fragment's top
    std::vector<Pending> pending;
    // A forced break ends this piece:
    bool forced = false;
    css::BreakKind side = css::BreakKind::page; // left, right, recto, verso: the page to go on with
    std::string_view page_name;                 // named page to go on with
};

struct Context;

/// Lays out any block-level or atomic box: dispatches on its kind.
[[nodiscard]] Laid layout_box(Context& context, Box const& box, Space const& space, Token const* token);
// The same for one kind each.
[[nodiscard]] Laid layout_block(Context& context, Box const& box, Space const& space, Token const* token);
[[nodiscard]] Laid layout_lines(Context& context, Box const& box, Space const& space, Token const* token);
[[nodiscard]] Laid layout_table(Context& context, Box const& table, Space const& space, Token const* token);
[[nodiscard]] Laid layout_flex(Context& context, Box const& box, Space const& space, Token const* token);
[[nodiscard]] Laid layout_replaced(Context& context, Box const& box, Space const& space);

/// The margins that touch at the top of a block, its own included; `width` of its containing block.
[[nodiscard]] MarginStrut top_margins(Box const& box, double width);

/// Widths with margins, border and padding: the least without overflow, and the one without any line wrapped.
struct Widths {
    double min = 0, max = 0;
};
[[nodiscard]] Widths content_widths(Context& context, Box const& box);
/// The same of the content box, whatever `width` says.
[[nodiscard]] Widths inner_widths(Context& context, Box const& box);

/// Lays out what is pending for `laid.fragment` as containing block (its padding box); the rest stays pending. What
/// reaches below the room of `space` goes on on the next page (Fragment::rest).
void place_positioned(Context& context, Box const& box, Laid& laid, Insets const& border, Space const& space);
/// The same for any containing block, in the fragment's coordinates; `fixed_too` for the page. With a finite `room`,
/// from the fragment's top to the end of the page, boxes break there.
void place_pending(Context& context, Rect const& block, Laid& laid, bool fixed_too, double room = unlimited,
                   double page = unlimited);
/// Moves `child` into `parent.fragment.children` at `at`, with what it has pending.
void adopt(Laid& parent, Laid&& child, Point at);
/// position: relative: how far the box is moved. Percentages of `width` and `height`.
[[nodiscard]] Point relative_offset(Box const& box, double width, std::optional<double> height);

[[nodiscard]] bool is_forced(css::BreakKind kind);
[[nodiscard]] bool is_avoided(css::BreakKind kind);
/// The quality of a break between two siblings.
[[nodiscard]] Quality between(Box const& before, Box const& after);

} // namespace deckle::layout
