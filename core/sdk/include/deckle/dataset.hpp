/// A dataset as typed columns over Arrow batches; however many batches there are, rows count from 0 to rows() - 1.
// https://arrow.apache.org/docs/format/CDataInterface.html
#pragma once
#include "date.hpp"
#include "decimal.hpp"
#include "plugin.h"
#include "plugin_error.hpp"
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle {

/// A moment in UTC.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

enum class ColumnType { text, integer, decimal, date, datetime, boolean };

/// One column. Getters: REQUIRES 0 <= row < rows(); a wrong type or a null throws PluginError naming both.
/// Text stays valid as long as the Dataset.
class Column {
public:
    [[nodiscard]] std::string const& name() const { return name_; }
    [[nodiscard]] ColumnType type() const { return type_; }
    /// Money: the ISO 4217 code, or the name of the column that holds it; empty for everything else.
    [[nodiscard]] std::string const& currency() const { return currency_; }

    [[nodiscard]] bool is_null(std::int64_t row) const {
        auto const [chunk, at] = locate(row);
        auto const* const bits = static_cast<std::uint8_t const*>(chunk->buffers[0]);
        return bits != nullptr && chunk->null_count != 0 && (bits[at >> 3] >> (at & 7) & 1) == 0;
    }
    [[nodiscard]] std::string_view text(std::int64_t row) const {
        auto const [chunk, at] = value(row, ColumnType::text);
        auto const* const offsets = static_cast<std::int32_t const*>(chunk->buffers[1]);
        return {static_cast<char const*>(chunk->buffers[2]) + offsets[at],
                static_cast<std::size_t>(offsets[at + 1] - offsets[at])};
    }
    [[nodiscard]] std::int64_t integer(std::int64_t row) const { return fixed<std::int64_t>(row, ColumnType::integer); }
    /// Decimals and money.
    [[nodiscard]] Decimal decimal(std::int64_t row) const {
        return Decimal::from_units(fixed<int128>(row, ColumnType::decimal), scale_);
    }
    [[nodiscard]] Date date(std::int64_t row) const {
        return Date::from_days(fixed<std::int32_t>(row, ColumnType::date));
    }
    [[nodiscard]] Instant datetime(std::int64_t row) const {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::sys_time<std::chrono::microseconds>{
            std::chrono::microseconds{fixed<std::int64_t>(row, ColumnType::datetime)}});
    }
    [[nodiscard]] bool boolean(std::int64_t row) const {
        auto const [chunk, at] = value(row, ColumnType::boolean);
        return (static_cast<std::uint8_t const*>(chunk->buffers[1])[at >> 3] >> (at & 7) & 1) != 0;
    }
    /// Text, or empty when null.
    [[nodiscard]] std::string_view text_or_empty(std::int64_t row) const {
        return is_null(row) ? std::string_view{} : text(row);
    }

private:
    friend class Dataset;
    struct Place {
        ArrowArray const* chunk;
        std::int64_t at;
    };

    explicit Column(ArrowSchema const& schema, std::string const& dataset)
        : name_(schema.name == nullptr ? "" : schema.name), dataset_(dataset),
          currency_(metadata(schema.metadata, "deckle.currency")) {
        std::string_view const format = schema.format;
        if (format == "u")
            type_ = ColumnType::text;
        else if (format == "l")
            type_ = ColumnType::integer;
        else if (format == "b")
            type_ = ColumnType::boolean;
        else if (format == "tdD")
            type_ = ColumnType::date;
        else if (format == "tsu:UTC")
            type_ = ColumnType::datetime;
        else if (format.starts_with("d:") && decimal_scale(format)) {
            type_ = ColumnType::decimal;
            scale_ = *decimal_scale(format);
        } else {
            throw PluginError("", where() + " has the unknown format '" + std::string(format) + "'", DECKLE_DATA);
        }
    }
    static std::optional<int> decimal_scale(std::string_view format) { // "d:38,4"
        std::size_t const comma = format.find(',');
        if (comma == std::string_view::npos) return std::nullopt;
        int scale = -1;
        auto const [end, error] = std::from_chars(format.data() + comma + 1, format.data() + format.size(), scale);
        bool const whole = error == std::errc{} && end == format.data() + format.size();
        return whole && scale >= 0 && scale <= Decimal::max_scale ? std::optional(scale) : std::nullopt;
    }
    /// Arrow metadata: int32 pairs, then each key and value as int32 length + bytes.
    static std::string metadata(char const* at, std::string_view wanted) {
        if (at == nullptr) return {};
        auto number = [&] {
            std::int32_t n = 0;
            std::memcpy(&n, at, sizeof n);
            at += sizeof n;
            return n;
        };
        auto bytes = [&] {
            auto const n = static_cast<std::size_t>(number());
            std::string_view const s(at, n);
            at += n;
            return s;
        };
        for (std::int32_t pairs = number(); pairs > 0; --pairs) {
            std::string_view const key = bytes(), value = bytes();
            if (key == wanted) return std::string(value);
        }
        return {};
    }
    void add(ArrowArray const& chunk, std::int64_t first_row) {
        chunks_.push_back(&chunk);
        starts_.push_back(first_row);
    }
    [[nodiscard]] std::string where() const { return "Column '" + name_ + "' of dataset '" + dataset_ + "'"; }
    [[nodiscard]] Place locate(std::int64_t row) const {
        if (chunks_.size() == 1) return {chunks_.front(), row};
        auto const after = std::upper_bound(starts_.begin(), starts_.end(), row);
        auto const i = static_cast<std::size_t>(after - starts_.begin()) - 1;
        return {chunks_[i], row - starts_[i]};
    }
    [[nodiscard]] Place value(std::int64_t row, ColumnType wanted) const {
        if (type_ != wanted) throw PluginError("", where() + " is read as another type than it has", DECKLE_DATA);
        if (is_null(row)) throw PluginError("", where() + " is null in row " + std::to_string(row), DECKLE_DATA);
        return locate(row);
    }
    template <class T>
    [[nodiscard]] T fixed(std::int64_t row, ColumnType wanted) const {
        auto const [chunk, at] = value(row, wanted);
        T v;
        std::memcpy(&v, static_cast<char const*>(chunk->buffers[1]) + at * std::int64_t{sizeof v}, sizeof v);
        return v;
    }

    std::string name_;
    std::string dataset_;
    std::string currency_;
    ColumnType type_ = ColumnType::text;
    int scale_ = 0;
    std::vector<ArrowArray const*> chunks_; // never empty batches
    std::vector<std::int64_t> starts_;      // first row of each chunk
};

