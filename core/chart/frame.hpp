/// Where things stand: the plot, its two scales, and the category labels below it.
#pragma once
#include "chart/labels.hpp"
#include "chart/spec.hpp"
#include "chart/svg.hpp"
#include <string>
#include <vector>

namespace deckle::chart {

/// A linear scale from values to y, growing upwards.
struct Scale {
    double low = 0, high = 1;
    double top = 0, bottom = 1; // in user units
    [[nodiscard]] double y(double value) const { return bottom - (value - low) / (high - low) * (bottom - top); }
};

/// Round values 1, 2 or 5 × 10^n inside [low, high], about `wanted` of them.
struct Ticks {
    std::vector<Decimal> values;
    int digits = 0; // places the step needs
};
[[nodiscard]] Ticks round_ticks(double low, double high, int wanted);
[[nodiscard]] double to_double(Decimal const& value);

struct Frame {
    Box plot;
    std::size_t count = 1;
    [[nodiscard]] double slot() const { return plot.width / static_cast<double>(count == 0 ? 1 : count); }
    [[nodiscard]] double edge(std::size_t i) const { return plot.x + slot() * static_cast<double>(i); }
    [[nodiscard]] double center(std::size_t i) const { return edge(i) + slot() / 2; }
};

/// Category labels that do not touch: dates are thinned out evenly (keeping `keep` where possible), names are broken
/// over two lines, then cut. Lines needed are known before drawing, since they take room from the plot.
class CategoryLabels {
public:
    CategoryLabels(Spec const& spec, double slot, std::size_t keep);
    [[nodiscard]] double height() const { return two_lines_ ? 34 : 22; }
    void draw(Svg& svg, Spec const& spec, Frame const& frame, double top) const;

private:
    std::size_t stride_ = 1, offset_ = 0;
    bool two_lines_ = false;
    std::vector<std::vector<std::string>> lines_; // of each category shown
};

/// Hairlines with quiet numbers at the left of the plot.
void draw_ticks(Svg& svg, Spec const& spec, Frame const& frame, Scale const& scale, Ticks const& ticks, Labels& labels);
[[nodiscard]] double tick_width(Spec const& spec, Ticks const& ticks);
[[nodiscard]] std::string tick_text(Spec const& spec, Decimal const& tick, int digits);

/// The line between what happened and what is expected, with both words where there is room.
void draw_now(Svg& svg, Spec const& spec, Frame const& frame, Labels& labels, double top, double bottom);

[[nodiscard]] std::string_view tone_ink(Tone tone);

// One drawing each, into `svg`; rows set the height they need.
void draw_lines(Svg& svg, Spec const& spec, std::string const& brand);
void draw_columns(Svg& svg, Spec const& spec, std::string const& brand);
void draw_waterfall(Svg& svg, Spec const& spec, std::string const& brand);
void draw_rows(Svg& svg, Spec& spec, std::string const& brand);
void draw_sparkline(Svg& svg, Spec const& spec, std::string const& brand);
/// True when a bar chart reads better as rows: names, not dates, and too long to stand side by side.
[[nodiscard]] bool wants_rows(Spec const& spec);
/// Running totals of a waterfall: where each step starts and ends.
struct Step {
    double from = 0, to = 0;
    bool total = false, shown = false;
};
[[nodiscard]] std::vector<Step> waterfall_steps(Spec const& spec);

/// Which bar of a cluster each series takes: a forecast continues the actual series in its place when no category has
/// both.
struct BarSlots {
    std::vector<std::size_t> of; // by series
    std::size_t count = 0;
};
[[nodiscard]] BarSlots bar_slots(Spec const& spec);

/// Swatches with the series' names in one line from (x, baseline y).
void draw_key(Svg& svg, Spec const& spec, std::string const& brand, double x, double y);
/// One bar in its role's notation.
void draw_bar(Svg& svg, Spec const& spec, std::size_t series, std::size_t index, Box box, std::string const& brand);

} // namespace deckle::chart
