/// One job: what the plugin's deckle_job does, as frames to the host.
#pragma once
#include "plugin_host/wire.hpp"
#include <deckle/plugin.h>

namespace deckle::runner {

/// Runs create, generate and destroy, then sends `done`. `frame` is the host's `generate`; its descriptor is closed.
/// `cancel` is the shared flag. Ends the process when the host is gone.
void run_job(deckle_plugin const& plugin, plugin_host::wire::Frame const& frame, std::int32_t const* cancel);

} // namespace deckle::runner
