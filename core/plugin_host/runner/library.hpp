/// Loading one plugin into this process, for good.
#pragma once
#include <deckle/plugin.h>
#include <stdexcept>
#include <string>

namespace deckle::runner {

/// The message says what is wrong with the file, without its path.
struct LoadError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Loads the library at an absolute path and checks what it offers; it is never unloaded.
[[nodiscard]] deckle_plugin const& load(std::string const& path);

} // namespace deckle::runner
