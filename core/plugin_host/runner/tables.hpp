/// A table's memory file as an Arrow stream; nothing is copied.
#pragma once
#include "plugin_host/wire.hpp"
#include <deckle/plugin.h>

namespace deckle::runner {

/// Maps `fd` (and closes it) and fills `out`. Batches have `batch_rows` rows, rounded up to a multiple of 8; 0 = one
/// batch; no rows = no batch. The mapping ends with the last stream or array that is released.
void open_stream(plugin_host::wire::TableLayout layout, int fd, std::int64_t batch_rows, ArrowArrayStream& out);

/// Streams, schemas and arrays handed out and not yet released.
[[nodiscard]] int unreleased();

} // namespace deckle::runner
