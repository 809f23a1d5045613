/// A workspace in a folder of its own that goes when the test ends.
#pragma once
#include "base/file.hpp"
#include "data/dataset.hpp"
#include "data/table_builder.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <string>

namespace deckle::data {

class Scratch {
public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "deckle-data-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::io, "cannot make " + name);
        root = name;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(root, ignored);
    }
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;

    void write(std::string const& name, std::string_view text) const {
        std::filesystem::create_directories((root / name).parent_path());
        write_file(root / name, text);
    }

    std::filesystem::path root;
};

inline Instant const fetched = *parse_instant("2026-11-01T12:00:00Z");

/// invoices: every type, a key, a closed list, a currency column.
inline Catalogue small_catalogue() {
    Catalogue catalogue;
    catalogue.add(parse_definition(R"(
name = "invoices"
meaning = "for tests"
columns = [
  { name = "id", type = "text", meaning = "m", key = true, required = true },
  { name = "due_date", type = "date", meaning = "m" },
  { name = "total", type = "money", meaning = "m", required = true, currency = "currency" },
  { name = "currency", type = "text", meaning = "m" },
  { name = "status", type = "text", meaning = "m", values = ["open", "paid", "break_fix"] },
  { name = "count", type = "integer", meaning = "m" },
  { name = "hours", type = "decimal", scale = 2, meaning = "m" },
  { name = "seen", type = "datetime", meaning = "m" },
  { name = "active", type = "boolean", meaning = "m" },
])",
                                   "invoices.toml"));
    return catalogue;
}

/// The table as lines "a|b|c", null as "-".
inline std::vector<std::string> lines(Table const& table) {
    std::vector<std::string> all;
    for (std::int64_t row = 0; row < table.rows; ++row) {
        std::string line;
        for (auto const& column : table.columns)
            line += (line.empty() ? "" : "|") + (column.is_null(row) ? "-" : cell_text(column, row));
        all.push_back(line);
    }
    return all;
}

/// Loads `columns` of invoices, bound by `binding` (lines of TOML in [datasets.invoices]) to the connection of
/// `connection`.
inline Dataset load_invoices(Scratch const& scratch, std::string const& connection, std::string const& binding,
                             std::vector<std::string> const& columns, Diagnostics& diagnostics) {
    auto const catalogue = small_catalogue();
    auto const workspace = parse_workspace("[company]\nname = \"T\"\nzone = \"America/Chicago\"\n[connections.c]\n" +
                                               connection + "\n[datasets.invoices]\nconnection = \"c\"\n" + binding,
                                           scratch.root, catalogue);
    DatasetRequest request{"invoices", 1, true, {}};
    for (auto const& name : columns) request.columns.push_back({name, false});
    return load_dataset(workspace, catalogue, request, fetched, diagnostics);
}

inline Dataset load_csv(Scratch const& scratch, std::string_view text, std::string const& binding,
                        std::vector<std::string> const& columns) {
    scratch.write("x.csv", text);
    Diagnostics diagnostics;
    return load_invoices(scratch, "connector = \"csv\"", "file = \"x.csv\"\n" + binding, columns, diagnostics);
}

/// The message of the Error that `f` throws.
template <class F>
std::string error_of(F const& f) {
    try {
        f();
    } catch (Error const& error) {
        return error.to_string();
    }
    ADD_FAILURE() << "no Error was thrown";
    return {};
}

} // namespace deckle::data
