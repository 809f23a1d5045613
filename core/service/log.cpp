#include "service/log.hpp"
#include "model/json.hpp"
#include <ostream>

namespace deckle::service {

void Log::write(std::string_view level, std::string_view event, LogFields const& fields) {
    nlohmann::ordered_json line{{"time", to_iso(clock_.now())}, {"level", level}, {"event", event}};
    if (!worker_.empty()) line["worker"] = worker_;
    for (auto const& [name, value] : fields)
        if (!value.empty()) line[name] = value;
    std::string const text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    std::lock_guard const lock(writing_);
    out_ << text << std::flush; // one write: lines of several processes do not mix
}

} // namespace deckle::service
