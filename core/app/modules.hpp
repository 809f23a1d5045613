/// Libraries that few commands need: opened on first use, so that the others start without them.
#pragma once
#include "data/workspace.hpp"
#include "delivery/transport.hpp"
#include "model/tables.hpp"
#include "preview/server.hpp"
#include <cstdint>
#include <memory>
#include <string>

namespace deckle::app {

/// Throws Error{failed} when the library is missing or of another build, Error{io} when the file cannot be made.
[[nodiscard]] std::string write_xlsx(model::Workbook const& workbook);

/// Makes places in PostgreSQL fit to be opened (store::Place). Throws as above.
void use_postgresql();

/// Listens from now on. Throws as above; Error{usage} when the port is taken.
[[nodiscard]] std::unique_ptr<preview::Server> serve_preview(preview::Site& site, std::uint16_t port);

/// The way out that a channel names; secrets are read when they are needed. Throws Error{failed} as above.
[[nodiscard]] std::unique_ptr<delivery::Transport> open_transport(data::Workspace const& workspace,
                                                                  data::Channel const& channel);

} // namespace deckle::app
