// Bars start at zero, always. Values stand on them; where they do not fit, an axis with round steps takes over and only
// the marked bars keep theirs.
#include "chart/frame.hpp"
#include <algorithm>
#include <cmath>

namespace deckle::chart {
namespace {

Scale zero_scale(double low, double high, double top, double bottom) {
    low = std::min(low, 0.0);
    high = std::max(high, 0.0);
    if (low == high) high = 1;
    return {low, high, top, bottom};
}

bool is_compared(Series const& one) {
    return one.role == Role::previous || one.role == Role::plan;
}

/// Writes a value above a bar, or below a negative one.
void value_label(Svg& svg, Labels& labels, std::string const& text, double x, double y, bool negative,
                 Labels::Style const& style, bool must) {
    std::vector<Labels::Place> places{{x, negative ? y + 11 : y - 4, Anchor::middle}};
    for (double const shift : {-4.0, 4.0, -8.0, 8.0}) places.push_back({x + shift, places[0].y, Anchor::middle});
    if (must) places.push_back({x, negative ? y + 22 : y - 15, Anchor::middle});
    labels.write(svg, text, places, style, must);
}

bool has_names(Spec const& spec) {
    return spec.series.size() > 1 && std::ranges::any_of(spec.series, [](Series const& s) { return !s.name.empty(); });
}

struct Stack {
    double up = 0, down = 0;
};

std::vector<Stack> stacks_of(Spec const& spec) {
    std::vector<Stack> stacks(spec.count());
    for (auto const& one : spec.series)
        for (std::size_t i = 0; i < spec.count(); ++i)
            if (one.has(i)) (one.at(i) < 0 ? stacks[i].down : stacks[i].up) += one.at(i);
    return stacks;
}

std::string stack_total(Spec const& spec, std::size_t i) {
    Decimal sum;
    for (auto const& one : spec.series)
        if (one.has(i)) sum += *one.values[i];
    return spec.text(sum);
}

/// The names of a stack's series beside its last column.
void draw_stack_names(Svg& svg, Spec const& spec, Frame const& frame, Scale const& scale, double bar_right) {
    auto const last = spec.count() - 1;
    std::vector<double> wanted;
    std::vector<std::string> names;
    double up = 0, down = 0;
    for (auto const& one : spec.series) {
        double const value = one.has(last) ? one.at(last) : 0;
        double& sum = value < 0 ? down : up;
        if (!one.name.empty()) {
            wanted.push_back(scale.y(sum + value / 2) + 3.6);
            names.push_back(one.name);
        }
        sum += value;
    }
    auto const at = spread(wanted, 12, frame.plot.y + 4, frame.plot.y + frame.plot.height);
    for (std::size_t i = 0; i < names.size(); ++i)
        svg.text(names[i], bar_right + 8, at[i], Anchor::start, quiet_size, ink::quiet);
}

void draw_stack(Svg& svg, Spec const& spec, Frame const& frame, Scale const& scale, std::string const& brand,
                double width, Labels& labels) {
    auto const share = [&](std::size_t s) {
        return spec.series.size() < 2 ? 0.0
                                      : 0.82 * static_cast<double>(s) / static_cast<double>(spec.series.size() - 1);
    };
    auto const stacks = stacks_of(spec);
    for (std::size_t i = 0; i < spec.count(); ++i) {
        double up = 0, down = 0;
        for (std::size_t s = 0; s < spec.series.size(); ++s) {
            auto const& one = spec.series[s];
            if (!one.has(i) || one.at(i) == 0) continue;
            double& sum = one.at(i) < 0 ? down : up;
            double const from = scale.y(sum), to = scale.y(sum + one.at(i));
            sum += one.at(i);
            Box const box{frame.center(i) - width / 2, std::min(from, to), width, std::abs(to - from)};
            auto const shade = lighter(brand, share(s));
            if (spec.is_forecast(one, i))
                svg.hatched(box, share(s) > 0.6 ? lighter(brand, 0.5) : shade);
            else
                svg.rect(box, shade, "#ffffff", 0.6);
            auto const text = spec.text(*one.values[i]);
            bool const fits = box.height >= 12.5 && text_width(text, quiet_size) + 4 <= width;
            if (fits && !spec.is_forecast(one, i))
                svg.text(text, frame.center(i), box.y + box.height / 2 + 3.7, Anchor::middle, quiet_size,
                         share(s) < 0.45 ? "#ffffff" : ink::text);
        }
        bool const any = std::ranges::any_of(spec.series, [&](Series const& s) { return s.has(i); });
        auto const total = stack_total(spec, i);
        if (any && text_width(total, value_size, true) <= frame.slot())
            value_label(svg, labels, total, frame.center(i), scale.y(stacks[i].up), false, {}, false);
    }
}

void draw_clusters(Svg& svg, Spec const& spec, Frame const& frame, Scale const& scale, std::string const& brand,
                   double width, Labels& labels, bool all_labels) {
    auto const slots = bar_slots(spec);
    auto const count = static_cast<double>(slots.count);
    double const bar = width / count;
    for (std::size_t i = 0; i < spec.count(); ++i)
        for (std::size_t s = 0; s < spec.series.size(); ++s) {
            auto const& one = spec.series[s];
            if (!one.has(i)) continue;
            double const zero = scale.y(0), y = scale.y(one.at(i));
            draw_bar(svg, spec, s, i,
                     {frame.center(i) - width / 2 + bar * static_cast<double>(slots.of[s]), std::min(zero, y),
                      bar - (count > 1 ? 1.2 : 0), std::abs(y - zero)},
                     brand);
        }
    auto const top_of = [&](std::size_t s, std::size_t i) {
        return Point{frame.center(i) - width / 2 + bar * (static_cast<double>(slots.of[s]) + 0.5),
                     scale.y(spec.series[s].at(i))};
    };
    for (auto const& mark : spec.marks) {
        auto const at = top_of(mark.series, mark.index);
        value_label(svg, labels, mark.label, at.x, at.y, spec.series[mark.series].at(mark.index) < 0,
                    {value_size, tone_ink(mark.tone), true}, true);
    }
    if (!all_labels) return;
    for (bool const compared : {false, true})
        for (std::size_t s = 0; s < spec.series.size(); ++s)
            for (std::size_t i = 0; i < spec.count(); ++i) {
                auto const& one = spec.series[s];
                bool const marked =
                    std::ranges::any_of(spec.marks, [&](Mark const& m) { return m.series == s && m.index == i; });
                if (!one.has(i) || marked || is_compared(one) != compared) continue;
                auto const at = top_of(s, i);
                Labels::Style const style{compared ? quiet_size : value_size, compared ? ink::quiet : ink::text,
                                          !compared};
                value_label(svg, labels, spec.text(*one.values[i]), at.x, at.y, one.at(i) < 0, style, false);
            }
}

} // namespace

void draw_columns(Svg& svg, Spec const& spec, std::string const& brand) {
    bool const stacked = spec.kind == Kind::stacked_bar;
    double low = 0, high = 0, widest = 0;
    for (auto const& one : spec.series)
        for (std::size_t i = 0; i < spec.count(); ++i)
            if (one.has(i)) {
                low = std::min(low, one.at(i));
                high = std::max(high, one.at(i));
                if (!is_compared(one))
                    widest = std::max(widest, text_width(spec.text(*one.values[i]), value_size, true));
            }
    if (stacked)
        for (auto const& stack : stacks_of(spec)) {
            low = std::min(low, stack.down);
            high = std::max(high, stack.up);
        }
    bool const now_shown = spec.now && *spec.now > 0 && *spec.now < spec.count();
    bool const key = !stacked && has_names(spec);
    double names_width = 0;
    if (stacked)
        for (auto const& one : spec.series) names_width = std::max(names_width, text_width(one.name, quiet_size) + 10);

    double const top = (key ? 18 : 0) + (now_shown ? 16 : 0) + 16;
    Frame frame{{6, top, spec.width - 12 - names_width, 0}, spec.count()};
    if (stacked)
        for (std::size_t i = 0; i < spec.count(); ++i)
            widest = std::max(widest, text_width(stack_total(spec, i), value_size, true));
    bool const all_labels = widest + 3 <= frame.slot() * (!stacked && spec.series.size() > 1 ? 0.8 : 1.0);
    auto const ticks = round_ticks(low, high > low ? high : low + 1, 4);
    if (!all_labels) {
        double const width = tick_width(spec, ticks) + 8;
        frame.plot.x = width;
        frame.plot.width -= width - 6;
    }
    CategoryLabels const categories(spec, frame.slot(), spec.marks.empty() ? 0 : spec.marks[0].index);
    double const bottom = spec.height - categories.height();
    frame.plot.height = bottom - top;
    auto const scale = zero_scale(low, high, top, bottom - (low < 0 ? 13 : 0));
    double const width = std::min(frame.slot() * 0.7, 52.0 * static_cast<double>(stacked ? 1 : bar_slots(spec).count));

    Labels labels({0, 0, spec.width, bottom + 1});
    if (!all_labels) draw_ticks(svg, spec, frame, scale, ticks, labels);
    if (key) draw_key(svg, spec, brand, frame.plot.x, 12);
    draw_now(svg, spec, frame, labels, top - 4, bottom);
    if (stacked)
        draw_stack(svg, spec, frame, scale, brand, width, labels);
    else
        draw_clusters(svg, spec, frame, scale, brand, width, labels, all_labels);
    svg.line({frame.plot.x, scale.y(0)}, {frame.plot.x + frame.plot.width, scale.y(0)}, ink::rule, 0.8);
    categories.draw(svg, spec, frame, bottom);
    if (stacked && spec.count() > 0)
        draw_stack_names(svg, spec, frame, scale, frame.center(spec.count() - 1) + width / 2);
}

std::vector<Step> waterfall_steps(Spec const& spec) {
    std::vector<Step> steps(spec.count());
    double sum = 0;
    auto const& one = spec.series[0];
    for (std::size_t i = 0; i < spec.count(); ++i) {
        auto& step = steps[i];
        step.total = spec.is_total(i);
        step.shown = one.has(i) || step.total;
        step.from = step.total ? 0 : sum;
        if (step.total)
            sum = one.has(i) ? one.at(i) : sum;
        else if (one.has(i))
            sum += one.at(i);
        step.to = sum;
    }
    return steps;
}

void draw_waterfall(Svg& svg, Spec const& spec, std::string const& brand) {
    auto const steps = waterfall_steps(spec);
    double low = 0, high = 0;
    for (auto const& step : steps) {
        low = std::min({low, step.from, step.to});
        high = std::max({high, step.from, step.to});
    }
    double const top = 16;
    Frame frame{{6, top, spec.width - 12, 0}, spec.count()};
    CategoryLabels const categories(spec, frame.slot(), 0);
    double const bottom = spec.height - categories.height();
    auto const scale = zero_scale(low, high, top, bottom - (low < 0 ? 13 : 0));
    double const width = std::min(frame.slot() * 0.66, 60.0);
    Labels labels({0, 0, spec.width, bottom + 1});
    auto const& one = spec.series[0];

    auto const mark_of = [&](std::size_t i) { return std::ranges::find(spec.marks, i, &Mark::index); };
    auto const box_of = [&](std::size_t i) {
        double const from = scale.y(steps[i].from), to = scale.y(steps[i].to);
        return Box{frame.center(i) - width / 2, std::min(from, to), width, std::max(std::abs(to - from), 0.6)};
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const& step = steps[i];
        if (!step.shown) continue;
        auto const mark = mark_of(i);
        bool const falling = step.to < step.from;
        std::string const color = mark != spec.marks.end() ? std::string(tone_ink(mark->tone))
                                  : step.total             ? brand
                                  : falling                ? std::string(ink::falling)
                                                           : lighter(brand, 0.5);
        Box const box = box_of(i);
        if (spec.is_forecast(one, i))
            svg.hatched(box, color);
        else
            svg.rect(box, color);
        if (i + 1 < steps.size())
            svg.line({box.x + box.width, scale.y(step.to)}, {frame.center(i + 1) - width / 2, scale.y(step.to)},
                     ink::rule, 0.6);
        labels.block(box);
    }
    for (bool const marked : {true, false})
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const mark = mark_of(i);
            if (!steps[i].shown || marked != (mark != spec.marks.end())) continue;
            Box const box = box_of(i);
            auto const text = marked       ? mark->label
                              : one.has(i) ? spec.text(*one.values[i], !steps[i].total)
                                           : std::string();
            double const above = box.y - 4, below = box.y + box.height + 11, x = frame.center(i);
            bool const under = steps[i].to < steps[i].from && box.y + box.height + 14 < bottom;
            labels.write(svg, text,
                         {{x, under ? below : above, Anchor::middle}, {x, under ? above : below, Anchor::middle}},
                         {value_size, marked ? tone_ink(mark->tone) : ink::text, steps[i].total || marked}, marked);
        }
    svg.line({frame.plot.x, scale.y(0)}, {frame.plot.x + frame.plot.width, scale.y(0)}, ink::rule, 0.8);
    categories.draw(svg, spec, frame, bottom);
}

