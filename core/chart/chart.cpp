#include "chart/chart.hpp"
#include "base/text.hpp"
#include "chart/frame.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace deckle::chart {
namespace {

std::string_view kind_word(Kind kind) {
    switch (kind) {
    case Kind::bar:
        return "Bars";
    case Kind::stacked_bar:
        return "Stacked bars";
    case Kind::line:
        return "Line";
    case Kind::step:
        return "Steps";
    case Kind::waterfall:
        return "Waterfall";
    case Kind::sparkline:
        return "Small line";
    }
    return {};
}

std::string_view role_word(Role role) {
    switch (role) {
    case Role::actual:
        return "actual";
    case Role::plan:
        return "plan";
    case Role::forecast:
        return "forecast";
    case Role::previous:
        return "previous";
    }
    return {};
}

/// "Actual: first 309, lowest 281 (Dec 28), highest 321 (Oct 19), last 303."
std::string series_sentence(Spec const& spec, Series const& one) {
    std::vector<std::size_t> there;
    for (std::size_t i = 0; i < spec.count(); ++i)
        if (one.has(i)) there.push_back(i);
    auto const name = one.name.empty() ? std::string(role_word(one.role)) : one.name;
    if (there.empty()) return fmt::format("{}: no values.", name);
    auto const at = [&](std::size_t i) {
        auto const value = spec.text(*one.values[i]);
        return spec.categories[i].empty() ? value : fmt::format("{} ({})", value, spec.categories[i]);
    };
    if (there.size() <= 8) {
        std::vector<std::string> values;
        for (auto const i : there)
            values.push_back(spec.categories[i].empty() ? at(i) : spec.categories[i] + " " + spec.text(*one.values[i]));
        return fmt::format("{}: {}.", name, fmt::join(values, ", "));
    }
    auto const by_value = [&](std::size_t a, std::size_t b) { return *one.values[a] < *one.values[b]; };
    return fmt::format("{}: first {}, lowest {}, highest {}, last {}.", name, at(there.front()),
                       at(*std::ranges::min_element(there, by_value)), at(*std::ranges::max_element(there, by_value)),
                       at(there.back()));
}

std::string sentences(Spec const& spec) {
    if (!spec.alt.empty()) return spec.alt;
    std::string out = spec.title;
    if (!spec.unit.empty()) out += (out.empty() ? "" : ", ") + spec.unit;
    if (!out.empty()) out += ". ";
    if (spec.empty()) return out + "No data.";
    out += fmt::format("{}, {} {}", kind_word(spec.kind), spec.count(), spec.count() == 1 ? "value" : "values");
    if (spec.now && *spec.now < spec.count() && *spec.now > 0 && !spec.categories[*spec.now].empty())
        out += ", forecast from " + spec.categories[*spec.now];
    out += ".";
    for (auto const& one : spec.series) out += " " + series_sentence(spec, one);
    for (auto const& mark : spec.marks)
        out += fmt::format(" Marked: {}{}.", mark.label,
                           spec.categories[mark.index].empty() ? "" : " in " + spec.categories[mark.index]);
    if (spec.band && !spec.band->label.empty()) out += fmt::format(" Band: {}.", spec.band->label);
    return out;
}

/// #abc as #aabbcc.
std::string long_form(std::string const& color) {
    if (color.size() != 4) return color;
    return {'#', color[1], color[1], color[2], color[2], color[3], color[3]};
}

void draw(Svg& svg, Spec& spec, std::string const& brand) {
    switch (spec.kind) {
    case Kind::line:
    case Kind::step:
        draw_lines(svg, spec, brand);
        break;
    case Kind::sparkline:
        draw_sparkline(svg, spec, brand);
        break;
    case Kind::waterfall:
        draw_waterfall(svg, spec, brand);
        break;
    case Kind::bar:
    case Kind::stacked_bar:
        if (wants_rows(spec))
            draw_rows(svg, spec, brand);
        else
            draw_columns(svg, spec, brand);
        break;
    }
}

} // namespace

std::string to_svg(model::Json const& json, model::Formatter const& formatter, Style const& style,
                   Diagnostics& diagnostics) {
    auto spec = read_spec(json, formatter);
    if (style.width > 0 && !json.contains("width") && spec.kind != Kind::sparkline) spec.width = style.width;
    Svg svg;
    if (spec.empty()) {
        diagnostics.note("chart-empty", fmt::format("chart \"{}\" has no values", spec.title));
        spec.height = std::min(spec.height, 40.0);
        if (spec.kind != Kind::sparkline)
            svg.text("No data for this period", 0, 18, Anchor::start, quiet_size, ink::quiet);
    } else {
        if (spec.kind == Kind::waterfall && !spec.totals.empty()) {
            double sum = 0;
            for (std::size_t i = 0; i < spec.count(); ++i) {
                if (spec.is_total(i) && i > 0 && spec.series[0].has(i) && std::abs(sum - spec.series[0].at(i)) > 0.005)
                    diagnostics.warning("waterfall-unbalanced",
                                        fmt::format("chart \"{}\": the steps before {} do not add up to it", spec.title,
                                                    spec.categories[i]));
                sum = waterfall_steps(spec)[i].to;
            }
        }
        draw(svg, spec, long_form(style.brand));
    }
    // A sparkline stands in a line of text at its own size; the others fill the width they are given.
    auto const size = spec.kind == Kind::sparkline
                          ? fmt::format(R"( width="{}" height="{}")", number(spec.width), number(spec.height))
                          : std::string();
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" class="{}" viewBox="0 0 {} {}"{} role="img" aria-label="{}">{}</svg>)",
        spec.kind == Kind::sparkline ? "spark" : "chart", number(spec.width), number(spec.height), size,
        escape_markup(sentences(spec)), svg.body());
}

std::string to_html(model::Json const& spec, model::Formatter const& formatter, Style const& style,
                    Diagnostics& diagnostics) {
    auto html = to_svg(spec, formatter, style, diagnostics);
    if (spec.contains("width") || spec.value("kind", "") == "sparkline") return html;
    constexpr double phone = 330;
    Style narrow = style;
    narrow.width = phone;
    Diagnostics said_already;
    auto second = to_svg(spec, formatter, narrow, said_already);
    constexpr std::string_view name = "class=\"chart";
    second.insert(second.find(name) + name.size(), " narrow");
    return html + second;
}

std::string describe(model::Json const& spec, model::Formatter const& formatter) {
    return sentences(read_spec(spec, formatter));
}

} // namespace deckle::chart
