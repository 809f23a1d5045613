/// What `deckle data list|preview|check|accounts` and `deckle init` show and do, as values.
#pragma once
#include "data/dataset.hpp"

namespace deckle::data {

struct DatasetState {
    std::string name, meaning;
    bool bound = false;
    std::string connection, connector, file; // when bound
    std::int64_t rows = 0, rejected = 0;     // when it loaded
    std::vector<std::string> columns;        // bound ones
    std::vector<std::string> unbound;        // the catalogue's others
    std::string error;                       // why it could not be loaded; empty = fine
};

/// Every dataset of the catalogue, then private ones, by name. Loads what is bound.
[[nodiscard]] std::vector<DatasetState> list_datasets(Workspace const& workspace, Catalogue const& catalogue,
                                                      Instant now);

struct Preview {
    DatasetDefinition definition;
    Dataset dataset; // all bound columns; the first `rows` rows
};

/// Throws as load_dataset, but bad rows never fail it: they are in `dataset.bad`.
[[nodiscard]] Preview preview_dataset(Workspace const& workspace, Catalogue const& catalogue, std::string_view name,
                                      std::int64_t rows, Instant now);

/// Everything that is wrong or odd with the workspace's data, at once: errors (would stop a run), warnings, notes.
/// Also reports a deckle.toml that does not load.
[[nodiscard]] Diagnostics check_data(std::filesystem::path const& root, Catalogue const& catalogue, Instant now);

struct UnmappedAccount {
    std::string number, name, type;
    std::optional<Decimal> balance; // the latest, when dataset balances is bound
    std::optional<Date> balance_date;
    std::optional<std::string> proposed; // statement line by convention
};

/// Accounts without a statement line, largest balance first. Throws Error{data} when dataset accounts is not bound.
[[nodiscard]] std::vector<UnmappedAccount> unmapped_accounts(Workspace const& workspace, Catalogue const& catalogue,
                                                             Instant now);

/// Writes deckle.toml, accounts.toml, .gitignore and exports/ into `folder` (made if missing); returns the files
/// written. Throws Error{refused} when deckle.toml or accounts.toml is there already: nothing is overwritten.
std::vector<std::filesystem::path> init_workspace(std::filesystem::path const& folder, std::string_view company_name);

} // namespace deckle::data