bool wants_rows(Spec const& spec) {
    if (spec.kind != Kind::bar || spec.time_axis || spec.now || spec.count() < 2) return false;
    double const slot = (spec.width - 12) / static_cast<double>(spec.count());
    return std::ranges::any_of(spec.categories,
                               [&](std::string const& name) { return text_width(name, quiet_size) + 8 > slot; });
}

void draw_rows(Svg& svg, Spec& spec, std::string const& brand) {
    bool const key = has_names(spec);
    auto const slots = bar_slots(spec);
    auto const series = static_cast<double>(slots.count);
    double const bar = series > 1 ? 8 : 11, row = bar * series + 7, top = key ? 22 : 4;
    double label_width = 0, value_width = 0, low = 0, high = 0;
    for (auto const& name : spec.categories) label_width = std::max(label_width, text_width(name, quiet_size));
    label_width = std::min(label_width, spec.width * 0.36);
    for (auto const& one : spec.series)
        for (std::size_t i = 0; i < spec.count(); ++i)
            if (one.has(i)) {
                low = std::min(low, one.at(i));
                high = std::max(high, one.at(i));
                value_width = std::max(value_width, text_width(spec.text(*one.values[i]), value_size, true));
            }
    for (auto const& mark : spec.marks) value_width = std::max(value_width, text_width(mark.label, value_size, true));
    if (low == high) high = 1;
    double const left = label_width + 10 + (low < 0 ? value_width + 6 : 0);
    double const right = spec.width - value_width - 8;
    auto const x = [&](double value) { return left + (value - low) / (high - low) * (right - left); };
    if (key) draw_key(svg, spec, brand, left, 12);
    for (std::size_t i = 0; i < spec.count(); ++i) {
        double const y = top + row * static_cast<double>(i);
        svg.text(fitted(spec.categories[i], label_width + 1, quiet_size), 0, y + bar * series / 2 + 3.7, Anchor::start,
                 quiet_size, ink::text);
        for (std::size_t s = 0; s < spec.series.size(); ++s) {
            auto const& one = spec.series[s];
            if (!one.has(i)) continue;
            double const from = std::min(x(0), x(one.at(i))), to = std::max(x(0), x(one.at(i)));
            double const bar_y = y + bar * static_cast<double>(slots.of[s]);
            draw_bar(svg, spec, s, i, {from, bar_y, std::max(to - from, 0.6), bar - (series > 1 ? 1 : 0)}, brand);
            auto const mark =
                std::ranges::find_if(spec.marks, [&](Mark const& m) { return m.series == s && m.index == i; });
            bool const marked = mark != spec.marks.end(), negative = one.at(i) < 0;
            auto const fill = marked ? tone_ink(mark->tone) : is_compared(one) ? ink::quiet : ink::text;
            // Two bars share the height of a line: only the first is written, the other is compared by eye.
            if (slots.of[s] > 0 && !marked && bar < 10) continue;
            svg.text(marked ? mark->label : spec.text(*one.values[i]), negative ? from - 5 : to + 5,
                     bar_y + bar / 2 + 3.8, negative ? Anchor::end : Anchor::start, value_size, fill,
                     !is_compared(one));
        }
    }
    spec.height = top + row * static_cast<double>(spec.count());
    svg.line({x(0), top - 2}, {x(0), spec.height - 4}, ink::rule, 0.8);
}

} // namespace deckle::chart
