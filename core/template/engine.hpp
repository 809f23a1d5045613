/// kainjow's Mustache behind a seam of three questions. Everything is pulled while it is printed; nothing is copied.
#pragma once
#include "template/source.hpp"
#include <cstddef>
#include <memory>
#include <string>

namespace deckle::templates {

/// Answers what the engine asks; tags by their index in Source::tags.
class Host {
public:
    virtual ~Host() = default;
    /// What to print, ready for the page.
    virtual std::string variable(std::size_t tag) = 0;
    struct Section {
        bool shown = false;
        bool list = false;     // entered once for each item
        std::size_t items = 1; // of a list
    };
    /// REQUIRES: the tag opens a section. `enter` follows for each item shown (not for inverted ones).
    virtual Section section(std::size_t tag) = 0;
    virtual void enter(std::size_t item) = 0;
    virtual void leave() = 0;
};

class Engine {
public:
    /// Throws Error{failed} if kainjow refuses the source's canonical form, which would be our bug.
    explicit Engine(Source const& source);
    ~Engine();
    /// May run in several threads at once, each with its own host.
    [[nodiscard]] std::string render(Host& host) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace deckle::templates
