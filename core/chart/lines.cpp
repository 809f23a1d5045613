// Lines and steps, and the sparkline. A line need not start at zero: it shows movement; its ends and turns carry
// values.
#include "chart/frame.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::chart {
namespace {

struct Range {
    double low = HUGE_VAL, high = -HUGE_VAL;
    void add(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

Range range_of(Spec const& spec) {
    Range range;
    for (auto const& one : spec.series)
        for (std::size_t i = 0; i < one.values.size(); ++i)
            if (one.has(i)) range.add(one.at(i));
    return range;
}

Scale scale_of(Spec const& spec, double top, double bottom) {
    auto range = range_of(spec);
    if (spec.band) range.add(spec.band->to);
    double span = range.high - range.low;
    if (span == 0) span = std::max(std::abs(range.high) * 0.2, 1.0);
    double low = range.low - span * (spec.band && spec.band->to <= range.low ? 0.22 : 0.16);
    // A line that comes near zero may as well stand on it.
    if (range.low >= 0 && range.low <= span * 0.4) low = 0;
    return {low, range.high + span * 0.12, top, bottom};
}

/// What is drawn in one go: a part of a series in one notation.
struct Run {
    std::vector<Point> points;
    bool forecast = false;
};

std::vector<Run> runs_of(Spec const& spec, std::size_t series, Frame const& frame, Scale const& scale) {
    auto const& one = spec.series[series];
    bool const step = spec.kind == Kind::step;
    std::vector<Run> out;
    bool open = false;
    for (std::size_t i = 0; i < spec.count(); ++i) {
        if (!one.has(i)) {
            open = false;
            continue;
        }
        bool const forecast = spec.is_forecast(one, i);
        double const y = scale.y(one.at(i));
        if (!open || out.back().forecast != forecast) {
            Run run{{}, forecast};
            // A forecast starts where what happened ended, be it in this series or in the actual one.
            if (open)
                run.points.push_back(out.back().points.back());
            else if (forecast && i > 0)
                for (auto const& other : spec.series)
                    if (other.role == Role::actual && &other != &one && other.has(i - 1) && !other.has(i) &&
                        run.points.empty())
                        run.points.push_back({step ? frame.edge(i) : frame.center(i - 1), scale.y(other.at(i - 1))});
            out.push_back(std::move(run));
            open = true;
        }
        auto& points = out.back().points;
        if (step) {
            points.push_back({frame.edge(i), y});
            points.push_back({frame.edge(i + 1), y});
        } else {
            points.push_back({frame.center(i), y});
        }
    }
    return out;
}

void draw_runs(Svg& svg, Spec const& spec, std::size_t series, std::vector<Run> const& runs, std::string const& brand) {
    auto const& one = spec.series[series];
    auto const shade = std::count_if(spec.series.begin(), spec.series.begin() + static_cast<std::ptrdiff_t>(series),
                                     [](Series const& s) { return s.role == Role::actual; });
    auto const color = lighter(brand, std::min(0.6, 0.32 * static_cast<double>(one.role == Role::actual ? shade : 0)));
    for (auto const& run : runs) {
        if (run.points.size() == 1)
            svg.circle(run.points[0], 2.2, color); // a value between two gaps
        else if (one.role == Role::previous)
            svg.path({run.points}, ink::previous, 1.5);
        else if (one.role == Role::plan)
            svg.path({run.points}, ink::quiet, 1.2, "1.6 2.4");
        else if (run.forecast)
            svg.path({run.points}, color, 1.5, "5 3");
        else
            svg.path({run.points}, color, 2.2);
    }
}

std::size_t last_of(Series const& one) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < one.values.size(); ++i)
        if (one.has(i)) last = i;
    return last;
}

std::string end_text(Spec const& spec, Series const& one) {
    auto const value = spec.text(*one.values[last_of(one)]);
    return spec.series.size() > 1 && !one.name.empty() ? value + " " + one.name : value;
}

std::vector<Labels::Place> around(Point at, bool below_first) {
    std::vector<Labels::Place> const below{{at.x, at.y + 14, Anchor::middle}}, above{{at.x, at.y - 7, Anchor::middle}};
    std::vector<Labels::Place> places = below_first ? below : above;
    places.insert(places.end(), below_first ? above.begin() : below.begin(), below_first ? above.end() : below.end());
    for (auto const& more : {Labels::Place{at.x + 7, at.y + 13, Anchor::start},
                             {at.x - 7, at.y + 13, Anchor::end},
                             {at.x + 7, at.y - 6, Anchor::start},
                             {at.x - 7, at.y - 6, Anchor::end},
                             {at.x, at.y + 24, Anchor::middle},
                             {at.x, at.y - 17, Anchor::middle}})
        places.push_back(more);
    return places;
}

/// The highest and the lowest value of the only series, when nothing else is marked.
void draw_extremes(Svg& svg, Spec const& spec, Frame const& frame, Scale const& scale, Labels& labels) {
    auto const& one = spec.series[0];
    std::size_t low = last_of(one), high = low;
    for (std::size_t i = 0; i < one.values.size(); ++i) {
        if (!one.has(i)) continue;
        if (one.at(i) < one.at(low)) low = i;
        if (one.at(i) > one.at(high)) high = i;
    }
    for (auto const i : {high, low}) {
        if (i == last_of(one)) continue;
        labels.write(svg, spec.text(*one.values[i]), around({frame.center(i), scale.y(one.at(i))}, i == low), {});
    }
}

} // namespace

