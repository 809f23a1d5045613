/// accounts.toml as part of a workspace: its problems are reported together with deckle.toml's.
#pragma once
#include "data/accounts.hpp"
#include "data/config.hpp"

namespace deckle::data {

[[nodiscard]] AccountMap read_accounts(std::string_view toml, std::string const& file,
                                       std::vector<std::string> const& lines, Problems& problems);

} // namespace deckle::data
