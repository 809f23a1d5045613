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
    /// `href` of <base>: what the document itself names is relative to it. `document` is the document's name.
    void set_base(std::string document, std::string href) {
        document_ = std::move(document);
        base_href_ = std::move(href);
    }
    /// Where a link of the document leads: an address of the network when <base> is one.
    [[nodiscard]] std::string link(std::string_view href) const;
    /// The same in the form the css folder asks for.
    [[nodiscard]] css::Loader loader();

private:
    Options const& options_;
    Diagnostics& diagnostics_;
    std::string document_, base_href_;
    int sheets_ = 0;
};

} // namespace deckle::layout
