#include "chart/frame.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace deckle::chart {

double to_double(Decimal const& value) {
    double scale = 1;
    for (int i = 0; i < value.scale(); ++i) scale *= 10;
    return static_cast<double>(value.units()) / scale;
}

Ticks round_ticks(double low, double high, int wanted) {
    Ticks out;
    if (!(high > low)) return out;
    double const rough = (high - low) / std::max(wanted, 1);
    int const exponent = static_cast<int>(std::floor(std::log10(rough)));
    double const power = std::pow(10.0, exponent);
    int const factor = rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10;
    double const step = factor * power;
    out.digits = std::max(0, factor == 10 ? -exponent - 1 : -exponent);
    for (double k = std::ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) {
        if (auto const tick = Decimal::parse(fmt::format("{:.{}f}", k * step, std::min(out.digits, 18))))
            out.values.push_back(*tick);
        if (out.values.size() > 50) break;
    }
    return out;
}

CategoryLabels::CategoryLabels(Spec const& spec, double slot, std::size_t keep) {
    auto const& names = spec.categories;
    constexpr double gap = 8;
    auto const width = [&](std::string const& text) { return text_width(text, quiet_size); };
    bool const thin_out =
        spec.time_axis || spec.now || names.size() > 24 || spec.kind == Kind::line || spec.kind == Kind::step;
    for (auto const& name : names) lines_.push_back({name});
    if (thin_out) {
        auto const fits = [&](std::size_t stride, std::size_t offset) {
            for (std::size_t i = offset; i + stride < names.size(); i += stride)
                if ((width(names[i]) + width(names[i + stride])) / 2 + gap > slot * static_cast<double>(stride))
                    return false;
            return true;
        };
        while (stride_ < names.size() && !fits(stride_, keep % stride_)) ++stride_;
        offset_ = keep % stride_;
        return;
    }
    for (auto& lines : lines_) {
        std::string const name = lines[0];
        if (width(name) + gap <= slot) continue;
        // The break that makes the wider of two lines narrowest.
        std::size_t best = std::string::npos;
        double best_width = HUGE_VAL;
        for (auto at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
            double const wider = std::max(width(name.substr(0, at)), width(name.substr(at + 1)));
            if (wider < best_width) {
                best_width = wider;
                best = at;
            }
        }
        if (best == std::string::npos)
            lines = {fitted(name, slot - 4, quiet_size)};
        else
            lines = {fitted(name.substr(0, best), slot - 4, quiet_size),
                     fitted(name.substr(best + 1), slot - 4, quiet_size)};
        two_lines_ = two_lines_ || lines.size() > 1;
    }
}

void CategoryLabels::draw(Svg& svg, Spec const& spec, Frame const& frame, double top) const {
    for (std::size_t i = offset_; i < lines_.size(); i += stride_) {
        double y = top + 15;
        for (auto const& line : lines_[i]) {
            double const half = text_width(line, quiet_size) / 2;
            double const x = std::clamp(frame.center(i), std::min(half, spec.width / 2),
                                        std::max(spec.width - half, spec.width / 2));
            svg.text(line, x, y, Anchor::middle, quiet_size, ink::quiet);
            y += 12;
        }
    }
}

std::string tick_text(Spec const& spec, Decimal const& tick, int digits) {
    auto style = spec.style;
    style.digits = std::max(0, digits - style.scale);
    return spec.currency.empty() || style.scale > 0 ? spec.formatter->number(tick, style)
                                                    : spec.formatter->money(tick, spec.currency, style);
}

double tick_width(Spec const& spec, Ticks const& ticks) {
    double width = 0;
    for (auto const& tick : ticks.values)
        width = std::max(width, text_width(tick_text(spec, tick, ticks.digits), quiet_size));
    return width;
}

