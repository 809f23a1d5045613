/// [store]: which database keeps the runs and all that goes on.
#pragma once
#include "data/config.hpp"
#include "data/connectors/connector.hpp"
#include <optional>
#include <string>

namespace deckle::data {

struct StoreSettings {
    std::string postgresql;          // libpq's words and values, without a password; empty: SQLite in .deckle/store.db
    std::optional<Setting> password; // for read_secret
    std::string company;             // under which it was begun; empty: the company's name
};

[[nodiscard]] StoreSettings read_store_settings(Section section, std::string const& file, Problems& problems);

} // namespace deckle::data
