/// A typed table in Apache Arrow's memory layout: what connectors fill, snapshots keep and plugins read.
/// One contiguous batch per table; immutable once built (TableBuilder in table_builder.hpp).
// https://arrow.apache.org/docs/format/Columnar.html
#pragma once
#include "base/date.hpp"
#include "base/zone.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace deckle::data {

/// The catalogue's types. Money is a decimal whose currency is a code or another column's name (Column::currency).
enum class Type : std::uint8_t {
    text,     // Arrow "u": int32 offsets + UTF-8 bytes
    integer,  // "l": int64
    decimal,  // "d:38,S": 16-byte little-endian two's complement
    money,    // as decimal, S = 4 unless the catalogue says otherwise
    date,     // "tdD": int32 days since 1970-01-01
    datetime, // "tsu:UTC": int64 microseconds
    boolean,  // "b": bitmap
};

[[nodiscard]] std::string_view to_string(Type type);

/// One column. `validity` is a bitmap, least significant bit first, empty when there is no null.
struct Column {
    std::string name;
    Type type = Type::text;
    int scale = 0;        // decimal and money: places
    std::string currency; // money: ISO 4217 code, or the name of the text column that holds it
    std::int64_t null_count = 0;
    std::vector<std::uint8_t> validity;
    std::vector<std::int32_t> offsets; // text only: rows + 1 entries
    std::vector<std::uint8_t> values;  // text bytes, fixed-width values, or the boolean bitmap

    [[nodiscard]] bool is_null(std::int64_t row) const {
        return !validity.empty() && (validity[static_cast<std::size_t>(row / 8)] >> (row % 8) & 1) == 0;
    }
    /// REQUIRES (each getter): the column has that type and the row is not null.
    [[nodiscard]] std::string_view text(std::int64_t row) const;
    [[nodiscard]] std::int64_t integer(std::int64_t row) const;
    [[nodiscard]] Decimal decimal(std::int64_t row) const; // decimal and money
    [[nodiscard]] Date date(std::int64_t row) const;
    [[nodiscard]] Instant datetime(std::int64_t row) const;
    [[nodiscard]] bool boolean(std::int64_t row) const;
};

struct Table {
    std::vector<Column> columns;
    std::int64_t rows = 0;

    /// nullptr when there is no such column.
    [[nodiscard]] Column const* find(std::string_view name) const;
};

} // namespace deckle::data
