/// Rows of one dataset with columns by name; empty where the dataset or the column is not bound.
#pragma once
#include "plugin.hpp"
#include <optional>
#include <string>

namespace deckle {

class Rows {
public:
    /// No rows when the workspace does not bind `dataset`.
    Rows(Job& job, std::string const& dataset)
        : company_(job.currency()), data_(job.bound(dataset) ? std::optional(job.open(dataset)) : std::nullopt) {}

    /// One column; reading a null gives nullopt or empty text. Valid as long as the Rows.
    class Field {
    public:
        [[nodiscard]] std::string text(std::int64_t row) const {
            return column_ == nullptr ? std::string() : std::string(column_->text_or_empty(row));
        }
        [[nodiscard]] std::optional<Date> date(std::int64_t row) const {
            return null(row) ? std::nullopt : std::optional(column_->date(row));
        }
        [[nodiscard]] std::optional<Decimal> decimal(std::int64_t row) const {
            return null(row) ? std::nullopt : std::optional(column_->decimal(row));
        }
        [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t row) const {
            return null(row) ? std::nullopt : std::optional(column_->integer(row));
        }
        [[nodiscard]] bool boolean(std::int64_t row, bool otherwise = false) const {
            return null(row) ? otherwise : column_->boolean(row);
        }

    private:
        friend class Rows;
        explicit Field(Column const* column) : column_(column) {}
        [[nodiscard]] bool null(std::int64_t row) const { return column_ == nullptr || column_->is_null(row); }
        Column const* column_;
    };

    /// Throws PluginError when the dataset is bound and lacks the column: the descriptor must declare it.
    [[nodiscard]] Field field(std::string_view name) const { return Field(data_ ? &data_->column(name) : nullptr); }
    [[nodiscard]] std::int64_t count() const { return data_ ? data_->rows() : 0; }
    /// Currency of a money column's row: ISO code.
    [[nodiscard]] std::string currency(std::string_view money, std::int64_t row) const {
        return data_ ? std::string(data_->currency(data_->column(money), row, company_)) : company_;
    }

private:
    std::string company_;
    std::optional<Dataset> data_;
};

} // namespace deckle
