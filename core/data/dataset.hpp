/// Loaded datasets: typed tables with where they came from and what was wrong.
#pragma once
#include "base/diagnostics.hpp"
#include "data/table.hpp"
#include "data/workspace.hpp"

namespace deckle::data {

/// A cell (or, with an empty column, a row) that could not be taken.
struct BadCell {
    std::string dataset, file;
    std::int64_t row = 0; // line or row number in the file, 0 = the whole file
    std::string column;   // catalogue column
    std::string text;     // at most 80 bytes of it
    std::string reason;
};

struct SourceInfo {
    std::string name; // of the connection
    std::string dataset;
    std::string connector;
    std::string file;          // several joined with ", "
    Instant fetched{};         // files: when the newest was written; live systems: when it was asked
    std::int64_t rows = 0;     // read, after `only` and `except`
    std::int64_t rejected = 0; // of these, not in the table
    std::int64_t filtered = 0; // left out by `only` and `except`
    std::string sha256;        // of the content, lower-case hexadecimal
};

/// REQUIRES of every table: exactly the requested columns in the requested order, then the currency columns they
/// need; unbound optional ones are all null.
struct Dataset {
    Table table;
    SourceInfo source;
    std::vector<std::string> bound; // columns that have a source, in table order
    std::vector<BadCell> bad;       // at most 1,000; `source.rejected` has the count of rows
};

struct ColumnRequest {
    std::string name;
    bool required = false;
};

/// What a descriptor's `datasets[]` asks for; no columns = all of the catalogue's.
struct DatasetRequest {
    std::string name;
    int version = 1;
    bool required = false;
    std::vector<ColumnRequest> columns;
};

struct DatasetSet {
    std::map<std::string, Dataset, std::less<>> datasets; // only what is bound

    [[nodiscard]] Dataset const* find(std::string_view name) const;
    /// True when a row was rejected somewhere: the run's exit code is "partial".
    [[nodiscard]] bool partial() const;
};

/// Loads one dataset. `now` becomes SourceInfo::fetched of live systems. Throws Error{data}: not bound, missing file or
/// column, or bad rows beyond what the binding allows (the message lists up to 20 cells).
[[nodiscard]] Dataset load_dataset(Workspace const& workspace, Catalogue const& catalogue,
                                   DatasetRequest const& request, Instant now, Diagnostics& diagnostics,
                                   ConnectorRegistry const& connectors = ConnectorRegistry::standard());

/// All of them; an unbound optional dataset is left out. Throws one Error with the problems of every dataset.
[[nodiscard]] DatasetSet load(Workspace const& workspace, Catalogue const& catalogue,
                              std::vector<DatasetRequest> const& wanted, Instant now, Diagnostics& diagnostics,
                              ConnectorRegistry const& connectors = ConnectorRegistry::standard());

} // namespace deckle::data
