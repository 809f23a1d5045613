/// Where the program's own files are, found from the program itself.
#pragma once
#include <filesystem>

namespace deckle::app {

/// The build tree and an installation look alike: bin/deckle, share/deckle/..., and the plugins in plugins/ (build) or
/// lib/deckle/plugins (installation).
struct Installation {
    std::filesystem::path program, runner;
    std::filesystem::path plugins;   // <id>/<id>.so below it
    std::filesystem::path catalogue; // <dataset>.toml
    std::filesystem::path templates; // <report>/*.html.mustache
};

/// Throws Error{failed} naming what is missing.
[[nodiscard]] Installation const& installation();

} // namespace deckle::app
