/// The chart spec read into values. Figures keep their exact text for labels; geometry uses doubles.
#pragma once
#include "base/date.hpp"
#include "model/formatter.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::chart {

enum class Kind { bar, stacked_bar, line, step, waterfall, sparkline };
enum class Role { actual, plan, forecast, previous };
enum class Tone { none, bad, soon, strong, low };

struct Series {
    std::string name;
    Role role = Role::actual;
    std::vector<std::optional<Decimal>> values;
    /// Geometry only. REQUIRES: the value is there.
    [[nodiscard]] double at(std::size_t i) const;
    [[nodiscard]] bool has(std::size_t i) const { return i < values.size() && values[i].has_value(); }
};

struct Mark {
    std::size_t series = 0, index = 0;
    std::string label; // value and the plugin's words
    Tone tone = Tone::strong;
};

struct Band {
    double from = 0, to = 0;
    std::string label;
};

struct Spec {
    Kind kind = Kind::bar;
    std::string title, unit, alt;
    std::vector<std::string> categories;
    bool time_axis = false; // categories are dates: columns side by side, never rows
    std::vector<Series> series;
    std::optional<std::size_t> now;
    std::optional<Band> band;
    std::vector<Mark> marks;
    std::vector<std::size_t> totals;
    double width = 700, height = 146;
    bool height_given = false;

    /// A value as it is written on the chart.
    [[nodiscard]] std::string text(Decimal const& value, bool sign = false) const;
    [[nodiscard]] std::size_t count() const { return categories.size(); }
    [[nodiscard]] bool empty() const; // no value at all
    [[nodiscard]] bool is_total(std::size_t i) const;
    [[nodiscard]] bool is_forecast(Series const& one, std::size_t i) const;

    model::Formatter const* formatter = nullptr; // the caller's; outlives the spec
    model::NumberStyle style;
    std::string currency;
};

/// REQUIRES: a valid spec.
[[nodiscard]] Spec read_spec(model::Json const& spec, model::Formatter const& formatter);

} // namespace deckle::chart
