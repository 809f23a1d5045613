#include "chart/spec.hpp"
#include "chart/frame.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace deckle::chart {
namespace {

using model::Json;

template <typename Enum, std::size_t N>
Enum word(Json const& object, char const* member, std::array<std::string_view, N> const& words, Enum fallback) {
    auto const it = object.find(member);
    if (it == object.end() || !it->is_string()) return fallback;
    auto const at = std::ranges::find(words, it->template get_ref<std::string const&>());
    return at == words.end() ? fallback : static_cast<Enum>(at - words.begin());
}

std::string text_of(Json const& object, char const* member, model::Formatter const& formatter) {
    auto const it = object.find(member);
    return it == object.end() ? std::string() : formatter.text(*it);
}

int most_places(std::vector<Series> const& series) {
    int places = 0;
    for (auto const& one : series)
        for (auto const& value : one.values)
            if (value) places = std::max(places, value->trimmed().scale());
    return std::min(places, 2);
}

} // namespace

double Series::at(std::size_t i) const {
    return to_double(*values[i]);
}

std::string Spec::text(Decimal const& value, bool sign) const {
    auto how = style;
    how.sign = sign;
    return currency.empty() || how.scale > 0 ? formatter->number(value, how) : formatter->money(value, currency, how);
}

bool Spec::empty() const {
    return std::ranges::all_of(series, [](Series const& one) {
        return std::ranges::none_of(one.values, [](auto const& v) { return v.has_value(); });
    });
}

bool Spec::is_total(std::size_t i) const {
    return std::ranges::find(totals, i) != totals.end();
}

bool Spec::is_forecast(Series const& one, std::size_t i) const {
    return one.role == Role::forecast || (one.role == Role::actual && now && i >= *now);
}

Spec read_spec(Json const& json, model::Formatter const& formatter) {
    constexpr std::array<std::string_view, 6> kinds{"bar", "stacked_bar", "line", "step", "waterfall", "sparkline"};
    constexpr std::array<std::string_view, 4> roles{"actual", "plan", "forecast", "previous"};
    constexpr std::array<std::string_view, 5> tones{"", "bad", "soon", "strong", "low"};
    Spec spec;
    spec.formatter = &formatter;
    spec.kind = word(json, "kind", kinds, Kind::bar);
    spec.title = text_of(json, "title", formatter);
    spec.unit = text_of(json, "unit", formatter);
    spec.alt = text_of(json, "alt", formatter);
    spec.currency = json.value("currency", std::string());
    for (auto const& one : json.at("series")) {
        Series series{text_of(one, "name", formatter), word(one, "role", roles, Role::actual), {}};
        for (auto const& value : one.at("values"))
            series.values.push_back(value.is_null() ? std::nullopt
                                                    : std::optional(Decimal::of(value.get_ref<std::string const&>())));
        spec.series.push_back(std::move(series));
    }
    if (auto const it = json.find("categories"); it != json.end()) {
        for (auto const& category : *it) spec.categories.push_back(formatter.text(category));
        spec.time_axis = !it->empty() && model::leaf_type(it->front()) == "date";
    } else if (!spec.series.empty()) {
        spec.categories.resize(spec.series[0].values.size());
    }
    if (json.contains("now")) spec.now = json["now"].get<std::size_t>();
    if (auto const it = json.find("band"); it != json.end()) {
        auto const edge = [&](char const* name) {
            return to_double(Decimal::of((*it)[name].get_ref<std::string const&>()));
        };
        spec.band = Band{std::min(edge("from"), edge("to")), std::max(edge("from"), edge("to")),
                         text_of(*it, "label", formatter)};
    }
    if (json.contains("totals")) spec.totals = json["totals"].get<std::vector<std::size_t>>();
    bool const small = spec.kind == Kind::sparkline;
    spec.width = json.value("width", small ? 120.0 : 700.0);
    spec.height = json.value("height", small ? 24.0 : 146.0);
    spec.height_given = json.contains("height");
    spec.style.scale = json.value("scale", 0);
    spec.style.digits =
        json.value("digits", spec.style.scale > 0 || !spec.currency.empty() ? 0 : most_places(spec.series));

    if (!json.contains("marks")) return spec;
    for (auto const& item : json["marks"]) {
        Mark mark{item.value("series", std::size_t{0}), item.at("index").get<std::size_t>(),
                  text_of(item, "label", formatter), word(item, "tone", tones, Tone::bad)};
        if (mark.series >= spec.series.size() || !spec.series[mark.series].has(mark.index)) continue;
        auto const value = spec.text(*spec.series[mark.series].values[mark.index]);
        if (mark.label.find(value) == std::string::npos)
            mark.label = mark.label.empty() ? value : value + " " + mark.label;
        spec.marks.push_back(std::move(mark));
    }
    return spec;
}

} // namespace deckle::chart
