#pragma once
#include "transports/transports.hpp"
#include <memory>

namespace deckle::transports {

/// Writes the attachments under their names, and nothing else.
[[nodiscard]] std::unique_ptr<delivery::Transport> make_folder(data::FolderSettings const& settings);

} // namespace deckle::transports
