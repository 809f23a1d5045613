/// Facts by SQL over datasets, in an SQLite database in memory.
///
/// Tables are the bound datasets that the query names, and run (as_of: the day asked for). Dates are ISO texts, moments
/// ISO texts in UTC, yes and no 1 and 0. Money and decimals are whole numbers of 10^-scale (the catalogue's scale: 4
/// unless it says otherwise), so that SUM is exact. The result has a column `value`: a whole number, or a decimal
/// written as text; further columns may be `of` (value is divided by it) and `period`.
#pragma once
#include "data/dataset.hpp"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace deckle::facts {

struct SqlRow {
    std::string value;             // decimal or words
    bool whole = false;            // SQL said integer: `scale` applies
    std::optional<std::string> of; // the whole of a ratio
    std::optional<std::string> period;
};

/// The datasets of the catalogue that the query names.
[[nodiscard]] std::vector<std::string> tables_of(std::string const& sql, data::Catalogue const& catalogue);

/// Throws Error{data}: no SELECT, what SQLite says, a floating-point result, a sum beyond 64 bits.
[[nodiscard]] std::vector<SqlRow> query(std::string const& sql, data::DatasetSet const& datasets, Date as_of);

} // namespace deckle::facts
