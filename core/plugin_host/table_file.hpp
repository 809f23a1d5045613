/// A table in a sealed memory file that the runner maps: one copy, no socket.
#pragma once
#include "data/table.hpp"
#include "plugin_host/process.hpp"
#include "plugin_host/wire.hpp"

namespace deckle::plugin_host {

struct TableFile {
    Fd file;
    wire::TableLayout layout;
};

/// Throws Error{io} when memory runs out.
[[nodiscard]] TableFile table_file(data::Table const& table);
/// Any bytes, the same way.
[[nodiscard]] Fd memory_file(std::string_view bytes);

} // namespace deckle::plugin_host
