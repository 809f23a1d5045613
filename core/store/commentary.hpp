/// What management says to a report of a period: Markdown, every version kept.
#pragma once
#include "base/zone.hpp"
#include "store/database.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::store {

struct Commentary {
    std::string report; // id
    std::string period; // label, "2026-10"
    int version = 1;    // of this report and period, from 1
    std::string text;   // Markdown; empty = taken back
    std::string author;
    Instant written{};
};

/// Beside the run ledger. Every function throws Error{io} when the database fails.
class Commentaries {
public:
    explicit Commentaries(Database& database) : database_(database) {}

    /// Adds a version and returns its number; `version` of the argument is not read. The same text as the version
    /// before adds none.
    int write(Commentary const& commentary);
    /// The newest version; nullopt when there is none or it was taken back.
    [[nodiscard]] std::optional<Commentary> current(std::string const& report, std::string const& period);
    /// Oldest first.
    [[nodiscard]] std::vector<Commentary> history(std::string const& report, std::string const& period);
    /// The newest version of each report and period, by period, newest first.
    [[nodiscard]] std::vector<Commentary> all();

private:
    template <class... Binding>
    [[nodiscard]] std::vector<Commentary> select(std::string const& where, Binding const&... bindings);

    Database& database_;
};

} // namespace deckle::store
