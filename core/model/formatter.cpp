#include "model/formatter.hpp"
#include "base/error.hpp"
#include "model/date_pattern.hpp"
#include "model/leaf.hpp"
#include "model/number_pattern.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <unicode/uloc.h>

namespace deckle::model {
namespace {

bool is_known_locale(std::string const& locale) {
    auto const language = locale.substr(0, locale.find('_'));
    bool known = false;
    for (std::int32_t i = 0, n = uloc_countAvailable(); i < n && !known; ++i) known = language == uloc_getAvailable(i);
    auto const shape = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return known && locale.size() <= 24 && std::ranges::all_of(locale, shape);
}

NumberStyle number_style(Json const& leaf) {
    NumberStyle style;
    for (auto const& [name, value] : leaf.items()) {
        if (name == "digits")
            style.digits = value.get<int>();
        else if (name == "scale")
            style.scale = value.get<int>();
        else if (name == "symbol")
            style.symbol = value.get<bool>();
        else if (name == "accounting")
            style.accounting = value.get<bool>();
        else if (name == "sign")
            style.sign = value.get<bool>();
    }
    return style;
}

DateStyle date_style(std::string_view name) {
    constexpr std::array<std::string_view, 6> names{"long", "medium", "day", "month", "month_short", "month_year"};
    auto const it = std::ranges::find(names, name);
    return it == names.end() ? DateStyle::medium : static_cast<DateStyle>(it - names.begin());
}

std::string style_of(Json const& leaf) {
    return leaf.contains("style") ? leaf["style"].get<std::string>() : "medium";
}

} // namespace

struct Formatter::Impl {
    Impl(std::string name, std::string icu_name, std::string zone_name)
        : locale(std::move(name)), icu_locale(std::move(icu_name)), zone(std::move(zone_name)), dates(icu_locale) {}

    std::string locale, icu_locale, zone;
    DatePatterns dates;
    // One pattern and one count of places for each combination met; a report has a handful.
    std::map<std::tuple<NumberKind, std::string, bool>, NumberPattern> patterns;
    std::map<std::string, int, std::less<>> places;

    NumberPattern const& pattern(NumberKind kind, std::string_view currency, bool accounting) {
        auto key = std::make_tuple(kind, std::string(currency), accounting);
        auto it = patterns.find(key);
        if (it == patterns.end()) {
            auto learnt = NumberPattern::learn(icu_locale, kind, std::get<1>(key), accounting);
            it = patterns.emplace(std::move(key), std::move(learnt)).first;
        }
        return it->second;
    }
    int currency_places(std::string_view currency) {
        auto it = places.find(currency);
        if (it == places.end()) it = places.emplace(currency, currency_digits(std::string(currency))).first;
        return it->second;
    }
};

Formatter::Formatter(std::string const& locale, std::string const& zone) {
    std::string name = locale;
    std::ranges::replace(name, '-', '_');
    if (!is_known_locale(name))
        throw Error(ErrorCode::usage,
                    fmt::format("unknown locale \"{}\"; write language and country, like en_US or de_DE", locale));
    if (!is_zone(zone))
        throw Error(ErrorCode::usage,
                    fmt::format("unknown time zone \"{}\"; write an IANA name, like America/Chicago", zone));
    // Reports print Latin digits and Gregorian dates in every language.
    impl_ = std::make_unique<Impl>(name, name + "@calendar=gregorian;numbers=latn", zone);
}

Formatter::~Formatter() = default;

std::string const& Formatter::locale() const {
    return impl_->locale;
}

std::string const& Formatter::zone() const {
    return impl_->zone;
}

std::string Formatter::language_tag() const {
    auto tag = impl_->locale;
    std::ranges::replace(tag, '_', '-');
    return tag;
}

std::string Formatter::money(Decimal const& amount, std::string_view currency, NumberStyle const& style) const {
    bool const symbol = style.symbol && style.scale == 0;
    int const digits = style.digits ? *style.digits : style.scale > 0 ? 1 : impl_->currency_places(currency);
    // Without its symbol a currency is written like any other, unless the locale parts accounting from plain signs.
    auto const kind = symbol             ? NumberKind::currency
                      : style.accounting ? NumberKind::currency_hidden
                                         : NumberKind::plain;
    auto const& pattern = impl_->pattern(kind, kind == NumberKind::plain ? std::string_view() : currency,
                                         kind != NumberKind::plain && style.accounting);
    return pattern.format(amount, -style.scale, digits, style.sign);
}

std::string Formatter::number(Decimal const& value, NumberStyle const& style) const {
    int const digits = style.digits ? *style.digits : style.scale > 0 ? 1 : value.scale();
    return impl_->pattern(NumberKind::plain, {}, false).format(value, -style.scale, digits, style.sign);
}

std::string Formatter::percent(Decimal const& ratio, NumberStyle const& style) const {
    return impl_->pattern(NumberKind::percent, {}, false).format(ratio, 2, style.digits.value_or(1), style.sign);
}

std::string Formatter::date(Date day, DateStyle style) const {
    return impl_->dates.format(day, style);
}

std::string Formatter::datetime(Instant at, bool short_style) const {
    auto const local = to_local(at, impl_->zone);
    return fmt::format("{} {:02}:{:02} {}", date(local.date, short_style ? DateStyle::day : DateStyle::medium),
                       local.hour, local.minute, local.abbreviation);
}

std::string Formatter::text(Json const& value) const {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return {};
    if (value.is_number() || value.is_boolean()) return value.dump();
    auto const type = leaf_type(value);
    if (type.empty())
        throw Error(ErrorCode::data, value.is_array()
                                         ? "a list cannot be printed; use a section to print its items"
                                         : "an object that is no leaf cannot be printed; name one of its members");
    Json const& main = value.begin().value();
    try {
        if (type == "money")
            return money(Decimal::of(main.at(0).get_ref<std::string const&>()),
                         main.at(1).get_ref<std::string const&>(), number_style(value));
        if (type == "num") return number(Decimal::of(main.get_ref<std::string const&>()), number_style(value));
        if (type == "pct") return percent(Decimal::of(main.get_ref<std::string const&>()), number_style(value));
        if (type == "date") return date(Date::of(main.get_ref<std::string const&>()), date_style(style_of(value)));
        if (type == "datetime")
            return datetime(parse_instant(main.get_ref<std::string const&>()).value(), style_of(value) == "short");
        if (type == "na") return "n/a";
        if (type == "chart") {
            for (auto const* name : {"alt", "title"})
                if (main.contains(name)) return text(main[name]);
            return "chart";
        }
        if (type != "text") return main.get<std::string>();
        std::string out;
        auto const args = value.find("args");
        split_sentence(main.get_ref<std::string const&>(), [&](std::string_view piece, bool name) {
            if (name)
                out += text(args->at(std::string(piece)));
            else
                out += piece;
        });
        return out;
    } catch (Error const&) {
        throw;
    } catch (std::exception const& error) {
        throw Error(ErrorCode::data, fmt::format("a {} leaf is not valid: {}", type, error.what()));
    }
}

} // namespace deckle::model
