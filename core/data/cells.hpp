/// One catalogue column being filled: from the cells of a source row to one typed value.
#pragma once
#include "data/binding.hpp"
#include "data/catalogue.hpp"
#include "data/table_builder.hpp"
#include "data/values.hpp"

namespace deckle::data {

class CellReader {
public:
    struct Context {
        std::vector<std::string> const& nulls; // folded
        std::string zone;                      // of times without an offset
        std::string currency;                  // the company's
        bool is_currency = false;              // the column holds the codes of a money column
    };

    /// `sources` are columns of the source row: those of `binding.sources`, in order.
    CellReader(ColumnDefinition definition, ColumnBinding binding, std::vector<std::size_t> sources, Context context);

    /// Appends exactly one value to `to`. False when the cell is bad: null was appended, and `text()` and `reason()`
    /// say what and why.
    [[nodiscard]] bool read(SourceRow const& row, ColumnBuilder& to);

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::string const& reason() const { return reason_; }
    /// Values that had more places than the column keeps and were rounded half up.
    [[nodiscard]] std::int64_t rounded() const { return rounded_; }

private:
    [[nodiscard]] std::optional<std::string_view> source_text(SourceRow const& row) const;
    [[nodiscard]] bool blank(std::string_view text) const;
    bool convert(std::string_view text, ColumnBuilder& to);
    bool put_text(std::string_view text, ColumnBuilder& to);
    bool put_number(Decimal number, ColumnBuilder& to);
    bool put_difference(SourceRow const& row, ColumnBuilder& to);
    bool bad(std::string_view text, std::string reason);

    ColumnDefinition definition_;
    ColumnBinding binding_;
    std::vector<std::size_t> sources_;
    Context context_;
    std::vector<DatePattern> dates_;
    std::string_view text_;
    std::string reason_;
    std::int64_t rounded_ = 0;
};

} // namespace deckle::data
