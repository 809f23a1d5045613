/// The files a document refers to: only from the folders that Options allows, never from the network.
#pragma once
#include "base/diagnostics.hpp"
#include "css/stylesheet.hpp"
#include "layout/image.hpp"
#include "layout/layout.hpp"
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace deckle::layout {

class Resources {
public:
    Resources(Options const& options, Diagnostics& diagnostics) : options_(options), diagnostics_(diagnostics) {}

    /// A file or data: address; nullopt after a diagnostic ("missing-file", "refused-address") when there is none.
    [[nodiscard]] std::optional<css::Loaded> load(std::string const& url, std::string const& from,
                                                  Position const& position);
    /// The same in the form the css folder asks for.
    [[nodiscard]] css::Loader loader();

private:
    Options const& options_;
    Diagnostics& diagnostics_;
};

} // namespace deckle::layout