void draw_lines(Svg& svg, Spec const& spec, std::string const& brand) {
    double right = 0;
    for (auto const& one : spec.series)
        if (std::ranges::any_of(one.values, [](auto const& v) { return v.has_value(); }))
            right = std::max(right, text_width(end_text(spec, one), value_size, true));
    if (spec.band) right = std::max(right, text_width(spec.band->label, quiet_size));
    bool const now_shown = spec.now && *spec.now > 0 && *spec.now < spec.count();
    double const top = now_shown ? 22 : 14;

    Frame frame{{6, top, spec.width - 6 - right - 8, 0}, spec.count()};
    std::size_t const keep = spec.marks.empty() ? 0 : spec.marks[0].index;
    Scale const draft = scale_of(spec, top, 1);
    auto const ticks = round_ticks(draft.low, draft.high, 3);
    bool const axis = spec.series.size() > 1;
    if (axis) {
        double const width = tick_width(spec, ticks) + 8;
        frame.plot.x = width;
        frame.plot.width -= width - 6;
    }
    CategoryLabels const categories(spec, frame.slot(), keep);
    double const bottom = spec.height - categories.height();
    frame.plot.height = bottom - top;
    Scale const scale = scale_of(spec, top, bottom);
    double const end_x = frame.plot.x + frame.plot.width + 6;

    if (spec.band) {
        double const from = std::max(spec.band->from, scale.low), to = std::min(spec.band->to, scale.high);
        if (to > from) svg.rect({frame.plot.x, scale.y(to), frame.plot.width, scale.y(from) - scale.y(to)}, ink::band);
    }
    Labels labels({0, 0, spec.width, bottom + 2});
    if (axis) draw_ticks(svg, spec, frame, scale, ticks, labels);
    if (scale.low < 0 && scale.high > 0)
        svg.line({frame.plot.x, scale.y(0)}, {frame.plot.x + frame.plot.width, scale.y(0)}, ink::rule, 0.7);

    std::vector<std::vector<Run>> all;
    for (std::size_t s = 0; s < spec.series.size(); ++s) {
        all.push_back(runs_of(spec, s, frame, scale));
        for (auto const& run : all.back()) labels.block_line(run.points);
    }
    // What is compared with lies under what is shown.
    for (bool const under : {true, false})
        for (std::size_t s = 0; s < spec.series.size(); ++s)
            if ((spec.series[s].role == Role::previous || spec.series[s].role == Role::plan) == under)
                draw_runs(svg, spec, s, all[s], brand);
    draw_now(svg, spec, frame, labels, top, bottom);
    categories.draw(svg, spec, frame, bottom);

    std::vector<std::string> names;
    std::vector<double> wanted;
    std::vector<Labels::Style> styles;
    for (auto const& one : spec.series) {
        if (std::ranges::none_of(one.values, [](auto const& v) { return v.has_value(); })) continue;
        auto const last = last_of(one);
        bool const marked = std::ranges::any_of(
            spec.marks, [&](Mark const& m) { return &spec.series[m.series] == &one && m.index == last; });
        // The line of an actual series that goes on as forecast ends within the plot: its end is no label of its own.
        if (marked || (last + 1 < spec.count() && spec.series.size() == 1)) continue;
        bool const compared = one.role == Role::previous || one.role == Role::plan;
        names.push_back(end_text(spec, one));
        wanted.push_back(scale.y(one.at(last)) + 3.8);
        styles.push_back({value_size, compared ? ink::quiet : ink::text, !compared});
    }
    if (spec.band && !spec.band->label.empty()) {
        names.push_back(spec.band->label);
        wanted.push_back(
            (scale.y(std::max(spec.band->from, scale.low)) + scale.y(std::min(spec.band->to, scale.high))) / 2 + 3.6);
        styles.push_back({quiet_size, ink::bad, false});
    }
    auto const at = spread(wanted, 12.5, top, bottom);
    for (std::size_t i = 0; i < names.size(); ++i)
        labels.write(svg, names[i], {{end_x, at[i], Anchor::start}}, styles[i], true);

    for (auto const& mark : spec.marks) {
        Point const point{frame.center(mark.index), scale.y(spec.series[mark.series].at(mark.index))};
        svg.circle(point, 3.2, tone_ink(mark.tone));
        labels.block({point.x - 3.2, point.y - 3.2, 6.4, 6.4});
    }
    for (auto const& mark : spec.marks) {
        Point const point{frame.center(mark.index), scale.y(spec.series[mark.series].at(mark.index))};
        labels.write(svg, mark.label, around(point, mark.tone == Tone::bad || mark.tone == Tone::low),
                     {value_size, tone_ink(mark.tone), true}, true);
    }
    if (spec.series.size() != 1) return;
    auto const& one = spec.series[0];
    if (now_shown && one.has(*spec.now - 1)) {
        double const x = frame.edge(*spec.now) - 5, y = scale.y(one.at(*spec.now - 1));
        labels.write(svg, spec.text(*one.values[*spec.now - 1]),
                     {{x, y + 13, Anchor::end},
                      {x, y - 6, Anchor::end},
                      {x - 20, y + 13, Anchor::end},
                      {x - 20, y - 6, Anchor::end}},
                     {});
    }
    if (spec.marks.empty()) draw_extremes(svg, spec, frame, scale, labels);
}

void draw_sparkline(Svg& svg, Spec const& spec, std::string const& brand) {
    auto const range = range_of(spec);
    double const span = range.high > range.low ? range.high - range.low : 1;
    Scale const scale{range.low - (range.high > range.low ? 0 : 0.5),
                      range.low - (range.high > range.low ? 0 : 0.5) + span, 3.5, spec.height - 3.5};
    Frame const frame{{0, 0, spec.width - 4, spec.height}, spec.count()};
    for (std::size_t s = 0; s < spec.series.size(); ++s) draw_runs(svg, spec, s, runs_of(spec, s, frame, scale), brand);
    for (auto const& mark : spec.marks)
        svg.circle({frame.center(mark.index), scale.y(spec.series[mark.series].at(mark.index))}, 2.4,
                   tone_ink(mark.tone));
    auto const& one = spec.series[0];
    auto const last = last_of(one);
    if (spec.marks.empty() && one.has(last)) svg.circle({frame.center(last), scale.y(one.at(last))}, 2.4, brand);
}

} // namespace deckle::chart
