#include "facts/sql.hpp"
#include "data/table_builder.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Nullable.h>

namespace deckle::facts {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

bool is_text(data::Type type) {
    return type == data::Type::text || type == data::Type::date || type == data::Type::datetime;
}

std::int64_t whole(data::Column const& column, std::int64_t row, std::string const& table) {
    if (column.type == data::Type::integer) return column.integer(row);
    if (column.type == data::Type::boolean) return column.boolean(row) ? 1 : 0;
    Decimal const value = column.decimal(row).rounded(column.scale);
    auto const units = value.units();
    if (units > INT64_MAX || units < INT64_MIN)
        throw Error(ErrorCode::data, fmt::format("{}, row {}, column {}: {} does not fit 64 bits in units of 10^-{}",
                                                 table, row + 1, column.name, value.to_string(), column.scale));
    return static_cast<std::int64_t>(units);
}

/// Creates and fills one table, a column at a time: Poco runs a bound column of values row by row.
void load(Poco::Data::Session& session, std::string const& name, data::Table const& table) {
    std::string columns;
    std::string places;
    for (auto const& column : table.columns) {
        columns += fmt::format("{}\"{}\" {}", columns.empty() ? "" : ", ", column.name,
                               is_text(column.type) ? "TEXT" : "INTEGER");
        places += places.empty() ? "?" : ", ?";
    }
    session << fmt::format("CREATE TABLE \"{}\" ({})", name, columns), now;
    if (table.rows == 0) return;
    std::vector<std::vector<Nullable<std::string>>> texts(table.columns.size());
    std::vector<std::vector<Nullable<std::int64_t>>> numbers(table.columns.size());
    Poco::Data::Statement insert(session);
    insert << fmt::format("INSERT INTO \"{}\" VALUES ({})", name, places);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        auto const& column = table.columns[i];
        for (std::int64_t row = 0; row < table.rows; ++row) {
            if (is_text(column.type))
                texts[i].push_back(column.is_null(row) ? Nullable<std::string>()
                                                       : Nullable<std::string>(data::cell_text(column, row)));
            else
                numbers[i].push_back(column.is_null(row) ? Nullable<std::int64_t>()
                                                         : Nullable<std::int64_t>(whole(column, row, name)));
        }
        if (is_text(column.type))
            insert, use(texts[i]);
        else
            insert, use(numbers[i]);
    }
    session << "BEGIN", now;
    insert.execute();
    session << "COMMIT", now;
}

std::vector<SqlRow> rows_of(Poco::Data::Session& session, std::string const& sql) {
    Poco::Data::RecordSet const probe(session, "SELECT * FROM (" + sql + ") LIMIT 0");
    auto const has = [&](char const* name) {
        for (std::size_t i = 0; i < probe.columnCount(); ++i)
            if (lower(probe.columnName(i)) == name) return true;
        return false;
    };
    if (!has("value")) throw Error(ErrorCode::data, "the result has no column 'value': write SELECT ... AS value");
    std::string const of = has("of") ? "CAST(\"of\" AS TEXT), typeof(\"of\")" : "NULL, 'null'";
    std::string const period = has("period") ? "CAST(period AS TEXT)" : "NULL";
    std::vector<Nullable<std::string>> values, value_types, wholes, whole_types, periods;
    session << "SELECT CAST(value AS TEXT), typeof(value), " + of + ", " + period + " FROM (" + sql + ")", into(values),
        into(value_types), into(wholes), into(whole_types), into(periods), now;
    std::vector<SqlRow> rows;
    auto const text = [](Nullable<std::string> const& cell) {
        return cell.isNull() ? std::nullopt : std::optional(cell.value());
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (value_types[i].value() == "real" || whole_types[i].value() == "real")
            throw Error(ErrorCode::data,
                        fmt::format("the result {} is a floating-point number; return a whole number, give the ratio's "
                                    "parts as value and of, or write printf('%.4f', ...)",
                                    values[i].isNull() ? "" : values[i].value()));
        if (values[i].isNull()) continue; // nothing to sum
        rows.push_back({values[i].value(), value_types[i].value() == "integer", text(wholes[i]), text(periods[i])});
    }
    return rows;
}

} // namespace

std::vector<std::string> tables_of(std::string const& sql, data::Catalogue const& catalogue) {
    std::vector<std::string> names;
    std::string word;
    for (char const c : lower(sql) + " ") {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') {
            word += c;
            continue;
        }
        if (catalogue.find(word) != nullptr && std::ranges::find(names, word) == names.end()) names.push_back(word);
        word.clear();
    }
    return names;
}

std::vector<SqlRow> query(std::string const& sql, data::DatasetSet const& datasets, Date as_of) {
    auto const first = sql.find_first_not_of(" \t\r\n");
    std::string const verb = first == std::string::npos ? "" : lower(std::string_view(sql).substr(first, 6));
    if (verb != "select" && !verb.starts_with("with"))
        throw Error(ErrorCode::data, "the SQL of a fact is one SELECT statement");
    std::string statement = sql.substr(first, sql.find_last_not_of(" \t\r\n;") - first + 1);
    try {
        Poco::Data::SQLite::Connector::registerConnector();
        Poco::Data::Session session("SQLite", ":memory:");
        session << "CREATE TABLE run (as_of TEXT)", now;
        std::string day = as_of.to_string();
        session << "INSERT INTO run VALUES (?)", use(day), now;
        for (auto const& [name, dataset] : datasets.datasets) load(session, name, dataset.table);
        session << "PRAGMA query_only = ON", now;
        return rows_of(session, statement);
    } catch (Poco::Exception const& e) {
        std::string const why = e.message().empty() ? e.displayText() : e.message();
        std::throw_with_nested(Error(ErrorCode::data, "SQLite says: " + why));
    }
}

} // namespace deckle::facts