/// All batches of one stream; released once, when this goes out of scope. Movable, not copyable.
class Dataset {
public:
    /// Takes over `stream` and reads it to its end.
    Dataset(std::string name, ArrowArrayStream const& stream) : name_(std::move(name)) {
        Released<ArrowArrayStream> source(stream);
        Released<ArrowSchema> schema;
        check(source.raw, source.raw.get_schema(&source.raw, &schema.raw));
        for (std::int64_t i = 0; i < schema.raw.n_children; ++i)
            columns_.push_back(Column(*schema.raw.children[i], name_));
        for (;;) {
            Released<ArrowArray> batch;
            check(source.raw, source.raw.get_next(&source.raw, &batch.raw));
            if (batch.raw.release == nullptr) break;
            if (batch.raw.n_children != schema.raw.n_children)
                throw PluginError("", "Dataset '" + name_ + "' has a batch with other columns", DECKLE_DATA);
            if (batch.raw.length == 0) continue;
            for (std::int64_t i = 0; i < batch.raw.n_children; ++i)
                columns_[static_cast<std::size_t>(i)].add(*batch.raw.children[i], rows_);
            rows_ += batch.raw.length;
            batches_.push_back(std::move(batch));
        }
    }
    Dataset(Dataset&&) = default;
    Dataset& operator=(Dataset&&) = default;

    [[nodiscard]] std::string const& name() const { return name_; }
    [[nodiscard]] std::int64_t rows() const { return rows_; }
    [[nodiscard]] std::vector<Column> const& columns() const { return columns_; }
    /// Throws PluginError when the dataset has no such column: declare it in the descriptor.
    [[nodiscard]] Column const& column(std::string_view name) const {
        for (Column const& c : columns_)
            if (c.name() == name) return c;
        throw PluginError("", "Dataset '" + name_ + "' has no column '" + std::string(name) + "'", DECKLE_DATA);
    }
    /// The currency of one row of a money column: its code, or what its currency column holds; `company` when neither.
    [[nodiscard]] std::string_view currency(Column const& money, std::int64_t row, std::string_view company) const {
        if (money.currency().empty()) return company;
        for (Column const& c : columns_)
            if (c.name() == money.currency()) return c.is_null(row) || c.text(row).empty() ? company : c.text(row);
        return money.currency();
    }

private:
    template <class T>
    struct Released { // an Arrow struct, released once
        T raw{};
        Released() = default;
        explicit Released(T const& r) : raw(r) {}
        Released(Released&& other) noexcept : raw(std::exchange(other.raw, T{})) {}
        Released& operator=(Released&& other) noexcept {
            std::swap(raw, other.raw);
            return *this;
        }
        ~Released() {
            if (raw.release != nullptr) raw.release(&raw);
        }
    };

    void check(ArrowArrayStream& stream, int code) const {
        if (code == 0) return;
        char const* const why = stream.get_last_error(&stream);
        throw PluginError("", "Cannot read dataset '" + name_ + "'" + (why == nullptr ? "" : ": " + std::string(why)),
                          DECKLE_DATA);
    }

    std::string name_;
    std::vector<Column> columns_;
    std::vector<Released<ArrowArray>> batches_; // children are separate allocations, so moving keeps pointers valid
    std::int64_t rows_ = 0;
};

} // namespace deckle
