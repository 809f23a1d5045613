#include "data/inspect.hpp"
#include "data/mapping.hpp"
#include "data/table_builder.hpp"
#include "data/words.hpp"
#include "data/workspace_reader.hpp"
#include <algorithm>

namespace deckle::data {
namespace {

ConnectorRegistry const& connectors() {
    return ConnectorRegistry::standard();
}

DatasetRequest everything(DatasetDefinition const& definition) {
    return {definition.name, definition.version, true, {}};
}

Table head(Table const& table, std::int64_t rows) {
    Table part;
    part.rows = std::min(rows, table.rows);
    for (auto const& column : table.columns) {
        ColumnBuilder builder({column.name, column.type, column.scale, column.currency});
        for (std::int64_t row = 0; row < part.rows; ++row) {
            if (column.is_null(row)) {
                builder.null();
                continue;
            }
            switch (column.type) {
            case Type::text:
                builder.text(column.text(row));
                break;
            case Type::integer:
                builder.integer(column.integer(row));
                break;
            case Type::decimal:
            case Type::money:
                builder.decimal(column.decimal(row));
                break;
            case Type::date:
                builder.date(column.date(row));
                break;
            case Type::datetime:
                builder.datetime(column.datetime(row));
                break;
            case Type::boolean:
                builder.boolean(column.boolean(row));
                break;
            }
        }
        part.columns.push_back(builder.finish());
    }
    return part;
}

std::string_view text_or_empty(Column const* column, std::int64_t row) {
    return column == nullptr || column->is_null(row) ? std::string_view{} : column->text(row);
}

struct Latest {
    Date date;
    Decimal amount;
};

std::map<std::string, Latest, std::less<>> latest_balances(Workspace const& workspace, Catalogue const& catalogue,
                                                           Instant now) {
    std::map<std::string, Latest, std::less<>> latest;
    auto const* definition = catalogue.find("balances");
    if (definition == nullptr || !workspace.datasets.contains("balances")) return latest;
    Diagnostics ignored;
    auto const dataset =
        map_dataset(workspace, catalogue, everything(*definition), now, ignored, connectors(), BadRows::report);
    auto const* account = dataset.table.find("account");
    auto const* date = dataset.table.find("date");
    auto const* amount = dataset.table.find("amount");
    if (account == nullptr || date == nullptr || amount == nullptr) return latest;
    for (std::int64_t row = 0; row < dataset.table.rows; ++row) {
        if (account->is_null(row) || date->is_null(row) || amount->is_null(row)) continue;
        auto& entry = latest[std::string(account->text(row))];
        if (entry.date < date->date(row) || entry.date == Date{}) entry = {date->date(row), amount->decimal(row)};
    }
    return latest;
}

void check_dataset(Workspace const& workspace, Catalogue const& catalogue, DatasetDefinition const& definition,
                   Instant now, Diagnostics& found) {
    auto const& binding = workspace.datasets.find(definition.name)->second;
    Dataset dataset;
    try {
        dataset = map_dataset(workspace, catalogue, everything(definition), now, found, connectors(), BadRows::report);
    } catch (Error const& error) {
        found.error("dataset", error.what(), error.position());
        return;
    }
    bool const stops = !binding.report_bad_rows || dataset.source.rejected > binding.max_bad_rows;
    for (auto const& bad : dataset.bad) {
        std::string const cell = bad.column.empty()
                                     ? bad.reason + ": '" + bad.text + "'"
                                     : bad.column + (bad.text.empty() ? " " : " '" + bad.text + "' ") + bad.reason;
        found.add(stops ? Severity::error : Severity::warning, "bad-cell", "dataset " + bad.dataset + ": " + cell,
                  {bad.file, static_cast<int>(bad.row), 0});
    }
    if (dataset.source.rows == 0)
        found.warning("no-rows", "dataset " + definition.name + " has no rows in " + dataset.source.file,
                      binding.position);
}

} // namespace

std::vector<DatasetState> list_datasets(Workspace const& workspace, Catalogue const& catalogue, Instant now) {
    std::vector<DatasetState> states;
    for (auto const& [name, definition] : catalogue.datasets()) {
        DatasetState state;
        state.name = name;
        state.meaning = definition.meaning;
        auto const bound = workspace.datasets.find(name);
        state.bound = bound != workspace.datasets.end();
        if (state.bound) {
            state.connection = bound->second.connection;
            if (auto const c = workspace.connections.find(state.connection); c != workspace.connections.end())
                state.connector = c->second.connector;
            try {
                Diagnostics ignored;
                auto const dataset = map_dataset(workspace, catalogue, everything(definition), now, ignored,
                                                 connectors(), BadRows::as_bound);
                state.file = dataset.source.file;
                state.rows = dataset.table.rows;
                state.rejected = dataset.source.rejected;
                state.columns = dataset.bound;
            } catch (Error const& error) {
                state.error = error.to_string();
            }
        }
        for (auto const& column : definition.columns)
            if (std::find(state.columns.begin(), state.columns.end(), column.name) == state.columns.end())
                state.unbound.push_back(column.name);
        states.push_back(std::move(state));
    }
    // A plugin's own datasets are known only by their binding here.
    for (auto const& [name, binding] : workspace.datasets) {
        if (catalogue.find(name) != nullptr) continue;
        DatasetState state;
        state.name = name;
        state.bound = true;
        state.connection = binding.connection;
        states.push_back(std::move(state));
    }
    return states;
}

Preview preview_dataset(Workspace const& workspace, Catalogue const& catalogue, std::string_view name,
                        std::int64_t rows, Instant now) {
    auto const* definition = catalogue.find(name);
    if (definition == nullptr) {
        std::vector<std::string> names;
        for (auto const& [known, d] : catalogue.datasets()) names.push_back(known);
        throw Error(ErrorCode::usage, "the catalogue has no dataset '" + std::string(name) + "'" + hint(name, names));
    }
    Diagnostics ignored;
    Preview preview{*definition, map_dataset(workspace, catalogue, everything(*definition), now, ignored, connectors(),
                                             BadRows::report)};
    auto& table = preview.dataset.table;
    auto const& bound = preview.dataset.bound;
    std::erase_if(table.columns,
                  [&](Column const& c) { return std::find(bound.begin(), bound.end(), c.name) == bound.end(); });
    table = head(table, rows);
    return preview;
}

Diagnostics check_data(std::filesystem::path const& root, Catalogue const& catalogue, Instant now) {
    Diagnostics found;
    Problems problems;
    Workspace workspace;
    try {
        workspace = read_workspace(root, catalogue, connectors(), problems);
    } catch (Error const& error) {
        found.error("configuration", error.what(), error.position());
        return found;
    }
    for (auto const& problem : problems.sorted()) found.error("configuration", problem.message, problem.position);
    for (auto const& [name, binding] : workspace.datasets)
        if (auto const* definition = catalogue.find(name)) check_dataset(workspace, catalogue, *definition, now, found);
    if (problems.empty() && workspace.datasets.contains("accounts")) {
        try {
            for (auto const& account : unmapped_accounts(workspace, catalogue, now))
                found.warning("unmapped-account",
                              "account " + account.number + " " + account.name +
                                  " has no statement line in accounts.toml" +
                                  (account.proposed ? "; by convention: " + *account.proposed : ""));
        } catch (Error const&) {
            // Already told as an error of the dataset.
        }
    }
    return found;
}

std::vector<UnmappedAccount> unmapped_accounts(Workspace const& workspace, Catalogue const& catalogue, Instant now) {
    auto const* definition = catalogue.find("accounts");
    if (definition == nullptr || !workspace.datasets.contains("accounts"))
        throw Error(ErrorCode::data, "dataset accounts is not bound; add [datasets.accounts] to deckle.toml");
    Diagnostics ignored;
    auto const dataset =
        map_dataset(workspace, catalogue, everything(*definition), now, ignored, connectors(), BadRows::report);
    auto const balances = latest_balances(workspace, catalogue, now);
    auto const& table = dataset.table;
    auto const* lines = definition->find("line");
    std::vector<UnmappedAccount> unmapped;
    for (std::int64_t row = 0; row < table.rows; ++row) {
        if (!text_or_empty(table.find("line"), row).empty()) continue;
        UnmappedAccount account;
        account.number = text_or_empty(table.find("number"), row);
        account.name = text_or_empty(table.find("name"), row);
        account.type = text_or_empty(table.find("type"), row);
        account.proposed = propose_line(account.number, account.name, account.type,
                                        lines == nullptr ? std::vector<std::string>{} : lines->values);
        if (auto const it = balances.find(account.number); it != balances.end()) {
            account.balance = it->second.amount;
            account.balance_date = it->second.date;
        }
        unmapped.push_back(std::move(account));
    }
    std::stable_sort(unmapped.begin(), unmapped.end(), [](auto const& a, auto const& b) {
        return a.balance.value_or(Decimal{}).abs() > b.balance.value_or(Decimal{}).abs();
    });
    return unmapped;
}

} // namespace deckle::data
