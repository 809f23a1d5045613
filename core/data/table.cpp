#include "data/table.hpp"
#include <algorithm>
#include <cassert>
#include <cstring>

namespace deckle::data {
namespace {

template <class T>
T fixed_value(Column const& column, std::int64_t row) {
    T value;
    std::memcpy(&value, column.values.data() + static_cast<std::size_t>(row) * sizeof(T), sizeof(T));
    return value;
}

} // namespace

std::string_view to_string(Type type) {
    switch (type) {
    case Type::text:
        return "text";
    case Type::integer:
        return "integer";
    case Type::decimal:
        return "decimal";
    case Type::money:
        return "money";
    case Type::date:
        return "date";
    case Type::datetime:
        return "datetime";
    case Type::boolean:
        return "boolean";
    }
    return "text";
}

std::string_view Column::text(std::int64_t row) const {
    assert(type == Type::text);
    auto const i = static_cast<std::size_t>(row);
    return {reinterpret_cast<char const*>(values.data()) + offsets[i],
            static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
}

std::int64_t Column::integer(std::int64_t row) const {
    assert(type == Type::integer);
    return fixed_value<std::int64_t>(*this, row);
}

Decimal Column::decimal(std::int64_t row) const {
    assert(type == Type::decimal || type == Type::money);
    return Decimal::from_units(fixed_value<int128>(*this, row), scale);
}

Date Column::date(std::int64_t row) const {
    assert(type == Type::date);
    return Date::from_days(fixed_value<std::int32_t>(*this, row));
}

Instant Column::datetime(std::int64_t row) const {
    assert(type == Type::datetime);
    return Instant{std::chrono::floor<std::chrono::milliseconds>(
        std::chrono::microseconds{fixed_value<std::int64_t>(*this, row)})};
}

bool Column::boolean(std::int64_t row) const {
    assert(type == Type::boolean);
    return (values[static_cast<std::size_t>(row / 8)] >> (row % 8) & 1) != 0;
}

Column const* Table::find(std::string_view name) const {
    auto const it = std::find_if(columns.begin(), columns.end(), [&](Column const& c) { return c.name == name; });
    return it == columns.end() ? nullptr : &*it;
}

} // namespace deckle::data
