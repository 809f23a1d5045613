#include "data/table_builder.hpp"
#include "base/error.hpp"
#include <cassert>
#include <cstring>
#include <limits>

namespace deckle::data {
namespace {

inline void set_bit(std::vector<std::uint8_t>& bits, std::int64_t row, bool on) {
    auto const byte = static_cast<std::size_t>(row / 8);
    if (byte >= bits.size()) bits.resize(byte + 1, 0);
    auto const mask = static_cast<std::uint8_t>(1U << (row % 8));
    if (on)
        bits[byte] = static_cast<std::uint8_t>(bits[byte] | mask);
    else
        bits[byte] = static_cast<std::uint8_t>(bits[byte] & ~mask);
}

std::size_t width(Type type) {
    switch (type) {
    case Type::decimal:
    case Type::money:
        return 16;
    case Type::integer:
    case Type::datetime:
        return 8;
    case Type::date:
        return 4;
    default:
        return 0;
    }
}

constexpr int128 limit_38_digits() {
    int128 p = 1;
    for (int i = 0; i < 38; ++i) p *= 10;
    return p;
}

} // namespace

ColumnBuilder::ColumnBuilder(ColumnSpec spec) {
    column_.name = std::move(spec.name);
    column_.type = spec.type;
    column_.scale = spec.scale;
    column_.currency = std::move(spec.currency);
    if (column_.type == Type::text) column_.offsets.push_back(0);
}

void ColumnBuilder::reserve(std::int64_t rows) {
    auto const n = static_cast<std::size_t>(rows);
    if (column_.type == Type::text)
        column_.offsets.reserve(n + 1);
    else
        column_.values.reserve(n * width(column_.type) + n / 8 + 1);
}

// The bitmap appears with the first null; until then no validity is kept.
void ColumnBuilder::valid(bool is_valid) {
    if (!is_valid && column_.validity.empty()) {
        column_.validity.assign(static_cast<std::size_t>((rows_ + 8) / 8), 0xff);
    }
    if (!column_.validity.empty()) set_bit(column_.validity, rows_, is_valid);
    column_.null_count += is_valid ? 0 : 1;
    ++rows_;
}

void ColumnBuilder::fixed(void const* bytes, std::size_t size) {
    auto const* from = static_cast<std::uint8_t const*>(bytes);
    column_.values.insert(column_.values.end(), from, from + size);
    valid(true);
}

void ColumnBuilder::null() {
    if (column_.type == Type::text)
        column_.offsets.push_back(column_.offsets.back());
    else if (column_.type == Type::boolean)
        set_bit(column_.values, rows_, false);
    else
        column_.values.resize(column_.values.size() + width(column_.type), 0);
    valid(false);
}

void ColumnBuilder::nulls(std::int64_t count) {
    reserve(rows_ + count);
    while (count-- > 0) null();
}

void ColumnBuilder::text(std::string_view value) {
    assert(column_.type == Type::text);
    if (column_.values.size() + value.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw Error(ErrorCode::limit, "column " + column_.name + " holds more than 2 GiB of text");
    auto const* from = reinterpret_cast<std::uint8_t const*>(value.data());
    column_.values.insert(column_.values.end(), from, from + value.size());
    column_.offsets.push_back(static_cast<std::int32_t>(column_.values.size()));
    valid(true);
}

void ColumnBuilder::integer(std::int64_t value) {
    assert(column_.type == Type::integer);
    fixed(&value, sizeof value);
}

void ColumnBuilder::decimal(Decimal value) {
    try {
        int128 const units = value.rounded(column_.scale).units();
        if (units < limit_38_digits() && units > -limit_38_digits()) return decimal_units(units);
    } catch (std::overflow_error const&) {
    }
    throw Error(ErrorCode::data, "column " + column_.name + ": " + value.to_string() + " needs more than 38 digits");
}

void ColumnBuilder::decimal_units(int128 units) {
    assert(column_.type == Type::decimal || column_.type == Type::money);
    fixed(&units, sizeof units);
}

void ColumnBuilder::date(Date value) {
    assert(column_.type == Type::date);
    std::int32_t const days = value.days();
    fixed(&days, sizeof days);
}

void ColumnBuilder::datetime(Instant value) {
    assert(column_.type == Type::datetime);
    std::int64_t const us = std::chrono::microseconds{value.time_since_epoch()}.count();
    fixed(&us, sizeof us);
}

void ColumnBuilder::boolean(bool value) {
    assert(column_.type == Type::boolean);
    set_bit(column_.values, rows_, value);
    valid(true);
}

void ColumnBuilder::pop() {
    assert(rows_ > 0);
    --rows_;
    if (column_.is_null(rows_)) --column_.null_count;
    auto drop_bit = [&](std::vector<std::uint8_t>& bits) {
        if (bits.empty()) return;
        set_bit(bits, rows_, false);
        bits.resize(static_cast<std::size_t>((rows_ + 7) / 8));
    };
    drop_bit(column_.validity);
    if (column_.null_count == 0) column_.validity.clear();
    if (column_.type == Type::text) {
        column_.offsets.pop_back();
        column_.values.resize(static_cast<std::size_t>(column_.offsets.back()));
    } else if (column_.type == Type::boolean) {
        drop_bit(column_.values);
    } else {
        column_.values.resize(column_.values.size() - width(column_.type));
    }
}

Column ColumnBuilder::finish() {
    // Bits past the last row are cleared: same rows, same bytes.
    if (!column_.validity.empty() && rows_ % 8 != 0) {
        auto const keep = static_cast<std::uint8_t>((1U << (rows_ % 8)) - 1);
        column_.validity.back() = static_cast<std::uint8_t>(column_.validity.back() & keep);
    }
    ColumnSpec const spec{column_.name, column_.type, column_.scale, column_.currency};
    Column done = std::move(column_);
    *this = ColumnBuilder(spec);
    return done;
}

TableBuilder::TableBuilder(std::vector<ColumnSpec> const& specs) {
    columns_.reserve(specs.size());
    for (auto const& spec : specs) columns_.emplace_back(spec);
}

Table TableBuilder::finish() {
    Table table;
    table.rows = columns_.empty() ? 0 : columns_.front().rows();
    for (auto& builder : columns_) {
        assert(builder.rows() == table.rows);
        table.columns.push_back(builder.finish());
    }
    return table;
}

std::string cell_text(Column const& column, std::int64_t row) {
    if (column.is_null(row)) return {};
    switch (column.type) {
    case Type::text:
        return std::string(column.text(row));
    case Type::integer:
        return std::to_string(column.integer(row));
    case Type::decimal:
    case Type::money:
        return column.decimal(row).to_string();
    case Type::date:
        return column.date(row).to_string();
    case Type::datetime:
        return to_iso(column.datetime(row));
    case Type::boolean:
        return column.boolean(row) ? "true" : "false";
    }
    return {};
}

} // namespace deckle::data
