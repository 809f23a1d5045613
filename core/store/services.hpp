/// The services at work on a store: heartbeats, and what there is to count.
#pragma once
#include "store/database.hpp"
#include <optional>
#include <string>
#include <vector>

namespace deckle::store {

struct ServiceBeat {
    std::string name; // of the process: "host:pid:start"
    Instant started{}, seen{};
    std::optional<Instant> stopped; // it said so itself
};

/// One number with what it is of: "make" and "ready", "mail" and "sent".
struct Count {
    std::string what, state;
    std::int64_t n = 0;
};

/// Each function is one transaction, or part of the caller's; throws Error{io} when the database fails.
class Services {
public:
    explicit Services(Database& database) : database_(database) {}

    /// It has started. Those that nobody has heard of for a year are forgotten.
    void begin(std::string const& name, Instant now);
    /// It is alive.
    void beat(std::string const& name, Instant now);
    /// It ends as it should.
    void stop(std::string const& name, Instant now);
    /// Seen last first.
    [[nodiscard]] std::vector<ServiceBeat> list();

    /// Jobs by lane and state ("ready", "leased", "dead").
    [[nodiscard]] std::vector<Count> jobs();
    /// Editions by state; `what` is empty.
    [[nodiscard]] std::vector<Count> editions();
    /// Deliveries by channel and state, notices among them.
    [[nodiscard]] std::vector<Count> deliveries();
    /// How long the oldest job that is due has waited, by the database's clock.
    [[nodiscard]] std::optional<std::chrono::milliseconds> oldest_wait();

private:
    [[nodiscard]] std::vector<Count> count(std::string const& sql);

    Database& database_;
};

} // namespace deckle::store
