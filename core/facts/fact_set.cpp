#include "facts/fact_set.hpp"
#include "data/values.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace deckle::facts {

bool Value::is_money() const {
    return number() != nullptr && data::is_currency(unit);
}

std::string_view to_string(Origin origin) {
    constexpr std::string_view names[] = {"by hand", "figure", "sql", "dataset"};
    return names[static_cast<int>(origin)];
}

std::string Fact::name() const {
    return period.always() ? id : id + "." + period.text;
}

std::string print(Value const& value, model::Formatter const& formatter) {
    if (auto const* words = value.words()) return *words;
    if (auto const* day = value.day()) return formatter.date(*day, model::DateStyle::long_);
    model::NumberStyle const style{.digits = value.digits};
    if (value.is_money()) return formatter.money(*value.number(), value.unit, style);
    if (value.is_ratio()) return formatter.percent(*value.number(), style);
    return formatter.number(value.number()->trimmed(), style);
}

namespace {

/// A source that names no unit agrees with one that does.
bool agree(Value const& a, Value const& b) {
    return a.content == b.content && (a.unit == b.unit || a.unit.empty() || b.unit.empty());
}

} // namespace

FactSet::FactSet(std::vector<Fact> facts, std::vector<Trouble> troubles) : troubles_(std::move(troubles)) {
    std::ranges::stable_sort(facts, [](Fact const& a, Fact const& b) {
        if (a.id != b.id) return a.id < b.id;
        if (!(a.period == b.period)) return newer(a.period, b.period);
        return a.origin < b.origin;
    });
    for (Fact& fact : facts) {
        if (facts_.empty() || facts_.back().id != fact.id || !(facts_.back().period == fact.period))
            facts_.push_back(std::move(fact));
        else if (!agree(facts_.back().value, fact.value))
            conflicts_.push_back({facts_.back(), std::move(fact)});
    }
}

std::span<Fact const> FactSet::of(std::string_view id) const {
    auto const [first, last] = std::ranges::equal_range(facts_, id, {}, &Fact::id);
    return {first, last};
}

Fact const* FactSet::find(std::string_view id, Period const& period) const {
    for (Fact const& fact : of(id))
        if (fact.period == period) return &fact;
    return nullptr;
}

Fact const* FactSet::newest(std::string_view id) const {
    auto const all = of(id);
    return all.empty() ? nullptr : &all.front();
}

std::vector<std::string> FactSet::ids() const {
    std::vector<std::string> ids;
    for (Fact const& fact : facts_)
        if (ids.empty() || ids.back() != fact.id) ids.push_back(fact.id);
    return ids;
}

std::string FactSet::trouble_of(std::string_view id) const {
    auto const it = std::ranges::find(troubles_, id, &Trouble::id);
    return it == troubles_.end() ? "" : it->message;
}

std::optional<std::string> stale(Fact const& fact, bool named, Freshness const& freshness) {
    if (fact.valid_until && *fact.valid_until < freshness.today)
        return fmt::format("held until {}", fact.valid_until->to_string());
    if (!named && !fact.period.always() && fact.as_of && freshness.today - *fact.as_of > freshness.stale_after_days)
        return fmt::format("is of {}, more than {} days ago", fact.as_of->to_string(), freshness.stale_after_days);
    return std::nullopt;
}

} // namespace deckle::facts
