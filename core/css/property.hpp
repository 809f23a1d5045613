/// The properties: how each is read into a computed style and copied between styles.
#pragma once
#include "css/value.hpp"
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace deckle::css {

struct Property {
    std::string_view name;
    bool inherited;
    /// Reads the whole value into x.style; false when it is not one of this property (the style may then be half set).
    bool (*read)(Cursor& c, Context& x);
    /// Copies what the property sets: for inherit, initial and unset.
    void (*copy)(ComputedStyle& to, ComputedStyle const& from);
};

using PropertyId = std::uint16_t;
[[nodiscard]] std::optional<PropertyId> find_property(std::string_view lower_case_name);
[[nodiscard]] Property const& property(PropertyId id);
/// The nearest known name, for messages; empty when none is near.
[[nodiscard]] std::string_view similar_property(std::string_view name);

/// Initial values, borders with the width `medium` that they have before their style is known.
[[nodiscard]] ComputedStyle const& initial_style();

/// Sets one property: CSS-wide keywords or a value. False, and the style unchanged, when the value is invalid.
bool set_property(PropertyId id, Tokens value, Context& x);

/// Properties that others of the same element depend on.
[[nodiscard]] bool sets_font_size(PropertyId id);
[[nodiscard]] bool sets_color(PropertyId id);
[[nodiscard]] bool sets_direction(PropertyId id);

// The table's parts
std::span<Property const> box_properties();
std::span<Property const> border_properties();
std::span<Property const> background_properties();
std::span<Property const> font_properties();
std::span<Property const> text_properties();
std::span<Property const> flex_properties();
std::span<Property const> page_properties();
std::span<Property const> generated_properties();
std::span<Property const> svg_properties();

// Building blocks of the tables
template <auto... Members>
void copy(ComputedStyle& to, ComputedStyle const& from) {
    ((to.*Members = from.*Members), ...);
}
/// A keyword of `Table` into `Member`.
template <auto Member, auto const& Table>
bool keyword(Cursor& c, Context& x) {
    for (auto const& k : Table)
        if (c.take_ident(k.name)) {
            x.style.*Member = k.value;
            return true;
        }
    return false;
}
/// Stores an optional; false when it is empty.
template <class T, class U>
bool store(T& to, std::optional<U> value) {
    if (value) to = static_cast<T>(*value);
    return value.has_value();
}
template <auto Member>
bool number(Cursor& c, Context& x) {
    return store(x.style.*Member, read_number(c, x, Sign::not_negative));
}
template <auto Member>
bool color(Cursor& c, Context& x) {
    return store(x.style.*Member, read_color(c, x));
}
/// Opacity-like: clamped to 0..1.
template <auto Member>
bool fraction(Cursor& c, Context& x) {
    auto const v = read_number_or_percentage(c, x);
    if (v) x.style.*Member = *v < 0 ? 0 : *v > 1 ? 1 : *v;
    return v.has_value();
}

} // namespace deckle::css