void draw_ticks(Svg& svg, Spec const& spec, Frame const& frame, Scale const& scale, Ticks const& ticks,
                Labels& labels) {
    for (auto const& tick : ticks.values) {
        double const y = scale.y(to_double(tick));
        svg.line({frame.plot.x, y}, {frame.plot.x + frame.plot.width, y}, ink::hairline, 0.7);
        auto const text = tick_text(spec, tick, ticks.digits);
        svg.text(text, frame.plot.x - 6, y + 3.6, Anchor::end, quiet_size, ink::quiet);
        labels.block(text_box(text, frame.plot.x - 6, y + 3.6, Anchor::end, quiet_size));
    }
}

void draw_now(Svg& svg, Spec const& spec, Frame const& frame, Labels& labels, double top, double bottom) {
    if (!spec.now || *spec.now == 0 || *spec.now >= spec.count()) return;
    double const x = frame.edge(*spec.now);
    svg.line({x, top - 12}, {x, bottom}, ink::rule, 0.7);
    labels.block({x - 1, top - 12, 2, bottom - top + 12});
    Labels::Style const quiet{quiet_size, ink::quiet, false};
    labels.write(svg, "actual", {{x - 5, top - 5, Anchor::end}}, quiet);
    labels.write(svg, "forecast", {{x + 5, top - 5, Anchor::start}}, quiet);
}

std::string_view tone_ink(Tone tone) {
    return tone == Tone::bad || tone == Tone::low ? ink::bad : tone == Tone::soon ? ink::soon : ink::text;
}

void draw_bar(Svg& svg, Spec const& spec, std::size_t series, std::size_t index, Box box, std::string const& brand) {
    auto const& one = spec.series[series];
    bool const marked = std::ranges::any_of(spec.marks, [&](Mark const& m) {
        return m.series == series && m.index == index && (m.tone == Tone::bad || m.tone == Tone::low);
    });
    std::string const color(marked ? ink::bad : std::string_view(brand));
    box.height = std::max(box.height, 0.6);
    if (spec.is_forecast(one, index))
        svg.hatched(box, color);
    else if (one.role == Role::plan)
        svg.rect({box.x + 0.5, box.y + 0.5, std::max(box.width - 1, 0.5), std::max(box.height - 1, 0.5)}, "#ffffff",
                 color, 1);
    else if (one.role == Role::previous)
        svg.rect(box, marked ? std::string_view(ink::bad) : ink::previous);
    else {
        // Further actual series take lighter shades of the brand.
        auto const shade = std::count_if(spec.series.begin(), spec.series.begin() + static_cast<std::ptrdiff_t>(series),
                                         [](Series const& s) { return s.role == Role::actual; });
        svg.rect(box, marked ? color : lighter(brand, std::min(0.7, 0.38 * static_cast<double>(shade))));
    }
}

BarSlots bar_slots(Spec const& spec) {
    BarSlots slots;
    for (std::size_t s = 0; s < spec.series.size(); ++s) {
        slots.of.push_back(slots.count);
        for (std::size_t other = 0; other < s && spec.series[s].role == Role::forecast; ++other) {
            bool apart = spec.series[other].role == Role::actual;
            for (std::size_t i = 0; i < spec.count(); ++i)
                apart = apart && !(spec.series[other].has(i) && spec.series[s].has(i));
            if (!apart) continue;
            slots.of.back() = slots.of[other];
            break;
        }
        if (slots.of.back() == slots.count) ++slots.count;
    }
    return slots;
}

void draw_key(Svg& svg, Spec const& spec, std::string const& brand, double x, double y) {
    Spec plain = spec; // swatches show roles, not what is marked or to come
    plain.marks.clear();
    plain.now.reset();
    for (std::size_t i = 0; i < spec.series.size(); ++i) {
        if (spec.series[i].name.empty()) continue;
        draw_bar(svg, plain, i, 0, {x, y - 8, 10, 8}, brand);
        svg.text(spec.series[i].name, x + 14, y, Anchor::start, quiet_size, ink::quiet);
        x += 14 + text_width(spec.series[i].name, quiet_size) + 16;
    }
}

} // namespace deckle::chart
