/// The service's log: a line of JSON for everything that happens, on one stream. Secrets never come here: what is
/// logged are names, ids, states and the messages of Error.
#pragma once
#include "base/zone.hpp"
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace deckle::service {

/// Fields beside time, level, worker and event: "edition", "run", "delivery", "job", "schedule", "message" ...
using LogFields = std::map<std::string, std::string>;

/// Threads may share one.
class Log {
public:
    /// `worker`: the process that writes; left out when empty.
    Log(std::ostream& out, Clock const& clock, std::string worker)
        : out_(out), clock_(clock), worker_(std::move(worker)) {}

    void info(std::string_view event, LogFields const& fields = {}) { write("info", event, fields); }
    void warning(std::string_view event, LogFields const& fields = {}) { write("warning", event, fields); }
    void error(std::string_view event, LogFields const& fields = {}) { write("error", event, fields); }

private:
    void write(std::string_view level, std::string_view event, LogFields const& fields);

    std::ostream& out_;
    Clock const& clock_;
    std::string worker_;
    std::mutex writing_;
};

} // namespace deckle::service
