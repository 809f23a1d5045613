/// Labels that keep out of each other's way and off the lines they name.
#pragma once
#include "chart/svg.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::chart {

class Labels {
public:
    /// Everything stays inside `bounds`.
    explicit Labels(Box bounds) : bounds_(bounds) {}

    /// What later labels must not cover.
    void block(Box const& box) { blocked_.push_back(box); }
    /// A polyline later labels should not cross.
    void block_line(std::vector<Point> const& run);

    struct Place {
        double x = 0, y = 0; // baseline
        Anchor anchor = Anchor::middle;
    };
    struct Style {
        double size = value_size;
        std::string_view fill = ink::text;
        bool bold = true;
    };
    /// Writes at the first place that is free and remembers what it covers. False when none is free, unless `must`:
    /// then the place that covers least is taken.
    bool write(Svg& svg, std::string const& text, std::vector<Place> const& places, Style const& style,
               bool must = false);

    [[nodiscard]] bool is_free(Box const& box) const;

private:
    [[nodiscard]] double cost(Box const& box) const; // area of blocked boxes covered, plus the lines crossed

    Box bounds_;
    std::vector<Box> blocked_;
    std::vector<std::pair<Point, Point>> lines_;
};

/// Baselines near the wanted ones, at least `distance` apart, in the same order, within [low, high].
[[nodiscard]] std::vector<double> spread(std::vector<double> const& wanted, double distance, double low, double high);

} // namespace deckle::chart
