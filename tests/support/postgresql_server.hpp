/// tests/support/postgresql_server.py, whose head says what it is.
#pragma once
#include "store/place.hpp"
#include "support/script_server.hpp"

namespace deckle::tests {

class PostgresqlServer {
public:
    static constexpr char const* password = "secret'of'tests";

    PostgresqlServer() : server_("postgresql_server.py", {}) {}

    /// As in deckle.toml.
    [[nodiscard]] std::string connection() const {
        return "host=127.0.0.1 port=" + std::to_string(server_.port()) + " dbname=deckle user=deckle";
    }
    [[nodiscard]] store::Place place() const { return {connection(), password}; }
    /// A power cut, and up again.
    void restart() { server_.ask("restart"); }
    void stop() { server_.ask("stop"); }
    void start() { server_.ask("start"); }

private:
    ScriptServer server_;
};

} // namespace deckle::tests
