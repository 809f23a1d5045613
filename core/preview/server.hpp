/// Pages for a browser on this machine: what `deckle preview` shows. A library of its own, opened on first use
/// (app/modules.cpp).
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace deckle::preview {

struct Answer {
    std::string type; // media type
    std::string bytes;
    std::string policy = "default-src 'none'"; // Content-Security-Policy
};

class Site {
public:
    virtual ~Site() = default;
    /// Called by several threads. `path` is without query; nullopt: there is no such page.
    [[nodiscard]] virtual std::optional<Answer> get(std::string const& path) = 0;
};

/// Listens on 127.0.0.1 until it is destroyed. Only GET and HEAD are answered, and only requests that name this machine
/// as their host: a page from elsewhere whose name was made to lead here (DNS rebinding) gets nothing.
class Server {
public:
    virtual ~Server() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
};

} // namespace deckle::preview

extern "C" {
[[gnu::visibility("default")]] extern char const* const deckle_module_id;

/// `port` 0 = any free one. nullptr with `problem` when it cannot listen there. The site must outlive the server, which
/// the caller deletes.
[[gnu::visibility("default")]] deckle::preview::Server* deckle_preview(deckle::preview::Site& site, std::uint16_t port,
                                                                       std::string& problem);
}
