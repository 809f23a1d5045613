/// Fills a Table column by column or row by row; the only way to make one.
#pragma once
#include "data/table.hpp"
#include <memory>

namespace deckle::data {

/// What a column is before it holds anything.
struct ColumnSpec {
    std::string name;
    Type type = Type::text;
    int scale = 0;             // decimal and money
    std::string currency = {}; // money: ISO code or the name of a text column
};

class ColumnBuilder {
public:
    explicit ColumnBuilder(ColumnSpec spec);

    void reserve(std::int64_t rows);
    void null();
    void nulls(std::int64_t count);
    /// REQUIRES (each): the column has that type. Text must be valid UTF-8.
    /// Throws Error{limit} when a text column passes 2 GiB.
    void text(std::string_view value);
    void integer(std::int64_t value);
    /// Rounds half up to the column's scale. Throws Error{data} when the value needs more than 38 digits there.
    void decimal(Decimal value);
    /// `units` are already at the column's scale.
    void decimal_units(int128 units);
    void date(Date value);
    void datetime(Instant value);
    void boolean(bool value);
    /// Takes back the last value.
    void pop();

    [[nodiscard]] std::int64_t rows() const { return rows_; }
    [[nodiscard]] Column const& column() const { return column_; }
    /// Leaves the builder empty.
    [[nodiscard]] Column finish();

private:
    void valid(bool is_valid);
    void fixed(void const* bytes, std::size_t size);

    Column column_;
    std::int64_t rows_ = 0;
};

class TableBuilder {
public:
    explicit TableBuilder(std::vector<ColumnSpec> const& specs);

    [[nodiscard]] ColumnBuilder& operator[](std::size_t i) { return columns_[i]; }
    [[nodiscard]] std::size_t size() const { return columns_.size(); }
    /// REQUIRES: every column got the same number of rows.
    [[nodiscard]] Table finish();

private:
    std::vector<ColumnBuilder> columns_;
};

/// The value as plain text: ISO dates, decimals with their scale, true/false; empty for null. For previews and dumps.
[[nodiscard]] std::string cell_text(Column const& column, std::int64_t row);

} // namespace deckle::data
