/// Rows of sources whose columns appear as one reads (json, toml, xml): cell texts in one arena, no tree.
#pragma once
#include "data/connectors/files.hpp"
#include <map>
#include <unordered_map>

namespace deckle::data {

class RowBuffer {
public:
    void begin_row(std::size_t file, std::int64_t number);
    void end_row() { in_row_ = false; }
    [[nodiscard]] bool in_row() const { return in_row_; }
    /// A cell of the row; the column is made at its first use. nullopt = null. A second value of a column in one row is
    /// joined with ", " when `repeated`, else it is the row's problem.
    void add(std::string_view column, std::optional<std::string_view> value, bool repeated);
    /// The first problem of a row stays.
    void problem(std::string text);
    [[nodiscard]] std::int64_t rows() const { return static_cast<std::int64_t>(rows_.size()); }

    std::vector<std::string> names;   // shown file names
    std::vector<std::string> columns; // in order of appearance
    ContentHash hash;

    /// Fills `row` with row `i`.
    void give(std::size_t i, SourceRow& row) const;

private:
    struct Cell {
        std::uint32_t column;
        bool null;
        std::size_t begin, size;
    };
    struct Row {
        std::size_t first_cell, file;
        std::int64_t number;
    };
    [[nodiscard]] std::uint32_t column(std::string_view name);

    std::string arena_;
    std::vector<Cell> cells_;
    std::vector<Row> rows_;
    std::map<std::size_t, std::string> problems_; // by row
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> index_; // column by name
    std::vector<std::size_t> last_; // column -> 1 + its cell in the row being read, or less than the row's first
    bool in_row_ = false;
};

/// Gives out a filled buffer.
class BufferedReader final : public SourceReader {
public:
    explicit BufferedReader(std::unique_ptr<RowBuffer> buffer) : buffer_(std::move(buffer)) {}
    [[nodiscard]] std::vector<std::string> const& columns() const override { return buffer_->columns; }
    [[nodiscard]] std::vector<std::string> const& files() const override { return buffer_->names; }
    [[nodiscard]] std::string sha256() override { return buffer_->hash.hex(); }
    [[nodiscard]] bool sparse() const override { return true; }
    [[nodiscard]] bool next(SourceRow& row) override {
        if (next_ == static_cast<std::size_t>(buffer_->rows())) return false;
        buffer_->give(next_++, row);
        return true;
    }

private:
    std::unique_ptr<RowBuffer> buffer_;
    std::size_t next_ = 0;
};

} // namespace deckle::data
